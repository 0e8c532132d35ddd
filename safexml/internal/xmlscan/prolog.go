package xmlscan

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// outside scans what may stand before and after the root element: white space, comments and
// processing instructions [27]; before it a document type declaration, and the root element itself
// [22].
func (s *Scanner) outside() Kind {
	for s.pos < s.end && isSpace(s.buf[s.pos]) {
		s.pos++
	}
	if s.end-s.pos < 2 {
		if s.pos < s.end && s.buf[s.pos] != '<' {
			return s.strayText()
		}
		return More
	}
	if s.buf[s.pos] != '<' {
		return s.strayText()
	}
	switch s.buf[s.pos+1] {
	case '?':
		return s.procInst()
	case '!':
		return s.outsideBang()
	}
	if s.state == inEpilog {
		return s.fail(s.pos, RuleNotWellFormed, "a second root element, or an end tag after the root element [1]")
	}
	k := s.startTag()
	s.seenRoot = len(s.open) > 0
	return k
}

// strayText refuses text beside the root element.
func (s *Scanner) strayText() Kind {
	switch b := s.buf[s.pos:s.end]; {
	case b[0] < ' ':
		if _, k := s.beyondASCII(s.pos); k != None {
			return k
		}
	case b[0] >= utf8.RuneSelf && !utf8.FullRune(b):
		return More // The rest of it decides whether this is text at all.
	case b[0] >= utf8.RuneSelf:
		// One character, and not the run that it begins: how much of that is in the window is
		// chance.
		if r, size := utf8.DecodeRune(b); size == 1 || s.asciiOnly {
			return s.failEncoding(s.pos)
		} else if !isChar(r) {
			return s.fail(s.pos, RuleNotWellFormed, "the character U+%04X, which no document can hold [2]", r)
		}
	}
	if s.state == inProlog {
		return s.fail(s.pos, RuleNotWellFormed, "text before the root element [22]")
	}
	return s.fail(s.pos, RuleNotWellFormed, "text after the root element [27]")
}

// outsideBang scans the beginning of what begins with <! beside the root element.
func (s *Scanner) outsideBang() Kind {
	rest := s.buf[s.pos:s.end]
	if len(rest) < 3 {
		return More
	}
	if rest[2] != 'D' {
		return s.comment()
	}
	if s.state == inEpilog || s.doctyped {
		return s.misplacedDoctype()
	}
	return s.doctype()
}

// misplacedDoctype refuses a document type declaration that does not stand before the root element,
// or is not the first.
func (s *Scanner) misplacedDoctype() Kind {
	if k := s.literal("<!DOCTYPE"); k != None {
		return k
	}
	return s.fail(s.pos, RuleNotWellFormed,
		"a document type declaration that is not the first or does not stand before the root element [22]")
}

// doctype scans a document type declaration [28], if there may be one.
func (s *Scanner) doctype() Kind {
	if k := s.literal("<!DOCTYPE"); k != None {
		return k
	}
	if s.cfg.Doctypes == NoDoctype {
		return s.failDoctype()
	}
	p := &parser{b: s.buf[s.pos:s.end], i: len("<!DOCTYPE"), asciiOnly: s.asciiOnly}
	s.parseDoctype(p)
	switch {
	case s.err != nil:
		return Failed
	case p.fault != "" && p.rule == RuleInternalSubset && s.cfg.Doctypes == BareDoctype:
		return s.failDoctype()
	case p.fault != "":
		return s.fail(s.pos+p.i, p.rule, "%s", p.fault)
	case p.short:
		return s.cutOff()
	case s.cfg.Doctypes == BareDoctype && (s.public != "" || s.identified):
		return s.failDoctype()
	}
	if !s.declareEntities(p) {
		return Failed
	}
	s.begin()
	s.typeStart, s.typeEnd = s.shift+s.pos, s.shift+s.pos+p.i
	s.pos += p.i
	s.doctyped = true
	if s.cfg.Stop.has(Doctype) {
		return Doctype
	}
	return None
}

// failDoctype refuses the document type declaration at hand.
func (s *Scanner) failDoctype() Kind {
	return s.fail(s.pos, RuleDoctype,
		"a document type declaration: a parser behind this one could fetch and expand what it names")
}

// cutOff asks for more of a declaration that must be seen whole, up to a bound that no honest one
// comes near.
func (s *Scanner) cutOff() Kind {
	if s.end-s.pos < declarationBytes {
		return More
	}
	if s.settle(s.shift+s.pos+declarationBytes) == Failed {
		return Failed
	}
	return s.fail(s.pos, RuleNotWellFormed, "a declaration longer than 16 KiB, which is not read")
}

// parseDoctype reads [28] and the external identifier [75]; the internal subset where one is taken.
func (s *Scanner) parseDoctype(p *parser) {
	p.mustSpace()
	if p.stopped() {
		return
	}
	end, _, k := s.qname(s.pos + p.i)
	if k != None {
		p.short = true
		return
	}
	name := s.buf[s.pos+p.i : end]
	p.i = end - s.pos
	s.public, s.system, s.identified = "", "", false
	p.entities = p.entities[:0]
	if p.space() && !p.stopped() && p.peek() != '[' && p.peek() != '>' {
		if p.word("PUBLIC", "SYSTEM") == "PUBLIC" {
			p.mustSpace()
			s.public = p.quoted(isPubid, "a public identifier [12]")
		}
		p.mustSpace()
		s.system, s.identified = p.quoted(isAnything, "a system identifier [11]"), true
		p.space()
	}
	switch {
	case p.stopped():
	case p.peek() == '[' && s.cfg.Literal:
		s.subsetted = true
		s.subset(p)
	case p.peek() == '[':
		p.failAs(RuleInternalSubset, "the document type declaration of "+limits.Quote(string(name))+" has an internal subset [28b]")
	case p.peek() != '>':
		p.fail("the document type declaration goes on where > must come [28]")
	default:
		p.i++
	}
}
