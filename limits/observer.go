package limits

import (
	"context"
	"errors"
	"sync/atomic"
)

// An Observer is told what operations cost, so that limits can be set from what is seen and
// approached limits are known before they refuse.
type Observer struct {
	// Soft holds the limits whose passing is reported. An unset field means 80 % of the operation's
	// own limit, or nothing if it has none; UnsafeUnlimited means never.
	Soft Limits
	// Func is called on the goroutine whose call passed the limit or ended the operation, before
	// that call returns, and by several goroutines at once if several operations run. It must be
	// quick. It gets the context that the operation was started under, and a panic in it is the
	// caller's.
	Func func(context.Context, Event)
}

// An EventKind says what an [Event] is about.
type EventKind uint8

// The kinds of event.
const (
	SoftLimitPassed EventKind = iota + 1 // a resource has passed its soft limit; the work goes on
	OperationEnded                       // a Budget was closed or a Meter finished
)

// String returns "soft limit passed" or "operation ended".
func (k EventKind) String() string {
	switch k {
	case SoftLimitPassed:
		return "soft limit passed"
	case OperationEnded:
		return "operation ended"
	default:
		return "unknown event"
	}
}

// An Event is what an [Observer] is told. An operation that ends without a call to Close or Finish
// tells nothing of its end.
type Event struct {
	Op   string
	Kind EventKind
	// Resource, Used and Limit are the soft limit that was passed, once for each resource; at the
	// end of an operation that a limit has stopped, they are those of the refusal, and otherwise
	// zero.
	Resource    Resource
	Used, Limit int64
	// Limits are the operation's own, with the defaults of its package filled in.
	Limits Limits
	// Usage is what the operation had cost by then.
	Usage Usage
	// Err is what ended the operation before its end: a refusal, the error given to Fail or Finish,
	// or that of the caller's context. It is nil if there was none.
	Err error
}

// WithObserver has o.Func called for each operation that starts under the returned context: once
// when a resource passes its soft limit, while the work goes on, and once when the operation ends.
// Observers of outer contexts are told as well, after the inner one.
//
// Time is noticed by the next call on the Budget, or by Close; a Meter looks when it looks at the
// clock. An Observer without a Func, or with an invalid number in Soft, makes every operation under
// it fail with a [*ConfigError].
func WithObserver(ctx context.Context, o Observer) context.Context {
	if ctx == nil {
		return nil
	}
	sc := scopeOf(ctx)
	next := &observer{Observer: o, problems: o.Soft.problems("Observer.Soft.", nil), outer: sc.watchers()}
	if o.Func == nil {
		next.problems = append(next.problems, FieldProblem{Field: "Observer.Func", Reason: "is nil"})
	}
	return context.WithValue(ctx, scopeKey{}, sc.watched(next))
}

// observer is one of the observers of a context.
type observer struct {
	Observer
	problems []FieldProblem
	outer    *observer
}

// problem returns the error of starting op under observers that cannot be told or pools that have
// no places, or nil.
func (s *scope) problem(op string) error {
	var problems []FieldProblem
	for o := s.watchers(); o != nil; o = o.outer {
		problems = append(problems, o.problems...)
	}
	for at := s.pooling(); at != nil; at = at.outer {
		if !at.pool.usable() {
			problems = append(problems, FieldProblem{Field: "the Pool", Reason: "was not made by limits.NewPool"})
		}
	}
	if problems == nil {
		return nil
	}
	return &ConfigError{Op: op, Problems: problems}
}

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

// newWatch returns the watch of an operation that may use most, or nil if there is no observer.
func newWatch(sc *scope, most *Limits) *watch {
	n := 0
	for o := sc.watchers(); o != nil; o = o.outer {
		n++
	}
	if n == 0 {
		return nil
	}
	w := &watch{watchers: make([]watcher, n)}
	i, ceilings := 0, most.values()
	declared := ceilings
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
			case v == UnsafeUnlimited, v == 0 && (ceilings[r] == unlimited || ceilings[r] == 0):
				at.soft[r] = unlimited
			case v == 0:
				// 80 %, without a product that could wrap around
				at.soft[r] = ceilings[r]/5*4 + ceilings[r]%5*4/5
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
