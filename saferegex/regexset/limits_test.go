package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// exceeds checks that err is the refusal for a spent budget of r, of the operation itself.
func exceeds(t *testing.T, err error, op string, r limits.Resource, limit int64) {
	t.Helper()
	limittable.Exceeds(t, err, r, limit)
	if e, ok := errors.AsType[*limits.ExceededError](err); ok && (e.Envelope || e.Op != op) {
		t.Errorf("%v; want it told of %s", err, op)
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

// operation returns one with the rows of its limits. Steps and memory are spent by calls within the
// call, too: the least that is enough is searched for.
func operation(t *testing.T, base limits.Limits, op string, run func(ctx context.Context, lim limits.Limits) error,
	elsewhere ...limits.Resource) limittable.Operation {
	t.Helper()
	told := func(t *testing.T, lim limits.Limits) error {
		t.Helper()
		err := run(t.Context(), lim)
		e, ok := errors.AsType[*limits.ExceededError](err)
		if ok && (e.Envelope || e.Op != op && !strings.HasSuffix(e.Op, ".Compile")) {
			t.Errorf("%v; want it told of %s, or of what compiles for it", err, op)
		}
		return err
	}
	used := limittable.Used(t, func(ctx context.Context) error { return run(ctx, base) })
	rows := limittable.Rows(used, limittable.Fields{Required: []limits.Resource{limits.InputBytes, limits.Time},
		Elsewhere: append(elsewhere, limits.Depth)})
	for i, row := range rows {
		if !row.Elsewhere && (row.Resource == limits.Steps || row.Resource == limits.MemoryBytes) {
			rows[i].Least = limittable.Least(t, base, row.Resource, told)
		}
	}
	return limittable.Operation{Name: op, Rows: rows, Run: told}
}

// TestLimits passes at exactly each limit, and refuses one below.
func TestLimits(t *testing.T) {
	t.Parallel()
	base := limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 1e9}
	limittable.Each(t, base,
		operation(t, base, "regexset.Match", match, limits.MemoryBytes),
		operation(t, base, "regexset.Each", each, limits.MemoryBytes),
		operation(t, base, "regexset.Compile", compile, limits.InputBytes, limits.OutputBytes, limits.Items))

	t.Run("Depth of patterns", func(t *testing.T) {
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
	t.Run("Time of RE2", func(t *testing.T) {
		if testing.Short() {
			t.Skip("it takes seconds")
		}
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
	full := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 1000, Depth: 10, Steps: 1e6,
		MemoryBytes: 64 * limits.MiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"none",
		fmt.Sprintf("%v (DefaultOutputBytes)", regexset.DefaultOutputBytes),
		fmt.Sprintf("%d (DefaultItems)", regexset.DefaultItems), fmt.Sprintf("%d (DefaultDepth)", regexset.DefaultDepth),
		fmt.Sprintf("%d (DefaultSteps)", regexset.DefaultSteps),
		fmt.Sprintf("%v (DefaultMemoryBytes)", regexset.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		set, err := regexset.Compile(t.Context(), []string{"a+"}, lim)
		if err == nil {
			_, err = set.Match(t.Context(), "baab")
		}
		return err
	})
}
