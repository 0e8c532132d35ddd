package xmlscan

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// wideBytes is how much of a UTF-16 source is read at once. In UTF-8 it takes half as much again at
// most.
const wideBytes = windowBytes / 4

// A wideInput is the raw end of a source that is not UTF-8.
type wideInput struct {
	order   binary.ByteOrder // of UTF-16
	charset *Charset         // of any other; nil for UTF-16
	// read and not transcoded yet: never more than one character's beginning, but for the first
	// time
	raw   []byte
	fault string // what comes next is not UTF-16
}

// widen puts a transcoder between the source and the window, and what has been read of the document
// through it.
func (s *Scanner) widen() Kind {
	s.wide, s.encoding = &wideInput{order: binary.BigEndian}, "UTF-16BE"
	if s.buf[0] == markLE16[0] {
		s.wide.order, s.encoding = binary.LittleEndian, "UTF-16LE"
	}
	if !s.hold(windowBytes) {
		return Failed
	}
	s.wide.raw = make([]byte, 0, windowBytes)
	s.wide.raw = append(s.wide.raw, s.buf[len(markUTF16):s.end]...)
	s.top.offset = int64(len(markUTF16))
	s.mark = s.top
	s.end = 0
	s.transcode()
	return None
}

// fillWide is Fill for a source that is not UTF-8.
func (s *Scanner) fillWide() {
	w, before := s.wide, s.end
	// What the last read brought may not have fitted into the window.
	if s.transcode(); s.end == before && w.fault == "" && !s.eof {
		used := len(w.raw)
		n, err := s.read(w.raw[used : used+wideBytes])
		w.raw, s.err = w.raw[:used+n], err
		s.transcode()
	}
	if s.err != nil || s.end > before || w.fault == "" && !s.eof {
		return
	}
	// All that could be transcoded has been scanned.
	if w.fault == "" && len(w.raw) > 0 {
		w.fault = "the document ends in the middle of a character"
	}
	s.finish()
}

// transcode moves characters from the raw end into the window, as many as fit.
func (s *Scanner) transcode() {
	w := s.wide
	if w.charset != nil {
		s.decode()
		return
	}
	raw := w.raw
	for len(raw) >= 2 && len(s.buf)-s.end >= utf8.UTFMax && w.fault == "" {
		r, size := rune(w.order.Uint16(raw)), 2
		if utf16.IsSurrogate(r) {
			if r >= 0xdc00 {
				w.fault = "the second half of a surrogate pair without the first"
				break
			}
			if len(raw) < 4 {
				break
			}
			if r = utf16.DecodeRune(r, rune(w.order.Uint16(raw[2:]))); r == utf8.RuneError {
				w.fault = "the first half of a surrogate pair without the second"
				break
			}
			size = 4
		}
		s.end += utf8.EncodeRune(s.buf[s.end:], r)
		raw = raw[size:]
	}
	w.raw = w.raw[:copy(w.raw, raw)]
}
