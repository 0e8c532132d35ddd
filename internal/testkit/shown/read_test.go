package shown

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A pkg is what the tests ask about one public package.
type pkg struct {
	path     string // in the module: "safezip/safetar"
	funcs    []fn
	examples map[string]bool // the names that examples with Output have, without a suffix
	selected map[string]bool // what they select: "safezip.Extract", and ".Match" for a call of a method
	whole    [][]string      // for each whole-file example what it selects
	borrowed []string        // what whole-file examples use of other files
	imports  []string        // what the files of examples import
}

// A fn is an exported function or method.
type fn struct {
	pkg, receiver, name string
	context, option     bool
}

func (f fn) entry() bool { return !f.option && (f.receiver == "" || f.context) }

// example is the name that go doc expects after "Example".
func (f fn) example() string {
	if f.receiver == "" {
		return f.name
	}
	return f.receiver + "_" + f.name
}

func (p *pkg) names(f fn) bool { return p.examples[f.example()] }

// calls says whether an Example of p calls f, or hands it on. Of a method only the name is known.
func (p *pkg) calls(f fn) bool {
	if f.receiver != "" {
		return p.selected["."+f.name]
	}
	return p.selected[f.pkg+"."+f.name]
}

func (p *pkg) within(q *pkg) bool { return p.path == q.path || strings.HasPrefix(p.path, q.path+"/") }

// packages reads every public package of the module: each directory with Go files, but for those
// that are internal, those that hold test data, and those of other modules.
func packages(t *testing.T) []*pkg {
	t.Helper()
	var all []*pkg
	err := filepath.WalkDir(root, func(dir string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() || dir == root {
			return err
		}
		if name := d.Name(); name == "internal" || name == "testdata" || strings.HasPrefix(name, ".") {
			return filepath.SkipDir
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.SkipDir
		}
		p, err := read(dir)
		if p != nil {
			all = append(all, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// read returns nil for a directory without Go files.
func read(dir string) (*pkg, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil || names == nil {
		return nil, err
	}
	rel, err := filepath.Rel(root, dir)
	if err != nil {
		return nil, err
	}
	p := &pkg{path: filepath.ToSlash(rel), examples: map[string]bool{}, selected: map[string]bool{}}
	fset := token.NewFileSet()
	var tests []*ast.File
	for _, name := range names {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		if strings.HasSuffix(name, "_test.go") {
			tests = append(tests, f)
			continue
		}
		p.declares(f)
	}
	declared := declarations(tests)
	for _, f := range tests {
		p.shows(f, declared)
	}
	return p, nil
}

// declares adds the exported functions and methods of a file.
func (p *pkg) declares(f *ast.File) {
	for _, decl := range f.Decls {
		d, ok := decl.(*ast.FuncDecl)
		if !ok || !d.Name.IsExported() {
			continue
		}
		receiver := ""
		if d.Recv != nil {
			if receiver = base(d.Recv.List[0].Type); !ast.IsExported(receiver) {
				continue
			}
		}
		one := fn{pkg: p.path, receiver: receiver, name: d.Name.Name}
		for _, param := range d.Type.Params.List {
			// A request carries a context.
			name := base(param.Type)
			one.context = one.context || name == "Context" || name == "Request"
		}
		if r := d.Type.Results; receiver == "" && r != nil && len(r.List) == 1 {
			one.option = base(r.List[0].Type) == "Option"
		}
		p.funcs = append(p.funcs, one)
	}
}

// base is the name of a type without pointer, package and parameters.
func base(expr ast.Expr) string {
	switch e := expr.(type) {
	case *ast.StarExpr:
		return base(e.X)
	case *ast.IndexExpr:
		return base(e.X)
	case *ast.IndexListExpr:
		return base(e.X)
	case *ast.SelectorExpr:
		return e.Sel.Name
	case *ast.Ident:
		return e.Name
	}
	return ""
}
