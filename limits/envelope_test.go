package limits_test

import (
	"context"
	"errors"
	"math"
	"sync"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// enveloped lists the resources that an envelope bounds and that can be used.
var enveloped = []limits.Resource{limits.OutputBytes, limits.Steps, limits.MemoryBytes}

// envelope puts l around what the test starts under the context.
//
//nolint:revive // The test comes first, as in testing.
func envelope(t *testing.T, ctx context.Context, l limits.Limits) context.Context {
	t.Helper()
	ctx, cancel, err := limits.With(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	return ctx
}

func TestWithRefuses(t *testing.T) {
	for _, tc := range []struct {
		name string
		ctx  context.Context
		l    limits.Limits
		want string
	}{
		{"nothing set", t.Context(), limits.Limits{},
			"limits.With: the envelope bounds nothing: set at least one of OutputBytes, Steps, MemoryBytes and Time"},
		{"nothing bounded", t.Context(), limits.Limits{Steps: limits.UnsafeUnlimited},
			"limits.With: the envelope bounds nothing: set at least one of OutputBytes, Steps, MemoryBytes and Time"},
		{"InputBytes", t.Context(), limits.Limits{InputBytes: 1, Steps: 1},
			"limits.With: InputBytes belongs to one operation, not to an envelope: leave it unset here"},
		{"Items, unlimited", t.Context(), limits.Limits{Items: limits.UnsafeUnlimited, Steps: 1},
			"limits.With: Items belongs to one operation, not to an envelope: leave it unset here"},
		{"Depth", t.Context(), limits.Limits{Depth: 1, Steps: 1},
			"limits.With: Depth belongs to one operation, not to an envelope: leave it unset here"},
		{"invalid", t.Context(), limits.Limits{Steps: 1, Time: 30},
			"limits.With: Time is 30ns: is a unit missing? at least 1ms"},
		{"no context", nil, limits.Limits{Steps: 1}, "limits.With: the context is nil"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ctx, cancel, err := limits.With(tc.ctx, tc.l)
			if err == nil || err.Error() != tc.want || !errors.Is(err, limits.ErrConfig) {
				t.Errorf("got %v, want %q", err, tc.want)
			}
			if ctx == nil || cancel == nil {
				t.Fatal("nil beside an error")
			}
			cancel()
			// A caller that drops the error must not go on without an envelope.
			_, err = full.Start(ctx, "op")
			if !errors.Is(err, context.Canceled) || !errors.Is(err, limits.ErrConfig) {
				t.Errorf("Start under it: %v", err)
			}
		})
	}
}

func TestEnvelopeAtTheLimit(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range enveloped {
			for _, n := range sizes {
				s := begin(envelope(t, t.Context(), with(limits.Limits{}, r, n)), with(limits.Limits{}, r,
					limits.UnsafeUnlimited))
				if err := use(s, r, n); err != nil {
					t.Errorf("%v: %d of %d: %v", r, n, n, err)
				}
				if n == math.MaxInt64 {
					continue // The operation cannot count any further itself.
				}
				err := use(s, r, 1)
				wantKinds(t, err, "refused exceeded")
				wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1, Envelope: true})
				if got := s.Usage().Of(r); got != n {
					t.Errorf("%v: used %d after a refusal, want %d", r, got, n)
				}
			}
		}
	})
}

func TestEnvelopeIsShared(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range enveloped {
			ctx := envelope(t, t.Context(), with(limits.Limits{}, r, 10))
			one, two := begin(ctx, with(full, r, 8)), begin(ctx, with(full, r, 8))
			for _, s := range []spender{one, two} {
				if err := use(s, r, 5); err != nil {
					t.Fatal(err)
				}
				// A Meter settles its steps when it looks.
				if err := s.Err(); err != nil {
					t.Fatal(err)
				}
			}
			want := limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 11, Envelope: true}
			first := use(one, r, 1)
			if first == nil { // A Meter still had room in its block.
				first = one.Err()
			}
			wantExceeded(t, first, want)
			err := two.Err()
			wantExceeded(t, err, want)
			if again := use(two, limits.Items, 1); !identical(again, err) {
				t.Errorf("%v: the other operation goes on: %v", r, again)
			}
			if cause := context.Cause(ctx); kindsOf(cause) != "refused exceeded" {
				t.Errorf("%v: the cause of the context is %v", r, cause)
			}
			if _, err := full.Start(ctx, "late"); err == nil {
				t.Errorf("%v: an operation has started under an envelope that has ended", r)
			} else {
				want.Op = "late"
				wantExceeded(t, err, want)
			}
		}
	})
}

func TestOwnRefusalLeavesTheEnvelope(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range enveloped {
			ctx := envelope(t, t.Context(), with(limits.Limits{}, r, 10))
			one := begin(ctx, with(limits.Limits{}, r, 5))
			wantExceeded(t, use(one, r, 6), limits.ExceededError{Op: "op", Resource: r, Limit: 5, Used: 6})
			two := begin(ctx, with(limits.Limits{}, r, 100))
			if err := use(two, r, 10); err != nil {
				t.Errorf("%v: a refused operation has charged the envelope: %v", r, err)
			}
			if err := ctx.Err(); err != nil {
				t.Errorf("%v: %v", r, err)
			}
		}
	})
}

