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

// startClock starts the time of b.
func (b *Budget) startClock() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock.inside = 1
	b.clock.since = time.Now()
	b.setAlarm(&b.clock.limit, b.most[Time])
	if b.watch != nil {
		b.setAlarm(&b.clock.soft, b.watch.soft(Time))
	}
}

// setAlarm sets an alarm for when the clock has measured more than after, while the lock is held.
// One that cannot go off is not set.
func (b *Budget) setAlarm(a *alarm, after int64) {
	if after == 0 || after == unlimited {
		return
	}
	a.after, a.armed = time.Duration(after), true
	a.timer = time.AfterFunc(a.after+1, func() { b.ring(a) })
}

// ring runs when an alarm's timer fires. If the clock has made pauses, that was too early.
func (b *Budget) ring(a *alarm) {
	b.mu.Lock()
	a.armed = false
	elapsed := b.clock.elapsed()
	due := !b.closed && elapsed > a.after
	if !b.closed && !due {
		b.clock.arm(a, elapsed)
	}
	b.mu.Unlock()
	switch {
	case !due:
	case a == &b.clock.limit:
		b.timeUp(elapsed)
	default:
		b.timeSoft()
	}
}

// timeUp ends the operation, unless the caller's context did so before, unnoticed.
func (b *Budget) timeUp(elapsed time.Duration) {
	if b.caller.Err() != nil {
		_ = b.look()
		return
	}
	_ = b.fail(&ExceededError{Op: b.op, Resource: Time, Limit: b.most[Time], Used: int64(elapsed)})
}

// timeSoft leaves word for the next call on the Budget: an observer is not called from a timer's
// goroutine, where no caller expects it.
func (b *Budget) timeSoft() { b.state.CompareAndSwap(b.resting, stateAttention) }

// nextSoft sets the alarm again for an observer whose soft limit of Time is yet to come.
func (b *Budget) nextSoft(elapsed time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	soft := b.watch.soft(Time)
	if b.closed || soft == unlimited {
		return
	}
	b.clock.soft.after = time.Duration(soft)
	b.clock.arm(&b.clock.soft, elapsed)
}

// Pause stops the clock of Time until [Budget.Resume], for an operation that its user drives call
// by call: what happens between the calls is not the operation's time. Calls nest: the clock runs
// while there have been more Resumes than Pauses, Start counting as the first Resume. It reads the
// clock, about 50 ns, so it is nothing for every byte or token.
func (b *Budget) Pause() {
	if b == nil || b.state.Load() == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	c := &b.clock
	if b.closed || c.inside == 0 {
		return
	}
	if c.inside == 1 {
		c.spent = c.elapsed()
	}
	c.inside--
}

// Resume lets the clock of Time run on after a [Budget.Pause].
func (b *Budget) Resume() {
	if b == nil || b.state.Load() == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	c := &b.clock
	if b.closed {
		return
	}
	if c.inside == 0 {
		c.since = time.Now()
	}
	c.inside++
	c.arm(&c.limit, c.spent)
	c.arm(&c.soft, c.spent)
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
