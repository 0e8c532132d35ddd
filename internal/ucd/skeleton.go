package ucd

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// AppendSkeleton appends what s is compared by where it may only look the same (UTS 39, section 4):
// decomposed, without the code points that are not seen, every lookalike replaced by its prototype,
// decomposed again. Two strings of equal skeletons are lookalikes. It is not for showing: the
// skeleton of "m" is "rn". The prototypes in the table are decomposed and have none themselves.
func AppendSkeleton(dst []rune, s string) []rune {
	from := len(dst)
	marks := false
	for _, r := range s {
		p := Of(r)
		if p.Has(layout.Canonical) || p.Combining() != 0 || isHangul(r) {
			// Marks must be in order before they are replaced: all of it again, decomposed.
			var few [fewRunes]rune
			dst = appendPrototypes(dst[:from], NFD(few[:0], s))
			marks = true
			break
		}
		at := len(dst)
		dst = appendPrototype(dst, r, p)
		if p.Has(layout.Confusable) {
			for _, q := range dst[at:] {
				marks = marks || q >= firstMark && Of(q).Combining() != 0
			}
		}
	}
	if !marks {
		return dst
	}
	Order(dst[from:])
	return dropDots(dst, from)
}

// AppendPrototype appends the skeleton of one code point that has the properties p.
func AppendPrototype(dst []rune, r rune, p Props) []rune {
	from := len(dst)
	if p.Has(layout.Canonical) || p.Combining() != 0 || isHangul(r) {
		return AppendSkeleton(dst, string(r))
	}
	dst = appendPrototype(dst, r, p)
	for _, q := range dst[from:] {
		if q >= firstMark && Of(q).Combining() != 0 {
			Order(dst[from:])
			return dropDots(dst, from)
		}
	}
	return dst
}

// firstMark is the first code point that combines with what stands before it.
const firstMark = 0x300

// dropDots drops each dot above (U+0307) on a letter that has one from dst[from:], in place: the
// small letter of İ is i with a dot above, and nothing tells it from i.
func dropDots(dst []rune, from int) []rune {
	const dotAbove = '\u0307'
	dotted := false // a dot above here would stand on a letter that has one
	out := dst[:from]
	for _, r := range dst[from:] {
		if r == dotAbove && dotted {
			continue
		}
		p := Of(r)
		if class := p.Combining(); class == 0 {
			dotted = p.Has(layout.SoftDotted)
		} else if class == classAbove {
			dotted = false
		}
		out = append(out, r)
	}
	return out
}

// classAbove is the combining class of the marks above a letter.
const classAbove = 230

func appendPrototypes(dst, decomposed []rune) []rune {
	for _, r := range decomposed {
		dst = appendPrototype(dst, r, Of(r))
	}
	return dst
}

func appendPrototype(dst []rune, r rune, p Props) []rune {
	if !p.Has(layout.DefaultIgnorable | layout.Confusable) {
		if r == keycap { // The key around a digit does not make it another digit.
			return dst
		}
		return append(dst, r)
	}
	if !p.Has(layout.DefaultIgnorable) {
		for _, q := range confusables.of(r) {
			dst = append(dst, q)
		}
	}
	return dst
}

// Skeleton returns the skeleton of s.
func Skeleton(s string) string { return string(AppendSkeleton(nil, s)) }

// FoldedSkeleton returns the skeleton of s folded and decomposed: the letters that look alike in
// either case fall together after their lookalikes have.
func FoldedSkeleton(s string) string {
	var one, two [128]rune
	skeleton := AppendSkeleton(one[:0], s)
	folded := two[:0]
	changed := false
	for _, r := range skeleton {
		if r < utf8.RuneSelf && (r < 'A' || r > 'Z') || r >= utf8.RuneSelf && !Of(r).Has(layout.Folds) {
			folded = append(folded, r)
			continue
		}
		at := len(folded)
		folded = AppendFold(folded, r)
		for _, q := range folded[at:] {
			changed = changed || q >= utf8.RuneSelf && unsettled(Of(q))
		}
	}
	if !changed {
		return string(folded)
	}
	return FoldNFD(string(folded))
}

// unsettled reports what folding or decomposition changes, or puts in another place.
func unsettled(p Props) bool { return p.Has(layout.Folds|layout.Canonical) || p.Combining() != 0 }

// FoldNFD folds s and decomposes it, until nothing changes: what folds to marks brings them in
// another order.
func FoldNFD(s string) string {
	for {
		var one, two [fewRunes]rune
		folded := two[:0]
		for _, r := range NFD(one[:0], s) {
			folded = AppendFold(folded, r)
		}
		next := one[:0]
		for _, r := range folded {
			next = AppendDecomposed(next, r, layout.Canonical)
		}
		Order(next)
		if spells(next, s) {
			return s
		}
		s = string(next)
	}
}

// IsFoldedSkeleton reports whether FoldedSkeleton may return s: each code point of it is the folded
// prototype of something, and s is decomposed, folded, and without dots that are not seen.
func IsFoldedSkeleton(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	for _, r := range s {
		if !Of(r).Has(layout.InSkeleton) {
			return false
		}
	}
	return FoldNFD(s) == s && len(dropDots([]rune(s), 0)) == utf8.RuneCountInString(s)
}
