package limits

import (
	"context"
	"sync"
	"sync/atomic"
)

// A Budget is what one running operation may still spend: its own [Limits], and those of every
// envelope around it ([With]). [Limits.Start] makes one.
//
// It guarantees that no total ever exceeds its limit, by any number of goroutines: exactly N
// passes, N+1 is refused and charged nowhere. The first refusal ends the operation, cancels
// [Budget.Context] with itself as the cause, and is what every later call returns. So does the end
// of the caller's context, with an error that wraps its cause, and matches [ErrRefused] only if
// that cause is a refusal.
//
// It does not interrupt anything: a Read that blocks in the operating system stays there until it
// returns. The package does not see the work of a goroutine between two calls.
//
// A Budget is safe for concurrent use and must not be copied. A nil and a zero *Budget refuse
// everything with a [*ConfigError].
type Budget struct {
	_ [0]atomic.Int64 // aligns the Budget for its tallies
	ledger
	state   atomic.Uint32              // what Err must look at
	resting uint32                     // the state while nothing has happened
	near    around                     // what ledger.around points to, if to anything
	own     atomic.Pointer[ownContext] // what Context returns, once a caller has asked for it

	// mu makes taking and returning memory one step with Close, so that nothing stays taken from an
	// envelope by an operation that is gone. It guards the clock too, and err until state is
	// stateEnded.
	mu     sync.Mutex
	closed bool
	clock  clock
}

// ownContext is a context together with the way to end it.
type ownContext struct {
	context.Context
	cancel context.CancelCauseFunc
}

// The states of a Budget. The zero value is that of one which Start has not made.
const (
	stateFree      = iota + 1 // nothing has happened, and the caller's context cannot end
	stateBound                // nothing has happened, unless the context says so
	stateAttention            // the soft limit of Time has passed; the next call reports it
	stateEnded
)

// Start begins an operation under ctx. It fails with a [*ConfigError], before any input is touched,
// if a required field is not set or a field holds no valid budget, and with the error of the
// context if that is done already. Under a context with a [Pool] it waits for its place there, and
// fails with a [*BusyError] if that takes too long. Time runs from then on until [Budget.Close],
// but for pauses.
//
// A field that is neither set nor required is no freedom: to spend what has no budget is refused
// with an [ErrUnset] error. A package fills in its defaults before it calls Start. Only an unset
// Time asks for nothing.
//
// Every Budget must be closed.
func (l Limits) Start(ctx context.Context, op string, required ...Resource) (*Budget, error) {
	if err := l.Check(op, required...); err != nil {
		return nil, err
	}
	if ctx == nil {
		return nil, misuse(op, "the context", "is nil")
	}
	b := &Budget{ledger: ledger{op: op, ctx: ctx, most: l.values()}, resting: stateFree}
	normalize(&b.most)
	sc := scopeOf(ctx)
	if sc != nil {
		if err := b.find(sc, &b.near); err != nil {
			return nil, err
		}
		b.around = &b.near
	}
	if ctx.Done() != nil {
		b.resting = stateBound
	}
	b.state.Store(b.resting)
	if err := b.Err(); err != nil {
		return nil, err
	}
	taken, err := sc.admit(ctx, op, b.most[MemoryBytes], false)
	if err != nil {
		return nil, err
	}
	if err := b.Err(); err != nil {
		taken.leave()
		return nil, err
	}
	b.near.places = taken.ofBudget(b)
	b.startClock()
	return b, nil
}

// Context is done when the operation is: context.Cause then returns the refusal, or the cause of
// the caller's context. It carries the values of the context that Start was given, and is canceled
// by [Budget.Close]. An operation under it is part of this one to a [Pool], and takes no place of
// its own.
func (b *Budget) Context() context.Context {
	if b == nil || b.state.Load() == 0 {
		ctx, cancel := context.WithCancelCause(context.Background())
		cancel(unstarted())
		return ctx
	}
	own := b.own.Load()
	if own == nil {
		caller := b.ctx
		if b.near.places != nil {
			caller = context.WithValue(caller, scopeKey{}, scopeOf(caller).entered())
		}
		ctx, cancel := context.WithCancelCause(caller)
		own = &ownContext{ctx, cancel}
		if !b.own.CompareAndSwap(nil, own) {
			cancel(nil)
			own = b.own.Load()
		}
		// Either the end comes after this and finds the context, or it is found here.
		if b.state.Load() == stateEnded {
			own.cancel(b.err)
		}
	}
	return own.Context
}

