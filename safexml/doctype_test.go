package safexml_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// expanding are sensible limits with OutputBytes.
var expanding = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.KiB, Time: sensible.Time}

// read returns what comes out of NewReader.
func read(ctx context.Context, src io.Reader, lim limits.Limits, opts ...safexml.Option) (string, error) {
	r, err := safexml.NewReader(ctx, src, lim, opts...)
	if err != nil {
		return "", err
	}
	out, err := io.ReadAll(r)
	return string(out), err
}

const illustrator = "<?xml version='1.0'?>\n<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://x/svg11.dtd' [\n" +
	"\t<!ENTITY ns_svg \"http://www.w3.org/2000/svg\">\r\n\t<!ENTITY q 'a>\"b'>\n]>\n"

// blanked returns white space in the place of a declaration.
func blanked(declaration string) string {
	return strings.Map(func(c rune) rune {
		if c == '\n' || c == '\r' {
			return c
		}
		return ' '
	}, declaration)
}

// TestDoctypeIsBlanked has white space in the place of document type declarations, and what
// entities stand for in the place of references, however the document arrives.
func TestDoctypeIsBlanked(t *testing.T) {
	skip, literal, html := safexml.SkipDoctype(), safexml.LiteralEntities(), safexml.HTMLEntities()
	for name, test := range map[string]struct {
		in, out string
		opts    []safexml.Option
	}{
		"bare": {"<!DOCTYPE\r\n a>\n<a/>", "         \r\n   \n<a/>", nil},
		"external": {"<!DOCTYPE a\nSYSTEM 'file:///etc/passwd'><a/>", blanked("<!DOCTYPE a\nSYSTEM 'file:///etc/passwd'>") +
			"<a/>",
			[]safexml.Option{skip}},
		"lifted": {"<!DOCTYPE a SYSTEM 'x'><a/>", "                       <a/>",
			[]safexml.Option{safexml.UnsafeAllow(safexml.RuleDoctype)}},
		"literal": {illustrator + "<svg xmlns='&ns_svg;' a='&q;' b=\"&q;\">&q;<b>x&q;y</b></svg><!-- &q; -->",
			illustrator[:strings.Index(illustrator, "<!")] + blanked(illustrator[strings.Index(illustrator, "<!"):]) +
				"<svg xmlns='http://www.w3.org/2000/svg' a='a&gt;&quot;b' b=\"a&gt;&quot;b\">a&gt;\"b<b>xa&gt;\"by</b></svg><!-- " +
				"&q; -->",
			[]safexml.Option{literal}},
		"html": {"<a b='&eacute;'>&nbsp;&lt;&hearts;</a>", "<a b='\u00e9'>\u00a0&lt;\u2665</a>", []safexml.Option{html}},
		"both": {"<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;&nbsp;</a>", strings.Repeat(" ", 30) + "<a>y\u00a0</a>",
			[]safexml.Option{literal, html}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, src := range []io.Reader{strings.NewReader(test.in), iotest.OneByteReader(strings.NewReader(test.in)),
				iotest.HalfReader(strings.NewReader(test.in))} {
				lim := expanding
				if name == "bare" || name == "external" || name == "lifted" {
					lim.OutputBytes = 0
				}
				got, err := read(t.Context(), src, lim, test.opts...)
				if diff := cmp.Diff(test.out, got); err != nil || diff != "" {
					t.Errorf("%v (-want +got):\n%s", err, diff)
				}
			}
		})
	}
}

