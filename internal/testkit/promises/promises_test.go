package promises

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

const (
	root = "../../.."
	file = "testdata/promises.txt"
)

var update = flag.Bool("update", false, "add what is new to testdata/promises.txt; nothing is taken away")

// TestPromises fails when an exported name, a signature, a rule id or a mechanism id that was there
// is gone or reads differently. What users have written against stays.
func TestPromises(t *testing.T) {
	now := append(declarations(t), ids()...)
	text, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	promised := strings.Split(strings.TrimSpace(string(text)), "\n")
	for _, line := range promised {
		if line != "" && !slices.Contains(now, line) {
			t.Errorf("gone or changed: %s", line)
		}
	}
	if *update {
		all := slices.Concat(promised, now)
		slices.Sort(all)
		out := strings.TrimSpace(strings.Join(slices.Compact(all), "\n")) + "\n"
		if err := os.WriteFile(file, []byte(out), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// ids lists the rule ids of each package and the mechanism ids.
func ids() []string {
	var list []string
	add := func(pkg string, rules func(func(limits.RuleInfo) bool)) {
		for info := range rules {
			list = append(list, fmt.Sprintf("%s: rule %s", pkg, info.Rule))
		}
	}
	add("safezip", safezip.Rules())
	add("safexml", safexml.Rules())
	add("saferegex", saferegex.Rules())
	add("saferegex/regexset", regexset.Rules())
	add("unicodeid", unicodeid.Rules())
	for m := range safexml.Mechanisms() {
		list = append(list, "safexml: mechanism "+m.ID)
	}
	return list
}

// declarations lists the exported declarations of the public packages, a line each.
func declarations(t *testing.T) []string {
	t.Helper()
	var list []string
	for _, door := range []string{"limits", "safezip", "safexml", "saferegex", "unicodeid"} {
		err := filepath.WalkDir(filepath.Join(root, door), func(path string, d os.DirEntry, err error) error {
			if err != nil || !d.IsDir() {
				return err
			}
			if d.Name() == "internal" || d.Name() == "testdata" {
				return filepath.SkipDir
			}
			pkg, err := filepath.Rel(root, path)
			list = append(list, folder(t, path, filepath.ToSlash(pkg))...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return list
}

func folder(t *testing.T, dir, pkg string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		for _, decl := range f.Decls {
			for _, line := range lines(fset, decl) {
				list = append(list, pkg+": "+line)
			}
		}
	}
	return list
}

// lines writes what of a declaration is exported.
func lines(fset *token.FileSet, decl ast.Decl) []string {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		receiver := ""
		if decl.Recv != nil {
			of := text(fset, decl.Recv.List[0].Type)
			if !ast.IsExported(strings.Trim(strings.SplitN(of, "[", 2)[0], "*")) {
				return nil
			}
			receiver = "(" + of + ") "
		}
		if !decl.Name.IsExported() {
			return nil
		}
		return []string{"func " + receiver + decl.Name.Name + strings.TrimPrefix(text(fset, decl.Type), "func")}
	case *ast.GenDecl:
		var list []string
		for _, spec := range decl.Specs {
			switch spec := spec.(type) {
			case *ast.ValueSpec:
				for _, name := range spec.Names {
					if name.IsExported() {
						list = append(list, decl.Tok.String()+" "+name.Name)
					}
				}
			case *ast.TypeSpec:
				list = append(list, typeLines(fset, spec)...)
			}
		}
		return list
	}
	return nil
}

// typeLines writes the name of a type and its exported fields. The rest of it is not exported, or
// as with an Option nothing that a caller can name.
func typeLines(fset *token.FileSet, spec *ast.TypeSpec) []string {
	if !spec.Name.IsExported() {
		return nil
	}
	list := []string{"type " + spec.Name.Name}
	body, ok := spec.Type.(*ast.StructType)
	if !ok {
		return list
	}
	for _, field := range body.Fields.List {
		for _, name := range field.Names {
			if name.IsExported() {
				list = append(list, "type "+spec.Name.Name+", field "+name.Name+" "+text(fset, field.Type))
			}
		}
	}
	return list
}

// text prints a node in one line.
func text(fset *token.FileSet, node ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, fset, node); err != nil {
		return err.Error()
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
