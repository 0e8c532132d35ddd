package safexml_test

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"unicode/utf16"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// ask returns the rule that a document breaks, or the error about a limit.
func ask(document string, options ...safexml.Option) string {
	_, err := safexml.Validate(context.Background(), strings.NewReader(document), lim, options...)
	if refusal, ok := errors.AsType[*safexml.RuleError](err); ok {
		return string(refusal.Rule)
	}
	if err != nil {
		return err.Error()
	}
	return "accepted"
}

// A form whose elements have three attributes at most says so: what is longer is no such form.
func ExampleAttributesPerElement() {
	three := safexml.AttributesPerElement(3)
	fmt.Println(ask(`<field name="a" type="b" value="c"/>`, three))
	fmt.Println(ask(`<field name="a" type="b" value="c" d=""/>`, three))
	// Output:
	// accepted
	// safexml.Validate: items: needs at least 4, the limit is 3, at "field"; if such input is expected, raise AttributesPerElement
}

func ExampleNamespacesInScope() {
	two := safexml.NamespacesInScope(2)
	fmt.Println(ask(`<a xmlns="urn:a"><b xmlns:b="urn:b"/><c xmlns:c="urn:c"/></a>`, two))
	fmt.Println(ask(`<a xmlns="urn:a"><b xmlns:b="urn:b"><c xmlns:c="urn:c"/></b></a>`, two))
	// Output:
	// accepted
	// safexml.Validate: items: needs at least 3, the limit is 2, at "c"; if such input is expected, raise NamespacesInScope
}

func ExampleNameBytes() {
	short := safexml.NameBytes(16)
	fmt.Println(ask(`<customer-address/>`, short))
	fmt.Println(ask(`<customer-addresses/>`, short))
	// Output:
	// accepted
	// safexml.Validate: memory bytes: needs at least 17 B, the limit is 16 B; if such input is expected, raise NameBytes
}

// A single text, comment or attribute value is bounded by itself: a title is not 8 MiB long.
func ExampleTokenBytes() {
	title := safexml.TokenBytes(100)
	fmt.Println(ask("<title>"+strings.Repeat("a", 100)+"</title>", title))
	fmt.Println(ask("<title>"+strings.Repeat("a", 101)+"</title>", title))
	// Output:
	// accepted
	// safexml.Validate: memory bytes: needs at least 101 B, the limit is 100 B, at "title"; if such input is expected, raise TokenBytes
}

// Documents of some Windows programs are in UTF-16, and begin with a byte order mark.
func ExampleUTF16() {
	document := []byte{0xFF, 0xFE}
	for _, unit := range utf16.Encode([]rune("<name>Ærøskøbing</name>")) {
		document = binary.LittleEndian.AppendUint16(document, unit)
	}
	fmt.Println(ask(string(document)))
	fmt.Println(ask(string(document), safexml.UTF16()))
	var name string
	err := safexml.Unmarshal(context.Background(), document, &name, lim, safexml.UTF16())
	fmt.Println(name, err)
	// Output:
	// encoding
	// accepted
	// Ærøskøbing <nil>
}

// UnsafeAllow lifts a rule for documents of which it is known what reads them later. The finding
// stands in the report. Rules of the trust boundary cannot be lifted.
func ExampleUnsafeAllow() {
	const page = `<?xml-stylesheet href="page.css" type="text/css"?><page/>`
	report, err := safexml.Validate(context.Background(), strings.NewReader(page), lim,
		safexml.UnsafeAllow(safexml.RuleProcessingInstruction))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, note := range report.Notes {
		fmt.Println(note.Rule, note.Detail)
	}
	_, err = safexml.Validate(context.Background(), strings.NewReader(page), lim,
		safexml.UnsafeAllow(safexml.RuleNotWellFormed))
	fmt.Println(errors.Is(err, limits.ErrConfig))
	// Output:
	// processing-instruction the instruction "xml-stylesheet" has programs fetch what it names
	// true
}

// DataImages lets an image in that a drawing brings with it, and still none that is fetched.
func ExampleDataImages() {
	drawing := func(href string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg"><image width="1" height="1" href="` + href + `"/></svg>`
	}
	const png = "data:image/png;base64," +
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJ" +
		"RU5ErkJggg=="
	fmt.Println(ask(drawing(png), safexml.SVG()))
	fmt.Println(ask(drawing(png), safexml.SVG(), safexml.DataImages()))
	fmt.Println(ask(drawing("https://example.com/pixel.png"), safexml.SVG(), safexml.DataImages()))
	// Output:
	// external-reference
	// accepted
	// external-reference
}

// PartName says where in its package a part of an office document stands, so that a target that
// leads out of the package is found.
func ExamplePartName() {
	const part = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Target="../../settings.xml"` +
		` Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings"/></Relationships>`
	fmt.Println(ask(part, safexml.OOXML()))
	fmt.Println(ask(part, safexml.OOXML(), safexml.PartName("word/_rels/document.xml.rels")))
	// Output:
	// accepted
	// ooxml-external
}

// Rules is the list that a review goes through: what is refused, by default or under a profile.
func ExampleRules() {
	liftable, boundary := 0, 0
	for info := range safexml.Rules() {
		if info.Liftable {
			liftable++
			continue
		}
		boundary++
		if info.Rule == safexml.RuleNotWellFormed {
			fmt.Println(info.Rule, info.CWE)
		}
	}
	fmt.Println(liftable > 0, boundary > 0)
	// Output:
	// not-well-formed CWE-436
	// true true
}

// Mechanisms is what EachReference knows: a list for the review of a program that reads documents.
func ExampleMechanisms() {
	formats := map[string]int{}
	for m := range safexml.Mechanisms() {
		formats[m.Format]++
		if m.ID == "xinclude" {
			fmt.Println(m.Construct, "of", m.Format, "breaks", m.Rule)
		}
	}
	fmt.Println(formats["XInclude"] > 0, formats["SVG"] > 0)
	// Output:
	// include, and every other element of the namespace of XInclude breaks xinclude
	// true true
}
