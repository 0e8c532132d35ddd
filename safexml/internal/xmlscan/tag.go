package xmlscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// An attr is one attribute of the start tag at hand.
type attr struct {
	name  span // in Scanner.data
	colon int  // in the name, or -1
	value span // in Scanner.data
	space int  // its namespace, in Scanner.bindings; 0 without a prefix
	at    int  // the offset of its value, in UTF-8
	cut   bool // the value is longer than what is kept of it
	xmlns bool // it is a namespace declaration
}

// markup scans what begins with the < at buf[pos], inside the root element [43].
func (s *Scanner) markup() Kind {
	if s.end-s.pos < 2 {
		return More
	}
	switch s.buf[s.pos+1] {
	case '/':
		return s.endTag()
	case '?':
		return s.procInst()
	case '!':
		return s.bang()
	}
	return s.startTag()
}

// begin starts a token at buf[pos].
func (s *Scanner) begin() {
	s.start = s.shift + s.pos
	s.data = s.data[:0]
}

// startTag scans the name of a start tag [40] or an empty-element tag [44].
func (s *Scanner) startTag() Kind {
	end, colon, k := s.qname(s.pos + 1)
	if k != None {
		return k
	}
	s.begin()
	if k := s.node(); k != None {
		return k
	}
	s.stats.Elements++
	depth := len(s.open) + 1
	if depth > s.stats.Depth {
		if k := s.deeper(depth); k != None {
			return k
		}
	}
	name, ok := s.add(&s.names, s.buf[s.pos+1:end])
	if !ok || !grow(s, &s.open, 1) {
		return Failed
	}
	s.open = append(s.open, frame{name: name, colon: colon, bindings: len(s.bindings), fallback: s.fallback})
	s.pos = end
	s.attrs, s.places, s.prefixed, s.declares = s.attrs[:0], s.places[:0], 0, false
	if s.pos < s.end && s.buf[s.pos] == '>' {
		s.pos++
		return s.opened(inContent)
	}
	s.state, s.spaced, s.tagSpace = inTag, false, 0
	return None
}

// deeper notes a nesting that has not been reached before.
func (s *Scanner) deeper(depth int) Kind {
	if depth > s.maxDepth && s.settle(s.start) == Failed {
		return Failed
	}
	if err := s.cfg.Meter.Deep(int64(depth)); err != nil {
		return s.exceed(err)
	}
	s.stats.Depth = depth
	return None
}

// tag scans what stands between two attributes, and the end of the tag.
func (s *Scanner) tag() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	switch c := s.buf[s.pos]; {
	case c == '>':
		s.pos++
		return s.opened(inContent)
	case c == '/':
		if s.end-s.pos < 2 {
			return More
		}
		if s.buf[s.pos+1] != '>' {
			return s.fail(s.pos+1, RuleNotWellFormed, "%s after / in a tag, where only > can stand [44]",
				s.describe(s.pos+1))
		}
		s.pos += 2
		return s.opened(inEmptyTag)
	case !s.spaced:
		return s.unspaced()
	}
	return s.attributeName()
}

// unspaced refuses what follows a name or a value without white space between.
func (s *Scanner) unspaced() Kind {
	if len(s.attrs) > 0 {
		return s.fail(s.pos, RuleNotWellFormed,
			"%s after an attribute, where white space or the end of the tag must come [40]", s.describe(s.pos))
	}
	return s.fail(s.pos, RuleNotWellFormed, "%s in the name of an element [5]", s.describe(s.pos))
}

// skipSpace skips white space in a tag. It has not happened to anybody that there was much of it.
func (s *Scanner) skipSpace() Kind {
	b, i := s.buf[:s.end], s.pos
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	if i > s.pos {
		s.spaced = true
		s.tagSpace += i - s.pos
		if over := s.tagSpace - s.cfg.TokenBytes; over > 0 {
			if s.settle(s.shift+i-over+1) == Failed {
				return Failed
			}
			return s.overCap(limits.MemoryBytes, "TokenBytes", s.cfg.TokenBytes, s.cfg.TokenBytes+1)
		}
		s.pos = i
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
	e := &s.open[len(s.open)-1]
	if s.declares {
		for i := range s.attrs {
			if s.attrs[i].xmlns {
				if k := s.declare(i); k != None {
					return k
				}
			}
		}
	}
	e.space = s.fallback
	if e.colon >= 0 {
		prefix := s.names[e.name.start : e.name.start+e.colon]
		if e.space = s.resolve(prefix); e.space < 0 {
			return s.undeclared(s.At(), prefix)
		}
	}
	s.stats.Attributes += int64(len(s.attrs))
	hot := s.bindings[e.space].vocabulary != 0 || s.watching > 0
	if s.prefixed > 0 {
		known, k := s.resolveAttrs()
		if k != None {
			return k
		}
		hot = hot || known
	}
	if hot || s.cfg.Stop.has(StartElement) {
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
	e := &s.open[len(s.open)-1]
	name := e.name.of(s.names)
	b, i := s.buf[:s.end], s.pos+2
	if end := i + len(name); end < len(b) && b[end] == '>' && bytes.Equal(b[i:end], name) {
		s.begin()
		s.pos = end + 1
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
	s.begin()
	s.pos, s.tagSpace, s.state = end, 0, inEndTag
	return None
}

// endTagRest scans what may follow the name in an end tag.
func (s *Scanner) endTagRest() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	if s.buf[s.pos] != '>' {
		return s.fail(s.pos, RuleNotWellFormed, "%s in an end tag, where only white space and > can stand [42]",
			s.describe(s.pos))
	}
	s.pos++
	return s.endElement()
}

// endElement ends the innermost element.
func (s *Scanner) endElement() Kind {
	s.popping, s.state = true, inContent
	if len(s.open) == 1 {
		s.state, s.rootEnd = inEpilog, s.shift+s.pos
	}
	if s.cfg.Stop.has(EndElement) {
		return EndElement
	}
	s.pop()
	return None
}

// pop forgets the innermost element and ends the scope of its namespaces.
func (s *Scanner) pop() {
	s.popping = false
	e := &s.open[len(s.open)-1]
	if len(s.bindings) > e.bindings {
		s.undeclare(e.bindings)
	}
	s.fallback = e.fallback
	s.names = s.names[:e.name.start]
	s.open = s.open[:len(s.open)-1]
}
