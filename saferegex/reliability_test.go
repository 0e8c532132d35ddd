package saferegex_test

import (
	"context"
	"flag"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// deadlines has TestDeadlines measure how late operations are, which only says something on a quiet
// machine.
var deadlines = flag.Bool("deadlines", false, "measure how long after a deadline operations return")

// lifted has no limit but the one that a test sets.
var lifted = limits.Limits{InputBytes: limits.UnsafeUnlimited, OutputBytes: limits.UnsafeUnlimited,
	Items: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited,
	Time: time.Minute}

// slowCalls are operations that a text of megabytes keeps busy for a long time, each in a way of
// its own.
var slowCalls = []struct {
	name, pattern string
	run           func(ctx context.Context, re *saferegex.Regexp, text string) error
}{
	{"FindAllString, empty matches", `a*`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.FindAllString(ctx, text, -1))
	}},
	{"FindAllSubmatchIndex, empty matches", `(a*)`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.FindAllSubmatchIndex(ctx, []byte(text), -1))
	}},
	{"FindAllSubmatch, one byte each", `(b)()()`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.FindAllStringSubmatch(ctx, text, -1))
	}},
	{"Split, empty matches", `a*`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.Split(ctx, text, -1))
	}},
	{"Split, literal", `b`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.Split(ctx, text, -1))
	}},
	{"ReplaceAllString, empty matches", `a*`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.ReplaceAllString(ctx, text, "<$0>"))
	}},
	{"ReplaceAll, growing", `b`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.ReplaceAll(ctx, []byte(text), []byte("$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0")))
	}},
	{"ReplaceAllStringFunc, a mebibyte each", `b`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		with := strings.Repeat("x", 1<<20)
		return second(re.ReplaceAllStringFunc(ctx, text[:1<<9], func(string) string { return with }))
	}},
	{"ReplaceAllLiteral, one huge output", `b+`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.ReplaceAllLiteral(ctx, []byte(text), []byte(text)))
	}},
	{"Expand", `(b+)`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.ExpandString(ctx, nil, strings.Repeat("$1", 64), text, []int{0, len(text), 0, len(text)}))
	}},
	{"Each, empty matches", `a*`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return re.Each(ctx, text, func(saferegex.Match) error { return nil })
	}},
	{"MatchReader", `(a|aa)*c`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.MatchReader(ctx, strings.NewReader(text)))
	}},
	{"FindStringSubmatch, machine", `(?:b?){300}b{300}(c)`, func(ctx context.Context, re *saferegex.Regexp,
		text string) error {
		return second(re.FindStringSubmatch(ctx, text))
	}},
	{"FindStringSubmatch, a match of all", `(b)*`, func(ctx context.Context, re *saferegex.Regexp, text string) error {
		return second(re.FindStringSubmatch(ctx, text))
	}},
	{"MatchString, literal of 30 KiB", strings.Repeat("b", 5000) + "c", func(ctx context.Context, re *saferegex.Regexp,
		text string) error {
		for range 64 {
			if err := second(re.MatchString(ctx, text)); err != nil {
				return err
			}
		}
		return nil
	}},
}

// TestSearchesPay has every search of an operation cost steps, also one that finds an empty match
// and reads nothing: 16 MiB of them are 500 million.
func TestSearchesPay(t *testing.T) {
	lim := lifted
	lim.Steps = 1_000_000
	text := strings.Repeat("b", 16<<20)
	for _, c := range slowCalls {
		re, err := saferegex.Compile(t.Context(), c.pattern, lim)
		if err != nil {
			t.Fatal(err)
		}
		if err := c.run(t.Context(), re, text); err == nil {
			t.Errorf("%s: an answer for a million steps", c.name)
		} else {
			limittable.Exceeds(t, err, limits.Steps, lim.Steps)
		}
	}
	// By count: each search costs 32 steps, and one for each position of a match.
	re := saferegex.MustCompile(`a*`, lifted)
	for _, n := range []int64{0, 1, 1000} {
		used := limittable.Used(t, func(ctx context.Context) error {
			return second(re.FindAllString(ctx, strings.Repeat("b", int(n)), -1))
		})
		if most := (32 + 2) * (n + 1); used.Steps < most || used.Steps > most+3*n+600 {
			t.Errorf("%d empty matches cost %d steps; want at least %d", n+1, used.Steps, most)
		}
	}
}

