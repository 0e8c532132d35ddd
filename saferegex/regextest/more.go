package regextest

import "strings"

// replacementGrowth makes an output of gigabytes from a text and a template of kilobytes.
func replacementGrowth() []Case {
	a := times("a", 64<<10)
	return []Case{
		{Name: "literal", Pattern: `a`, Text: a, Op: ReplaceAll, Template: times("b", 4<<10), Want: Stop},
		{Name: "empty-matches", Pattern: `x*`, Text: a, Op: ReplaceAll, Template: times("b", 4<<10), Want: Stop},
		{Name: "whole-text", Pattern: `.*`, Text: a, Op: ReplaceAll, Template: times("$0", 4<<10), Want: Stop},
		{Name: "group", Pattern: `(.*)`, Text: a, Op: ReplaceAll, Template: times("${1}", 4<<10), Want: Stop},
		{Name: "to-nothing", Pattern: `a`, Text: a, Op: ReplaceAll, Count: 64 << 10},
		{Name: "no-such-group", Pattern: `a`, Text: a, Op: ReplaceAll, Template: times("$9", 1<<10), Count: 64 << 10},
	}
}

// caseFolding: one letter of the pattern stands for several of the text, some of which take more
// bytes.
func caseFolding() []Case {
	return []Case{
		{Name: "kelvin", Pattern: `(?i)^k+$`, Text: times("k\u212aK", long/8), Count: 1},
		{Name: "long-s", Pattern: `(?i)s`, Text: times("\u017f", long/2), Op: FindAll, Count: long / 2},
		{Name: "sigma", Pattern: `(?i)^σ+$`, Text: times("Σςσ", long/8), Count: 1},
		{Name: "no-full-folding", Pattern: `(?i)ss`, Text: times("ß", long/2)},
		{Name: "class", Pattern: `(?i)[a-z]+!`, Text: times("\u212a\u017f", long/8)},
		{Name: "negated", Pattern: `(?i)^[^k]+$`, Text: times("x", long) + "\u212a"},
	}
}

// anchors and word boundaries are looked at again at every place of a long line.
func anchors() []Case {
	w := times("w", long)
	return []Case{
		{Name: "word-to-end", Pattern: `\b\w+\b\W*$`, Text: w + " x!" + w, Count: 1},
		{Name: "foo-in-line", Pattern: `(?m)^.*\bfoo\b.*$`, Text: times("afoo ", long/5), Op: FindAll},
		{Name: "not-boundaries", Pattern: `\B.\B`, Text: w, Op: FindAll, Count: long - 2},
		{Name: "boundary-pairs", Pattern: `\b.\b`, Text: times("a ", long/2), Op: FindAll, Count: long - 1},
		{Name: "begin-of-text", Pattern: `\Ax|\Ay`, Text: w},
		{Name: "end-of-text", Pattern: `w+\z`, Text: w + "x"},
		{Name: "impossible", Pattern: `a\b\Ba`, Text: times("a", long)},
		{Name: "lines", Pattern: `(?m)^(\w+)$`, Text: times("w\n", long/2), Op: FindAll, Count: long / 2},
	}
}

// repeatBombs ask for programs of millions of instructions in a few characters.
func repeatBombs() []Case {
	return []Case{
		{Name: "three-deep", Pattern: `((a{100}){100}){100}`, Want: RefusePattern},
		{Name: "ten-deep", Pattern: `((((((((((x{10}){10}){10}){10}){10}){10}){10}){10}){10}){10})`,
			Want: RefusePattern},
		{Name: "thousands", Pattern: times(`.{1000}`, 500), Want: RefusePattern},
		{Name: "beyond-go", Pattern: `a{1001}`, Want: RefusePattern},
		{Name: "optional", Pattern: `(((a{0,99}){0,99}){0,99})`, Want: RefusePattern},
		{Name: "open-ended", Pattern: `((a{900,}){900,})`, Want: RefusePattern},
		{Name: "of-nothing", Pattern: `((((){1000}){1000}){1000})`, Want: RefusePattern},
		{Name: "side-by-side", Pattern: times(`(?:ab?c*){99}`, 300), Want: RefusePattern},
		{Name: "harmless", Pattern: `(a{10}){10}`, Text: times("a", 100), Count: 1},
	}
}

// classBombs name sets of a hundred thousand characters in two.
func classBombs() []Case {
	return []Case{
		{Name: "letters-thousand", Pattern: `\pL{1000}`, Text: times("a", 999)},
		{Name: "letters-thousand-twice", Pattern: `(\pL{500}|\PL{500}){40}`, Want: RefusePattern},
		{Name: "many-classes", Pattern: strings.TrimSuffix(times(`\pL|`, 5000), "|"), Want: RefusePattern},
		{Name: "case-ranges", Pattern: times(`(?i)[\x{2}-\x{1E942}]`, 200), Want: RefusePattern},
		{Name: "harmless", Pattern: `^[\pL\pN]+$`, Text: times("é1", long/4), Count: 1},
	}
}

// largePatterns are long, deep or full of groups.
func largePatterns() []Case {
	return []Case{
		{Name: "literal-megabyte", Pattern: times("a", 1<<20), Want: RefusePattern},
		{Name: "parentheses", Pattern: times("(", 100_000) + times(")", 100_000), Want: RefusePattern},
		{Name: "parentheses-open", Pattern: times("(", 4000), Want: RefusePattern},
		{Name: "groups", Pattern: times("()", 10_000), Want: RefusePattern},
		{Name: "groups-within-length", Pattern: times("()", 1000), Want: RefusePattern},
		{Name: "words", Pattern: strings.TrimSuffix(times("word|", 50_000), "|"), Want: RefusePattern},
		{Name: "brackets", Pattern: times("[", 4000), Want: RefusePattern},
		{Name: "nested-non-capturing", Pattern: times("(?:", 900) + times(")", 900), Want: RefusePattern},
		{Name: "flags", Pattern: times("(?i)(?-i)", 50_000), Want: RefusePattern},
		{Name: "backreference", Pattern: `(a)\1`, Want: RefusePattern},
		{Name: "look-ahead", Pattern: `(?=a)*b`, Want: RefusePattern},
		{Name: "harmless", Pattern: times("(?:", 50) + "a" + times(")", 50), Text: "a", Count: 1},
	}
}
