package ucd

import (
	"cmp"
	"slices"
	"strings"
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
		marks = marks || p.Category() == layout.Mn || p.Has(layout.Confusable) && haveMarks(dst[at:])
	}
	if !marks {
		return dst
	}
	return piledUp(dst, from)
}

// AppendPrototype appends the skeleton of one code point that has the properties p.
func AppendPrototype(dst []rune, r rune, p Props) []rune {
	from := len(dst)
	if p.Has(layout.Canonical) || p.Combining() != 0 || isHangul(r) {
		return AppendSkeleton(dst, string(r))
	}
	dst = appendPrototype(dst, r, p)
	if haveMarks(dst[from:]) {
		return piledUp(dst, from)
	}
	return dst
}

func haveMarks(s []rune) bool {
	for _, r := range s {
		if r >= firstMark && Of(r).Category() == layout.Mn {
			return true
		}
	}
	return false
}

// firstMark is the first code point that combines with what stands before it.
const firstMark = 0x300

// piledUp puts the marks of dst[from:] in the order of a skeleton, in place, and drops the dots
// that are not seen.
func piledUp(dst []rune, from int) []rune {
	Order(dst[from:])
	orderUnclassed(dst[from:])
	return dropDots(dst, from)
}

// orderUnclassed puts marks in one order where canonical order says nothing and no reader sees a
// difference, in place: a vowel sign of class 0 and a tone or another vowel sign on the same letter
// are drawn alike in either order, as in Thai, Lao, Khmer and Burmese. Those of class 0 come first,
// by code point. Where both have a class the order is canonical, and it is seen.
func orderUnclassed(s []rune) {
	for i := 0; i < len(s); i++ {
		j, unclassed := i, false
		for ; j < len(s); j++ {
			p := Of(s[j])
			if p.Category() != layout.Mn || isSubjoined(s[j]) {
				break
			}
			unclassed = unclassed || p.Combining() == 0
		}
		if unclassed && j-i > 1 {
			slices.SortStableFunc(s[i:j], func(a, b rune) int {
				return cmp.Or(classOf(a)-classOf(b), unclassedOf(a)-unclassedOf(b))
			})
		}
		i = j
	}
}

func classOf(r rune) int { return int(Of(r).Combining()) }

// unclassedOf is the code point of a mark of class 0, and the same of all others.
func unclassedOf(r rune) int {
	if Of(r).Combining() == 0 {
		return int(r)
	}
	return 0
}

// isSubjoined reports the letters of Tibetan that stand below others: theirs is the order in which
// they are piled up.
func isSubjoined(r rune) bool { return r >= 0xF8D && r <= 0xFBC }

// dropDots drops each dot above (U+0307) on a letter that has one from dst[from:], in place: the
// small letter of İ is i with a dot above, and nothing tells it from i.
func dropDots(dst []rune, from int) []rune {
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

// dotAbove is the mark that a soft-dotted letter has already.
const dotAbove = '\u0307'

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
		if r == keycap || IsPoint(r) { // The key around a digit does not make it another digit.
			return dst
		}
		return append(dst, r)
	}
	if !p.Has(layout.DefaultIgnorable) && !IsPoint(r) {
		for _, q := range confusables.of(r) {
			if !IsPoint(q) {
				dst = append(dst, q)
			}
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
	changed, context := false, false
	for _, r := range skeleton {
		context = context || r >= firstMark && isDrawnByContext(r)
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
	text := string(folded)
	if changed {
		text = FoldNFD(text)
	}
	if strings.ContainsRune(text, dotAbove) { // The small letter may have a dot where the capital has none: J.
		text = string(dropDots([]rune(text), 0))
	}
	if context {
		text = string(byContext([]rune(text)))
	}
	return text
}

// Marks and a letter of which the place decides how they are drawn, by their prototypes: the caron,
// the nukta of Devanagari and the vowels above of Khmer have these.
const (
	caron             = '\u0306'
	finalNun          = '\u05df'
	nukta             = '\u0323'
	devanagariRa      = '\u0930'
	devanagariVirama  = '\u094d'
	khmerU            = '\u17bb'
	khmerE            = '\u17c1'
	khmerShifter      = '\u17c9'
	khmerOtherShifter = '\u17ca'
	firstVowelAbove   = '\u0e34'
	lastVowelAbove    = '\u0e37'
)

func isDrawnByContext(r rune) bool {
	return r == caron || r == nukta || r == finalNun || r == khmerShifter || r == khmerOtherShifter
}

// byContext replaces what is drawn, or read, as something else where it stands, in place: a caron
// on d, l or t is an apostrophe (ľ, lʼ); a final nun within a word is a vav, which has the
// prototype l; the dot of the ra that joins on as an eyelash is not there (Marathi ऱ्य, Nepali
// र्‍य); the shifters of Khmer are drawn as the vowel u where a vowel stands above.
func byContext(s []rune) []rune {
	out := s[:0]
	at := func(s []rune, i int) rune {
		if i < 0 || i >= len(s) {
			return 0
		}
		return s[i]
	}
	above := func(r rune) bool { return r >= firstVowelAbove && r <= lastVowelAbove }
	for i, r := range s {
		before, next := at(out, len(out)-1), at(s, i+1)
		switch {
		case r == caron && (before == 'd' || before == 'l' || before == 't'):
			r = '\''
		case r == finalNun && Of(next).Category().Letter():
			r = 'l'
		case r == nukta && before == devanagariVirama && at(out, len(out)-2) == devanagariRa:
			continue
		case (r == khmerShifter || r == khmerOtherShifter) &&
			(above(before) || above(next) || next == khmerE && above(at(s, i+2))):
			r = khmerU
		}
		out = append(out, r)
	}
	return out
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
		if !Of(r).Has(layout.InSkeleton) || IsPoint(r) {
			return false
		}
	}
	return FoldNFD(s) == s && string(byContext(piledUp([]rune(s), 0))) == s
}
