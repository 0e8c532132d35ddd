package xmlscan

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"unicode/utf8"
)

// A Charset is an encoding based on ASCII that a document may name in its XML declaration. It is
// the same for all documents and must not be changed.
type Charset struct {
	Name  string
	ASCII bool // each byte below 0x80 that begins a character is the one of ASCII

	// of an encoding of one byte a character, what the bytes from 0x80 on are; 0 for none
	Upper *[128]rune
	// of any other: the character at the beginning of b, which is not empty, and how many bytes it
	// takes: 0 if b ends too early to tell, and -1 if it is none
	Decode func(b []byte) (r rune, n int)
	// how many bytes a character takes
	Size func(r rune) int
}

// size returns how many bytes of the source a character takes.
func (w *wideInput) size(r rune) int64 {
	switch {
	case w.charset == nil && r >= 0x10000:
		return 4
	case w.charset == nil:
		return 2
	case w.charset.Upper != nil || r < utf8.RuneSelf:
		return 1
	}
	return int64(w.charset.Size(r))
}

// isSimple reports whether each character takes one byte of the source, or as many as in UTF-8.
func (w *wideInput) isSimple() bool { return w == nil || w.charset != nil && w.charset.Upper != nil }

// length returns how many bytes of a simple source b is.
func (w *wideInput) length(b []byte) int64 {
	if w == nil {
		return int64(len(b))
	}
	// Each byte that does not continue a character begins one.
	n, i := len(b), 0
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		n -= bits.OnesCount64(x >> 7 &^ (x >> 6) & 0x0101010101010101)
	}
	for ; i < len(b); i++ {
		if b[i]&0xc0 == 0x80 {
			n--
		}
	}
	return int64(n)
}

// decode moves characters of the charset into buf and returns how many bytes they take there.
func (w *wideInput) decode(buf []byte) (end int) {
	if w.fault != "" {
		return 0
	}
	c, move := w.charset, (*Charset).several
	if c.Upper != nil {
		move = (*Charset).single
	}
	end, n, bad := move(c, buf, w.raw)
	if bad {
		w.fault = fmt.Sprintf("the byte 0x%02x begins no character of %s, or one that programs read differently",
			w.raw[n], c.Name)
	}
	w.raw = w.raw[:copy(w.raw, w.raw[n:])]
	return end
}

// single moves characters of one byte from src to dst as UTF-8, and returns how many bytes were
// written and read. bad is set if the next byte is none.
func (c *Charset) single(dst, src []byte) (end, n int, bad bool) {
	for n < len(src) && len(dst)-end >= utf8.UTFMax {
		b := src[n]
		if b < utf8.RuneSelf {
			if n+8 <= len(src) && end+8 <= len(dst) {
				if x := binary.LittleEndian.Uint64(src[n:]); x&highBits == 0 {
					binary.LittleEndian.PutUint64(dst[end:], x)
					end, n = end+8, n+8
					continue
				}
			}
			dst[end] = b
			end, n = end+1, n+1
			continue
		}
		r := c.Upper[b-utf8.RuneSelf]
		if r == 0 {
			return end, n, true
		}
		end += utf8.EncodeRune(dst[end:], r)
		n++
	}
	return end, n, false
}

// several is single for characters of one byte or more. It ends before one that src cuts off.
func (c *Charset) several(dst, src []byte) (end, n int, bad bool) {
	for n < len(src) && len(dst)-end >= utf8.UTFMax {
		if c.ASCII {
			if run := ascii(dst[end:], src[n:]); run > 0 {
				end, n = end+run, n+run
				continue
			}
		}
		r, size := c.Decode(src[n:])
		if size <= 0 {
			return end, n, size < 0
		}
		end += utf8.EncodeRune(dst[end:], r)
		n += size
	}
	return end, n, false
}

// highBits are the bits that no byte of ASCII has.
const highBits = 0x8080808080808080

// ascii copies what is ASCII at the beginning of src, and returns how much that is.
func ascii(dst, src []byte) int {
	src = src[:min(len(src), len(dst))]
	i := 0
	for i+8 <= len(src) && binary.LittleEndian.Uint64(src[i:])&highBits == 0 {
		i += 8
	}
	for i < len(src) && src[i] < utf8.RuneSelf {
		i++
	}
	copy(dst, src[:i])
	return i
}
