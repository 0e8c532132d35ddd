package xmlscan

import (
	"bytes"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// content scans what stands in an element [43]: a run of character data, or what begins with <.
func (s *Scanner) content() Kind {
	if s.tok.content >= 0 {
		return s.text()
	}
	if s.plainly {
		s.plain()
	}
	if s.win.pos == s.win.end {
		return More
	}
	if s.win.buf[s.win.pos] == '<' {
		return s.markup()
	}
	s.tok.begin(s.win.here())
	s.tok.enter(s.tok.start, s.cfg.Keep.has(Text))
	return s.text()
}

// text scans character data [14] and references [67].
func (s *Scanner) text() Kind {
	if s.tok.ref.base != 0 {
		if k := s.charRef(); k != None {
			return k
		}
	}
	b, i := s.win.buf[:s.win.end], s.win.pos
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
			i = s.win.pos
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
	if s.checkToken(s.win.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	s.tok.leave()
	if s.tok.keeping && s.cfg.Stop.has(Text) {
		return Text
	}
	return s.markup()
}

// lineEnd scans the carriage return at buf[i]. It, or it and the line feed after it, are a line
// feed (2.11).
func (s *Scanner) lineEnd(i int) (end int, k Kind) {
	if !s.tok.keeping {
		return i + 1, None
	}
	if i+1 == s.win.end {
		return i, s.piece(i)
	}
	if s.take(i) == Failed || s.put('\n') == Failed {
		return i, Failed
	}
	i++
	if s.win.buf[i] == '\n' {
		i++
	}
	s.win.pos = i
	return i, None
}

// beyondASCII scans characters that are not ASCII, or refuses the control character at buf[i]. If
// there is no more of a character in the window than its beginning, that is where it ends.
func (s *Scanner) beyondASCII(i int) (end int, k Kind) {
	b := s.win.buf[:s.win.end]
	if b[i] < utf8.RuneSelf {
		return i, s.fail(i, RuleNotWellFormed, "%s, which no document can hold [2]", s.describe(i))
	}
	if s.win.ascii {
		return i, s.failEncoding(i)
	}
	end, ok := beyondASCII(b, i)
	if s.win.newer {
		if at := newerLineEnd(b[i:end]); at >= 0 {
			return i, s.fail(i+at, RuleEncoding,
				"%s in a document of version %s: XML 1.1 reads it as a line feed, and XML 1.0 as it is (2.11)",
				s.describe(i+at), limits.Quote(s.decl.version))
		}
	}
	if ok {
		return end, None
	}
	if r, size := utf8.DecodeRune(b[end:]); size > 1 {
		return end, s.fail(end, RuleNotWellFormed, "the character U+%04X, which no document can hold [2]", r)
	}
	return end, s.failEncoding(end)
}

// newerLineEnd returns where a line end of XML 1.1 stands that is none of 1.0: U+0085 and U+2028.
// It returns -1 without one.
func newerLineEnd(b []byte) int { return bytes.IndexAny(b, "\u0085\u2028") }

// piece ends a step at buf[i], in the middle of a token.
func (s *Scanner) piece(i int) Kind {
	if s.checkToken(s.win.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	return More
}

// take keeps what has been scanned of the token up to buf[i], if it is to be kept.
func (s *Scanner) take(i int) Kind {
	b := s.win.buf[s.win.pos:i]
	s.win.pos = i
	if !s.tok.keeping || len(b) == 0 {
		return None
	}
	return s.charge(s.tok.keep(s.cost.meter, b))
}

// put keeps one character, if the token is to be kept.
func (s *Scanner) put(r rune) Kind {
	if !s.tok.keeping {
		return None
	}
	return s.charge(s.tok.keepRune(s.cost.meter, r))
}
