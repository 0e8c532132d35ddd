package answers

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/source"
)

// TestOptionsExist reads the source of every package and asks that each ExceededError.Option is the
// name of an option that the package exports. Where it is a parameter of the function around it,
// its callers are asked.
func TestOptionsExist(t *testing.T) {
	declared, err := source.Declarations(root)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for dir, files := range folders(t) {
		door, _, _ := strings.Cut(dir, "/internal/")
		for _, name := range optionsOf(t, files) {
			seen++
			exported := slices.ContainsFunc(declared, func(line string) bool {
				return strings.HasPrefix(line, door+": func "+name+"(") && strings.HasSuffix(line, " Option")
			})
			if !exported {
				t.Errorf("%s: an ExceededError names the option %q, which %s does not export", dir, name, door)
			}
		}
	}
	if seen < 5 {
		t.Errorf("only %d options found", seen)
	}
}

// folders parses the packages of the doors, by their folders.
func folders(t *testing.T) map[string][]*ast.File {
	t.Helper()
	all := map[string][]*ast.File{}
	for _, door := range []string{"limits", "safezip", "safexml", "saferegex", "unicodeid"} {
		err := fs.WalkDir(os.DirFS(root), door, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, path), nil, parser.SkipObjectResolution)
			dir := filepath.ToSlash(filepath.Dir(path))
			all[dir] = append(all[dir], f)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// optionsOf returns what the ExceededErrors of a package have as their Option.
func optionsOf(t *testing.T, files []*ast.File) []string {
	t.Helper()
	var names []string
	for _, f := range files {
		for _, decl := range f.Decls {
			function, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(function, func(n ast.Node) bool {
				value := optionOf(n)
				if value == nil {
					return true
				}
				if name, ok := literal(value); ok {
					names = append(names, name)
					return true
				}
				i := parameter(function, value)
				if i < 0 {
					t.Errorf("%s: an ExceededError.Option that is neither a text nor a parameter", function.Name.Name)
					return true
				}
				names = append(names, passed(files, function.Name.Name, i)...)
				return true
			})
		}
	}
	return names
}

// optionOf returns the Option of an ExceededError that is written out, or nil.
func optionOf(n ast.Node) ast.Expr {
	lit, ok := n.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	name := ""
	switch of := lit.Type.(type) {
	case *ast.SelectorExpr:
		name = of.Sel.Name
	case *ast.Ident:
		name = of.Name
	}
	if name != "ExceededError" {
		return nil
	}
	for _, element := range lit.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok && key.Name == "Option" {
				return pair.Value
			}
		}
	}
	return nil
}

// parameter returns the index of the parameter that an expression is, or -1.
func parameter(function *ast.FuncDecl, value ast.Expr) int {
	of, ok := value.(*ast.Ident)
	if !ok {
		return -1
	}
	i := 0
	for _, field := range function.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == of.Name {
				return i
			}
			i++
		}
	}
	return -1
}

// passed returns the texts that the calls of a function have as their argument i. An argument that
// is a text of its own making is an option only if it is one.
func passed(files []*ast.File, function string, i int) []string {
	var names []string
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			name := ""
			switch of := call.Fun.(type) {
			case *ast.SelectorExpr:
				name = of.Sel.Name
			case *ast.Ident:
				name = of.Name
			}
			if name != function || i >= len(call.Args) {
				return true
			}
			if text, ok := literal(call.Args[i]); ok && text != "" {
				names = append(names, text)
			}
			return true
		})
	}
	return names
}

func literal(e ast.Expr) (string, bool) {
	lit, ok := e.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	text, err := strconv.Unquote(lit.Value)
	return text, err == nil
}
