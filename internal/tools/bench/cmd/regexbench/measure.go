package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"time"
)

// A result is what one call takes.
type result struct {
	ns     float64
	allocs float64
	answer int
	failed error
}

// span is how long a round takes at least. A call that takes longer by itself is made once.
const span = 3 * time.Millisecond

// tooSlow is how long a call may take for the next larger text to be tried.
const tooSlow = 500 * time.Millisecond

// round makes calls for a span and returns what one of them takes.
func round(call func() (int, error)) result {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := processTime()
	var r result
	n := 0
	for batch := 1; ; batch *= 2 {
		for range batch {
			if r.answer, r.failed = call(); r.failed != nil {
				return r
			}
		}
		n += batch
		if processTime()-start >= span {
			break
		}
	}
	elapsed := processTime() - start
	runtime.ReadMemStats(&after)
	r.ns = float64(elapsed.Nanoseconds()) / float64(n)
	r.allocs = float64(after.Mallocs-before.Mallocs) / float64(n)
	return r
}

// fastest has all calls take turns and returns the fastest round of each. A nil call is left out.
func fastest(calls []func() (int, error), rounds int) []result {
	results := make([]result, len(calls))
	for range rounds {
		for i, call := range calls {
			if call == nil || results[i].failed != nil {
				continue
			}
			if r := round(call); r.failed != nil || results[i].ns == 0 || r.ns < results[i].ns {
				results[i] = r
			}
		}
	}
	return results
}

// compareMatch prints how long contenders take to say whether there is a match.
func compareMatch(ctx context.Context, out io.Writer, rounds, largest int) error {
	fmt.Fprintf(out, "\nIs there a match? Fastest of %d rounds.\n\n", rounds)
	return compare(ctx, out, rounds, largest, []int{16, 256, 4 << 10, 64 << 10, 1 << 20},
		func(m matcher) func(string) (int, error) {
			return func(text string) (int, error) {
				found, err := m.match(text)
				if found {
					return 1, err
				}
				return 0, err
			}
		})
}

// compareFind prints how long contenders take to find all matches with their groups.
func compareFind(ctx context.Context, out io.Writer, rounds, largest int) error {
	fmt.Fprintf(out, "\nAll matches with their groups. Fastest of %d rounds.\n\n", rounds)
	return compare(ctx, out, rounds, largest, []int{256, 64 << 10}, func(m matcher) func(string) (int,
		error) {
		return m.find
	})
}

func compare(ctx context.Context, out io.Writer, rounds, largest int, sizes []int,
	operation func(matcher) func(string) (int, error)) error {
	fmt.Fprintln(out, "| pattern | bytes | saferegex | MB/s | allocations | times as fast as regexp | go-re2 | "+
		"grafana/regexp | regexp2 |")
	fmt.Fprintln(out, "|---|---|---|---|---|---|---|---|---|")
	for _, w := range workloads() {
		matchers := make([]func(string) (int, error), len(contenders))
		for i, c := range contenders {
			m, err := c.compile(ctx, w.pattern)
			if err != nil {
				return fmt.Errorf("%s: %s: %w", c.name, w.name, err)
			}
			matchers[i] = operation(m)
		}
		for _, size := range sizes {
			if size > largest {
				continue
			}
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := row(out, w, size, matchers, rounds); err != nil {
				return err
			}
		}
	}
	return nil
}

// row prints one line, and leaves contenders that are too slow out of the next ones.
func row(out io.Writer, w workload, size int, matchers []func(string) (int, error), rounds int) error {
	text := w.text(size)
	calls := make([]func() (int, error), len(matchers))
	for i, match := range matchers {
		if match != nil {
			calls[i] = func() (int, error) { return match(text) }
		}
	}
	results := fastest(calls, rounds)
	ours := results[0]
	if ours.failed != nil {
		return fmt.Errorf("%s with %d bytes: %w", w.name, size, ours.failed)
	}
	fmt.Fprintf(out, "| `%s` | %d | %v | %.0f | %.1f |", w.name, size, time.Duration(ours.ns),
		float64(size)/ours.ns*1e3, ours.allocs)
	for i, r := range results[1:] {
		switch {
		case calls[i+1] == nil:
			fmt.Fprint(out, " – |")
		case r.failed != nil:
			fmt.Fprint(out, " stopped |")
			matchers[i+1] = nil
		case r.answer != ours.answer:
			return errors.New(contenders[i+1].name + " has another answer for " + w.name)
		default:
			fmt.Fprintf(out, " %.2f |", r.ns/ours.ns)
		}
		if r.ns > float64(tooSlow) {
			matchers[i+1] = nil
		}
	}
	fmt.Fprintln(out)
	return nil
}
