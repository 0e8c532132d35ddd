package signed

import (
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
)

// How much a signature may have. Honest ones have a tenth of it.
const (
	maxReferences = 64
	maxTransforms = 8
	many          = 1 << 30
)

// A particle is one place in a content model.
type particle struct {
	kind     kind
	name     string
	min, max int
}

// model returns the content model of an element of XML Signature (4, 5.1), and whether it has one
// that is held to.
func (k kind) model() (particles []particle, held bool) {
	switch k {
	case signature:
		return []particle{{signedInfo, "SignedInfo", 1, 1}, {signatureValue, "SignatureValue", 1, 1},
			{keyInfo, "KeyInfo", 0, 1}, {object, "Object", 0, many}}, true
	case signedInfo:
		return []particle{{canonicalizationMethod, "CanonicalizationMethod", 1, 1},
			{signatureMethod, "SignatureMethod", 1, 1}, {dsReference, "Reference", 1, maxReferences}}, true
	case dsReference:
		return []particle{{transforms, "Transforms", 0, 1}, {digestMethod, "DigestMethod", 1, 1},
			{digestValue, "DigestValue", 1, 1}}, true
	case transforms:
		return []particle{{transform, "Transform", 1, maxTransforms}}, true
	case manifest:
		return []particle{{dsReference, "Reference", 1, maxReferences}}, true
	case signatureValue, digestValue, outputLength, xpathOf, filterOf, keyText, inclusive:
		return nil, true // Text alone.
	default:
		return nil, false
	}
}

// signature applies the rules for XML Signature and XML Encryption to a start tag.
func (p *Profile) signature(d rule.Document, e *frame) error {
	switch {
	case e.kind == retrieval, e.kind == dsReference && !p.cfg.SAML:
		if err := p.uri(d, e.kind); err != nil {
			return err
		}
	case e.kind == outputLength:
		d.KeepText()
		p.hmac = hmac{}
	case e.kind == transform:
		if err := p.transform(d, e); err != nil {
			return err
		}
	case e.kind == canonicalizationMethod && !p.cfg.SAML:
		if algorithm, at, _ := p.unprefixed(d, "Algorithm"); runsCode(algorithm) {
			if err := d.Refuse(rule.Active, at, "the canonicalization "+limits.Quote(algorithm)+
				" runs what the document says"); err != nil {
				return err
			}
		}
	}
	if err := p.enter(d, e); err != nil {
		return err
	}
	return p.xpathStart(d, e)
}

// enter holds an element to the content model of its parent, and those that a program may look for
// anywhere to the parents they have.
func (p *Profile) enter(d rule.Document, e *frame) error {
	parent := p.parent()
	particles, held := parent.kind.model()
	if !held {
		return p.outside(d, e, parent)
	}
	for i := parent.stage; i < len(particles); i++ {
		w := &particles[i]
		if w.kind == e.kind {
			if i > parent.stage {
				parent.stage, parent.count = i, 0
			}
			if parent.count++; parent.count > w.max {
				return p.misshapen(d, particles, "more than "+strconv.Itoa(w.max)+" of "+w.name)
			}
			return nil
		}
		if i == parent.stage && parent.count >= w.min {
			continue
		}
		if w.min > 0 {
			break
		}
	}
	return p.misshapen(d, particles, "the element "+limits.Quote(p.elementName(d)))
}

func (p *Profile) elementName(d rule.Document) string {
	raw, _ := d.Name()
	return string(raw)
}

// misshapen refuses an element that does not stand where its parent has a place for it.
func (p *Profile) misshapen(d rule.Document, particles []particle, what string) error {
	names := make([]string, 0, len(particles))
	for _, w := range particles {
		names = append(names, w.name)
	}
	should := "text alone"
	if len(names) > 0 {
		should = strings.Join(names, ", ") + " in this order"
	}
	return d.Refuse(RuleSignatureShape, d.At(), what+" where XML Signature has "+should)
}

// outside judges an element whose parent is not held to a content model. Elements that a program
// may look for anywhere in the document, and take for part of a signature, stand in the signature
// alone, and in the vocabularies that are known to have them besides.
func (p *Profile) outside(d rule.Document, e, parent *frame) error {
	switch e.kind {
	case signedInfo, signatureValue:
	case inclusive:
		if parent.count++; parent.count > 1 {
			return d.Refuse(RuleSignatureShape, d.At(), "a second "+limits.Quote(p.elementName(d))+
				", and programs differ in which of them they follow")
		}
		return nil
	case dsReference, digestValue:
		if parent.family == holder && !p.cfg.SAML {
			return nil
		}
	case transform:
		if parent.family == xenc || parent.family == holder {
			return nil
		}
	default:
		return nil
	}
	return d.Refuse(RuleSignatureShape, d.At(), "the element "+limits.Quote(p.elementName(d))+
		" outside of a signature, where a program may take it for part of one")
}

// complete refuses an element that ends without what it must have.
func (p *Profile) complete(d rule.Document, e *frame) error {
	particles, _ := e.kind.model()
	for i := e.stage; i < len(particles); i++ {
		if w := &particles[i]; i == e.stage && e.count < w.min || i > e.stage && w.min > 0 {
			return d.Refuse(RuleSignatureShape, d.At(), limits.Quote(p.elementName(d))+" ends without "+w.name)
		}
	}
	return nil
}

// uri judges what a Reference, or one of its like, points to.
func (p *Profile) uri(d rule.Document, k kind) error {
	uri, at, found := p.unprefixed(d, "URI")
	name := p.elementName(d)
	switch {
	case !found && k == dsReference:
		return p.noteOnce(d, at, "no URI", "a Reference without a URI: which data it signs is not said")
	case uri == "":
		return nil
	case strings.HasPrefix(strings.ToLower(uri), "cid:"):
		return p.noteOnce(d, at, "cid "+uri, "a "+limits.Quote(name)+" to "+limits.Quote(uri)+
			", another part of the same message")
	case uri[0] != '#':
		return d.Refuse(rule.External, at,
			"a "+limits.Quote(name)+" to "+limits.Quote(uri)+" outside the document")
	case k != dsReference || p.parent().family == holder:
		// A receipt repeats the References of the message that it is for.
		return nil
	}
	return p.refer(d, uri[1:], at)
}
