package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sys/unix"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// A hostileCall runs for seconds or longer without a budget.
type hostileCall struct {
	name, pattern, text string
	run                 func(ctx context.Context, re *saferegex.Regexp, text string) error
}

var hostileCalls = []hostileCall{
	{"machine of 10,000 instructions", strings.Repeat("[a-z ]{0,990}", 5) + "9", prose(1 << 20), match},
	{"machine with 90 groups", strings.Repeat("(x?)", 90) + "y", strings.Repeat("x", 1<<20), submatch},
	{"automaton that gives up", `[a-q][^u-z]{200}9|zzzz`, prose(1 << 20), submatch},
	{"large states", strings.Repeat("[a-z ]{0,190}", 5) + "9", prose(1 << 20), match},
	{"long text", `(a|aa)*c`, strings.Repeat("a", 1<<28), match},
	{"long text beyond ASCII", `[^é]*é!`, strings.Repeat("ü", 1<<26), match},
	{"literal in a long text", `needle`, strings.Repeat("needlf", 1<<26), match},
	{"empty matches with 90 groups", strings.Repeat("()", 90), strings.Repeat("a", 1<<22), findAll},
	{"find-all of leftmost-longest", `[ab]*c|a`, strings.Repeat("a", 1<<20), findAll},
	{"find-all in a sweep", `[ab]*c|a`, strings.Repeat("a", 1<<24), findAll},
	{"replacement that grows", `a`, strings.Repeat("a", 1<<24), replaceAll},
	{"split at every byte", ``, strings.Repeat("a", 1<<24), split},
}

func match(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.MatchString(ctx, text)
	return err
}

func submatch(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.FindStringSubmatch(ctx, text)
	return err
}

func findAll(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.FindAllStringSubmatchIndex(ctx, text, -1)
	return err
}

func replaceAll(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.ReplaceAllString(ctx, text, "$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0")
	return err
}

func split(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.Split(ctx, text, -1)
	return err
}

// overshoot prints how long after a deadline hostile operations return: that of the budget Time,
// and that of a context. Beside it stands the time of the processor between two looks at the
// context, which other programs on the machine do not lengthen, and which is what an operation may
// be late by itself.
func overshoot(ctx context.Context, out io.Writer, rounds, _ int) error {
	deadlines := []time.Duration{time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond, 100 * time.Millisecond}
	fmt.Fprintf(out, "\nTime from the deadline to the return of %d calls with each deadline (%v), half by Time and half "+
		"by a context; and processor time between two looks at the context\n\n", 2*rounds, deadlines)
	fmt.Fprintln(out, "| operation | stopped | answered | late: median | worst | between looks: median | worst "+
		"|\n|---|---|---|---|---|---|---|")
	var all, allGaps []time.Duration
	for i := range hostileCalls {
		c := &hostileCalls[i]
		var late []time.Duration
		answered := 0
		for _, d := range deadlines {
			for range rounds {
				for _, byContext := range []bool{false, true} {
					after, err := c.stopped(ctx, d, byContext)
					if err != nil {
						return fmt.Errorf("%s: %w", c.name, err)
					}
					if after < 0 {
						answered++
						continue
					}
					late = append(late, after)
				}
			}
		}
		gaps, err := c.looks(ctx)
		if err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
		median, worst := quantiles(late)
		medianGap, worstGap := quantiles(gaps)
		fmt.Fprintf(out, "| %s | %d | %d | %v | %v | %v | %v |\n", c.name, len(late), answered, median, worst,
			medianGap, worstGap)
		all, allGaps = append(all, late...), append(allGaps, gaps...)
	}
	median, worst := quantiles(all)
	medianGap, worstGap := quantiles(allGaps)
	fmt.Fprintf(out, "| all | %d | | %v | %v | %v | %v |\n", len(all), median, worst, medianGap, worstGap)
	return nil
}

// compile compiles the pattern under a deadline, or without one if that takes too long for it.
func (c *hostileCall) compile(ctx context.Context, d time.Duration) (re *saferegex.Regexp, within bool, err error) {
	lim := limits.Limits{InputBytes: limits.GiB, Items: 1 << 40, Steps: 1 << 50, OutputBytes: 64 * limits.GiB,
		MemoryBytes: 4 * limits.GiB, Time: d}
	var opts []saferegex.Option
	if strings.Contains(c.name, "longest") {
		opts = append(opts, saferegex.Longest())
	}
	if re, err = saferegex.Compile(ctx, c.pattern, lim, opts...); err == nil {
		return re, true, nil
	}
	lim.Time = time.Minute
	re, err = saferegex.Compile(ctx, c.pattern, lim, opts...)
	return re, false, err
}

// looksContext notes the processor time of the thread at each look.
type looksContext struct {
	context.Context
	last time.Duration
	gaps []time.Duration
	most int
}

func (c *looksContext) Err() error {
	now := processorTime()
	if c.last > 0 {
		c.gaps = append(c.gaps, now-c.last)
	}
	if len(c.gaps) >= c.most {
		return context.Canceled
	}
	c.last = processorTime()
	return nil
}

// processorTime is that of the calling thread.
func processorTime() time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_THREAD_CPUTIME_ID, &t); err != nil {
		return 0
	}
	return time.Duration(t.Nano())
}

// looks returns the processor time between the first looks of a call.
func (c *hostileCall) looks(ctx context.Context) ([]time.Duration, error) {
	re, _, err := c.compile(ctx, time.Minute)
	if err != nil {
		return nil, err
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	watched := &looksContext{Context: ctx, most: 500}
	if err := c.run(watched, re, c.text); err != nil && !errors.Is(err, context.Canceled) {
		return nil, err
	}
	return watched.gaps, nil
}

// stopped runs the operation under a deadline and returns how late it came back, or a negative
// number if it had an answer before.
func (c *hostileCall) stopped(ctx context.Context, d time.Duration, byContext bool) (time.Duration, error) {
	within := time.Minute
	if !byContext {
		within = d
	}
	re, same, err := c.compile(ctx, within)
	if err != nil {
		return 0, err
	}
	runtime.GC()
	if byContext || !same {
		limited, cancel := context.WithTimeout(ctx, d)
		defer cancel()
		ctx = limited
	}
	start := time.Now()
	err = c.run(ctx, re, c.text)
	after := time.Since(start) - d
	switch {
	case err == nil:
		return -1, nil
	case errors.Is(err, context.DeadlineExceeded):
		return max(after, 0), nil
	default:
		return 0, err
	}
}

// quantiles returns the median and the largest.
func quantiles(list []time.Duration) (median, worst time.Duration) {
	if len(list) == 0 {
		return 0, 0
	}
	slices.Sort(list)
	return list[len(list)/2].Round(time.Microsecond), list[len(list)-1].Round(time.Microsecond)
}
