package unicodeid

import (
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// joins reports whether the joiner at i changes what is seen (RFC 5892, appendix A; UAX 31, section
// 2.3): after a virama, the non-joiner only before a letter of the same script or at the end of the
// word, where keyboards of Kannada and Malayalam leave it (ರಾಜೇಶ್‌); a non-joiner between letters
// that would join; either of them before the virama of Bengali ra, which writes ya-phala; a joiner
// between the letter a and the candra sign of Devanagari, as Marathi was typed before that was one
// letter; and the selectors of Mongolian.
func (c *checker) joins(i int) bool {
	const nonJoiner, joiner, bengaliRa, shortA, candra = '\u200c', '\u200d', '\u09b0', '\u0905', '\u0945'
	r := c.chars[i].r
	if i == 0 {
		return false
	}
	if r != nonJoiner && r != joiner {
		return c.selectsMongolian(i)
	}
	before := &c.chars[i-1]
	afterVirama := before.props.Combining() == virama
	switch {
	case before.r == bengaliRa && c.virama(i+1):
		return true
	case r == joiner && before.r == shortA && i+1 < len(c.chars) && c.chars[i+1].r == candra:
		return true
	case r == joiner:
		return afterVirama && i > 1 && !c.vowelSign(i+1)
	case afterVirama:
		return i+1 == len(c.chars) || c.isSign(i+1) || c.chars[i+1].props.Category().Letter() &&
			!ucd.ScriptsOf(before.props).And(ucd.ScriptsOf(c.chars[i+1].props)).Empty()
	}
	return c.separatesLetters(i)
}

// virama is the combining class of the signs that take a vowel away and join consonants.
const virama = 9

func (c *checker) virama(i int) bool {
	return i < len(c.chars) && c.chars[i].props.Combining() == virama
}

// selectsMongolian reports a variation selector of Mongolian after a letter, and its vowel
// separator between a letter and a last a or e, where the profile has that script.
func (c *checker) selectsMongolian(i int) bool {
	const separator, a, e = '\u180e', '\u1820', '\u1821'
	if c.p.scripts.Empty() || !c.of(i-1, "Mong") || !c.allowed(c.chars[i-1].r, c.chars[i-1].props) {
		return false
	}
	switch c.chars[i].r {
	case '\u180b', '\u180c', '\u180d', '\u180f':
		return true
	case separator:
		last := i+2 == len(c.chars) || i+2 < len(c.chars) && c.isSign(i+2)
		return last && (c.chars[i+1].r == a || c.chars[i+1].r == e)
	}
	return false
}

// vowelSign reports a mark that is no virama: it would stand on the joiner.
func (c *checker) vowelSign(i int) bool {
	return i < len(c.chars) && c.chars[i].props.Category().Mark()
}

// separatesLetters reports a non-joiner between letters that would join without it.
func (c *checker) separatesLetters(i int) bool {
	before, after := i-1, i+1
	for before >= 0 && c.chars[before].props.Joining() == layout.JoiningT {
		before--
	}
	for after < len(c.chars) && c.chars[after].props.Joining() == layout.JoiningT {
		after++
	}
	if before < 0 || after == len(c.chars) {
		return false
	}
	left, right := c.chars[before].props.Joining(), c.chars[after].props.Joining()
	return (left == layout.JoiningL || left == layout.JoiningD) && (right == layout.JoiningR ||
		right == layout.JoiningD)
}
