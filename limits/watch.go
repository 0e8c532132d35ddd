package limits

import (
	"context"
	"errors"
	"sync/atomic"
)

// A watch keeps track of what one operation has told its observers.
// A nil *watch has none.
type watch struct {
	watchers []watcher
	limits   Limits // of the operation
}

type watcher struct {
	tell func(context.Context, Event)
	soft [resourceCount]int64
	told [resourceCount]atomic.Bool
}

// newWatch returns the watch of an operation that may use most, which has an observer.
func newWatch(sc *scope, most *[resourceCount]int64) *watch {
	n := 0
	for o := sc.watchers(); o != nil; o = o.outer {
		n++
	}
	w := &watch{watchers: make([]watcher, n)}
	i, declared := 0, *most
	for r, v := range declared {
		if v == unlimited {
			declared[r] = UnsafeUnlimited
		}
	}
	w.limits = limitsOf(&declared)
	for o := sc.watchers(); o != nil; o = o.outer {
		at := &w.watchers[i]
		i++
		at.tell = o.Func
		for r, v := range o.Soft.values() {
			switch {
			case v == UnsafeUnlimited, v == 0 && (most[r] == unlimited || most[r] == 0):
				at.soft[r] = unlimited
			case v == 0:
				// 80 %, without a product that could wrap around
				at.soft[r] = most[r]/5*4 + most[r]%5*4/5
			default:
				at.soft[r] = v
			}
		}
	}
	return w
}

// passed reports whether an observer is to be told that used is past a soft limit of r.
func (w *watch) passed(r Resource, used int64) bool {
	if w == nil {
		return false
	}
	for i := range w.watchers {
		if at := &w.watchers[i]; used > at.soft[r] && !at.told[r].Load() {
			return true
		}
	}
	return false
}

// soft returns the smallest soft limit of r that no observer has been told of.
func (w *watch) soft(r Resource) int64 {
	soft := int64(unlimited)
	for i := range w.watchers {
		if at := &w.watchers[i]; !at.told[r].Load() {
			soft = min(soft, at.soft[r])
		}
	}
	return soft
}

// report tells those whose soft limit of r is passed, each once. If one of them panics, abandon has
// the operation give back what it has, because its owner may not come by again.
func (w *watch) report(ctx context.Context, op string, r Resource, used int64, usage Usage, abandon func()) {
	told := false
	defer func() {
		if !told {
			abandon()
		}
	}()
	w.tell(ctx, op, r, used, usage)
	told = true
}

// tell is report for an operation that has nothing left to give back.
func (w *watch) tell(ctx context.Context, op string, r Resource, used int64, usage Usage) {
	for i := range w.watchers {
		at := &w.watchers[i]
		if used > at.soft[r] && at.told[r].CompareAndSwap(false, true) {
			at.tell(ctx, Event{Op: op, Kind: SoftLimitPassed, Resource: r, Used: used, Limit: at.soft[r],
				Limits: w.limits, Usage: usage})
		}
	}
}

// close tells everybody that the operation has ended with err, and before that of the soft limits
// that were passed unnoticed.
func (w *watch) close(ctx context.Context, op string, usage Usage, err error) {
	if w == nil {
		return
	}
	for r := InputBytes; r <= Time; r++ {
		w.tell(ctx, op, r, usage.Of(r), usage)
	}
	e := Event{Op: op, Kind: OperationEnded, Limits: w.limits, Usage: usage, Err: err}
	if exceeded, ok := errors.AsType[*ExceededError](err); ok {
		e.Resource, e.Used, e.Limit = exceeded.Resource, exceeded.Used, exceeded.Limit
	}
	for i := range w.watchers {
		w.watchers[i].tell(ctx, e)
	}
}
