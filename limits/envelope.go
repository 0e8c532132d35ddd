package limits

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// With is context.WithTimeout for every resource: each operation that starts under the returned
// context spends from its own [Limits] and from l as well, so that a request which unpacks an
// archive and parses its parts stays inside one envelope.
//
// An envelope bounds OutputBytes, Steps, MemoryBytes and Time; those it does not set are not
// enveloped, and at least one must be set. InputBytes, Items and Depth belong to one operation,
// since the output of one stage is the input of the next and would count twice: to set one is a
// [*ConfigError], and so is any invalid number. Envelopes nest, and all of them are charged.
//
// A refusal by the envelope ends all operations under it, each with an [*ExceededError] whose
// Envelope is true, and cancels the returned context with the refusal as its cause. Nothing else
// ends: not an envelope outside, not an operation beside it. Time runs on the wall clock from here,
// pauses and the time between operations included.
//
// Call the CancelFunc when the work is done: it stops the timer. Work that still runs ends as under
// any canceled context, which is no refusal. Neither the context nor the CancelFunc is ever nil:
// beside an error stands a context that is canceled already.
func With(ctx context.Context, l Limits) (context.Context, context.CancelFunc, error) {
	const op = "limits.With"
	problems := l.problems("", nil)
	some, bounds := false, l.values()
	for r := InputBytes; r <= Time; r++ {
		switch v := bounds[r]; {
		case v == 0:
		case r == InputBytes || r == Items || r == Depth:
			problems = append(problems, FieldProblem{Field: r.field(),
				Reason: "belongs to one operation, not to an envelope: leave it unset here", Unset: true})
		case v == UnsafeUnlimited:
			bounds[r] = 0 // There is nothing to account for.
		default:
			some = true
		}
	}
	if !some {
		problems = append(problems, FieldProblem{Field: "the envelope",
			Reason: "bounds nothing: set at least one of OutputBytes, Steps, MemoryBytes and Time", Unset: true})
	}
	if ctx == nil {
		problems = append(problems, FieldProblem{Field: "the context", Reason: "is nil"})
	}
	if problems != nil {
		return canceled(ctx, &ConfigError{Op: op, Problems: problems})
	}

	sc := scopeOf(ctx)
	e := &envelope{outer: sc.envelope(), most: bounds}
	inside := &envelopeContext{scope: sc.within(e)}
	inside.Context, e.cancel = context.WithCancelCause(ctx)
	stop := func() bool { return true }
	if most := e.most[Time]; most != 0 && most != unlimited {
		e.started = time.Now()
		deadline := e.started.Add(l.Time)
		if outer, ok := ctx.Deadline(); !ok || deadline.Before(outer) {
			inside.deadline = deadline
		}
		stop = time.AfterFunc(l.Time+1, func() { _ = e.timeUp(op, time.Since(e.started)) }).Stop
	}
	e.inside = inside.Context
	cancel := func() {
		stop()
		e.depart()
		e.cancel(nil)
	}
	return inside, cancel, nil
}

// canceled returns a context under which nothing starts: a caller that drops the error must not
// work on without an envelope.
func canceled(ctx context.Context, err error) (context.Context, context.CancelFunc, error) {
	if ctx == nil {
		ctx = context.Background()
	}
	ctx, cancel := context.WithCancelCause(ctx)
	cancel(err)
	return ctx, func() {}, err
}

// An envelope is what several operations spend from together. A nil *envelope is none at all.
type envelope struct {
	outer   *envelope
	most    [resourceCount]int64 // zero where it bounds nothing
	used    [resourceCount]atomic.Int64
	started time.Time                     // zero if its time has no end
	end     atomic.Pointer[ExceededError] // the refusal that ended it
	cancel  context.CancelCauseFunc
	inside  context.Context // ends with it

	// Its places in the pools of its operations, if it is the outermost.
	mu       sync.Mutex
	places   []*place
	unwatch  func() bool
	departed bool
}

// take charges n of r here and in every envelope outside, or nowhere. n is not negative. A refusal
// ends the envelope that made it.
//
// Where an outer envelope refuses, the inner ones have shown the charge for a moment, and something
// else under them may have been refused for it. That refusal is not false: all of it lies under the
// envelope that has just ended.
func (e *envelope) take(op string, r Resource, n int64) *ExceededError {
	for at := e; at != nil; at = at.outer {
		if at.most[r] == 0 {
			continue
		}
		if refusal := at.takeHere(op, r, n); refusal != nil {
			for inner := e; inner != at; inner = inner.outer {
				inner.giveHere(r, n)
			}
			return refusal
		}
	}
	return nil
}

