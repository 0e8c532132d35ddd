package xmlscan

import (
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// Eight bytes are compared at once: each constant holds the same byte eight times.
const (
	ones   = 0x0101010101010101
	highs  = 0x80 * ones
	spaces = ' ' * ones
)

// odd has the high bit of each byte set that is a control character or beyond ASCII; above the
// lowest such byte it may have more bits set.
func odd(x uint64) uint64 { return x | (x-spaces)&^x }

// equal does the same for each byte of x that is one of pattern's, which holds the same byte eight
// times.
func equal(x, pattern uint64) uint64 {
	x ^= pattern
	return (x - ones) &^ x
}

// skipText returns the first i, from the one given, at which b has something that character data
// [14] needs a look at, or len(b).
func skipText(b []byte, i int) int {
	for i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		m := (odd(x) | equal(x, '<'*ones) | equal(x, '&'*ones) | equal(x, ']'*ones)) & highs
		if m == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(m) / 8
		if classes[b[i]]&textByte == 0 {
			return i
		}
		i++ // a tab or a line feed
	}
	for i < len(b) && classes[b[i]]&textByte != 0 {
		i++
	}
	return i
}

// skipValue does the same for an attribute value [10] that ends at quote.
func skipValue(b []byte, i int, quote byte) int {
	quotes := uint64(quote) * ones
	for ; i+8 <= len(b); i += 8 {
		x := binary.LittleEndian.Uint64(b[i:])
		if m := (odd(x) | equal(x, '<'*ones) | equal(x, '&'*ones) | equal(x, quotes)) & highs; m != 0 {
			return i + bits.TrailingZeros64(m)/8
		}
	}
	for i < len(b) && classes[b[i]]&valueByte != 0 {
		i++
	}
	return i
}

// skipSection does the same for what ends with a delimiter that begins with closer.
func skipSection(b []byte, i int, closer byte) int {
	closers := uint64(closer) * ones
	for i+8 <= len(b) {
		x := binary.LittleEndian.Uint64(b[i:])
		m := (odd(x) | equal(x, closers)) & highs
		if m == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(m) / 8
		if b[i] == closer || classes[b[i]]&sectionByte == 0 {
			return i
		}
		i++ // a tab or a line feed
	}
	for i < len(b) && classes[b[i]]&sectionByte != 0 {
		i++
	}
	return i
}

// beyondASCII scans a run of characters that are not ASCII, from b[i] on, and returns where it
// ends. It stops short of a character that the end of b cuts off, and of one that is none [2]: then
// rule and fault are set.
func beyondASCII(b []byte, i int) (end int, ok bool) {
	for i < len(b) && b[i] >= utf8.RuneSelf {
		c := b[i]
		if c >= 0xc2 && c <= 0xdf && i+1 < len(b) && b[i+1]&0xc0 == 0x80 {
			i += 2
			continue
		}
		// E1 to EC and EE: three bytes, no overlong forms, no surrogates, none of U+FFFE and
		// U+FFFF.
		if c >= 0xe1 && c <= 0xee && c != 0xed && i+2 < len(b) && b[i+1]&0xc0 == 0x80 && b[i+2]&0xc0 == 0x80 {
			i += 3
			continue
		}
		r, size := utf8.DecodeRune(b[i:])
		if size == 1 || r == 0xfffe || r == 0xffff {
			return i, !utf8.FullRune(b[i:])
		}
		i += size
	}
	return i, true
}

// isChar reports whether a character reference may stand for r [2].
func isChar(r rune) bool {
	switch {
	case r < ' ':
		return r == '\t' || r == '\n' || r == '\r'
	case r >= 0xd800 && r <= 0xdfff, r == 0xfffe, r == 0xffff:
		return false
	}
	return r <= utf8.MaxRune
}
