package signed

import (
	"bytes"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/rule"
	"github.com/seed73825598/airlock/safexml/internal/xmlscan"
)

// An id is one value that identifies elements.
type id struct {
	elements int              // how many elements have it
	last     int64            // the last of them
	strong   bool             // under a name that is an ID wherever it stands
	second   xmlscan.Position // where the second element has it
}

// A reference is a same-document URI of a ds:Reference.
type reference struct {
	name string
	at   xmlscan.Position
}

// collectIDs takes the IDs of the start tag, and the values that its attributes name.
func (p *Profile) collectIDs(d rule.Document, e *frame) error {
	for i := range p.attrs {
		a := &p.attrs[i]
		if a.Declaration {
			continue
		}
		if name, ok := namedBy(a.Value); ok && !a.Cut {
			if err := p.name(d, name); err != nil {
				return err
			}
		}
		if strong, weak := identifies(a); strong || weak {
			if err := p.identify(d, a, strong, d.AttrAt(i)); err != nil {
				return err
			}
			if p.cfg.SAML && a.Colon < 0 && e.family.singular() {
				e.id = string(a.Value)
			}
		}
	}
	return nil
}

// identifies reports whether programs take an attribute for an ID: always, or only if the document
// names its value. A plain "id" is as often the number of a row.
func identifies(a *xmlscan.Attr) (strong, weak bool) {
	name := local(a)
	if !isIDName(name) {
		return false, false
	}
	strong = string(name) != "id" || isStandardID(a)
	return strong, !strong
}

// collapse returns an ID as XML 1.0, 3.3.3 has it: white space around it does not count.
func collapse(value []byte) string { return strings.Join(strings.Fields(string(value)), " ") }

// identify takes an ID and refuses one that another element has already.
func (p *Profile) identify(d rule.Document, a *xmlscan.Attr, strong bool, at xmlscan.Position) error {
	value := collapse(a.Value)
	if a.Cut {
		return d.Refuse(RuleDuplicateID, at, "an ID longer than 64 KiB, which is not compared")
	}
	known := p.ids[value]
	if known == nil {
		if err := d.Hold(entryBytes + len(value)); err != nil {
			return err
		}
		p.ids[value] = &id{elements: 1, last: p.elements, strong: strong}
		return nil
	}
	if known.last == p.elements { // The same element again, as xml:id.
		known.strong = known.strong || strong
		return nil
	}
	if known.strong && strong {
		return p.duplicate(d, value, at)
	}
	known.elements++
	known.last = p.elements
	known.strong = known.strong || strong
	if known.elements == 2 {
		known.second = at
	}
	return nil
}

func (p *Profile) duplicate(d rule.Document, value string, at xmlscan.Position) error {
	return d.Refuse(RuleDuplicateID, at, "the ID "+limits.Quote(value)+" is there already")
}

// name remembers a value that some attribute refers to.
func (p *Profile) name(d rule.Document, value string) error {
	if p.named[value] {
		return nil
	}
	if err := d.Hold(entryBytes + len(value)); err != nil {
		return err
	}
	p.named[value] = true
	return nil
}

// namedBy returns the ID that a value such as "#value" refers to.
func namedBy(value []byte) (name string, ok bool) {
	value = bytes.TrimSpace(value)
	if len(value) < 2 || value[0] != '#' {
		return "", false
	}
	name, _ = pointed(string(value[1:]))
	return name, true
}

// pointed returns the ID in a fragment: a bare name, or the pointer that XML Signature, 4.4.3.2 has
// for one. known is false for a pointer of another kind.
func pointed(fragment string) (name string, known bool) {
	for _, quote := range []string{"'", `"`} {
		rest, ok := strings.CutPrefix(fragment, "xpointer(id("+quote)
		if !ok {
			continue
		}
		if name, ok = strings.CutSuffix(rest, quote+"))"); ok && !strings.ContainsAny(name, `'"()`) {
			return name, true
		}
	}
	return fragment, !strings.ContainsAny(fragment, "()%/ ")
}

// refer takes the URI of a ds:Reference that stays in the document.
func (p *Profile) refer(d rule.Document, fragment string, at xmlscan.Position) error {
	if fragment == "xpointer(/)" {
		return nil // The whole document.
	}
	name, known := pointed(fragment)
	if !known {
		return d.Refuse(RuleSignatureShape, at, "a Reference to "+limits.Quote("#"+fragment)+
			", which programs resolve differently or not at all: use the ID of one element")
	}
	if err := d.Hold(entryBytes + len(name)); err != nil {
		return err
	}
	p.references = append(p.references, reference{name, at})
	return nil
}

// resolve refuses, at the end of the document, IDs that it names and that are not unique, and
// References to no element. An element that has been encrypted after it was signed is not there.
func (p *Profile) resolve(d rule.Document) error {
	if err := d.Step(int64(len(p.ids))); err != nil {
		return err
	}
	var first *id
	value := ""
	for v, known := range p.ids {
		if known.elements > 1 && p.named[v] && (first == nil || known.second.Offset < first.second.Offset) {
			first, value = known, v
		}
	}
	if first != nil {
		return p.duplicate(d, value, first.second)
	}
	for _, r := range p.references {
		if p.ids[r.name] == nil && !p.encrypted {
			return d.Refuse(RuleSignatureShape, r.at, "a Reference to "+limits.Quote("#"+r.name)+
				", an ID that no element has")
		}
	}
	return nil
}
