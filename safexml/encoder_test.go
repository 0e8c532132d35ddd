package safexml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// writing are limits for what is written in tests.
var writing = limits.Limits{OutputBytes: 64 * limits.MiB, Time: time.Minute}

// textual is a text that writes itself.
type textual struct{ A, B string }

func (t textual) MarshalText() ([]byte, error) { return []byte(t.A + "/" + t.B), nil }

// own is a value that writes its own element.
type own struct{ Value string }

func (o own) MarshalXML(e *xml.Encoder, start xml.StartElement) error {
	start.Attr = append(start.Attr, xml.Attr{Name: xml.Name{Local: "own"}, Value: "yes"})
	return e.EncodeElement(o.Value, start)
}

// ownAttr is a value that writes its own attribute.
type ownAttr string

func (o *ownAttr) MarshalXMLAttr(name xml.Name) (xml.Attr, error) {
	return xml.Attr{Name: name, Value: "own " + string(*o)}, nil
}

type inner struct {
	ID    int    `xml:"id,attr"`
	Shade string `xml:"shade"`
}

type inner2 struct{ Shade, Deep string }

type everything struct {
	XMLName  xml.Name   `xml:"urn:e everything"`
	Attr     string     `xml:"a,attr"`
	Empty    string     `xml:"empty,attr,omitempty"`
	Spaced   string     `xml:"urn:s spaced,attr"`
	Flag     *bool      `xml:"flag,attr"`
	None     *bool      `xml:"none,attr"`
	More     []xml.Attr `xml:",any,attr"`
	Times    time.Time  `xml:"time,attr"`
	OwnAttr  ownAttr    `xml:"ownattr,attr"`
	Number   int8
	Big      uint64  `xml:"big,omitempty"`
	Float    float32 `xml:"f"`
	Bytes    []byte  `xml:"bytes"`
	Array    [3]byte `xml:"array"`
	List     []string
	Deep     string      `xml:"p>q>r"`
	Deep2    *int        `xml:"p>q>s"`
	Nil      *int        `xml:"p>t>u"`
	Deep3    []inner     `xml:"p>v"`
	Text     string      `xml:",chardata"`
	Comment  string      `xml:",comment"`
	Any      any         `xml:"any"`
	Textual  textual     `xml:"textual"`
	Own      *own        `xml:"own"`
	Embedded *everything `xml:"everything,omitempty"`
	inner
	*inner2
	Ignored string `xml:"-"`
	private string //nolint:unused // Not written.
}

type (
	cdata struct {
		XMLName struct{} `xml:"c"`
		Text    string   `xml:",cdata"`
	}
	markup struct {
		Raw string `xml:",innerxml"`
	}
	named struct {
		XMLName xml.Name
		Child   string `xml:"urn:n Child"`
	}
	generic[T any] struct{ V T }
)

// values are written by encoding/xml, and by this package.
func values() []any {
	yes, seven := true, 7
	full := everything{Attr: "a<b>&\"'\t\n\r é", Spaced: "s", Flag: &yes,
		More: []xml.Attr{{Name: xml.Name{Local: "m"}, Value: "1"},
			{Name: xml.Name{Space: "urn:m", Local: "n"}, Value: "2"}}, Times: time.Unix(0, 0).UTC(), OwnAttr: "o", Number: -3,
		Big:   1 << 63,
		Float: 1.5, Bytes: []byte("b]]>"), Array: [3]byte{65, 66, 67}, List: []string{"x", "", "\u2028"}, Deep: "d",
		Deep2: &seven,
		Deep3: []inner{{1, "s"}, {2, ""}}, Text: " t \r\n<&>", Comment: " c ", Any: inner{3, "any"},
		Textual: textual{"a", "b"},
		Own:     &own{"v"}, inner: inner{9, "light"}, inner2: &inner2{"dark", "deep"},
		Embedded: &everything{Array: [3]byte{49, 50, 51}}}
	return []any{full, &full, everything{Array: [3]byte{49, 50, 51}}, inner{}, &inner{1, "x"}, cdata{Text: "a]]>b<c>&"},
		cdata{Text: "]]]]>>"}, markup{"<a b='c'>d</a> e&amp;<!-- f -->"},
		named{XMLName: xml.Name{Space: "urn:n", Local: "root"}}, generic[int]{5},
		&[]named{{XMLName: xml.Name{Local: "one"}}}[0],
		struct {
			XMLName xml.Name `xml:"r"`
			Xmlns   string   `xml:"xmlns,attr"`
			A       string   `xml:"a"`
		}{Xmlns: "urn:x", A: "b"},
		"text", 5, true, textual{"x", "y"}, own{"<"}}
}

