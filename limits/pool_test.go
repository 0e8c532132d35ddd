package limits_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// pool returns a context with a new Pool.
//
//nolint:revive // The test comes first, as in testing.
func pool(t *testing.T, ctx context.Context, l limits.PoolLimits) (context.Context, *limits.Pool) {
	t.Helper()
	p, err := limits.NewPool(l)
	if err != nil {
		t.Fatal(err)
	}
	return limits.WithPool(ctx, p), p
}

// wantHeld fails unless so many operations have a place and wait for one.
func wantHeld(t *testing.T, p *limits.Pool, operations int64, memory limits.Bytes, waiting int64) {
	t.Helper()
	s := p.Stats()
	if s.Operations != operations || s.MemoryBytes != memory || s.Waiting != waiting {
		t.Errorf("%d operations hold %v and %d wait, want %d, %v and %d", s.Operations, s.MemoryBytes, s.Waiting,
			operations, memory, waiting)
	}
}

// wantBusy fails unless err is a BusyError and nothing else, and returns it.
func wantBusy(t *testing.T, err error) limits.BusyError {
	t.Helper()
	busy, ok := errors.AsType[*limits.BusyError](err)
	if !ok || !errors.Is(err, limits.ErrBusy) {
		t.Fatalf("got %v, want a BusyError", err)
	}
	wantKinds(t, err, "busy")
	return *busy
}

// memory is limits of so much memory and nothing else.
func memory(n limits.Bytes) limits.Limits { return limits.Limits{MemoryBytes: n} }

