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

// compileHostile prints what it takes to compile hostile patterns or to refuse them, with the default options and with patterns of 1 MiB let in.
func compileHostile(ctx context.Context, out io.Writer, rounds, _ int) error {
	fmt.Fprintf(out, "\nHostile patterns, fastest of %d rounds\n\n| pattern | default: time | allocated | answer | up to 1 MiB: time | allocated | answer |\n|---|---|---|---|---|---|---|\n", rounds)
	for _, p := range hostilePatterns {
		fmt.Fprintf(out, "| `%s` |", p.name)
		for _, opts := range [][]saferegex.Option{nil, {saferegex.PatternBytes(saferegex.MaxPatternBytes)}} {
			best, bytes, answer := time.Duration(0), uint64(0), ""
			for range rounds {
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				re, err := saferegex.Compile(ctx, p.pattern, limits.Limits{InputBytes: limits.MiB, Time: time.Minute}, opts...)
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

// hostileCalls run for seconds or longer without a budget.
var hostileCalls = []struct {
	name, pattern, text string
	run                 func(ctx context.Context, re *saferegex.Regexp, text string) error
}{
	{"machine of 10,000 instructions", strings.Repeat("[a-z ]{0,990}", 5) + "9", prose(1 << 20), match},
	{"machine with 90 groups", strings.Repeat("(x?)", 90) + "y", strings.Repeat("x", 1<<20), submatch},
	{"automaton that gives up", `[a-q][^u-z]{200}9|zzzz`, prose(1 << 20), submatch},
	{"large states", strings.Repeat("[a-z ]{0,190}", 5) + "9", prose(1 << 20), match},
	{"long text", `(a|aa)*c`, strings.Repeat("a", 1<<28), match},
	{"long text beyond ASCII", `[^é]*é!`, strings.Repeat("ü", 1<<26), match},
	{"literal in a long text", `needle`, strings.Repeat("needlf", 1<<26), match},
	{"empty matches with 90 groups", strings.Repeat("()", 90), strings.Repeat("a", 1<<22), findAll},
	{"find-all of leftmost-longest", `[ab]*c|a`, strings.Repeat("a", 1<<20), findAllLongest},
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

func findAllLongest(ctx context.Context, re *saferegex.Regexp, text string) error {
	return findAll(ctx, re, text)
}

func replaceAll(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.ReplaceAllString(ctx, text, "$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0$0")
	return err
}

func split(ctx context.Context, re *saferegex.Regexp, text string) error {
	_, err := re.Split(ctx, text, -1)
	return err
}

// overshoot prints how long after a deadline hostile operations return: that of the budget Time, and that of a context.
func overshoot(ctx context.Context, out io.Writer, rounds, _ int) error {
	deadlines := []time.Duration{time.Millisecond, 5 * time.Millisecond, 20 * time.Millisecond, 100 * time.Millisecond}
	fmt.Fprintf(out, "\nTime from the deadline to the return, median and worst of %d calls with each deadline (%v), half by Time and half by a context\n\n", 2*rounds*len(deadlines), deadlines)
	fmt.Fprintln(out, "| operation | stopped | answered in time | median | worst |\n|---|---|---|---|---|")
	var all []time.Duration
	for i := range hostileCalls {
		c := &hostileCalls[i]
		var late []time.Duration
		answered := 0
		for _, d := range deadlines {
			for range rounds {
				for _, byContext := range []bool{false, true} {
					after, err := stopped(ctx, i, d, byContext)
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
		median, worst := quantiles(late)
		fmt.Fprintf(out, "| %s | %d | %d | %v | %v |\n", c.name, len(late), answered, median, worst)
		all = append(all, late...)
	}
	median, worst := quantiles(all)
	fmt.Fprintf(out, "| all | %d | | %v | %v |\n", len(all), median, worst)
	return nil
}

// stopped runs a hostile operation under a deadline and returns how late it came back, or a negative number if it had an answer before.
func stopped(ctx context.Context, call int, d time.Duration, byContext bool) (time.Duration, error) {
	c := &hostileCalls[call]
	lim := limits.Limits{InputBytes: limits.GiB, Items: 1 << 40, Steps: 1 << 50, OutputBytes: 64 * limits.GiB, MemoryBytes: 4 * limits.GiB, Time: time.Minute}
	var opts []saferegex.Option
	if strings.Contains(c.name, "longest") {
		opts = append(opts, saferegex.Longest())
	}
	if !byContext {
		// The pattern is compiled in the same time; what takes longer to compile has its deadline from an envelope.
		lim.Time = d
	}
	re, err := saferegex.Compile(ctx, c.pattern, lim, opts...)
	if err != nil {
		lim.Time = time.Minute
		if re, err = saferegex.Compile(ctx, c.pattern, lim, opts...); err != nil {
			return 0, err
		}
		byContext = true
	}
	runtime.GC()
	if byContext {
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
