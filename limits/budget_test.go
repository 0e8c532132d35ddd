package limits_test

import (
	"context"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/seed73825598/airlock/limits"
)

// start begins an operation that the test closes.
//
//nolint:revive // The test comes first, as in testing.
func start(t *testing.T, ctx context.Context, l limits.Limits) *limits.Budget {
	t.Helper()
	b, err := l.Start(ctx, "op")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// spender is what a Budget and a Meter have in common.
type spender interface {
	Spend(r limits.Resource, n int64) error
	Hold(r limits.Resource, n int64) error
	Release(r limits.Resource, n int64)
	Deep(n int64) error
	Err() error
	Usage() limits.Usage
}

// spenders runs a test for a Budget and for a Meter.
func spenders(t *testing.T, test func(t *testing.T, begin func(context.Context, limits.Limits) spender)) {
	t.Run("Budget", func(t *testing.T) {
		test(t, func(ctx context.Context, l limits.Limits) spender { return start(t, ctx, l) })
	})
	t.Run("Meter", func(t *testing.T) {
		test(t, func(ctx context.Context, l limits.Limits) spender {
			m := l.Meter(ctx, "op")
			return &m
		})
	})
}

// use asks for n of r with the method that r has.
func use(s spender, r limits.Resource, n int64) error {
	if r == limits.MemoryBytes {
		return s.Hold(r, n)
	}
	if r == limits.Depth {
		return s.Deep(n)
	}
	return s.Spend(r, n)
}

// amounts lists the resources of which an amount can be used.
var amounts = []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Depth, limits.Steps,
	limits.MemoryBytes}

// sizes are limits at which arithmetic goes wrong.
var sizes = []int64{1, 2, 10, 65_535, 65_536, 65_537, 1<<31 - 1, 1 << 31, 1<<32 - 1, 1 << 32, 1<<53 + 1,
	math.MaxInt64 - 1, math.MaxInt64}

func TestExactlyNPasses(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			for _, n := range sizes {
				s := begin(t.Context(), with(limits.Limits{}, r, n))
				if err := use(s, r, n); err != nil {
					t.Errorf("%v: %d of %d: %v", r, n, n, err)
				}
				if got := s.Usage().Of(r); got != n {
					t.Errorf("%v: used %d, want %d", r, got, n)
				}
				if err := use(s, r, 0); err != nil {
					t.Errorf("%v: nothing more than %d: %v", r, n, err)
				}
				if n == math.MaxInt64 && r == limits.Depth {
					continue // No int64 is deeper.
				}
				over := int64(1)
				if r == limits.Depth {
					over = n + 1
				}
				err := use(s, r, over)
				wantKinds(t, err, "refused exceeded")
				want := limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1}
				if n == math.MaxInt64 {
					want.Used = n
				}
				wantExceeded(t, err, want)
				if got := s.Usage().Of(r); got != n {
					t.Errorf("%v: used %d after a refusal, want %d", r, got, n)
				}
			}
		}
	})
}

func TestOneByOne(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		const n = 200_000 // more than two blocks of a Meter
		for _, r := range amounts {
			if r == limits.Depth {
				continue
			}
			s := begin(t.Context(), with(limits.Limits{}, r, n))
			for i := range n {
				if err := use(s, r, 1); err != nil {
					t.Fatalf("%v: %d of %d: %v", r, i+1, n, err)
				}
			}
			wantExceeded(t, use(s, r, 1), limits.ExceededError{Op: "op", Resource: r, Limit: n, Used: n + 1})
		}
	})
}

