package saferegex_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// userName stands in the source, so a mistake in it may panic when the program starts.
var userName = saferegex.MustCompile(`[a-z][a-z0-9_-]{2,31}`, limits.Limits{InputBytes: 256,
	Time: 100 * time.Millisecond})

func Example() {
	ok, err := userName.FullMatchString(context.Background(), "ada_99")
	fmt.Println(ok, err)

	ok, err = userName.FullMatchString(context.Background(), strings.Repeat("a", 1000))
	fmt.Println(ok, err)
	fmt.Println(errors.Is(err, limits.ErrExceeded))
	// Output:
	// true <nil>
	// false saferegex.FullMatchString: input bytes: needs at least 1000 B, the limit is 256 B; if such input is expected, raise InputBytes
	// true
}

// The pattern comes from a user. A pattern that would take too much is refused before it is
// compiled.
func ExampleCompile() {
	lim := limits.Limits{InputBytes: limits.MiB, Time: 100 * time.Millisecond}
	for _, pattern := range []string{`(a+)+$`, `((a{100}){100}){100}`, `^(?!.*secret)`} {
		re, err := saferegex.Compile(context.Background(), pattern, lim)
		if rule, ok := errors.AsType[*saferegex.RuleError](err); ok {
			fmt.Println(rule.Rule)
			continue
		}
		ok, err := re.MatchString(context.Background(), strings.Repeat("a", 100_000)+"!")
		fmt.Println(ok, err)
	}
	// Output:
	// false <nil>
	// program-too-large
	// invalid-syntax
}

func ExampleSyntaxError() {
	_, err := saferegex.Compile(context.Background(), `(\w+) \1`, limits.Limits{InputBytes: limits.MiB,
		Time: time.Second})
	if syntax, ok := errors.AsType[*saferegex.SyntaxError](err); ok {
		fmt.Println(syntax.Construct, "at", syntax.Offset)
		fmt.Println(syntax.Rewrite)
	}
	// Output:
	// backreference at 6
	// capture both texts, with a group each, and compare them in Go
}

func ExampleMustCompile() {
	defer func() { fmt.Println(recover()) }()
	saferegex.MustCompile(`a++`, limits.Limits{InputBytes: limits.MiB, Time: time.Second})
	// Output:
	// saferegex.Compile: invalid-syntax: "a++" (offset 2): possessive quantifier: it tells a backtracking engine not to come back, and this engine never goes back in the text; instead: leave the + out, which may match where the possessive quantifier gives up
}

