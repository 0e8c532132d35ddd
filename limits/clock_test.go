package limits_test

import (
	"context"
	"errors"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"weak"

	"github.com/seed73825598/airlock/limits"
)

// Time in these tests is that of a synctest bubble: it moves only when everybody sleeps, and the
// bubble fails if a goroutine is left in it.

func TestTimeAtTheLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Items: 10, Time: time.Second})
		time.Sleep(time.Second)
		synctest.Wait()
		if err := b.Spend(limits.Items, 1); err != nil {
			t.Errorf("after exactly a second: %v", err)
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		want := limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Second),
			Used: int64(time.Second) + 1}
		err := b.Err()
		wantExceeded(t, err, want)
		wantKinds(t, err, "refused exceeded deadline")
		wantExceeded(t, b.Spend(limits.Items, 1), want)
		wantExceeded(t, b.Hold(limits.MemoryBytes, 1), want)
		wantExceeded(t, b.Deep(1), want)
		wantExceeded(t, b.Fits(limits.Items, 1), want)
		if cause := context.Cause(b.Context()); !identical(cause, err) {
			t.Errorf("the cause is %v, want %v", cause, err)
		}
	})
}

func TestTimeCancelsTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Time: time.Second})
		began := time.Now()
		<-b.Context().Done()
		if waited := time.Since(began); waited != time.Second+1 {
			t.Errorf("the context was canceled after %v", waited)
		}
		wantKinds(t, context.Cause(b.Context()), "refused exceeded deadline")
		wantKinds(t, b.Context().Err(), "canceled")
	})
}

func TestNoTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, d := range []time.Duration{0, limits.UnsafeUnlimited, math.MaxInt64} {
			b := start(t, t.Context(), limits.Limits{Items: 10, Time: d})
			time.Sleep(1000 * time.Hour)
			if err := b.Spend(limits.Items, 1); err != nil {
				t.Errorf("Time %d: %v", d, err)
			}
			if got := b.Usage().Elapsed; got != 1000*time.Hour {
				t.Errorf("Time %d: elapsed %v", d, got)
			}
		}
	})
}

func TestCloseStopsTheClock(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Time: time.Second})
		time.Sleep(300 * time.Millisecond)
		if got := b.Close().Elapsed; got != 300*time.Millisecond {
			t.Errorf("elapsed %v", got)
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		wantKinds(t, b.Err(), "config")
		if got := b.Usage().Elapsed; got != 300*time.Millisecond {
			t.Errorf("elapsed %v an hour after Close", got)
		}
	})
}

func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Items: 100, Time: time.Second})
		for range 10 {
			time.Sleep(50 * time.Millisecond)
			b.Pause()
			time.Sleep(time.Hour)
			synctest.Wait()
			if err := b.Err(); err != nil {
				t.Fatalf("the time between the calls has counted: %v", err)
			}
			b.Resume()
		}
		if got := b.Usage().Elapsed; got != 500*time.Millisecond {
			t.Errorf("elapsed %v", got)
		}
		began := time.Now()
		<-b.Context().Done()
		if waited := time.Since(began); waited != 500*time.Millisecond+1 {
			t.Errorf("after half of the time the rest took %v", waited)
		}
		wantExceeded(t, b.Err(), limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Second),
			Used: int64(time.Second) + 1})
	})
}

// TestPauseAcrossTheTimer pauses right before the timer fires, and for a time that ends before it
// does.
func TestPauseAcrossTheTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Time: time.Second})
		time.Sleep(999 * time.Millisecond)
		b.Pause()
		time.Sleep(500 * time.Millisecond)
		b.Resume()
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatalf("after exactly a second: %v", err)
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		wantKinds(t, b.Err(), "refused exceeded deadline")

		b = start(t, t.Context(), limits.Limits{Time: time.Second})
		time.Sleep(100 * time.Millisecond)
		b.Pause()
		time.Sleep(100 * time.Millisecond)
		b.Resume()
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatalf("the timer fired by the wall clock: %v", err)
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		wantKinds(t, b.Err(), "refused exceeded deadline")
	})
}

func TestPausesNest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := start(t, t.Context(), limits.Limits{Time: time.Second})
		b.Pause()
		b.Pause() // One too many changes nothing.
		time.Sleep(time.Hour)
		b.Resume()
		b.Resume() // Two calls are running.
		time.Sleep(100 * time.Millisecond)
		b.Pause()
		time.Sleep(100 * time.Millisecond)
		b.Pause()
		time.Sleep(time.Hour)
		if got := b.Usage().Elapsed; got != 200*time.Millisecond {
			t.Errorf("elapsed %v", got)
		}
		if err := b.Err(); err != nil {
			t.Error(err)
		}
	})
}

func TestEnvelopeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outer := envelope(t, t.Context(), limits.Limits{Time: time.Hour})
		ctx := envelope(t, outer, limits.Limits{Time: time.Second})
		deadline, ok := ctx.Deadline()
		if left := time.Until(deadline); !ok || left != time.Second {
			t.Errorf("the deadline is in %v, %v", left, ok)
		}
		b := start(t, ctx, limits.Limits{Items: 10, Time: 10 * time.Second})
		m := full.Meter(ctx, "meter")
		b.Pause()
		time.Sleep(time.Second)
		synctest.Wait()
		if err := errors.Join(b.Err(), m.Err()); err != nil {
			t.Errorf("after exactly a second: %v", err)
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		want := limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Second),
			Used: int64(time.Second) + 1, Envelope: true}
		wantExceeded(t, b.Err(), want)
		wantKinds(t, b.Err(), "refused exceeded deadline")
		want.Op = "meter"
		wantExceeded(t, m.Err(), want)
		want.Op = "late"
		_, err := full.Start(ctx, "late")
		wantExceeded(t, err, want)
		want.Op = "limits.With"
		wantExceeded(t, context.Cause(ctx), want)
		if err := outer.Err(); err != nil {
			t.Errorf("the outer envelope has ended too: %v", err)
		}
	})
}