func TestHostileSizes(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			for _, tc := range []struct {
				name           string
				used, n, total int64
			}{
				{"2^31 - 1", 1, 1<<31 - 1, 1 << 31},
				{"2^32", 1, 1 << 32, 1<<32 + 1},
				{"wraps around to a small number", 1, math.MaxInt64, math.MaxInt64},
				{"wraps around to zero and more", 100, math.MaxInt64 - 50, math.MaxInt64},
				{"negative", 1, -1, math.MaxInt64},
				{"the most negative", 1, math.MinInt64, math.MaxInt64},
				{"negative, nothing used", 0, -1, math.MaxInt64},
			} {
				s := begin(t.Context(), with(limits.Limits{}, r, 100))
				if err := use(s, r, tc.used); err != nil {
					t.Fatal(err)
				}
				want := limits.ExceededError{Op: "op", Resource: r, Limit: 100, Used: tc.total}
				if r == limits.Depth && tc.n > 0 {
					want.Used = tc.n
				}
				err := use(s, r, tc.n)
				wantExceeded(t, err, want)
				if got := s.Usage().Of(r); got != tc.used {
					t.Errorf("%v: %s: used %d, want %d", r, tc.name, got, tc.used)
				}
			}
		}
	})
}

func TestUnlimited(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			s := begin(t.Context(), with(limits.Limits{}, r, limits.UnsafeUnlimited))
			if err := use(s, r, math.MaxInt64-1); err != nil {
				t.Errorf("%v: %v", r, err)
			}
			if got := s.Usage().Of(r); got != math.MaxInt64-1 {
				t.Errorf("%v is not counted: %d", r, got)
			}
			wantExceeded(t, use(s, r, -1), limits.ExceededError{Op: "op", Resource: r, Limit: math.MaxInt64,
				Used: math.MaxInt64})
		}
	})
}

func TestNothingIsUnlimitedByBeingForgotten(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			for _, n := range []int64{1, math.MaxInt64, -1} {
				s := begin(t.Context(), with(full, r, 0))
				err := use(s, r, n)
				wantKinds(t, err, "config unset")
				if again := s.Err(); again == nil || again.Error() != err.Error() {
					t.Errorf("%v: afterwards %v, want %v", r, again, err)
				}
			}
		}
	})
}

func TestWrongMethod(t *testing.T) {
	for _, r := range []limits.Resource{0, limits.InputBytes, limits.OutputBytes, limits.Items, limits.Depth,
		limits.Steps, limits.MemoryBytes, limits.Time, limits.Time + 1, 255} {
		spendable := r == limits.InputBytes || r == limits.OutputBytes || r == limits.Items || r == limits.Steps
		spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
			s := begin(t.Context(), full)
			if err := s.Spend(r, 1); spendable != (err == nil) {
				t.Errorf("Spend of %v: %v", r, err)
			} else if err != nil {
				wantKinds(t, err, "config")
				wantKinds(t, s.Err(), "config")
			}
			s = begin(t.Context(), full)
			if err := s.Hold(r, 1); (r == limits.MemoryBytes) != (err == nil) {
				t.Errorf("Hold of %v: %v", r, err)
			} else if err != nil {
				wantKinds(t, err, "config")
			}
			s = begin(t.Context(), full)
			if err := s.Hold(limits.MemoryBytes, 1); err != nil {
				t.Fatal(err)
			}
			s.Release(r, 1)
			if err := s.Err(); err != nil {
				t.Errorf("after a Release of %v: %v", r, err)
			}
		})
	}
}

func TestRefusalIsSticky(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		for _, r := range amounts {
			s := begin(t.Context(), with(full, r, 10))
			first := use(s, r, 11)
			wantExceeded(t, first, limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 11})
			for _, again := range amounts {
				if err := use(s, again, 1); !identical(err, first) {
					t.Errorf("after a refusal of %v, one of %v: %v", r, again, err)
				}
			}
			if err := s.Err(); !identical(err, first) {
				t.Errorf("Err is %v, want %v", err, first)
			}
		}
	})
}

