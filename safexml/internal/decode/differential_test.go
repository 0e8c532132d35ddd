package decode_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

var sensible = limits.Limits{InputBytes: 64 * limits.MiB, Time: time.Minute}

// theirs fills a value with encoding/xml. It panics on some types: that is an error as well.
func theirs(data []byte, v any) (err error) {
	defer func() {
		if said := recover(); said != nil {
			err = fmt.Errorf("%w: %v", errPanicked, said)
		}
	}()
	return xml.Unmarshal(data, v)
}

var errPanicked = errors.New("encoding/xml panicked")

// sameValue holds Unmarshal to what encoding/xml makes of a document that safexml accepts, or,
// where encoding/xml does not normalize white space as XML 1.0 asks for (2.11 in comments, 3.3.3 in
// attribute values), of the document with its white space normalized.
func sameValue(t *testing.T, typ reflect.Type, data []byte) {
	t.Helper()
	difference := compare(t, typ, data)
	if difference != "" && bytes.ContainsAny(data, "\t\n\r") {
		difference = compare(t, typ, normalized(t, data))
	}
	if difference != "" {
		t.Errorf("%s\n%v\n%s", data, typ, difference)
	}
}

// normalized writes a document again, so that no white space is left that must be normalized.
func normalized(t *testing.T, data []byte) []byte {
	t.Helper()
	tok, err := safexml.NewTokenizer(t.Context(), bytes.NewReader(data), sensible)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	name := func(n safexml.Name) string {
		if len(n.Prefix) > 0 {
			return string(n.Prefix) + ":" + string(n.Local)
		}
		return string(n.Local)
	}
	for tok.Next() == nil {
		switch tok.Kind() {
		case safexml.StartElement:
			fmt.Fprintf(&b, "<%s", name(tok.Name()))
			for _, a := range tok.Attrs() {
				fmt.Fprintf(&b, ` %s="`, name(a.Name))
				_ = xml.EscapeText(&b, a.Value)
				b.WriteString(`"`)
			}
			b.WriteByte('>')
		case safexml.EndElement:
			fmt.Fprintf(&b, "</%s>", name(tok.Name()))
		case safexml.Text, safexml.CDATA:
			_ = xml.EscapeText(&b, tok.Text())
		case safexml.Comment:
			fmt.Fprintf(&b, "<!--%s-->", tok.Text())
		case safexml.ProcInst, safexml.Doctype:
		}
	}
	return b.Bytes()
}

// compare returns how the values differ that encoding/xml and safexml make of a document.
func compare(t *testing.T, typ reflect.Type, data []byte) string {
	t.Helper()
	want, got := reflect.New(typ), reflect.New(typ)
	failed := safexml.Unmarshal(t.Context(), data, got.Interface(), sensible)
	misfit, isMisfit := errors.AsType[*safexml.MismatchError](failed)
	if failed != nil && !isMisfit && !errors.Is(failed, limits.ErrConfig) {
		return "" // The document itself is refused, or is too much.
	}
	if difference := byTokenizer(t, data, got, failed); difference != "" {
		return difference
	}
	err := theirs(data, want.Interface())
	if err == nil && failed == nil {
		if reflect.DeepEqual(want.Elem().Interface(), got.Elem().Interface()) {
			return ""
		}
		return "(-encoding/xml +safexml):\n" + cmp.Diff(want.Elem().Interface(), got.Elem().Interface(), exported)
	}
	if sameFailure(err, failed, misfit) {
		return ""
	}
	return fmt.Sprintf("encoding/xml: %v\nsafexml: %v", err, failed)
}