func TestNewPool(t *testing.T) {
	for name, tc := range map[string]struct {
		l    limits.PoolLimits
		want string
	}{
		"nothing": {limits.PoolLimits{},
			"limits.NewPool: the Pool caps nothing: set at least one of Operations and MemoryBytes"},
		"only the queue": {limits.PoolLimits{Waiting: 1, MaxWait: time.Second},
			"limits.NewPool: the Pool caps nothing: set at least one of Operations and MemoryBytes"},
		"unlimited": {limits.PoolLimits{Operations: limits.UnsafeUnlimited,
			MemoryBytes: limits.UnsafeUnlimited},
			"limits.NewPool: the Pool caps nothing: set at least one of Operations and MemoryBytes"},
		"negative": {limits.PoolLimits{Operations: -1, MemoryBytes: 1, Waiting: -2, MaxWait: -1},
			"limits.NewPool: Operations is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input you " +
				"trust; Waiting is -2: not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust; " +
				"MaxWait is -1ns: not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust"},
		"negative memory": {limits.PoolLimits{Operations: 1, MemoryBytes: -1},
			"limits.NewPool: MemoryBytes is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input you " +
				"trust"},
		"forgotten unit": {limits.PoolLimits{Operations: 1, MaxWait: 30},
			"limits.NewPool: MaxWait is 30ns: is a unit missing? at least 1ms"},
		"just below the bar": {limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond - 1},
			"limits.NewPool: MaxWait is 999.999us: is a unit missing? at least 1ms"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := limits.NewPool(tc.l)
			if p != nil || err == nil || err.Error() != tc.want {
				t.Fatalf("got %v, %v, want %q", p, err, tc.want)
			}
			wantKinds(t, err, "config unset")
		})
	}
	for name, tc := range map[string]struct{ l, want limits.PoolLimits }{
		"operations": {limits.PoolLimits{Operations: 1}, limits.PoolLimits{Operations: 1,
			Waiting: limits.DefaultPoolWaiting, MaxWait: limits.DefaultPoolMaxWait}},
		"memory": {limits.PoolLimits{MemoryBytes: 1, Waiting: 2, MaxWait: time.Millisecond},
			limits.PoolLimits{MemoryBytes: 1, Waiting: 2, MaxWait: time.Millisecond}},
		"unlimited": {
			limits.PoolLimits{Operations: 1, MemoryBytes: limits.UnsafeUnlimited, Waiting: limits.UnsafeUnlimited,
				MaxWait: limits.UnsafeUnlimited},
			limits.PoolLimits{Operations: 1, MemoryBytes: limits.UnsafeUnlimited, Waiting: limits.UnsafeUnlimited,
				MaxWait: limits.UnsafeUnlimited},
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := limits.NewPool(tc.l)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(limits.PoolStats{Limits: tc.want}, p.Stats()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPoolAtTheLimit fills a pool to exactly each of its limits, and asks for one more.
func TestPoolAtTheLimit(t *testing.T) {
	const n = 5
	for name, tc := range map[string]struct {
		l          limits.PoolLimits
		each, last limits.Limits // n fit, and then not even the last does
		memory     limits.Bytes
		want       string
	}{
		"Operations": {
			limits.PoolLimits{Operations: n, MaxWait: time.Second}, memory(limits.UnsafeUnlimited), limits.Limits{}, 0,
			"op: busy: no room in the Pool for one operation after 1.000000001s; 5 of 5 operations run, 1 of 1024 wait; try " +
				"again later",
		},
		"MemoryBytes": {
			limits.PoolLimits{MemoryBytes: 10 * n, MaxWait: time.Second}, memory(10), memory(1), 10 * n,
			"op: busy: no room in the Pool for one operation and 1 B after 1.000000001s; 5 operations run, 50 B of 50 B are " +
				"taken, 1 of 1024 wait; try again later",
		},
		"MemoryBytes, all but one": {
			limits.PoolLimits{Operations: 100, MemoryBytes: 10*n + 1, MaxWait: time.Second}, memory(10), memory(2),
			10 * n,
			"op: busy: no room in the Pool for one operation and 2 B after 1.000000001s; 5 of 100 operations run, 50 B of 51 " +
				"B are taken, 1 of 1024 wait; try again later",
		},
		"the largest numbers": {
			limits.PoolLimits{Operations: n, MemoryBytes: math.MaxInt64, Waiting: limits.UnsafeUnlimited,
				MaxWait: time.Second}, memory(math.MaxInt64 / n), memory(math.MaxInt64 - 1), math.MaxInt64 / n * n,
			"op: busy: no room in the Pool for one operation and 9223372036854775806 B after 1.000000001s; 5 of 5 operations " +
				"run, 9223372036854775805 B of 9223372036854775807 B are taken, 1 wait; try again later",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, p := pool(t, t.Context(), tc.l)
				for range n {
					start(t, ctx, tc.each)
				}
				wantHeld(t, p, n, tc.memory, 0)
				_, err := tc.last.Start(ctx, "op")
				busy := wantBusy(t, err)
				if err.Error() != tc.want {
					t.Errorf("got  %v\nwant %s", err, tc.want)
				}
				want := limits.BusyError{Op: "op", MemoryBytes: tc.last.MemoryBytes, Waited: time.Second + 1,
					Pool: p.Stats()}
				want.Pool.Waiting = 1 // The one that has left.
				if diff := cmp.Diff(want, busy); diff != "" {
					t.Error(diff)
				}
				wantHeld(t, p, n, tc.memory, 0)
			})
		})
	}
}

// TestPoolThatCapsOneThing has operations ask for as much as they like of what is not capped.
func TestPoolThatCapsOneThing(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 10})
	for range 10 {
		start(t, ctx, memory(limits.UnsafeUnlimited))
	}
	wantHeld(t, p, 10, 0, 0)
	ctx, p = pool(t, t.Context(), limits.PoolLimits{MemoryBytes: 10})
	for range 1000 {
		start(t, ctx, limits.Limits{}) // It can hold nothing, so it asks for none.
	}
	start(t, ctx, memory(10))
	wantHeld(t, p, 1001, 10, 0)
}

