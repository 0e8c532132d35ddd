// Command measure prints how the packages of this module are built: go run ./internal/tools/measure
//
// For each package it counts files, lines, lines over 120 columns, private functions whose only
// callers stand in another file, and the largest struct with the fields and methods in its reach;
// and it counts the calls between files of a package that go against the order in which most go. It
// judges nothing: a number that grows is a place to look.
package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

func main() {
	if err := run("."); err != nil {
		fmt.Fprintln(os.Stderr, "measure:", err)
		os.Exit(1)
	}
}

// run prints a line for each package below dir that is no test, example or tool.
func run(dir string) error {
	fset := token.NewFileSet()
	from := importer.ForCompiler(fset, "source", nil)
	fmt.Printf("%-32s %5s %6s %5s %9s %9s  %s\n", "package", "files", "lines", "long", "elsewhere", "upward",
		"largest struct: fields, methods, depth")
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.IsDir() {
			return err
		}
		switch d.Name() {
		case "testdata", "tools", "testkit", "examples", ".git":
			return filepath.SkipDir
		}
		p, err := read(fset, from, path)
		if err != nil || p == nil {
			return err
		}
		fmt.Println(p)
		return nil
	})
}

// A code is one package.
type code struct {
	path  string
	fset  *token.FileSet
	files []*ast.File
	lines int
	long  int // lines over 120 columns
	info  types.Info
	pkg   *types.Package
}

const widest = 120

// read reads the package in dir, and returns nil if there is none.
func read(fset *token.FileSet, from types.Importer, dir string) (*code, error) {
	c := &code{path: filepath.ToSlash(dir), fset: fset}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(text)) {
			c.lines++
			if utf8.RuneCountInString(strings.TrimRight(line, "\n")) > widest {
				c.long++
			}
		}
		f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, f)
	}
	if len(c.files) == 0 {
		return nil, nil
	}
	c.info = types.Info{Uses: map[*ast.Ident]types.Object{}, Defs: map[*ast.Ident]types.Object{}}
	// A file that is built on other systems alone declares things twice here; all else is still
	// found.
	conf := types.Config{Importer: from, Error: func(error) {}}
	c.pkg, err = conf.Check(dir, fset, c.files, &c.info)
	if c.pkg == nil {
		return nil, errors.Join(err, errors.New(dir))
	}
	return c, nil
}

// String is the line of the package.
func (c *code) String() string {
	elsewhere, functions := c.calledElsewhere()
	up, calls := c.upward()
	name, s := c.largest()
	largest := "none"
	if name != "" {
		largest = fmt.Sprintf("%s: %d, %d, %d", name, s.fields, s.methods, s.depth)
	}
	return fmt.Sprintf("%-32s %5d %6d %5d %4d/%-4d %4d/%-4d  %s", c.path, len(c.files), c.lines, c.long, elsewhere,
		functions, up, calls, largest)
}

// fileOf returns the file in which something stands.
func (c *code) fileOf(p token.Pos) string { return c.fset.Position(p).Filename }

// calledElsewhere counts private functions and methods whose callers all stand in other files, of
// all private ones that are called.
func (c *code) calledElsewhere() (elsewhere, all int) {
	here, there := map[types.Object]int{}, map[types.Object]int{}
	for id, object := range c.info.Uses {
		f, is := object.(*types.Func)
		if !is || f.Pkg() != c.pkg || f.Exported() {
			continue
		}
		if c.fileOf(id.Pos()) == c.fileOf(f.Pos()) {
			here[f]++
		} else {
			there[f]++
		}
	}
	for _, object := range c.info.Defs {
		if f, is := object.(*types.Func); is && here[f]+there[f] > 0 {
			all++
			if here[f] == 0 && there[f] == 1 {
				elsewhere++
			}
		}
	}
	return elsewhere, all
}

// upward counts the pairs of files that use each other, by the direction that is rarer, of all
// pairs of which one uses the other.
func (c *code) upward() (up, all int) {
	type pair struct{ from, to string }
	uses := map[pair]int{}
	for id, object := range c.info.Uses {
		if object.Pkg() != c.pkg || object.Parent() != c.pkg.Scope() {
			continue
		}
		if from, to := c.fileOf(id.Pos()), c.fileOf(object.Pos()); from != to {
			uses[pair{from, to}]++
		}
	}
	for p, n := range uses {
		back := uses[pair{p.to, p.from}]
		if back == 0 || p.from < p.to {
			all++
		}
		if back > 0 && (n < back || n == back && p.from < p.to) {
			up++
		}
	}
	return up, all
}

// A size is what is within reach of a struct: fields and methods, those that are embedded included,
// and how deep embedding goes.
type size struct{ fields, methods, depth int }

// largest returns the struct of the package with the most fields and methods in its reach.
func (c *code) largest() (name string, most size) {
	scope := c.pkg.Scope()
	for _, n := range scope.Names() {
		of, is := scope.Lookup(n).(*types.TypeName)
		if !is {
			continue
		}
		if _, is := of.Type().Underlying().(*types.Struct); !is {
			continue
		}
		s := reach(of.Type(), c.pkg, map[types.Type]bool{})
		s.methods = types.NewMethodSet(types.NewPointer(of.Type())).Len()
		if s.fields+s.methods > most.fields+most.methods {
			name, most = n, s
		}
	}
	return name, most
}

// reach counts the fields of a struct and of the structs of its package that it embeds.
func reach(t types.Type, pkg *types.Package, seen map[types.Type]bool) (s size) {
	if p, is := t.(*types.Pointer); is {
		t = p.Elem()
	}
	body, is := t.Underlying().(*types.Struct)
	if !is || seen[t] {
		return size{}
	}
	seen[t] = true
	for f := range body.Fields() {
		s.fields++
		if !f.Embedded() {
			continue
		}
		below := reach(f.Type(), pkg, seen)
		s.fields += below.fields
		s.depth = max(s.depth, below.depth+1)
	}
	return s
}
