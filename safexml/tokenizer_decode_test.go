package safexml_test

import (
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// tokenizer returns a tokenizer at the n-th start tag of a document.
func tokenizer(t *testing.T, document string, n int, opts ...safexml.Option) *safexml.Tokenizer {
	t.Helper()
	tok, err := safexml.NewTokenizer(t.Context(), strings.NewReader(document), sensible, opts...)
	if err != nil {
		t.Fatal(err)
	}
	for n > 0 {
		if err := tok.Next(); err != nil {
			t.Fatal(err)
		}
		if tok.Kind() == safexml.StartElement {
			n--
		}
	}
	return tok
}

// rest returns what is left of a document, in short.
func rest(tok *safexml.Tokenizer) string {
	var b strings.Builder
	for {
		err := tok.Next()
		if errors.Is(err, io.EOF) {
			return b.String()
		}
		if err != nil {
			return b.String() + err.Error()
		}
		switch tok.Kind() {
		case safexml.StartElement:
			b.WriteString("<" + string(tok.Name().Local))
		case safexml.EndElement:
			b.WriteString("/" + string(tok.Name().Local))
		case safexml.Text:
			b.Write(tok.Text())
		default:
			b.WriteString("?")
		}
	}
}

func TestTokenizerDecode(t *testing.T) {
	const document = `<e>1<c id="1"><name>a</name></c>2<c id="z"><name/></c>3<c><name/><d id="4"/></c>4</e>`
	tok := tokenizer(t, document, 2)
	got := customer{ID: 9}
	if err := tok.Decode(&got); err != nil || tok.Kind() != safexml.EndElement || string(tok.Name().Local) != "c" ||
		len(tok.Attrs()) != 0 || tok.Depth() != 2 {
		t.Fatalf("%v, %v", err, tok.Kind())
	}
	if diff := cmp.Diff(customer{ID: 1, Name: "a"}, got); diff != "" {
		t.Error(diff)
	}
	for range 2 {
		if err := tok.Next(); err != nil {
			t.Fatal(err)
		}
	}
	err := tok.Decode(&got)
	misfit, ok := errors.AsType[*safexml.MismatchError](err)
	if !ok || misfit.Path != "e/c/@id" || misfit.Op != "safexml.Tokenizer.Decode" || misfit.Column != 41 {
		t.Errorf("%+v", err)
	}
	if got.ID != 1 || tok.Kind() != safexml.EndElement || tok.Depth() != 2 {
		t.Errorf("%+v, %v at %d", got, tok.Kind(), tok.Depth())
	}
	if left := rest(tok); left != "3<c<name/name<d/d/c4/e" {
		t.Errorf("%q is left", left)
	}
}

// TestTokenizerDecodeFails leaves the tokenizer where it is, at the end tag, or ended.
func TestTokenizerDecodeFails(t *testing.T) {
	const document = `<e>1<c id="1"><f>x</f></c>2</e>`
	var v customer
	for name, test := range map[string]struct {
		document string
		start    int
		v        any
		want     error
		left     string
	}{
		"no pointer":  {document, 2, v, limits.ErrConfig, "<fx/f/c2/e"},
		"nil":         {document, 2, (*customer)(nil), limits.ErrConfig, "<fx/f/c2/e"},
		"before all":  {document, 0, &v, limits.ErrConfig, "<e1<c<fx/f/c2/e"},
		"no document": {document, 2, new(chan int), limits.ErrConfig, "2/e"},
		"inside": {document, 2, new(struct {
			F int `xml:"f"`
		}), limits.ErrRefused, "2/e"},
		"at the end": {document, 2, new(struct {
			F int `xml:",chardata"`
			G int `xml:"f"`
		}), limits.ErrRefused, "2/e"},
		"text that fails": {`<e><c>z</c>2</e>`, 2, new(int), limits.ErrRefused, "2/e"},
		"by encoding/xml": {`<e><c><sum><n>z</n></sum><d/></c>2</e>`, 2, new(raw), limits.ErrRefused, "2/e"},
		"not XML":         {`<e><c><sum></c>2</e>`, 2, &v, limits.ErrRefused, "same"},
		"cut off":         {`<e><c><sum>`, 2, new(raw), limits.ErrRefused, "same"},
	} {
		t.Run(name, func(t *testing.T) {
			tok := tokenizer(t, test.document, test.start)
			err := tok.Decode(test.v)
			if !errors.Is(err, test.want) {
				t.Errorf("%v; want %v", err, test.want)
			}
			if test.left == "same" {
				test.left = err.Error()
			}
			if left := rest(tok); left != test.left {
				t.Errorf("%q is left; want %q", left, test.left)
			}
		})
	}
	if err := (*safexml.Tokenizer)(nil).Decode(&v); !errors.Is(err, limits.ErrConfig) {
		t.Error(err)
	}
}

func TestTokenizerSkip(t *testing.T) {
	for document, want := range map[string]string{
		`<e>1<c><c>x</c><c/></c>2</e>`: "2/e",
		`<e>1<c/>2</e>`:                "2/e",
	} {
		tok := tokenizer(t, document, 2)
		if err := tok.Skip(); err != nil || tok.Kind() != safexml.EndElement || tok.Depth() != 2 {
			t.Fatalf("%v, %v", err, tok.Kind())
		}
		if err := tok.Skip(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("at an end tag: %v", err)
		}
		if left := rest(tok); left != want {
			t.Errorf("%q is left; want %q", left, want)
		}
		if err := tok.Skip(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("at the end: %v", err)
		}
	}
	tok := tokenizer(t, `<e><c></e>`, 2)
	first := tok.Skip()
	if again := tok.Skip(); !errors.Is(first, limits.ErrRefused) || again != first { //nolint:errorlint // The same.
		t.Errorf("%v, then %v", first, again)
	}
}

// TestTokenizerDecodeIsBounded gives back what a value has taken.
func TestTokenizerDecodeIsBounded(t *testing.T) {
	name := "<name>" + strings.Repeat("n", 1<<20) + "</name>"
	tok := tokenizer(t, "<e>"+strings.Repeat("<c>"+name+"</c>", 24)+"</e>", 1)
	for n := 0; ; {
		err := tok.Next()
		if errors.Is(err, io.EOF) && n == 24 {
			return
		} else if err != nil {
			t.Fatal(err)
		}
		if tok.Kind() == safexml.StartElement {
			var v customer
			if err := tok.Decode(&v); err != nil || len(v.Name) != 1<<20 {
				t.Fatal(err)
			}
			n++
		}
	}
}
