package xmlscan

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// bang scans the beginning of what begins with <! inside the root element: a comment or a CDATA
// section.
func (s *Scanner) bang() Kind {
	rest := s.buf[s.pos:s.end]
	if len(rest) < 3 {
		return More
	}
	if rest[2] == '[' {
		return s.cdata()
	}
	if rest[2] == 'D' {
		return s.misplacedDoctype()
	}
	return s.comment()
}

// literal reports whether the delimiter stands at buf[pos]. If the window ends too early to tell,
// it is More; what differs is refused where it differs.
func (s *Scanner) literal(text string) Kind {
	rest := s.buf[s.pos:s.end]
	n := min(len(rest), len(text))
	if string(rest[:n]) != text[:n] {
		i := 0
		for rest[i] == text[i] {
			i++
		}
		return s.fail(s.pos+i, RuleNotWellFormed, "%s in markup where %s must come [43]", s.describe(s.pos+i), text)
	}
	if n < len(text) {
		return More
	}
	return None
}

// comment scans the beginning of a comment [15].
func (s *Scanner) comment() Kind {
	if k := s.literal("<!--"); k != None {
		return k
	}
	return s.beginSection(Comment, "<!--", "-->")
}

// cdata scans the beginning of a CDATA section [19].
func (s *Scanner) cdata() Kind {
	if k := s.literal("<![CDATA["); k != None {
		return k
	}
	return s.beginSection(CDATA, "<![CDATA[", "]]>")
}

// beginSection begins a node that ends with closer.
func (s *Scanner) beginSection(kind Kind, opener, closer string) Kind {
	s.begin()
	if k := s.node(); k != None {
		return k
	}
	s.pos += len(opener)
	s.kind, s.closer, s.state = kind, closer, inSection
	s.tokenStart, s.item, s.keeping = s.shift+s.pos, 0, s.cfg.Keep.has(kind)
	return None
}

// section scans the content of a comment [15], CDATA section [20] or processing instruction [16].
func (s *Scanner) section() Kind {
	b, i := s.buf[:s.end], s.pos
	for {
		i = skipSection(b, i, s.closer[0])
		if i == len(b) {
			return s.piece(i)
		}
		switch c := b[i]; {
		case c == s.closer[0]:
			rest := b[i:]
			if bytes.HasPrefix(rest, []byte(s.closer)) {
				return s.endSection(i)
			}
			if strings.HasPrefix(s.closer, string(rest)) {
				return s.piece(i)
			}
			if c == '-' && rest[1] == '-' {
				return s.fail(i, RuleNotWellFormed, "-- in a comment [15]")
			}
			i++
		case c == '\r':
			end, k := s.lineEnd(i)
			if k != None {
				return k
			}
			i = end
		case c >= ' ' && c < utf8.RuneSelf || c == '\t' || c == '\n':
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

// endSection ends the node at the delimiter that stands at buf[i].
func (s *Scanner) endSection(i int) Kind {
	if s.checkToken(s.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	s.tokenStart = -1
	s.pos = i + len(s.closer)
	s.state = s.around()
	if s.cfg.Stop.has(s.kind) {
		return s.kind
	}
	return None
}

// around returns the state between two nodes.
func (s *Scanner) around() state {
	switch {
	case len(s.open) > 0:
		return inContent
	case s.seenRoot:
		return inEpilog
	}
	return inProlog
}

// procInst scans the target of a processing instruction [17].
func (s *Scanner) procInst() Kind {
	end, k := s.ncname(s.pos + 2)
	if k != None {
		return k
	}
	target := s.buf[s.pos+2 : end]
	if bytes.EqualFold(target, []byte("xml")) {
		return s.misplacedDeclaration()
	}
	s.begin()
	if k := s.node(); k != None {
		return k
	}
	if _, ok := s.add(&s.data, target); !ok {
		return Failed
	}
	s.item = len(s.data)
	s.pos, s.spaced, s.state = end, false, inTarget
	s.kind, s.closer, s.tokenStart, s.keeping = ProcInst, "?>", s.shift+end, s.cfg.Keep.has(ProcInst)
	return None
}

// afterTarget scans what separates the target of a processing instruction from its content.
func (s *Scanner) afterTarget() Kind {
	for s.pos < s.end && isSpace(s.buf[s.pos]) {
		s.spaced = true
		s.pos++
	}
	if s.pos == s.end {
		if s.checkToken(s.shift+s.pos) == Failed {
			return Failed
		}
		return More
	}
	if !s.spaced {
		if k := s.literal("?>"); k != None {
			return k
		}
	}
	s.state = inSection
	return None
}

// Far enough to see an encoding declaration.
const declarationPeek = 256

// misplacedDeclaration refuses an XML declaration that does not stand first. One that names an
// encoding would change it for readers that look for it anywhere.
func (s *Scanner) misplacedDeclaration() Kind {
	rest := s.buf[s.pos:s.end]
	whole := bytes.Index(rest, []byte("?>"))
	if whole < 0 && len(rest) < declarationPeek {
		return More
	}
	if whole < 0 || whole > declarationPeek {
		whole = declarationPeek
	}
	if bytes.Contains(rest[:whole], []byte("encoding")) {
		return s.fail(s.pos, RuleEncoding, "an XML declaration with an encoding in the middle of the document (2.8)")
	}
	return s.fail(s.pos, RuleNotWellFormed,
		"an XML declaration, or a target that reads like one, that does not stand first [17, 23]")
}
