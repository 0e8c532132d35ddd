package main

import (
	"context"
	"regexp"
	"time"

	"github.com/dlclark/regexp2"
	grafana "github.com/grafana/regexp"
	"github.com/wasilibs/go-re2"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// A matcher has a pattern compiled.
type matcher struct {
	match func(text string) (bool, error)
	first func(text string) (bool, error)            // the first match with its groups
	count func(text string) (matches int, err error) // all matches
	find  func(text string) (matches int, err error) // all matches with their groups
}

// A contender compiles patterns.
type contender struct {
	name    string
	compile func(ctx context.Context, pattern string) (matcher, error)
}

// contenders holds saferegex first and regexp second: the others are compared with saferegex.
var contenders = []contender{
	{"saferegex", compileSafe},
	{"regexp", compileStd},
	{"go-re2", compileRE2},
	{"grafana/regexp", compileGrafana},
	{"regexp2", compileRegexp2},
}

// budget is enough for every workload.
var budget = limits.Limits{InputBytes: limits.GiB, Items: 10_000_000, Steps: 1e12, MemoryBytes: limits.GiB,
	Time: time.Minute}

// options let the pattern of 5,000 words in.
var options = []saferegex.Option{saferegex.PatternBytes(saferegex.MaxPatternBytes), saferegex.ProgramSize(100_000)}

func compileSafe(ctx context.Context, pattern string) (matcher, error) {
	lim := budget
	lim.MemoryBytes = 0 // The default, unless the program alone is larger.
	if len(pattern) > 10_000 {
		lim.MemoryBytes = 32 * limits.MiB
	}
	re, err := saferegex.Compile(ctx, pattern, lim, options...)
	if err != nil {
		return matcher{}, err
	}
	return matcher{
		func(text string) (bool, error) { return re.MatchString(ctx, text) },
		func(text string) (bool, error) {
			loc, err := re.FindStringSubmatchIndex(ctx, text)
			return loc != nil, err
		},
		func(text string) (int, error) {
			all, err := re.FindAllStringIndex(ctx, text, -1)
			return len(all), err
		},
		func(text string) (int, error) {
			all, err := re.FindAllStringSubmatchIndex(ctx, text, -1)
			return len(all), err
		},
	}, nil
}

func compileStd(_ context.Context, pattern string) (matcher, error) {
	re, err := regexp.Compile(pattern)
	if err != nil {
		return matcher{}, err
	}
	return matcher{
		func(text string) (bool, error) { return re.MatchString(text), nil },
		func(text string) (bool, error) { return re.FindStringSubmatchIndex(text) != nil, nil },
		func(text string) (int, error) { return len(re.FindAllStringIndex(text, -1)), nil },
		func(text string) (int, error) { return len(re.FindAllStringSubmatchIndex(text, -1)), nil },
	}, nil
}

func compileRE2(_ context.Context, pattern string) (matcher, error) {
	re, err := re2.Compile(pattern)
	if err != nil {
		return matcher{}, err
	}
	return matcher{
		func(text string) (bool, error) { return re.MatchString(text), nil },
		func(text string) (bool, error) { return re.FindStringSubmatchIndex(text) != nil, nil },
		func(text string) (int, error) { return len(re.FindAllStringIndex(text, -1)), nil },
		func(text string) (int, error) { return len(re.FindAllStringSubmatchIndex(text, -1)), nil },
	}, nil
}

func compileGrafana(_ context.Context, pattern string) (matcher, error) {
	re, err := grafana.Compile(pattern)
	if err != nil {
		return matcher{}, err
	}
	return matcher{
		func(text string) (bool, error) { return re.MatchString(text), nil },
		func(text string) (bool, error) { return re.FindStringSubmatchIndex(text) != nil, nil },
		func(text string) (int, error) { return len(re.FindAllStringIndex(text, -1)), nil },
		func(text string) (int, error) { return len(re.FindAllStringSubmatchIndex(text, -1)), nil },
	}, nil
}

// regexp2Timeout is what regexp2 is given, which has no other budget. Its positions are in runes,
// so only matches are counted.
const regexp2Timeout = time.Second

func compileRegexp2(_ context.Context, pattern string) (matcher, error) {
	re, err := regexp2.Compile(pattern, regexp2.None)
	if err != nil {
		return matcher{}, err
	}
	re.MatchTimeout = regexp2Timeout
	all := func(text string) (int, error) {
		n := 0
		m, err := re.FindStringMatch(text)
		for ; err == nil && m != nil; m, err = re.FindNextMatch(m) {
			n++
		}
		return n, err
	}
	return matcher{
		re.MatchString,
		func(text string) (bool, error) {
			m, err := re.FindStringMatch(text)
			return m != nil, err
		},
		all,
		all,
	}, nil
}
