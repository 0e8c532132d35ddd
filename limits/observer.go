package limits

import "context"

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
