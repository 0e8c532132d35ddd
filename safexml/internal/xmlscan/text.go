package xmlscan

import (
	"bytes"
	"unicode/utf8"
)

// content scans what stands in an element [43]: a run of character data, or what begins with <.
func (s *Scanner) content() Kind {
	if s.tokenStart >= 0 {
		return s.text()
	}
	if s.allPlain {
		s.plain()
	}
	if s.pos == s.end {
		return More
	}
	if s.buf[s.pos] == '<' {
		return s.markup()
	}
	s.begin()
	s.tokenStart, s.item, s.keeping = s.start, 0, s.cfg.Keep.has(Text)
	return s.text()
}

// text scans character data [14] and references [67].
func (s *Scanner) text() Kind {
	if s.base != 0 {
		if k := s.charRef(); k != None {
			return k
		}
	}
	b, i := s.buf[:s.end], s.pos
	for {
		i = skipText(b, i)
		if i == len(b) {
			return s.piece(i)
		}
		switch c := b[i]; c {
		case '<':
			return s.endText(i)
		case '\t', '\n':
			i++
		case '\r':
			end, k := s.lineEnd(i)
			if k != None {
				return k
			}
			i = end
		case '&':
			if s.take(i) == Failed {
				return Failed
			}
			if k := s.reference(); k != None {
				return k
			}
			i = s.pos
		case ']':
			if rest := b[i:]; bytes.HasPrefix(rest, []byte("]]>")) {
				return s.fail(i, RuleNotWellFormed, "]]> in character data: write ]]&gt; [14]")
			} else if len(rest) < 3 && rest[len(rest)-1] == ']' {
				return s.piece(i)
			}
			i++
		default:
			end, k := s.beyondASCII(i)
			if k != None {
				return k
			}
			i = end
			if i < len(b) && b[i] >= utf8.RuneSelf {
				return s.piece(i)
			}
		}
	}
}

// endText ends a run of character data before the markup at buf[i].
func (s *Scanner) endText(i int) Kind {
	if s.checkToken(s.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	s.tokenStart = -1
	if s.keeping && s.cfg.Stop.has(Text) {
		return Text
	}
	return s.markup()
}

// lineEnd scans the carriage return at buf[i]. It, or it and the line feed after it, are a line
// feed (2.11).
func (s *Scanner) lineEnd(i int) (end int, k Kind) {
	if !s.keeping {
		return i + 1, None
	}
	if i+1 == s.end {
		return i, s.piece(i)
	}
	if s.take(i) == Failed || s.put('\n') == Failed {
		return i, Failed
	}
	i++
	if s.buf[i] == '\n' {
		i++
	}
	s.pos = i
	return i, None
}

// beyondASCII scans characters that are not ASCII, or refuses the control character at buf[i]. If
// there is no more of a character in the window than its beginning, that is where it ends.
func (s *Scanner) beyondASCII(i int) (end int, k Kind) {
	b := s.buf[:s.end]
	if b[i] < utf8.RuneSelf {
		return i, s.fail(i, RuleNotWellFormed, "%s, which no document can hold [2]", s.describe(i))
	}
	if s.asciiOnly {
		return i, s.failEncoding(i)
	}
	end, ok := beyondASCII(b, i)
	if ok {
		return end, None
	}
	if r, size := utf8.DecodeRune(b[end:]); size > 1 {
		return end, s.fail(end, RuleNotWellFormed, "the character U+%04X, which no document can hold [2]", r)
	}
	return end, s.failEncoding(end)
}

// piece ends a step at buf[i], in the middle of a token.
func (s *Scanner) piece(i int) Kind {
	if s.checkToken(s.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	return More
}

// take keeps what has been scanned of the token up to buf[i], if it is to be kept.
func (s *Scanner) take(i int) Kind {
	b := s.buf[s.pos:i]
	s.pos = i
	if !s.keeping || len(b) == 0 {
		return None
	}
	return s.keep(b)
}

// keep appends to what is kept of the token; of an attribute value no more than ValueBytes.
func (s *Scanner) keep(b []byte) Kind {
	if s.state == inValue && len(b) > s.cfg.ValueBytes-(len(s.data)-s.item) {
		s.keeping, s.cut = false, true
		return None
	}
	if !grow(s, &s.data, len(b)) {
		return Failed
	}
	s.data = append(s.data, b...)
	return None
}

// put is keep for one character.
func (s *Scanner) put(r rune) Kind {
	if !s.keeping {
		return None
	}
	var b [utf8.UTFMax]byte
	return s.keep(b[:utf8.EncodeRune(b[:], r)])
}
