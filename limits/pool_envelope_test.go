package limits_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// within returns a context with an envelope, and its end.
//
//nolint:revive // The test comes first, as in testing.
func within(t *testing.T, ctx context.Context, l limits.Limits) (context.Context, context.CancelFunc) {
	t.Helper()
	ctx, cancel, err := limits.With(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(cancel)
	return ctx, cancel
}

// TestPoolAdmitsAnEnvelopeOnce has operations of one request one inside of the other, in a pool
// that has room for one. None may wait for another, in whatever order pool and envelopes were put
// into the context.
func TestPoolAdmitsAnEnvelopeOnce(t *testing.T) {
	tight := limits.PoolLimits{Operations: 1, MemoryBytes: 10, MaxWait: time.Hour}
	for name, build := range map[string]func(t *testing.T) (context.Context, *limits.Pool, context.CancelFunc){
		"envelope in a pool": func(t *testing.T) (context.Context, *limits.Pool, context.CancelFunc) {
			ctx, p := pool(t, t.Context(), tight)
			ctx, cancel := within(t, ctx, memory(10))
			return ctx, p, cancel
		},
		"pool in an envelope": func(t *testing.T) (context.Context, *limits.Pool, context.CancelFunc) {
			ctx, cancel := within(t, t.Context(), memory(10))
			ctx, p := pool(t, ctx, tight)
			return ctx, p, cancel
		},
		"pool between envelopes": func(t *testing.T) (context.Context, *limits.Pool, context.CancelFunc) {
			ctx, cancel := within(t, t.Context(), memory(10))
			ctx, p := pool(t, ctx, tight)
			return envelope(t, ctx, limits.Limits{Steps: 1 << 40}), p, cancel
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, p, cancel := build(t)
				wantHeld(t, p, 0, 0, 0) // The first operation asks, not the envelope.
				before := time.Now()
				archive := start(t, ctx, memory(limits.UnsafeUnlimited))
				if err := archive.Hold(limits.MemoryBytes, 4); err != nil {
					t.Fatal(err)
				}
				for range 3 {
					part := envelope(t, ctx, limits.Limits{OutputBytes: 10})
					parser := full.Meter(part, "parser")
					if err := parser.Hold(limits.MemoryBytes, 6); err != nil {
						t.Error(err)
					}
					wantHeld(t, p, 1, 10, 0)
					if err := parser.Finish(nil); err != nil {
						t.Error(err)
					}
					nested := start(t, part, memory(1000))
					wantHeld(t, p, 1, 10, 0)
					nested.Close()
				}
				archive.Close()
				wantHeld(t, p, 1, 10, 0) // The request goes on.
				start(t, ctx, full).Close()
				if s := p.Stats(); s.Admitted != 1 || !time.Now().Equal(before) {
					t.Errorf("%+v", s)
				}
				cancel()
				cancel()
				wantHeld(t, p, 0, 0, 0)
			})
		})
	}
}

// TestPoolKeepsThePlaceOfWhatStillRuns ends envelopes in each way that there is while an operation
// runs. The place is free when both are gone, not before and not later.
func TestPoolKeepsThePlaceOfWhatStillRuns(t *testing.T) {
	for name, end := range map[string]func(cancelEnvelope, cancelOutside func(), b *limits.Budget){
		"its CancelFunc": func(cancelEnvelope, _ func(), _ *limits.Budget) { cancelEnvelope() },
		"outside":        func(_, cancelOutside func(), _ *limits.Budget) { cancelOutside() },
		"a refusal":      func(_, _ func(), b *limits.Budget) { _ = b.Spend(limits.Steps, 11) },
		"time":           func(_, _ func(), _ *limits.Budget) { time.Sleep(time.Minute + 2) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Hour})
				outside, cancelOutside := context.WithCancel(ctx)
				defer cancelOutside()
				inside, cancelEnvelope := within(t, outside, limits.Limits{Steps: 10, Time: time.Minute})
				b := start(t, inside, full)
				end(cancelEnvelope, cancelOutside, b)
				synctest.Wait()
				wantHeld(t, p, 1, 0, 0)
				b.Close()
				wantHeld(t, p, 0, 0, 0)
				cancelEnvelope()
				wantHeld(t, p, 0, 0, 0)
				start(t, ctx, full).Close()
			})
		})
	}
}

