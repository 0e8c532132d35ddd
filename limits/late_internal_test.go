package limits

import (
	"context"
	"errors"
	"testing"
	"time"
)

// TestTimerThatComesLate holds a Budget to its time where the timer does not come round to say that
// it is over, as in a process that gets little of a busy machine: work that goes on is refused, and
// charged for nothing.
func TestTimerThatComesLate(t *testing.T) {
	for _, r := range []Resource{Steps, Items, InputBytes, OutputBytes} {
		between := betweenLooks[r]
		for _, n := range []int64{1, 7, between, 1 << 40} {
			lim := Limits{InputBytes: UnsafeUnlimited, OutputBytes: UnsafeUnlimited, Items: UnsafeUnlimited,
				Steps: UnsafeUnlimited, Time: time.Hour}
			b, err := lim.Start(t.Context(), "test")
			if err != nil {
				t.Fatal(err)
			}
			if err := b.Spend(r, 1); err != nil {
				t.Fatal(err)
			}
			b.mu.Lock()
			b.clock.limit.after = -1 // The time is over, and the timer is far away.
			b.mu.Unlock()
			var spent int64 = 1
			for ; err == nil && spent <= between+2*n; spent += n {
				err = b.Spend(r, n)
			}
			exceeded, ok := errors.AsType[*ExceededError](err)
			if !ok || exceeded.Resource != Time || spent > between+2*n {
				t.Errorf("%v, %d at a time: %v after %d", r, n, err, spent)
			}
			if used := b.Close().Of(r); used != spent-n {
				t.Errorf("%v, %d at a time: charged %d, want %d", r, n, used, spent-n)
			}
			if !errors.Is(b.Err(), ErrExceeded) {
				t.Errorf("%v, %d at a time: %v later", r, n, b.Err())
			}
		}
	}
}

// A lateContext is one whose timer is not served: its deadline is over, and it has not ended.
type lateContext struct{ context.Context }

func (lateContext) Deadline() (time.Time, bool) { return time.Now().Add(-time.Second), true }

// TestDeadlineThatComesLate holds a Budget and a Meter to the deadline of a context and to the time
// of an envelope, whose timers are not served.
func TestDeadlineThatComesLate(t *testing.T) {
	within := func(ctx context.Context, lim Limits) *envelopeContext {
		inside, cancel, err := With(ctx, lim)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(cancel)
		return inside.(*envelopeContext) //nolint:errcheck // With makes no other.
	}
	// over is an envelope whose time is over.
	over := func() context.Context {
		ctx := within(t.Context(), Limits{Time: time.Hour})
		ctx.scope.env.started = ctx.scope.env.started.Add(-2 * time.Hour)
		ctx.deadline = ctx.deadline.Add(-2 * time.Hour)
		return ctx
	}
	for _, c := range []struct {
		name    string
		ctx     func() context.Context
		refused bool
	}{
		{"a context", func() context.Context { return lateContext{t.Context()} }, false},
		{"a context around an envelope", func() context.Context {
			return within(lateContext{t.Context()}, Limits{Time: time.Hour})
		}, false},
		{"an envelope", over, true},
		{"an envelope around one without a time", func() context.Context {
			return within(over(), Limits{Steps: 1 << 40})
		}, true},
		{"an envelope around one with more time", func() context.Context {
			return within(over(), Limits{Time: 3 * time.Hour})
		}, true},
	} {
		lim := Limits{Steps: UnsafeUnlimited, Time: time.Hour}
		check := func(face string, step func(n int64) error) {
			var err error
			spent := int64(0)
			for ; err == nil && spent < 4*lookEvery; spent += 100 {
				err = step(100)
			}
			exceeded, ok := errors.AsType[*ExceededError](err)
			if ok != c.refused || ok && (exceeded.Resource != Time || !exceeded.Envelope || exceeded.Limit != int64(time.Hour)) {
				t.Errorf("%s, %s: %v after %d", c.name, face, err, spent)
			}
			if !c.refused && (!errors.Is(err, context.DeadlineExceeded) || errors.Is(err, ErrRefused)) {
				t.Errorf("%s, %s: %v after %d; want the end of the context", c.name, face, err, spent)
			}
		}
		ctx := c.ctx()
		b, err := lim.Start(ctx, "test")
		if err != nil {
			t.Fatal(err)
		}
		check("Budget", func(n int64) error { return b.Spend(Steps, n) })
		b.Close()
		if c.refused && context.Cause(ctx) == nil {
			t.Errorf("%s: the envelope goes on", c.name)
		}
		m := lim.Meter(c.ctx(), "test")
		check("Meter", m.Step)
		_ = m.Finish(nil)
	}
}
