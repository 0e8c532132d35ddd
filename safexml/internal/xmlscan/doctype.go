package xmlscan

import "github.com/seed73825598/airlock/limits"

// doctype is the document type declaration.
type doctype struct {
	seen           bool
	start, end     int // offsets
	public, system string
	identified     bool // there is a system identifier
	subset         bool // there is an internal subset
}

// doctype scans a document type declaration [28], if there may be one.
func (s *Scanner) doctype() Kind {
	if k := s.literal("<!DOCTYPE"); k != None {
		return k
	}
	if s.cfg.Doctypes == NoDoctype {
		return s.failDoctype()
	}
	rest := s.part.dueIn(s.win.rest())
	if rest == nil {
		return More
	}
	p := &parser{b: rest, i: len("<!DOCTYPE"), asciiOnly: s.win.ascii}
	s.parseDoctype(p)
	switch {
	case s.err != nil:
		return Failed
	case p.fault != "" && p.rule == RuleInternalSubset && s.cfg.Doctypes == BareDoctype:
		return s.failDoctype()
	case p.fault != "":
		return s.fail(s.win.pos+p.i, p.rule, "%s", p.fault)
	case p.short:
		return s.cutOff()
	case s.cfg.Doctypes == BareDoctype && (s.doc.public != "" || s.doc.identified):
		return s.failDoctype()
	}
	if err := s.ents.declare(s.cost.meter, p.entities); err != nil {
		return s.charge(err)
	}
	s.tok.begin(s.win.here())
	s.doc.start, s.doc.end = s.win.here(), s.win.here()+p.i
	s.win.pos += p.i
	s.part = partial{}
	s.doc.seen = true
	if s.cfg.Stop.has(Doctype) {
		return Doctype
	}
	return None
}

// failDoctype refuses the document type declaration at hand.
func (s *Scanner) failDoctype() Kind {
	return s.fail(s.win.pos, RuleDoctype,
		"a document type declaration: a parser after this one could fetch and expand what it names")
}

// parseDoctype reads [28] and the external identifier [75]; the internal subset where one is taken.
func (s *Scanner) parseDoctype(p *parser) {
	p.mustSpace()
	if p.stopped() {
		return
	}
	end, _, k := s.qname(s.win.pos + p.i)
	if k != None {
		p.short = true
		return
	}
	name := s.win.buf[s.win.pos+p.i : end]
	p.i = end - s.win.pos
	s.doc.public, s.doc.system, s.doc.identified = "", "", false
	p.entities = p.entities[:0]
	if p.space() && !p.stopped() && p.peek() != '[' && p.peek() != '>' {
		if p.word("PUBLIC", "SYSTEM") == "PUBLIC" {
			p.mustSpace()
			s.doc.public = p.quoted(isPubid, "a public identifier [12]")
		}
		p.mustSpace()
		s.doc.system, s.doc.identified = p.quoted(isAnything, "a system identifier [11]"), true
		p.space()
	}
	switch {
	case p.stopped():
	case p.peek() == '[' && s.cfg.Literal:
		s.doc.subset = true
		s.subset(p)
	case p.peek() == '[':
		p.failAs(RuleInternalSubset,
			"the document type declaration of "+limits.Quote(string(name))+" has an internal subset [28b]")
	case p.peek() != '>':
		p.fail("the document type declaration goes on where > must come [28]")
	default:
		p.i++
	}
}
