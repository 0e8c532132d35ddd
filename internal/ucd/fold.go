package ucd

import "github.com/seed73825598/airlock/internal/ucd/layout"

// AppendFold appends the full case folding of r (CaseFolding.txt, status C and F: no locale). A
// folding is not always normalized.
func AppendFold(dst []rune, r rune) []rune {
	if r < 0x80 {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return append(dst, r)
	}
	if !Of(r).Has(layout.Folds) {
		return append(dst, r)
	}
	for _, q := range folds.of(r) {
		dst = append(dst, q)
	}
	return dst
}

// Fold returns the full case folding of s.
func Fold(s string) string {
	var out []rune
	for _, r := range s {
		out = AppendFold(out, r)
	}
	return string(out)
}

// FoldKey returns what names are compared by where only case and the form of composition may differ
// (the Unicode Standard, D145): NFC of the folding of NFD, repeated until it settles. Compatibility
// variants keep different keys.
func FoldKey(s string) string {
	for range 4 {
		var folded []rune
		for _, r := range NFD(nil, s) {
			folded = AppendFold(folded, r)
		}
		next := NFC(string(folded))
		if next == s {
			break
		}
		s = next
	}
	return s
}