func TestFits(t *testing.T) {
	for _, r := range amounts {
		b := start(t, t.Context(), with(limits.Limits{}, r, 10))
		if err := use(b, r, 4); err != nil {
			t.Fatal(err)
		}
		room := int64(6)
		if r == limits.Depth {
			room = 10 // It has no state.
		}
		for _, n := range []int64{0, 1, room} {
			if err := b.Fits(r, n); err != nil {
				t.Errorf("%v: %d does not fit: %v", r, n, err)
			}
		}
		wantExceeded(t, b.Fits(r, room+1), limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: 11})
		wantExceeded(t, b.Fits(r, math.MaxInt64), limits.ExceededError{Op: "op", Resource: r, Limit: 10,
			Used: math.MaxInt64})
		wantExceeded(t, b.Fits(r, -1), limits.ExceededError{Op: "op", Resource: r, Limit: 10, Used: math.MaxInt64})
		if err := b.Err(); err != nil {
			t.Errorf("%v: asking has ended the operation: %v", r, err)
		}
		if err := use(b, r, room); err != nil {
			t.Errorf("%v: asking has spent: %v", r, err)
		}
	}
	b := start(t, t.Context(), limits.Limits{Time: time.Hour})
	wantKinds(t, b.Fits(limits.Time, 1), "config")
	wantKinds(t, b.Fits(0, 1), "config")
	wantKinds(t, b.Fits(limits.Items, 1), "config unset")
	if err := b.Err(); err != nil {
		t.Errorf("asking has ended the operation: %v", err)
	}
}

func TestMemoryIsAGauge(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		s := begin(t.Context(), limits.Limits{MemoryBytes: 10})
		for range 100 {
			if err := s.Hold(limits.MemoryBytes, 7); err != nil {
				t.Fatal(err)
			}
			s.Release(limits.MemoryBytes, 7)
		}
		if err := s.Hold(limits.MemoryBytes, 4); err != nil {
			t.Fatal(err)
		}
		if got := s.Usage().MemoryBytes; got != 7 {
			t.Errorf("the peak is %d, want 7", got)
		}
		// Memory that was never held cannot be given back.
		s.Release(limits.MemoryBytes, 100)
		s.Release(limits.MemoryBytes, -100)
		s.Release(limits.MemoryBytes, math.MinInt64)
		if err := s.Hold(limits.MemoryBytes, 10); err != nil {
			t.Fatal(err)
		}
		wantExceeded(t, s.Hold(limits.MemoryBytes, 1), limits.ExceededError{Op: "op", Resource: limits.MemoryBytes,
			Limit: 10, Used: 11})
	})
}

func TestDepthHasNoState(t *testing.T) {
	spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
		s := begin(t.Context(), limits.Limits{Depth: 3})
		for _, n := range []int64{1, 2, 3, 3, 3, 1, 0} {
			if err := s.Deep(n); err != nil {
				t.Fatal(err)
			}
		}
		if got := s.Usage().Depth; got != 3 {
			t.Errorf("the deepest is %d, want 3", got)
		}
		wantExceeded(t, s.Deep(4), limits.ExceededError{Op: "op", Resource: limits.Depth, Limit: 3, Used: 4})
	})
}

func TestStartRefuses(t *testing.T) {
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tc := range []struct {
		name     string
		ctx      context.Context
		l        limits.Limits
		required []limits.Resource
		want     string
	}{
		{"a required field", t.Context(), limits.Limits{Time: time.Second}, []limits.Resource{limits.Items,
			limits.Time}, "config unset"},
		{"a negative field", t.Context(), limits.Limits{Items: -1}, nil, "config unset"},
		{"a forgotten unit", t.Context(), limits.Limits{Time: 30}, nil, "config unset"},
		{"no context", nil, full, nil, "config"},
		{"a canceled context", canceled, full, nil, "canceled"},
		{"the caller's mistake comes first", canceled, limits.Limits{Items: -1}, nil, "config unset"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, err := tc.l.Start(tc.ctx, "op", tc.required...)
			if b != nil {
				t.Error("a Budget beside an error")
			}
			wantKinds(t, err, tc.want)
			wantKinds(t, b.Spend(limits.Items, 1), "config")
		})
	}
}

