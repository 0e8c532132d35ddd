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
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seed73825598/airlock/limits"
)

// recorder keeps the events that it is told.
type recorder struct {
	mu     sync.Mutex
	events []limits.Event
}

func (r *recorder) tell(_ context.Context, e limits.Event) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.events = append(r.events, e)
}

// lines returns the events as text and forgets them.
func (r *recorder) lines() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	lines := []string{}
	for _, e := range r.events {
		line := fmt.Sprintf("%s: %v", e.Op, e.Kind)
		if e.Resource != 0 {
			line += fmt.Sprintf(": %v: %d of %d", e.Resource, e.Used, e.Limit)
		}
		if e.Err != nil {
			line += ": " + kindsOf(e.Err)
		}
		lines = append(lines, line)
	}
	r.events = nil
	return lines
}

// observe has a new recorder told of what starts under the returned context.
func observe(ctx context.Context, soft limits.Limits) (context.Context, *recorder) {
	r := new(recorder)
	return limits.WithObserver(ctx, limits.Observer{Soft: soft, Func: r.tell}), r
}

func wantLines(t *testing.T, r *recorder, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, r.lines(), cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// finish ends an operation of either kind in good order.
func finish(t *testing.T, s spender) {
	t.Helper()
	switch s := s.(type) {
	case *limits.Budget:
		s.Close()
		s.Close()
	case *limits.Meter:
		for range 2 {
			if err := s.Finish(nil); err != nil {
				t.Error(err)
			}
		}
	}
}

func TestSoftLimits(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			ctx, rec := observe(t.Context(), with(limits.Limits{}, r, 7))
			s := begin(ctx, with(limits.Limits{}, r, 10))
			look := func() {
				// A Meter notices its steps when it looks.
				if err := s.Err(); err != nil {
					t.Fatal(err)
				}
			}
			ask := func(total, more int64) {
				if r == limits.Depth {
					more = total
				}
				if err := use(s, r, more); err != nil {
					t.Fatal(err)
				}
				look()
			}
			ask(7, 7)
			wantLines(t, rec)
			ask(8, 1)
			wantLines(t, rec, fmt.Sprintf("op: soft limit passed: %v: 8 of 7", r))
			ask(9, 1)
			ask(10, 1)
			wantLines(t, rec)
			finish(t, s)
			wantLines(t, rec, "op: operation ended")
		}
	})
}

func TestSoftLimitIsEightyPercent(t *testing.T) {
	for _, tc := range []struct{ limit, soft int64 }{{1, 0}, {2, 1}, {4, 3}, {5, 4}, {9, 7}, {10, 8}, {11, 8},
		{1 << 40, 879609302220}, {1 << 62, 3689348814741910323}, {math.MaxInt64, 0}} {
		for _, r := range amounts {
			ctx, rec := observe(t.Context(), limits.Limits{})
			b := start(t, ctx, with(limits.Limits{}, r, tc.limit))
			if tc.limit == math.MaxInt64 {
				// As good as unlimited: there is nothing to warn of.
				if err := use(b, r, math.MaxInt64); err != nil {
					t.Fatal(err)
				}
				wantLines(t, rec)
				continue
			}
			if err := use(b, r, tc.soft); err != nil {
				t.Fatal(err)
			}
			wantLines(t, rec)
			over := int64(1)
			if r == limits.Depth {
				over += tc.soft
			}
			if err := use(b, r, over); err != nil {
				t.Fatal(err)
			}
			wantLines(t, rec, fmt.Sprintf("op: soft limit passed: %v: %d of %d", r, tc.soft+1, tc.soft))
		}
	}
}

func TestSoftLimitNever(t *testing.T) {
	for name, tc := range map[string]struct{ soft, hard int64 }{
		"unlimited":         {limits.UnsafeUnlimited, 10},
		"above the limit":   {11, 10},
		"nothing to bound":  {0, limits.UnsafeUnlimited},
		"at the limit":      {10, 10},
		"as far as it goes": {math.MaxInt64, limits.UnsafeUnlimited},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range amounts {
				ctx, rec := observe(t.Context(), with(limits.Limits{}, r, tc.soft))
				b := start(t, ctx, with(limits.Limits{}, r, tc.hard))
				if err := use(b, r, 10); err != nil {
					t.Fatal(err)
				}
				wantLines(t, rec)
				b.Close()
				wantLines(t, rec, "op: operation ended")
			}
		})
	}
}

func TestSoftLimitOfUnlimited(t *testing.T) {
	ctx, rec := observe(t.Context(), limits.Limits{Items: 3})
	b := start(t, ctx, limits.Limits{Items: limits.UnsafeUnlimited})
	if err := b.Spend(limits.Items, 4); err != nil {
		t.Fatal(err)
	}
	wantLines(t, rec, "op: soft limit passed: items: 4 of 3")
}

