package xmlscan

import (
	"bytes"
	"unicode/utf8"
)

// A Position is a place in the source. Offset and Column count bytes of the source, whatever its
// encoding.
type Position struct {
	Offset int64
	Line   int // from 1; LF, CR LF and a lone CR end a line
	Column int // from 1
}

// A cursor is a place in the window whose position is known.
type cursor struct {
	at        int   // in the window
	offset    int64 // in the source
	line      int
	lineStart int64 // offset in the source
	afterCR   bool
}

func (c cursor) position() Position { return Position{c.offset, c.line, int(c.offset-c.lineStart) + 1} }

// position returns the position of buf[i]. Asked in ascending order, it looks at each byte once.
func (s *Scanner) position(i int) Position {
	s.mark = s.advance(s.nearest(i), i)
	return s.mark.position()
}

// nearest returns the known place that is closest before buf[i].
func (s *Scanner) nearest(i int) cursor {
	if s.mark.at <= i {
		return s.mark
	}
	return s.top
}

// advance moves a cursor on to buf[to].
func (s *Scanner) advance(c cursor, to int) cursor {
	b := s.buf[c.at:to]
	if s.wide.isSimple() && !c.afterCR && bytes.IndexByte(b, '\r') < 0 {
		if i := bytes.LastIndexByte(b, '\n'); i >= 0 {
			c.line += bytes.Count(b, []byte{'\n'})
			c.lineStart = c.offset + s.wide.length(b[:i]) + 1
		}
		c.offset += s.wide.length(b)
		c.at = to
		return c
	}
	for i := 0; i < len(b); {
		size, inSource := 1, int64(1)
		if s.wide != nil {
			var r rune
			r, size = utf8.DecodeRune(b[i:])
			inSource = s.wide.size(r)
		}
		c.offset += inSource
		switch {
		case b[i] == '\n' && c.afterCR:
			c.lineStart = c.offset
		case b[i] == '\n', b[i] == '\r':
			c.line++
			c.lineStart = c.offset
		}
		c.afterCR = b[i] == '\r'
		i += size
	}
	c.at = to
	return c
}

// settlePlaces works out the positions of the token at hand before its bytes leave the window.
func (s *Scanner) settlePlaces() {
	if s.start >= s.shift && s.start-s.shift < s.pos {
		s.startPlace = s.position(s.start - s.shift)
	}
	if s.state < inTag || s.state > inEmptyTag {
		return
	}
	for i := len(s.places); i < len(s.attrs) && s.attrs[i].at != 0; i++ {
		if grow(s, &s.places, 1) {
			s.places = append(s.places, s.position(s.attrs[i].at-s.shift))
		}
	}
}

// At returns the position of the event's first byte.
func (s *Scanner) At() Position {
	if s.start < s.shift {
		return s.startPlace
	}
	return s.position(s.start - s.shift)
}

// AttrAt returns the position of the value of an attribute of the start tag.
func (s *Scanner) AttrAt(i int) Position {
	if i < len(s.places) {
		return s.places[i]
	}
	return s.position(s.attrs[i].at - s.shift)
}

// Here returns the position up to which has been scanned.
func (s *Scanner) Here() Position { return s.position(s.pos) }