// TestPoolWaiting fills the queue to exactly its limit, and one comes more.
func TestPoolWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, Waiting: 3, MaxWait: time.Minute})
		first := start(t, ctx, full)
		for range 3 {
			go func() {
				b, err := full.Start(ctx, "op")
				if err != nil {
					t.Error(err)
				}
				b.Close()
			}()
		}
		synctest.Wait()
		wantHeld(t, p, 1, 0, 3)
		before := time.Now()
		_, err := full.Start(ctx, "op")
		if busy := wantBusy(t, err); busy.Waited != 0 || !time.Now().Equal(before) {
			t.Errorf("it waited: %+v", busy)
		}
		if want := "op: busy: no room in the Pool for one operation, nor to wait for it; 1 of 1 operations run, 3 of 3 " +
			"wait; try again later"; err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
		time.Sleep(time.Second)
		first.Close()
		synctest.Wait()
		want := limits.PoolStats{Limits: p.Stats().Limits, Admitted: 4, Busy: 1, Waited: 3 * time.Second,
			LongestWait: time.Second}
		if diff := cmp.Diff(want, p.Stats()); diff != "" {
			t.Error(diff)
		}
	})
}

// TestPoolMaxWait frees a place after exactly MaxWait, and just too late.
func TestPoolMaxWait(t *testing.T) {
	for name, tc := range map[string]struct {
		after time.Duration
		busy  bool
	}{"exactly": {time.Minute, false}, "too late": {time.Minute + 2, true}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Minute})
				first := start(t, ctx, full)
				time.AfterFunc(tc.after, func() { first.Close() })
				b, err := full.Start(ctx, "op")
				if tc.busy {
					if busy := wantBusy(t, err); busy.Waited != time.Minute+1 {
						t.Errorf("waited %v", busy.Waited)
					}
				} else if err != nil {
					t.Error(err)
				}
				b.Close()
				time.Sleep(time.Minute)
				wantHeld(t, p, 0, 0, 0)
			})
		})
	}
}

// TestPoolWaitsWithoutEnd has an operation wait for a day where MaxWait is unlimited.
func TestPoolWaitsWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: limits.UnsafeUnlimited})
		first := start(t, ctx, full)
		time.AfterFunc(24*time.Hour, func() { first.Close() })
		// The time of an operation begins when it has its place.
		b := start(t, ctx, limits.Limits{Time: time.Second})
		if err := b.Err(); err != nil || b.Usage().Elapsed != 0 {
			t.Errorf("%v after %v", err, b.Usage().Elapsed)
		}
		if got := p.Stats().LongestWait; got != 24*time.Hour {
			t.Errorf("waited %v", got)
		}
	})
}

