package options

import (
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/charset"
)

// document is a probe whose outcome is that a document passes.
func document(without, text string, o safexml.Option, always ...safexml.Option) probe {
	return probe{without: without, with: "passes", run: func(t *testing.T, yes bool) string {
		_, err := safexml.Validate(t.Context(), strings.NewReader(text), limits.Limits{InputBytes: limits.MiB,
			Time: time.Minute}, given(yes, o, always...)...)
		return outcome(err, "passes")
	}}
}

// against is a probe whose outcome is that a document is refused under the option alone.
func against(with, text string, o safexml.Option, always ...safexml.Option) probe {
	p := document("passes", text, o, always...)
	p.with = with
	return p
}

// text is a probe whose outcome is the text of the root element.
func text(without, with, document string, o safexml.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
		if yes {
			lim.OutputBytes = limits.KiB
		}
		v, err := safexml.Decode[string](t.Context(), strings.NewReader(document), lim, given(yes, o)...)
		return outcome(err, v)
	}}
}

// written is a probe whose outcome is what an Encoder writes.
func written(without, with string, o safexml.Option) probe {
	type inner struct {
		B string `xml:"urn:b b"`
	}
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		b, err := safexml.Marshal(t.Context(), struct {
			XMLName struct{} `xml:"a"`
			I       inner    `xml:"i"`
		}{}, limits.Limits{OutputBytes: limits.MiB, Time: time.Minute}, given(yes, o)...)
		return outcome(err, string(b))
	}}
}

func xmlProbes() map[string]probe {
	drawing := func(content string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">` + content + `</svg>`
	}
	const xpath = `<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>` +
		`<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod ` +
		`Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:Transforms><ds:Transform ` +
		`Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath>` +
		`</ds:Transform></ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
		`<ds:DigestValue>eA==</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>eA==</ds:SignatureValue>` +
		`</ds:Signature></a>`
	return map[string]probe{
		"safexml.AttributesPerElement": against("items AttributesPerElement", `<a b="" c=""/>`,
			safexml.AttributesPerElement(1)),
		"safexml.NamespacesInScope": against("items NamespacesInScope", `<a xmlns:b="u:" xmlns:c="u:"/>`,
			safexml.NamespacesInScope(1)),
		"safexml.NameBytes":  against("memory NameBytes", `<abc/>`, safexml.NameBytes(2)),
		"safexml.TokenBytes": against("memory TokenBytes", `<a>bcd</a>`, safexml.TokenBytes(2)),
		"safexml.UTF16":      document("encoding", "\xff\xfe<\x00a\x00/\x00>\x00", safexml.UTF16()),
		"safexml.UnsafeAllow": document("xinclude", `<include xmlns="http://www.w3.org/2001/XInclude" href="a"/>`,
			safexml.UnsafeAllow(safexml.RuleXInclude)),
		"safexml.Signed": against("duplicate-id", `<a ID="x"><b ID="x"/></a>`, safexml.Signed()),
		"safexml.SAML": against("saml-shape", `<a><Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"/></a>`,
			safexml.SAML()),
		"safexml.SignedXPath": document("active-content", xpath, safexml.SignedXPath(), safexml.Signed()),
		"safexml.SVG":         against("unlisted-content", drawing(`<marquee/>`), safexml.SVG()),
		"safexml.Canvas":      against("drawing-cost", drawing(""), safexml.Canvas(10, 10), safexml.SVG()),
		"safexml.DataImages": document("external-reference", drawing(`<image href="data:image/png;base64,`+
			`iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"/>`), safexml.DataImages(), safexml.SVG()),
		"safexml.DataFonts": document("external-reference",
			drawing(`<style>@font-face{src:url(data:font/woff2;base64,d09GMgAA)}</style>`), safexml.DataFonts(), safexml.SVG()),
		"safexml.Hyperlinks": document("external-reference", drawing(`<a href="https://example.org/"/>`),
			safexml.Hyperlinks(),
			safexml.SVG()),
		"safexml.SkipDoctype": document("doctype", `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" `+
			`"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd"><html/>`, safexml.SkipDoctype()),
		"safexml.LiteralEntities": text("doctype", "x y", `<!DOCTYPE a [<!ENTITY b "x y">]><a>&b;</a>`,
			safexml.LiteralEntities()),
		"safexml.HTMLEntities": text("entity", "é", `<a>&eacute;</a>`, safexml.HTMLEntities()),
		"safexml.OOXML": against("ooxml-external", `<Relationships><Relationship Target="a" TargetMode="External"/>`+
			`</Relationships>`,
			safexml.OOXML()),
		"safexml.PartName": against("ooxml-external", `<Relationships><Relationship Target="../../a"/></Relationships>`,
			safexml.PartName("word/_rels/document.xml.rels"), safexml.OOXML()),
		"safexml.Prefix": written(`<a><i><b xmlns="urn:b"></b></i></a>`, `<a xmlns:p="urn:b"><i><p:b></p:b></i></a>`,
			safexml.Prefix("p", "urn:b")),
		"safexml.EmptyTags": written(`<a><i><b xmlns="urn:b"></b></i></a>`, `<a><i><b xmlns="urn:b"/></i></a>`,
			safexml.EmptyTags()),
		"safexml.Indent": written(`<a><i><b xmlns="urn:b"></b></i></a>`,
			"<a>\n <i>\n  <b xmlns=\"urn:b\"></b>\n </i>\n</a>", safexml.Indent("", " ")),
		"charset.Allow": document("encoding", "<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>",
			charset.Allow("windows-1252")),
	}
}
