package xmlscan

import (
	"errors"
	"fmt"
	"io"
)

// errBadCount is the answer to a source that counts wrongly. It is not the input's fault.
var errBadCount = errors.New("a Read returned an invalid count")

// maxEmptyReads is how many times in a row a source may return nothing and no error.
const maxEmptyReads = 100

// Fill reads more of the source into the window. What Window and the events returned before is no
// longer valid. At the end of the source it decides whether the document may end there. Err says
// what went wrong.
func (s *Scanner) Fill() {
	if s.err != nil || s.state == atEnd || s.settle(s.shift+s.pos) == Failed {
		return
	}
	// The clock and the context are looked at for each window: a source that never ends and a
	// document that costs much both come by here.
	if err := s.cfg.Meter.Err(); err != nil {
		s.err = err
		return
	}
	s.replacements = s.replacements[:0]
	s.slide()
	if s.wide != nil {
		s.fillWide()
		return
	}
	if s.eof {
		s.finish()
		return
	}
	n, err := s.read(s.buf[s.end:])
	s.end += n
	s.err = err
}

// slide moves what is still to be scanned to the front of the window, if there is little room
// after it.
func (s *Scanner) slide() {
	if s.pos == 0 || s.pos < s.end && len(s.buf)-s.end > windowBytes/4 {
		return
	}
	s.settlePlaces()
	s.top = s.advance(s.nearest(s.pos), s.pos)
	if s.mark.at < s.pos {
		s.mark = s.top
	}
	copy(s.buf, s.buf[s.pos:s.end])
	s.end -= s.pos
	s.shift += s.pos
	s.top.at, s.mark.at = 0, s.mark.at-s.pos
	s.pos = 0
}

// read fills p, which is not empty, from the source, charges for it, and notes the end of the
// source.
func (s *Scanner) read(p []byte) (int, error) {
	// With nothing left one byte is asked for all the same. If it comes, it is too much; if the end
	// comes, the source was just long enough.
	p = p[:max(1, min(int64(len(p)), s.left))]
	for range maxEmptyReads {
		n, err := s.src.Read(p)
		if n < 0 || n > len(p) {
			return 0, fmt.Errorf("%s: %w", s.cfg.Op, errBadCount)
		}
		if n > 0 {
			if refusal := s.cfg.Meter.Spend(s.cfg.source(), int64(n)); refusal != nil {
				return 0, refusal
			}
			s.left -= int64(n)
			s.stats.Bytes += int64(n)
		}
		switch {
		case err == io.EOF: // What wraps it says that something is missing.
			s.eof = true
			return n, nil
		case err != nil:
			return 0, fmt.Errorf("%s: reading the document: %w", s.cfg.Op, err)
		case n > 0:
			return n, nil
		}
	}
	return 0, fmt.Errorf("%s: reading the document: %w", s.cfg.Op, io.ErrNoProgress)
}

// finish decides about the end of the source.
func (s *Scanner) finish() {
	if s.wide != nil && s.wide.fault != "" {
		s.fail(s.end, RuleEncoding, "%s", s.wide.fault)
		return
	}
	if s.state == inEpilog && s.pos == s.end {
		s.state = atEnd
		return
	}
	s.fail(s.end, RuleNotWellFormed, "the document ends %s", stateNames[s.state])
}

// Window returns the bytes that have been scanned since the offset from (in the document's UTF-8
// form), as far as they are in the window.
func (s *Scanner) Window(from int) []byte { return s.buf[from-s.shift : s.pos] }

// Scanned returns the offset of the next byte to be scanned, in the document's UTF-8 form.
func (s *Scanner) Scanned() int { return s.shift + s.pos }

// RootEnd returns the offset after the root element in the document's UTF-8 form, or 0 as long as
// that has not ended.
func (s *Scanner) RootEnd() int { return s.rootEnd }
