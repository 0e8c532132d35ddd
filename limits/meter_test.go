package limits_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

func TestZeroMeter(t *testing.T) {
	for i, call := range []func(*limits.Meter) error{
		func(m *limits.Meter) error { return m.Step(1) },
		func(m *limits.Meter) error { return m.Step(0) },
		func(m *limits.Meter) error { return m.Step(-1) },
		func(m *limits.Meter) error { return m.Spend(limits.Items, 1) },
		func(m *limits.Meter) error { return m.Hold(limits.MemoryBytes, 1) },
		func(m *limits.Meter) error { return m.Deep(0) },
		func(m *limits.Meter) error { return m.Err() },
		func(m *limits.Meter) error { return m.Finish(nil) },
		func(m *limits.Meter) error { return m.Finish(errors.New("x")) },
	} {
		var m limits.Meter
		m.Release(limits.MemoryBytes, 1)
		if err := call(&m); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%d: got %v", i, err)
		}
		if diff := cmp.Diff(limits.Usage{}, m.Usage()); diff != "" {
			t.Error(diff)
		}
	}
}

func TestMeterRefusesToBegin(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tc := range []struct {
		name string
		ctx  context.Context
		l    limits.Limits
		want string
	}{
		{"a negative field", t.Context(), limits.Limits{Steps: 10, Items: -1}, "config unset"},
		{"a negative field beside an unlimited one", t.Context(), limits.Limits{Steps: limits.UnsafeUnlimited,
			Items: -1}, "config unset"},
		{"a forgotten unit", t.Context(), limits.Limits{Steps: 10, Time: 30}, "config unset"},
		{"a forgotten unit beside an unlimited field", t.Context(), limits.Limits{Steps: limits.UnsafeUnlimited,
			Time: 30}, "config unset"},
		{"no context", nil, full, "config"},
		{"a canceled context, when it looks", canceled, full, "canceled"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			m := tc.l.Meter(tc.ctx, "op")
			first := m.Err()
			wantKinds(t, first, tc.want)
			for _, r := range amounts {
				if err := use(&m, r, 1); !identical(err, first) {
					t.Errorf("%v: %v, want %v", r, err, first)
				}
			}
			if err := m.Finish(nil); !identical(err, first) {
				t.Errorf("Finish: %v, want %v", err, first)
			}
			m = tc.l.Meter(tc.ctx, "op")
			_ = m.Step(1)
			if err := m.Finish(nil); tc.want != "canceled" && err == nil {
				t.Error("Finish has lost the error")
			}
		})
	}
}

