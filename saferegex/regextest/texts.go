package regextest

import (
	"fmt"
	"strings"
)

// long is how many times a text repeats what hurts: enough that a quadratic engine takes seconds,
// and an exponential one for ever.
const long = 16 << 10

func times(s string, n int) string { return strings.Repeat(s, n) }

// nestedQuantifiers repeat what repeats: a backtracking engine tries every way to cut the text, 2^n
// of them.
func nestedQuantifiers() []Case {
	a := times("a", long)
	return []Case{
		{Name: "plus-plus", Pattern: `^(a+)+$`, Text: a + "!"},
		{Name: "star-star", Pattern: `^(a*)*$`, Text: a + "!"},
		{Name: "star-plus-star", Pattern: `((a*)+)*b`, Text: a},
		{Name: "plus-plus-matches", Pattern: `^(a+)+$`, Text: a, Count: 1},
		{Name: "two-of-one", Pattern: `(x+x+)+y`, Text: times("x", long)},
		{Name: "words", Pattern: `^([a-zA-Z0-9]+\s?)*$`, Text: times("word ", long/8) + "!"},
		{Name: "path", Pattern: `^(/?[\w-]+)+/?$`, Text: times("/a-b", long/8) + "//"},
		{Name: "optional", Pattern: `^(a?){50}a{50}$`, Text: times("a", 50), Count: 1},
		{Name: "lazy", Pattern: `^(a+?)+?$`, Text: a + "!"},
		{Name: "nested-five", Pattern: `^(((((a+)+)+)+)+)+$`, Text: a + "!"},
		{Name: "email", Pattern: `^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@)[a-z]+\.[a-z]{2,3}$`, Text: a + "!"},
	}
}

// overlappingAlternation offers two ways to read one character.
func overlappingAlternation() []Case {
	a := times("a", long)
	return []Case{
		{Name: "same", Pattern: `^(a|a)*$`, Text: a + "!"},
		{Name: "one-or-two", Pattern: `^(a|aa)+$`, Text: a + "!"},
		{Name: "no-end", Pattern: `(a|aa)*c`, Text: a},
		{Name: "three", Pattern: `(?:a|b|ab)*c`, Text: times("ab", long/2)},
		{Name: "classes", Pattern: `^(\w|\d|[a-f])+$`, Text: times("a1", long/2) + "!"},
		{Name: "dot", Pattern: `^(.|\s)*x$`, Text: times(" ", long)},
		{Name: "empty", Pattern: `^(|a|a)*$`, Text: a + "!"},
		{Name: "matches", Pattern: `^(a|ab|b)*$`, Text: times("ab", long/2), Count: 1},
	}
}

// polynomial patterns share a text out among several stars: n^2, n^3 and so on for a backtracking
// engine, and for one that looks for a match from every place anew.
func polynomial() []Case {
	a := times("a", long)
	return []Case{
		{Name: "two-stars", Pattern: `a*a*b`, Text: a},
		{Name: "five-stars", Pattern: `a*a*a*a*a*b`, Text: a},
		{Name: "dots", Pattern: `.*.*=.*`, Text: times("x", long)},
		{Name: "dots-match", Pattern: `.*.*=.*`, Text: times("x=", long/2), Count: 1},
		{Name: "trailing-space", Pattern: `\s+$`, Text: times(" ", long) + "x"},
		{Name: "fields", Pattern: `^(.*?,){11}P`, Text: times("1,", long/2)},
		{Name: "numbers", Pattern: `^\d+\d+\d+$`, Text: times("1", long) + "x"},
		{Name: "comment", Pattern: `/\*.*\*/x`, Text: times("/*", long/2)},
		{Name: "quoted", Pattern: `"(.*)"(.*)"(.*)"$`, Text: times(`"`, long) + "x"},
		{Name: "tag", Pattern: `<[^>]*>\s*</`, Text: times("<", long)},
	}
}