// takeHere charges this envelope alone.
func (e *envelope) takeHere(op string, r Resource, n int64) *ExceededError {
	for {
		if end := e.end.Load(); end != nil {
			return end.in(op)
		}
		old := e.used[r].Load()
		if n > e.most[r]-old {
			return e.refuse(e.exceeded(op, r, old, n))
		}
		if e.used[r].CompareAndSwap(old, old+n) {
			return nil
		}
	}
}

func (e *envelope) exceeded(op string, r Resource, used, n int64) *ExceededError {
	return &ExceededError{Op: op, Resource: r, Limit: e.most[r], Used: total(used, n), Envelope: true}
}

// refuse ends the envelope and returns what it ended with, which may be an earlier refusal, in the
// words of the operation that asks.
func (e *envelope) refuse(refusal *ExceededError) *ExceededError {
	if e.end.CompareAndSwap(nil, refusal) {
		e.cancel(refusal)
	}
	return e.end.Load().in(refusal.Op)
}

// timeUp ends the envelope because its time is over.
func (e *envelope) timeUp(op string, elapsed time.Duration) *ExceededError {
	return e.refuse(&ExceededError{Op: op, Resource: Time, Limit: e.most[Time], Used: int64(elapsed), Envelope: true})
}

// overdue ends this envelope and those around it whose time was over by now, and returns the
// refusal of the outermost; or nil if there is none.
func (e *envelope) overdue(op string, now time.Time) (refusal *ExceededError) {
	for at := e; at != nil; at = at.outer {
		if elapsed := now.Sub(at.started); !at.started.IsZero() && int64(elapsed) > at.most[Time] {
			refusal = at.timeUp(op, elapsed)
		}
	}
	return refusal
}

// fits reports whether n more of r has room here and in every envelope outside. It charges and ends
// nothing.
func (e *envelope) fits(op string, r Resource, n int64) error {
	for at := e; at != nil; at = at.outer {
		if at.most[r] == 0 {
			continue
		}
		if used := at.used[r].Load(); n > at.most[r]-used {
			return at.exceeded(op, r, used, n)
		}
	}
	return nil
}

// room returns how much of r is left, at most n.
func (e *envelope) room(r Resource, n int64) int64 {
	for at := e; at != nil; at = at.outer {
		if at.most[r] != 0 {
			n = min(n, at.most[r]-at.used[r].Load())
		}
	}
	return n
}

// give returns what take has taken.
func (e *envelope) give(r Resource, n int64) {
	for at := e; at != nil; at = at.outer {
		at.giveHere(r, n)
	}
}

func (e *envelope) giveHere(r Resource, n int64) {
	if e.most[r] != 0 {
		e.used[r].Add(-n)
	}
}

// ended returns the refusal that ended this or an outer envelope, or nil.
func (e *envelope) ended() *ExceededError {
	for at := e; at != nil; at = at.outer {
		if end := at.end.Load(); end != nil {
			return end
		}
	}
	return nil
}

// stopped is the error of an operation whose context is done.
func (e *envelope) stopped(ctx context.Context, op string) error {
	if end := e.ended(); end != nil {
		return end.in(op)
	}
	return &canceledError{op, ctx.Err(), context.Cause(ctx)}
}

// outermost returns the envelope that all others around an operation lie in, or nil.
func (e *envelope) outermost() *envelope {
	if e == nil {
		return nil
	}
	for e.outer != nil {
		e = e.outer
	}
	return e
}

// placeIn returns the place of the envelope in p, or nil if it has ended or there is none at all:
// an operation on a context that outlives the envelope needs a place of its own.
func (e *envelope) placeIn(p *Pool) *place {
	if e == nil {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.departed {
		return nil
	}
	for _, pl := range e.places {
		if pl.pool == p {
			return pl
		}
	}
	if e.places == nil {
		// A CancelFunc that is never called must not cost more than the context does.
		e.unwatch = context.AfterFunc(e.inside, e.depart)
	}
	pl := p.newPlace(e.most[MemoryBytes])
	pl.shared = true
	e.places = append(e.places, pl)
	return pl
}

// depart gives up the places of the envelope, at the first call.
func (e *envelope) depart() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.departed {
		return
	}
	e.departed = true
	if e.unwatch != nil {
		e.unwatch()
	}
	for _, pl := range e.places {
		pl.depart()
	}
}

// envelopeContext is the context of an envelope. It is one layer for what would be three, since
// every call on a Budget asks it whether it is done.
type envelopeContext struct {
	context.Context
	scope    *scope
	deadline time.Time // zero if that of the outer context holds
}

func (c *envelopeContext) Value(key any) any {
	if key == (scopeKey{}) {
		return c.scope
	}
	return c.Context.Value(key)
}

func (c *envelopeContext) Deadline() (time.Time, bool) {
	if c.deadline.IsZero() {
		return c.Context.Deadline()
	}
	return c.deadline, true
}
