package limits

import "context"

// A scope is everything that a context carries for this package, under one key: an operation that
// starts looks it up once. It is never changed after it has been put into a context. A nil *scope
// is that of a plain context.
type scope struct {
	env       *envelope // the innermost
	observers *observer // the innermost
	pools     *pooling  // the innermost
	// in this pool, and in those outside of it, an operation around this context has its place
	admitted *pooling
}

type scopeKey struct{}

// scopeOf returns what ctx carries, or nil.
func scopeOf(ctx context.Context) *scope {
	sc, _ := ctx.Value(scopeKey{}).(*scope)
	return sc
}

// Metered reports whether ctx carries an envelope, a Pool or an observer: whether what an operation
// spends is charged to more than itself. An operation that costs less than a Meter may go without
// one where it is not, and where it has held its own limits by other means.
func Metered(ctx context.Context) bool { return scopeOf(ctx) != nil }

// pooling is one of the pools of a context.
type pooling struct {
	pool  *Pool
	outer *pooling
}

// admit takes the places of an operation that may hold so much memory, from the innermost pool
// outwards, and waits where it must. All that is taken is in the result, for the caller to give
// back; it is nil if there is nothing to take.
//
// Under an envelope the place is the envelope's. A brief operation, which is a Meter's, leaves it
// to the envelope alone then: it ends soon after the envelope does, and to keep books of each match
// would cost more than many a match.
func (s *scope) admit(ctx context.Context, op string, memory int64, brief bool) (*places, error) {
	if s == nil || s.pools == s.admitted {
		return nil, nil
	}
	var taken places
	outermost := s.env.outermost()
	for at := s.pools; at != s.admitted; at = at.outer {
		pl, err := at.pool.placeFor(op, outermost, memory)
		if err == nil && brief && pl.kept.Load() {
			continue
		}
		if err == nil {
			err = pl.enter(ctx, op, s.env)
		}
		if err != nil {
			taken.giveBack()
			return nil, err
		}
		if brief && pl.kept.Load() {
			pl.leave()
			continue
		}
		taken.all = append(taken.all, pl)
	}
	if taken.all == nil {
		return nil, nil
	}
	return &places{all: taken.all}, nil
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

// envelope returns the innermost envelope, or nil.
func (s *scope) envelope() *envelope {
	if s == nil {
		return nil
	}
	return s.env
}

// watchers returns the innermost observer, or nil.
func (s *scope) watchers() *observer {
	if s == nil {
		return nil
	}
	return s.observers
}

// pooling returns the innermost pool, or nil.
func (s *scope) pooling() *pooling {
	if s == nil {
		return nil
	}
	return s.pools
}

// copied returns a scope to change.
func (s *scope) copied() *scope {
	if s == nil {
		return &scope{}
	}
	next := *s
	return &next
}

// within returns s with one more envelope.
func (s *scope) within(e *envelope) *scope {
	next := s.copied()
	next.env = e
	return next
}

// watched returns s with one more observer.
func (s *scope) watched(o *observer) *scope {
	next := s.copied()
	next.observers = o
	return next
}

// pooled returns s with one more pool.
func (s *scope) pooled(p *Pool) *scope {
	next := s.copied()
	next.pools = &pooling{p, next.pools}
	return next
}

// entered returns s for what is part of an operation that has its place in every pool.
func (s *scope) entered() *scope {
	next := s.copied()
	next.admitted = next.pools
	return next
}
