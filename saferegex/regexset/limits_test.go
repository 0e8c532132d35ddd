package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/tools/checklist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// usage returns what the last operation that f starts has cost.
func usage(t testing.TB, f func(ctx context.Context) error) limits.Usage {
	t.Helper()
	var used limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context,
		e limits.Event) {
		used = e.Usage
	}})
	if err := f(ctx); err != nil {
		t.Fatal(err)
	}
	return used
}

// exceeds checks that err is the refusal for a spent budget of r, of the operation itself.
func exceeds(t *testing.T, err error, op string, r limits.Resource, limit int64) {
	t.Helper()
	var exceeded *limits.ExceededError
	if !errors.As(err, &exceeded) || exceeded.Resource != r || exceeded.Limit != limit || exceeded.Used <= limit ||
		exceeded.Envelope || exceeded.Op != op || !errors.Is(err, limits.ErrRefused) {
		t.Errorf("%v; want more than %d of %v in %s", err, limit, r, op)
	}
}

// mails are patterns of which RE2 answers two, the engine of package saferegex one, and that one
// always.
var mails = []string{`(\w+)@(?:(\w+)\.)+com`, `[\pL]{1,500}!`, `\Bx\B`, `nowhere`}

const mailText = "me@example.com, yöu@www.exxxample.com; nobody@home! "

func match(ctx context.Context, lim limits.Limits) error {
	set, err := regexset.Compile(ctx, mails, lim)
	if err != nil {
		return err
	}
	found, err := set.Match(ctx, strings.Repeat(mailText, 1500))
	if err == nil && fmt.Sprint(found) != "[0 1 2]" || err != nil && found != nil {
		return fmt.Errorf("found %v, %w", found, err)
	}
	return err
}

func each(ctx context.Context, lim limits.Limits) error {
	set, err := regexset.Compile(ctx, mails, lim)
	if err != nil {
		return err
	}
	return set.Each(ctx, strings.Repeat(mailText, 1500), func(regexset.SetMatch) error { return nil })
}

func compile(ctx context.Context, lim limits.Limits) error {
	_, err := regexset.Compile(ctx, mails, lim)
	return err
}

