package limits_test

import (
	"context"
	"runtime"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

func TestGoroutinesEndExactlyAtTheLimit(t *testing.T) {
	const workers, n = 8, 100_000
	for _, r := range []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Steps,
		limits.MemoryBytes} {
		b := start(t, t.Context(), with(limits.Limits{}, r, n))
		var wg sync.WaitGroup
		passed := make([]int64, workers)
		refused := make([]error, workers)
		for i := range workers {
			wg.Go(func() {
				for {
					if refused[i] = use(b, r, 1); refused[i] != nil {
						return
					}
					passed[i]++
				}
			})
		}
		wg.Wait()
		var sum int64
		for i := range workers {
			sum += passed[i]
			if !identical(refused[i], refused[0]) {
				t.Errorf("%v: one goroutine got %v, another %v", r, refused[i], refused[0])
			}
		}
		if sum != n || b.Usage().Of(r) != n {
			t.Errorf("%v: %d passed and %d were counted, want %d", r, sum, b.Usage().Of(r), n)
		}
		wantExceeded(t, refused[0], limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1})
	}
}

// TestGoroutinesInLargeSteps lets goroutines ask for more than is left, so that they collide at the
// limit.
func TestGoroutinesInLargeSteps(t *testing.T) {
	const workers, n = 8, 1_000_003
	b := start(t, t.Context(), limits.Limits{OutputBytes: n})
	var wg sync.WaitGroup
	passed := make([]int64, workers)
	for i := range workers {
		wg.Go(func() {
			for step := int64(i + 1); b.Spend(limits.OutputBytes, step) == nil; step = step*7%1009 + 1 {
				passed[i] += step
			}
		})
	}
	wg.Wait()
	var sum int64
	for _, p := range passed {
		sum += p
	}
	if got := int64(b.Usage().OutputBytes); got != sum || got > n {
		t.Errorf("%d were counted, %d passed, the limit is %d", got, sum, n)
	}
}

// TestGoroutinesAskForTheContext has them ask while the operation ends: all must get the same one,
// and it must end.
func TestGoroutinesAskForTheContext(t *testing.T) {
	const workers = 8
	for range 500 {
		b := start(t, t.Context(), limits.Limits{Items: 1})
		var wg sync.WaitGroup
		var contexts [workers]context.Context
		begin := make(chan struct{})
		for i := range contexts {
			wg.Go(func() {
				<-begin
				contexts[i] = b.Context()
				if i == workers/2 {
					_ = b.Spend(limits.Items, 2)
				}
			})
		}
		close(begin)
		wg.Wait()
		for _, ctx := range contexts {
			if ctx != contexts[0] || !identical(context.Cause(ctx), b.Err()) {
				t.Fatalf("one of the contexts is another, or has ended with %v instead of %v", context.Cause(ctx),
					b.Err())
			}
		}
	}
}

// TestGoroutinesHoldAndClose closes operations while others take memory: nothing may stay with the
// envelope.
func TestGoroutinesHoldAndClose(t *testing.T) {
	const workers = 4
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{MemoryBytes: 1 << 40})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	for range 40 {
		b := start(t, ctx, limits.Limits{MemoryBytes: 1000, Depth: 10})
		var wg sync.WaitGroup
		for i := range workers {
			wg.Go(func() {
				for b.Hold(limits.MemoryBytes, 3) == nil {
					if i == 0 { // The others are faster, and so more likely to collide with Close.
						_, _, _ = b.Deep(3), b.Context(), b.Usage()
					}
					b.Release(limits.MemoryBytes, 2)
					b.Release(limits.MemoryBytes, 1)
				}
			})
		}
		runtime.Gosched()
		b.Close()
		wg.Wait()
	}
	last := start(t, ctx, limits.Limits{MemoryBytes: limits.UnsafeUnlimited})
	if err := last.Hold(limits.MemoryBytes, 1<<40); err != nil {
		t.Errorf("closed operations still hold something: %v", err)
	}
}