// TestDeadlines has each operation end soon after its time is over. Without -deadlines it asks for
// 50 ms, once in ten times: a busy machine stops a process for longer than that.
func TestDeadlines(t *testing.T) {
	text := strings.Repeat("b", 16<<20)
	const within = 20 * time.Millisecond
	var all []time.Duration
	for _, c := range slowCalls {
		lim := lifted
		lim.Time = time.Minute
		compiled, err := saferegex.Compile(t.Context(), c.pattern, lim)
		if err != nil {
			t.Fatal(err)
		}
		late := func() time.Duration {
			runtime.GC()
			ctx, cancel := context.WithTimeout(t.Context(), within)
			defer cancel()
			start := time.Now()
			err := c.run(ctx, compiled, text)
			after := time.Since(start) - within
			if err == nil && after > 0 {
				t.Errorf("%s: success %v after the deadline", c.name, after)
			}
			return max(after, 0)
		}
		if !*deadlines {
			best := late()
			for try := 1; best > 50*time.Millisecond && try < 10; try++ {
				best = min(best, late())
			}
			if best > 50*time.Millisecond {
				t.Errorf("%s: %v late", c.name, best)
			}
			continue
		}
		var times []time.Duration
		for range 21 {
			times = append(times, late())
		}
		slices.Sort(times)
		t.Logf("%-40s median %v, worst %v", c.name, times[len(times)/2], times[len(times)-1])
		all = append(all, times...)
	}
	if *deadlines {
		slices.Sort(all)
		t.Logf("%-40s median %v, worst %v", "all", all[len(all)/2], all[len(all)-1])
	}
}

// TestOutputIsHeld charges output to MemoryBytes while it is held, twice while it is joined; and
// gives that back to an envelope.
func TestOutputIsHeld(t *testing.T) {
	text := strings.Repeat("ab", 1<<20)
	re := saferegex.MustCompile(`a`, limits.Limits{InputBytes: limits.GiB, Time: time.Minute, Steps: 1e9})
	for name, replace := range map[string]func(ctx context.Context) error{
		"string": func(ctx context.Context) error { return second(re.ReplaceAllLiteralString(ctx, text, "cd")) },
		"bytes":  func(ctx context.Context) error { return second(re.ReplaceAllLiteral(ctx, []byte(text), []byte("cd"))) },
		"expand": func(ctx context.Context) error {
			return second(re.ExpandString(ctx, []byte("x"), "$0$0", text, []int{0, 3 << 19}))
		},
	} {
		used := limittable.Used(t, replace)
		out := int64(used.OutputBytes)
		if held := int64(used.MemoryBytes); out < 3<<20 || held < 2*out || held > 2*out+out/10+2<<20 {
			t.Errorf("%s: %d bytes of output, %d held", name, out, held)
		}
		ctx, cancel, err := limits.With(t.Context(), limits.Limits{MemoryBytes: 8 * limits.MiB})
		if err != nil {
			t.Fatal(err)
		}
		for range 3 { // All of it is given back each time.
			if err := replace(ctx); err != nil {
				t.Errorf("%s in an envelope with room: %v", name, err)
			}
		}
		cancel()
		ctx, cancel, err = limits.With(t.Context(), limits.Limits{MemoryBytes: 4 * limits.MiB})
		if err != nil {
			t.Fatal(err)
		}
		limittable.Exceeds(t, replace(ctx), limits.MemoryBytes, 4<<20)
		cancel()
	}
	// A budget that was set is a budget for output as well.
	tight := saferegex.MustCompile(`a`, limits.Limits{InputBytes: limits.GiB, Time: time.Minute, Steps: 1e9,
		MemoryBytes: 2 * limits.MiB})
	_, err := tight.ReplaceAllLiteralString(t.Context(), text, "cd")
	limittable.Exceeds(t, err, limits.MemoryBytes, 2<<20)
}