// countedClasses make programs of thousands of threads that are all alive.
func countedClasses() []Case {
	return []Case{
		{Name: "letters", Pattern: `[\pL]{1,200}!`, Text: times("é", long/2)},
		{Name: "dots", Pattern: `.{500}x`, Text: times("y", long)},
		{Name: "state-explosion", Pattern: `[a-q][^u-z]{13}x`, Text: times("abcq", long/4)},
		{Name: "sliding", Pattern: `(a|b)*a(a|b){15}$`, Text: times("ab", long/2) + "c"},
		{Name: "range", Pattern: `\w{50,100}\d`, Text: times("w", long)},
		{Name: "two", Pattern: `(?:[ab]{1,30}){1,30}c`, Text: times("ab", long/2)},
	}
}

// longAlternation is a list of words, as block lists are.
func longAlternation() []Case {
	words := func(n int) string {
		var s strings.Builder
		for i := range n {
			if i > 0 {
				s.WriteByte('|')
			}
			fmt.Fprintf(&s, "w%03xd", i*2531%4096)
		}
		return s.String()
	}
	return []Case{
		{Name: "two-hundred", Pattern: words(200), Text: times("w00", long/3)},
		{Name: "six-hundred", Pattern: "(?:" + words(600) + ")$", Text: times("w00", long/3)},
		{Name: "two-hundred-case", Pattern: "(?i:" + words(200) + ")", Text: times("W00", long/3)},
	}
}

// emptyMatches match at every place, and many times at each for an engine that does not move on.
func emptyMatches() []Case {
	b := times("b", long)
	return []Case{
		{Name: "star", Pattern: `a*`, Text: b, Op: FindAll, Count: long + 1},
		{Name: "nothing", Pattern: ``, Text: b, Op: FindAll, Count: long + 1},
		{Name: "stars-of-nothing", Pattern: `(?:(?:)*)*`, Text: b, Op: FindAll, Count: long + 1},
		{Name: "alternative", Pattern: `(|a)*`, Text: times("a", long), Op: FindAll, Count: long + 1},
		{Name: "boundaries", Pattern: `\b`, Text: times("b ", long/2), Op: FindAll, Count: long},
		{Name: "lines", Pattern: `(?m)^`, Text: times("\n", long), Op: FindAll, Count: long + 1},
		{Name: "line-ends", Pattern: `(?m)$`, Text: times("\n", long), Op: FindAll, Count: long + 1},
		{Name: "characters", Pattern: `x*`, Text: times("é", long/2), Op: FindAll, Count: long/2 + 1},
		{Name: "groups", Pattern: `(a)*(b)*(c)*(d)*(e)*(f)*`, Text: times("x", long), Op: FindAll, Count: long + 1},
		{Name: "replace", Pattern: `a*`, Text: b, Op: ReplaceAll, Template: "-", Count: long + 1},
		{Name: "split", Pattern: `a*`, Text: b, Op: Split, Count: long},
	}
}

// quadraticFindAll has an engine read to the end of the text from every place for something that is
// not there.
func quadraticFindAll() []Case {
	a := times("a", long)
	return []Case{
		{Name: "class-then-c", Pattern: `[ab]*c|a`, Text: a, Op: FindAll, Want: AnswerOrStop, Count: long},
		{Name: "dot-then-b", Pattern: `a.*b|a`, Text: a, Op: FindAll, Want: AnswerOrStop, Count: long},
		{Name: "any-then-x", Pattern: `(?s).+x|a`, Text: a, Op: FindAll, Want: AnswerOrStop, Count: long},
		{Name: "plus-then-end", Pattern: `a+$|a`, Text: a + "b", Op: FindAll, Want: AnswerOrStop, Count: long},
		{Name: "nothing", Pattern: `a[ab]*c`, Text: a, Op: FindAll},
		{Name: "replace", Pattern: `[ab]*c|a`, Text: a, Op: ReplaceAll, Template: "b", Want: AnswerOrStop, Count: long},
		{Name: "split", Pattern: `[ab]*c|a`, Text: a, Op: Split, Want: AnswerOrStop, Count: long + 1},
	}
}
