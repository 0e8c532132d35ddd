package xmlscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// markup scans what begins with the < at buf[pos], inside the root element [43].
func (s *Scanner) markup() Kind {
	if s.win.end-s.win.pos < 2 {
		return More
	}
	switch s.win.buf[s.win.pos+1] {
	case '/':
		return s.endTag()
	case '?':
		return s.procInst()
	case '!':
		return s.bang()
	}
	return s.startTag()
}

// startTag scans the name of a start tag [40] or an empty-element tag [44].
func (s *Scanner) startTag() Kind {
	end, colon, k := s.qname(s.win.pos + 1)
	if k != None {
		return k
	}
	s.tok.begin(s.win.here())
	if k := s.node(); k != None {
		return k
	}
	s.cost.stats.Elements++
	if depth := len(s.tree.open) + 1; depth > s.cost.stats.Depth {
		if depth > s.cost.maxDepth && s.settle(s.tok.start) == Failed {
			return Failed
		}
		if err := s.cost.deeper(depth); err != nil {
			return s.charge(err)
		}
	}
	if err := s.tree.push(s.cost.meter, s.win.buf[s.win.pos+1:end], colon, &s.spaces); err != nil {
		return s.charge(err)
	}
	s.win.pos = end
	s.attrs.clear()
	if s.win.pos < s.win.end && s.win.buf[s.win.pos] == '>' {
		s.win.pos++
		return s.opened(inContent)
	}
	s.state, s.tok.spaced, s.tok.spaces = inTag, false, 0
	return None
}

// tag scans what stands between two attributes, whole attributes, and the end of the tag.
func (s *Scanner) tag() Kind {
	for {
		if k := s.skipSpace(); k != None {
			return k
		}
		switch c := s.win.buf[s.win.pos]; {
		case c == '>':
			s.win.pos++
			return s.opened(inContent)
		case c == '/':
			if s.win.end-s.win.pos < 2 {
				return More
			}
			if s.win.buf[s.win.pos+1] != '>' {
				return s.fail(s.win.pos+1, RuleNotWellFormed, "%s after / in a tag, where only > can stand [44]",
					s.describe(s.win.pos+1))
			}
			s.win.pos += 2
			return s.opened(inEmptyTag)
		case !s.tok.spaced:
			return s.unspaced()
		}
		if whole, k := s.plainAttribute(); k != None {
			return k
		} else if !whole {
			return s.attributeName()
		}
	}
}

// unspaced refuses what follows a name or a value without white space between.
func (s *Scanner) unspaced() Kind {
	if len(s.attrs.list) > 0 {
		return s.fail(s.win.pos, RuleNotWellFormed,
			"%s after an attribute, where white space or the end of the tag must come [40]", s.describe(s.win.pos))
	}
	return s.fail(s.win.pos, RuleNotWellFormed, "%s in the name of an element [5]", s.describe(s.win.pos))
}

// skipSpace skips white space in a tag, which has a cap like a token's.
func (s *Scanner) skipSpace() Kind {
	b, i := s.win.buf[:s.win.end], s.win.pos
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i > s.win.pos {
		s.tok.spaced = true
		s.tok.spaces += i - s.win.pos
		if s.tok.spaces > s.cfg.TokenBytes {
			return s.exceedToken(s.win.shift + i - s.tok.spaces)
		}
		s.win.pos = i
	}
	if i == len(b) {
		return More
	}
	return None
}

// opened ends a start tag: it declares the namespaces, resolves the prefixes and finds attributes
// that mean the same.
func (s *Scanner) opened(next state) Kind {
	s.state = next
	e := s.tree.top()
	if s.attrs.declares {
		for i := range s.attrs.list {
			if s.attrs.list[i].xmlns {
				if k := s.declare(i); k != None {
					return k
				}
			}
		}
	}
	e.space = s.spaces.fallback
	if e.colon >= 0 {
		prefix := s.tree.prefix()
		if e.space = s.spaces.resolve(prefix); e.space < 0 {
			return s.undeclared(s.At(), prefix)
		}
	}
	s.cost.stats.Attributes += int64(len(s.attrs.list))
	s.known = s.spaces.vocabulary(e.space) != 0 || s.spaces.watching > 0
	if s.attrs.prefixed > 0 {
		known, k := s.resolveAttrs()
		if k != None {
			return k
		}
		s.known = s.known || known
	}
	if s.known || s.cfg.Stop.has(StartElement) {
		return StartElement
	}
	return None
}

// undeclared refuses a prefix.
func (s *Scanner) undeclared(p Position, prefix []byte) Kind {
	return s.failPlace(p, "the prefix %s is not declared (Namespaces in XML 1.0, 5)", limits.Quote(string(prefix)))
}

// endTag scans an end tag [42].
func (s *Scanner) endTag() Kind {
	name := s.tree.name()
	b, i := s.win.buf[:s.win.end], s.win.pos+2
	if end := i + len(name); end < len(b) && b[end] == '>' && bytes.Equal(b[i:end], name) {
		s.tok.begin(s.win.here())
		s.win.pos = end + 1
		return s.endElement()
	}
	end, _, k := s.qname(i)
	if k != None {
		return k
	}
	if !bytes.Equal(b[i:end], name) {
		return s.fail(i, RuleNotWellFormed, "the end tag of %s where that of %s is due [3, element type match]",
			limits.Quote(string(b[i:end])), limits.Quote(string(name)))
	}
	s.tok.begin(s.win.here())
	s.win.pos, s.tok.spaces, s.state = end, 0, inEndTag
	return None
}

// endTagRest scans what may follow the name in an end tag.
func (s *Scanner) endTagRest() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	if s.win.buf[s.win.pos] != '>' {
		return s.fail(s.win.pos, RuleNotWellFormed, "%s in an end tag, where only white space and > can stand [42]",
			s.describe(s.win.pos))
	}
	s.win.pos++
	return s.endElement()
}

// endElement ends the innermost element.
func (s *Scanner) endElement() Kind {
	s.tree.popping, s.state = true, inContent
	if len(s.tree.open) == 1 {
		s.state, s.tree.end = inEpilog, s.win.here()
	}
	if s.cfg.Stop.has(EndElement) {
		return EndElement
	}
	s.pop()
	return None
}

// pop forgets the innermost element and ends the scope of its namespaces.
func (s *Scanner) pop() {
	s.spaces.leave(s.tree.top())
	s.tree.pop()
}
