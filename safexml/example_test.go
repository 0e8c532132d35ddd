package safexml_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// lim is what an example's document may cost.
var lim = limits.Limits{InputBytes: 1 * limits.MiB, Time: 10 * time.Second}

func ExampleUnmarshal() {
	type Order struct {
		ID    string   `xml:"id,attr"`
		Items []string `xml:"item"`
	}
	var order Order
	err := safexml.Unmarshal(context.Background(), []byte(`<order id="7"><item>tea</item><item>milk</item></order>`),
		&order, lim)
	fmt.Println(order, err)

	err = safexml.Unmarshal(context.Background(),
		[]byte(`<!DOCTYPE order [<!ENTITY f SYSTEM "file:///etc/passwd">]><order id="8"><item>&f;</item></order>`),
		&order, lim)
	var rule *safexml.RuleError
	fmt.Println(errors.As(err, &rule), rule.Rule, rule.Line, rule.Column)
	fmt.Println(order) // as it was

	// Output:
	// {7 [tea milk]} <nil>
	// true doctype 1 1
	// {7 [tea milk]}
}

func ExampleDecode() {
	type Note struct {
		Text string `xml:"text"`
	}
	note, err := safexml.Decode[Note](context.Background(), strings.NewReader("<note><text>hello</text></note>"), lim)
	fmt.Println(note.Text, err)

	_, err = safexml.Decode[Note](context.Background(), strings.NewReader("<note><text>hello</text></note><note/>"),
		lim)
	fmt.Println(err)

	// Output:
	// hello <nil>
	// safexml.Decode: not-well-formed (line 1, column 32): a second root element, or an end tag after the root element [1]
}

func ExampleValidate() {
	report, err := safexml.Validate(context.Background(), strings.NewReader("<a><b/><!-- c --></a>"), lim)
	fmt.Println(report.Elements, report.Nodes, report.Depth, err)

	deep := strings.Repeat("<a>", 300)
	_, err = safexml.Validate(context.Background(), strings.NewReader(deep), lim)
	fmt.Println(errors.Is(err, limits.ErrExceeded), err)

	// Output:
	// 2 3 2 <nil>
	// true safexml.Validate: depth: needs at least 257, the limit is 256, at "a"; if such input is expected, raise Depth
}

func ExampleSVG() {
	const drawing = `<svg xmlns="http://www.w3.org/2000/svg"><style>@im<![CDATA[port "//evil.example/x.css";]]></style>` +
		`</svg>`
	_, err := safexml.Validate(context.Background(), strings.NewReader(drawing), lim, safexml.SVG())
	fmt.Println(err)

	// Output:
	// safexml.Validate: external-reference: "style" (line 1, column 41): @import of "//evil.example/x.css" in CSS
}

func ExampleOOXML() {
	const part = `<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:fldChar ` +
		`w:fldCharType="begin"/></w:r>` +
		`<w:r><w:instrText>DD</w:instrText></w:r><w:r><w:instrText>E cmd "/c calc"</w:instrText></w:r><w:r><w:fldChar ` +
		`w:fldCharType="end"/></w:r></w:p>`
	_, err := safexml.Validate(context.Background(), strings.NewReader(part), lim, safexml.OOXML())
	var rule *safexml.RuleError
	fmt.Println(errors.As(err, &rule), rule.Rule, rule.Detail)

	// Output:
	// true ooxml-external the field DDE fetches or runs "cmd \"/c calc\""
}

func ExampleSigned() {
	const response = `<Response ID="r"><NameID>admin<!-- -->.evil.example</NameID></Response>`
	_, err := safexml.Validate(context.Background(), strings.NewReader(response), lim, safexml.Signed())
	fmt.Println(err)

	// Output:
	// safexml.Validate: signed-node: "NameID" (line 1, column 31): a comment in a document that is signed: programs differ in whether they see it, and what it divides
}

func ExampleNewDecoder() {
	d, err := safexml.NewDecoder(context.Background(), strings.NewReader("<list><n>1</n><n>2</n></list><evil/>"), lim)
	if err != nil {
		fmt.Println(err)
		return
	}
	for {
		token, err := d.Token()
		if err != nil {
			fmt.Println(errors.Is(err, limits.ErrRefused)) // and not io.EOF
			return
		}
		if text, ok := token.(xml.CharData); ok {
			fmt.Println(string(text))
		}
	}

	// Output:
	// true
}

