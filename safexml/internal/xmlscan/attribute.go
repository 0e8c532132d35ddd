package xmlscan

import (
	"github.com/seed73825598/airlock/limits"
)

// attributeName scans the name of an attribute [41] and refuses one that the tag has already.
func (s *Scanner) attributeName() Kind {
	end, colon, k := s.qname(s.win.pos)
	if k != None {
		return k
	}
	at := s.win.pos
	raw := s.win.buf[at:end]
	if len(s.attrs.list) == s.cfg.Attributes {
		if s.settle(s.win.shift+at) == Failed {
			return Failed
		}
		return s.overCap(limits.Items, "AttributesPerElement", s.cfg.Attributes, s.cfg.Attributes+1)
	}
	known, err := s.attrs.has(s.cost.meter, raw, s.tok.data)
	if err != nil {
		return s.charge(err)
	}
	if known {
		return s.fail(at, RuleNotWellFormed, "the attribute %s is given twice [3.1, unique att spec]",
			limits.Quote(string(raw)))
	}
	name, err := add(s.cost.meter, &s.tok.data, raw)
	if err != nil {
		return s.charge(err)
	}
	if err := s.attrs.push(s.cost.meter, name, colon, s.tok.data); err != nil {
		return s.charge(err)
	}
	s.win.pos, s.state = end, inEquals
	return None
}

// equals scans the equals sign [25].
func (s *Scanner) equals() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	if s.win.buf[s.win.pos] != '=' {
		return s.fail(s.win.pos, RuleNotWellFormed, "%s after the name of an attribute, where = must come [41]",
			s.describe(s.win.pos))
	}
	s.win.pos++
	s.state = inQuote
	return None
}

// openQuote scans the quote before an attribute value [10].
func (s *Scanner) openQuote() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	c := s.win.buf[s.win.pos]
	if c != '"' && c != '\'' {
		return s.fail(s.win.pos, RuleNotWellFormed, "%s before the value of an attribute, where a quote must come [10]",
			s.describe(s.win.pos))
	}
	s.win.pos++
	s.state = inValue
	s.tok.enterValue(s.win.here(), s.cfg.ValueBytes, c)
	s.attrs.last().at = s.win.here()
	return None
}

// attributeValue scans an attribute value [10] and keeps it as 3.3.3 normalizes it: white space is
// a space each, and references stand for what they refer to.
func (s *Scanner) attributeValue() Kind {
	if s.tok.ref.base != 0 {
		if k := s.charRef(); k != None {
			return k
		}
	}
	b, i := s.win.buf[:s.win.end], s.win.pos
	for {
		i = skipValue(b, i, s.tok.quote)
		if i == len(b) {
			return s.piece(i)
		}
		switch c := b[i]; {
		case c == s.tok.quote:
			return s.endValue(i)
		case c == '"' || c == '\'':
			i++
		case isSpace(c):
			if c == '\r' && i+1 == len(b) {
				return s.piece(i)
			}
			if s.take(i) == Failed || s.put(' ') == Failed {
				return Failed
			}
			i++
			if c == '\r' && b[i] == '\n' {
				i++
			}
			s.win.pos = i
		case c == '&':
			if s.take(i) == Failed {
				return Failed
			}
			if k := s.reference(); k != None {
				return k
			}
			i = s.win.pos
		case c == '<':
			return s.fail(i, RuleNotWellFormed, "< in the value of an attribute: write &lt; [10]")
		default:
			end, k := s.beyondASCII(i)
			if k != None {
				return k
			}
			i = end
			if i < len(b) && b[i] >= 0x80 {
				return s.piece(i)
			}
		}
	}
}

// endValue ends an attribute value at its quote.
func (s *Scanner) endValue(i int) Kind {
	if s.checkToken(s.win.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	a := s.attrs.last()
	a.value, a.cut = span{s.tok.item, len(s.tok.data)}, s.tok.cut
	if a.xmlns && (a.cut || a.value.end-a.value.start > s.cfg.NameBytes) {
		return s.exceedName(i)
	}
	s.tok.leave()
	s.win.pos, s.state = i+1, inTag
	return None
}

// resolveAttrs resolves the prefixes of attributes, refuses two that mean the same name (Namespaces
// in XML 1.0, 6.3), and reports whether something is known of the namespace of one of them.
func (s *Scanner) resolveAttrs() (known bool, k Kind) {
	for i := range s.attrs.list {
		a := &s.attrs.list[i]
		if !a.hasPrefix() {
			continue
		}
		prefix := a.prefix(s.tok.data)
		b := s.spaces.resolve(prefix)
		if b < 0 {
			return known, s.undeclared(s.AttrAt(i), prefix)
		}
		a.space = b
		known = known || s.spaces.vocabulary(b) != 0
	}
	if s.attrs.prefixed < 2 {
		return known, None
	}
	first, second, err := s.attrs.same(s.cost.meter, s.tok.data, &s.spaces)
	if err != nil {
		return known, s.charge(err)
	}
	if first >= 0 {
		return known, s.failPlace(s.AttrAt(second),
			"the attributes %s and %s mean the same name (Namespaces in XML 1.0, 6.3)",
			limits.Quote(string(s.attrs.list[first].name.of(s.tok.data))),
			limits.Quote(string(s.attrs.list[second].name.of(s.tok.data))))
	}
	return known, None
}

// declare takes the namespace declaration in an attribute of the start tag (Namespaces [1]).
func (s *Scanner) declare(i int) Kind {
	a := &s.attrs.list[i]
	uri := a.value.of(s.tok.data)
	var prefix []byte
	if a.colon >= 0 {
		prefix = a.local(s.tok.data)
	}
	if fault := misdeclared(prefix, uri); fault != "" {
		return s.failPlace(s.AttrAt(i), "%s", fault)
	}
	if len(s.spaces.bindings)-predeclared == s.cfg.Namespaces {
		return s.overCap(limits.Items, "NamespacesInScope", s.cfg.Namespaces, s.cfg.Namespaces+1)
	}
	return s.charge(s.spaces.declare(s.cost.meter, prefix, uri))
}