// TestExpandedValues has every face that hands out values see what entities stand for.
func TestExpandedValues(t *testing.T) {
	const doc = illustrator + "<svg xmlns='&ns_svg;' a='&q;'>x&q;</svg>"
	type svg struct {
		XMLName xml.Name
		A       string `xml:"a,attr"`
		Text    string `xml:",chardata"`
	}
	want := svg{xml.Name{Space: "http://www.w3.org/2000/svg", Local: "svg"}, `a>"b`, `xa>"b`}
	got, err := safexml.Decode[svg](t.Context(), strings.NewReader(doc), expanding, safexml.LiteralEntities())
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	tokens, err := safexml.NewTokenizer(t.Context(), strings.NewReader(doc), expanding, safexml.LiteralEntities(),
		safexml.SVG(), safexml.UnsafeAllow(safexml.RuleUnlistedContent))
	if err != nil {
		t.Fatal(err)
	}
	if err := tokens.Next(); err != nil || tokens.Kind() != safexml.Text && tokens.Kind() != safexml.StartElement {
		t.Fatalf("%v %v; want no document type declaration", tokens.Kind(), err)
	}
	for tokens.Kind() != safexml.StartElement {
		if err := tokens.Next(); err != nil {
			t.Fatal(err)
		}
	}
	if a := tokens.Attrs()[1]; string(a.Value) != `a>"b` || string(tokens.Name().Space) != "http://www.w3.org/2000/svg" {
		t.Errorf("%s %q", tokens.Name().Space, a.Value)
	}
	if want := int64(strings.Index(doc, "<svg")); tokens.Offset() != want {
		t.Errorf("offset %d, want %d of the source", tokens.Offset(), want)
	}
}

// TestDoctypeOptions holds the options to what they exclude and need.
func TestDoctypeOptions(t *testing.T) {
	for _, opt := range []safexml.Option{safexml.SkipDoctype(), safexml.LiteralEntities(), safexml.HTMLEntities()} {
		for _, profile := range []safexml.Option{safexml.Signed(), safexml.SAML(), safexml.OOXML()} {
			if _, err := safexml.Validate(t.Context(), strings.NewReader("<a/>"), expanding, opt, profile); !errors.Is(err,
				limits.ErrConfig) {
				t.Errorf("%v; want a mistake in the configuration", err)
			}
		}
	}
	for _, opt := range []safexml.Option{safexml.LiteralEntities(), safexml.HTMLEntities()} {
		if _, err := safexml.Validate(t.Context(), strings.NewReader("<a/>"), sensible, opt); !errors.Is(err,
			limits.ErrConfig) {
			t.Errorf("without OutputBytes: %v", err)
		}
	}
}

// TestExpansionIsBounded stops documents whose entities become more than OutputBytes.
func TestExpansionIsBounded(t *testing.T) {
	doc := "<!DOCTYPE a [<!ENTITY x \"" + strings.Repeat("x", 100) + "\">]><a>" + strings.Repeat("&x;", 11) + "</a>"
	_, err := read(t.Context(), strings.NewReader(doc), expanding, safexml.LiteralEntities())
	exceeded, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || exceeded.Resource != limits.OutputBytes {
		t.Errorf("%v; want OutputBytes", err)
	}
	if _, err := read(t.Context(), strings.NewReader(strings.Replace(doc, "&x;", "", 1)), expanding,
		safexml.LiteralEntities()); err != nil {
		t.Error(err)
	}
}