// TestLimits passes at exactly each limit, and refuses one below.
func TestLimits(t *testing.T) {
	t.Parallel()
	base := limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 1e9}
	const opMatch, opEach, opCompile = "regexset.Match", "regexset.Each", "regexset.Compile"
	for _, test := range []struct {
		field    string
		op       string
		resource limits.Resource
		run      func(ctx context.Context, lim limits.Limits) error
		set      func(l *limits.Limits, n int64)
	}{
		{"InputBytes", opMatch, limits.InputBytes, match, func(l *limits.Limits,
			n int64) {
			l.InputBytes = limits.Bytes(n)
		}},
		{"OutputBytes", opEach, limits.OutputBytes, each, func(l *limits.Limits,
			n int64) {
			l.OutputBytes = limits.Bytes(n)
		}},
		{"OutputBytes of Match", opMatch, limits.OutputBytes, match, func(l *limits.Limits,
			n int64) {
			l.OutputBytes = limits.Bytes(n)
		}},
		{"Items", opEach, limits.Items, each, func(l *limits.Limits, n int64) { l.Items = n }},
		{"Items of Match", opMatch, limits.Items, match, func(l *limits.Limits, n int64) { l.Items = n }},
	} {
		t.Run(test.field, func(t *testing.T) {
			n := usage(t, func(ctx context.Context) error { return test.run(ctx, base) }).Of(test.resource)
			exact := base
			test.set(&exact, n)
			if err := test.run(t.Context(), exact); err != nil {
				t.Errorf("at %d: %v", n, err)
			}
			less := base
			test.set(&less, n-1)
			exceeds(t, test.run(t.Context(), less), test.op, test.resource, n-1)
		})
	}

	// Steps and memory are spent by calls within the call: the least that is enough is searched
	// for, and one less is refused.
	for _, test := range []struct {
		field    string
		op       string
		resource limits.Resource
		run      func(ctx context.Context, lim limits.Limits) error
		set      func(l *limits.Limits, n int64)
	}{
		{"Steps", opMatch, limits.Steps, match, func(l *limits.Limits, n int64) { l.Steps = n }},
		{"Steps of Each", opEach, limits.Steps, each, func(l *limits.Limits, n int64) { l.Steps = n }},
		{"Steps of Compile", opCompile, limits.Steps, compile, func(l *limits.Limits, n int64) { l.Steps = n }},
		{"MemoryBytes", "saferegex.Compile", limits.MemoryBytes, compile, func(l *limits.Limits,
			n int64) {
			l.MemoryBytes = limits.Bytes(n)
		}},
	} {
		t.Run(test.field, func(t *testing.T) {
			run := func(n int64) error {
				lim := base
				test.set(&lim, n)
				return test.run(t.Context(), lim)
			}
			low, high := int64(0), int64(1e8)
			for high-low > 1 {
				if n := (low + high) / 2; run(n) == nil {
					high = n
				} else {
					low = n
				}
			}
			if err := run(high); err != nil {
				t.Errorf("at %d: %v", high, err)
			}
			exceeds(t, run(low), test.op, test.resource, low)
		})
	}

	t.Run("Depth", func(t *testing.T) {
		lim := base
		lim.Depth = 3
		if _, err := regexset.Compile(t.Context(), []string{"(a(?:b(c)))"}, lim); err != nil {
			t.Errorf("at 3: %v", err)
		}
		_, err := regexset.Compile(t.Context(), []string{"(a(?:b(c(?i:d))))"}, lim)
		exceeds(t, err, "saferegex.Compile", limits.Depth, 3)
	})

	t.Run("MemoryBytes of Match", func(t *testing.T) {
		lim := base
		lim.InputBytes, lim.MemoryBytes = 32*limits.MiB, 10*limits.MiB
		set, err := regexset.Compile(t.Context(), []string{"a"}, lim, regexset.AllRE2())
		if err != nil {
			t.Fatal(err)
		}
		// The memory that a call takes besides the copy of the text, with one pattern in RE2.
		const room = 10<<20 - 24 - 1<<16
		if found, err := set.Match(t.Context(), strings.Repeat("b", room)); err != nil || found != nil {
			t.Errorf("%v, %v", found, err)
		}
		_, err = set.Match(t.Context(), strings.Repeat("b", room+1))
		exceeds(t, err, "regexset.Match", limits.MemoryBytes, 10<<20)
	})

	t.Run("MaxInputBytes", func(t *testing.T) {
		lim := base
		lim.InputBytes = limits.UnsafeUnlimited
		set, err := regexset.Compile(t.Context(), nil, lim) // Which needs no time to read the text.
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Repeat("a", int(regexset.MaxInputBytes)+1)
		if found, err := set.Match(t.Context(), text[1:]); err != nil || found != nil {
			t.Errorf("%v, %v", found, err)
		}
		_, err = set.Match(t.Context(), text)
		exceeds(t, err, "regexset.Match", limits.InputBytes, int64(regexset.MaxInputBytes))
		if !strings.Contains(err.Error(), "MaxInputBytes") {
			t.Errorf("%v does not say what to do", err)
		}
	})

	// RE2 makes a new state for nearly every byte of this text, which takes half a minute, and
	// cannot be interrupted.
	t.Run("Time", func(t *testing.T) {
		lim := limits.Limits{InputBytes: regexset.MaxInputBytes, Steps: limits.UnsafeUnlimited, Time: time.Minute}
		began := time.Now()
		first, err := regexset.Compile(t.Context(), hostilePatterns(), lim)
		if err != nil {
			t.Fatal(err)
		}
		if err := first.Close(); err != nil {
			t.Error(err)
		}
		// Compile is to pass under the same limit, on a busy machine and under the race detector,
		// too.
		most := max(2*time.Second, 3*time.Since(began))
		lim.Time = most
		set, err := regexset.Compile(t.Context(), hostilePatterns(), lim)
		if err != nil {
			t.Fatal(err)
		}
		text := letters(48 << 20)
		began = time.Now()
		found, err := set.Match(t.Context(), text)
		took := time.Since(began)
		if found != nil {
			t.Errorf("found %v in too little time", found)
		}
		exceeds(t, err, "regexset.Match", limits.Time, int64(most))
		if !errors.Is(err, context.DeadlineExceeded) || took > 3*most {
			t.Errorf("%v after %v", err, took)
		}
	})

	// The context ends the call as the time does, and is no refusal.
	t.Run("Time of the context", func(t *testing.T) {
		set, err := regexset.Compile(t.Context(), hostilePatterns(), limits.Limits{InputBytes: 4 * limits.MiB,
			Time: limits.UnsafeUnlimited})
		if err != nil {
			t.Fatal(err)
		}
		text := letters(4 << 20)
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		found, err := set.Match(ctx, text)
		if took := time.Since(began); found != nil || !errors.Is(err, context.DeadlineExceeded) ||
			errors.Is(err, limits.ErrRefused) || took > 4*time.Second {
			t.Errorf("%v, %v after %v", found, err, took)
		}
	})
}