// TestMarshalLikeEncodingXML writes what encoding/xml writes, token by token, and what Validate
// accepts.
func TestMarshalLikeEncodingXML(t *testing.T) {
	for i, v := range values() {
		t.Run(fmt.Sprintf("%d %T", i, v), func(t *testing.T) {
			want, err := xml.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			for name, opts := range map[string][]safexml.Option{"plain": nil, "empty tags": {safexml.EmptyTags()},
				"prefix": {safexml.Prefix("n", "urn:n"), safexml.Prefix("m", "urn:m")}} {
				got, err := safexml.Marshal(t.Context(), v, writing, opts...)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if _, err := validate(t, got, sensible); err != nil {
					t.Errorf("%s: %v in %s", name, err, got)
				}
				if diff := cmp.Diff(tokensOf(t, want), tokensOf(t, got)); diff != "" {
					t.Errorf("%s: (-encoding/xml +safexml)\n%s\n%s\n%s", name, diff, want, got)
				}
			}
		})
	}
}

// tokensOf returns the tokens of a document without what may differ: declarations of namespaces,
// and how text is divided.
func tokensOf(t *testing.T, document []byte) []string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(document))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var list []string
	text := ""
	flush := func() {
		if text != "" {
			list = append(list, "text "+text)
		}
		text = ""
	}
	for {
		token, err := d.Token()
		if err == io.EOF { //nolint:errorlint // The end itself.
			flush()
			return list
		}
		if err != nil {
			t.Fatalf("%v in %s", err, document)
		}
		if data, ok := token.(xml.CharData); ok {
			text += string(data)
			continue
		}
		flush()
		switch token := token.(type) {
		case xml.StartElement:
			line := "start " + token.Name.Space + " " + token.Name.Local
			for _, a := range token.Attr {
				if a.Name.Space != "xmlns" && a.Name.Local != "xmlns" {
					line += fmt.Sprintf(" %s:%s=%q", a.Name.Space, a.Name.Local, a.Value)
				}
			}
			list = append(list, line)
		case xml.EndElement:
			list = append(list, "end "+token.Name.Local)
		case xml.Comment:
			list = append(list, "comment "+string(token))
		case xml.ProcInst:
			list = append(list, "instruction "+token.Target+" "+string(token.Inst))
		}
	}
}

// encodeTokens writes tokens.
func encodeTokens(t *testing.T, opts []safexml.Option, tokens ...xml.Token) (string, error) {
	t.Helper()
	var b strings.Builder
	e, err := safexml.NewEncoder(t.Context(), &b, writing, opts...)
	if err != nil {
		t.Fatal(err)
	}
	for _, token := range tokens {
		if err := e.EncodeToken(token); err != nil {
			if again := e.EncodeToken(xml.CharData(" ")); !errors.Is(again, err) && again.Error() != err.Error() {
				t.Errorf("then %v; the error must stay %v", again, err)
			}
			if closed := e.Close(); closed == nil || closed.Error() != err.Error() {
				t.Errorf("Close: %v; want %v", closed, err)
			}
			if b.Len() > 0 {
				t.Errorf("written: %q", b.String())
			}
			return "", err
		}
	}
	err = e.Close()
	if second := e.Close(); second != nil {
		t.Errorf("the second Close: %v", second)
	}
	if after := e.EncodeToken(xml.CharData("")); !errors.Is(after, fs.ErrClosed) || errors.Is(after, limits.ErrConfig) {
		t.Errorf("after Close: %v", after)
	}
	if err != nil {
		return "", err
	}
	return b.String(), nil
}

func start(space, local string, attrs ...string) xml.StartElement {
	s := xml.StartElement{Name: xml.Name{Space: space, Local: local}}
	for i := 0; i+2 < len(attrs); i += 3 {
		s.Attr = append(s.Attr, xml.Attr{Name: xml.Name{Space: attrs[i], Local: attrs[i+1]}, Value: attrs[i+2]})
	}
	return s
}

func end(space, local string) xml.EndElement {
	return xml.EndElement{Name: xml.Name{Space: space, Local: local}}
}

