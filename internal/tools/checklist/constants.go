package checklist

import (
	"errors"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// module is the path of the module, and what its packages' import paths begin with.
const module = "github.com/seed73825598/airlock"

// names is what a package exports, as far as the checklist speaks of it.
type names struct {
	rules map[limits.Rule][]string // the constants of each rule
	funcs []string
}

// exported type-checks the package at the path below root and returns what it exports. A constant
// may get its value from another package of the module, so these are read as well; packages from
// elsewhere are not, and the errors that follow from that are not reported. A constant that goes
// missing that way is missed when the constants are held against Rules().
func exported(root fs.FS, at string) (names, error) {
	source := &source{root: root, fset: token.NewFileSet(), packages: map[string]*types.Package{}}
	pkg, err := source.Import(path.Join(module, at))
	if err != nil {
		return names{}, err
	}
	found := names{rules: map[limits.Rule][]string{}}
	for _, name := range pkg.Scope().Names() {
		switch object := pkg.Scope().Lookup(name).(type) {
		case *types.Func:
			found.funcs = append(found.funcs, name)
		case *types.Const:
			if object.Exported() && types.TypeString(types.Unalias(object.Type()), nil) == module+"/limits.Rule" {
				rule := limits.Rule(constant.StringVal(object.Val()))
				found.rules[rule] = append(found.rules[rule], name)
			}
		}
	}
	return found, nil
}

// A source imports the packages of the module from their source and stands in for all others with
// empty ones.
type source struct {
	root     fs.FS
	fset     *token.FileSet
	packages map[string]*types.Package
}

// Import implements [types.Importer].
func (s *source) Import(importPath string) (*types.Package, error) {
	if pkg := s.packages[importPath]; pkg != nil {
		return pkg, nil
	}
	below, ok := strings.CutPrefix(importPath, module+"/")
	if !ok {
		pkg := types.NewPackage(importPath, path.Base(importPath))
		pkg.MarkComplete()
		s.packages[importPath] = pkg
		return pkg, nil
	}
	dir, err := fs.Sub(s.root, below)
	if err != nil {
		return nil, err
	}
	files, err := parseFiles(s.fset, dir, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	config := types.Config{Importer: s, IgnoreFuncBodies: true, FakeImportC: true, Error: func(error) {}}
	pkg, err := config.Check(importPath, s.fset, files, nil)
	if pkg == nil {
		return nil, errors.Join(errors.New(importPath+" cannot be read"), err)
	}
	s.packages[importPath] = pkg
	return pkg, nil
}

// sorted returns the keys of a map in their order, so that messages and tables are the same each
// time.
func sorted[K ~string, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }
