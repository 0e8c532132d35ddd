package xmlscan

import (
	"bytes"
	"unicode/utf8"
)

// Most of most documents is plain: text, and tags of ASCII names with a few attributes, whole in
// the window and with nothing about them at which the scan stops or which it keeps. plain scans
// those without any of the states, and touches nothing before it knows that a token is of that
// kind. It leaves all else where it is, be it a fault, a prefix, a declaration, a cap that is near
// or an arena that must grow, to be scanned step by step. So it decides nothing: every refusal, and
// everything that costs, is in one place only.

// plainAttrs is how many attributes a plain tag has at most; they are compared one by one.
const plainAttrs = 8

// plain scans plain content from buf[pos] on, and leaves pos at the first token that is not.
func (s *Scanner) plain() {
	if s.spaces.watching > 0 || s.spaces.vocabulary(s.spaces.fallback) != 0 {
		return
	}
	b := s.win.buf[:s.win.end]
	for i := s.win.pos; ; {
		if i < len(b) && b[i] != '<' {
			lt, ok := s.plainText(b, i)
			if !ok {
				return
			}
			i = lt
		}
		if i+1 >= len(b) {
			return
		}
		s.win.pos = i
		if b[i+1] == '/' {
			i = s.plainEnd(b, i)
		} else {
			i = s.plainStart(b, i)
		}
		if i < 0 {
			return
		}
		s.win.pos = i
	}
}

// plainText returns where the plain text at b[i] ends at a <.
func (s *Scanner) plainText(b []byte, i int) (lt int, ok bool) {
	from := i
	for {
		for i < len(b) && b[i] <= ' ' && classes[b[i]]&spaceByte != 0 {
			i++
		}
		if i < len(b) && b[i] != '<' {
			i = skipText(b, i)
		}
		if i >= len(b) {
			return i, false
		}
		switch c := b[i]; c {
		case '<':
			return i, i-from <= s.cfg.TokenBytes
		case '\t', '\n', '\r':
			i++
		case '&':
			n := predefined(b[i:])
			if n == 0 {
				return i, false
			}
			i += n
		case ']':
			if i+2 >= len(b) || b[i+1] == ']' {
				return i, false
			}
			i++
		default:
			if c < utf8.RuneSelf || s.win.ascii || s.win.newer {
				return i, false
			}
			end, ok := beyondASCII(b, i)
			if !ok || end == i {
				return i, false
			}
			i = end
		}
	}
}

// predefined returns the length of the reference to a predefined entity [4.6] that b begins with,
// or 0.
func predefined(b []byte) int {
	switch {
	case bytes.HasPrefix(b, []byte("&amp;")):
		return len("&amp;")
	case bytes.HasPrefix(b, []byte("&lt;")), bytes.HasPrefix(b, []byte("&gt;")):
		return len("&lt;")
	case bytes.HasPrefix(b, []byte("&quot;")), bytes.HasPrefix(b, []byte("&apos;")):
		return len("&quot;")
	}
	return 0
}

// plainEnd ends the innermost element if the end tag at b[i] is its own, and returns where the tag
// ends, or -1.
func (s *Scanner) plainEnd(b []byte, i int) int {
	e := s.tree.top()
	name := s.tree.name()
	i += 2
	end := i + len(name)
	if end >= len(b) || b[end] != '>' || !bytes.Equal(b[i:end], name) || len(s.tree.open) == 1 ||
		len(s.spaces.bindings) > e.bindings {
		return -1
	}
	s.spaces.fallback = e.fallback
	s.tree.pop()
	return end + 1
}

// plainStart opens the element whose start tag stands at b[i], or passes over an empty-element tag,
// and returns where the tag ends, or -1.
func (s *Scanner) plainStart(b []byte, i int) int {
	start := i + 1
	i, colon := plainQName(b, start)
	n := i - start
	depth := len(s.tree.open)
	if n <= 0 || n > s.cfg.NameBytes || depth >= s.cost.stats.Depth || depth == cap(s.tree.open) ||
		n > cap(s.tree.names)-len(s.tree.names) || s.cost.stats.Nodes >= s.cost.maxNodes {
		return -1
	}
	space := s.spaces.fallback
	if colon >= 0 {
		if space = s.plainPrefix(b[start : start+colon]); space < 0 {
			return -1
		}
	}
	attrs := 0
	if b[i] != '>' {
		if i, attrs = s.plainAttributes(b, i); i < 0 {
			return -1
		}
	}
	s.cost.stats.Nodes++
	s.cost.stats.Elements++
	s.cost.stats.Attributes += int64(attrs)
	if b[i] == '/' {
		return i + 2
	}
	at := len(s.tree.names)
	s.tree.names = append(s.tree.names, b[start:start+n]...)
	s.tree.open = s.tree.open[:depth+1]
	f := &s.tree.open[depth]
	f.name.start, f.name.end, f.colon, f.space = at, at+n, colon, space
	f.bindings, f.fallback = len(s.spaces.bindings), s.spaces.fallback
	return i + 1
}

// plainPrefix returns the binding of a prefix that is declared for a namespace without a known
// vocabulary, or -1.
func (s *Scanner) plainPrefix(prefix []byte) int {
	space := s.spaces.resolve(prefix)
	if space >= 0 && s.spaces.vocabulary(space) != 0 {
		return -1
	}
	return space
}

// plainQName returns where the name at b[i] ends, with one colon at most and only ASCII in it, and
// where in it the colon is, or -1. It returns i itself if there is no such name, if what ends it is
// not ASCII, and if b ends first.
func plainQName(b []byte, i int) (end, colon int) {
	name, n := b[i:], 1
	if len(name) == 0 || classes[name[0]]&startByte == 0 {
		return i, -1
	}
	for n < len(name) && classes[name[n]]&nameByte != 0 {
		n++
	}
	colon = -1
	if n < len(name) && name[n] == ':' {
		colon = n
		if n++; n == len(name) || classes[name[n]]&startByte == 0 {
			return i, -1
		}
		for n < len(name) && classes[name[n]]&nameByte != 0 {
			n++
		}
	}
	if n == len(name) || name[n] == ':' || name[n] >= utf8.RuneSelf {
		return i, -1
	}
	return i + n, colon
}

// plainAttributes passes over the attributes of a start tag from the end of its name, b[i], and
// returns where its > or /> stands and how many there were. It returns -1 unless all are plain,
// differ in name and declare nothing.
func (s *Scanner) plainAttributes(b []byte, i int) (end, n int) {
	var names [plainAttrs][]byte
	spaces, kept, prefixed := 0, 0, false
	for {
		from := i
		for i < len(b) && isSpace(b[i]) {
			i++
		}
		spaces += i - from
		if i+1 >= len(b) || spaces > s.cfg.TokenBytes {
			return -1, 0
		}
		if b[i] == '>' || b[i] == '/' && b[i+1] == '>' {
			break
		}
		nameEnd, colon := plainQName(b, i)
		if i == from || nameEnd == i || nameEnd-i > s.cfg.NameBytes || n == plainAttrs || n == s.cfg.Attributes ||
			b[nameEnd] != '=' {
			return -1, 0
		}
		name := b[i:nameEnd]
		if name[0] == 'x' && bytes.HasPrefix(name, []byte("xmlns")) {
			return -1, 0
		}
		if colon >= 0 {
			// Two with prefixes may mean the same name, which takes more than a look at them.
			if prefixed || s.plainPrefix(name[:colon]) < 0 {
				return -1, 0
			}
			prefixed = true
		}
		for _, other := range names[:n] {
			if bytes.Equal(other, name) {
				return -1, 0
			}
		}
		names[n] = name
		n++
		valueEnd := plainValue(b, nameEnd+1)
		if valueEnd < 0 || valueEnd-nameEnd-2 > s.cfg.TokenBytes || valueEnd-nameEnd-2 > s.cfg.ValueBytes {
			return -1, 0
		}
		kept += valueEnd - i - 2
		i = valueEnd + 1
	}
	// A tag that is scanned step by step is kept, and accounted for. Nothing is kept here, but no
	// more is let pass either.
	if kept > cap(s.tok.data) || n > cap(s.attrs.list) {
		return -1, 0
	}
	return i, n
}

// plainAttribute takes the attribute at buf[pos], or reports that it is not plain: its name or its
// value is not ASCII without references and line ends, a cap is near, or it is not whole in the
// window.
func (s *Scanner) plainAttribute() (whole bool, k Kind) {
	b, at := s.win.buf[:s.win.end], s.win.pos
	nameEnd, colon := plainQName(b, at)
	value := nameEnd + len(`="`)
	if nameEnd == at || value >= len(b) || b[nameEnd] != '=' || b[value-1] != '"' && b[value-1] != '\'' {
		return false, None
	}
	end := skipValue(b, value, b[value-1])
	if end == len(b) || b[end] != b[value-1] || nameEnd-at > s.cfg.NameBytes || end-value > s.cfg.NameBytes ||
		end-value > s.cfg.ValueBytes || end-value > s.cfg.TokenBytes || len(s.attrs.list) == s.cfg.Attributes {
		return false, None
	}
	raw, m := b[at:nameEnd], s.cost.meter
	if known, err := s.attrs.has(m, raw, s.tok.data); known || err != nil {
		return false, s.charge(err)
	}
	name, err := add(m, &s.tok.data, raw)
	if err != nil {
		return false, s.charge(err)
	}
	if err := s.attrs.push(m, name, colon, s.tok.data); err != nil {
		return false, s.charge(err)
	}
	a := s.attrs.last()
	if a.value, err = add(m, &s.tok.data, b[value:end]); err != nil {
		return false, s.charge(err)
	}
	a.at = s.win.shift + value
	s.win.pos, s.tok.spaced = end+1, false
	return true, None
}

// plainValue returns where the quote stands that ends the attribute value whose first quote is
// b[i], or -1.
func plainValue(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' && b[i] != '\'' {
		return -1
	}
	quote := b[i]
	for i = skipValue(b, i+1, quote); i < len(b) && b[i] != quote; i = skipValue(b, i+1, quote) {
		if c := b[i]; c == '<' || c == '&' || c >= utf8.RuneSelf || c < ' ' && !isSpace(c) {
			return -1
		}
	}
	if i >= len(b) {
		return -1
	}
	return i
}
