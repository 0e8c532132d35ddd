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
	fault string // what comes next is not UTF-16, or not of the charset
}

// widen puts a transcoder from UTF-16 between the source and the window, and what has been read of
// the document through it. Memory for a second window is accounted for already.
func (w *window) widen() {
	w.wide, w.encoding = &wideInput{order: binary.BigEndian}, "UTF-16BE"
	if w.buf[0] == markLE16[0] {
		w.wide.order, w.encoding = binary.LittleEndian, "UTF-16LE"
	}
	w.wide.raw = make([]byte, 0, windowBytes)
	w.wide.raw = append(w.wide.raw, w.buf[len(markUTF16):w.end]...)
	w.top.offset = int64(len(markUTF16))
	w.mark = w.top
	w.end = 0
	w.transcode()
}

// recode puts a decoder between the source and the window, from pos on: the XML declaration ends
// there, which has nothing beyond ASCII. Memory for a second window is accounted for already.
func (w *window) recode(c *Charset) {
	w.wide, w.encoding = &wideInput{charset: c}, c.Name
	w.wide.raw = append(make([]byte, 0, windowBytes), w.buf[w.pos:w.end]...)
	w.end = w.pos
	w.transcode()
}

// fillWide is fill for a source that is not UTF-8.
func (w *window) fillWide(c *counters) (more bool, err error) {
	before := w.end
	// The bytes that the last read brought may not have fitted into the window.
	if w.transcode(); w.end == before && w.wide.fault == "" && !w.eof {
		var n int
		used := len(w.wide.raw)
		n, err = w.read(w.wide.raw[used:used+wideBytes], c)
		w.wide.raw = w.wide.raw[:used+n]
		w.transcode()
	}
	if err != nil || w.end > before || w.wide.fault == "" && !w.eof {
		return true, err
	}
	// All that could be transcoded has been scanned.
	if w.wide.fault == "" && len(w.wide.raw) > 0 {
		w.wide.fault = "the document ends in the middle of a character"
	}
	return false, nil
}

// transcode moves characters from the raw end into the window, as many as fit.
func (w *window) transcode() {
	if w.wide.charset != nil {
		w.end += w.wide.decode(w.buf[w.end:])
		return
	}
	w.end += w.wide.decode16(w.buf[w.end:])
}

// decode16 moves characters of UTF-16 into buf and returns how many bytes they take there.
func (w *wideInput) decode16(buf []byte) (end int) {
	raw := w.raw
	for len(raw) >= 2 && len(buf)-end >= utf8.UTFMax && w.fault == "" {
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
		end += utf8.EncodeRune(buf[end:], r)
		raw = raw[size:]
	}
	w.raw = w.raw[:copy(w.raw, raw)]
	return end
}
