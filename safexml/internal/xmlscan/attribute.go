package xmlscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// attributeName scans the name of an attribute [41] and refuses one that the tag has already.
func (s *Scanner) attributeName() Kind {
	end, colon, k := s.qname(s.pos)
	if k != None {
		return k
	}
	at := s.pos
	raw := s.buf[at:end]
	if len(s.attrs) == s.cfg.Attributes {
		if s.settle(s.shift+at) == Failed {
			return Failed
		}
		return s.overCap(limits.Items, "AttributesPerElement", s.cfg.Attributes, s.cfg.Attributes+1)
	}
	switch known, k := s.hasAttr(raw); {
	case k != None:
		return k
	case known:
		return s.fail(at, RuleNotWellFormed, "the attribute %s is given twice [3.1, unique att spec]",
			limits.Quote(string(raw)))
	}
	name, ok := s.add(&s.data, raw)
	if !ok || !grow(s, &s.attrs, 1) {
		return Failed
	}
	a := attr{name: name, colon: colon}
	switch prefix := len("xmlns"); {
	case colon == prefix && string(raw[:prefix]) == "xmlns", colon < 0 && string(raw) == "xmlns":
		a.xmlns, s.declares = true, true
	case colon >= 0:
		s.prefixed++
	}
	s.attrs = append(s.attrs, a)
	s.pos, s.state = end, inEquals
	return None
}

// hasAttr reports whether the tag has an attribute with the name as it is written.
func (s *Scanner) hasAttr(raw []byte) (bool, Kind) {
	n := len(s.attrs)
	if n < few {
		for i := range s.attrs {
			if bytes.Equal(s.attrs[i].name.of(s.data), raw) {
				return true, None
			}
		}
		return false, None
	}
	if n == few {
		s.byName.clear()
		for i := range s.attrs {
			if !s.push(&s.byName, s.hash(s.attrs[i].name.of(s.data))) {
				return false, Failed
			}
		}
	}
	hash := s.hash(raw)
	for i := s.byName.first(hash); i >= 0; i = s.byName.next(i) {
		if bytes.Equal(s.attrs[i].name.of(s.data), raw) {
			return true, None
		}
	}
	if !s.push(&s.byName, hash) {
		return false, Failed
	}
	return false, None
}

// equals scans the equals sign [25].
func (s *Scanner) equals() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	if s.buf[s.pos] != '=' {
		return s.fail(s.pos, RuleNotWellFormed, "%s after the name of an attribute, where = must come [41]",
			s.describe(s.pos))
	}
	s.pos++
	s.state = inQuote
	return None
}

// openQuote scans the quote before an attribute value [10].
func (s *Scanner) openQuote() Kind {
	if k := s.skipSpace(); k != None {
		return k
	}
	c := s.buf[s.pos]
	if c != '"' && c != '\'' {
		return s.fail(s.pos, RuleNotWellFormed, "%s before the value of an attribute, where a quote must come [10]",
			s.describe(s.pos))
	}
	s.pos++
	s.quote, s.state, s.spaced = c, inValue, false
	s.tokenStart, s.item, s.keeping, s.cut = s.shift+s.pos, len(s.data), true, false
	s.attrs[len(s.attrs)-1].at = s.tokenStart
	return None
}

// attributeValue scans an attribute value [10] and keeps it as 3.3.3 normalizes it: white space is
// a space each, and references stand for what they refer to.
func (s *Scanner) attributeValue() Kind {
	if s.base != 0 {
		if k := s.charRef(); k != None {
			return k
		}
	}
	b, i := s.buf[:s.end], s.pos
	for {
		i = skipValue(b, i, s.quote)
		if i == len(b) {
			return s.piece(i)
		}
		switch c := b[i]; {
		case c == s.quote:
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
			s.pos = i
		case c == '&':
			if s.take(i) == Failed {
				return Failed
			}
			if k := s.reference(); k != None {
				return k
			}
			i = s.pos
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
	if s.checkToken(s.shift+i) == Failed || s.take(i) == Failed {
		return Failed
	}
	a := &s.attrs[len(s.attrs)-1]
	a.value, a.cut = span{s.item, len(s.data)}, s.cut
	if a.xmlns && (a.cut || a.value.end-a.value.start > s.cfg.NameBytes) {
		return s.exceedName(i)
	}
	s.tokenStart = -1
	s.pos, s.state = i+1, inTag
	return None
}

// resolveAttrs resolves the prefixes of attributes, refuses two that mean the same name (Namespaces
// in XML 1.0, 6.3), and reports whether something is known of the namespace of one of them.
func (s *Scanner) resolveAttrs() (known bool, k Kind) {
	for i := range s.attrs {
		a := &s.attrs[i]
		if a.xmlns || a.colon < 0 {
			continue
		}
		prefix := s.data[a.name.start : a.name.start+a.colon]
		b := s.resolve(prefix)
		if b < 0 {
			return known, s.undeclared(s.AttrAt(i), prefix)
		}
		a.space = b
		known = known || s.bindings[b].vocabulary != 0
	}
	if s.prefixed < 2 {
		return known, None
	}
	return known, s.sameMeaning()
}

// sameMeaning looks for two attributes with one local name and one namespace under different
// prefixes.
func (s *Scanner) sameMeaning() Kind {
	s.meanings = s.meanings[:0]
	s.byMeaning.clear()
	for i := range s.attrs {
		a := &s.attrs[i]
		if a.xmlns || a.colon < 0 {
			continue
		}
		other, k := s.meaning(a)
		if k != None {
			return k
		}
		if other >= 0 {
			return s.failPlace(s.AttrAt(i), "the attributes %s and %s mean the same name (Namespaces in XML 1.0, 6.3)",
				limits.Quote(string(s.attrs[other].name.of(s.data))), limits.Quote(string(a.name.of(s.data))))
		}
		if !grow(s, &s.meanings, 1) {
			return Failed
		}
		s.meanings = append(s.meanings, i)
	}
	return None
}

// meaning returns the attribute before a that means the same, or -1, and enters a into the index
// where there are many.
func (s *Scanner) meaning(a *attr) (other int, k Kind) {
	space, local := s.bindings[a.space].space, a.local(s.data)
	same := func(j int) bool {
		b := &s.attrs[j]
		return s.bindings[b.space].space == space && bytes.Equal(b.local(s.data), local)
	}
	if s.prefixed <= few {
		for _, j := range s.meanings {
			if same(j) {
				return j, None
			}
		}
		return -1, None
	}
	// The seed makes the first term, an odd factor spreads the second.
	hash := s.hash(local) + uint64(space)*0x9e3779b97f4a7c15 //nolint:gosec // A place in a list.
	for i := s.byMeaning.first(hash); i >= 0; i = s.byMeaning.next(i) {
		if same(s.meanings[i]) {
			return s.meanings[i], None
		}
	}
	if !s.push(&s.byMeaning, hash) {
		return -1, Failed
	}
	return -1, None
}

// local returns the part of an attribute's name after the colon, or all of it.
func (a *attr) local(data []byte) []byte { return data[a.name.start+a.colon+1 : a.name.end] }