// TestDoctypeByFace has faces that hand out no bytes take the identifiers of well-known DTDs alone.
func TestDoctypeByFace(t *testing.T) {
	for system, known := range map[string]bool{
		"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd": true, "http://www.apple.com/DTDs/PropertyList-1.0.dtd": true,
		"kpartgui.dtd": true, "http://www.oasis-open.org/docbook/xml/4.2/docbookx.dtd": true,
		"file:///etc/passwd": false, "http://evil.example/x": false, "http://www.w3.org@evil.example/": false,
		"http://www.w3.org/../x": false, "HTTP://www.w3.org/x": false, "http://www.w3.org.evil.example/": false,
		"http://www.w3.org/x?y": false, "../kpartgui.dtd": false, "": false,
	} {
		doc := "<!DOCTYPE a PUBLIC '-//W3C//DTD SVG 1.1//EN' '" + system + "'><a/>"
		r, err := validate(t, []byte(doc), sensible, safexml.SkipDoctype())
		rule, refused := errors.AsType[*safexml.RuleError](err)
		if known != (err == nil) || refused && rule.Rule != safexml.RuleDoctype || err == nil && len(r.Notes) != 1 {
			t.Errorf("%q: %v", system, err)
		}
		if _, err := read(t.Context(), strings.NewReader(doc), sensible, safexml.SkipDoctype()); err != nil {
			t.Errorf("%q behind NewReader: %v", system, err)
		}
		if _, err := read(t.Context(), strings.NewReader(doc), sensible); err == nil {
			t.Errorf("%q without the option", system)
		}
	}
	const literal = `<!DOCTYPE a [<!ENTITY b "c">]><a/>`
	if _, err := validate(t, []byte(literal), expanding, safexml.LiteralEntities()); err == nil {
		t.Error("Validate takes an internal subset")
	}
}

// TestNothingIsLoaded has a parser that loads DTDs open nothing after NewReader. Without it, it
// does.
func TestNothingIsLoaded(t *testing.T) {
	for program, debian := range map[string]string{"xmllint": "libxml2-utils", "strace": "strace"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skipf("%s is not installed (Debian package %s)", program, debian)
		}
	}
	dir := t.TempDir()
	secret := filepath.Join(dir, "secret.dtd")
	if err := os.WriteFile(secret, []byte(`<!ENTITY x "y">`), 0o600); err != nil {
		t.Fatal(err)
	}
	doc := "<!DOCTYPE a SYSTEM '" + secret + "' [<!ENTITY z 'w'>]><a>&z;</a>"
	opens := func(data string) bool {
		in, log := filepath.Join(dir, "in.xml"), filepath.Join(dir, "strace")
		if err := os.WriteFile(in, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		cmd := exec.CommandContext(t.Context(), "strace", "-f", "-qq", "-o", log, "-e", "trace=open,openat,connect",
			"xmllint", "--loaddtd", "--noent", "--noout", in)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("strace cannot trace here: %v %s", err, out)
		}
		text, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Contains(string(text), "secret.dtd")
	}
	if !opens(doc) {
		t.Fatal("xmllint does not load the DTD of the document itself")
	}
	for _, opt := range []safexml.Option{safexml.LiteralEntities(), safexml.SkipDoctype(),
		safexml.UnsafeAllow(safexml.RuleDoctype)} {
		lim, in := sensible, strings.Replace(strings.Replace(doc, " [<!ENTITY z 'w'>]", "", 1), "&z;", "", 1)
		checked, err := read(t.Context(), strings.NewReader(in), lim, opt)
		if errors.Is(err, limits.ErrUnset) {
			lim.OutputBytes = limits.KiB
			checked, err = read(t.Context(), strings.NewReader(doc), lim, opt)
		}
		if err != nil {
			t.Fatal(err)
		}
		if opens(checked) {
			t.Errorf("%q has the DTD loaded", checked)
		}
	}
}

// skipped holds a document type declaration that SkipDoctype blanks to be nothing for a parser
// after it, and the rest to its place.
func skipped(t *testing.T, data []byte) {
	t.Helper()
	out, err := read(t.Context(), bytes.NewReader(data), sensible, safexml.SkipDoctype())
	if err != nil {
		return
	}
	if strings.Contains(out, "<!DOCTYPE") && !strings.Contains(out, "<![CDATA[") && !strings.Contains(out, "<!--") &&
		!strings.Contains(out, "<?") {
		t.Fatalf("a declaration is left in %q", out)
	}
	if len(out) != len(data) {
		t.Fatalf("%d bytes become %d", len(data), len(out))
	}
	if _, err := safexml.Validate(t.Context(), strings.NewReader(out), sensible); err != nil {
		t.Fatalf("%q from %q: %v", out, data, err)
	}
}

