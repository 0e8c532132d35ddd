// Package source reads what the public packages export from their source, for tests that hold a
// table to it.
package source

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"strings"
)

// Declarations lists the exported declarations of the public packages of the module in root, a line
// each, as "safezip: func (*Reader) Close() error".
func Declarations(root string) ([]string, error) {
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
			if err != nil {
				return err
			}
			declared, err := folder(path, filepath.ToSlash(pkg))
			list = append(list, declared...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return list, nil
}

func folder(dir, pkg string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	var list []string
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		for _, decl := range f.Decls {
			for _, line := range lines(fset, decl) {
				list = append(list, pkg+": "+line)
			}
		}
	}
	return list, nil
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