// TestPoolRefusesWhatNeverFits must not wait: the test's bubble has time stand still.
func TestPoolRefusesWhatNeverFits(t *testing.T) {
	for name, tc := range map[string]struct {
		env, own limits.Limits // without an env there is no envelope
		want     string
		kinds    string
	}{
		"exactly all": {limits.Limits{}, memory(100), "", ""},
		"one byte more": {limits.Limits{}, memory(101),
			"op: MemoryBytes is 101 B, and the Pool has 100 B in all: lower it, or raise PoolLimits.MemoryBytes",
			"config"},
		"as much as there is": {limits.Limits{}, memory(math.MaxInt64),
			"op: MemoryBytes is limits.UnsafeUnlimited, and the Pool has to know how much the operation may hold: give it at " +
				"most 100 B", "config unset"},
		"unlimited": {limits.Limits{}, memory(limits.UnsafeUnlimited),
			"op: MemoryBytes is limits.UnsafeUnlimited, and the Pool has to know how much the operation may hold: give it at " +
				"most 100 B", "config unset"},
		"envelope, all": {memory(100), memory(limits.UnsafeUnlimited), "", ""},
		"envelope, one more": {memory(101), memory(1),
			"op: MemoryBytes is 101 B in the limits given to limits.With, and the Pool has 100 B in all: lower it, or raise " +
				"PoolLimits.MemoryBytes", "config"},
		"envelope without": {limits.Limits{Steps: 1}, memory(1),
			"op: MemoryBytes is no limit in the limits given to limits.With, and the Pool has to know how much the envelope " +
				"may hold: give it at most 100 B", "config unset"},
		"envelope, unlimited": {limits.Limits{Steps: 1, MemoryBytes: limits.UnsafeUnlimited}, memory(1),
			"op: MemoryBytes is no limit in the limits given to limits.With, and the Pool has to know how much the envelope " +
				"may hold: give it at most 100 B", "config unset"},
		"envelope, very large": {memory(math.MaxInt64), memory(1),
			"op: MemoryBytes is 9223372036854775807 B in the limits given to limits.With, and the Pool has 100 B in all: " +
				"lower it, or raise PoolLimits.MemoryBytes", "config"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, p := pool(t, t.Context(), limits.PoolLimits{MemoryBytes: 100})
				if tc.env != (limits.Limits{}) {
					ctx = envelope(t, ctx, tc.env)
				}
				before := time.Now()
				b, err := tc.own.Start(ctx, "op")
				m := tc.own.Meter(ctx, "op")
				if tc.want != "" {
					for _, err := range []error{err, m.Err(), m.Finish(nil)} {
						if err == nil || err.Error() != tc.want {
							t.Fatalf("got  %v\nwant %s", err, tc.want)
						}
						wantKinds(t, err, tc.kinds)
					}
					wantHeld(t, p, 0, 0, 0)
				} else {
					if err != nil {
						t.Fatal(err)
					}
					wantHeld(t, p, 1, 100, 0)
					b.Close()
				}
				if !time.Now().Equal(before) {
					t.Error("it waited")
				}
			})
		})
	}
}

// TestPoolOnWhatNewPoolHasNotMade must not let anything run without a cap.
func TestPoolOnWhatNewPoolHasNotMade(t *testing.T) {
	for name, p := range map[string]*limits.Pool{"nil": nil, "zero": {}} {
		ctx := limits.WithPool(t.Context(), p)
		_, err := full.Start(ctx, "op")
		m := full.Meter(ctx, "op")
		for _, err := range []error{err, m.Step(1), m.Finish(nil)} {
			wantKinds(t, err, "config")
			if err == nil || err.Error() != "op: the Pool was not made by limits.NewPool" {
				t.Errorf("%s: %v", name, err)
			}
		}
		if s := p.Stats(); s != (limits.PoolStats{}) {
			t.Errorf("%s: %+v", name, s)
		}
	}
	var none context.Context
	if ctx := limits.WithPool(none, nil); ctx != nil {
		t.Errorf("a context comes out of none: %v", ctx)
	}
}

// TestPoolIsFirstComeFirstServed has operations of all sizes wait. None may be let in before one
// who came earlier, even where there is room.
func TestPoolIsFirstComeFirstServed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const all, n = 100, 200
		ctx, p := pool(t, t.Context(), limits.PoolLimits{MemoryBytes: all, MaxWait: time.Hour})
		first := start(t, ctx, memory(all))
		began := make([]time.Time, n)
		for i := range n {
			go func() {
				b, err := memory(limits.Bytes(i*37%all+1)).Start(ctx, "op")
				if err != nil {
					t.Error(err)
				}
				began[i] = time.Now()
				time.Sleep(time.Duration(i%7+1) * time.Second)
				b.Close()
			}()
			synctest.Wait()
		}
		wantHeld(t, p, 1, all, n)
		first.Close()
		time.Sleep(time.Hour)
		synctest.Wait()
		if !slices.IsSortedFunc(began, time.Time.Compare) {
			t.Errorf("somebody was overtaken: %v", began)
		}
		if last := began[n-1].Sub(began[0]); last < time.Minute {
			t.Errorf("all were let in within %v: the test tests nothing", last)
		}
		wantHeld(t, p, 0, 0, 0)
	})
}

