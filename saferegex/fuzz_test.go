package saferegex_test

import (
	"context"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// fuzzSeeds are patterns and texts of every shape that the engines treat in a way of its own.
var fuzzSeeds = []struct{ pattern, text string }{
	{"", ""},
	{"a", "banana"},
	{"abc", "ababcabc"},
	{"a*?", "aaa"},
	{"(a*)*", "aab"},
	{"(|a)+", "aaa"},
	{"(a|aa)*c", "aaaaab"},
	{"[ab]*c|a", "aaaaaaaa"},
	{"^(\\w+) (\\w+)$", "hello world"},
	{"(?m)^(.*)$", "a\nb\n\nc"},
	{"\\b(\\w)(\\w*)\\b", "one two"},
	{"\\B.\\B", "word"},
	{"(?i)straße|ſK", "STRASSE sk ſK"},
	{"[^a]", "a\xff\xe2\x82b"},
	{"\\pL+\\PL", "äöü日本語!"},
	{"(?s).*", "a\n\xc0\xafb"},
	{"(x+x+)+y", "xxxxxxxxxxxxxxxx"},
	{"(a{2,3}){2,}", "aaaaaaaaaa"},
	{"(?U)a+", "aaa"},
	{"(foo|foobar)(bar)?", "foobarbar"},
	{"((a)|b){0}(c)?d", "abcdb"},
	{"(a){0}b", "ab"},
	{"\\A\\z|$^", ""},
	{"(?:a|(b))*?(c)?", "abcabc"},
	{"[\\pL]{1,20}!", strings.Repeat("é", 30)},
	{".*.*=.*", "xx=xx=x"},
	{"([a-z]+)@([a-z]+)\\.com", "me@example.com, you@example.com"},
}

// FuzzOperations compares every operation with regexp, and the count of steps of a pattern that has
// been used with that of one that has not.
func FuzzOperations(f *testing.F) {
	for i, s := range fuzzSeeds {
		for op := range operations {
			f.Add(s.pattern, s.text, uint8(op), i%3 == 0, uint8(i%8))
		}
	}
	f.Fuzz(func(t *testing.T, pattern, text string, which uint8, longest bool, memory uint8) {
		if len(pattern) <= 150 && len(text) <= 1000 {
			tryOperation(t, pattern, text, which, longest, memory)
		}
	})
}

// tryOperation compares one operation with regexp, under as much memory as the last argument says,
// and the steps that it costs at first with what it costs after other operations.
func tryOperation(t *testing.T, pattern, text string, which uint8, longest bool, memory uint8) {
	t.Helper()
	// Little memory has states thrown away and automata give up.
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 20_000_000,
		MemoryBytes: 32 * limits.KiB << (memory % 9)}
	var opts []saferegex.Option
	if longest {
		opts = append(opts, saferegex.Longest())
	}
	std, stdErr := regexp.Compile(pattern)
	ours, err := saferegex.Compile(t.Context(), pattern, lim, opts...)
	var syntax *saferegex.SyntaxError
	if errors.As(err, &syntax) != (stdErr != nil) && !errors.Is(err, limits.ErrExceeded) {
		t.Fatalf("regexp says %v, saferegex %v", stdErr, err)
	}
	if stdErr != nil || err != nil {
		return
	}
	if longest {
		std.Longest()
	}
	op := operations[int(which)%len(operations)]
	cold, got := steps(t, ours, op, text)
	if got == nil {
		return // The budget ran out.
	}
	if want := op.std(&pair{ours: ours, std: std}, text); !reflect.DeepEqual(got, want) {
		t.Fatalf("%s of %q in %q: %#v; regexp says %#v", op.name, pattern, text, got, want)
	}
	// Other operations fill the automata with other states.
	for i := range operations {
		other := &operations[(int(which)+i)%len(operations)]
		_, _ = other.ours(t.Context(), ours, text[len(text)/2:]+text)
	}
	if warm, _ := steps(t, ours, op, text); warm != cold {
		t.Fatalf("%s of %q in %q: %d steps at first, %d later", op.name, pattern, text, cold, warm)
	}
}

// steps runs an operation and returns what it cost and what it found, nil if it was refused.
func steps(t *testing.T, re *saferegex.Regexp, op operation, text string) (int64, any) {
	t.Helper()
	var used limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context,
		e limits.Event) {
		used = e.Usage
	}})
	got, err := op.ours(ctx, re, text)
	if err != nil {
		if !errors.Is(err, limits.ErrExceeded) {
			t.Fatal(err)
		}
		return used.Steps, nil
	}
	return used.Steps, got
}