func ExampleNewReader() {
	r, err := safexml.NewReader(context.Background(), strings.NewReader("<a>text</a>trailing"), lim)
	if err != nil {
		fmt.Println(err)
		return
	}
	checked, err := io.ReadAll(r) // what any other parser would be given
	fmt.Printf("%s\n%v\n", checked, err)

	// Output:
	//
	// safexml.NewReader: not-well-formed (line 1, column 12): text after the root element [27]
}

func ExampleNewTokenizer() {
	t, err := safexml.NewTokenizer(context.Background(), strings.NewReader(`<a xmlns="urn:x"><b c="1">text</b></a>`),
		lim)
	for err == nil {
		if err = t.Next(); err != nil {
			break
		}
		switch t.Kind() {
		case safexml.StartElement:
			fmt.Printf("%s in %s", t.Name().Local, t.Name().Space)
			for _, a := range t.Attrs() {
				fmt.Printf(", %s=%s", a.Name.Local, a.Value)
			}
			fmt.Println()
		case safexml.Text:
			fmt.Printf("%s\n", t.Text())
		case safexml.EndElement, safexml.CDATA, safexml.Comment, safexml.ProcInst, safexml.Doctype:
		}
	}
	fmt.Println(err)

	// Output:
	// a in urn:x, xmlns=urn:x
	// b in urn:x, c=1
	// text
	// EOF
}

func ExampleEachReference() {
	const document = `<page xmlns:xi="http://www.w3.org/2001/XInclude" xml:base="http://example.org/a/">
  <xi:include href="../secret.xml"/>
</page>`
	err := safexml.EachReference(context.Background(), strings.NewReader(document), lim,
		func(r safexml.Reference) error {
			fmt.Printf("line %d: %s: %s\n", r.Line, r.Mechanism.ID, r.Resolved)
			return nil
		})
	fmt.Println(err)

	// Output:
	// line 2: xinclude: http://example.org/secret.xml
	// <nil>
}

func ExampleSAML() {
	// The assertion that is signed, and beside it one that is not.
	response := `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ` +
		`xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r">` +
		`<a:Assertion ID="_evil"/><a:Assertion ID="_signed"/></p:Response>`
	_, err := safexml.Validate(context.Background(), strings.NewReader(response), lim, safexml.SAML())
	var rule *safexml.RuleError
	fmt.Println(errors.As(err, &rule), rule.Rule)

	// Output:
	// true saml-shape
}

func ExampleSignedXPath() {
	invoice := `<Invoice xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Signature><ds:SignedInfo>` +
		`<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2006/12/xml-c14n11"/>` +
		`<ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"/><ds:Reference URI="">` +
		`<ds:Transforms><ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">` +
		`<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform></ds:Transforms>` +
		`<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>eA==</ds:DigestValue>` +
		`</ds:Reference></ds:SignedInfo><ds:SignatureValue>eA==</ds:SignatureValue></ds:Signature></Invoice>`
	_, err := safexml.Validate(context.Background(), strings.NewReader(invoice), lim, safexml.Signed())
	fmt.Println(errors.Is(err, limits.ErrRefused))
	report, err := safexml.Validate(context.Background(), strings.NewReader(invoice), lim, safexml.Signed(),
		safexml.SignedXPath())
	fmt.Println(err, report.Notes[0].Detail)

	// Output:
	// true
	// <nil> the transform "not(ancestor-or-self::ds:Signature)": no Signature is signed
}

func ExampleEachReference_feed() {
	feed := `<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"><channel><link>` +
		`https://example.org/</link>` +
		`<item><enclosure url="http://169.254.169.254/latest" type="audio/mpeg" length="1"/>` +
		`<podcast:transcript url="file:///etc/passwd" type="text/vtt"/></item></channel></rss>`
	err := safexml.EachReference(context.Background(), strings.NewReader(feed), lim, func(r safexml.Reference) error {
		fmt.Println(r.Mechanism.ID, r.Resolved)
		return nil
	})
	fmt.Println(err)

	// Output:
	// rss-link https://example.org/
	// rss-enclosure http://169.254.169.254/latest
	// podcast-url file:///etc/passwd
	// <nil>
}
