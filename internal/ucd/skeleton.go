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
		if p.Has(layout.Canonical) || isPiled(p) || isHangul(r) {
			// Marks must be in order before they are replaced: all of it again, decomposed.
			var few [fewRunes]rune
			decomposed := NFD(few[:0], s)
			dst = appendPrototypes(dst[:from], orderInPlace(decomposed))
			marks = true
			break
		}
		at := len(dst)
		dst = appendPrototype(dst, r, p)
		marks = marks || isPiled(p) || p.Has(layout.Confusable) && haveMarks(dst[at:])
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
		if r >= firstMark && isPiled(Of(r)) {
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
	return dropDots(dst[:from+len(orderUnclassed(dst[from:]))], from)
}

// isPiled reports a mark on a letter, or a vowel sign beside it.
func isPiled(p Props) bool { return p.Category() == layout.Mn || p.Category() == layout.Mc }

// orderUnclassed puts marks in one order where canonical order says nothing and no reader sees a
// difference, in place: a vowel sign of class 0 and a tone or another vowel sign on the same letter
// are drawn alike in either order, as in Thai, Lao, Khmer and Burmese, and so are one before and
// one below or after the letter, as in Devanagari and Bengali. Those of class 0 come first, by code
// point. Where both have a class the order is canonical, and it is seen. A virama after that of a
// prototype is not seen, as in the two spellings of nta in Malayalam.
func orderUnclassed(s []rune) []rune {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		j, unclassed := i, false
		for ; j < len(s); j++ {
			p := Of(s[j])
			if !isPiled(p) || isSubjoined(s[j]) {
				break
			}
			unclassed = unclassed || p.Combining() == 0
		}
		if unclassed && j-i > 1 {
			slices.SortStableFunc(s[i:j], func(a, b rune) int {
				return cmp.Or(classOf(a)-classOf(b), unclassedOf(a)-unclassedOf(b))
			})
		}
		for k := i; k < min(j+1, len(s)); k++ {
			if k == i || k == j || s[k] != s[k-1] || classOf(s[k]) != classVirama {
				out = append(out, s[k])
			}
		}
		i = j
	}
	return out
}

// orderInPlace puts the marks on each letter in the order of class and code point, in place, and
// drops what would be drawn over itself, if all are of scripts in which each mark has a place of
// its own and none is piled on another: candrabindu and anusvara, the two parts of a vowel sign,
// hamza and a vowel of Kashmiri. Those that Latin, Greek and Cyrillic share are piled up in the
// order of the text.
func orderInPlace(s []rune) []rune {
	out := s[:0]
	for i := 0; i < len(s); i++ {
		j, own := i, true
		for ; j < len(s); j++ {
			p := Of(s[j])
			if !isPiled(p) || isSubjoined(s[j]) {
				break
			}
			own = own && (isInPlace(s[j]) || p.Has(layout.DefaultIgnorable))
		}
		on := s[i:j]
		if own && len(on) > 1 {
			slices.SortFunc(on, func(a, b rune) int { return cmp.Or(classOf(a)-classOf(b), int(a-b)) })
			on = slices.CompactFunc(on, func(a, b rune) bool { return a == b && Of(a).Category() == layout.Mn })
		}
		out = append(out, on...)
		if j < len(s) {
			out = append(out, s[j])
		}
		i = j
	}
	return out
}

// isInPlace reports a mark of a script of its own. Hebrew has the first of them: those before are
// of Latin, Greek and Cyrillic.
func isInPlace(r rune) bool { return r >= 0x591 && !ScriptsOf(Of(r)).Common() }

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

// classVirama is the combining class of the signs that take a vowel away.
const classVirama = 9

// classAbove is the combining class of the marks above a letter.
const classAbove = 230

func appendPrototypes(dst, decomposed []rune) []rune {
	for _, r := range decomposed {
		dst = appendPrototype(dst, r, Of(r))
	}
	return dst
}

func appendPrototype(dst []rune, r rune, p Props) []rune {
	switch {
	case p.Has(layout.DefaultIgnorable), r == keycap, IsPoint(r) && !isOnWaw(dst, r):
		return dst // The key around a digit does not make it another digit.
	case !p.Has(layout.Confusable):
		return append(dst, r)
	}
	for _, q := range confusables.of(r) {
		if !IsPoint(q) || isOnWaw(dst, q) {
			dst = append(dst, q)
		}
	}
	return dst
}

// isOnWaw reports a point that makes another letter of the waw at the end of dst: waw with damma is
// the u of Uyghur and Kazakh, and with a superscript alef the ü.
func isOnWaw(dst []rune, point rune) bool {
	return (point == damma || point == superscriptAlef) && len(dst) > 0 && dst[len(dst)-1] == waw
}

const (
	waw             = '\u0648'
	damma           = '\u064f'
	superscriptAlef = '\u0670'
)

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
		text = string(orderUnclassed(byContext([]rune(text))))
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
	devanagariR       = '\u090b' // the vowel, and its long one
	devanagariRR      = '\u0960'
	kannadaR          = '\u0c8b'
	burmeseStacker    = '\u1039'
	burmeseMedialWa   = '\u103d'
	khmerU            = '\u17bb'
	khmerE            = '\u17c1'
	khmerShifter      = '\u17c9'
	khmerOtherShifter = '\u17ca'
	firstVowelAbove   = '\u0e34'
	lastVowelAbove    = '\u0e37'
)

func isDrawnByContext(r rune) bool {
	switch r {
	case caron, nukta, finalNun, khmerShifter, khmerOtherShifter, devanagariR, devanagariRR, kannadaR,
		burmeseStacker:
		return true
	}
	return false
}

// byContext replaces what is drawn, or read, as something else where it stands, in place: a caron
// on d, l or t is an apostrophe (ľ, lʼ); a final nun within a word is a vav, which has the
// prototype l; the dot of the ra that joins on as an eyelash is not there (Marathi ऱ्य, Nepali
// र्‍य), and ra with the sign of the vowel r is a ra over that vowel; the shifters of Khmer are
// drawn as the vowel u where a vowel stands above; the wa of Burmese below another letter is the
// medial one.
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
		case vocalicSign(at(out, len(out)-2), before, r) != 0:
			out, r = out[:len(out)-1], vocalicSign(at(out, len(out)-2), before, r)
		case r == 'o' && before == burmeseStacker: // The letter wa, by its prototype.
			out, r = out[:len(out)-1], burmeseMedialWa
		case (r == khmerShifter || r == khmerOtherShifter) && (above(before) || above(next) ||
			before == khmerE && above(at(out, len(out)-2))):
			r = khmerU
		}
		out = append(out, r)
	}
	return out
}

// vocalicSign returns the sign that a vowel r after a dead ra is drawn as on a living one, or 0.
// The ra of Kannada and the sign have prototypes in Telugu.
func vocalicSign(ra, virama, vowel rune) rune {
	switch [...]rune{ra, virama, vowel} {
	case [...]rune{devanagariRa, devanagariVirama, devanagariR}:
		return '\u0943'
	case [...]rune{devanagariRa, devanagariVirama, devanagariRR}:
		return '\u0944'
	case [...]rune{'\u0c30', '\u0ccd', kannadaR}:
		return '\u0c43'
	}
	return 0
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
	var base []rune // the last letter, which other marks may part from a point
	for _, r := range s {
		p := Of(r)
		if !p.Has(layout.InSkeleton) || IsPoint(r) && !isOnWaw(base, r) {
			return false
		}
		if !isPiled(p) {
			base = append(base[:0], r)
		}
	}
	return FoldNFD(s) == s && string(byContext(piledUp([]rune(s), 0))) == s
}
