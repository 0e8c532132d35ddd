package xmlscan

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// declaredEntity is an entity in the internal subset that is being read.
type declaredEntity struct {
	name, text string
}

// A literalEntity is an entity whose text is neither markup nor a reference.
type literalEntity struct {
	declaredEntity
	// its text where it is written as character data, and in an attribute value in either quote
	asText, asValue string
}

// A Replacement is what stands in the place of a reference to an entity, escaped as it must be there.
type Replacement struct {
	Start, End int // of the reference, in the document's UTF-8 form
	Text       string
}

const (
	// entityBytes is accounted for each entity beside its texts, replacementBytes for a Replacement.
	entityBytes = 96
	// maxEntities is the most that an internal subset declares: drawing programs write two dozen.
	maxEntities = 256
)

// subset reads the internal subset at hand: declarations of entities whose text is given in it and
// is neither markup nor a reference [28b, 71].
func (s *Scanner) subset(p *parser) {
	for p.i++; ; {
		p.space()
		switch {
		case p.stopped():
			return
		case p.peek() == ']':
			p.i++
			p.space()
			if !p.stopped() && p.peek() != '>' {
				p.fail("the document type declaration goes on where > must come [28]")
			} else if !p.stopped() {
				p.i++
			}
			return
		}
		start := p.i
		if !p.begins("<!ENTITY") {
			if !p.stopped() {
				p.i = start
				p.failAs(RuleInternalSubset,
					"an internal subset that holds more than declarations of entities: with LiteralEntities those alone are taken [28b]")
			}
			return
		}
		s.entityDeclaration(p, start)
		if p.stopped() {
			return
		}
	}
}

// begins moves over text, or reports that it does not stand here.
func (p *parser) begins(text string) bool {
	rest := p.b[p.i:]
	n := min(len(rest), len(text))
	if string(rest[:n]) != text[:n] {
		return false
	}
	p.i += n
	if n < len(text) {
		p.short = true
		return false
	}
	return true
}

// entityDeclaration reads the rest of a declaration [71].
func (s *Scanner) entityDeclaration(p *parser, start int) {
	p.mustSpace()
	if p.stopped() {
		return
	}
	if p.peek() == '%' {
		p.i = start
		p.failAs(RuleInternalSubset, "a parameter entity [72]")
		return
	}
	end, _, k := s.qname(s.pos + p.i)
	if k != None {
		p.short = true
		return
	}
	name := string(s.buf[s.pos+p.i : end])
	p.i = end - s.pos
	if strings.Contains(name, ":") {
		p.fail("an entity whose name has a colon (Namespaces in XML 1.0, 7)")
		return
	}
	p.mustSpace()
	if p.stopped() {
		return
	}
	if c := p.peek(); c == 'S' || c == 'P' {
		p.i = start
		p.failAs(RuleInternalSubset, "the entity "+limits.Quote(name)+" is external [75]")
		return
	}
	text := p.quoted(isAnything, "the text of an entity [9]")
	p.space()
	if p.stopped() {
		return
	}
	if p.peek() != '>' {
		p.fail("the declaration of an entity goes on where > must come [71]")
		return
	}
	p.i++
	if fault := s.unfit(p, name, text); fault != "" {
		p.i = start
		p.failAs(RuleInternalSubset, "the entity "+limits.Quote(name)+" "+fault)
		return
	}
	p.entities = append(p.entities, declaredEntity{name, normalizeLines(text)})
}

// unfit says why an entity is not taken.
func (s *Scanner) unfit(p *parser, name, text string) string {
	switch name {
	case "lt", "gt", "amp", "quot", "apos":
		return "is declared, and XML itself has it (4.6)"
	}
	if _, known := htmlText([]byte(name)); known && s.cfg.HTML {
		return "is declared, and XHTML has it"
	}
	for _, e := range p.entities {
		if e.name == name {
			return "is declared twice: programs differ in which one counts"
		}
	}
	switch {
	case strings.ContainsAny(text, "<&%"):
		return "holds markup or references"
	case len(p.entities) == maxEntities:
		return "is one of more than 256"
	}
	return ""
}

// normalizeLines makes each line end a line feed (2.11).
func normalizeLines(text string) string {
	if !strings.Contains(text, "\r") {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

// declareEntities takes the entities that a document type declaration has declared.
func (s *Scanner) declareEntities(p *parser) bool {
	for _, e := range p.entities {
		if !s.hold(entityBytes + 4*len(e.text) + len(e.name)) {
			return false
		}
		s.entities = append(s.entities, literalEntity{e, escapeText(e.text), escapeValue(e.text)})
	}
	return true
}

// expand replaces a reference to an entity that is declared, or that XHTML has.
func (s *Scanner) expand(name []byte, end int) Kind {
	text, asText, asValue, known := s.lookup(name)
	if !known {
		return s.fail(s.pos, RuleEntity, "a reference to the entity %s, which is none of lt, gt, amp, quot and apos",
			limits.Quote(string(name)))
	}
	escaped := asText
	if s.state == inValue {
		escaped = asValue
	}
	if err := s.cfg.Meter.Spend(limits.OutputBytes, int64(len(text))); err != nil {
		s.err = err
		return Failed
	}
	if s.cfg.Replaced {
		if !grow(s, &s.replacements, 1) {
			return Failed
		}
		s.replacements = append(s.replacements, Replacement{s.shift + s.pos, s.shift + end, escaped})
	}
	s.pos = end
	if !s.keeping {
		return None
	}
	if s.state == inValue {
		text = eachSpace(text)
	}
	return s.keep([]byte(text))
}

// lookup returns what an entity stands for, and how that is written.
func (s *Scanner) lookup(name []byte) (text, asText, asValue string, known bool) {
	for i := range s.entities {
		if e := &s.entities[i]; e.name == string(name) {
			return e.text, e.asText, e.asValue, true
		}
	}
	if s.cfg.HTML {
		text, known = htmlText(name)
	}
	return text, text, text, known
}

// Replacements returns what has been replaced since the last Fill, in the order of the document.
func (s *Scanner) Replacements() []Replacement { return s.replacements }

// escapeText writes text as character data.
func escapeText(text string) string { return strings.ReplaceAll(text, ">", "&gt;") }

// escapeValue writes text in an attribute value, in either quote.
func escapeValue(text string) string {
	return strings.NewReplacer(">", "&gt;", `"`, "&quot;", "'", "&#39;", "\t", " ", "\n", " ").Replace(text)
}

// eachSpace makes a space of each white space (3.3.3).
func eachSpace(text string) string {
	if !strings.ContainsAny(text, "\t\n") {
		return text
	}
	return strings.NewReplacer("\t", " ", "\n", " ").Replace(text)
}
