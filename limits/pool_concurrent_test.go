package limits_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// A crowd is what goes through one pool at once, and counts what is in it from the outside.
type crowd struct {
	t                        *testing.T
	pool                     *limits.Pool
	operations, memory       atomic.Int64 // of those that know that they are in
	admitted, busy, canceled atomic.Int64
	// Operations inside of a request that ask for a place of their own, because the request has
	// been canceled and is out, and are canceled as well.
	late atomic.Int64
}

// in counts an operation that has been let in and is not out yet, and fails if the pool holds more
// than its limits.
func (c *crowd) in(memory int64) (out func()) {
	most := c.pool.Stats().Limits
	if n := c.operations.Add(1); n > most.Operations {
		c.t.Errorf("%d operations run, the limit is %d", n, most.Operations)
	}
	if n := c.memory.Add(memory); n > int64(most.MemoryBytes) {
		c.t.Errorf("%d bytes are held, the limit is %d", n, most.MemoryBytes)
	}
	return func() {
		c.operations.Add(-1)
		c.memory.Add(-memory)
	}
}

// result counts how an operation fared that asked for a place.
func (c *crowd) result(err error) bool {
	switch {
	case err == nil:
		c.admitted.Add(1)
	case errors.Is(err, limits.ErrBusy):
		c.busy.Add(1)
	case errors.Is(err, context.Canceled):
		c.canceled.Add(1)
	default:
		c.t.Errorf("neither in, nor busy, nor canceled: %v", err)
	}
	return err == nil
}

// budget runs one operation.
func (c *crowd) budget(ctx context.Context, rng *rand.Rand) {
	memory := rng.Int64N(30)
	b, err := limits.Limits{MemoryBytes: limits.Bytes(memory), Steps: 10}.Start(ctx, "op")
	if c.result(err) {
		out := c.in(memory)
		linger(rng)
		out()
	}
	b.Close()
}

// meter runs one operation. The end of the context gives its place back before it is finished, so
// it is not counted as in.
func (c *crowd) meter(ctx context.Context, rng *rand.Rand) {
	m := limits.Limits{MemoryBytes: limits.Bytes(1 + rng.Int64N(30)), Steps: 10}.Meter(ctx, "op")
	if c.result(m.Step(1)) {
		linger(rng)
	}
	if rng.IntN(4) > 0 {
		_ = m.Finish(nil)
		return
	}
	// The others are dropped, and the end of their context must do. The collector, which would do
	// as well, runs outside the bubble of the test: the context keeps them from it.
	context.AfterFunc(ctx, func() { runtime.KeepAlive(&m) })
}

// request runs several operations in one envelope.
func (c *crowd) request(ctx context.Context, rng *rand.Rand) {
	memory := 1 + rng.Int64N(50)
	ctx, cancel, err := limits.With(ctx, limits.Limits{MemoryBytes: limits.Bytes(memory)})
	if err != nil {
		c.t.Error(err)
	}
	defer cancel()
	b, err := limits.Limits{Steps: 10}.Start(ctx, "archive")
	if !c.result(err) {
		return
	}
	defer b.Close()
	defer c.in(memory)()
	var parts sync.WaitGroup
	for range rng.IntN(3) {
		parts.Go(func() {
			part, err := limits.Limits{Steps: 10}.Start(ctx, "part")
			c.part(err)
			defer part.Close()
			m := limits.Limits{Steps: 10}.Meter(ctx, "match")
			c.part(m.Finish(m.Err()))
		})
	}
	linger(rng)
	parts.Wait()
}

// part counts how an operation inside of a request fared.
func (c *crowd) part(err error) {
	switch {
	case err == nil:
	case errors.Is(err, context.Canceled):
		c.late.Add(1)
	default:
		c.t.Errorf("a part of what is in: %v", err)
	}
}

// linger does nothing for a while.
func linger(rng *rand.Rand) {
	switch rng.IntN(4) {
	case 0:
		runtime.Gosched()
	case 1:
		time.Sleep(time.Duration(rng.IntN(300)) * time.Microsecond)
	}
}

// TestPoolOfAThousandGoroutines has a thousand of them come again and again, with contexts that end
// at any moment. Never may more be in than fit, and in the end nothing may be left: the bubble does
// not end while a goroutine does not.
func TestPoolOfAThousandGoroutines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const goroutines, turns = 1000, 20
		ctx, p := pool(t, context.Background(), limits.PoolLimits{Operations: 8, MemoryBytes: 100, Waiting: 900,
			MaxWait: 30 * time.Millisecond})
		c := &crowd{t: t, pool: p}
		var wg sync.WaitGroup
		for i := range goroutines {
			wg.Go(func() {
				rng := rand.New(rand.NewPCG(1, uint64(i)))
				for range turns {
					own, cancel := context.WithCancel(ctx)
					if rng.IntN(2) == 0 {
						time.AfterFunc(time.Duration(rng.IntN(20_000))*time.Microsecond, cancel)
					}
					switch rng.IntN(3) {
					case 0:
						c.budget(own, rng)
					case 1:
						c.meter(own, rng)
					default:
						c.request(own, rng)
					}
					cancel()
				}
			})
		}
		wg.Wait()
		synctest.Wait() // The end of a context gives back from a goroutine of its own.
		wantHeld(t, p, 0, 0, 0)
		s := p.Stats()
		t.Logf("%d were let in, %d found it busy, %d were canceled; the longest wait of one who was let in was %v",
			c.admitted.Load(), c.busy.Load(), c.canceled.Load(), s.LongestWait)
		if c.admitted.Load()+c.busy.Load()+c.canceled.Load() != goroutines*turns || s.Busy != c.busy.Load() ||
			s.Left > c.canceled.Load()+c.late.Load() || s.Admitted < c.admitted.Load() {
			t.Errorf("the books differ: %+v", s)
		}
		if c.admitted.Load() == 0 || c.busy.Load() == 0 || s.Left == 0 {
			t.Errorf("not everything has happened: %+v", s)
		}
	})
}

// TestPoolGrantsAtTheLastMoment has places come free at the very moment at which waiters leave, for
// a cancelation and for MaxWait, and asks that none gets lost between the two.
func TestPoolGrantsAtTheLastMoment(t *testing.T) {
	for i := range 2000 {
		synctest.Test(t, func(t *testing.T) {
			ctx, p := pool(t, t.Context(), limits.PoolLimits{Operations: 1, MaxWait: time.Millisecond})
			first := start(t, ctx, full)
			own, cancel := context.WithCancel(ctx)
			inside, end := within(t, own, limits.Limits{Steps: 10})
			if i%2 == 0 {
				inside = own
			}
			var wg sync.WaitGroup
			wg.Go(func() {
				b, err := full.Start(inside, "op")
				b.Close()
				if err != nil && !errors.Is(err, context.Canceled) && !errors.Is(err, limits.ErrBusy) {
					t.Error(err)
				}
			})
			switch i % 4 {
			case 0: // It waits.
				synctest.Wait()
			case 1: // It waits, and leaves by itself at the moment at which all others act.
				time.Sleep(time.Millisecond)
			}
			wg.Go(func() { first.Close() })
			wg.Go(cancel)
			if i%3 == 0 {
				wg.Go(end)
			}
			wg.Wait()
			end()
			synctest.Wait()
			wantHeld(t, p, 0, 0, 0)
		})
	}
}
