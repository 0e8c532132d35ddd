// Package session is the life of an object that is one operation from its constructor to its Close,
// such as a Reader or a Writer: one budget, whose clock runs only while a call is inside; one place
// of a pool, which Close or the end of the context gives back; and one ending, which every later
// call answers with.
package session

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"

	"github.com/seed73825598/airlock/limits"
)

// A Session is the life of one object. It is safe for concurrent use. A nil *Session is that of an
// object which no constructor has made.
type Session struct {
	name    string // of the type, for errors: "safezip.Reader"
	budget  *limits.Budget
	unwatch func() bool // no longer waits for the end of the context
	closed  atomic.Bool

	mu      sync.Mutex
	ended   bool
	cleanup []func()
}

// Start begins the operation op of an object of the named type, and its first call, which the
// constructor ends with [Session.Leave]. The end of ctx ends the operation and gives back what it
// holds.
func Start(ctx context.Context, name, op string, lim limits.Limits, required ...limits.Resource) (*Session, error) {
	b, err := lim.Start(ctx, op, required...)
	if err != nil {
		return nil, err
	}
	s := &Session{name: name, budget: b}
	s.unwatch = context.AfterFunc(ctx, func() {
		_ = b.Err() // The budget learns why it ends.
		s.end()
	})
	return s, nil
}

// Unmade is the error of an object that no constructor has made.
func Unmade(name, constructors string) error {
	return &limits.ConfigError{Op: name, Problems: []limits.FieldProblem{{
		Field: "the " + name[len("safezip."):], Reason: "was not made by " + constructors,
	}}}
}

// Budget returns the budget of the operation.
func (s *Session) Budget() *limits.Budget { return s.budget }

// Enter begins a call. On nil the call must end with [Session.Leave].
func (s *Session) Enter() error {
	s.budget.Resume()
	if err := s.Err(); err != nil {
		s.budget.Pause()
		return err
	}
	return nil
}

// Leave ends a call.
func (s *Session) Leave() { s.budget.Pause() }

// Err returns why the object takes no more calls, or nil: it was closed, or has ended before.
func (s *Session) Err() error { return s.Explain(s.budget.Err()) }

// Explain returns err, or that the object was closed if it was: then the error of a call that was
// inside is only a sign of it.
func (s *Session) Explain(err error) error {
	if err == nil && !s.closed.Load() {
		return nil
	}
	if s.closed.Load() {
		return fmt.Errorf("%s: %w", s.name, fs.ErrClosed)
	}
	return err
}

// Fail ends the operation with err, and returns what it has ended with: err, or what came first.
func (s *Session) Fail(err error) error {
	if err == nil {
		return nil
	}
	return s.Explain(s.budget.Fail(err))
}

// OnEnd has f called when the object is closed or its context has ended, or now if that has
// happened.
func (s *Session) OnEnd(f func()) {
	s.mu.Lock()
	ended := s.ended
	if !ended {
		s.cleanup = append(s.cleanup, f)
	}
	s.mu.Unlock()
	if ended {
		f()
	}
}

// Close ends the object and gives back what it holds. It reports whether this was the first call.
func (s *Session) Close() bool {
	if !s.closed.CompareAndSwap(false, true) {
		return false
	}
	s.unwatch()
	s.end()
	return true
}

// end gives back what the object holds, once.
func (s *Session) end() {
	s.mu.Lock()
	cleanup := s.cleanup
	s.ended, s.cleanup = true, nil
	s.mu.Unlock()
	for _, f := range cleanup {
		f()
	}
	s.budget.Close()
}
