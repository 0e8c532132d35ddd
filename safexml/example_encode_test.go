package safexml_test

import (
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// outLim is what an example's document may become.
var outLim = limits.Limits{OutputBytes: 1 * limits.MiB, Time: 10 * time.Second}

func ExampleMarshal() {
	type Order struct {
		XMLName xml.Name `xml:"urn:example:order Order"`
		ID      int      `xml:"id,attr"`
		Buyer   string   `xml:"Buyer"`
	}
	document, err := safexml.Marshal(context.Background(), Order{ID: 7, Buyer: "<A & B>"}, outLim,
		safexml.Prefix("o", "urn:example:order"))
	fmt.Println(string(document), err)

	_, err = safexml.Marshal(context.Background(), Order{Buyer: "a\x00b"}, outLim)
	fmt.Println(errors.Is(err, limits.ErrRefused))

	// Output:
	// <o:Order xmlns:o="urn:example:order" id="7"><Buyer>&lt;A &amp; B&gt;</Buyer></o:Order> <nil>
	// true
}

func ExampleNewEncoder() {
	var b strings.Builder
	e, err := safexml.NewEncoder(context.Background(), &b, outLim, safexml.EmptyTags(), safexml.Indent("", "  "))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close() // a second Close returns nil
	feed := xml.StartElement{Name: xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "feed"}}
	link := xml.StartElement{Name: xml.Name{Space: "http://www.w3.org/2005/Atom", Local: "link"},
		Attr: []xml.Attr{{Name: xml.Name{Local: "href"}, Value: "https://example.org/?a&b"}}}
	for _, token := range []xml.Token{feed, link, link.End(), xml.Comment(" one link "), feed.End()} {
		if err := e.EncodeToken(token); err != nil {
			fmt.Println(err)
			return
		}
	}
	fmt.Println(e.Close())
	fmt.Println(b.String())

	// Output:
	// <nil>
	// <feed xmlns="http://www.w3.org/2005/Atom">
	//   <link href="https://example.org/?a&amp;b"/>
	//   <!-- one link -->
	// </feed>
}

func ExampleEncoder_Encode() {
	var b strings.Builder
	e, err := safexml.NewEncoder(context.Background(), &b, outLim)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer e.Close()
	list := xml.StartElement{Name: xml.Name{Local: "list"}}
	fmt.Println(e.EncodeToken(list), e.Encode([]struct {
		XMLName xml.Name `xml:"item"`
		Text    string   `xml:",chardata"`
	}{{Text: "tea"}, {Text: "milk"}}), e.EncodeToken(list.End()), e.Close())
	fmt.Println(b.String())

	// Output:
	// <nil> <nil> <nil> <nil>
	// <list><item>tea</item><item>milk</item></list>
}

func ExamplePrefix() {
	name := xml.Name{Space: "urn:example:order", Local: "Order"}
	document, err := safexml.Marshal(context.Background(), struct{ XMLName xml.Name }{name}, outLim,
		safexml.Prefix("o", "urn:example:order"), safexml.EmptyTags())
	fmt.Println(string(document), err)

	// Output:
	// <o:Order xmlns:o="urn:example:order"/> <nil>
}

func ExampleEmptyTags() {
	document, err := safexml.Marshal(context.Background(), struct {
		XMLName xml.Name `xml:"a"`
		B       string   `xml:"b"`
	}{}, outLim, safexml.EmptyTags())
	fmt.Println(string(document), err)

	// Output:
	// <a><b/></a> <nil>
}

func ExampleIndent() {
	document, err := safexml.Marshal(context.Background(), struct {
		XMLName xml.Name `xml:"a"`
		B       []string `xml:"b"`
	}{B: []string{"1", "2"}}, outLim, safexml.Indent("", "\t"))
	fmt.Println(strings.ReplaceAll(string(document), "\t", "→"), err)

	// Output:
	// <a>
	// →<b>1</b>
	// →<b>2</b>
	// </a> <nil>
}
