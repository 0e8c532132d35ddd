package safexml

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/setup"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// Signed takes documents whose signature somebody checks: SAML, SOAP with WS-Security, signed
// invoices. Such a document must be the same to the program that checks and to the one that acts,
// so besides the rules for all documents it may have no comment, processing instruction or CDATA
// section ([RuleSignedNode]), no ID twice, whatever the attribute is called that holds it
// ([RuleDuplicateID]), no reference or key from outside the document ([RuleExternalReference]), and
// no transform that runs code ([RuleActiveContent]).
//
// The streaming faces keep the whole document, within MemoryBytes, until it has passed: the second
// of two equal IDs may stand at its end. What is accepted, written again token by token with the
// usual escapes, has the same tokens.
func Signed() Option {
	return func(c *setup.Config) { c.Choose(profileSigned) }
}

// signed is the profile of documents with signatures.
type signed struct {
	ids map[string]bool
}

func (p *signed) holds() bool { return true }

func (p *signed) keeps() xmlscan.Set { return 0 }

func (p *signed) start(r *reading) error {
	s := r.scan
	name, colon := s.Name()
	v, local := vocabulary(s.Vocabulary()), string(name[colon+1:])
	for i := range s.Attrs() {
		a := s.Attr(i)
		if a.Declaration {
			continue
		}
		if isID(&a) {
			if err := p.id(r, &a, s.AttrAt(i)); err != nil {
				return err
			}
		}
		if v != vocabSignature && v != vocabEncryption || a.Colon >= 0 {
			continue
		}
		switch attr := string(a.Name); {
		case attr == "URI":
			if err := p.reference(r, local, &a, s.AttrAt(i)); err != nil {
				return err
			}
		case attr == "Algorithm" && local == "Transform" && runsCode(string(a.Value)):
			if err := r.refuse(RuleActiveContent, s.AttrAt(i),
				"the transform "+limits.Quote(string(a.Value))+" runs what the document says"); err != nil {
				return err
			}
		}
	}
	return nil
}

// isID reports whether programs take the attribute for an ID: by the schemas of SAML 1 and 2, XML
// Signature, XML Encryption and WS-Security, by xml:id, and by habit.
func isID(a *xmlscan.Attr) bool {
	local := a.Name[a.Colon+1:]
	if v := vocabulary(a.Vocabulary); v == vocabXML || v == vocabWSSecurity {
		return bytes.EqualFold(local, []byte("id"))
	}
	if a.Colon >= 0 {
		return false
	}
	switch string(local) {
	case "AssertionID", "RequestID", "ResponseID":
		return true
	}
	return bytes.EqualFold(local, []byte("id"))
}

// idBytes is what an ID takes beside its text: its place in a map that doubles.
const idBytes = 64

// id takes an ID and refuses one that is there already. As XML 1.0, 3.3.3 has it, white space
// around it does not count.
func (p *signed) id(r *reading, a *xmlscan.Attr, at xmlscan.Position) error {
	value := strings.Join(strings.Fields(string(a.Value)), " ")
	if a.Cut {
		return r.refuse(RuleDuplicateID, at, "an ID longer than 64 KiB, which is not compared")
	}
	if p.ids[value] {
		return r.refuse(RuleDuplicateID, at, "the ID "+limits.Quote(value)+" is there already")
	}
	if err := r.hold(idBytes + len(value)); err != nil {
		return err
	}
	p.ids[value] = true
	return nil
}

// reference refuses what leads out of the document.
func (p *signed) reference(r *reading, local string, a *xmlscan.Attr, at xmlscan.Position) error {
	switch local {
	case "Reference", "RetrievalMethod", "KeyInfoReference", "CipherReference", "DataReference", "KeyReference":
	default:
		return nil
	}
	if len(a.Value) == 0 || a.Value[0] == '#' {
		return nil
	}
	return r.refuse(RuleExternalReference, at, "a "+local+" to "+limits.Quote(string(a.Value))+" outside the document")
}

// runsCode reports whether a transform of XML Signature is a program that comes with the document.
func runsCode(algorithm string) bool {
	switch strings.TrimSpace(algorithm) {
	case "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/TR/1999/REC-xpath-19991116",
		"http://www.w3.org/2002/06/xmldsig-filter2":
		return true
	}
	return false
}

func (p *signed) end(*reading) error { return nil }

func (p *signed) text(r *reading, kind xmlscan.Kind, _ []byte) error {
	if kind == xmlscan.CDATA {
		return p.refuse(r, "a CDATA section")
	}
	return nil
}

func (p *signed) node(r *reading, kind xmlscan.Kind) error {
	if kind == xmlscan.Comment {
		return p.refuse(r, "a comment")
	}
	if kind == xmlscan.ProcInst {
		return p.refuse(r, "a processing instruction")
	}
	return nil
}

func (p *signed) refuse(r *reading, what string) error {
	return r.refuse(RuleSignedNode, r.scan.At(),
		what+" in a document that is signed: programs differ in whether they see it, and what it divides")
}

func (p *signed) finish(*reading) error { return nil }
