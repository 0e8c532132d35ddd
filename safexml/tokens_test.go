package safexml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/safexml"
)

// A plainToken is a token as both parsers tell it: kind and content as text.
type plainToken struct {
	Kind  string
	Name  string   // {namespace}local
	Attrs []string // {namespace}local=value, in order
	Text  string
}

// lineEnds does what XML 1.0, 2.11, asks for everywhere and encoding/xml does in text alone.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n")

// expanded is a name with its namespace, which is an attribute value as well.
func expanded(space, local string) string { return "{" + spaces.Replace(space) + "}" + local }

// spaces makes each tab and line end a space: XML 1.0, 3.3.3, asks for it in attribute values, and
// encoding/xml does not do it. The replacement of a reference is left alone by the one and cannot
// be told apart in the other.
var spaces = strings.NewReplacer("\t", " ", "\n", " ", "\r", " ")

// ourTokens reads a document with the Tokenizer. Runs of text with CDATA sections between are one,
// as encoding/xml has them in parts.
func ourTokens(t testing.TB, data []byte, opts ...safexml.Option) ([]plainToken, error) {
	t.Helper()
	tok, err := safexml.NewTokenizer(t.Context(), bytes.NewReader(data), sensible, opts...)
	if err != nil {
		return nil, err
	}
	var list []plainToken
	for {
		if err := tok.Next(); errors.Is(err, io.EOF) {
			return list, nil
		} else if err != nil {
			return nil, err
		}
		name := tok.Name()
		full := expanded(string(name.Space), string(name.Local))
		switch tok.Kind() {
		case safexml.StartElement:
			p := plainToken{Kind: "start", Name: full}
			for _, a := range tok.Attrs() {
				attr := expanded(string(a.Name.Space), string(a.Name.Local))
				switch {
				case string(a.Name.Prefix) == "xmlns":
					attr = "xmlns:" + string(a.Name.Local)
				case len(a.Name.Prefix) == 0 && string(a.Name.Local) == "xmlns":
					attr = "xmlns"
				}
				p.Attrs = append(p.Attrs, attr+"="+spaces.Replace(string(a.Value)))
			}
			list = append(list, p)
		case safexml.EndElement:
			list = append(list, plainToken{Kind: "end", Name: full})
		case safexml.Text, safexml.CDATA:
			list = addText(list, string(tok.Text()), tok.Depth())
		case safexml.Comment:
			list = append(list, plainToken{Kind: "comment", Text: string(tok.Text())})
		case safexml.ProcInst:
			list = append(list, plainToken{Kind: "instruction", Name: string(name.Local), Text: string(tok.Text())})
		case safexml.Doctype:
			t.Error("a document type declaration without its rule lifted")
		}
	}
}

// addText adds text to the run before it. Outside the root element there is none.
func addText(list []plainToken, text string, depth int) []plainToken {
	if text == "" || depth == 0 {
		return list
	}
	if n := len(list); n > 0 && list[n-1].Kind == "text" {
		list[n-1].Text += text
		return list
	}
	return append(list, plainToken{Kind: "text", Text: text})
}

// theirTokens reads a document that safexml has accepted with encoding/xml.
func theirTokens(data []byte) ([]plainToken, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	// The label has been verified.
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var list []plainToken
	depth := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			depth++
			p := plainToken{Kind: "start", Name: expanded(token.Name.Space, token.Name.Local)}
			for _, a := range token.Attr {
				attr := expanded(a.Name.Space, a.Name.Local)
				switch {
				case a.Name.Space == "xmlns":
					attr = "xmlns:" + a.Name.Local
				case a.Name.Space == "" && a.Name.Local == "xmlns":
					attr = "xmlns"
				}
				p.Attrs = append(p.Attrs, attr+"="+spaces.Replace(a.Value))
			}
			list = append(list, p)
		case xml.EndElement:
			depth--
			list = append(list, plainToken{Kind: "end", Name: expanded(token.Name.Space, token.Name.Local)})
		case xml.CharData:
			list = addText(list, string(token), depth)
		case xml.Comment:
			list = append(list, plainToken{Kind: "comment", Text: lineEnds.Replace(string(token))})
		case xml.ProcInst:
			if token.Target != "xml" {
				list = append(list, plainToken{Kind: "instruction", Name: token.Target,
					Text: lineEnds.Replace(string(token.Inst))})
			}
		case xml.Directive: // A document type declaration, which a Tokenizer does not show.
		}
	}
}

// knownToDiffer says for which error encoding/xml refuses a document that is well-formed, or "".
func knownToDiffer(err error) string {
	for _, known := range []string{
		"invalid XML name",    // It has the names of the fourth edition.
		"unsupported version", // It knows 1.0 alone; the fifth edition asks for every 1.x.
	} {
		if strings.Contains(err.Error(), known) {
			return known
		}
	}
	return ""
}

