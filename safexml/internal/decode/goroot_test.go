//go:build !race

package decode_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// differences are the tests of encoding/xml that fail with Unmarshal of this module in the place of
// encoding/xml's, and why.
var differences = map[string]string{
	"TestCVE202228131": "a document that is deep and not whole is refused for that: there is no recursion, " +
		"and no error for it",
	"TestUnmarshalWithoutNameType": "its XML declaration has neither a version nor an encoding, but a charset, and is " +
		"refused",
	"TestIssue20396":           "names that are none are refused in other words",
	"TestUnmarshalBadPaths":    "two tags for one place are a *limits.ConfigError, and no *xml.TagPathError",
	"TestUnmarshalEmptyValues": "a value that was filled before is replaced, and not added to",
}

// TestOfEncodingXML runs those of encoding/xml's own tests that call Unmarshal, with this module's
// in its place. They are taken from the Go installation and written into a temporary directory.
func TestOfEncodingXML(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes seconds: a package is compiled")
	}
	goTool := need.Program(t, "go", "golang-go")
	root, err := exec.CommandContext(t.Context(), goTool, "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(strings.TrimSpace(string(root)), "src/encoding/xml/*_test.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no tests of encoding/xml in %s: %v", root, err)
	}
	p := &pruned{decls: map[string][]ast.Decl{}, imports: map[string]string{}, taken: map[ast.Decl]bool{}}
	for _, file := range files {
		p.parse(t, file)
	}
	tests := p.take()
	dir := t.TempDir()
	written := filepath.Join(dir, "theirs_test.go")
	if err := os.WriteFile(written, p.source(t), 0o600); err != nil {
		t.Fatal(err)
	}
	helper := filepath.Join(dir, "ours_test.go")
	if err := os.WriteFile(helper, []byte(ours), 0o600); err != nil {
		t.Fatal(err)
	}
	// The package is nowhere but in the overlay, so that it sees this module.
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	overlay := filepath.Join(dir, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(here, "theirs", "theirs_test.go"): written, filepath.Join(here, "theirs", "ours_test.go"): helper,
	}})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(overlay, replace, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "theirs.test")
	build := exec.CommandContext(t.Context(), goTool, "test", "-c", "-vet=off", "-overlay="+overlay, "-o="+binary,
		"./theirs")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	out, runErr := exec.CommandContext(t.Context(), binary, "-test.v").CombinedOutput()
	passed, failed := map[string]bool{}, map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^--- (PASS|FAIL): (\w+)`).FindAllSubmatch(out, -1) {
		if string(m[1]) == "PASS" {
			passed[string(m[2])] = true
		} else {
			failed[string(m[2])] = true
		}
	}
	for _, name := range tests {
		switch why := differences[name]; {
		case passed[name] && why != "":
			t.Errorf("%s passes, and is said not to: %s", name, why)
		case failed[name] && why == "":
			t.Errorf("%s fails", name)
		case !passed[name] && !failed[name]:
			t.Errorf("%s has not run", name)
		}
	}
	if t.Failed() {
		t.Logf("%v\n%s", runErr, out)
	}
	t.Logf("%d tests, of which %d differ by intent: %v", len(tests), len(failed), slices.Sorted(maps.Keys(failed)))
}

// pruned is what is taken of a package's tests.
type pruned struct {
	fset    token.FileSet
	decls   map[string][]ast.Decl // by the names that they declare; those of methods by the receiver's
	imports map[string]string
	taken   map[ast.Decl]bool
	order   []ast.Decl
}

// parse reads the declarations of a file of package xml itself.
func (p *pruned) parse(t *testing.T, file string) {
	t.Helper()
	f, err := parser.ParseFile(&p.fset, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	if f.Name.Name != "xml" {
		return
	}
	for _, i := range f.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		p.imports[filepath.Base(path)] = path
	}
	for _, d := range f.Decls {
		for _, name := range declared(d) {
			p.decls[name] = append(p.decls[name], d)
		}
	}
}

// declared returns the names that a declaration is needed with.
func declared(d ast.Decl) (names []string) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return []string{d.Name.Name}
		}
		ast.Inspect(d.Recv, func(n ast.Node) bool {
			if id, ok := n.(*ast.Ident); ok {
				names = append(names, id.Name)
			}
			return true
		})
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, id := range s.Names {
					names = append(names, id.Name)
				}
			}
		}
	}
	return names
}

// take takes the tests that call Unmarshal, with all that they need, and returns their names.
func (p *pruned) take() (tests []string) {
	for _, name := range slices.Sorted(maps.Keys(p.decls)) {
		f, ok := p.decls[name][0].(*ast.FuncDecl)
		if !ok || f.Recv != nil || !strings.HasPrefix(name, "Test") {
			continue
		}
		calls := false
		ast.Inspect(f, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if id, ok := call.Fun.(*ast.Ident); ok && id.Name == "Unmarshal" {
					id.Name, calls = "unmarshalOurs", true
				}
			}
			return true
		})
		if calls {
			tests = append(tests, name)
			p.need(f)
		}
	}
	return tests
}

// need takes a declaration, and those that it names.
func (p *pruned) need(d ast.Decl) {
	if p.taken[d] {
		return
	}
	p.taken[d] = true
	p.order = append(p.order, d)
	ast.Inspect(d, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok {
			for _, other := range p.decls[id.Name] {
				p.need(other)
			}
		}
		return true
	})
}

// source writes what has been taken as a file.
func (p *pruned) source(t *testing.T) []byte {
	t.Helper()
	var body bytes.Buffer
	used := map[string]bool{}
	for _, d := range p.order {
		if err := format.Node(&body, &p.fset, d); err != nil {
			t.Fatal(err)
		}
		body.WriteString("\n\n")
		ast.Inspect(d, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if id, ok := s.X.(*ast.Ident); ok {
					used[id.Name] = true
				}
			}
			return true
		})
	}
	var file bytes.Buffer
	file.WriteString("package theirs\n\nimport . \"encoding/xml\"\n")
	for name, path := range p.imports {
		if used[name] {
			fmt.Fprintf(&file, "import %q\n", path)
		}
	}
	file.Write(body.Bytes())
	return file.Bytes()
}

// ours is what the tests of encoding/xml call.
const ours = `package theirs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

const (
	maxUnmarshalDepth     = 10000
	maxUnmarshalDepthWasm = 5000
)

// Errors of encoding/xml that only it can compare.
var (
	errUnmarshalDepth = errors.New("exceeded max depth")
	errRawToken       = errors.New("xml: cannot use RawToken from UnmarshalXML method")
)

func unmarshalOurs(data []byte, v any) error {
	data = bytes.TrimLeft(data, "\n") // Two documents have an XML declaration that does not stand first.
	err := safexml.Unmarshal(context.Background(), data, v, limits.Limits{InputBytes: limits.GiB, Items: 1 << 30,
		Depth: 1 << 20, MemoryBytes: limits.GiB, Time: time.Minute})
	if misfit, ok := errors.AsType[*safexml.MismatchError](err); ok {
		for _, known := range []error{errUnmarshalDepth, errRawToken} {
			if misfit.Err.Error() == known.Error() {
				return known
			}
		}
		return misfit.Err
	}
	if _, reason, ok := strings.Cut(fmt.Sprint(err), "that no document fills: "); ok {
		return errors.New(reason)
	}
	return err
}
`
