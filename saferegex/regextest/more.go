package regextest

import (
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/saferegex"
)

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
		{Name: "three-deep", Pattern: `((a{100}){100}){100}`, Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "ten-deep", Pattern: `((((((((((x{10}){10}){10}){10}){10}){10}){10}){10}){10}){10})`,
			Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "thousands", Pattern: times(`.{1000}`, 500), Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "beyond-go", Pattern: `a{1001}`, Want: RefusePattern, Rule: saferegex.RuleInvalidSyntax},
		{Name: "optional", Pattern: `(((a{0,99}){0,99}){0,99})`,
			Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "open-ended", Pattern: `((a{900,}){900,})`, Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "of-nothing", Pattern: `((((){1000}){1000}){1000})`,
			Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "side-by-side", Pattern: times(`(?:ab?c*){99}`, 300),
			Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "harmless", Pattern: `(a{10}){10}`, Text: times("a", 100), Count: 1},
	}
}

// classBombs name sets of a hundred thousand characters in two.
func classBombs() []Case {
	return []Case{
		{Name: "letters-thousand", Pattern: `\pL{1000}`, Text: times("a", 999)},
		{Name: "letters-thousand-twice", Pattern: `(\pL{500}|\PL{500}){40}`,
			Want: RefusePattern, Rule: saferegex.RuleProgramTooLarge},
		{Name: "many-classes", Pattern: strings.TrimSuffix(times(`\pL|`, 5000), "|"), Want: RefusePattern},
		{Name: "case-ranges", Pattern: times(`(?i)[\x{2}-\x{1E942}]`, 200),
			Want: RefusePattern, Rule: saferegex.RuleClassTooLarge},
		{Name: "case-ranges-few", Pattern: times(`(?i)[B-\x{1E942}]`, 3), Want: RefusePattern,
			Rule: saferegex.RuleClassTooLarge},
		{Name: "case-ranges-of-alternatives", Pattern: `(?i:[b-\x{1E942}]x|[c-\x{1E942}]y|[d-\x{1E942}]z)`,
			Want: RefusePattern, Rule: saferegex.RuleClassTooLarge},
		{Name: "harmless", Pattern: `^[\pL\pN]+$`, Text: times("é1", long/4), Count: 1},
	}
}

// largePatterns are long, deep or full of groups.
func largePatterns() []Case {
	return []Case{
		{Name: "literal-megabyte", Pattern: times("a", 1<<20), Want: RefusePattern, Rule: saferegex.RulePatternTooLong},
		{Name: "parentheses", Pattern: times("(", 100_000) + times(")", 100_000),
			Want: RefusePattern, Rule: saferegex.RulePatternTooLong},
		{Name: "parentheses-open", Pattern: times("(", 4000), Want: RefusePattern, Rule: saferegex.RulePatternTooDeep},
		{Name: "groups", Pattern: times("()", 10_000), Want: RefusePattern, Rule: saferegex.RuleTooManyGroups},
		{Name: "groups-within-length", Pattern: times("()", 1000),
			Want: RefusePattern, Rule: saferegex.RuleTooManyGroups},
		{Name: "words", Pattern: strings.TrimSuffix(times("word|", 50_000), "|"),
			Want: RefusePattern, Rule: saferegex.RulePatternTooLong},
		{Name: "brackets", Pattern: times("[", 4000), Want: RefusePattern, Rule: saferegex.RuleInvalidSyntax},
		{Name: "nested-non-capturing", Pattern: times("(?:", 900) + times(")", 900),
			Want: RefusePattern, Rule: saferegex.RulePatternTooDeep},
		{Name: "nested-alternatives", Pattern: times("(a|", 150) + times(")", 150), Want: RefusePattern,
			Rule: saferegex.RulePatternTooDeep},
		{Name: "groups-named", Pattern: named(300), Want: RefusePattern, Rule: saferegex.RuleTooManyGroups},
		{Name: "flags", Pattern: times("(?i)(?-i)", 50_000), Want: RefusePattern, Rule: saferegex.RulePatternTooLong},
		{Name: "backreference", Pattern: `(a)\1`, Want: RefusePattern, Rule: saferegex.RuleInvalidSyntax},
		{Name: "look-ahead", Pattern: `(?=a)*b`, Want: RefusePattern, Rule: saferegex.RuleInvalidSyntax},
		{Name: "harmless", Pattern: times("(?:", 50) + "a" + times(")", 50), Text: "a", Count: 1},
	}
}

// named returns n capturing groups with names.
func named(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, "(?P<g%d>a)", i)
	}
	return s.String()
}
