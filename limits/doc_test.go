package limits_test

import (
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// TestTableOfFields reads the table in the package comment and holds the package to each of its
// columns but the last, which is prose.
func TestTableOfFields(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "doc.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	_, table, found := strings.Cut(file.Doc.Text(), "\tfield ")
	table, _, ended := strings.Cut(table, "\n\n")
	if !found || !ended {
		t.Fatal("there is no table in the package comment")
	}
	var got [][]string
	for line := range strings.Lines(table) {
		if cells := strings.Fields(line); cells[0] != "key" {
			got = append(got, cells[:5])
		}
	}
	fields := reflect.TypeFor[limits.Limits]()
	var want [][]string
	for i, r := range all {
		set := with(limits.Limits{}, r, int64(time.Second))
		if reflect.ValueOf(set).Field(i).Int() != int64(time.Second) {
			t.Errorf("field %d is not that of %v", i, r)
		}
		key, _, _ := strings.Cut(set.String(), "=")
		want = append(want, []string{fields.Field(i).Name, key, unit(fields.Field(i).Type), kept(t, r),
			isEnveloped(t, set)})
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if fields.NumField() != len(all) {
		t.Errorf("Limits has %d fields", fields.NumField())
	}
}

// unit returns what a field is counted in.
func unit(field reflect.Type) string {
	switch field {
	case reflect.TypeFor[limits.Bytes]():
		return "bytes"
	case reflect.TypeFor[time.Duration]():
		return "nanoseconds"
	default:
		return "count"
	}
}

// kept finds out how a resource is kept, from three uses of two where three are allowed.
func kept(t *testing.T, r limits.Resource) string {
	if r == limits.Time {
		return "clock"
	}
	b := start(t, t.Context(), with(limits.Limits{}, r, 3))
	if err := use(b, r, 2); err != nil {
		t.Fatal(err)
	}
	b.Release(r, 2)
	switch {
	case use(b, r, 2) != nil:
		return "total"
	case use(b, r, 2) != nil:
		return "gauge"
	default:
		return "maximum"
	}
}

// isEnveloped finds out whether an envelope takes the limits.
func isEnveloped(t *testing.T, l limits.Limits) string {
	_, cancel, err := limits.With(t.Context(), l)
	cancel()
	if err != nil {
		return "no"
	}
	return "yes"
}
