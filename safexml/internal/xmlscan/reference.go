package xmlscan

import "github.com/seed73825598/airlock/limits"

// reference scans the reference at buf[pos] [67] and keeps what it stands for.
func (s *Scanner) reference() Kind {
	b := s.win.rest()
	if len(b) < 2 {
		return More
	}
	if b[1] != '#' {
		return s.entity()
	}
	if len(b) < 3 {
		return More
	}
	s.tok.ref = charRef{base: 10}
	s.win.pos += 2
	if b[2] == 'x' {
		s.tok.ref.base = 16
		s.win.pos++
	}
	return s.charRef()
}

// charRef scans the digits of a character reference [66], however many zeros lead them.
func (s *Scanner) charRef() Kind {
	for s.win.pos < s.win.end && s.tok.ref.digit(s.win.buf[s.win.pos]) {
		s.win.pos++
	}
	if s.win.pos == s.win.end {
		if s.checkToken(s.win.here()) == Failed {
			return Failed
		}
		return More
	}
	switch {
	case s.win.buf[s.win.pos] != ';' || !s.tok.ref.digits:
		return s.fail(s.win.pos, RuleNotWellFormed, "%s in a character reference [66]", s.describe(s.win.pos))
	case !isChar(s.tok.ref.value):
		return s.fail(s.win.pos, RuleNotWellFormed,
			"a reference to a character that no document can hold [66, legal character]")
	}
	s.win.pos++
	s.tok.ref.base = 0
	return s.put(s.tok.ref.value)
}

// entity scans an entity reference [68]. Five entities need no declaration (4.6), and there is no
// declaration that would be read.
func (s *Scanner) entity() Kind {
	end, k := s.ncname(s.win.pos + 1)
	if k != None {
		return k
	}
	if end == s.win.end {
		return More
	}
	if s.win.buf[end] != ';' {
		return s.fail(end, RuleNotWellFormed, "%s in a reference, where ; must come; a plain & is written &amp; [68]",
			s.describe(end))
	}
	var r rune
	switch name := s.win.buf[s.win.pos+1 : end]; string(name) {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "quot":
		r = '"'
	case "apos":
		r = '\''
	default:
		return s.expand(name, end+1)
	}
	s.win.pos = end + 1
	return s.put(r)
}

// expand replaces a reference to an entity that is declared, or that XHTML has.
func (s *Scanner) expand(name []byte, end int) Kind {
	text, asText, asValue, known := s.ents.lookup(name)
	if !known {
		return s.fail(s.win.pos, RuleEntity, "a reference to the entity %s, which is none of lt, gt, amp, quot and apos",
			limits.Quote(string(name)))
	}
	escaped := asText
	if s.state == inValue {
		escaped, text = asValue, eachSpace(text)
	}
	if err := s.cost.meter.Spend(limits.OutputBytes, int64(len(text))); err != nil {
		return s.charge(err)
	}
	if s.cfg.Replaced {
		r := Replacement{Start: s.win.here(), End: s.win.shift + end, Text: escaped}
		if err := s.ents.replace(s.cost.meter, r); err != nil {
			return s.charge(err)
		}
	}
	s.win.pos = end
	if !s.tok.keeping {
		return None
	}
	return s.charge(s.tok.keep(s.cost.meter, []byte(text)))
}
