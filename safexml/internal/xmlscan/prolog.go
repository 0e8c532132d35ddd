package xmlscan

import "unicode/utf8"

// outside scans what may stand before and after the root element: white space, comments and
// processing instructions [27]; before it a document type declaration, and the root element itself
// [22].
func (s *Scanner) outside() Kind {
	for s.win.pos < s.win.end && isSpace(s.win.buf[s.win.pos]) {
		s.win.pos++
	}
	if s.win.end-s.win.pos < 2 {
		if s.win.pos < s.win.end && s.win.buf[s.win.pos] != '<' {
			return s.strayText()
		}
		return More
	}
	if s.win.buf[s.win.pos] != '<' {
		return s.strayText()
	}
	switch s.win.buf[s.win.pos+1] {
	case '?':
		return s.procInst()
	case '!':
		return s.outsideBang()
	}
	if s.state == inEpilog {
		return s.fail(s.win.pos, RuleNotWellFormed, "a second root element, or an end tag after the root element [1]")
	}
	k := s.startTag()
	s.tree.rooted = len(s.tree.open) > 0
	return k
}

// strayText refuses text beside the root element.
func (s *Scanner) strayText() Kind {
	switch b := s.win.rest(); {
	case b[0] < ' ':
		if _, k := s.beyondASCII(s.win.pos); k != None {
			return k
		}
	case b[0] >= utf8.RuneSelf && !utf8.FullRune(b):
		return More // The rest of it decides whether this is text at all.
	case b[0] >= utf8.RuneSelf:
		// One character, and not the run that it begins: how much of that is in the window is
		// chance.
		if r, size := utf8.DecodeRune(b); size == 1 || s.win.ascii {
			return s.failEncoding(s.win.pos)
		} else if !isChar(r) {
			return s.fail(s.win.pos, RuleNotWellFormed, "the character U+%04X, which no document can hold [2]", r)
		}
	}
	if s.state == inProlog {
		return s.fail(s.win.pos, RuleNotWellFormed, "text before the root element [22]")
	}
	return s.fail(s.win.pos, RuleNotWellFormed, "text after the root element [27]")
}

// outsideBang scans the beginning of what begins with <! beside the root element.
func (s *Scanner) outsideBang() Kind {
	rest := s.win.rest()
	if len(rest) < 3 {
		return More
	}
	if rest[2] != 'D' {
		return s.comment()
	}
	if s.state == inEpilog || s.doc.seen {
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
	return s.fail(s.win.pos, RuleNotWellFormed,
		"a document type declaration that is not the first or does not stand before the root element [22]")
}