// TestPoolOfAnEnvelopeThatNobodyEnds has the end of the context outside do what the CancelFunc
// would have done.
func TestPoolOfAnEnvelopeThatNobodyEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Hour})
		outside, cancel := context.WithCancel(ctx)
		inside, forgotten := within(t, outside, limits.Limits{Steps: 10})
		start(t, inside, full).Close()
		wantHeld(t, p, 1, 0, 0)
		cancel()
		synctest.Wait()
		wantHeld(t, p, 0, 0, 0)
		forgotten()
		wantHeld(t, p, 0, 0, 0)
	})
}

// TestPoolOfAContextThatOutlivesItsEnvelope starts work that is detached from a request. It is no
// part of the envelope any more, and takes a place of its own.
func TestPoolOfAContextThatOutlivesItsEnvelope(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 2, MemoryBytes: 10, MaxWait: time.Millisecond})
	inside, cancel := within(t, ctx, memory(8))
	first := start(t, inside, memory(8))
	cancel()
	wantHeld(t, p, 1, 8, 0)
	detached := context.WithoutCancel(inside)
	b := start(t, detached, memory(2))
	wantHeld(t, p, 2, 10, 0)
	m := memory(1).Meter(detached, "op")
	wantBusy(t, m.Err())
	first.Close()
	wantHeld(t, p, 1, 2, 0)
	m = memory(8).Meter(detached, "op")
	if err := m.Err(); err != nil {
		t.Error(err)
	}
	wantHeld(t, p, 2, 10, 0)
	if err := m.Finish(nil); err != nil {
		t.Error(err)
	}
	b.Close()
	wantHeld(t, p, 0, 0, 0)
}

// TestPoolEnvelopeWaitsOnce has many operations of one request come while it has no place yet: they
// share one turn, and the place is theirs together.
func TestPoolEnvelopeWaitsOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, Waiting: 1, MaxWait: time.Minute})
		first := start(t, ctx, full)
		inside, end := within(t, ctx, limits.Limits{Steps: 1 << 40})
		var busy, admitted int
		run := func(ctx context.Context, wait time.Duration) {
			began := time.Now()
			b, err := full.Start(ctx, "op")
			switch {
			case err == nil:
				admitted++
			case errors.Is(err, limits.ErrBusy):
				busy++
			default:
				wantKinds(t, err, "canceled")
			}
			if time.Since(began) != wait {
				t.Errorf("waited %v, want %v", time.Since(began), wait)
			}
			b.Close()
		}
		own, cancel := context.WithCancel(inside)
		go run(own, 10*time.Second)
		go run(inside, time.Minute+1)
		time.Sleep(10 * time.Second)
		wantHeld(t, p, 1, 0, 1)
		cancel() // The first one leaves, and the turn stays.
		synctest.Wait()
		wantHeld(t, p, 1, 0, 1)
		go run(inside, 55*time.Second)
		time.Sleep(55 * time.Second)
		first.Close()
		synctest.Wait()
		wantHeld(t, p, 1, 0, 0)
		if s := p.Stats(); busy != 1 || admitted != 1 || s.Busy != 1 || s.Left != 1 || s.Admitted != 2 ||
			s.LongestWait != 65*time.Second {
			t.Errorf("%d busy, %d admitted, %+v", busy, admitted, s)
		}
		end()
		wantHeld(t, p, 0, 0, 0)
	})
}

// TestPoolEnvelopeThatAllHaveLeft gives its turn up with the last who waits, and asks again with
// the next.
func TestPoolEnvelopeThatAllHaveLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Second})
		first := start(t, ctx, full)
		inside, end := within(t, ctx, limits.Limits{Time: time.Hour})
		m := full.Meter(inside, "op")
		wantBusy(t, m.Step(1))
		wantBusy(t, m.Finish(nil))
		wantHeld(t, p, 1, 0, 0)
		first.Close()
		wantHeld(t, p, 0, 0, 0)
		m = full.Meter(inside, "op")
		if err := m.Step(1); err != nil {
			t.Error(err)
		}
		wantHeld(t, p, 1, 0, 0)
		end() // A Meter that has not noticed yet does not keep the place.
		wantHeld(t, p, 0, 0, 0)
		wantKinds(t, m.Finish(m.Err()), "canceled")
	})
}

