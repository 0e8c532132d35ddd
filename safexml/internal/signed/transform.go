package signed

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

const (
	algEnveloped = nsDSig + "enveloped-signature"
	algXPath     = "http://www.w3.org/TR/1999/REC-xpath-19991116"
)

// xpath is the expression at hand.
type xpath struct {
	open bool
	text strings.Builder
	at   xmlscan.Position
	how  string // the attribute Filter of XPath Filter 2
}

// maxExpression is how long an expression may be: the longest that is listed has 60 characters, and
// prefixes of ordinary length.
const maxExpression = 1 << 10

// transform judges the algorithm of a Transform.
func (p *Profile) transform(d rule.Document, e *frame) error {
	algorithm, at, _ := p.unprefixed(d, "Algorithm")
	algorithm = strings.TrimSpace(algorithm)
	switch {
	case p.cfg.XPath && (algorithm == algXPath || algorithm == nsFilter2):
		e.xpath = true
		return nil
	case runsCode(algorithm):
		return d.Refuse(rule.Active, at, "the transform "+limits.Quote(algorithm)+" runs what the document says")
	case p.cfg.SAML:
		return p.samlTransform(d, algorithm, at)
	}
	return nil
}

// runsCode reports whether a transform of XML Signature is a program that comes with the document.
func runsCode(algorithm string) bool {
	if algorithm == nsFilter2 {
		return true
	}
	a := strings.ToLower(algorithm)
	return strings.Contains(a, "xslt") || strings.Contains(a, "xpath") || strings.Contains(a, "xquery")
}

// xpathStart begins the expression of a Transform. Without SignedXPath the Transform itself has
// been refused; where that rule is lifted, nothing is asked of the expression.
func (p *Profile) xpathStart(d rule.Document, e *frame) error {
	parent := p.parent()
	if e.kind != xpathOf && e.kind != filterOf || parent.kind != transform || !p.cfg.XPath {
		return nil
	}
	parent.xpath = false
	p.xpath.open, p.xpath.at = true, d.At()
	p.xpath.text.Reset()
	p.xpath.how, _, _ = p.unprefixed(d, "Filter")
	return nil
}

// xpathText takes a piece of an expression.
func (p *Profile) xpathText(d rule.Document, data []byte) error {
	if !p.xpath.open {
		return nil
	}
	if p.xpath.text.Len()+len(data) > maxExpression {
		p.xpath.open = false
		return p.refuseXPath(d, p.xpath.text.String())
	}
	p.xpath.text.Write(data)
	return nil
}

func (p *Profile) refuseXPath(d rule.Document, expression string) error {
	return d.Refuse(rule.Active, p.xpath.at, "a transform by the expression "+limits.Quote(expression)+
		", which is not one that SignedXPath lists")
}

// xpathEnd judges an expression that is complete, and a Transform that has had none.
func (p *Profile) xpathEnd(d rule.Document, e *frame) error {
	switch {
	case e.kind == transform && e.xpath:
		return d.Refuse(RuleSignatureShape, d.At(), "a Transform by XPath without an expression")
	case e.kind != xpathOf && e.kind != filterOf || !p.xpath.open:
		return nil
	}
	p.xpath.open = false
	expression := strings.TrimSpace(p.xpath.text.String())
	for _, w := range &expressions {
		if (w.filter2 && e.kind == filterOf && p.xpath.how == "subtract" || !w.filter2 && e.kind == xpathOf) &&
			matches(d, expression, w.pattern) {
			return p.noteOnce(d, p.xpath.at, expression, "the transform "+limits.Quote(expression)+": "+w.excludes)
		}
	}
	return p.refuseXPath(d, expression)
}

const (
	nsUBLExtensions = "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2"
	nsUBLAggregate  = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
	nsUBLBasic      = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
)

// expressions holds the transforms that invoices prescribe. A namespace name in braces stands for
// any prefix that is bound to it.
var expressions = [...]struct {
	pattern  string
	filter2  bool // of XPath Filter 2, with the filter "subtract"
	excludes string
}{
	// XML Signature 1.0, 6.6.3, and those who took it from there.
	{"not(ancestor-or-self::{" + nsDSig + "}Signature)", false, "no Signature is signed"},
	// The security requirements for e-invoices of ZATCA, the tax authority of Saudi Arabia.
	{"not(//ancestor-or-self::{" + nsUBLExtensions + "}UBLExtensions)", false, "no UBLExtensions is signed"},
	{"not(//ancestor-or-self::{" + nsUBLAggregate + "}Signature)", false, "no cac:Signature is signed"},
	{"not(//ancestor-or-self::{" + nsUBLAggregate + "}AdditionalDocumentReference[{" + nsUBLBasic + "}ID='QR'])", false,
		"no AdditionalDocumentReference with the ID QR is signed"},
	// FatturaPA, the e-invoice of Italy, and XML-Signature XPath Filter 2.0, 4.
	{"/descendant::{" + nsDSig + "}Signature", true, "no Signature is signed"},
	{"here()/ancestor::{" + nsDSig + "}Signature[1]", true, "the Signature itself is not signed"},
}

// matches reports whether an expression is the pattern, with any prefix for each namespace that the
// pattern names.
func matches(d rule.Document, expression, pattern string) bool {
	for {
		literal, rest, more := strings.Cut(pattern, "{")
		after, ok := strings.CutPrefix(expression, literal)
		if !more || !ok {
			return ok && after == ""
		}
		space, next, _ := strings.Cut(rest, "}")
		prefix, local, ok := strings.Cut(after, ":")
		if !ok || prefix == "" {
			return false
		}
		bound, declared := d.Lookup([]byte(prefix))
		if !declared || string(bound) != space {
			return false
		}
		expression, pattern = local, next
	}
}