func TestFitsUnderAnEnvelope(t *testing.T) {
	for _, r := range enveloped {
		ctx := envelope(t, t.Context(), with(limits.Limits{}, r, 10))
		b := start(t, ctx, with(limits.Limits{}, r, 100))
		if err := b.Fits(r, 10); err != nil {
			t.Error(err)
		}
		wantExceeded(t, b.Fits(r, 11), limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 11, Envelope: true})
		if err := b.Err(); err != nil {
			t.Errorf("asking has ended the operation: %v", err)
		}
	}
}

// TestNestedEnvelopes has three of them around two operations. The middle one is the narrowest, and
// what it refuses ends what lies under it alone.
func TestNestedEnvelopes(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range enveloped {
			outer := envelope(t, t.Context(), with(limits.Limits{}, r, 30))
			middle := envelope(t, outer, with(limits.Limits{}, r, 10))
			inner := envelope(t, middle, with(limits.Limits{}, r, 20))
			beside := begin(outer, with(limits.Limits{}, r, 100))
			if err := use(beside, r, 1); err != nil {
				t.Fatal(err)
			}
			s := begin(inner, with(limits.Limits{}, r, 100))
			wantExceeded(t, use(s, r, 11), limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 11,
				Envelope: true})
			for name, tc := range map[string]struct {
				ctx   context.Context
				ended bool
			}{"outer": {outer, false}, "middle": {middle, true}, "inner": {inner, true}} {
				if got := tc.ctx.Err() != nil; got != tc.ended {
					t.Errorf("%v: the %s envelope has ended: %v, want %v", r, name, got, tc.ended)
				}
			}
			// All 11 were given back, so the outer one has 29 left of 30.
			if err := use(beside, r, 29); err != nil {
				t.Errorf("%v: a refused charge has stayed with the outer envelope: %v", r, err)
			}
			wantExceeded(t, use(beside, r, 1), limits.ExceededError{Op: "op", Resource: r, Limit: 30, Used: 31,
				Envelope: true})
		}
	})
}

// TestOuterRefusalIsGivenBackInside looks at the inner envelope after an outer one has refused,
// through the limit that the error reports.
func TestOuterRefusalIsGivenBackInside(t *testing.T) {
	for _, r := range enveloped {
		outer := envelope(t, t.Context(), with(limits.Limits{}, r, 10))
		inner := envelope(t, outer, with(limits.Limits{}, r, 20))
		b := start(t, inner, with(limits.Limits{}, r, 40))
		wantExceeded(t, use(b, r, 15), limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 15, Envelope: true})
		if got := b.Usage().Of(r); got != 0 {
			t.Errorf("%v: the operation was charged %d", r, got)
		}
		if err := inner.Err(); err == nil {
			t.Errorf("%v: the inner envelope goes on", r)
		}
	}
}

// TestEnvelopeDoesNotWrapAround has one operation use a little and another ask for so much that the
// sum is no int64.
func TestEnvelopeDoesNotWrapAround(t *testing.T) {
	for _, r := range enveloped {
		const limit = math.MaxInt64 - 1
		ctx := envelope(t, t.Context(), with(limits.Limits{}, r, limit))
		l := with(limits.Limits{}, r, limits.UnsafeUnlimited)
		if err := use(start(t, ctx, l), r, 10); err != nil {
			t.Fatal(err)
		}
		b := start(t, ctx, l)
		want := limits.ExceededError{Op: "op", Resource: r, Limit: limit, Used: math.MaxInt64, Envelope: true}
		wantExceeded(t, b.Fits(r, math.MaxInt64), want)
		wantExceeded(t, use(b, r, math.MaxInt64), want)
	}
}

// TestMeterHearsOfTheEnvelopeAtOnce is about what is not charged in blocks.
func TestMeterHearsOfTheEnvelopeAtOnce(t *testing.T) {
	ctx := envelope(t, t.Context(), limits.Limits{OutputBytes: 10, Steps: 10})
	m := full.Meter(ctx, "op")
	if err := m.Spend(limits.OutputBytes, 1); err != nil {
		t.Fatal(err)
	}
	_ = start(t, ctx, full).Spend(limits.Steps, 11)
	wantExceeded(t, m.Spend(limits.OutputBytes, 1), limits.ExceededError{Op: "op", Resource: limits.Steps, Limit: 10,
		Used: 11, Envelope: true})
}