func TestCancelFuncStopsTheTimer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel, err := limits.With(t.Context(), limits.Limits{Time: time.Second})
		if err != nil {
			t.Fatal(err)
		}
		b := start(t, ctx, full)
		cancel()
		time.Sleep(time.Hour)
		wantKinds(t, b.Err(), "canceled")
	})
}

func TestCallersDeadlineIsNoRefusal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		b := start(t, ctx, limits.Limits{Time: time.Minute})
		m := limits.Limits{Time: time.Minute}.Meter(ctx, "op")
		if err := errors.Join(b.Err(), m.Err()); err != nil {
			t.Fatal(err)
		}
		<-b.Context().Done()
		for _, err := range []error{b.Err(), m.Err()} {
			wantKinds(t, err, "deadline")
			if want := "op: stopped by the caller's context: context deadline exceeded"; err.Error() != want {
				t.Errorf("got %q, want %q", err, want)
			}
		}
	})
}

func TestMeterTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := limits.Limits{Steps: limits.UnsafeUnlimited, Time: time.Second}.Meter(t.Context(), "op")
		// Before the first look no time has passed.
		time.Sleep(time.Hour)
		if err := m.Err(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		if err := m.Err(); err != nil {
			t.Fatalf("after exactly a second: %v", err)
		}
		time.Sleep(time.Nanosecond)
		for i := range 65_536 {
			if err := m.Step(1); err != nil {
				t.Fatalf("looked at the clock at step %d", i)
			}
		}
		err := m.Step(1)
		wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Second),
			Used: int64(time.Second) + 1})
		if got := m.Usage().Elapsed; got != time.Second+1 {
			t.Errorf("elapsed %v", got)
		}
	})
}

// TestMeterFinishesInTime has an operation that was long enough for a look take too long after it.
func TestMeterFinishesInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			looks bool
			sleep time.Duration
			err   error
			late  bool
		}{
			{looks: true, sleep: time.Second},
			{looks: true, sleep: time.Second + 1, late: true},
			{looks: true, sleep: time.Hour, err: io.ErrUnexpectedEOF},
			{sleep: time.Hour}, // Time runs from the first look.
		} {
			m := limits.Limits{Steps: 10, Time: time.Second}.Meter(t.Context(), "op")
			if c.looks {
				if err := m.Err(); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(c.sleep)
			switch err := m.Finish(c.err); {
			case c.late:
				wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.Time, Limit: int64(time.Second),
					Used: int64(c.sleep)})
			case err != c.err: //nolint:errorlint // It is returned as it is.
				t.Errorf("%+v: %v", c, err)
			}
		}
	})
}

func TestMeterLooksEveryBlock(t *testing.T) {
	for _, step := range []int64{1, 7, 65_535, 65_536, 1_000_000} {
		ctx, cancel := context.WithCancel(t.Context())
		m := limits.Limits{Steps: limits.UnsafeUnlimited}.Meter(ctx, "op")
		if err := m.Step(step); err != nil {
			t.Fatal(err)
		}
		cancel()
		var done int64
		for m.Step(step) == nil {
			done += step
		}
		if done > 65_536 {
			t.Errorf("%d steps in strides of %d after a cancel", done, step)
		}
		wantKinds(t, m.Err(), "canceled")
	}
}

// TestNoGoroutineIsLeft starts and abandons operations in every way; the bubble fails if a
// goroutine outlives them.
func TestNoGoroutineIsLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel, err := limits.With(foreign{t.Context()}, limits.Limits{Time: time.Minute, MemoryBytes: limits.MiB})
		if err != nil {
			t.Fatal(err)
		}
		for _, end := range []func(b *limits.Budget){
			func(*limits.Budget) {},
			func(b *limits.Budget) { _ = b.Context() },
			func(b *limits.Budget) { _ = b.Spend(limits.Items, math.MaxInt64) },
			func(b *limits.Budget) { _ = b.Reader(limits.InputBytes, strings.NewReader("x")) },
			func(b *limits.Budget) { <-b.Context().Done() },
			func(b *limits.Budget) { b.Pause() },
		} {
			l := full
			l.Time = time.Second
			b, err := l.Start(foreign{ctx}, "op")
			if err != nil {
				t.Fatal(err)
			}
			_ = b.Context()
			end(b)
			b.Close()
		}
		cancel()
	})
}

// TestCloseLetsGo holds that no timer keeps a closed operation in memory.
func TestCloseLetsGo(t *testing.T) {
	b, err := limits.Limits{Time: 1000 * time.Hour}.Start(t.Context(), "op")
	if err != nil {
		t.Fatal(err)
	}
	b.Close()
	gone := weak.Make(b)
	// A register or a stack that is being scanned may still hold it during one collection.
	for range 100 {
		runtime.GC()
		if gone.Value() == nil {
			return
		}
	}
	t.Error("something holds on to the Budget")
}

// foreign is a context of another make: the context package needs a goroutine to follow it, which
// has to end with the operation.
type foreign struct{ context.Context }

func (f foreign) Done() <-chan struct{} {
	done := make(chan struct{})
	context.AfterFunc(f.Context, func() { close(done) })
	return done
}