// TestPoolStarvesNobody keeps a pool full with small operations, and has one come that needs all of
// it. It must be let in when those that ran before it have ended. The control is a pool that lets
// in any operation that fits: it never lets this one in.
func TestPoolStarvesNobody(t *testing.T) {
	const all, each, load = 8, 10 * time.Millisecond, 10 * time.Second
	type entrance func(n limits.Bytes) (leave func())
	wait := func(t *testing.T, open func(t *testing.T) entrance) (waited time.Duration) {
		synctest.Test(t, func(t *testing.T) {
			enter := open(t)
			end := time.Now().Add(load)
			for i := range 2 * all {
				go func() {
					time.Sleep(time.Duration(i) * each / all)
					for time.Now().Before(end) {
						leave := enter(1)
						time.Sleep(each)
						leave()
					}
				}()
			}
			time.Sleep(load/100 + time.Microsecond)
			began := time.Now()
			leave := enter(all)
			waited = time.Since(began)
			leave()
			time.Sleep(2 * load)
		})
		return waited
	}
	fair := wait(t, func(t *testing.T) entrance {
		ctx, _ := pool(t, t.Context(), limits.PoolLimits{MemoryBytes: all, MaxWait: limits.UnsafeUnlimited})
		return func(n limits.Bytes) func() {
			b, err := memory(n).Start(ctx, "op")
			if err != nil {
				t.Error(err)
			}
			return func() { b.Close() }
		}
	})
	naive := wait(t, func(*testing.T) entrance {
		var mu sync.Mutex
		var held limits.Bytes
		try := func(n limits.Bytes) bool {
			mu.Lock()
			defer mu.Unlock()
			if n > all-held {
				return false
			}
			held += n
			return true
		}
		return func(n limits.Bytes) func() {
			for !try(n) {
				time.Sleep(time.Millisecond / 2)
			}
			return func() { try(-n) }
		}
	})
	t.Logf("what needs all waited %v here, and %v in a pool that lets in whoever fits, under a load of %v", fair,
		naive, load)
	if fair > 2*each { // One round of those that ran, and one of those that waited.
		t.Errorf("it waited %v", fair)
	}
	if naive < load-load/100-each {
		t.Errorf("the control let it in after %v: the test tests nothing", naive)
	}
}

// TestPoolSharesAlike has several who each come again as soon as they have left. None may get more
// turns than another.
func TestPoolSharesAlike(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const who, turns = 7, 100
		ctx, _ := pool(t, t.Context(), limits.PoolLimits{Operations: 2, MaxWait: time.Hour})
		var got [who]int
		end := time.Now().Add(turns * time.Second * who / 2)
		for i := range who {
			go func() {
				time.Sleep(time.Duration(i))
				for time.Now().Before(end) {
					b, err := full.Start(ctx, "op")
					if err != nil {
						t.Error(err)
						return
					}
					got[i]++
					time.Sleep(time.Second)
					b.Close()
				}
			}()
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		if least, most := slices.Min(got[:]), slices.Max(got[:]); least < turns || most-least > 1 {
			t.Errorf("turns: %v", got)
		}
	})
}

// TestPoolWaiterLeaves cancels waiters at every place of the queue: what they have stood in the way
// of goes on at once.
func TestPoolWaiterLeaves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, p := pool(t, t.Context(), limits.PoolLimits{MemoryBytes: 10, MaxWait: time.Hour})
		first := start(t, ctx, memory(5))
		const n = 5
		var cancels [n]context.CancelCauseFunc
		var results [n]error
		for i, size := range []limits.Bytes{6, 1, 10, 1, 1} {
			own, cancel := context.WithCancelCause(ctx)
			cancels[i] = cancel
			go func() {
				var b *limits.Budget
				if b, results[i] = memory(size).Start(own, "op"); results[i] == nil {
					<-own.Done()
					b.Close()
				}
			}()
			synctest.Wait()
		}
		gone := errors.New("gone")
		wantHeld(t, p, 1, 5, 5)
		cancels[0](gone) // The head: the next one fits.
		synctest.Wait()
		wantHeld(t, p, 2, 6, 3)
		cancels[3](gone) // In the middle: none is let in for that.
		synctest.Wait()
		wantHeld(t, p, 2, 6, 2)
		cancels[2](gone)
		synctest.Wait()
		wantHeld(t, p, 3, 7, 0)
		first.Close()
		for _, cancel := range cancels {
			cancel(gone)
		}
		synctest.Wait()
		wantHeld(t, p, 0, 0, 0)
		for i, err := range results {
			if waits := i == 0 || i == 2 || i == 3; waits != (err != nil) || waits && !errors.Is(err, gone) {
				t.Errorf("%d: %v", i, err)
			}
			if err != nil {
				wantKinds(t, err, "canceled")
			}
		}
		if s := p.Stats(); s.Left != 3 || s.Busy != 0 || s.Admitted != 3 {
			t.Errorf("%+v", s)
		}
	})
}

