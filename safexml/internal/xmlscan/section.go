package xmlscan

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// bang scans the beginning of what begins with <! inside the root element: a comment or a CDATA
// section.
func (s *Scanner) bang() Kind {
	rest := s.win.rest()
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
	rest := s.win.rest()
	n := min(len(rest), len(text))
	if string(rest[:n]) != text[:n] {
		i := 0
		for rest[i] == text[i] {
			i++
		}
		return s.fail(s.win.pos+i, RuleNotWellFormed, "%s in markup where %s must come [43]", s.describe(s.win.pos+i), text)
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
	s.tok.begin(s.win.here())
	if k := s.node(); k != None {
		return k
	}
	s.win.pos += len(opener)
	s.tok.kind, s.tok.closer, s.state = kind, closer, inSection
	s.tok.enter(s.win.here(), s.cfg.Keep.has(kind))
	return None
}

// section scans the content of a comment [15], CDATA section [20] or processing instruction [16].
func (s *Scanner) section() Kind {
	b, i := s.win.buf[:s.win.end], s.win.pos
	for {
		i = skipSection(b, i, s.tok.closer[0])
		if i == len(b) {
			return s.piece(i)
		}
		switch c := b[i]; {
		case c == s.tok.closer[0]:
			rest := b[i:]
			if bytes.HasPrefix(rest, []byte(s.tok.closer)) {
				return s.endSection(i)
			}
			if strings.HasPrefix(s.tok.closer, string(rest)) {
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
	if s.checkToken(s.win.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	s.tok.leave()
	s.win.pos = i + len(s.tok.closer)
	s.state = s.around()
	if s.cfg.Stop.has(s.tok.kind) {
		return s.tok.kind
	}
	return None
}

// around returns the state between two nodes.
func (s *Scanner) around() state {
	switch {
	case len(s.tree.open) > 0:
		return inContent
	case s.tree.rooted:
		return inEpilog
	}
	return inProlog
}

// procInst scans the target of a processing instruction [17].
func (s *Scanner) procInst() Kind {
	end, k := s.ncname(s.win.pos + 2)
	if k != None {
		return k
	}
	target := s.win.buf[s.win.pos+2 : end]
	if bytes.EqualFold(target, []byte("xml")) {
		return s.misplacedDeclaration()
	}
	s.tok.begin(s.win.here())
	if k := s.node(); k != None {
		return k
	}
	if _, err := add(s.cost.meter, &s.tok.data, target); err != nil {
		return s.charge(err)
	}
	s.win.pos, s.tok.spaced, s.state = end, false, inTarget
	s.tok.kind, s.tok.closer = ProcInst, "?>"
	s.tok.enter(s.win.here(), s.cfg.Keep.has(ProcInst))
	return None
}

// afterTarget scans what separates the target of a processing instruction from its content.
func (s *Scanner) afterTarget() Kind {
	for s.win.pos < s.win.end && isSpace(s.win.buf[s.win.pos]) {
		s.tok.spaced = true
		s.win.pos++
	}
	if s.win.pos == s.win.end {
		if s.checkToken(s.win.here()) == Failed {
			return Failed
		}
		return More
	}
	if !s.tok.spaced {
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
	rest := s.win.rest()
	whole := bytes.Index(rest, []byte("?>"))
	if whole < 0 && len(rest) < declarationPeek {
		return More
	}
	if whole < 0 || whole > declarationPeek {
		whole = declarationPeek
	}
	if bytes.Contains(rest[:whole], []byte("encoding")) {
		return s.fail(s.win.pos, RuleEncoding, "an XML declaration with an encoding in the middle of the document (2.8)")
	}
	return s.fail(s.win.pos, RuleNotWellFormed,
		"an XML declaration, or a target that reads like one, that does not stand first [17, 23]")
}
