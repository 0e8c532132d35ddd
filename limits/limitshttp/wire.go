package limitshttp

import (
	"context"
	"errors"
	"net/http"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// A wire is the connection of a request while its body arrives. A Read that waits for the client
// looks at no clock, so the connection has to end it.
type wire struct {
	control *http.ResponseController
	ctx     context.Context //nolint:containedctx // That of the request, which tells why its time is up.
	began   time.Time
	spent   limits.ExceededError // what the envelope says when its time is up; no Limit without one
	until   time.Time            // when reading ends; zero for never
	before  time.Time            // when the server itself would end it; zero for never
	late    bool                 // it has ended
	whole   bool                 // the body has arrived
}

// wireOf returns the connection of a request, with the deadline that its context has.
func wireOf(ctx context.Context, w http.ResponseWriter, began time.Time, envelope time.Duration) *wire {
	c := &wire{control: http.NewResponseController(w), ctx: ctx, began: began}
	c.spent = limits.ExceededError{Op: op, Resource: limits.Time, Limit: max(int64(envelope), 0), Envelope: true}
	if server, ok := ctx.Value(http.ServerContextKey).(*http.Server); ok && server.ReadTimeout > 0 {
		c.before = c.began.Add(server.ReadTimeout)
	}
	if end, ok := ctx.Deadline(); ok {
		c.end(end)
	}
	if envelope > 0 {
		c.end(c.began.Add(envelope))
	}
	return c
}

// end has reading end at a time, unless it ends before.
func (c *wire) end(at time.Time) {
	if c == nil || c.whole || isBefore(c.before, at) || isBefore(c.until, at) {
		return
	}
	// A writer without a connection, as that of a test, has nothing that could wait.
	if c.control.SetReadDeadline(at) == nil {
		c.until = at
	}
}

// isBefore reports whether t is set, and no later than at.
func isBefore(t, at time.Time) bool { return !t.IsZero() && !t.After(at) }

// arrived takes the deadline back: the body is whole, and from here on net/http waits for the end
// of the connection, which it takes a deadline for.
func (c *wire) arrived() {
	if c != nil {
		c.resume(time.Time{})
		c.whole = true
	}
}

// resume has reading end at a time again that held before, or never.
func (c *wire) resume(at time.Time) {
	if c == nil || c.whole || c.until.Equal(at) {
		return
	}
	c.until = at
	if at.IsZero() {
		at = c.before
	}
	_ = c.control.SetReadDeadline(at)
}

// deadline returns when reading ends; zero for never.
func (c *wire) deadline() time.Time {
	if c == nil {
		return time.Time{}
	}
	return c.until
}

// fault is the error of a Read that the deadline has ended: why the time of the request is up.
// net/http ends the context as well when a Read fails, and may have been the first.
func (c *wire) fault(err error) error {
	if c == nil || c.until.IsZero() || !errors.Is(err, os.ErrDeadlineExceeded) {
		return err
	}
	c.late = true
	if cause := context.Cause(c.ctx); ofKind(cause) {
		return cause
	}
	if c.spent.Limit > 0 && time.Since(c.began) >= time.Duration(c.spent.Limit) {
		c.spent.Used = int64(time.Since(c.began))
		return &c.spent
	}
	return err
}

// isLate reports whether the deadline has ended a Read.
func (c *wire) isLate() bool { return c != nil && c.late }
