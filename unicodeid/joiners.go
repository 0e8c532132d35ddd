package unicodeid

import (
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// joins reports whether the joiner at i changes what is seen (RFC 5892, appendix A; UAX 31, section
// 2.3): after a virama, the non-joiner only before a letter of the same script; a non-joiner
// between letters that would join; and a joiner before the virama of Bengali ra, which writes
// ya-phala.
func (c *checker) joins(i int) bool {
	const nonJoiner, joiner, bengaliRa = '\u200c', '\u200d', '\u09b0'
	r := c.chars[i].r
	if r != nonJoiner && r != joiner || i == 0 {
		return false
	}
	before := &c.chars[i-1]
	afterVirama := before.props.Combining() == virama
	switch {
	case r == joiner:
		return afterVirama && i > 1 && !c.vowelSign(i+1) ||
			before.r == bengaliRa && i+1 < len(c.chars) && c.chars[i+1].props.Combining() == virama
	case afterVirama:
		return i+1 < len(c.chars) && c.chars[i+1].props.Category().Letter() &&
			!ucd.ScriptsOf(before.props).And(ucd.ScriptsOf(c.chars[i+1].props)).Empty()
	}
	return c.separatesLetters(i)
}

// virama is the combining class of the signs that take a vowel away and join consonants.
const virama = 9

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
