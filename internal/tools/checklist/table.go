package checklist

import (
	"errors"
	"fmt"
	"go/ast"
	"go/doc/comment"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A Row is what a package says about one field of [limits.Limits].
type Row struct {
	Field    string // the name of the field
	Required string // "yes" or "no"
	Default  string // what an unset field means; "none" for a required one
	Meaning  string // what the package counts with it
}

// LimitsTable reads the table of limits from the comment of the package in dir. The table is an
// indented block of that comment, in which two or more spaces separate the columns:
//
//	Field        Required  Default               Meaning
//	InputBytes   no        the archive's size    size of the archive
//	OutputBytes  yes       none                  size of all files together, unpacked
//	...
//
// It has a row for each field of [limits.Limits], in their order: a field that a package does not
// say anything about would be a field that it ignores in silence. A required field has no default
// ("none"), any other has one.
func LimitsTable(dir string) ([]Row, error) {
	doc, err := packageComment(os.DirFS(dir))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", dir, err)
	}
	rows, err := parseTable(doc)
	if err != nil {
		return nil, fmt.Errorf("%s: limits table: %w", dir, err)
	}
	return rows, nil
}

// packageComment returns the text of the one package comment in the directory.
func packageComment(dir fs.FS) (string, error) {
	files, err := parseFiles(token.NewFileSet(), dir, parser.PackageClauseOnly|parser.ParseComments)
	if err != nil {
		return "", err
	}
	var docs []string
	for _, file := range files {
		if file.Doc != nil {
			docs = append(docs, file.Doc.Text())
		}
	}
	if len(docs) != 1 {
		return "", fmt.Errorf("%d package comments, want 1", len(docs))
	}
	return docs[0], nil
}

// parseFiles parses the Go files of the directory but for its tests, in the order of their names.
func parseFiles(fset *token.FileSet, dir fs.FS, mode parser.Mode) ([]*ast.File, error) {
	names, err := fs.Glob(dir, "*.go")
	if err != nil {
		return nil, err
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := fs.ReadFile(dir, name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(fset, name, src, mode)
		if err != nil {
			return nil, err
		}
		files = append(files, file)
	}
	if len(files) == 0 {
		return nil, errors.New("no Go files")
	}
	return files, nil
}

// columns are the heads of the table, in their order.
var columns = []string{"Field", "Required", "Default", "Meaning"}

// between is what separates two columns. One space is part of a cell.
var between = regexp.MustCompile(` {2,}`)

// parseTable finds the one table in a package comment and reads it.
func parseTable(doc string) ([]Row, error) {
	var tables [][]string
	for _, block := range new(comment.Parser).Parse(doc).Content {
		code, ok := block.(*comment.Code)
		if !ok {
			continue
		}
		lines := strings.Split(strings.TrimRight(code.Text, "\n"), "\n")
		if slices.Equal(between.Split(lines[0], -1), columns) {
			tables = append(tables, lines[1:])
		}
	}
	if len(tables) != 1 {
		return nil, fmt.Errorf("%d tables with the columns %q in the package comment, want 1", len(tables), columns)
	}
	return parseRows(tables[0])
}

// parseRows reads the lines below the heads, one for each field of Limits.
func parseRows(lines []string) ([]Row, error) {
	fields := Fields()
	if len(lines) != len(fields) {
		return nil, fmt.Errorf("%d rows, want %d: %s", len(lines), len(fields), strings.Join(fields, ", "))
	}
	rows := make([]Row, 0, len(fields))
	for i, field := range fields {
		cells := between.Split(lines[i], -1)
		if len(cells) != len(columns) {
			return nil, fmt.Errorf("row %d has %d cells, want %d: %q", i+1, len(cells), len(columns), lines[i])
		}
		row := Row{Field: cells[0], Required: cells[1], Default: cells[2], Meaning: cells[3]}
		if err := row.check(field); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// check holds a row to its place in the table and its cells to each other.
func (r Row) check(field string) error {
	if r.Field != field {
		return fmt.Errorf("field %q, want %s", r.Field, field)
	}
	for i, cell := range []string{r.Field, r.Required, r.Default, r.Meaning} {
		if cell == "" {
			return fmt.Errorf("%s: the column %s is empty", field, columns[i])
		}
	}
	switch r.Required {
	case "yes":
		if r.Default != "none" {
			return fmt.Errorf("%s: is required and has the default %q, want none", field, r.Default)
		}
	case "no":
		if r.Default == "none" {
			return fmt.Errorf("%s: is not required and has no default", field)
		}
	default:
		return fmt.Errorf("%s: required is %q, want yes or no", field, r.Required)
	}
	return nil
}

// Fields returns the names of the fields of [limits.Limits] in their order.
func Fields() []string {
	var names []string
	for field := range reflect.TypeFor[limits.Limits]().Fields() {
		names = append(names, field.Name)
	}
	return names
}
