package xmlscan

import "unicode/utf8"

// reference scans the reference at buf[pos] [67] and keeps what it stands for.
func (s *Scanner) reference() Kind {
	b := s.buf[s.pos:s.end]
	if len(b) < 2 {
		return More
	}
	if b[1] != '#' {
		return s.entity()
	}
	if len(b) < 3 {
		return More
	}
	s.base, s.value, s.digits = 10, 0, false
	s.pos += 2
	if b[2] == 'x' {
		s.base = 16
		s.pos++
	}
	return s.charRef()
}

// charRef scans the digits of a character reference [66], however many zeros lead them.
func (s *Scanner) charRef() Kind {
	for ; s.pos < s.end; s.pos++ {
		d := digit(s.buf[s.pos])
		if d >= s.base {
			break
		}
		// Beyond Unicode it does not matter how far.
		s.value, s.digits = min(s.value*s.base+d, utf8.MaxRune+1), true
	}
	if s.pos == s.end {
		if s.checkToken(s.shift+s.pos) == Failed {
			return Failed
		}
		return More
	}
	switch {
	case s.buf[s.pos] != ';' || !s.digits:
		return s.fail(s.pos, RuleNotWellFormed, "%s in a character reference [66]", s.describe(s.pos))
	case !isChar(s.value):
		return s.fail(s.pos, RuleNotWellFormed,
			"a reference to a character that no document can hold [66, legal character]")
	}
	s.pos++
	s.base = 0
	return s.put(s.value)
}

// digit returns the value of a hexadecimal digit, or 99.
func digit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	}
	return 99
}

// entity scans an entity reference [68]. Five entities need no declaration (4.6), and there is no
// declaration that would be read.
func (s *Scanner) entity() Kind {
	end, k := s.ncname(s.pos + 1)
	if k != None {
		return k
	}
	if end == s.end {
		return More
	}
	if s.buf[end] != ';' {
		return s.fail(end, RuleNotWellFormed, "%s in a reference, where ; must come; a plain & is written &amp; [68]",
			s.describe(end))
	}
	var r rune
	switch name := s.buf[s.pos+1 : end]; string(name) {
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
	s.pos = end + 1
	return s.put(r)
}
