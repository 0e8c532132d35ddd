package limits

import "context"

// A scope is everything that a context carries for this package, under one key: an operation that starts looks it up once. It is never changed after it has been put into a context. A nil *scope is that of a plain context.
type scope struct {
	env       *envelope // the innermost
	observers *observer // the innermost
}

type scopeKey struct{}

// scopeOf returns what ctx carries, or nil.
func scopeOf(ctx context.Context) *scope {
	sc, _ := ctx.Value(scopeKey{}).(*scope)
	return sc
}

// envelope returns the innermost envelope, or nil.
func (s *scope) envelope() *envelope {
	if s == nil {
		return nil
	}
	return s.env
}

// within returns s with one more envelope.
func (s *scope) within(e *envelope) *scope { return &scope{env: e, observers: s.watchers()} }

// watchers returns the innermost observer, or nil.
func (s *scope) watchers() *observer {
	if s == nil {
		return nil
	}
	return s.observers
}

// watched returns s with one more observer.
func (s *scope) watched(o *observer) *scope { return &scope{env: s.envelope(), observers: o} }
