package xmlscan

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
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
					"an internal subset that holds more than declarations of entities: with LiteralEntities those alone are taken "+
						"[28b]")
			}
			return
		}
		s.entityDeclaration(p, start)
		if p.stopped() {
			return
		}
	}
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
	end, _, k := s.qname(s.win.pos + p.i)
	if k != None {
		p.short = true
		return
	}
	name := string(s.win.buf[s.win.pos+p.i : end])
	p.i = end - s.win.pos
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
	if fault := s.ents.unfit(p.entities, name, text); fault != "" {
		p.i = start
		p.failAs(RuleInternalSubset, "the entity "+limits.Quote(name)+" "+fault)
		return
	}
	p.entities = append(p.entities, declaredEntity{name, normalizeLines(text)})
}
