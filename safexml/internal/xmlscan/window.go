package xmlscan

import (
	"errors"
	"fmt"
	"io"
)

const (
	// windowBytes is the size of the window.
	windowBytes = 64 << 10
	// maxEmptyReads is how many times in a row a source may return nothing and no error.
	maxEmptyReads = 100
)

// errBadCount is the answer to a source that counts wrongly. It is not the input's fault.
var errBadCount = errors.New("a Read returned an invalid count")

// A window is the part of the document that is in memory, in UTF-8: buf[pos:end] is still to be
// scanned. Offsets count the bytes of the document's UTF-8 form from its beginning; buf[0] is at
// the offset shift.
type window struct {
	buf      []byte
	pos, end int
	shift    int
	src      io.Reader
	eof      bool   // the source has ended
	op       string // the name of the operation, for errors

	encoding string     // of the source
	wide     *wideInput // the source is not UTF-8; nil otherwise
	marked   bool       // a byte order mark in UTF-8 stands first
	ascii    bool       // the label names a character set that agrees with UTF-8 on ASCII alone
	newer    bool       // the declaration says another version than 1.0

	top  cursor // of buf[0]
	mark cursor // of the place that was asked for last
}

func newWindow(op string, src io.Reader) window {
	first := cursor{line: 1}
	return window{op: op, src: src, encoding: "UTF-8", top: first, mark: first}
}

// rest returns what is still to be scanned.
func (w *window) rest() []byte { return w.buf[w.pos:w.end] }

// here returns the offset of the next byte to be scanned.
func (w *window) here() int { return w.shift + w.pos }

// fill reads more of the source, or reports that there is none.
func (w *window) fill(c *counters) (more bool, err error) {
	if w.wide != nil {
		return w.fillWide(c)
	}
	if w.eof {
		return false, nil
	}
	n, err := w.read(w.buf[w.end:], c)
	w.end += n
	return true, err
}

// isCrowded reports whether what is still to be scanned must be moved before there is room for
// more.
func (w *window) isCrowded() bool {
	return w.pos > 0 && (w.pos == w.end || len(w.buf)-w.end <= windowBytes/4)
}

// slide moves what is still to be scanned to the front.
func (w *window) slide() {
	w.top = w.advance(w.nearest(w.pos), w.pos)
	if w.mark.at < w.pos {
		w.mark = w.top
	}
	copy(w.buf, w.buf[w.pos:w.end])
	w.end -= w.pos
	w.shift += w.pos
	w.top.at, w.mark.at = 0, w.mark.at-w.pos
	w.pos = 0
}

// read fills p, which is not empty, from the source, charges for it, and notes the end of the
// source.
func (w *window) read(p []byte, c *counters) (int, error) {
	// With nothing left one byte is asked for all the same. If it comes, it is too much; if the end
	// comes, the source was just long enough.
	p = p[:max(1, min(int64(len(p)), c.left))]
	for range maxEmptyReads {
		n, err := w.src.Read(p)
		if n < 0 || n > len(p) {
			return 0, fmt.Errorf("%s: %w", w.op, errBadCount)
		}
		if n > 0 {
			if refusal := c.receive(n); refusal != nil {
				return 0, refusal
			}
		}
		switch {
		case err == io.EOF: // The wrapping error says that something is missing.
			w.eof = true
			return n, nil
		case err != nil:
			return 0, fmt.Errorf("%s: reading the document: %w", w.op, err)
		case n > 0:
			return n, nil
		}
	}
	return 0, fmt.Errorf("%s: reading the document: %w", w.op, io.ErrNoProgress)
}