// byTokenizer returns how Tokenizer.Decode of the root element differs from what Unmarshal has made
// of it.
func byTokenizer(t *testing.T, data []byte, want reflect.Value, failed error) string {
	t.Helper()
	tok, err := safexml.NewTokenizer(t.Context(), bytes.NewReader(data), sensible)
	for err == nil && tok.Kind() != safexml.StartElement {
		err = tok.Next()
	}
	if err != nil {
		t.Fatal(err)
	}
	got := reflect.New(want.Type().Elem())
	err = tok.Decode(got.Interface())
	if tok.Kind() != safexml.EndElement || tok.Depth() != 1 {
		return fmt.Sprintf("the tokenizer is at %v, %d deep", tok.Kind(), tok.Depth())
	}
	first, _ := errors.AsType[*safexml.MismatchError](failed)
	second, _ := errors.AsType[*safexml.MismatchError](err)
	switch {
	case (failed == nil) != (err == nil), (first == nil) != (second == nil),
		first != nil && (first.Err.Error() != second.Err.Error() || first.Path != "" && first.Path != second.Path):
		return fmt.Sprintf("Unmarshal: %v\nTokenizer.Decode: %v", failed, err)
	case err == nil && !reflect.DeepEqual(want.Elem().Interface(), got.Elem().Interface()):
		return "(-Unmarshal +Tokenizer.Decode):\n" + cmp.Diff(want.Elem().Interface(), got.Elem().Interface(), exported)
	}
	return ""
}

var exported = cmp.Exporter(func(reflect.Type) bool { return true })

// sameFailure reports whether two errors are about the same.
func sameFailure(theirs, ours error, misfit *safexml.MismatchError) bool {
	switch {
	case theirs == nil:
		return false
	case errors.Is(theirs, errPanicked):
		return true // Whatever is better than that.
	case strings.Contains(theirs.Error(), "invalid XML name"), strings.Contains(theirs.Error(), "unsupported version"):
		return true // Names of the fifth edition, and a version of 1.1, are taken here.
	case ours == nil:
		return false
	case misfit == nil:
		return errors.Is(ours, limits.ErrConfig) && isTypeFault(theirs)
	}
	if number, ok := errors.AsType[*strconv.NumError](theirs); ok {
		return errors.Is(misfit.Err, number.Err)
	}
	return misfit.Err.Error() == theirs.Error()
}

// isTypeFault reports whether an error of encoding/xml is about the type.
func isTypeFault(err error) bool {
	if _, ok := errors.AsType[*xml.TagPathError](err); ok {
		return true
	}
	for _, prefix := range []string{"unknown type ", "cannot unmarshal into ", "xml: "} {
		if strings.HasPrefix(err.Error(), prefix) {
			return true
		}
	}
	return false
}

// misplacesName reports whether encoding/xml writes the element's name into a field that has
// nothing to do with it: it takes the index of an embedded struct's XMLName for that of a field of
// the struct around it.
func misplacesName(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		return misplacesName(t.Elem(), seen)
	}
	if t.Kind() != reflect.Struct {
		return false
	}
	for f := range t.Fields() {
		if f.Anonymous && t.Field(0).Type == reflect.TypeFor[xml.Name]() || misplacesName(f.Type, seen) {
			return true
		}
	}
	return false
}

var seeds = flag.Uint64("seeds", 340, "how many types TestGenerated makes")

// TestGenerated fills values of generated types from generated documents.
func TestGenerated(t *testing.T) {
	types, filled, failed := 0, 0, 0
	for typeSeed := range *seeds {
		typ := typeOf(typeSeed)
		if misplacesName(typ, map[reflect.Type]bool{}) {
			continue
		}
		types++
		for i := range uint64(12) {
			data := []byte(documentOf(typeSeed*1000 + i))
			sameValue(t, typ, data)
			if v := reflect.New(typ); theirs(data, v.Interface()) != nil {
				failed++
			} else if !v.Elem().IsZero() {
				filled++
			}
		}
	}
	t.Logf("%d types, %d documents filled something, %d did not fit", types, filled, failed)
	if types < 300 || filled < 1200 || failed < 800 {
		t.Errorf("%d documents filled something and %d did not fit: the generator is too far from documents", filled, failed)
	}
}