// TestOutputPeak counts what a replacement allocates in all, of which its peak is a part.
func TestOutputPeak(t *testing.T) {
	text := strings.Repeat("ab", 1<<20)
	re := saferegex.MustCompile(`a`, lifted)
	for name, replace := range map[string]func() (int, error){
		"string": func() (int, error) {
			out, err := re.ReplaceAllString(t.Context(), text, "$0$0")
			return len(out), err
		},
		"bytes": func() (int, error) {
			out, err := re.ReplaceAllFunc(t.Context(), []byte(text)[:len(text):len(text)], func(b []byte) []byte {
				return b[:1]
			})
			return len(out) + len(text)/2, err // With the copy of the text that is made here.
		},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		out, err := replace()
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Fatal(err)
		}
		if got, most := after.TotalAlloc-before.TotalAlloc, uint64(out*21/10+2<<20); got > most {
			t.Errorf("%s: %d bytes allocated for %d of output; want at most %d", name, got, out, most)
		}
	}
}

// TestPanicsGiveBack has an observer panic at a soft limit in the middle of every operation, and a
// callback or reader in those that have one: afterwards a Pool of one place and an envelope are as
// if the operation had failed.
func TestPanicsGiveBack(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, Waiting: 1, MaxWait: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	base := limits.WithPool(t.Context(), pool)
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 4000, MemoryBytes: 64 * limits.KiB}
	re, err := saferegex.Compile(t.Context(), `(a|b)+c?`, lim)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("aba ", 100)
	armed := false
	fails := func(name string, ctx context.Context, run func(ctx context.Context) error) {
		t.Helper()
		env, cancel, err := limits.With(ctx, limits.Limits{MemoryBytes: 64 * limits.KiB})
		if err != nil {
			t.Fatal(err)
		}
		defer cancel()
		for _, ctx := range []context.Context{ctx, env, env, env} {
			func() {
				defer func() {
					armed = false
					if recover() == nil {
						t.Errorf("%s: no panic", name)
					}
				}()
				armed = true
				_ = run(ctx)
			}()
		}
		// The memory that the operations have given back, the envelope has for one that needs all
		// of it.
		if _, err := re.MatchString(env, "ab"); err != nil {
			t.Errorf("in the envelope, after %s: %v", name, err)
		}
		cancel()
		if _, err := re.MatchString(base, "ab"); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
		if s := pool.Stats(); s.Operations != 0 || s.Waiting != 0 {
			t.Errorf("after %s: %+v", name, s)
		}
	}
	observed := limits.WithObserver(base, limits.Observer{
		Soft: limits.Limits{InputBytes: 1, Steps: 1, MemoryBytes: 1},
		Func: func(context.Context, limits.Event) {
			if armed {
				panic("observer")
			}
		}})
	for _, op := range operations {
		fails(op.name, observed, func(ctx context.Context) error { return second(op.ours(ctx, re, text)) })
	}
	fails("Compile", observed, func(ctx context.Context) error {
		return second(saferegex.Compile(ctx, `(a|b)+c?`, lim))
	})
	fails("Each", base, func(ctx context.Context) error {
		return re.Each(ctx, text, func(saferegex.Match) error { panic("each") })
	})
	fails("ReplaceAllFunc", base, func(ctx context.Context) error {
		return second(re.ReplaceAllFunc(ctx, []byte(text), func([]byte) []byte { panic("func") }))
	})
	fails("ReplaceAllStringFunc", base, func(ctx context.Context) error {
		return second(re.ReplaceAllStringFunc(ctx, text, func(string) string { panic("func") }))
	})
	fails("MatchReader", base, func(ctx context.Context) error { return second(re.MatchReader(ctx, panicReader{})) })
}
