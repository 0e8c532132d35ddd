package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// hostilePatterns are dear to parse, to write out or to compile.
var hostilePatterns = []struct{ name, pattern string }{
	{"((a{100}){100}){100}", "((a{100}){100}){100}"},
	{"a{1000} × 500", strings.Repeat("a{1000}", 500)},
	{"\\pL{1000}", `\pL{1000}`},
	{"\\pL × 1,300", strings.Repeat(`\pL`, 1300)},
	{".{1000} × 3,000", strings.Repeat(".{1000}", 3000)},
	{"\\pL| × 5,000", strings.Repeat(`\pL|`, 5000) + "a"},
	{"(?i)[B-\\x{1E942}] × 240", "(?i)" + strings.Repeat(`[B-\x{1E942}]`, 240)},
	{"50,000 words", strings.Join(words(50_000, 7), "|")},
	{"literal of 1 MiB", strings.Repeat("a", 1<<20)},
	{"100,000 parentheses", strings.Repeat("(", 100_000) + strings.Repeat(")", 100_000)},
	{"10,000 groups", strings.Repeat("(a)", 10_000)},
	{"a literal of 4 KiB", strings.Repeat("a", 4096)},
	{"500 words", strings.Join(words(500, 7), "|")},
}

// compileHostile prints what it takes to compile hostile patterns or to refuse them, with the
// default options and with patterns of 1 MiB let in.
func compileHostile(ctx context.Context, out io.Writer, rounds, _ int) error {
	fmt.Fprintf(out, "\nHostile patterns, fastest of %d rounds\n\n| pattern | default: time | allocated | answer | up "+
		"to 1 MiB: time | allocated | answer |\n|---|---|---|---|---|---|---|\n", rounds)
	for _, p := range hostilePatterns {
		fmt.Fprintf(out, "| `%s` |", p.name)
		for _, opts := range [][]saferegex.Option{nil, {saferegex.PatternBytes(saferegex.MaxPatternBytes)}} {
			best, bytes, answer := time.Duration(0), uint64(0), ""
			for range rounds {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				re, err := saferegex.Compile(ctx, p.pattern, limits.Limits{InputBytes: limits.MiB, Time: time.Minute},
					opts...)
				elapsed := time.Since(start)
				runtime.ReadMemStats(&after)
				if best == 0 || elapsed < best {
					best, bytes = elapsed, after.TotalAlloc-before.TotalAlloc
				}
				if answer, err = verdict(re, err); err != nil {
					return err
				}
			}
			fmt.Fprintf(out, " %v | %d KiB | %s |", best.Round(time.Microsecond), bytes>>10, answer)
		}
		fmt.Fprintln(out)
	}
	return nil
}

// verdict says what became of a pattern.
func verdict(re *saferegex.Regexp, err error) (string, error) {
	if err == nil {
		return fmt.Sprintf("%d instructions", re.Stats().Instructions), nil
	}
	if rule, ok := errors.AsType[*saferegex.RuleError](err); ok {
		return string(rule.Rule), nil
	}
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		return exceeded.Resource.String(), nil
	}
	return "", err
}
