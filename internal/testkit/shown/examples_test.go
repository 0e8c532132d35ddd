package shown

import (
	"go/ast"
	"go/doc"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

const module = "github.com/seed73825598/airlock/"

// A declaration is what a file of tests declares at its top level, with the imports of that file.
type declaration struct {
	node    ast.Node
	imports map[string]string // the path of a package by the name that it has in the file
}

// declarations lists the top-level declarations of test files by name; the methods of a type belong
// to its name.
func declarations(tests []*ast.File) map[string][]declaration {
	all := map[string][]declaration{}
	for _, f := range tests {
		imports := imported(f)
		for _, decl := range f.Decls {
			for _, name := range declaredBy(decl) {
				all[name] = append(all[name], declaration{decl, imports})
			}
		}
	}
	return all
}

func declaredBy(decl ast.Decl) []string {
	var names []string
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil {
			return []string{base(d.Recv.List[0].Type)}
		}
		return []string{d.Name.Name}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, s.Name.Name)
			case *ast.ValueSpec:
				for _, name := range s.Names {
					names = append(names, name.Name)
				}
			}
		}
	}
	return names
}

// imported returns the imports of a file: paths in this module are relative to it.
func imported(f *ast.File) map[string]string {
	all := map[string]string{}
	for _, spec := range f.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue
		}
		name := path.Base(p)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		all[name] = strings.TrimPrefix(p, module)
	}
	return all
}

// shows adds the examples with Output of a test file.
func (p *pkg) shows(f *ast.File, declared map[string][]declaration) {
	examples := doc.Examples(f)
	if len(examples) == 0 {
		return
	}
	for _, path := range imported(f) {
		p.imports = append(p.imports, path)
	}
	for _, ex := range examples {
		if ex.Output == "" && !ex.EmptyOutput {
			continue
		}
		p.examples[symbol(ex.Name)] = true
		// go/doc shows all of a file that has one Example, another declaration, and no other test.
		file, whole := ex.Code.(*ast.File)
		shown := []string{"Example" + ex.Name}
		if whole {
			for _, decl := range file.Decls {
				shown = append(shown, declaredBy(decl)...)
			}
		}
		here := selected(shown, declared)
		for s := range here {
			p.selected[s] = true
		}
		if whole {
			p.whole = append(p.whole, slices.Sorted(maps.Keys(here)))
			for _, ident := range file.Unresolved {
				if declared[ident.Name] != nil {
					p.borrowed = append(p.borrowed, "Example"+ex.Name+" uses "+ident.Name)
				}
			}
		}
	}
}

// symbol is the name of an example without the suffix that tells it from others of the same symbol.
func symbol(name string) string {
	i := strings.LastIndexByte(name, '_')
	if i >= 0 && i+1 < len(name) && name[i+1] >= 'a' && name[i+1] <= 'z' {
		return name[:i]
	}
	return name
}

// selected is what functions and types select, and what is selected in the declarations that they
// reach.
func selected(names []string, declared map[string][]declaration) map[string]bool {
	all := map[string]bool{}
	seen := map[string]bool{}
	var reach func(name string)
	reach = func(name string) {
		if seen[name] {
			return
		}
		seen[name] = true
		for _, d := range declared[name] {
			ast.Inspect(d.node, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.Ident:
					reach(n.Name)
				case *ast.SelectorExpr:
					if x, ok := n.X.(*ast.Ident); ok && d.imports[x.Name] != "" {
						all[d.imports[x.Name]+"."+n.Sel.Name] = true
						return false
					}
					return true
				case *ast.CallExpr:
					if s, ok := n.Fun.(*ast.SelectorExpr); ok {
						all["."+s.Sel.Name] = true
					}
				}
				return true
			})
		}
	}
	for _, name := range names {
		reach(name)
	}
	return all
}
