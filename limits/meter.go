package limits

import (
	"context"
	"time"
)

// lookEvery is the most steps between two looks at the clock, the context and the envelope.
const lookEvery = 65_536

// A Meter is a [Budget] for the inner loop of one goroutine: a match, a scan, a name. It is a plain value without lock, timer or allocation, and a step costs it a comparison and a subtraction. [Limits.Meter] makes one:
//
//	m := lim.Meter(ctx, "saferegex.Match")
//	matched, err := run(&m)
//	if err := m.Finish(err); err != nil {
//		return false, err
//	}
//	return matched, nil
//
// It guarantees what a Budget does for its own limits: exactly N passes, N+1 is refused, and the first refusal is repeated by every later call.
// It is late where a Budget is not, by at most 65,536 steps: that often it looks at the context and the clock, and Time runs from the first look. A short operation looks at neither; call [Meter.Err] first where that matters.
// Under an envelope other resources are charged at once, and steps at each look and at the end: a single Meter stops to the step where the envelope does, several at once may each do up to 65,536 steps more before they notice.
//
// A Meter must not be copied after its first use nor be used by two goroutines. The zero Meter refuses everything with a [*ConfigError].
type Meter struct {
	left  int64 // the steps that may be done before the next look
	block int64 // what left was after the last look; the difference is not in used yet
	live  bool  // nothing has ended it
	done  bool  // Finish was called
	op    string
	ctx   context.Context
	err   error // why it is not live
	env   *envelope
	watch *watch
	peak  int64
	start time.Time // of the first look
	spent time.Duration
	most  [resourceCount]int64
	used  [resourceCount]int64 // of MemoryBytes what is held now; of Depth the deepest
}

// Meter returns a meter for one operation. Invalid limits, a nil context and a bad [Observer] make its first call fail with a [*ConfigError]; check required fields once, where the limits come in, with [Limits.Check].
// As with [Limits.Start], to spend what is not set is refused with an [ErrUnset] error.
func (l Limits) Meter(ctx context.Context, op string) Meter {
	m := Meter{op: op, ctx: ctx, most: l.ceilings()}
	switch {
	case !l.valid():
		m.err = l.Check(op)
		return m
	case ctx == nil:
		m.err = misuse(op, "the context", "is nil")
		return m
	}
	if sc := scopeOf(ctx); sc != nil {
		if m.err = sc.problem(op); m.err != nil {
			return m
		}
		m.env, m.watch = sc.env, newWatch(sc, &m.most)
	}
	m.live = true
	m.nextBlock()
	return m
}

// nextBlock sets how many steps may be done before the next look. It is never more than is left anywhere, so that the step beyond a limit is never inside a block.
func (m *Meter) nextBlock() {
	m.block = m.env.room(Steps, max(0, min(lookEvery, m.most[Steps]-m.used[Steps])))
	m.left = m.block
}

// Step spends n steps, and is made to be inlined. No steps cost nothing; a negative n is refused as more than any limit.
func (m *Meter) Step(n int64) error {
	// One comparison stands for 1 <= n && n <= left: what is smaller wraps around to a number that is larger than any block.
	if uint64(n-1) < uint64(m.left) { //nolint:gosec // The wrap-around is the point.
		m.left -= n
		return nil
	}
	return m.step(n)
}

// step is Step where the block does not do.
func (m *Meter) step(n int64) error {
	if !m.live {
		return m.stopped()
	}
	steps := m.steps()
	if n < 0 || n > m.most[Steps]-steps {
		return m.fail(exceeded(m.op, Steps, m.most[Steps], steps, n))
	}
	if n == 0 {
		return nil
	}
	return m.look(n)
}

// steps returns all steps so far, those of the running block included.
func (m *Meter) steps() int64 { return m.used[Steps] + m.block - m.left }

// look settles the running block and n steps more, and looks at context, clock and soft limits.
func (m *Meter) look(n int64) error {
	if err := m.settle(n); err != nil {
		return m.fail(err)
	}
	if m.ctx.Err() != nil {
		if e := m.env.ended(); e != nil {
			return m.fail(e.in(m.op))
		}
		return m.fail(newCanceledError(m.ctx, m.op))
	}
	now := time.Now()
	if m.start.IsZero() {
		m.start = now
	}
	m.spent = now.Sub(m.start)
	if most := m.most[Time]; most != noBudget && int64(m.spent) > most {
		return m.fail(&ExceededError{Op: m.op, Resource: Time, Limit: most, Used: int64(m.spent)})
	}
	m.notice(Steps, m.used[Steps])
	m.notice(Time, int64(m.spent))
	m.nextBlock()
	return nil
}

// settle charges the running block and n steps more to the envelope. The steps of the block have been done whatever it says.
func (m *Meter) settle(n int64) error {
	open := m.block - m.left
	m.used[Steps] += open
	m.block, m.left = 0, 0
	if m.env != nil {
		if e := m.env.take(m.op, Steps, open+n); e != nil {
			return e
		}
	}
	m.used[Steps] += n
	return nil
}

