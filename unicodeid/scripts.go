package unicodeid

import (
	"iter"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// scripts holds the name, or each word of a display name, to Highly Restrictive (UTS 39, section
// 5.2): one script, or Latin with one of the three systems that Chinese, Japanese and Korean are
// written in.
func (c *checker) scripts() {
	for from, to := range c.words() {
		// what all share, and what all but the Latin letters share
		one, others := everything, everything
		hasLatin := false
		for i := from; i < to; i++ {
			if c.stop(i) {
				return
			}
			ch := &c.chars[i]
			of := ucd.ScriptsOf(ch.props)
			if ch.skip || of.Common() || of.Empty() {
				continue
			}
			one = one.And(of)
			if of.And(c.p.latin).Empty() {
				others = others.And(of)
			} else {
				hasLatin = true
			}
			if one.Empty() && (!hasLatin || others.And(c.p.eastAsian).Empty()) {
				if !c.standIns(from, to) {
					c.at(RuleMixedScript, ch, "")
				}
				return
			}
		}
	}
}

// everything is the set of all scripts.
var everything = ucd.Scripts{^uint64(0), ^uint64(0), ^uint64(0)}

// words yields where the rules of one script and one direction begin and end anew: a handle is one
// word, and a display name is cut at its spaces, without the punctuation around each word.
func (c *checker) words() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		if !c.p.display {
			yield(0, len(c.chars))
			return
		}
		for from := 0; from < len(c.chars); {
			to := from
			for to < len(c.chars) && c.chars[to].r != ' ' {
				to++
			}
			a, b := from, to
			for a < b && c.isPunctuation(a) {
				a++
			}
			for b > a && (c.isPunctuation(b-1) || c.chars[b-1].r == arabicComma || c.chars[b-1].r == '/') {
				b--
			}
			if a < b && !yield(a, b) {
				return
			}
			from = to + 1
		}
	}
}

// inPlace reports whether a sign that is no punctuation of the profile stands where it belongs to
// the word: the middle dot of Catalan l·l, of Gascon n·h and s·h and between Han letters, the
// katakana dot between Japanese letters, the tsheg between Tibetan syllables, geresh and gershayim
// after a Hebrew letter, the hyphens of Hebrew and Armenian between letters of theirs (RFC 5892,
// appendix A; UAX 31, table 3a). r is the sign at i in the compatibility composition.
func (c *checker) inPlace(i int, r rune) bool {
	switch r {
	case middleDot:
		return c.beside(i, -1, "l") && c.beside(i, 1, "l") ||
			(c.beside(i, -1, "n") || c.beside(i, -1, "s")) && c.beside(i, 1, "h") ||
			c.between(i, "Hani") || c.p.display && c.initialBeside(i, "Hani")
	case katakanaDot:
		return c.between(i, "Hira", "Kana", "Hani") || c.p.display && c.initialBeside(i, "Hira", "Kana", "Hani")
	case tsheg:
		return c.between(i, "Tibt") || c.p.display && c.ends(i, "Tibt")
	case '\u058a':
		return c.between(i, "Armn")
	case '\u05be':
		return c.between(i, "Hebr")
	case '\u05f3': // and two of them, typed for gershayim
		return c.of(i-1, "Hebr") || i > 1 && c.chars[i-1].r == r && c.of(i-2, "Hebr")
	case '\u05f4':
		return c.of(i-1, "Hebr")
	}
	return c.p.display && c.inDisplay(i, r)
}

const (
	middleDot   = '\u00b7'
	katakanaDot = '\u30fb'
	tsheg       = '\u0f0b'
	arabicComma = '\u060c'
)

// inDisplay is inPlace for the signs of display names alone: the stroke of Ethiopic (ዶ/ር, Dr.) and
// Arabic titles (د/) and of Malaysian and Singaporean names (a/l, s/o), the colon of Swedish names
// after an initial (H:son) and of Mohawk ones after a stressed vowel (Kahnawà:ke), and the full
// stops, commas and signs of abbreviation of Arabic, Urdu and Hindi at the end of a word.
func (c *checker) inDisplay(i int, r rune) bool {
	switch r {
	case '/':
		return c.between(i, "Ethi") || c.sonOf(i) || c.of(i-1, "Arab") && c.begins(i-1)
	case ':':
		return c.between(i, "Latn") && (c.begins(i-1) || c.stressed(i-1))
	case arabicComma, '\u06d4':
		return c.ends(i, "Arab")
	case '\u0970': // also between initials: ए॰पी॰ कलाम
		return c.ends(i, "Deva") || c.between(i, "Deva")
	}
	return false
}

// sonOf reports the stroke in a word that says whose child the bearer is: a/l and a/p in Malay,
// s/o, d/o and w/o in English.
func (c *checker) sonOf(i int) bool {
	if !c.between(i, "Latn") || !c.begins(i-1) || i+2 < len(c.chars) && !c.isSign(i+2) {
		return false
	}
	switch ucd.Fold(string([]rune{c.chars[i-1].r, c.chars[i+1].r})) {
	case "al", "ap", "so", "do", "wo":
		return true
	}
	return false
}

// stressed reports a small vowel with an acute or a grave accent.
func (c *checker) stressed(i int) bool {
	return strings.ContainsRune("áàéèíìóòúùʌ\u0301\u0300", c.chars[i].r)
}

// begins reports the first letter of a word.
func (c *checker) begins(i int) bool { return i == 0 || c.isSign(i-1) }

// ends reports a sign after a letter or mark of a script that is the last of its word.
func (c *checker) ends(i int, script string) bool {
	return c.of(i-1, script) && (i+1 == len(c.chars) || c.isSign(i+1))
}

// initialBeside reports a sign between a letter of one of the scripts and a Latin initial, or
// between two initials of which the last has such a letter after it: J·K·罗琳.
func (c *checker) initialBeside(i int, scripts ...string) bool {
	initial := func(at, beyond int) bool {
		return c.of(at, "Latn") && !c.of(beyond, "Latn")
	}
	if initial(i-1, i-2) && initial(i+1, i+2) && i+2 < len(c.chars) && c.chars[i+2].r == c.chars[i].r {
		return c.of(i+3, scripts...)
	}
	return c.of(i-1, scripts...) && initial(i+1, i+2) || initial(i-1, i-2) && c.of(i+1, scripts...)
}

// beside reports whether the character next to i is the letter, small or capital.
func (c *checker) beside(i, step int, letter string) bool {
	i += step
	return i >= 0 && i < len(c.chars) && !c.chars[i].skip && ucd.Fold(string(c.chars[i].r)) == letter
}

func (c *checker) between(i int, scripts ...string) bool {
	return c.of(i-1, scripts...) && c.of(i+1, scripts...)
}

// of reports a letter or mark of one of the scripts.
func (c *checker) of(i int, scripts ...string) bool {
	if i < 0 || i >= len(c.chars) || c.chars[i].skip {
		return false
	}
	p := c.chars[i].props
	set := ucd.ScriptsOf(p)
	if set.Common() || !p.Category().Letter() && !p.Category().Mark() && p.Category() != layout.Nl {
		return false
	}
	for _, name := range scripts {
		if one, ok := ucd.Script(name); ok && !set.And(one).Empty() {
			return true
		}
	}
	return false
}