// encode writes tokens again, with the usual escapes.
func encode(t testing.TB, data []byte, opts ...safexml.Option) []byte {
	t.Helper()
	tok, err := safexml.NewTokenizer(t.Context(), bytes.NewReader(data), sensible, opts...)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	value := strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;", "\t", "&#9;", "\n", "&#10;", "\r", "&#13;")
	raw := func(n safexml.Name) string {
		if len(n.Prefix) > 0 {
			return string(n.Prefix) + ":" + string(n.Local)
		}
		return string(n.Local)
	}
	var b bytes.Buffer
	for tok.Next() == nil {
		switch tok.Kind() {
		case safexml.StartElement:
			fmt.Fprintf(&b, "<%s", raw(tok.Name()))
			for _, a := range tok.Attrs() {
				fmt.Fprintf(&b, ` %s="%s"`, raw(a.Name), value.Replace(string(a.Value)))
			}
			b.WriteByte('>')
		case safexml.EndElement:
			fmt.Fprintf(&b, "</%s>", raw(tok.Name()))
		case safexml.Text:
			b.WriteString(text.Replace(string(tok.Text())))
		case safexml.CDATA:
			fmt.Fprintf(&b, "<![CDATA[%s]]>", tok.Text())
		case safexml.Comment:
			fmt.Fprintf(&b, "<!--%s-->", tok.Text())
		case safexml.ProcInst:
			fmt.Fprintf(&b, "<?%s %s?>", tok.Name().Local, tok.Text())
		case safexml.Doctype:
			t.Fatal("a document type declaration without its rule lifted")
		}
	}
	return b.Bytes()
}

// sameTokens checks that the accepted document is the same to encoding/xml, and the same when it is
// written again.
func sameTokens(t testing.TB, data []byte, opts ...safexml.Option) {
	t.Helper()
	ours, err := ourTokens(t, data, opts...)
	if err != nil {
		t.Fatalf("the Tokenizer refuses what Validate accepts: %v", err)
	}
	again, err := ourTokens(t, encode(t, data, opts...), opts...)
	if err != nil {
		t.Errorf("written again it is refused: %v", err)
	} else if i := differ(ours, again); i >= 0 {
		t.Errorf("written again, token %d is %+v; it was %+v", i, at(again, i), at(ours, i))
	}
	theirs, err := theirTokens(bytes.TrimPrefix(data, []byte("\ufeff")))
	if err != nil {
		if knownToDiffer(err) == "" {
			t.Errorf("encoding/xml: %v", err)
		}
		return
	}
	if i := differ(ours, theirs); i >= 0 {
		t.Errorf("token %d: encoding/xml has %+v; safexml %+v", i, at(theirs, i), at(ours, i))
	}
}

func differ(a, b []plainToken) int {
	for i := range max(len(a), len(b)) {
		if i >= len(a) || i >= len(b) || a[i].Kind != b[i].Kind || a[i].Name != b[i].Name || a[i].Text != b[i].Text ||
			!slices.Equal(a[i].Attrs, b[i].Attrs) {
			return i
		}
	}
	return -1
}

func at(list []plainToken, i int) any {
	if i < len(list) {
		return list[i]
	}
	return "none"
}

// TestTokenPlaces: a token knows where it begins, and a document type declaration what it names.
func TestTokenPlaces(t *testing.T) {
	const document = "<?xml version='1.0'?>\r\n<!DOCTYPE a PUBLIC 'p' 's'>\n<a>\n  <b/>é<c/></a>"
	tokens, err := safexml.NewTokenizer(t.Context(), strings.NewReader(document), sensible,
		safexml.UnsafeAllow(safexml.RuleDoctype))
	if err != nil {
		t.Fatal(err)
	}
	type place struct {
		kind           safexml.Kind
		line, column   int
		offset         int64
		public, system string
	}
	var got []place
	for err = tokens.Next(); err == nil; err = tokens.Next() {
		p := place{kind: tokens.Kind(), line: tokens.Line(), column: tokens.Column(), offset: tokens.Offset()}
		p.public, p.system = tokens.External()
		got = append(got, p)
	}
	if !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	want := []place{{safexml.Doctype, 2, 1, 23, "p", "s"}, {safexml.StartElement, 3, 1, 51, "", ""},
		{safexml.Text, 3, 4, 54, "", ""}, {safexml.StartElement, 4, 3, 57, "", ""}, {safexml.EndElement, 4, 3, 57, "", ""},
		{safexml.Text, 4, 7, 61, "", ""}, {safexml.StartElement, 4, 9, 63, "", ""}, {safexml.EndElement, 4, 9, 63, "", ""},
		{safexml.EndElement, 4, 13, 67, "", ""}}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(place{})); diff != "" {
		t.Errorf("places (-want +got):\n%s", diff)
	}
}