// A match is not proof that the text is harmless: it may stand in the middle of anything.
func ExampleRegexp_MatchString() {
	re := saferegex.MustCompile(`[0-9]{4}`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	contains, _ := re.MatchString(context.Background(), "1234; drop table")
	is, _ := re.FullMatchString(context.Background(), "1234; drop table")
	fmt.Println(contains, is)
	// Output: true false
}

func ExampleRegexp_FindStringSubmatch() {
	re := saferegex.MustCompile(`(\w+)@(\w+)\.com`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	found, err := re.FindStringSubmatch(context.Background(), "mail ada@example.com today")
	fmt.Printf("%q %v\n", found, err)
	// Output: ["ada@example.com" "ada" "example"] <nil>
}

// One call is one operation: all matches together have one budget, and there is no part of an
// answer.
func ExampleRegexp_FindAllString() {
	re := saferegex.MustCompile(`\w+`, limits.Limits{InputBytes: limits.KiB, Items: 3, Time: time.Second})
	fmt.Println(re.FindAllString(context.Background(), "one two three", -1))
	fmt.Println(re.FindAllString(context.Background(), "one two three four", -1))
	fmt.Println(re.FindAllString(context.Background(), "one two three four", 2))
	// Output:
	// [one two three] <nil>
	// [] saferegex.FindAllString: items: needs at least 4, the limit is 3; if such input is expected, raise Items
	// [one two] <nil>
}

func ExampleRegexp_Each() {
	re := saferegex.MustCompile(`(?P<key>\w+)=(?P<value>\w*)`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	err := re.Each(context.Background(), "a=1, b=2, c=", func(m saferegex.Match) error {
		fmt.Printf("%d %s %q\n", m.Start(), m.Named("key"), m.Named("value"))
		return nil
	})
	fmt.Println(err)
	// Output:
	// 0 a "1"
	// 5 b "2"
	// 10 c ""
	// <nil>
}

// A template that multiplies its input is bounded by OutputBytes.
func ExampleRegexp_ReplaceAllString() {
	re := saferegex.MustCompile(`(\w+) (\w+)`, limits.Limits{InputBytes: limits.KiB, OutputBytes: 32,
		Time: time.Second})
	fmt.Println(re.ReplaceAllString(context.Background(), "hello world", "$2, $1"))
	fmt.Println(re.ReplaceAllString(context.Background(), "hello world", "$0$0$0"))
	// Output:
	// world, hello <nil>
	//  saferegex.ReplaceAllString: output bytes: needs at least 33 B, the limit is 32 B; if such input is expected, raise OutputBytes
}

func ExampleRegexp_Split() {
	re := saferegex.MustCompile(`\s*,\s*`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	parts, err := re.Split(context.Background(), "a , b,c", -1)
	fmt.Printf("%q %v\n", parts, err)
	// Output: ["a" "b" "c"] <nil>
}

func ExampleRegexp_Expand() {
	re := saferegex.MustCompile(`(?P<key>\w+):(?P<value>\w+)`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	text := "color:blue"
	loc, err := re.FindStringSubmatchIndex(context.Background(), text)
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := re.ExpandString(context.Background(), nil, "${value} is a $key", text, loc)
	fmt.Println(string(out), err)
	// Output: blue is a color <nil>
}

// A reader that breaks off has no answer: what was read so far may end where the text does not.
func ExampleRegexp_MatchReader() {
	re := saferegex.MustCompile(`end$`, limits.Limits{InputBytes: 8, Time: time.Second})
	fmt.Println(re.MatchReader(context.Background(), strings.NewReader("the end")))
	fmt.Println(re.MatchReader(context.Background(), strings.NewReader("the end, or not")))
	// Output:
	// true <nil>
	// false saferegex.MatchReader: input bytes: needs at least 9 B, the limit is 8 B; if such input is expected, raise InputBytes
}

func ExampleRegexp_Stats() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	for _, pattern := range []string{`needle`, `^[a-z]+$`, `(a|aa)*c`} {
		s := saferegex.MustCompile(pattern, lim).Stats()
		fmt.Println(s.Engine, s.Instructions, s.Groups, s.Classes)
	}
	// Output:
	// literal 8 0 5
	// one-pass 6 0 2
	// automaton 10 1 3
}

func ExampleLongest() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	first := saferegex.MustCompile(`a|ab`, lim)
	longest := saferegex.MustCompile(`a|ab`, lim, saferegex.Longest())
	fmt.Println(first.FindString(context.Background(), "ab"))
	fmt.Println(longest.FindString(context.Background(), "ab"))
	// Output:
	// a <nil>
	// ab <nil>
}

func ExamplePatternBytes() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	long := "[" + strings.Repeat("a-z", 20_000) + "]"
	_, err := saferegex.Compile(context.Background(), long, lim)
	fmt.Println(errors.Is(err, limits.ErrRefused))
	_, err = saferegex.Compile(context.Background(), long, lim, saferegex.PatternBytes(64*limits.KiB))
	fmt.Println(err)
	// Output:
	// true
	// <nil>
}

func ExampleRules() {
	for info := range saferegex.Rules() {
		fmt.Println(info.Rule)
	}
	// Output:
	// pattern-too-long
	// pattern-too-deep
	// too-many-groups
	// class-too-large
	// byte-class
	// match-too-long
	// invalid-syntax
	// program-too-large
}

func ExampleCaseInsensitive() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: 50 * time.Millisecond}
	re := saferegex.MustCompile(`^x-trace-id: (\w+)$`, lim, saferegex.CaseInsensitive(), saferegex.MultiLine())
	found, err := re.FindStringSubmatch(context.Background(), "Host: example.com\nX-Trace-Id: 7f3a\n")
	fmt.Println(found[1], err)
	// Output: 7f3a <nil>
}

func ExampleMultiLine() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: 50 * time.Millisecond}
	re := saferegex.MustCompile(`^#.*`, lim, saferegex.MultiLine())
	fmt.Println(re.FindAllString(context.Background(), "# one\ntwo\n# three", -1))
	// Output: [# one # three] <nil>
}

func ExampleDotAll() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: 50 * time.Millisecond}
	re := saferegex.MustCompile(`<!--.*?-->`, lim, saferegex.DotAll())
	fmt.Println(re.ReplaceAllLiteralString(context.Background(), "a<!-- b\nc -->d", ""))
	// Output: ad <nil>
}
