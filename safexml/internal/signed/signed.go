// Package signed holds the rules for documents with signatures: XML Signature, XML Encryption,
// WS-Security and SAML.
//
// A signature protects what one program checks only if the program that acts reads the same. So the
// rules are about everything that two programs read differently while both of them follow XML:
// nodes that divide text, two attributes with one local name, two elements with one ID, references
// that lead elsewhere, a Signature with two of what it must have once.
package signed

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// The rules that are applied. The last two belong to all documents.
const (
	RuleSignedNode         limits.Rule = "signed-node"
	RuleDuplicateID        limits.Rule = "duplicate-id"
	RuleAmbiguousAttribute limits.Rule = "ambiguous-attribute"
	RuleRelativeNamespace  limits.Rule = "relative-namespace"
	RuleSignatureShape     limits.Rule = "signature-shape"
	RuleSAMLShape          limits.Rule = "saml-shape"
)

// Config says what the profile takes beyond the least.
type Config struct {
	SAML  bool // the document is a message or metadata of SAML, or an assertion
	XPath bool // the transforms that invoices prescribe
}

// A Profile judges one document.
type Profile struct {
	cfg   Config
	open  []frame
	fresh frame          // of the start tag at hand: it is kept here so that none is allocated
	attrs []xmlscan.Attr // of the start tag at hand
	saml  saml
	xpath xpath
	hmac  hmac

	elements   int64 // start tags so far
	ids        map[string]*id
	named      map[string]bool // the values that some attribute names as "#value"
	references []reference
	encrypted  bool // there is an EncryptedData
	noted      map[string]bool
}

// New returns the profile for one document.
func New(c Config) *Profile {
	return &Profile{cfg: c, ids: map[string]*id{}, named: map[string]bool{}, noted: map[string]bool{}}
}

// A frame is one open element.
type frame struct {
	kind   kind
	family family
	stage  int // in its content model
	count  int // of what stands at that stage

	header bool // in the Header of a SOAP envelope

	id    string // under SAML: the ID of a message, an assertion or metadata
	saml  samlFrame
	xpath bool // a Transform that wants an XPath, and has had none
}

// An entry that is kept takes this much beside its text: a place in a slice or map that doubles.
const (
	frameBytes = 256
	entryBytes = 160
)

// Needs implements rule.Profile. The second of two equal IDs may stand at the end. Text counts in
// an XPath, and in what SAML says is text.
func (p *Profile) Needs() rule.Needs {
	n := rule.Needs{Whole: true}
	if p.cfg.SAML || p.cfg.XPath {
		n.Content = xmlscan.Of(xmlscan.Text, xmlscan.CDATA)
	}
	return n
}

// Start implements rule.Profile.
func (p *Profile) Start(d rule.Document) error {
	raw, colon := d.Name()
	f := familyOf(d.Space())
	p.fresh = frame{family: f, kind: kindOf(f, raw[colon+1:])}
	e := &p.fresh
	p.elements++
	if err := p.load(d); err != nil {
		return err
	}
	for _, judge := range []func(rule.Document, *frame) error{
		p.attributes, p.collectIDs, p.signature, p.soapPlace, p.samlStart,
	} {
		if err := judge(d, e); err != nil {
			return err
		}
	}
	p.encrypted = p.encrypted || e.kind == encryptedData
	if len(p.open) == cap(p.open) {
		if err := d.Hold(frameBytes * max(8, len(p.open))); err != nil {
			return err
		}
	}
	p.open = append(p.open, *e)
	return nil
}

// load takes the attributes of the start tag out of the scan, once for all rules.
func (p *Profile) load(d rule.Document) error {
	n := d.Attrs()
	if n > cap(p.attrs) {
		if err := d.Hold(entryBytes * n); err != nil {
			return err
		}
	}
	p.attrs = p.attrs[:0]
	for i := range n {
		p.attrs = append(p.attrs, d.Attr(i))
	}
	return d.Step(int64(n))
}

// parent returns the frame around the element at hand.
func (p *Profile) parent() *frame {
	if n := len(p.open); n > 0 {
		return &p.open[n-1]
	}
	return &frame{}
}

// End implements rule.Profile.
func (p *Profile) End(d rule.Document) error {
	e := &p.open[len(p.open)-1]
	if err := p.complete(d, e); err != nil {
		return err
	}
	if err := p.xpathEnd(d, e); err != nil {
		return err
	}
	if err := p.hmacEnd(d, e); err != nil {
		return err
	}
	p.open = p.open[:len(p.open)-1]
	return nil
}

// Text implements rule.Profile.
func (p *Profile) Text(d rule.Document, kind xmlscan.Kind, data []byte) error {
	if kind == xmlscan.CDATA {
		return p.refuseNode(d, "a CDATA section")
	}
	if p.parent().kind == outputLength {
		p.hmac.text(data)
	}
	if err := p.xpathText(d, data); err != nil {
		return err
	}
	return p.samlText(d, data)
}

// Node implements rule.Profile. A comment before the root element is noted and passes: no text is
// there that it could divide, and no canonical form without comments has it.
func (p *Profile) Node(d rule.Document, kind xmlscan.Kind) error {
	switch {
	case kind == xmlscan.Comment && p.elements == 0:
		return p.noteOnce(d, d.At(), "comment", "a comment before the root element, which no signature covers")
	case kind == xmlscan.Comment:
		return p.refuseNode(d, "a comment")
	case kind == xmlscan.ProcInst:
		return p.refuseNode(d, "a processing instruction")
	}
	return nil
}

func (p *Profile) refuseNode(d rule.Document, what string) error {
	return d.Refuse(RuleSignedNode, d.At(),
		what+" in a document that is signed: programs differ in whether they see it, and what it divides")
}

// Finish implements rule.Profile.
func (p *Profile) Finish(d rule.Document) error { return p.resolve(d) }

// notes is how many different things are noted: their number is the sender's choice.
const notes = 64

// noteOnce notes a finding unless its like has been noted.
func (p *Profile) noteOnce(d rule.Document, at xmlscan.Position, like, detail string) error {
	if p.noted[like] || len(p.noted) == notes {
		return nil
	}
	if err := d.Hold(entryBytes + len(like)); err != nil {
		return err
	}
	p.noted[like] = true
	return d.Note(at, detail)
}

// unprefixed returns the value of an attribute without a prefix, and where it stands.
func (p *Profile) unprefixed(d rule.Document, name string) (value string, at xmlscan.Position, found bool) {
	for i := range p.attrs {
		if a := &p.attrs[i]; a.Colon < 0 && !a.Declaration && string(a.Name) == name {
			return string(a.Value), d.AttrAt(i), true
		}
	}
	return "", d.At(), false
}
