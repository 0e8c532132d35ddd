package limits_test

import (
	"context"
	"io"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// contexts are those that an operation may start under: one that cannot end, one that can, and one
// with an envelope.
func contexts(b *testing.B, bench func(b *testing.B, ctx context.Context)) {
	b.Run("plain", func(b *testing.B) { bench(b, context.Background()) })
	b.Run("cancelable", func(b *testing.B) { bench(b, b.Context()) })
	b.Run("envelope", func(b *testing.B) {
		ctx, cancel, err := limits.With(b.Context(), limits.Limits{OutputBytes: 1 << 62, Steps: 1 << 62,
			MemoryBytes: 1 << 62, Time: time.Hour})
		if err != nil {
			b.Fatal(err)
		}
		defer cancel()
		bench(b, ctx)
	})
}

// generous is a set of limits that no benchmark reaches.
var generous = limits.Limits{InputBytes: 1 << 62, OutputBytes: 1 << 62, Items: 1 << 62, Depth: 1000, Steps: 1 << 62,
	MemoryBytes: 1 << 62, Time: time.Hour}

//nolint:revive // The benchmark comes first, as in testing.
func begin(b *testing.B, ctx context.Context) *limits.Budget {
	b.Helper()
	budget, err := generous.Start(ctx, "op")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { budget.Close() })
	b.ReportAllocs()
	return budget
}

func BenchmarkSpend(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		budget := begin(b, ctx)
		for b.Loop() {
			if err := budget.Spend(limits.OutputBytes, 100); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSpendContended(b *testing.B) {
	budget := begin(b, context.Background())
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := budget.Spend(limits.OutputBytes, 100); err != nil {
				b.Error(err)
				return
			}
		}
	})
}

func BenchmarkErr(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		budget := begin(b, ctx)
		for b.Loop() {
			if err := budget.Err(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkHoldRelease(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		budget := begin(b, ctx)
		for b.Loop() {
			if err := budget.Hold(limits.MemoryBytes, 100); err != nil {
				b.Fatal(err)
			}
			budget.Release(limits.MemoryBytes, 100)
		}
	})
}

func BenchmarkStartClose(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		for b.Loop() {
			budget, err := generous.Start(ctx, "op", limits.InputBytes, limits.Time)
			if err != nil {
				b.Fatal(err)
			}
			budget.Close()
		}
	})
}

// BenchmarkContextWithTimeout is what the standard library takes for its one resource, as a measure
// for BenchmarkStartClose.
func BenchmarkContextWithTimeout(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		for b.Loop() {
			_, cancel := context.WithTimeout(ctx, time.Hour)
			cancel()
		}
	})
}

func BenchmarkPauseResume(b *testing.B) {
	budget := begin(b, context.Background())
	for b.Loop() {
		budget.Pause()
		budget.Resume()
	}
}

// took keeps the compiler from making no meter at all.
//
//go:noinline
func took(*limits.Meter) {}

func BenchmarkMeterMake(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		for b.Loop() {
			m := generous.Meter(ctx, "op")
			took(&m)
		}
	})
}

// BenchmarkMeterShort is a whole short operation: make, step, finish.
func BenchmarkMeterShort(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		for b.Loop() {
			m := generous.Meter(ctx, "op")
			if err := m.Step(16); err != nil {
				b.Fatal(err)
			}
			if err := m.Finish(nil); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMeterStep(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		m := generous.Meter(ctx, "op")
		for b.Loop() {
			if err := m.Step(1); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkMeterSpend(b *testing.B) {
	contexts(b, func(b *testing.B, ctx context.Context) {
		b.ReportAllocs()
		m := generous.Meter(ctx, "op")
		for b.Loop() {
			if err := m.Spend(limits.Items, 1); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkReader(b *testing.B) {
	budget := begin(b, context.Background())
	r := budget.Reader(limits.InputBytes, zeros{})
	b.SetBytes(32 << 10)
	for b.Loop() {
		if _, err := io.CopyN(io.Discard, r, 32<<10); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkQuote(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		limits.Quote("some/path/that/is/usual/in/an/archive.txt")
	}
}

// BenchmarkPool is what a place costs: to an operation that has one of its own, and to one under an
// envelope that has it already.
func BenchmarkPool(b *testing.B) {
	p, err := limits.NewPool(limits.PoolLimits{Operations: 1 << 40})
	if err != nil {
		b.Fatal(err)
	}
	plain := limits.WithPool(b.Context(), p)
	inside, cancel, err := limits.With(plain, limits.Limits{Steps: 1 << 62})
	if err != nil {
		b.Fatal(err)
	}
	defer cancel()
	for _, c := range []struct {
		name string
		ctx  context.Context
	}{{"own place", plain}, {"envelope's", inside}} {
		b.Run(c.name+"/Budget", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				budget, err := generous.Start(c.ctx, "op")
				if err != nil {
					b.Fatal(err)
				}
				budget.Close()
			}
		})
		b.Run(c.name+"/Meter", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m := generous.Meter(c.ctx, "op")
				if err := m.Finish(m.Step(1)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
