package saferegex_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// everything finds, replaces and splits, so that each budget is touched.
func everything(ctx context.Context, lim limits.Limits, replace bool) error {
	re, err := saferegex.Compile(ctx, `(\w+)@(?:(\w+)\.)+com`, lim)
	if err != nil {
		return err
	}
	text := strings.Repeat("me@example.com, you@www.example.com; nobody@home ", 20)
	if replace {
		_, err = re.ReplaceAllString(ctx, text, "<$1 at $2>")
	} else {
		_, err = re.FindAllStringSubmatch(ctx, text, -1)
	}
	return err
}

// TestLimits passes at exactly each limit, and refuses one below.
func TestLimits(t *testing.T) {
	base := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	find := func(ctx context.Context, lim limits.Limits) error { return everything(ctx, lim, false) }
	replace := func(ctx context.Context, lim limits.Limits) error { return everything(ctx, lim, true) }
	compile := func(ctx context.Context, lim limits.Limits) error {
		_, err := saferegex.Compile(ctx, `((a|b)+c)*\pL(?i)x`, lim)
		return err
	}
	operation := func(name string, run func(ctx context.Context, lim limits.Limits) error,
		elsewhere ...limits.Resource) limittable.Operation {
		used := limittable.Used(t, func(ctx context.Context) error { return run(ctx, base) })
		rows := limittable.Rows(used, limittable.Fields{Required: []limits.Resource{limits.InputBytes, limits.Time},
			Elsewhere: append(elsewhere, limits.Depth)})
		return limittable.Operation{Name: name, Rows: rows, Run: func(t *testing.T, lim limits.Limits) error {
			t.Helper()
			return run(t.Context(), lim)
		}}
	}
	limittable.Each(t, base,
		operation("find", find, limits.OutputBytes, limits.MemoryBytes),
		operation("replace", replace, limits.MemoryBytes),
		operation("compile", compile, limits.InputBytes, limits.OutputBytes, limits.Items))

	t.Run("Depth of patterns", func(t *testing.T) {
		lim := base
		lim.Depth = 3
		if _, err := saferegex.Compile(t.Context(), "(a(?:b(c)))", lim); err != nil {
			t.Errorf("at 3: %v", err)
		}
		_, err := saferegex.Compile(t.Context(), "(a(?:b(c(?i:d))))", lim)
		limittable.Exceeds(t, err, limits.Depth, 3)
	})

	// The budget for states depends on MemoryBytes, so that a lower one makes another operation.
	// It must be so that it either answers as with more memory, or refuses.
	t.Run("MemoryBytes of states", func(t *testing.T) {
		re := saferegex.MustCompile(`(?:x|y|z)[a-p]{12}(\d+)`, base)
		text := prose(10_000) + "xabcdefghijkl42"
		want, err := re.FindStringSubmatchIndex(t.Context(), text)
		if err != nil || want == nil {
			t.Fatal(want, err)
		}
		refused, answered := 0, 0
		for memory := limits.Bytes(1000); memory < limits.MiB; memory += memory / 8 {
			lim := base
			lim.MemoryBytes = memory
			re, err := saferegex.Compile(t.Context(), re.String(), lim)
			var got []int
			if err == nil {
				got, err = re.FindStringSubmatchIndex(t.Context(), text)
			}
			switch {
			case err == nil && fmt.Sprint(got) == fmt.Sprint(want):
				answered++
			case got == nil && errors.Is(err, limits.ErrExceeded):
				limittable.Exceeds(t, err, limits.MemoryBytes, int64(memory))
				refused++
			default:
				t.Errorf("with %v: %v, %v; want %v", memory, got, err, want)
			}
		}
		if refused < 3 || answered < 3 {
			t.Errorf("%d refused and %d answered: the range of memory is wrong", refused, answered)
		}
	})

	t.Run("Time that runs out", func(t *testing.T) {
		re := saferegex.MustCompile(`(?:a?){300}a{300}$`, limits.Limits{InputBytes: limits.GiB,
			Time: 300 * time.Millisecond, Steps: limits.UnsafeUnlimited})
		found, err := re.FindStringSubmatchIndex(t.Context(), strings.Repeat("a", 1<<20)+"b")
		var exceeded *limits.ExceededError
		if found != nil || !errors.As(err, &exceeded) || exceeded.Resource != limits.Time ||
			!errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v, %v; want time to run out", found, err)
		}
	})
}

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	full := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 1000, Depth: 10, Steps: 1e6,
		MemoryBytes: limits.MiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"none",
		fmt.Sprintf("%v (DefaultOutputBytes)", saferegex.DefaultOutputBytes), "InputBytes + 1",
		fmt.Sprintf("%d (DefaultDepth)", saferegex.DefaultDepth), fmt.Sprintf("%d (DefaultSteps)", saferegex.DefaultSteps),
		fmt.Sprintf("%v (DefaultMemoryBytes)", saferegex.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		re, err := saferegex.Compile(t.Context(), "a+", lim)
		if err == nil {
			_, err = re.ReplaceAllString(t.Context(), "baab", "x")
		}
		return err
	})
}

// TestDefaults passes at exactly each default of a limit, and refuses one above.
func TestDefaults(t *testing.T) {
	lim := limits.Limits{InputBytes: limits.GiB, Time: time.Minute}
	re := saferegex.MustCompile("a", lim)
	var text string
	var err error

	// As many matches as a text of InputBytes can have: an empty one at each end of each byte.
	empty := saferegex.MustCompile("", limits.Limits{InputBytes: 10_000, Time: time.Minute})
	if found, err := empty.FindAllStringIndex(t.Context(), strings.Repeat("a", 10_000), -1); err != nil ||
		len(found) != 10_001 {
		t.Error(len(found), err)
	}

	// 64 copies of a mebibyte.
	text = strings.Repeat("a", int(saferegex.DefaultOutputBytes/limits.MiB))
	repl := strings.Repeat("x", int(limits.MiB))
	if out, err := re.ReplaceAllLiteralString(t.Context(), text, repl); err != nil ||
		len(out) != int(saferegex.DefaultOutputBytes) {
		t.Error(len(out), err)
	}
	_, err = re.ReplaceAllLiteralString(t.Context(), text+"b", repl)
	limittable.Exceeds(t, err, limits.OutputBytes, int64(saferegex.DefaultOutputBytes))

	// A literal of which nothing is found reads every byte once.
	text = strings.Repeat("b", saferegex.DefaultSteps)
	if _, err := re.MatchString(t.Context(), text); err != nil {
		t.Error(err)
	}
	_, err = re.MatchString(t.Context(), text+"b")
	limittable.Exceeds(t, err, limits.Steps, saferegex.DefaultSteps)
}