func TestCloseReturnsTheMemory(t *testing.T) {
	outer := envelope(t, t.Context(), limits.Limits{MemoryBytes: 12})
	inner := envelope(t, outer, limits.Limits{MemoryBytes: 10, Steps: 5})
	for range 3 {
		b := start(t, inner, limits.Limits{MemoryBytes: 10, Items: 1})
		if err := b.Hold(limits.MemoryBytes, 10); err != nil {
			t.Fatal(err)
		}
		b.Release(limits.MemoryBytes, 3)
		_ = b.Spend(limits.Items, 2)
		b.Close()
		m := limits.Limits{MemoryBytes: 10}.Meter(inner, "meter")
		if err := m.Hold(limits.MemoryBytes, 10); err != nil {
			t.Fatal(err)
		}
		m.Release(limits.MemoryBytes, 3)
		if err := m.Finish(errors.New("broken")); err == nil {
			t.Fatal("Finish has lost the error")
		}
	}
	b := start(t, inner, limits.Limits{MemoryBytes: 100})
	wantExceeded(t, b.Hold(limits.MemoryBytes, 11), limits.ExceededError{Op: "op", Resource: limits.MemoryBytes,
		Limit: 10, Used: 11, Envelope: true})
	// The envelope has ended, and still takes back what it is owed.
	c := start(t, outer, limits.Limits{MemoryBytes: 100})
	if err := c.Hold(limits.MemoryBytes, 12); err != nil {
		t.Errorf("a refused Hold has stayed with the outer envelope: %v", err)
	}
}

func TestSpentStaysSpent(t *testing.T) {
	ctx := envelope(t, t.Context(), limits.Limits{OutputBytes: 10})
	for range 2 {
		b := start(t, ctx, limits.Limits{OutputBytes: 10})
		if err := b.Spend(limits.OutputBytes, 5); err != nil {
			t.Fatal(err)
		}
		b.Close()
	}
	b := start(t, ctx, limits.Limits{OutputBytes: 10})
	wantKinds(t, b.Spend(limits.OutputBytes, 1), "refused exceeded")
}

func TestEnvelopeBoundsOnlyWhatItSets(t *testing.T) {
	ctx := envelope(t, t.Context(), limits.Limits{Steps: 1, OutputBytes: limits.UnsafeUnlimited})
	b := start(t, ctx, full)
	for _, r := range amounts {
		if r == limits.Steps {
			continue
		}
		if err := use(b, r, 20); err != nil {
			t.Errorf("%v: %v", r, err)
		}
	}
}

func TestCancelFunc(t *testing.T) {
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{Steps: 10, Time: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	b := start(t, ctx, full)
	cancel()
	cancel()
	wantKinds(t, b.Err(), "canceled")
	_, err = full.Start(ctx, "op")
	wantKinds(t, err, "canceled")
}

func TestEnvelopeContext(t *testing.T) {
	type key struct{}
	outer := context.WithValue(t.Context(), key{}, "value")
	outer, cancel := context.WithTimeout(outer, time.Hour)
	defer cancel()
	outerDeadline, _ := outer.Deadline()
	for _, tc := range []struct {
		name string
		l    limits.Limits
		same bool
	}{
		{"no time", limits.Limits{Steps: 1}, true},
		{"unlimited time", limits.Limits{Steps: 1, Time: limits.UnsafeUnlimited}, true},
		{"the largest time", limits.Limits{Time: math.MaxInt64}, true},
		{"more time", limits.Limits{Time: 2 * time.Hour}, true},
		{"less time", limits.Limits{Time: time.Minute}, false},
	} {
		ctx := envelope(t, outer, tc.l)
		deadline, ok := ctx.Deadline()
		if !ok || deadline.Equal(outerDeadline) != tc.same || deadline.After(outerDeadline) {
			t.Errorf("%s: the deadline is %v, %v; outside it is %v", tc.name, deadline, ok, outerDeadline)
		}
		if got := ctx.Value(key{}); got != "value" {
			t.Errorf("%s: the value is %v", tc.name, got)
		}
	}
	if _, ok := envelope(t, t.Context(), limits.Limits{Steps: 1}).Deadline(); ok {
		t.Error("a deadline out of nothing")
	}
}

func TestGoroutinesUnderNestedEnvelopes(t *testing.T) {
	const workers, n = 8, 50_000
	for _, r := range []limits.Resource{limits.OutputBytes, limits.Steps} {
		outer := envelope(t, t.Context(), with(limits.Limits{}, r, n))
		var operations [workers]*limits.Budget
		for i := range operations {
			operations[i] = start(t, envelope(t, envelope(t, outer, with(limits.Limits{}, r, n*2)),
				with(limits.Limits{}, r, n*3)), with(limits.Limits{}, r, n*4))
		}
		var wg sync.WaitGroup
		passed := make([]int64, workers)
		refused := make([]error, workers)
		for i, b := range operations {
			wg.Go(func() {
				for {
					if refused[i] = b.Spend(r, 1); refused[i] != nil {
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
			wantExceeded(t, refused[i], limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1,
				Envelope: true})
		}
		if sum != n {
			t.Errorf("%v: %d passed, want %d", r, sum, n)
		}
	}
}
