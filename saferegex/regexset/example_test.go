package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

func Example() {
	ctx := context.Background()
	filter, err := regexset.Compile(ctx, []string{
		`(?i)\bpassword\s*=`,
		`\b[0-9]{4}(?:[ -]?[0-9]{4}){3}\b`,
		`-----BEGIN [A-Z ]*PRIVATE KEY-----`,
	}, limits.Limits{InputBytes: 64 * limits.KiB, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer filter.Close()

	found, err := filter.Match(ctx, "user=me&Password=secret&card=1234-5678-1234-5678")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, i := range found {
		fmt.Println(i, filter.Pattern(i))
	}
	// Output:
	// 0 (?i)\bpassword\s*=
	// 1 \b[0-9]{4}(?:[ -]?[0-9]{4}){3}\b
}

func ExampleCompile_refused() {
	_, err := regexset.Compile(context.Background(), []string{`a+`, `b+`, `(?<=a)b`},
		limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	var which *regexset.PatternError
	fmt.Println(errors.As(err, &which), which.Index)
	fmt.Println(errors.Is(err, limits.ErrRefused), err)
	// Output:
	// true 2
	// true regexset.Compile: pattern 2: saferegex.Compile: invalid-syntax: "(?<=a)b" (offset 0): look-behind: no engine knows it that answers in linear time: matching it may take exponential time; instead: match what comes before as well, and put what is wanted into a group
}

func ExampleSet_Match_refused() {
	ctx := context.Background()
	set, err := regexset.Compile(ctx, []string{`a+`, `b+`}, limits.Limits{InputBytes: 10, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	found, err := set.Match(ctx, "aaaaaaaaaab")
	fmt.Println(found, errors.Is(err, limits.ErrExceeded))
	fmt.Println(err)
	// Output:
	// [] true
	// regexset.Match: input bytes: needs at least 11 B, the limit is 10 B; if such input is expected, raise InputBytes
}

func ExampleSet_Each() {
	ctx := context.Background()
	set, err := regexset.Compile(ctx, []string{`(\w+)@example\.com`, `\d+`}, limits.Limits{InputBytes: limits.KiB,
		Items: 3, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	show := func(x regexset.SetMatch) error {
		fmt.Printf("pattern %d at %d: %q, group 1 %q\n", x.Pattern, x.Start(), x.Text(), x.Group(1))
		return nil
	}
	fmt.Println(set.Each(ctx, "call 42, or me@example.com", show))
	fmt.Println(set.Each(ctx, "1 2 3 4", show))
	// Output:
	// pattern 0 at 12: "me@example.com", group 1 "me"
	// pattern 1 at 5: "42", group 1 ""
	// <nil>
	// pattern 1 at 0: "1", group 1 ""
	// pattern 1 at 2: "2", group 1 ""
	// pattern 1 at 4: "3", group 1 ""
	// regexset.Each: items: needs at least 4, the limit is 3; if such input is expected, raise Items
}

func ExampleSet_Stats() {
	set, err := regexset.Compile(context.Background(), []string{`apple`, `(?i)pear`, `"cherry \d+"`, `[a-z]+\d`},
		limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	s := set.Stats()
	fmt.Println(s.Patterns, s.Literals, s.Alone, s.RE2Bytes)
	// Output: 4 3 1 0 B
}

func ExampleSet_Close() {
	ctx := context.Background()
	set, err := regexset.Compile(ctx, []string{`a`}, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Close())
	_, err = set.Match(ctx, "a")
	fmt.Println(errors.Is(err, limits.ErrConfig), err)
	// Output:
	// <nil>
	// true regexset.Match: the Set is closed
}

func ExampleRules() {
	for info := range regexset.Rules() {
		fmt.Println(info.Rule)
	}
	// Output:
	// too-many-patterns
	// pattern-too-long
	// pattern-too-deep
	// too-many-groups
	// class-too-large
	// match-too-long
	// invalid-syntax
	// program-too-large
	// set-too-large
}

func ExampleSet_First() {
	ctx := context.Background()
	routes, err := regexset.Compile(ctx, []string{`/`, `/users/[0-9]+`, `/users/[a-z]+`, `/static/.*`},
		limits.Limits{InputBytes: limits.KiB, Time: time.Second}, regexset.FullMatch())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(routes.First(ctx, "/users/42"))
	fmt.Println(routes.First(ctx, "/users/42/delete"))
	// Output:
	// 1 true <nil>
	// -1 false <nil>
}

func ExampleFullMatch() {
	ctx := context.Background()
	allowed, err := regexset.Compile(ctx, []string{`[a-z]+\.example\.com`, `localhost`},
		limits.Limits{InputBytes: limits.KiB, Time: time.Second}, regexset.FullMatch(), regexset.CaseInsensitive())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(allowed.Match(ctx, "API.example.com"))
	fmt.Println(allowed.Match(ctx, "api.example.com.evil.org"))
	// Output:
	// [0] <nil>
	// [] <nil>
}