// TestPoolEnvelopeEndsWhileItWaits must leave no place, and no error but the envelope's.
func TestPoolEnvelopeEndsWhileItWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Hour})
		first := start(t, ctx, full)
		inside, _ := within(t, ctx, limits.Limits{Time: time.Minute})
		_, err := full.Start(inside, "op")
		wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Minute),
			Used: int64(time.Minute + 1), Envelope: true})
		wantHeld(t, p, 1, 0, 0)
		first.Close()
		wantHeld(t, p, 0, 0, 0)
	})
}

// TestPoolMeter gives the place of a Meter back by each way that there is.
func TestPoolMeter(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MemoryBytes: 10, MaxWait: time.Millisecond})
	m := memory(10).Meter(ctx, "op")
	wantHeld(t, p, 0, 0, 0) // To make one takes nothing.
	if err := m.Hold(limits.MemoryBytes, 1); err != nil {
		t.Error(err)
	}
	wantHeld(t, p, 1, 10, 0)
	other := memory(1).Meter(ctx, "op")
	wantBusy(t, other.Err())
	wantKinds(t, m.Hold(limits.MemoryBytes, 10), "refused exceeded")
	wantKinds(t, m.Finish(nil), "refused exceeded")
	wantKinds(t, m.Finish(nil), "refused exceeded")
	wantHeld(t, p, 0, 0, 0)

	// An operation that has done nothing does not wait when it ends.
	filled := start(t, ctx, memory(10))
	unused := memory(1).Meter(ctx, "op")
	if err := unused.Finish(nil); err != nil {
		t.Error(err)
	}
	filled.Close()
	if s := p.Stats(); s.Operations != 0 || s.Admitted != 2 || s.Busy != 1 {
		t.Errorf("%+v", s)
	}
}

// TestPoolMeterThatIsDropped reads a document to its middle and goes away.
func TestPoolMeterThatIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1})
		own, cancel := context.WithCancel(ctx)
		m := full.Meter(own, "op")
		if err := m.Step(1); err != nil {
			t.Error(err)
		}
		wantHeld(t, p, 1, 0, 0)
		cancel()
		synctest.Wait()
		wantHeld(t, p, 0, 0, 0)
		wantKinds(t, m.Finish(m.Err()), "canceled")
		wantHeld(t, p, 0, 0, 0)
	})
}

// TestPoolOfWhatIsDroppedUnderAContextWithoutEnd has the garbage collector find places that no
// caller has closed.
func TestPoolOfWhatIsDroppedUnderAContextWithoutEnd(t *testing.T) {
	ctx, p := pool(t, context.Background(), limits.PoolLimits{Operations: 100})
	for range 50 {
		m := full.Meter(ctx, "op")
		if err := m.Step(1); err != nil {
			t.Fatal(err)
		}
		if _, err := (limits.Limits{Steps: 1}).Start(ctx, "op"); err != nil {
			t.Fatal(err)
		}
	}
	wantHeld(t, p, 100, 0, 0)
	for range 100 {
		runtime.GC()
		time.Sleep(time.Millisecond)
		if p.Stats().Operations == 0 {
			return
		}
	}
	t.Errorf("%+v", p.Stats())
}

// TestPoolUnderAnObserver tells of operations, and a wait in vain is none.
func TestPoolUnderAnObserver(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond})
	ctx, r := observe(ctx, limits.Limits{})
	m := full.Meter(ctx, "one")
	if err := m.Step(1); err != nil {
		t.Error(err)
	}
	other := full.Meter(ctx, "two")
	wantBusy(t, other.Step(1))
	wantBusy(t, other.Finish(nil))
	_, err := full.Start(ctx, "three")
	wantBusy(t, err)
	wantLines(t, r)
	finish(t, &m)
	wantLines(t, r, "one: operation ended")
	wantHeld(t, p, 0, 0, 0)
}

// TestPoolMeterLeavesNothingWithItsContext finishes meters under a context that lives on. The watch
// over its end must go with the Meter: here it is a goroutine, and the bubble fails if one is left
// in it.
func TestPoolMeterLeavesNothingWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, endless{context.Background(), make(chan struct{})}, limits.PoolLimits{Operations: 1})
		for range 3 {
			m := full.Meter(ctx, "op")
			if err := m.Finish(m.Step(1)); err != nil {
				t.Error(err)
			}
		}
		wantHeld(t, p, 0, 0, 0)
	})
}

// endless is a context of another make that could end, and never does.
type endless struct {
	context.Context
	done chan struct{}
}

func (e endless) Done() <-chan struct{} { return e.done }
