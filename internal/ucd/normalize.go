package ucd

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// Hangul syllables are decomposed and composed by arithmetic (the Unicode Standard, section 3.12).
const (
	hangulS, hangulL, hangulV, hangulT    = 0xAC00, 0x1100, 0x1161, 0x11A7
	hangulLN, hangulVN, hangulTN, hangulN = 19, 21, 28, 21 * 28
)

func isHangul(r rune) bool { return r >= hangulS && r < hangulS+hangulLN*hangulN }

// NFD appends the canonical decomposition of s to dst.
func NFD(dst []rune, s string) []rune { return decompose(dst, s, layout.Canonical) }

// NFKD appends the compatibility decomposition of s to dst.
func NFKD(dst []rune, s string) []rune { return decompose(dst, s, layout.Canonical|layout.Compat) }

// fewRunes is room for the forms of an ordinary name, so that they take no memory.
const fewRunes = 64

// NFC returns the canonical composition of s. A string that is in that form already is returned as
// it is.
func NFC(s string) string {
	switch composition(s) {
	case yes:
		return s
	case maybe:
		var few [fewRunes]rune
		if composed := Compose(NFD(few[:0], s)); !spells(composed, s) {
			return string(composed)
		}
		return s
	default:
		var few [fewRunes]rune
		return string(Compose(NFD(few[:0], s)))
	}
}

// NFKC returns the compatibility composition of s.
func NFKC(s string) string {
	var few [fewRunes]rune
	return string(Compose(NFKD(few[:0], s)))
}

// IsNFC reports whether s is its own canonical composition.
func IsNFC(s string) bool {
	is := composition(s)
	if is == maybe {
		var few [fewRunes]rune
		return spells(Compose(NFD(few[:0], s)), s)
	}
	return is == yes
}

// An answer is that of a quick check of normalization (UAX 15, section 9).
type answer uint8

const (
	no answer = iota
	yes
	maybe // only composition tells
)

// composition is the quick check of NFC. A text that is not UTF-8 is not in it.
func composition(s string) answer {
	last := uint8(0)
	for i, r := range s {
		// The first code point that combines or decomposes to what it is not composed of.
		if r < 0x300 {
			last = 0
			continue
		}
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return no
			}
		}
		p := Of(r)
		ccc := p.Combining()
		if ccc != 0 && ccc < last || p.Has(layout.NFCNo) {
			return no
		}
		if p.Has(layout.NFCMaybe) {
			return maybe
		}
		last = ccc
	}
	return yes
}

// spells reports whether s is UTF-8 and the code points are its own.
func spells(runes []rune, s string) bool {
	n := 0
	for _, r := range s {
		if n == len(runes) || runes[n] != r {
			return false
		}
		n++
	}
	return n == len(runes) && utf8.ValidString(s)
}

// decompose appends the decomposition of s by the mappings whose flags are given, in canonical
// order.
func decompose(dst []rune, s string, by Props) []rune {
	from := len(dst)
	for _, r := range s {
		dst = AppendDecomposed(dst, r, by)
	}
	Order(dst[from:])
	return dst
}

// AppendDecomposed appends the full decomposition of r by the mappings whose flags are given
// (layout.Canonical, layout.Compat). The order of marks beyond r is left to Order.
func AppendDecomposed(dst []rune, r rune, by Props) []rune {
	if r < 0xA0 {
		return append(dst, r)
	}
	if isHangul(r) {
		n := r - hangulS
		dst = append(dst, hangulL+n/hangulN, hangulV+n%hangulN/hangulTN)
		if t := n % hangulTN; t != 0 {
			dst = append(dst, hangulT+t)
		}
		return dst
	}
	switch found := Of(r) & by; {
	case found == 0:
		return append(dst, r)
	case found&layout.Canonical != 0:
		// The mapping is full; what it leads to may have a compatibility decomposition.
		for _, q := range canonical.of(r) {
			if by&layout.Compat != 0 && Of(q).Has(layout.Compat) {
				dst = AppendDecomposed(dst, q, by)
			} else {
				dst = append(dst, q)
			}
		}
	default:
		for _, q := range compat.of(r) {
			dst = AppendDecomposed(dst, q, by)
		}
	}
	return dst
}

// Order puts the marks of s in canonical order, in place: a stable sort of each run of marks by
// combining class.
func Order(s []rune) {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x300 {
			continue
		}
		first := Of(s[i]).Combining()
		if first == 0 {
			continue
		}
		// Most runs are of one mark or two, and in order.
		j, last, sorted := i+1, first, true
		for ; j < len(s) && s[j] >= 0x300; j++ {
			ccc := Of(s[j]).Combining()
			if ccc == 0 {
				break
			}
			sorted = sorted && last <= ccc
			last = ccc
		}
		if !sorted {
			orderRun(s[i:j])
		}
		i = j
	}
}

// orderRun sorts marks by counting: there are at most 255 classes, and a run may be as long as the
// text.
func orderRun(run []rune) {
	var start [256]int
	for _, r := range run {
		start[Of(r).Combining()]++
	}
	at := 0
	for class, n := range &start {
		start[class] = at
		at += n
	}
	var few [64]rune
	from := append(few[:0], run...)
	for _, r := range from {
		class := Of(r).Combining()
		run[start[class]] = r
		start[class]++
	}
}

// Compose composes what is decomposed and in canonical order, in place, and returns it.
func Compose(s []rune) []rune {
	out := s[:0]
	starter := -1     // the index in out of the last starter
	last := uint8(0)  // the class of the last code point after it
	adjacent := false // nothing stands between the starter and the code point
	for _, r := range s {
		ccc := uint8(0)
		if r >= 0x300 {
			ccc = Of(r).Combining()
		}
		if starter >= 0 && (adjacent || last != 0 && last < ccc) {
			if c := pair(out[starter], r); c != 0 {
				out[starter] = c
				continue
			}
		}
		out = append(out, r)
		if ccc == 0 {
			starter, last, adjacent = len(out)-1, 0, true
		} else {
			last, adjacent = ccc, false
		}
	}
	return out
}

// pair returns what a and b compose to, or 0.
func pair(a, b rune) rune {
	switch {
	case b < 0x300:
		return 0
	case a >= hangulL && a < hangulL+hangulLN && b >= hangulV && b < hangulV+hangulVN:
		return hangulS + (a-hangulL)*hangulN + (b-hangulV)*hangulTN
	case isHangul(a) && (a-hangulS)%hangulTN == 0 && b > hangulT && b < hangulT+hangulTN:
		return a + b - hangulT
	}
	return composite(a, b)
}
