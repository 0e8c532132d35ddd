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
// returns. What a goroutine does between two calls is its own affair.
//
// A Budget is safe for concurrent use and must not be copied. A nil and a zero *Budget refuse
// everything with a [*ConfigError].
type Budget struct {
	state   atomic.Uint32 // what Err must look at
	resting uint32        // the state while nothing has happened
	op      string
	most    [resourceCount]int64
	used    [resourceCount]atomic.Int64 // of MemoryBytes what is held now; of Depth the deepest
	peak    atomic.Int64                // the most memory held at once
	caller  context.Context             // what Start was given
	ctx     atomic.Pointer[ownContext]  // what Context returns, once a caller has asked for it
	env     *envelope                   // the innermost, or nil
	watch   *watch                      // soft limits and observers, or nil
	stay    *stay                       // in the pools, or nil
	end     atomic.Pointer[ending]

	// mu makes taking and returning memory one step with Close, so that nothing stays taken from an
	// envelope by an operation that is gone. It guards the clock too.
	mu     sync.Mutex
	closed bool
	clock  clock
}

// ownContext is a context together with the way to end it.
type ownContext struct {
	context.Context
	cancel context.CancelCauseFunc
}

// ending is why an operation takes no more calls. Without an error it was closed in good order.
type ending struct{ err error }

// closed is the ending of every operation that nothing else has ended.
var closed ending

// answer is what an operation says from then on.
func (e *ending) answer(op string) error {
	if e.err == nil {
		return misuse(op, "the Budget", "is closed")
	}
	return e.err
}

