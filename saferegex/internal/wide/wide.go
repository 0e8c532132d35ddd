// Package wide holds texts of bytes in the form in which the engines read them: as UTF-8 in which a
// byte beyond ASCII is a character for private use. No case belongs to these characters, and no
// class but those that are negated.
package wide

import (
	"strconv"
	"unicode/utf8"
)

// base is the character that would stand for byte 0.
const base = 0xF700

// Size is the length in bytes of the character that stands for a byte beyond ASCII.
const Size = 3

// Escape writes the character that stands for a byte beyond ASCII into a pattern.
func Escape(b int) string { return `\x{` + strconv.FormatInt(base+int64(b), 16) + `}` }

// Append appends a byte.
func Append(dst []byte, b byte) []byte {
	if b < utf8.RuneSelf {
		return append(dst, b)
	}
	return utf8.AppendRune(dst, base+rune(b))
}

// Narrow appends to dst the bytes that a wide text stands for.
func Narrow(dst, text []byte) []byte {
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			dst = append(dst, text[0])
			text = text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		dst = append(dst, byte(r-base)) //nolint:gosec // Append made it out of a byte.
		text = text[size:]
	}
	return dst
}
