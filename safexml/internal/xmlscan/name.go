package xmlscan

import "unicode/utf8"

// qname scans a qualified name (Namespaces [7]) that begins at buf[i], and returns where it ends
// and where in it the colon is, or -1.
func (s *Scanner) qname(i int) (end, colon int, k Kind) { return s.name(i, true) }

// ncname scans a name that may have no colon (Namespaces [4]): the target of a processing
// instruction, an entity.
func (s *Scanner) ncname(i int) (end int, k Kind) {
	end, _, k = s.name(i, false)
	if k == None && end < s.win.end && s.win.buf[end] == ':' {
		k = s.fail(end, RuleNotWellFormed, "a colon in a name that can have no prefix (Namespaces in XML 1.0, 7)")
	}
	return end, k
}

// name scans a name, with one colon at most.
func (s *Scanner) name(start int, prefix bool) (end, colon int, k Kind) {
	b := s.win.buf[:s.win.end]
	p := partialName{start: s.win.shift + start, end: s.win.shift + start, colon: -1}
	if s.tok.name.start == p.start {
		p = s.tok.name
	} else if end, colon = plainQName(b, start); end > start && end-start <= s.cfg.NameBytes && (prefix || colon < 0) {
		return end, colon, None
	}
	// Once more and slowly: a character beyond ASCII, a fault, or the end of the window.
	i := p.end - s.win.shift
	part := start + p.part
	for {
		if i-start > s.cfg.NameBytes {
			return i, p.colon, s.exceedName(start)
		}
		var size int
		if k = More; i < len(b) {
			if b[i] == ':' && i > part && prefix && p.colon < 0 {
				p.colon = i - start
				i++
				part = i
				continue
			}
			size, k = s.nameChar(i, i == part)
		}
		if k == More {
			p.end, p.part = s.win.shift+i, part-start
			s.tok.name = p
			return i, p.colon, More
		}
		if k != None {
			return i, p.colon, k
		}
		if size == 0 {
			break
		}
		i += size
	}
	if i == part {
		return i, p.colon, s.badName(i, p.colon)
	}
	return i, p.colon, None
}

// nameChar returns the length of the name character at buf[i], 0 if there stands none.
func (s *Scanner) nameChar(i int, first bool) (size int, k Kind) {
	b := s.win.buf[i:s.win.end]
	if b[0] < utf8.RuneSelf {
		class := uint8(nameByte)
		if first {
			class = startByte
		}
		if classes[b[0]]&class == 0 {
			return 0, None
		}
		return 1, None
	}
	if s.win.ascii {
		return 0, s.failEncoding(i)
	}
	r, size := utf8.DecodeRune(b)
	if size == 1 {
		if !utf8.FullRune(b) {
			return 0, More
		}
		return 0, s.failEncoding(i)
	}
	if !isNameStart(r) && (first || !isNameRest(r)) {
		return 0, None
	}
	return size, None
}

// badName refuses what stands where a name, or a part of one, must begin.
func (s *Scanner) badName(i, colon int) Kind {
	switch {
	case s.win.buf[i] == ':' && colon < 0:
		return s.fail(i, RuleNotWellFormed, "a name begins with a colon (Namespaces in XML 1.0 [7])")
	case s.win.buf[i] == ':':
		return s.fail(i, RuleNotWellFormed, "a name has two colons (Namespaces in XML 1.0 [7])")
	case colon >= 0:
		return s.fail(i, RuleNotWellFormed,
			"%s after the colon of a name, where a name must begin (Namespaces in XML 1.0 [11])", s.quoteAt(i))
	}
	return s.fail(i, RuleNotWellFormed, "%s where a name must begin [4]", s.quoteAt(i))
}

// isNameStart holds the ranges beyond ASCII of NameStartChar [4], fifth edition.
func isNameStart(r rune) bool {
	switch {
	case r < 0x300:
		return r >= 0xc0 && r != 0xd7 && r != 0xf7
	case r < 0x2000:
		return r >= 0x370 && r != 0x37e
	case r < 0x3001:
		return r == 0x200c || r == 0x200d || r >= 0x2070 && r <= 0x218f || r >= 0x2c00 && r <= 0x2fef
	case r < 0xf900:
		return r <= 0xd7ff
	case r < 0x10000:
		return r <= 0xfdcf || r >= 0xfdf0 && r <= 0xfffd
	}
	return r <= 0xeffff
}

// isNameRest holds what NameChar [4a] adds beyond ASCII.
func isNameRest(r rune) bool {
	return r == 0xb7 || r >= 0x300 && r <= 0x36f || r == 0x203f || r == 0x2040
}

// IsNCName reports whether a text is a name without a colon (Namespaces in XML 1.0 [4], with the
// characters of the fifth edition).
func IsNCName(name string) bool {
	for i, r := range name {
		if r < utf8.RuneSelf {
			class := uint8(nameByte)
			if i == 0 {
				class = startByte
			}
			if classes[r]&class == 0 {
				return false
			}
			continue
		}
		if !isNameStart(r) && (i == 0 || !isNameRest(r)) {
			return false
		}
	}
	return name != "" && utf8.ValidString(name)
}
