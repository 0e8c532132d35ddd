package signed

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
)

// soapKind returns the kind of an element of SOAP.
func soapKind(local string) kind {
	switch local {
	case "Envelope":
		return soapEnvelope
	case "Header":
		return soapHeader
	case "Body":
		return soapBody
	}
	return other
}

// soapPlace holds the parts of a SOAP envelope to their places. A signed Body that has been moved
// into the Header, or into an element there, still has the ID that the signature refers to, and the
// program acts on another.
func (p *Profile) soapPlace(d rule.Document, e *frame) error {
	parent := p.parent()
	e.header = parent.header || e.kind == soapHeader
	switch e.kind {
	case soapHeader, soapBody:
		if len(p.open) == 0 {
			return nil // A part of an envelope.
		}
	case soapEnvelope:
		if !e.header {
			return nil
		}
	default:
		return nil
	}
	name := limits.Quote(p.elementName(d))
	if parent.kind != soapEnvelope || e.kind == soapEnvelope {
		return d.Refuse(RuleSignatureShape, d.At(), "the element "+name+
			" of SOAP outside of its place in an envelope, where a signature still finds it")
	}
	bit := 1
	if e.kind == soapBody {
		bit = 2
	}
	if parent.count&bit != 0 {
		return d.Refuse(RuleSignatureShape, d.At(), "a second "+name+" in one envelope")
	}
	parent.count |= bit
	return nil
}
