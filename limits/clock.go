package limits

import "time"

// A clock measures the time inside an operation's calls and raises its alarms. It belongs to one
// Budget, whose lock guards it.
type clock struct {
	inside int           // how many calls are running; the clock stands still at 0
	since  time.Time     // when it last began to run
	spent  time.Duration // what it had measured by then
	limit  alarm         // the end of Time
	soft   alarm         // the soft limit of Time, if an observer asks for it
}

// An alarm goes off when the clock has measured more than after. Its timer follows the wall clock:
// when it fires, the pauses that the clock has made meanwhile are added, so that pausing need not
// touch it.
type alarm struct {
	after time.Duration
	timer *time.Timer // nil if there is no such alarm
	armed bool
}

// arm sets an alarm's timer again if it has fired too early and the clock runs.
func (c *clock) arm(a *alarm, elapsed time.Duration) {
	if a.timer != nil && !a.armed && c.inside > 0 && elapsed <= a.after {
		a.armed = true
		a.timer.Reset(a.after - elapsed + 1)
	}
}

// elapsed returns what the clock has measured.
func (c *clock) elapsed() time.Duration {
	if c.inside == 0 {
		return c.spent
	}
	return c.spent + time.Since(c.since)
}

// stop ends the measuring and the timers for good.
func (c *clock) stop() {
	c.spent = c.elapsed()
	c.inside = 0
	for _, a := range []*alarm{&c.limit, &c.soft} {
		if a.timer != nil {
			a.timer.Stop()
		}
	}
}
