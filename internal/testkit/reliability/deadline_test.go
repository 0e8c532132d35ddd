//go:build !race

// The race detector makes everything some ten times as slow: deadlines and long inputs are for a
// run without it.

package reliability

import (
	"context"
	"errors"
	"flag"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

var deadlines = flag.Bool("deadlines", false, "measure the overshoot of every operation 20 times, on a quiet machine")

// lifted has no budget but those that a test sets.
func lifted() limits.Limits {
	const no = limits.UnsafeUnlimited
	return limits.Limits{InputBytes: no, OutputBytes: no, Items: no, Depth: no, Steps: no, MemoryBytes: no, Time: no}
}

// TestDeadlines runs every operation on an input that is slow, with all limits lifted but Time. It
// must be refused, and soon: a busy machine gets several tries.
func TestDeadlines(t *testing.T) {
	const limit = 20 * time.Millisecond
	for i, op := range operations() {
		if testing.Short() && i%4 > 0 {
			continue
		}
		t.Run(op.name, func(t *testing.T) {
			lim := lifted()
			lim.Time = limit
			over := func() time.Duration {
				var elapsed time.Duration
				var ended time.Time
				ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
					if e.Kind == limits.OperationEnded {
						elapsed, ended = e.Usage.Elapsed, time.Now()
					}
				}})
				err := op.slow(t, ctx, lim)
				late := time.Since(ended)
				var exceeded *limits.ExceededError
				if !errors.As(err, &exceeded) || exceeded.Resource != limits.Time {
					t.Fatalf("not refused for its time, but %v", err)
				}
				return elapsed + late - limit
			}
			if *deadlines {
				var all []time.Duration
				for range 20 {
					all = append(all, over())
				}
				slices.Sort(all)
				t.Logf("overshoot: median %v, worst %v", all[len(all)/2], all[len(all)-1])
				if all[len(all)/2] > time.Millisecond || all[len(all)-1] > 5*time.Millisecond {
					t.Errorf("want a median of 1 ms and no more than 5 ms")
				}
				return
			}
			best := over()
			for try := 1; try < 10 && best > 50*time.Millisecond; try++ {
				best = min(best, over())
			}
			if best > 50*time.Millisecond {
				t.Errorf("overshoot of %v", best)
			}
		})
	}
}

// TestLateSuccess runs every operation on an input that is slow and ends all the same, with less
// time than it needs: no success comes after the end, however late in the work that is. It takes
// every operation by -deadlines and every eighth one without it. A busy machine may be
// late, but not three times of five.
func TestLateSuccess(t *testing.T) {
	const enough, tolerance = 1500 * time.Millisecond, 5 * time.Millisecond
	ended := 0
	for i, op := range operations() {
		if !*deadlines && i%8 != 1 {
			continue
		}
		t.Run(op.name, func(t *testing.T) {
			within := func(limit time.Duration) (elapsed time.Duration, err error) {
				lim := lifted()
				lim.Time = limit
				ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
					if e.Kind == limits.OperationEnded {
						elapsed = e.Usage.Elapsed
					}
				}})
				if err = op.slow(t, ctx, lim); errors.Is(err, io.EOF) {
					err = nil
				}
				return elapsed, err
			}
			full, err := within(enough)
			if err != nil {
				return // It takes longer, and TestDeadlines speaks of it.
			}
			ended++
			for _, part := range []time.Duration{80, 90} {
				limit := max(time.Millisecond, full*part/100)
				late, inTime, worst := 0, 0, time.Duration(0)
				for late < 3 && inTime < 3 {
					if elapsed, err := within(limit); err == nil && elapsed > limit+tolerance {
						late++
						worst = max(worst, elapsed-limit)
					} else {
						inTime++
					}
				}
				if late == 3 {
					t.Errorf("succeeds as much as %v after the end of its time, which is %v", worst, limit)
				}
			}
		})
	}
	if ended == 0 {
		t.Error("no operation has ended")
	}
}

// TestSteps runs every operation on the same input, with all limits lifted but that which counts
// its work.
func TestSteps(t *testing.T) {
	for i, op := range operations() {
		if testing.Short() && i%4 != 2 {
			continue
		}
		t.Run(op.name, func(t *testing.T) {
			lim := lifted()
			counts := limits.Steps
			if op.counts == limits.Items {
				counts, lim.Items = limits.Items, 20_000
			} else {
				lim.Steps = 20_000
			}
			err := op.slow(t, t.Context(), lim)
			var exceeded *limits.ExceededError
			if !errors.As(err, &exceeded) || exceeded.Resource != counts {
				t.Fatalf("not refused for its steps, but %v", err)
			}
		})
	}
}
