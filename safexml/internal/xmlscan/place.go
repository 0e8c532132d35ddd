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
func (w *window) position(i int) Position {
	w.mark = w.advance(w.nearest(i), i)
	return w.mark.position()
}

// nearest returns the known place that is closest before buf[i].
func (w *window) nearest(i int) cursor {
	if w.mark.at <= i {
		return w.mark
	}
	return w.top
}

// advance moves a cursor on to buf[to].
func (w *window) advance(c cursor, to int) cursor {
	b := w.buf[c.at:to]
	if w.wide.isSimple() {
		return w.advanceSimply(c, b)
	}
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		c.offset += w.wide.size(r)
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

// advanceSimply moves a cursor on over b, in a source whose bytes need not be looked at one by one.
func (w *window) advanceSimply(c cursor, b []byte) cursor {
	if len(b) == 0 {
		return c
	}
	feeds, last := bytes.Count(b, []byte{'\n'}), -1
	if feeds > 0 {
		last = bytes.LastIndexByte(b, '\n')
	}
	c.line += feeds
	if c.afterCR && b[0] == '\n' {
		c.line--
	}
	for i := bytes.IndexByte(b, '\r'); i >= 0; {
		last = max(last, i)
		if i++; i == len(b) || b[i] != '\n' {
			c.line++
		}
		next := bytes.IndexByte(b[i:], '\r')
		if next < 0 {
			break
		}
		i += next
	}
	if last >= 0 {
		c.lineStart = c.offset + w.wide.length(b[:last+1])
	}
	c.afterCR = b[len(b)-1] == '\r'
	c.offset += w.wide.length(b)
	c.at += len(b)
	return c
}

// settlePlaces works out the positions of the token at hand before its bytes leave the window.
func (s *Scanner) settlePlaces() {
	w := &s.win
	if s.tok.start >= w.shift && s.tok.start-w.shift < w.pos {
		s.tok.startPlace = w.position(s.tok.start - w.shift)
	}
	if s.state >= inTag && s.state <= inEmptyTag {
		s.attrs.settlePlaces(w)
	}
}

// At returns the position of the event's first byte.
func (s *Scanner) At() Position {
	if s.tok.start < s.win.shift {
		return s.tok.startPlace
	}
	return s.win.position(s.tok.start - s.win.shift)
}

// AttrAt returns the position of the value of an attribute of the start tag.
func (s *Scanner) AttrAt(i int) Position { return s.attrs.position(i, &s.win) }

// Here returns the position up to which has been scanned.
func (s *Scanner) Here() Position { return s.win.position(s.win.pos) }
