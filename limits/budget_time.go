package limits

import "time"

// startClock starts the time of b.
func (b *Budget) startClock() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.clock.inside = 1
	b.clock.since = time.Now()
	b.setAlarm(&b.clock.limit, b.most[Time])
	if b.near.watch != nil {
		b.setAlarm(&b.clock.soft, b.near.watch.soft(Time))
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

// betweenLooks is how much is spent of a resource between two looks of [Budget.Spend] at the clock,
// a power of two, and 0 for one that cannot be spent. A byte takes less time than an item.
var betweenLooks = [resourceCount]int64{InputBytes: 256 << 10, OutputBytes: 256 << 10, Items: 4096, Steps: 4096}

// late ends the operation if its own time is up, that of an envelope or the deadline of its
// context, and the timer has not said so. A process that gets little of a busy machine may serve
// its timers after the work is done, and the work must not succeed then.
func (b *Budget) late() error {
	b.mu.Lock()
	elapsed, limit := b.clock.elapsed(), &b.clock.limit
	due := !b.closed && limit.timer != nil && elapsed > limit.after
	b.mu.Unlock()
	if due {
		b.timeUp(elapsed)
		return b.look()
	}
	if _, ok := b.ctx.Deadline(); !ok {
		return nil
	}
	if err := b.overdue(time.Now()); err != nil {
		return b.fail(err)
	}
	return nil
}

// timeUp ends the operation, unless the caller's context did so before, unnoticed.
func (b *Budget) timeUp(elapsed time.Duration) {
	if b.ctx.Err() != nil {
		_ = b.look()
		return
	}
	_ = b.fail(&ExceededError{Op: b.op, Resource: Time, Limit: b.most[Time], Used: int64(elapsed)})
}

// timeSoft leaves word for the next call on the Budget: an observer is not called from a timer's
// goroutine, where no caller expects it.
func (b *Budget) timeSoft() { b.state.CompareAndSwap(b.resting, stateAttention) }

// attend reports that the soft limit of Time has passed.
func (b *Budget) attend() {
	if b.state.CompareAndSwap(stateAttention, b.resting) {
		usage := b.Usage()
		b.near.watch.report(b.ctx, b.op, Time, int64(usage.Elapsed), usage, b.abandon)
		b.nextSoft(usage.Elapsed)
	}
}

// nextSoft sets the alarm again for an observer whose soft limit of Time is yet to come.
func (b *Budget) nextSoft(elapsed time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	soft := b.near.watch.soft(Time)
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