// The words for a caller who takes one method for another.
const (
	notSpendable = "cannot be spent: use Hold for memory and Deep for depth"
	notHeld      = "cannot be held: MemoryBytes is the only gauge"
)

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
	sc := scopeOf(ctx)
	if err := sc.problem(op); err != nil {
		return nil, err
	}
	b := &Budget{op: op, caller: ctx, env: sc.envelope()}
	l.normalize()
	b.most = l.values()
	b.watch = newWatch(sc, &l)
	b.resting = stateFree
	if ctx.Done() != nil {
		b.resting = stateBound
	}
	b.state.Store(b.resting)
	if err := b.Err(); err != nil {
		return nil, err
	}
	stay, err := sc.admit(ctx, op, b.most[MemoryBytes], false)
	if err != nil {
		return nil, err
	}
	if err := b.Err(); err != nil {
		stay.leave()
		return nil, err
	}
	b.stay = stay.ofBudget(b)
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
	own := b.ctx.Load()
	if own == nil {
		caller := b.caller
		if b.stay != nil {
			caller = context.WithValue(caller, scopeKey{}, scopeOf(caller).entered())
		}
		ctx, cancel := context.WithCancelCause(caller)
		own = &ownContext{ctx, cancel}
		if !b.ctx.CompareAndSwap(nil, own) {
			cancel(nil)
			own = b.ctx.Load()
		}
		// Either the end comes after this and finds the context, or it is found here.
		if e := b.end.Load(); e != nil {
			own.cancel(e.err)
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
		if s := b.state.Load(); s == stateFree || s == stateBound && b.caller.Err() == nil {
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
	case state != stateEnded && b.caller.Err() == nil:
		if state == stateAttention {
			b.attend()
		}
		return nil
	}
	if e := b.end.Load(); e != nil {
		return e.answer(b.op)
	}
	if e := b.env.ended(); e != nil {
		return b.fail(e.in(b.op))
	}
	return b.fail(newCanceledError(b.caller, b.op))
}

// attend reports that the soft limit of Time has passed.
func (b *Budget) attend() {
	if b.state.CompareAndSwap(stateAttention, b.resting) {
		usage := b.Usage()
		b.watch.report(b.caller, b.op, Time, int64(usage.Elapsed), usage, b.abandon)
		b.nextSoft(usage.Elapsed)
	}
}

// fail ends the operation with err unless it has ended already, and returns what it ended with.
func (b *Budget) fail(err error) error {
	b.conclude(&ending{err})
	return b.end.Load().answer(b.op)
}

// conclude ends the operation unless it has ended already.
func (b *Budget) conclude(e *ending) {
	if !b.end.CompareAndSwap(nil, e) {
		return
	}
	b.state.Store(stateEnded)
	if own := b.ctx.Load(); own != nil {
		own.cancel(e.err)
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

// Spend charges n of r to the operation and to every envelope around it, or nothing at all. If a
// limit would be exceeded it returns an [*ExceededError], which ends the operation, and with it all
// under the envelope if the limit was an envelope's.
//
// r is InputBytes, OutputBytes, Items or Steps: memory has [Budget.Hold], depth has [Budget.Deep],
// time runs by itself, and to spend them is a [*ConfigError]. A negative n is the overflow of a
// hostile number: it is refused as if it were more than any limit.
func (b *Budget) Spend(r Resource, n int64) error {
	if b == nil {
		return unstarted()
	}
	// This is Err, spelled out because the compiler does not inline it.
	if s := b.state.Load(); s != stateFree && (s != stateBound || b.caller.Err() != nil) {
		if err := b.look(); err != nil {
			return err
		}
	}
	if !r.spendable() {
		return b.fail(misuse(b.op, r.field(), notSpendable))
	}
	used := &b.used[r]
	old := used.Load()
	// The sum is formed only where it is known to fit, so no number from an input can make it wrap
	// around.
	for n >= 0 && n <= b.most[r]-old {
		if !used.CompareAndSwap(old, old+n) {
			old = used.Load()
			continue
		}
		if b.env != nil {
			if e := b.env.take(b.op, r, n); e != nil {
				used.Add(-n)
				return b.fail(e)
			}
		}
		if b.watch != nil {
			b.notice(r, old+n)
		}
		return nil
	}
	return b.fail(exceeded(b.op, r, b.most[r], old, n))
}

// notice tells the observers if used has passed a soft limit of r.
func (b *Budget) notice(r Resource, used int64) {
	if b.watch.passed(r, used) {
		b.watch.report(b.caller, b.op, r, used, b.Usage(), b.abandon)
	}
}

// abandon ends an operation whose observer has panicked, and gives back what it has. No one else is
// told: the panic goes on.
func (b *Budget) abandon() {
	if b.shut() {
		b.conclude(&ending{misuse(b.op, "Observer.Func", "has panicked")})
		b.stay.leave()
	}
}

// exceeded is the error of asking for n more.
func exceeded(op string, r Resource, most, used, n int64) error {
	if most == 0 {
		return unset(op, r)
	}
	return &ExceededError{Op: op, Resource: r, Limit: most, Used: total(used, n)}
}

// total is what would have been used, 2^63-1 where that is more than can be counted or n is the
// overflow of something.
func total(used, n int64) int64 {
	if n < 0 || n > unlimited-used {
		return unlimited
	}
	return used + n
}

// Fits reports what [Budget.Spend], [Budget.Hold] or [Budget.Deep] would return for n of r, but
// charges nothing and ends nothing. Use it on the sizes that a header declares, before anything is
// allocated for them. What fits now may not fit later if other goroutines spend meanwhile. Time
// cannot be asked for.
func (b *Budget) Fits(r Resource, n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if !r.known() || r == Time {
		return misuse(b.op, r.field(), "cannot be asked for: it is no amount that fits")
	}
	var used int64
	if r != Depth {
		used = b.used[r].Load()
	}
	if n < 0 || n > b.most[r]-used {
		return exceeded(b.op, r, b.most[r], used, n)
	}
	return b.env.fits(b.op, r, n)
}

// Deep refuses a nesting of n levels if that is more than Depth, and ends the operation as
// [Budget.Spend] does. It keeps no count: siblings do not add up. Envelopes have no depth.
func (b *Budget) Deep(n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if n < 0 || n > b.most[Depth] {
		return b.fail(exceeded(b.op, Depth, b.most[Depth], 0, n))
	}
	deepest := &b.used[Depth]
	for old := deepest.Load(); n > old; old = deepest.Load() {
		if deepest.CompareAndSwap(old, n) {
			b.notice(Depth, n)
			break
		}
	}
	return nil
}

// Hold accounts for n bytes that the operation is about to keep in memory, in its own limits and in
// every envelope, or for none at all. r is MemoryBytes; any other is a [*ConfigError]. It refuses
// and ends as [Budget.Spend] does.
func (b *Budget) Hold(r Resource, n int64) error {
	if err := b.Err(); err != nil {
		return err
	}
	if r != MemoryBytes {
		return b.fail(misuse(b.op, r.field(), notHeld))
	}
	held, err := b.take(n)
	if err != nil {
		return b.fail(err)
	}
	b.notice(r, held)
	return nil
}

// take is the part of Hold that Close must not come between. It returns what is held now.
func (b *Budget) take(n int64) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, closed.answer(b.op)
	}
	old := b.used[MemoryBytes].Load()
	if n < 0 || n > b.most[MemoryBytes]-old {
		return 0, exceeded(b.op, MemoryBytes, b.most[MemoryBytes], old, n)
	}
	if b.env != nil {
		if e := b.env.take(b.op, MemoryBytes, n); e != nil {
			return 0, e
		}
	}
	b.used[MemoryBytes].Store(old + n)
	b.peak.Store(max(b.peak.Load(), old+n))
	return old + n, nil
}

// Release gives back n bytes of what Hold took, to the operation and to its envelopes. It works
// after a refusal, too. More than is held, a negative n, another resource and a closed Budget
// change nothing that is not the operation's own: at most what it holds is given back.
func (b *Budget) Release(r Resource, n int64) {
	if b == nil || r != MemoryBytes || n <= 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return
	}
	b.giveBack(n)
}

// giveBack returns memory while the lock is held.
func (b *Budget) giveBack(n int64) {
	n = min(n, b.used[MemoryBytes].Load())
	b.used[MemoryBytes].Add(-n)
	b.env.give(MemoryBytes, n)
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
		used[r] = b.used[r].Load()
	}
	used[MemoryBytes] = b.peak.Load()
	used[Time] = int64(b.clock.elapsed())
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
		b.conclude(&closed)
		b.stay.leave()
		b.watch.close(b.caller, b.op, usage, b.end.Load().err)
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
	b.giveBack(b.used[MemoryBytes].Load())
	return true
}