func TestFinish(t *testing.T) {
	m := full.Meter(t.Context(), "op")
	for _, r := range amounts {
		if err := use(&m, r, int64(r)); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Finish(nil); err != nil {
		t.Fatal(err)
	}
	if err := m.Finish(errors.New("late")); err != nil {
		t.Errorf("the second Finish: %v", err)
	}
	for _, r := range amounts {
		wantKinds(t, use(&m, r, 1), "config")
	}
	wantKinds(t, m.Err(), "config")
	want := limits.Usage{InputBytes: 1, OutputBytes: 2, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6}
	if diff := cmp.Diff(want, m.Usage()); diff != "" {
		t.Errorf("a short operation has looked at the clock, or counted wrongly: %s", diff)
	}
}

func TestFinishWithAnError(t *testing.T) {
	broken := errors.New("broken")
	m := full.Meter(t.Context(), "op")
	for range 2 {
		if err := m.Finish(broken); !identical(err, broken) {
			t.Errorf("Finish: %v", err)
		}
	}
	if err := m.Step(1); !identical(err, broken) {
		t.Errorf("Step after Finish: %v", err)
	}
	// A refusal that the caller has dropped comes back.
	m = limits.Limits{Steps: 1}.Meter(t.Context(), "op")
	refusal := m.Step(2)
	if err := m.Finish(nil); !identical(err, refusal) {
		t.Errorf("Finish: %v, want %v", err, refusal)
	}
	// The outcome of the operation is told as it is.
	m = limits.Limits{Steps: 1}.Meter(t.Context(), "op")
	_ = m.Step(2)
	if err := m.Finish(broken); !identical(err, broken) {
		t.Errorf("Finish: %v, want %v", err, broken)
	}
}

// TestFinishSettles lets two meters do together what the envelope does not allow: the one that
// finishes last hears of it, and must not hand out its result.
func TestFinishSettles(t *testing.T) {
	ctx := envelope(t, t.Context(), limits.Limits{Steps: 10})
	one, two := full.Meter(ctx, "one"), full.Meter(ctx, "two")
	for _, m := range []*limits.Meter{&one, &two} {
		if err := m.Step(6); err != nil {
			t.Fatal(err)
		}
	}
	if err := one.Finish(nil); err != nil {
		t.Errorf("the first has had room: %v", err)
	}
	err := two.Finish(nil)
	wantExceeded(t, err, limits.ExceededError{Op: "two", Resource: limits.Steps, Limit: 10, Used: 12, Envelope: true})
	if again := two.Finish(nil); !identical(again, err) {
		t.Errorf("the second Finish: %v", again)
	}
	if got := two.Usage().Steps; got != 6 {
		t.Errorf("6 steps were done, %d are told", got)
	}
}

// TestRefusedMeterSettles has a meter stopped by its own limit: what it has done until then is
// charged to the envelope.
func TestRefusedMeterSettles(t *testing.T) {
	ctx := envelope(t, t.Context(), limits.Limits{Steps: 10})
	one := limits.Limits{Steps: 6}.Meter(ctx, "one")
	for range 6 {
		if err := one.Step(1); err != nil {
			t.Fatal(err)
		}
	}
	wantExceeded(t, one.Step(1), limits.ExceededError{Op: "one", Resource: limits.Steps, Limit: 6, Used: 7})
	two := full.Meter(ctx, "two")
	for range 4 {
		if err := two.Step(1); err != nil {
			t.Fatal(err)
		}
	}
	wantExceeded(t, two.Step(1), limits.ExceededError{Op: "two", Resource: limits.Steps, Limit: 10, Used: 11,
		Envelope: true})
}

// TestMeterStopsWithTheEnvelope holds a single meter to the envelope's limit to the step, whatever
// its stride.
func TestMeterStopsWithTheEnvelope(t *testing.T) {
	for _, limit := range []int64{1, 65_535, 65_536, 65_537, 200_000} {
		for _, stride := range []int64{1, 3, 65_536, 70_000} {
			ctx := envelope(t, t.Context(), limits.Limits{Steps: limit})
			m := limits.Limits{Steps: limits.UnsafeUnlimited}.Meter(ctx, "op")
			var done int64
			var err error
			for {
				if err = m.Step(stride); err != nil {
					break
				}
				done += stride
			}
			if done != limit/stride*stride {
				t.Errorf("%d of %d steps in strides of %d", done, limit, stride)
			}
			wantExceeded(t, err, limits.ExceededError{Op: "op", Resource: limits.Steps, Limit: limit, Used: done +
				stride, Envelope: true})
		}
	}
}

func TestMeterHugeStep(t *testing.T) {
	m := limits.Limits{Steps: math.MaxInt64}.Meter(t.Context(), "op")
	for _, n := range []int64{1, math.MaxInt64 - 2, 1} {
		if err := m.Step(n); err != nil {
			t.Fatal(err)
		}
	}
	wantExceeded(t, m.Step(1), limits.ExceededError{Op: "op", Resource: limits.Steps, Limit: math.MaxInt64,
		Used: math.MaxInt64})
}

func TestMeterDoesNotAllocate(t *testing.T) {
	ctx := context.Background()
	got := testing.AllocsPerRun(10, func() {
		m := full.Meter(ctx, "op")
		for range 70_000 { // more than a block
			if m.Step(1) != nil || m.Spend(limits.OutputBytes, 1) != nil {
				panic("refused")
			}
		}
		if m.Finish(nil) != nil {
			panic("refused")
		}
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestSpendDoesNotAllocate(t *testing.T) {
	b := start(t, envelope(t, t.Context(), limits.Limits{Steps: 1 << 40}),
		limits.Limits{Steps: limits.UnsafeUnlimited, MemoryBytes: limits.MiB, Depth: 10, Time: full.Time})
	got := testing.AllocsPerRun(1000, func() {
		if b.Spend(limits.Steps, 1) != nil || b.Fits(limits.Steps, 1) != nil || b.Hold(limits.MemoryBytes,
			1) != nil || b.Deep(3) != nil || b.Err() != nil {
			panic("refused")
		}
		b.Release(limits.MemoryBytes, 1)
	})
	if got != 0 {
		t.Errorf("%v allocations", got)
	}
}

func TestStartAllocations(t *testing.T) {
	got := testing.AllocsPerRun(1000, func() {
		b, err := full.Start(t.Context(), "op", limits.Time, limits.Items)
		if err != nil {
			panic(err)
		}
		b.Close()
	})
	if got > 6 {
		t.Errorf("%v allocations, want 6 at most", got)
	}
}

// A rude context panics when it is asked.
type rude struct {
	context.Context
	asked *bool
}

// Err implements [context.Context].
func (c rude) Err() error {
	if *c.asked {
		panic("a context")
	}
	return c.Context.Err()
}

// TestMeterPanickingContext has a context panic after the meter has taken its place in a Pool of
// one: the place is free, and the meter has ended.
func TestMeterPanickingContext(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	for name, ask := range map[string]func(m *limits.Meter) error{
		"Err":  func(m *limits.Meter) error { return m.Err() },
		"Step": func(m *limits.Meter) error { return m.Step(65_537) },
	} {
		asked := false
		m := full.Meter(rude{limits.WithPool(t.Context(), pool), &asked}, "op")
		if err := m.Hold(limits.MemoryBytes, 10); err != nil || pool.Stats().Operations != 1 {
			t.Fatal(err, pool.Stats())
		}
		asked = true
		func() {
			defer func() {
				if v := recover(); v != "a context" {
					t.Errorf("%s: the panic came through as %v", name, v)
				}
			}()
			t.Errorf("%s: %v", name, ask(&m))
		}()
		if s := pool.Stats(); s.Operations != 0 || s.MemoryBytes != 0 {
			t.Errorf("%s: the Pool still holds %d places and %v", name, s.Operations, s.MemoryBytes)
		}
		if err := m.Step(1); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: after the panic: %v", name, err)
		}
	}
}