func TestEncodeToken(t *testing.T) {
	for name, test := range map[string]struct {
		opts   []safexml.Option
		tokens []xml.Token
		want   string
	}{
		"escapes": {nil, []xml.Token{start("", "a", "", "b", "<>&\"'\t\n\r"), xml.CharData("<>&\"'\t\n\r]]>"), end("", "a")},
			`<a b="&lt;&gt;&amp;&#34;'&#x9;&#xA;&#xD;">&lt;&gt;&amp;"'` + "\t\n" + `&#xD;]]&gt;</a>`},
		"everything": {nil, []xml.Token{xml.ProcInst{Target: "xml", Inst: []byte(`version="1.0" encoding="UTF-8"`)},
			xml.CharData("\n"), xml.Comment(" c "),
			xml.ProcInst{Target: "p", Inst: []byte("i ? >")}, start("", "a"), xml.ProcInst{Target: "q"}, xml.Comment(""),
			end("", "a"), xml.CharData("\n")},
			`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<!-- c --><?p i ? >?><a><?q?><!----></a>` + "\n"},
		"default namespaces": {nil, []xml.Token{start("urn:a", "a"), start("urn:a", "b"), end("urn:a", "b"),
			start("urn:c", "c"), end("urn:c", "c"),
			start("", "d"), end("", "d"), end("urn:a", "a")}, `<a xmlns="urn:a"><b></b><c xmlns="urn:c"></c><d></d></a>`},
		"prefixes": {[]safexml.Option{safexml.Prefix("p", "urn:a"), safexml.Prefix("q", "urn:q")},
			[]xml.Token{start("urn:a", "a", "urn:q", "b", "1", "urn:r", "c", "2"), start("urn:b", "b"), end("urn:b", "b"),
				end("urn:a", "a")},
			`<p:a xmlns:p="urn:a" xmlns:q="urn:q" xmlns:ns1="urn:r" q:b="1" ns1:c="2"><b xmlns="urn:b"></b></p:a>`},
		"own declarations": {nil, []xml.Token{start("urn:a", "a", "xmlns", "x", "urn:a", "", "xmlns", "urn:d"),
			start("urn:d", "d", "urn:a", "e", ""), end("urn:d", "d"), end("urn:a", "a")},
			`<x:a xmlns:x="urn:a" xmlns="urn:d"><d x:e=""></d></x:a>`},
		"default against its own": {nil, []xml.Token{start("urn:a", "a", "", "xmlns", "urn:b"), end("urn:a", "a")},
			`<ns1:a xmlns:ns1="urn:a" xmlns="urn:b"></ns1:a>`},
		"shadowed": {nil, []xml.Token{start("", "a", "xmlns", "x", "urn:a"), start("", "b", "xmlns", "x", "urn:b"),
			start("urn:a", "c"), end("urn:a", "c"), end("", "b"), end("", "a")},
			`<a xmlns:x="urn:a"><b xmlns:x="urn:b"><c xmlns="urn:a"></c></b></a>`},
		"xml": {nil, []xml.Token{start("", "a", "http://www.w3.org/XML/1998/namespace", "lang", "en"), end("", "a")},
			`<a xml:lang="en"></a>`},
		"empty tags": {[]safexml.Option{safexml.EmptyTags()}, []xml.Token{start("", "a"), start("", "b"), end("", "b"),
			end("", "a")}, `<a><b/></a>`},
		"indent": {[]safexml.Option{safexml.Indent(" ", "\t"), safexml.EmptyTags()},
			[]xml.Token{xml.Comment("c"), start("", "a"), start("", "b"), xml.CharData("t"), start("", "c"),
				end("", "c"), end("", "b"), start("", "d"), end("", "d"), end("", "a")}, "<!--c-->\n <a>\n \t<b>t<c/></b>\n " +
				"\t<d/>\n </a>"},
		"names of the fifth edition": {nil, []xml.Token{start("", "\U00012000"), end("", "\U00012000")},
			"<\U00012000></\U00012000>"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := encodeTokens(t, test.opts, test.tokens...)
			if err != nil || got != test.want {
				t.Errorf("%v\n%s\n%s", err, got, test.want)
			}
			if _, err := validate(t, []byte(got), sensible); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestEncodeHostile refuses text that would be markup, or nothing that XML can hold.
func TestEncodeHostile(t *testing.T) {
	in := func(token xml.Token) []xml.Token { return []xml.Token{start("", "a"), token, end("", "a")} }
	for name, tokens := range map[string][]xml.Token{
		"element name":           {start("", "a><evil"), end("", "a><evil")},
		"element name with attr": {start("", "a b='c'"), end("", "a b='c'")},
		"element name prefixed":  {start("", "a:b"), end("", "a:b")},
		"element name empty":     {start("", ""), end("", "")},
		"element name not UTF-8": {start("", "a\xff"), end("", "a\xff")},
		"attribute name":         {start("", "a", "", "b='' c", "d"), end("", "a")},
		"attribute name, digits": {start("", "a", "", "1", "d"), end("", "a")},
		"attribute twice":        {start("", "a", "", "b", "1", "", "b", "2"), end("", "a")},
		"prefix":                 {start("", "a", "xmlns", "b c", "urn:d"), end("", "a")},
		"prefix without space":   {start("", "a", "xmlns", "b", ""), end("", "a")},
		"NUL in text":            in(xml.CharData("a\x00b")),
		"control in text":        in(xml.CharData("a\x1bb")),
		"U+FFFE in text":         in(xml.CharData("\ufffe")),
		"not UTF-8 in text":      in(xml.CharData("a\xff")),
		"NUL in an attribute":    {start("", "a", "", "b", "\x00"), end("", "a")},
		"comment":                in(xml.Comment("--><evil/><!--")),
		"comment with dashes":    in(xml.Comment("a--b")),
		"comment, dash last":     in(xml.Comment("a-")),
		"comment, CR":            in(xml.Comment("a\r")),
		"NUL in a comment":       in(xml.Comment("\x00")),
		"instruction":            in(xml.ProcInst{Target: "a", Inst: []byte("?><evil/><?b")}),
		"instruction target":     in(xml.ProcInst{Target: "a?><evil/><?b"}),
		"instruction xml":        in(xml.ProcInst{Target: "xml", Inst: []byte(`version="1.0"`)}),
		"instruction XML":        {xml.ProcInst{Target: "XML"}, start("", "a"), end("", "a")},
		"stylesheet": {xml.ProcInst{Target: "xml-stylesheet", Inst: []byte(`href="x"`)}, start("", "a"),
			end("", "a")},
		"declaration of another encoding": {xml.ProcInst{Target: "xml", Inst: []byte(`version="1.0" encoding="UTF-16"`)},
			start("", "a"), end("", "a")},
		"directive":            {xml.Directive("DOCTYPE a"), start("", "a"), end("", "a")},
		"two roots":            {start("", "a"), end("", "a"), start("", "a"), end("", "a")},
		"no root":              {xml.Comment("a")},
		"nothing":              {},
		"text outside":         {xml.CharData("a"), start("", "a"), end("", "a")},
		"end of another":       {start("", "a"), end("", "b")},
		"end of another space": {start("urn:a", "a"), end("", "a")},
		"end alone":            {end("", "a")},
		"open":                 {start("", "a")},
		"xinclude": {start("http://www.w3.org/2001/XInclude", "include"),
			end("http://www.w3.org/2001/XInclude", "include")},
		"too deep": nested(257),
	} {
		t.Run(name, func(t *testing.T) {
			got, err := encodeTokens(t, nil, tokens...)
			if !errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
				t.Fatalf("%q, %v; want a refusal", got, err)
			}
			if len(err.Error()) > 1024 || strings.ContainsAny(err.Error(), "\x00\x1b") || !utf8.ValidString(err.Error()) {
				t.Errorf("%q", err)
			}
		})
	}
}

// nested returns tokens of elements inside one another.
func nested(n int) []xml.Token {
	var tokens []xml.Token
	for range n {
		tokens = append(tokens, start("", "a"))
	}
	for range n {
		tokens = append(tokens, end("", "a"))
	}
	return tokens
}

// TestMarshalHostile is TestEncodeHostile for values.
func TestMarshalHostile(t *testing.T) {
	type attrs struct {
		More []xml.Attr `xml:",any,attr"`
	}
	for name, v := range map[string]any{
		"name":               named{XMLName: xml.Name{Local: "a><evil"}},
		"attribute":          attrs{[]xml.Attr{{Name: xml.Name{Local: "b='' c"}}}},
		"attribute twice":    attrs{[]xml.Attr{{Name: xml.Name{Local: "b"}}, {Name: xml.Name{Local: "b"}}}},
		"NUL":                inner{Shade: "\x00"},
		"not UTF-8":          inner{Shade: "\xff"},
		"CDATA":              cdata{Text: "\x00"},
		"markup that ends":   markup{"</markup><evil/><markup>"},
		"markup that begins": markup{"<a>"},
		"markup in comment":  markup{"<!--"},
		"comment":            everything{Comment: "--><evil/><!--"},
		"comment, dash last": everything{Comment: "a-"},
		"nil":                nil,
		"two roots":          []inner{{}, {}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := safexml.Marshal(t.Context(), v, writing)
			if got != nil || !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%q, %v; want a refusal", got, err)
			}
		})
	}
	for name, v := range map[string]any{"channel": make(chan int), "map": map[string]int{}, "no name": struct{}{},
		"field": generic[func()]{func() {}}, "attribute": struct {
			XMLName xml.Name `xml:"a"`
			A       []inner  `xml:"a,attr"`
		}{A: []inner{{}}}, "tag": struct {
			XMLName xml.Name `xml:"a"`
			A       int      `xml:"b,chardata"` //nolint:staticcheck // A wrong tag.
		}{}} {
		t.Run(name, func(t *testing.T) {
			got, err := safexml.Marshal(t.Context(), v, writing)
			if got != nil || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%q, %v; want a mistake of the caller", got, err)
			}
		})
	}
}