// unstarted is what a Budget answers that Start has not made.
func unstarted() error {
	return misuse("limits.Budget", "the Budget", "was not made by Limits.Start")
}

// Err returns why the operation has ended, or nil while it goes on: an earlier refusal, the end of
// the caller's context, the end of the time, or Close. It looks at no clock, so it may stand in an
// inner loop.
func (b *Budget) Err() error {
	if b != nil {
		if s := b.state.Load(); s == stateFree || s == stateBound && b.ctx.Err() == nil {
			return nil
		}
	}
	return b.look()
}

// look is Err where there may be more to say.
func (b *Budget) look() error {
	if b == nil {
		return unstarted()
	}
	switch state := b.state.Load(); {
	case state == 0:
		return unstarted()
	case state == stateEnded:
		return b.answer("the Budget", "is closed")
	case b.ctx.Err() != nil:
		return b.fail(b.env().stopped(b.ctx, b.op))
	case state == stateAttention:
		b.attend()
	}
	return nil
}

// fail ends the operation with err unless it has ended already, and returns what it ended with.
func (b *Budget) fail(err error) error {
	b.conclude(err)
	return b.answer("the Budget", "is closed")
}

// conclude ends the operation with err, which is nil at Close, unless it has ended already.
func (b *Budget) conclude(err error) {
	b.mu.Lock()
	ended := b.state.Load() == stateEnded
	if !ended {
		b.err = err
		b.state.Store(stateEnded)
	}
	b.mu.Unlock()
	if own := b.own.Load(); own != nil && !ended {
		own.cancel(err)
	}
}

// Fail ends the operation with an error that is not the budget's, such as a [*RuleError], and
// returns what it has ended with: err, or what came first. [Budget.Context] is canceled with it as
// the cause, and observers see it as Event.Err. A nil err does nothing but report what Err reports.
func (b *Budget) Fail(err error) error {
	if now := b.Err(); now != nil || err == nil {
		return now
	}
	return b.fail(err)
}

// abandon ends an operation whose observer has panicked, and gives back what it has. No one else is
// told: the panic goes on.
func (b *Budget) abandon() {
	if b.shut() {
		b.conclude(misuse(b.op, "Observer.Func", "has panicked"))
		b.leave()
	}
}

// Usage returns what the operation has cost so far; after Close, what it cost in all.
func (b *Budget) Usage() Usage {
	if b == nil || b.state.Load() == 0 {
		return Usage{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var used [resourceCount]int64
	for r := range used {
		used[r] = b.used[r].load()
	}
	used[MemoryBytes], used[Time] = b.peak, int64(b.clock.elapsed())
	return newUsage(&used)
}

// Close ends the operation: it stops the clock, cancels [Budget.Context], returns the memory that
// the operation still holds to its envelopes and its place to the [Pool], tells the observers, and
// returns what the operation cost. Calls after the first do nothing and return the same. From then
// on every other method refuses, with what ended the operation before or else with a
// [*ConfigError].
func (b *Budget) Close() Usage {
	if b == nil || b.state.Load() == 0 {
		return Usage{}
	}
	first := b.shut()
	usage := b.Usage()
	if first {
		b.conclude(nil)
		b.leave()
		b.near.watch.close(b.ctx, b.op, usage, b.err)
	}
	return usage
}

// shut is the part of Close that happens once. It reports whether this was the time.
func (b *Budget) shut() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return false
	}
	b.closed = true
	b.clock.stop()
	b.release(unlimited)
	return true
}
