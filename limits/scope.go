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