func TestEndEvents(t *testing.T) {
	for _, tc := range []struct {
		name string
		end  func(*limits.Budget)
		want []string
	}{
		{"in good order", func(*limits.Budget) {}, []string{"op: operation ended"}},
		{"a refusal", func(b *limits.Budget) { _ = b.Spend(limits.Items, 11) },
			[]string{"op: operation ended: items: 11 of 10: refused exceeded"}},
		{"a rule", func(b *limits.Budget) { _ = b.Fail(&limits.RuleError{}) },
			[]string{"op: operation ended: refused"}},
		{"the environment", func(b *limits.Budget) { _ = b.Fail(errors.New("disk full")) },
			[]string{"op: operation ended: "}},
		{"a mistake", func(b *limits.Budget) { _ = b.Spend(limits.Time, 1) }, []string{"op: operation ended: config"}},
		{"a refusal that jumps the soft limit", func(b *limits.Budget) {
			_ = b.Spend(limits.Items,
				8)
			_ = b.Spend(limits.Items, 3)
		}, []string{"op: operation ended: items: 11 of 10: refused exceeded"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			ctx, rec := observe(t.Context(), limits.Limits{})
			b := start(t, ctx, limits.Limits{Items: 10})
			tc.end(b)
			b.Close()
			wantLines(t, rec, tc.want...)
		})
	}
}

func TestMeterEndEvents(t *testing.T) {
	broken := errors.New("broken")
	ctx, rec := observe(t.Context(), limits.Limits{})
	m := limits.Limits{Steps: 10}.Meter(ctx, "op")
	if err := m.Step(9); err != nil {
		t.Fatal(err)
	}
	if err := m.Finish(broken); !identical(err, broken) {
		t.Errorf("Finish: %v", err)
	}
	wantLines(t, rec, "op: soft limit passed: steps: 9 of 8", "op: operation ended: ")

	m = limits.Limits{Steps: 10}.Meter(ctx, "op")
	refusal := m.Step(11)
	if err := m.Finish(nil); !identical(err, refusal) {
		t.Errorf("Finish: %v, want %v", err, refusal)
	}
	wantLines(t, rec, "op: operation ended: steps: 11 of 10: refused exceeded")

	m = limits.Limits{Steps: 10}.Meter(ctx, "op")
	if err := m.Finish(nil); err != nil {
		t.Error(err)
	}
	wantLines(t, rec, "op: operation ended")
}

func TestEventUsage(t *testing.T) {
	type key struct{}
	var got []limits.Event
	ctx := limits.WithObserver(context.WithValue(t.Context(), key{}, "trace"),
		limits.Observer{Func: func(ctx context.Context, e limits.Event) {
			if ctx.Value(key{}) != "trace" || ctx.Err() != nil {
				t.Errorf("the context of %v is not the caller's", e.Kind)
			}
			got = append(got, e)
		}})
	lim := limits.Limits{Steps: limits.UnsafeUnlimited, Items: 10, Depth: 10, MemoryBytes: 10}
	b := start(t, ctx, lim)
	for _, err := range []error{b.Spend(limits.Items, 2), b.Deep(3), b.Hold(limits.MemoryBytes, 9),
		b.Spend(limits.Items, 2)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	b.Close()
	want := []limits.Event{
		{Op: "op", Kind: limits.SoftLimitPassed, Resource: limits.MemoryBytes, Used: 9, Limit: 8, Limits: lim,
			Usage: limits.Usage{Items: 2, Depth: 3, MemoryBytes: 9}},
		{Op: "op", Kind: limits.OperationEnded, Limits: lim, Usage: limits.Usage{Items: 4, Depth: 3, MemoryBytes: 9}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(limits.Usage{}, "Elapsed")); diff != "" {
		t.Error(diff)
	}
}

func TestNestedObservers(t *testing.T) {
	outer, first := observe(t.Context(), limits.Limits{Items: 2})
	outer = envelope(t, outer, limits.Limits{Steps: 100})
	inner, second := observe(outer, limits.Limits{Items: 4})
	b := start(t, inner, limits.Limits{Items: 10})
	for range 6 {
		if err := b.Spend(limits.Items, 1); err != nil {
			t.Fatal(err)
		}
	}
	b.Close()
	wantLines(t, first, "op: soft limit passed: items: 3 of 2", "op: operation ended")
	wantLines(t, second, "op: soft limit passed: items: 5 of 4", "op: operation ended")
	// An observer keeps the envelope around it.
	wantKinds(t, use(start(t, inner, full), limits.Steps, 101), "refused exceeded")
}

func TestBadObserver(t *testing.T) {
	for name, o := range map[string]limits.Observer{
		"no Func":        {},
		"a soft limit":   {Soft: limits.Limits{Items: -1}, Func: new(recorder).tell},
		"forgotten unit": {Soft: limits.Limits{Time: 5}, Func: new(recorder).tell},
	} {
		t.Run(name, func(t *testing.T) {
			good, rec := observe(limits.WithObserver(t.Context(), o), limits.Limits{})
			_, err := full.Start(good, "op")
			if !errors.Is(err, limits.ErrConfig) {
				t.Errorf("Start: %v", err)
			}
			m := full.Meter(good, "op")
			if err := m.Step(1); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("Step: %v", err)
			}
			if err := m.Finish(nil); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("Finish: %v", err)
			}
			wantLines(t, rec)
		})
	}
	_, err := full.Start(limits.WithObserver(t.Context(), limits.Observer{Soft: limits.Limits{Items: -1}}), "op")
	want := "op: Observer.Soft.Items is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for input " +
		"you trust; Observer.Func is nil"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	//nolint:staticcheck // A nil context is what is tested.
	if ctx := limits.WithObserver(nil, limits.Observer{}); ctx != nil {
		t.Errorf("a context out of nothing: %v", ctx)
	}
}

func TestSoftTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		outer, slow := observe(t.Context(), limits.Limits{Time: 900 * time.Millisecond})
		ctx, rec := observe(outer, limits.Limits{})
		b := start(t, ctx, limits.Limits{Items: 100, Time: time.Second})
		time.Sleep(800 * time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec)
		time.Sleep(10 * time.Millisecond)
		synctest.Wait()
		wantLines(t, rec) // Nothing has come by.
		if err := b.Spend(limits.Items, 1); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec, "op: soft limit passed: time: 810000000 of 800000000")
		wantLines(t, slow)
		time.Sleep(100 * time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec)
		wantLines(t, slow, "op: soft limit passed: time: 910000000 of 900000000")
		time.Sleep(time.Second)
		synctest.Wait()
		b.Close()
		wantLines(t, rec, "op: operation ended: time: 1000000001 of 1000000000: refused exceeded deadline")
	})
}

func TestSoftTimeAcrossAPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, rec := observe(t.Context(), limits.Limits{})
		b := start(t, ctx, limits.Limits{Items: 10, Time: time.Second})
		time.Sleep(500 * time.Millisecond)
		b.Pause()
		time.Sleep(time.Hour)
		b.Resume()
		time.Sleep(300 * time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec)
		time.Sleep(time.Millisecond)
		synctest.Wait()
		if err := b.Err(); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec, "op: soft limit passed: time: 801000000 of 800000000")
	})
}

func TestSoftTimeAtClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, rec := observe(t.Context(), limits.Limits{Time: time.Second})
		b := start(t, ctx, limits.Limits{})
		time.Sleep(time.Minute)
		synctest.Wait()
		b.Close()
		wantLines(t, rec, "op: soft limit passed: time: 60000000000 of 1000000000", "op: operation ended")

		// The timer's word comes too late once the operation has ended.
		b = start(t, ctx, limits.Limits{Items: 1})
		_ = b.Spend(limits.Items, 2)
		time.Sleep(time.Minute)
		synctest.Wait()
		b.Close()
		wantLines(t, rec, "op: soft limit passed: time: 60000000000 of 1000000000",
			"op: operation ended: items: 2 of 1: refused exceeded")
	})
}

func TestSoftTimeOfAMeter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, rec := observe(t.Context(), limits.Limits{})
		m := limits.Limits{Steps: 1e6, Time: time.Second}.Meter(ctx, "op")
		if err := m.Err(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(900 * time.Millisecond)
		if err := m.Step(70_000); err != nil {
			t.Fatal(err)
		}
		wantLines(t, rec, "op: soft limit passed: time: 900000000 of 800000000")
		time.Sleep(100 * time.Millisecond)
		if err := m.Finish(nil); err != nil {
			t.Fatal(err)
		}
		if got := m.Usage().Elapsed; got != time.Second {
			t.Errorf("elapsed %v", got)
		}
		wantLines(t, rec, "op: operation ended")
	})
}

func TestEventsOncePerGoroutines(t *testing.T) {
	const workers = 8
	ctx, rec := observe(t.Context(), limits.Limits{})
	b := start(t, ctx, limits.Limits{Items: 9_000, MemoryBytes: 9_000, Depth: 10_000})
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for i := range int64(1000) {
				if err := errors.Join(b.Spend(limits.Items, 1), b.Hold(limits.MemoryBytes, 1),
					b.Deep(9*i)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for range workers {
		wg.Go(func() {
			_ = b.Spend(limits.Items, 10_000)
			b.Close()
		})
	}
	wg.Wait()
	var kinds []string
	for _, e := range rec.events {
		kinds = append(kinds, e.Kind.String()+" "+e.Resource.String())
	}
	slices.Sort(kinds)
	want := []string{"operation ended items", "soft limit passed depth", "soft limit passed items",
		"soft limit passed memory bytes"}
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Error(diff)
	}
}

func TestEventKindString(t *testing.T) {
	got := []string{limits.EventKind(0).String(), limits.SoftLimitPassed.String(), limits.OperationEnded.String()}
	if diff := cmp.Diff([]string{"unknown event", "soft limit passed", "operation ended"}, got); diff != "" {
		t.Error(diff)
	}
}
