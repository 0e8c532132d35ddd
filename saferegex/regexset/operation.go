package regexset

import (
	"context"
	"errors"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// operation is one call: its meter, and a context for the calls of package saferegex that it makes,
// which spend from the same budget.
type operation struct {
	op    string
	outer context.Context // the caller's
	ctx   context.Context // with an envelope of the call's own limits, or the caller's
	stop  context.CancelFunc
	lim   limits.Limits
	meter limits.Meter
	began time.Time
}

// needs says what an operation needs besides its meter.
type needs uint8

const (
	needsClock    needs = 1 << iota // it asks RE2, and has to know beforehand how much time is left
	needsEnvelope                   // it calls operations of package saferegex
)

// begin begins an operation.
func begin(ctx context.Context, op string, lim limits.Limits, need needs) (*operation, error) {
	o := &operation{op: op, outer: ctx, ctx: ctx, stop: func() {}, lim: lim}
	if need != 0 {
		o.began = time.Now()
	}
	bounds := limits.Limits{Steps: lim.Steps, MemoryBytes: lim.MemoryBytes, Time: lim.Time}
	none := limits.Limits{Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited,
		Time: limits.UnsafeUnlimited}
	if ctx != nil && need&needsEnvelope != 0 && bounds != none {
		var err error
		if o.ctx, o.stop, err = limits.With(ctx, bounds); err != nil {
			o.stop()
			return nil, err
		}
	}
	o.meter = lim.Meter(o.ctx, op)
	began := false
	defer func() {
		if !began {
			o.finish() // An observer may panic.
		}
	}()
	// The look from which Time runs, where it is not the first that the meter makes by itself.
	if need != 0 || ctx == nil || ctx.Err() != nil {
		if err := o.meter.Err(); err != nil {
			return nil, o.end(err)
		}
	}
	began = true
	return o, nil
}

// end ends the operation and returns its error in its own name.
func (o *operation) end(err error) error {
	defer o.stop() // Also where an observer panics.
	return o.named(o.meter.Finish(err))
}

// finish ends an operation that something has left by a panic. One that has ended stays as it is.
func (o *operation) finish() { _ = o.end(nil) }

// named says a refusal of the operation's own budget as such: it was spent by calls within it, to
// which it is an envelope. One of the caller's envelopes has ended the caller's context as well.
func (o *operation) named(err error) error {
	e, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || !e.Envelope || o.ctx == o.outer || o.ctx.Err() == nil || o.outer.Err() != nil {
		return err
	}
	own := *e
	own.Op, own.Envelope = o.op, false
	return &own
}

// left is how much time there is until the limit or the context ends the operation; patience if
// neither does.
func (o *operation) left() time.Duration {
	left, limited := patience, false
	if o.lim.Time != limits.UnsafeUnlimited {
		left, limited = o.lim.Time-time.Since(o.began), true
	}
	if deadline, ok := o.outer.Deadline(); ok {
		if until := time.Until(deadline); !limited || until < left {
			left = until
		}
	}
	return left
}

// foresee refuses what will take longer than there is time: took was needed for a first part, and
// as much will be needed again.
func (o *operation) foresee(took time.Duration) error {
	if most := o.lim.Time; most != limits.UnsafeUnlimited {
		if used := time.Since(o.began) + took; used > most {
			return &limits.ExceededError{Op: o.op, Resource: limits.Time, Limit: int64(most), Used: int64(used)}
		}
	}
	return nil
}