// letters returns a text of letters that follow no pattern.
func letters(n int) string {
	// The same text each time.
	r := rand.New(rand.NewPCG(1, 2))
	var b strings.Builder
	for range n {
		b.WriteByte('a' + byte(r.IntN(26)))
	}
	return b.String()
}

// hostilePatterns make a program of which nearly every text leads to states that it was not in
// before.
func hostilePatterns() []string {
	var patterns []string
	for i := range 200 {
		patterns = append(patterns, fmt.Sprintf("[a-q][^u-z]{%d}x%d", 10+i%40, i))
	}
	return patterns
}

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	rows, err := checklist.LimitsTable(".")
	if err != nil {
		t.Fatal(err)
	}
	defaults := map[string]string{
		"InputBytes":  "none",
		"OutputBytes": fmt.Sprintf("%v (DefaultOutputBytes)", regexset.DefaultOutputBytes),
		"Items":       fmt.Sprintf("%d (DefaultItems)", regexset.DefaultItems),
		"Depth":       fmt.Sprintf("%d (DefaultDepth)", regexset.DefaultDepth),
		"Steps":       fmt.Sprintf("%d (DefaultSteps)", regexset.DefaultSteps),
		"MemoryBytes": fmt.Sprintf("%v (DefaultMemoryBytes)", regexset.DefaultMemoryBytes),
		"Time":        "none",
	}
	for _, row := range rows {
		if row.Default != defaults[row.Field] {
			t.Errorf("%s: the table says %q, the constants %q", row.Field, row.Default, defaults[row.Field])
		}
		lim := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 1000, Depth: 10, Steps: 1e6,
			MemoryBytes: 64 * limits.MiB, Time: time.Minute}
		switch row.Field {
		case "InputBytes":
			lim.InputBytes = 0
		case "OutputBytes":
			lim.OutputBytes = 0
		case "Items":
			lim.Items = 0
		case "Depth":
			lim.Depth = 0
		case "Steps":
			lim.Steps = 0
		case "MemoryBytes":
			lim.MemoryBytes = 0
		case "Time":
			lim.Time = 0
		}
		set, err := regexset.Compile(t.Context(), []string{"a+"}, lim)
		if err == nil {
			_, err = set.Match(t.Context(), "baab")
		}
		if required := errors.Is(err, limits.ErrUnset); required != (row.Required == "yes") || err != nil && !required {
			t.Errorf("%s: the table says required %q; unset it gives %v", row.Field, row.Required, err)
		}
	}
}