// TestHTMLEntityNames: the names are the 252 of HTML 4, as encoding/xml has them, and apos.
func TestHTMLEntityNames(t *testing.T) {
	lim := sensible
	lim.OutputBytes = limits.MiB
	if len(xml.HTMLEntity) != 252 {
		t.Fatalf("encoding/xml has %d names", len(xml.HTMLEntity))
	}
	names := map[string]string{"apos": "'"}
	maps.Copy(names, xml.HTMLEntity)
	for name, want := range names {
		got, err := safexml.Decode[string](t.Context(), strings.NewReader("<a>&"+name+";</a>"), lim, safexml.HTMLEntities())
		if err != nil || got != want {
			t.Errorf("&%s; is %q, error %v; want %q", name, got, err, want)
		}
	}
	// of HTML 5, or of none
	for _, name := range []string{"Apos", "NBSP", "hellip2", "epsi", "lang2", "check", "Tab", "NewLine", "colon"} {
		if _, err := safexml.Decode[string](t.Context(), strings.NewReader("<a>&"+name+";</a>"), lim,
			safexml.HTMLEntities()); err == nil {
			t.Errorf("&%s; is accepted", name)
		}
	}
}

// FuzzEntities holds what comes out of NewReader, with entities expanded, to being a document
// without them that says the same to a Tokenizer.
func FuzzEntities(f *testing.F) {
	f.Add([]byte(illustrator + "<svg xmlns='&ns_svg;' a='&q;'>x&q;<!-- &q; --><![CDATA[&q;]]></svg>"))
	f.Add([]byte("<!DOCTYPE a [<!ENTITY x \"a\r\n b\">]><a>&x;&nbsp;<b c=' &x; &eacute;'/></a>"))
	f.Add([]byte("<!DOCTYPE a PUBLIC 'b' 'c'><a>&hellip;&amp;&#60;</a>"))
	f.Add([]byte("<!DOCTYPE a PUBLIC 'b' 'c'\xc8")) // half a character
	f.Add([]byte("<!DOCTYPE a\xc8"))
	opts := []safexml.Option{safexml.LiteralEntities(), safexml.HTMLEntities()}
	lim := expanding
	lim.OutputBytes = limits.MiB
	f.Fuzz(func(t *testing.T, data []byte) {
		skipped(t, data)
		out, err := read(t.Context(), bytes.NewReader(data), lim, opts...)
		cut, cutErr := read(t.Context(), iotest.OneByteReader(bytes.NewReader(data)), lim, opts...)
		if diff := cmp.Diff(verdict(t, err), verdict(t, cutErr)); diff != "" || err == nil && out != cut {
			t.Fatalf("byte by byte: %q, %q, %s", out, cut, diff)
		}
		if err != nil {
			return
		}
		if _, err := safexml.Validate(t.Context(), strings.NewReader(out), sensible, safexml.UTF16()); err != nil {
			t.Fatalf("%q from %q: %v", out, data, err)
		}
		before, after := texts(t, string(data), lim, opts...), texts(t, out, sensible)
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("%q from %q (-before +after):\n%s", out, data, diff)
		}
	})
}

// texts returns what a Tokenizer says of a document: names, attributes and text.
func texts(t *testing.T, doc string, lim limits.Limits, opts ...safexml.Option) (list []string) {
	t.Helper()
	tokens, err := safexml.NewTokenizer(t.Context(), strings.NewReader(doc), lim, opts...)
	if err != nil {
		t.Fatal(err)
	}
	for {
		if err := tokens.Next(); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		name := tokens.Name()
		list = append(list, fmt.Sprintf("%v {%s}%s %q", tokens.Kind(), name.Space, name.Local, tokens.Text()))
		for _, a := range tokens.Attrs() {
			list = append(list, fmt.Sprintf("{%s}%s=%q", a.Name.Space, a.Name.Local, a.Value))
		}
	}
}