func TestNilAndZeroBudget(t *testing.T) {
	for name, b := range map[string]*limits.Budget{"nil": nil, "zero": new(limits.Budget)} {
		t.Run(name, func(t *testing.T) {
			buf := make([]byte, 1)
			_, readErr := b.Reader(limits.InputBytes, zeros{}).Read(buf)
			_, writeErr := b.Writer(limits.OutputBytes, zeros{}).Write(buf)
			for i, err := range []error{
				b.Spend(limits.Items, 0), b.Spend(limits.Items, 1), b.Fits(limits.Items, 0),
				b.Hold(limits.MemoryBytes, 0), b.Deep(0), b.Err(), b.Fail(nil), b.Fail(errors.New("x")),
				b.Context().Err(), context.Cause(b.Context()), readErr, writeErr,
			} {
				if err == nil {
					t.Errorf("%d: nothing was refused", i)
				} else if want := map[bool]string{true: "canceled", false: "config"}[i == 8]; kindsOf(err) != want {
					t.Errorf("%d: %v", i, err)
				}
			}
			b.Release(limits.MemoryBytes, 1)
			b.Pause()
			b.Resume()
			if diff := cmp.Diff([]limits.Usage{{}, {}}, []limits.Usage{b.Usage(), b.Close()}); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestClose(t *testing.T) {
	b := start(t, t.Context(), full)
	for _, r := range amounts {
		if err := use(b, r, int64(r)); err != nil {
			t.Fatal(err)
		}
	}
	ctx := b.Context()
	first := b.Close()
	want := limits.Usage{InputBytes: 1, OutputBytes: 2, Items: 3, Depth: 4, Steps: 5, MemoryBytes: 6}
	if diff := cmp.Diff(want, first, cmpopts.IgnoreFields(limits.Usage{}, "Elapsed")); diff != "" {
		t.Error(diff)
	}
	wantKinds(t, ctx.Err(), "canceled")
	for _, r := range amounts {
		wantKinds(t, use(b, r, 1), "config")
	}
	wantKinds(t, b.Err(), "config")
	wantKinds(t, b.Fits(limits.Items, 1), "config")
	wantKinds(t, b.Fail(errors.New("late")), "config")
	b.Release(limits.MemoryBytes, 1)
	b.Pause()
	b.Resume()
	wantKinds(t, b.Context().Err(), "canceled")
	if diff := cmp.Diff([]limits.Usage{first, first}, []limits.Usage{b.Close(), b.Usage()}); diff != "" {
		t.Errorf("the second Close differs: %s", diff)
	}
}

func TestCloseKeepsTheRefusal(t *testing.T) {
	b := start(t, t.Context(), limits.Limits{Items: 1})
	refusal := b.Spend(limits.Items, 2)
	b.Close()
	if err := b.Err(); !identical(err, refusal) {
		t.Errorf("after Close: %v, want %v", err, refusal)
	}
}

func TestFail(t *testing.T) {
	broken := &limits.RuleError{Op: "op", Rule: "rule"}
	b := start(t, t.Context(), limits.Limits{Items: 1})
	if err := b.Fail(nil); err != nil {
		t.Errorf("Fail(nil) = %v", err)
	}
	ctx := b.Context()
	if err := b.Fail(broken); !identical(err, broken) {
		t.Errorf("Fail = %v, want %v", err, broken)
	}
	if cause := context.Cause(ctx); !identical(cause, broken) {
		t.Errorf("the cause is %v, want %v", cause, broken)
	}
	if err := b.Spend(limits.Items, 2); !identical(err, broken) {
		t.Errorf("afterwards %v, want %v", err, broken)
	}
	if err := b.Fail(errors.New("second")); !identical(err, broken) {
		t.Errorf("a second failure has replaced the first: %v", err)
	}
}

func TestContextCarriesTheRefusal(t *testing.T) {
	type key struct{}
	outer := context.WithValue(t.Context(), key{}, 1)
	for name, early := range map[string]bool{"asked before": true, "asked after": false} {
		t.Run(name, func(t *testing.T) {
			b := start(t, outer, limits.Limits{Items: 1})
			if early {
				if err := b.Context().Err(); err != nil {
					t.Fatal(err)
				}
				if b.Context() != b.Context() {
					t.Error("every call makes another context")
				}
			}
			refusal := b.Spend(limits.Items, 2)
			if cause := context.Cause(b.Context()); !identical(cause, refusal) {
				t.Errorf("the cause is %v, want %v", cause, refusal)
			}
			if got := b.Context().Value(key{}); got != 1 {
				t.Errorf("the value of the outer context is %v", got)
			}
		})
	}
	if err := outer.Err(); err != nil {
		t.Errorf("a refusal has reached the caller's context: %v", err)
	}
}

func TestCallersContext(t *testing.T) {
	cause := errors.New("the client has gone")
	for _, tc := range []struct {
		name  string
		stop  func(context.Context) (context.Context, context.CancelFunc)
		cause error
		text  string
	}{
		{"canceled", context.WithCancel, context.Canceled, "op: stopped by the caller's context: context canceled"},
		{"canceled with a cause", func(ctx context.Context) (context.Context, context.CancelFunc) {
			ctx, cancel := context.WithCancelCause(ctx)
			return ctx, func() { cancel(cause) }
		}, cause, "op: stopped by the caller's context: context canceled: the client has gone"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			spenders(t, func(t *testing.T, begin func(context.Context, limits.Limits) spender) {
				ctx, stop := tc.stop(t.Context())
				s := begin(ctx, full)
				if err := s.Err(); err != nil {
					t.Fatal(err)
				}
				stop()
				err := s.Err()
				wantKinds(t, err, "canceled")
				if !errors.Is(err, tc.cause) {
					t.Errorf("%v does not wrap the cause %v", err, tc.cause)
				}
				if err.Error() != tc.text {
					t.Errorf("got %q, want %q", err, tc.text)
				}
				for _, r := range amounts {
					if again := use(s, r, 1); !identical(again, err) {
						t.Errorf("%v: %v, want %v", r, again, err)
					}
				}
				if s.Usage().Items != 0 {
					t.Error("a canceled operation was charged")
				}
			})
		})
	}
}

// TestSpendSeesTheCancellation is about the call after a cancel, without an Err between them.
func TestSpendSeesTheCancellation(t *testing.T) {
	for _, r := range amounts {
		ctx, cancel := context.WithCancel(t.Context())
		b := start(t, ctx, full)
		cancel()
		wantKinds(t, use(b, r, 1), "canceled")
	}
}

// TestUnderTheContextOfAnotherOperation holds that an operation whose caller was refused says so,
// since the input was.
func TestUnderTheContextOfAnotherOperation(t *testing.T) {
	outer := start(t, t.Context(), limits.Limits{Items: 1})
	inner := start(t, outer.Context(), limits.Limits{Items: 10})
	if err := inner.Spend(limits.Items, 5); err != nil {
		t.Fatal(err)
	}
	if err := inner.Fail(errors.New("inner")); err == nil || outer.Err() != nil {
		t.Fatalf("the end of the inner operation reached the outer one: %v", outer.Err())
	}
	inner = start(t, outer.Context(), limits.Limits{Items: 10})
	refusal := outer.Spend(limits.Items, 2)
	err := inner.Spend(limits.Items, 1)
	if !errors.Is(err, context.Canceled) || !errors.Is(err, refusal) {
		t.Errorf("got %v, want a cancellation by %v", err, refusal)
	}
}

// zeros is a source and a destination without end.
type zeros struct{}

func (zeros) Read(p []byte) (int, error)  { clear(p); return len(p), nil }
func (zeros) Write(p []byte) (int, error) { return len(p), nil }
