package limits

import "context"

// A scope is everything that a context carries for this package, under one key: an operation that starts looks it up once. It is never changed after it has been put into a context.
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

// with returns ctx with a copy of s that change has been at.
func (s *scope) with(ctx context.Context, change func(*scope)) context.Context {
	var next scope
	if s != nil {
		next = *s
	}
	change(&next)
	return context.WithValue(ctx, scopeKey{}, &next)
}
