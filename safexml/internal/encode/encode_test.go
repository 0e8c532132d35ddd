package encode_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/encode"
)

// written returns what a writer makes of a document.
func written(c encode.Config, f func(w *encode.Writer) error) (string, error) {
	var b strings.Builder
	c.Take = func(block []byte) error {
		b.Write(block)
		return nil
	}
	c.Hold, c.Step = func(int) error { return nil }, func(int64) error { return nil }
	w := encode.New(c)
	if err := f(w); err != nil {
		return "", err
	}
	err := w.Finish()
	return b.String(), err
}

// events returns what encoding/xml reads, without declarations of namespaces.
func events(t *testing.T, document string) []string {
	t.Helper()
	var list []string
	d := xml.NewDecoder(strings.NewReader(document))
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // The end itself.
			return list
		}
		if err != nil {
			t.Fatalf("%v in %s", err, document)
		}
		switch token := token.(type) {
		case xml.StartElement:
			list = append(list, "<"+token.Name.Space+" "+token.Name.Local)
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					list = append(list, a.Name.Space+" "+a.Name.Local+"="+a.Value)
				}
			}
		case xml.EndElement:
			list = append(list, ">")
		case xml.CharData:
			list = append(list, string(token))
		}
	}
}

type leaf struct {
	Text string `xml:",chardata"`
	ID   string `xml:"id,attr,omitempty"`
}

type namedLeaf struct {
	XMLName xml.Name `xml:"urn:l leaf"`
	A       string   `xml:"a"`
}

// The types and tags that structs are made of.
var (
	fieldTypes = []reflect.Type{
		reflect.TypeFor[string](), reflect.TypeFor[int](), reflect.TypeFor[bool](), reflect.TypeFor[float64](),
		reflect.TypeFor[[]byte](), reflect.TypeFor[[]string](), reflect.TypeFor[*string](), reflect.TypeFor[leaf](),
		reflect.TypeFor[*leaf](), reflect.TypeFor[[]leaf](), reflect.TypeFor[namedLeaf](), reflect.TypeFor[any](),
		reflect.TypeFor[[]xml.Attr](), reflect.TypeFor[[2]int](), reflect.TypeFor[[]*namedLeaf](),
	}
	fieldTags = []string{
		"", "a", "b", "leaf", "a>b", "a>c", "a>b>c", "b>a", "d>", ">e", "urn:x a", "urn:x ", "a,attr", "b,attr", ",attr",
		"urn:x c,attr", ",chardata", ",cdata", ",any", ",any,attr", "a,omitempty", ",omitempty", "a,attr,omitempty",
		"a,chardata",
		"a,any", ",attr,chardata", "-", "a>b,omitempty", "a>b,attr", ",innerxml,attr", "urn:x d>e",
	}
)

// structOf makes a type of some fields.
func structOf(r *rand.Rand) reflect.Type {
	fields := []reflect.StructField{{Name: "XMLName", Type: reflect.TypeFor[xml.Name](), Tag: `xml:"root"`}}
	for i := range 1 + r.IntN(4) {
		fields = append(fields, reflect.StructField{Name: "F" + strconv.Itoa(i), Type: fieldTypes[r.IntN(len(fieldTypes))],
			Tag: reflect.StructTag(`xml:"` + fieldTags[r.IntN(len(fieldTags))] + `"`)})
	}
	return reflect.StructOf(fields)
}

// fill gives a value some content.
func fill(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString([]string{"", "x", "y <z>", "é"}[r.IntN(4)])
	case reflect.Int:
		v.SetInt(int64(r.IntN(3)))
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Float64:
		v.SetFloat(float64(r.IntN(3)) / 2)
	case reflect.Uint8:
		v.SetUint(uint64('a' + r.IntN(3)))
	case reflect.Pointer:
		if r.IntN(3) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(r, v.Elem())
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), r.IntN(3), 3))
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(r, v.Index(i))
		}
	case reflect.Interface:
		v.Set(reflect.ValueOf([]any{"s", 1, leaf{"t", "i"}, nil}[r.IntN(3)]))
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[xml.Attr]() {
			v.Set(reflect.ValueOf(xml.Attr{Name: xml.Name{Local: "m" + strconv.Itoa(r.IntN(1000))}, Value: "v"}))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).Name != "XMLName" {
				fill(r, v.Field(i))
			}
		}
	default:
	}
}

// TestLikeEncodingXML writes values of types made at random as encoding/xml does: the same tokens,
// and an error where there is one.
func TestLikeEncodingXML(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	same, failed := 0, 0
	for range 4000 {
		v := reflect.New(structOf(r))
		fill(r, v.Elem())
		want, wantErr := xml.Marshal(v.Interface())
		got, err := written(encode.Config{Op: "test"}, func(w *encode.Writer) error { return w.Value(v.Interface(), nil) })
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%T: %v; encoding/xml: %v\n%s\n%s", v.Interface(), err, wantErr, got, want)
		}
		if err != nil {
			failed++
			continue
		}
		same++
		if xml.Unmarshal(want, new(struct{})) != nil {
			continue // Two attributes with one name, which a scan refuses.
		}
		if diff := cmp.Diff(events(t, string(want)), events(t, got)); diff != "" {
			t.Fatalf("%T: (-encoding/xml +encode)\n%s\n%s\n%s", v.Interface(), diff, want, got)
		}
	}
	if same < 1000 || failed < 100 {
		t.Errorf("%d written, %d not", same, failed)
	}
}

// TestBlocks hands on long documents in blocks, with no character divided and nothing lost.
func TestBlocks(t *testing.T) {
	text := strings.Repeat("é<\r", 40_000)
	blocks := 0
	var b bytes.Buffer
	w := encode.New(encode.Config{
		Hold: func(int) error { return nil },
		Step: func(int64) error { return nil },
		Take: func(block []byte) error {
			blocks++
			b.Write(block)
			return nil
		},
	})
	name := xml.Name{Local: "a"}
	if err := errors.Join(w.Start(name, nil), w.Text(text), w.End(name), w.Finish()); err != nil {
		t.Fatal(err)
	}
	var back string
	if err := xml.Unmarshal(b.Bytes(), &back); err != nil || back != text || blocks < 4 {
		t.Errorf("%d blocks, %v, the same: %v", blocks, err, back == text)
	}
}

// TestSticky has one error, and nothing written after it.
func TestSticky(t *testing.T) {
	full := errors.New("full")
	for name, test := range map[string]struct {
		f    func(w *encode.Writer) error
		want error
	}{
		"refused": {func(w *encode.Writer) error { return w.Comment("--") }, limits.ErrRefused},
		"misuse":  {func(w *encode.Writer) error { return w.Value(func() {}, nil) }, limits.ErrConfig},
		"given":   {func(w *encode.Writer) error { return w.Fail(full) }, full},
	} {
		got, err := written(encode.Config{Op: "test"}, func(w *encode.Writer) error {
			first := test.f(w)
			for _, again := range []error{w.Text("a"), w.CDATA("a"), w.Start(xml.Name{Local: "a"}, nil), w.End(xml.Name{}),
				w.Comment("a"),
				w.Instruction("a", ""), w.Fragment([]byte("a")), w.Value(1, nil), w.Flush(), w.Finish()} {
				if again != first { //nolint:errorlint // The very same.
					t.Errorf("%s: %v; want %v", name, again, first)
				}
			}
			return first
		})
		if !errors.Is(err, test.want) || got != "" {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}
