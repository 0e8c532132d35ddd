package rematch

// Text is what the engines read: a string or a slice of bytes, in place and without a copy.
type Text interface{ string | []byte }

// runeError is what every byte counts as that is no part of valid UTF-8, one at a time, as it does
// in the regexp package.
const runeError = '\uFFFD'

// decode returns the character at i < len(in) and its length in bytes. A byte that is not valid
// UTF-8 (Unicode 16.0, table 3-7) is runeError of length 1. It is utf8.DecodeRune for both kinds of
// text: to convert one into the other would be a copy.
func decode[T Text](in T, i int) (r rune, size int) {
	b := in[i]
	left := len(in) - i
	switch {
	case b < 0x80:
		return rune(b), 1
	case b < 0xC2, b > 0xF4:
		return runeError, 1
	case b < 0xE0:
		if left < 2 || !continues(in[i+1]) {
			return runeError, 1
		}
		return rune(b&0x1F)<<6 | rune(in[i+1]&0x3F), 2
	case b < 0xF0:
		if left < 3 || !second(b, in[i+1]) || !continues(in[i+2]) {
			return runeError, 1
		}
		return rune(b&0x0F)<<12 | rune(in[i+1]&0x3F)<<6 | rune(in[i+2]&0x3F), 3
	default:
		if left < 4 || !second(b, in[i+1]) || !continues(in[i+2]) || !continues(in[i+3]) {
			return runeError, 1
		}
		return rune(b&0x07)<<18 | rune(in[i+1]&0x3F)<<12 | rune(in[i+2]&0x3F)<<6 | rune(in[i+3]&0x3F), 4
	}
}

// continues reports whether b is a byte inside of a character.
func continues(b byte) bool { return b&0xC0 == 0x80 }

// second reports whether b may follow the first byte of a character of three or four bytes: not
// where it would make an overlong form, a surrogate, or more than U+10FFFF.
func second(first, b byte) bool {
	switch first {
	case 0xE0:
		return b >= 0xA0 && b <= 0xBF
	case 0xED:
		return b >= 0x80 && b <= 0x9F
	case 0xF0:
		return b >= 0x90 && b <= 0xBF
	case 0xF4:
		return b >= 0x80 && b <= 0x8F
	default:
		return continues(b)
	}
}

// decodeLast returns the character that ends at i > 0. A valid character is no part of another one,
// so a text falls into the same characters whether it is read forwards or backwards.
func decodeLast[T Text](in T, i int) (r rune, size int) {
	if b := in[i-1]; b < 0x80 {
		return rune(b), 1
	}
	for n := 2; n <= min(4, i); n++ {
		if continues(in[i-n]) {
			continue
		}
		if r, size := decode(in[:i], i-n); size == n {
			return r, size
		}
		break
	}
	return runeError, 1
}

// Width returns the length of the character at i, and 1 at the end of the text, so that a caller
// who adds it has left the text.
func Width[T Text](in T, i int) int {
	if i >= len(in) {
		return 1
	}
	_, size := decode(in, i)
	return size
}

// boundary returns a position, or the beginning of the character that it is inside of: a search
// that began there would take the rest of the character for some that are none.
func boundary[T Text](in T, at int) int {
	for n := 1; n < 4 && n <= at; n++ {
		if _, size := decode(in, at-n); size > n {
			return at - n
		}
	}
	return max(0, at)
}