// TestPoolsNest has tenants with a pool each and one for all of them.
func TestPoolsNest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		all, outer := pool(t, t.Context(), limits.PoolLimits{Operations: 3, MaxWait: time.Second})
		one, inner := pool(t, all, limits.PoolLimits{Operations: 2, MaxWait: time.Minute})
		if limits.WithPool(limits.WithPool(one, inner), outer) != one {
			t.Error("the same pools again are not the same as once")
		}
		start(t, one, full)
		start(t, one, full)
		before := time.Now()
		_, err := full.Start(one, "op")
		if busy := wantBusy(t, err); busy.Pool.Limits.Operations != 2 || time.Since(before) != time.Minute+1 {
			t.Errorf("%+v", busy)
		}
		b := start(t, all, full)
		two, other := pool(t, all, limits.PoolLimits{Operations: 2})
		_, err = full.Start(two, "op")
		if busy := wantBusy(t, err); busy.Pool.Limits.Operations != 3 {
			t.Errorf("%+v", busy)
		}
		wantHeld(t, inner, 2, 0, 0)
		wantHeld(t, other, 0, 0, 0) // It has given back what it had there.
		wantHeld(t, outer, 3, 0, 0)
		b.Close()
		start(t, two, full)
		wantHeld(t, other, 1, 0, 0)
		wantHeld(t, outer, 3, 0, 0)
	})
}

// TestPoolHoldsTheContextOfABudget has operations that are part of another one.
func TestPoolHoldsTheContextOfABudget(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MemoryBytes: 10, MaxWait: time.Millisecond})
	outer := start(t, ctx, memory(10))
	for range 3 {
		inner := start(t, limits.WithPool(outer.Context(), p), memory(limits.UnsafeUnlimited))
		start(t, inner.Context(), memory(11))
		start(t, envelope(t, inner.Context(), limits.Limits{Steps: 1}), memory(12))
		wantHeld(t, p, 1, 10, 0)
	}
	if _, err := memory(1).Start(ctx, "op"); !errors.Is(err, limits.ErrBusy) {
		t.Errorf("the context outside is admitted, too: %v", err)
	}
	// Another pool is asked.
	inside, other := pool(t, outer.Context(), limits.PoolLimits{Operations: 1})
	start(t, inside, full)
	wantHeld(t, other, 1, 0, 0)
	outer.Close()
	wantHeld(t, p, 0, 0, 0)
}

// TestPoolStatsAsALog writes the numbers under names that do not change.
func TestPoolStatsAsALog(t *testing.T) {
	ctx, p := pool(t, t.Context(), limits.PoolLimits{MemoryBytes: limits.MiB})
	start(t, ctx, memory(limits.KiB))
	want := "[operations=1 memory=1024 waiting=0 admitted=1 busy=0 left=0 waited=0s longest=0s]"
	if got := fmt.Sprint(p.Stats().LogValue()); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s := (*limits.Pool)(nil).Stats(); s != (limits.PoolStats{}) {
		t.Errorf("%+v", s)
	}
}
