package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// lim is what the examples allow a set and a text.
var lim = limits.Limits{InputBytes: 64 * limits.KiB, Time: 10 * time.Second}

// The patterns of a filter are read from a file, once, when the program starts.
func ExampleCompile() {
	file := "^/wp-admin\n\\.php$\n^/\\.git/\n"
	blocked, err := regexset.Compile(context.Background(), strings.Fields(file), lim)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer blocked.Close()
	fmt.Println(blocked.Len(), "patterns")
	_, found, err := blocked.First(context.Background(), "/.git/config")
	fmt.Println(found, err)
	// Output:
	// 3 patterns
	// true <nil>
}

// Match says which of the patterns are in a text, each once, however often it is there.
func ExampleSet_Match() {
	ctx := context.Background()
	languages := []string{"go", "rust", "python"}
	set, err := regexset.Compile(ctx, []string{`\bfunc \w+\(`, `\bfn \w+\(`, `\bdef \w+\(`}, lim)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer set.Close()
	found, err := set.Match(ctx, "func main() {}\nfunc other() {}\n")
	for _, i := range found {
		fmt.Println(languages[i])
	}
	fmt.Println(err)
	// Output:
	// go
	// <nil>
}

// A service in which each tenant has a set of its own says how large a tenant's may be. A pattern
// beyond such a bound is refused, and the refusal names it.
func ExamplePatterns() {
	tenant := []regexset.Option{
		regexset.Patterns(100),
		regexset.SetBytes(limits.MiB),
		regexset.PatternBytes(200),
		regexset.ProgramSize(500),
		regexset.Groups(5),
	}
	for _, patterns := range [][]string{
		{`error \d+`, `warning: .*`},
		make([]string, 101),
		{`error`, strings.Repeat("a", 201)},
		{`error`, `(?:error|warning){100}`},
		{`(\d)(\d)(\d)(\d)(\d)(\d)`},
	} {
		_, err := regexset.Compile(context.Background(), patterns, lim, tenant...)
		rule, refused := errors.AsType[*regexset.RuleError](err)
		if !refused {
			fmt.Println(err)
			continue
		}
		which, about := errors.AsType[*regexset.PatternError](err)
		if about {
			fmt.Println(rule.Rule, "by pattern", which.Index)
			continue
		}
		fmt.Println(rule.Rule)
	}
	// Output:
	// <nil>
	// too-many-patterns
	// pattern-too-long by pattern 1
	// program-too-large by pattern 1
	// too-many-groups by pattern 0
}

// SetBytes bounds the patterns together, where each of them alone is small enough.
func ExampleSetBytes() {
	var many []string
	for i := range 50 {
		many = append(many, fmt.Sprintf(`user-%d@[a-z]+\.example`, i))
	}
	_, err := regexset.Compile(context.Background(), many, lim, regexset.SetBytes(10*limits.KiB))
	rule, refused := errors.AsType[*regexset.RuleError](err)
	fmt.Println(refused, rule.Rule)
	set, err := regexset.Compile(context.Background(), many, lim, regexset.SetBytes(32*limits.MiB))
	fmt.Println(set.Len(), err)
	// Output:
	// true set-too-large
	// 50 <nil>
}

// The options that say how patterns are read hold for all patterns of a set.
func ExampleLongest() {
	ctx := context.Background()
	text := "Teapot\nand tea"
	for _, c := range []struct {
		name    string
		options []regexset.Option
	}{
		{"as they are", nil},
		{"CaseInsensitive", []regexset.Option{regexset.CaseInsensitive()}},
		{"Longest", []regexset.Option{regexset.CaseInsensitive(), regexset.Longest()}},
		{"MultiLine", []regexset.Option{regexset.CaseInsensitive(), regexset.MultiLine()}},
		{"DotAll", []regexset.Option{regexset.CaseInsensitive(), regexset.DotAll()}},
	} {
		set, err := regexset.Compile(ctx, []string{`tea|teapot`, `^and`, `pot.and`}, lim, c.options...)
		if err != nil {
			fmt.Println(err)
			return
		}
		var found []string
		err = set.Each(ctx, text, func(m regexset.SetMatch) error {
			found = append(found, m.Text())
			return nil
		})
		fmt.Printf("%s: %q %v\n", c.name, found, err)
	}
	// Output:
	// as they are: ["tea"] <nil>
	// CaseInsensitive: ["Tea" "tea"] <nil>
	// Longest: ["Teapot" "tea"] <nil>
	// MultiLine: ["Tea" "tea" "and"] <nil>
	// DotAll: ["Tea" "tea" "pot\nand"] <nil>
}

// POSIX takes patterns from a program that reads them as egrep does: \d is no class there.
func ExamplePOSIX() {
	ctx := context.Background()
	set, err := regexset.Compile(ctx, []string{`[[:digit:]]+`, `tea|teapot`}, lim, regexset.POSIX())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Match(ctx, "one teapot"))
	_, err = regexset.Compile(ctx, []string{`\d+`}, lim, regexset.POSIX())
	fmt.Println(errors.Is(err, limits.ErrRefused))
	// Output:
	// [1] <nil>
	// true
}