// stopped returns why the meter takes no more calls.
func (m *Meter) stopped() error {
	switch {
	case m.err != nil:
		return m.err
	case m.done:
		return misuse(m.op, "the Meter", "is finished")
	default:
		return misuse("limits.Meter", "the Meter", "was not made by Limits.Meter")
	}
}

// fail ends the operation. The steps of the running block are counted, and no more fit into it.
func (m *Meter) fail(err error) error {
	m.used[Steps] = m.steps()
	m.block, m.left = 0, 0
	m.live, m.err = false, err
	return err
}

// notice tells the observers if used has passed a soft limit of r.
func (m *Meter) notice(r Resource, used int64) {
	if m.watch != nil && m.watch.passed(r, used) {
		m.watch.report(m.ctx, m.op, r, used, m.Usage())
	}
}

// Spend charges n of InputBytes, OutputBytes, Items or Steps, to the operation and to every envelope around it, or nothing at all. It refuses what [Budget.Spend] refuses. Only steps bring a look at clock and context nearer: a loop that spends nothing else must call [Meter.Err].
func (m *Meter) Spend(r Resource, n int64) error {
	if r == Steps {
		return m.Step(n)
	}
	if !m.live {
		return m.stopped()
	}
	if !r.spendable() {
		return m.fail(misuse(m.op, r.field(), notSpendable))
	}
	return m.charge(r, n)
}

// charge takes n of a resource that is not charged in blocks.
func (m *Meter) charge(r Resource, n int64) error {
	used := m.used[r]
	if n < 0 || n > m.most[r]-used {
		return m.fail(exceeded(m.op, r, m.most[r], used, n))
	}
	if m.env != nil {
		if e := m.env.take(m.op, r, n); e != nil {
			return m.fail(e)
		}
	}
	m.used[r] = used + n
	if m.watch != nil {
		m.notice(r, used+n)
	}
	return nil
}

// Hold accounts for n bytes of MemoryBytes that are about to be held, as [Budget.Hold] does.
func (m *Meter) Hold(r Resource, n int64) error {
	if !m.live {
		return m.stopped()
	}
	if r != MemoryBytes {
		return m.fail(misuse(m.op, r.field(), notHeld))
	}
	err := m.charge(r, n)
	m.peak = max(m.peak, m.used[r])
	return err
}

// Release gives back n bytes of MemoryBytes, at most what is held, as [Budget.Release] does.
func (m *Meter) Release(r Resource, n int64) {
	if r != MemoryBytes || n <= 0 {
		return
	}
	n = min(n, m.used[r])
	m.used[r] -= n
	m.env.give(r, n)
}

// Deep refuses a nesting of n levels if that is more than Depth, as [Budget.Deep] does. It keeps no count.
func (m *Meter) Deep(n int64) error {
	if !m.live {
		return m.stopped()
	}
	if n < 0 || n > m.most[Depth] {
		return m.fail(exceeded(m.op, Depth, m.most[Depth], 0, n))
	}
	if n > m.used[Depth] {
		m.used[Depth] = n
		m.notice(Depth, n)
	}
	return nil
}

// Err looks at context and clock now, and at the envelope, and returns why the operation has ended, or nil while it goes on. It reads the clock, about 50 ns.
func (m *Meter) Err() error {
	if !m.live {
		return m.stopped()
	}
	return m.look(0)
}

// Usage returns what the operation has cost so far. Its time is that of the last look.
func (m *Meter) Usage() Usage {
	used := m.used
	used[Steps] = m.steps()
	used[MemoryBytes] = m.peak
	used[Time] = int64(m.spent)
	return newUsage(&used)
}

// Finish ends the operation: it settles with the envelope, returns the memory that is still held there, and tells the observers. err is what the operation has come to, nil for success.
// It returns err; or else the refusal that the operation has met, the envelope's last word included; or nil. Only on nil may a result be handed out. Calls after the first do nothing and return the same; every other method then refuses.
func (m *Meter) Finish(err error) error {
	if m.done {
		return m.err
	}
	if !m.live && m.err == nil {
		return m.stopped()
	}
	if m.live {
		if refusal := m.settle(0); refusal != nil {
			m.err = refusal
		}
	}
	if err == nil {
		err = m.err
	}
	m.live, m.done, m.err = false, true, err
	if !m.start.IsZero() {
		m.spent = time.Since(m.start)
	}
	m.Release(MemoryBytes, m.used[MemoryBytes])
	if m.watch != nil {
		usage := m.Usage()
		for r := InputBytes; r <= Time; r++ {
			m.watch.report(m.ctx, m.op, r, usage.Of(r), usage)
		}
		m.watch.ended(m.ctx, m.op, usage, err)
	}
	return err
}
