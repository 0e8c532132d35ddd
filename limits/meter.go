package limits

import (
	"context"
	"time"
)

// lookEvery is the most steps between two looks at the clock, the context and the envelope.
const lookEvery = 65_536

// A Meter is a [Budget] for the inner loop of one goroutine: a match, a scan, a name. It is a plain
// value without lock, timer or allocation, and a step costs it a comparison and a subtraction.
// [Limits.Meter] makes one:
//
//	m := lim.Meter(ctx, "saferegex.Match")
//	matched, err := run(&m)
//	if err := m.Finish(err); err != nil {
//		return false, err
//	}
//	return matched, nil
//
// It guarantees what a Budget does for its own limits: exactly N passes, N+1 is refused, and the
// first refusal is repeated by every later call. It is late where a Budget is not, by at most
// 65,536 steps: that often it looks at the context and the clock, and Time runs from the first
// look. A short operation looks at neither; call [Meter.Err] first where that matters. Under an
// envelope other resources are charged at once, and steps at each look and at the end: a single
// Meter stops to the step where the envelope does, several at once may each do up to 65,536 steps
// more before they notice.
//
// A Meter must not be copied after its first use nor be used by two goroutines. A nil and a zero
// Meter refuse everything with a [*ConfigError].
type Meter struct {
	left   int64 // the steps that may be done before the next look
	block  int32 // what left was after the last look; the difference is not in used yet
	state  meterState
	op     string
	ctx    context.Context
	err    error     // what ended it
	around *around   // nil where the context carries nothing
	start  time.Time // of the first look
	peak   int64     // the most memory held at once
	lim    Limits    // 2^63-1 stands for UnsafeUnlimited once the meter is live
	// of MemoryBytes what is held now, of Depth the deepest, of Time what had passed at the last
	// look
	used [resourceCount]int64
}

// around is what a meter's context carries. It is apart so that the value which Limits.Meter
// returns stays small: to make one is mostly to copy it.
type around struct {
	env   *envelope
	watch *watch
	stay  *stay // in the pools, or nil
}

type meterState uint8

const (
	meterFresh    meterState = iota + 1 // made, and not called yet
	meterLive                           // nothing has ended it
	meterEnded                          // refused, misused or canceled
	meterFinished                       // Finish was called
)

// Meter returns a meter for one operation. Invalid limits, a nil context and a bad [Observer] make
// its first call fail with a [*ConfigError]; check required fields once, where the limits come in,
// with [Limits.Check]. As with [Limits.Start], to spend what is not set is refused with an
// [ErrUnset] error. Under a context with a [Pool] the first call waits for a place, and is refused
// with a [*BusyError] if that takes too long; it is Finish that gives the place back, or else the
// end of the context.
func (l Limits) Meter(ctx context.Context, op string) Meter {
	return Meter{state: meterFresh, op: op, ctx: ctx, lim: l}
}

// ready begins a fresh meter, and returns why this one takes no calls, or nil.
func (m *Meter) ready() error {
	if m == nil {
		return unmetered()
	}
	switch m.state {
	case meterLive:
		return nil
	case meterFresh:
		return m.begin(true)
	case meterEnded:
		return m.err
	case meterFinished:
		if m.err != nil {
			return m.err
		}
		return misuse(m.op, "the Meter", "is finished")
	default:
		return unmetered()
	}
}

// unmetered is what a Meter answers that Limits.Meter has not made.
func unmetered() error {
	return misuse("limits.Meter", "the Meter", "was not made by Limits.Meter")
}

// begin checks what Meter was given, looks up what the context carries, and takes a place in the
// pools of an operation that is to go on.
func (m *Meter) begin(goesOn bool) error {
	if m.ctx == nil {
		return m.fail(misuse(m.op, "the context", "is nil"))
	}
	if !m.lim.normalize() {
		return m.fail(m.lim.Check(m.op))
	}
	if sc := scopeOf(m.ctx); sc != nil {
		if err := sc.problem(m.op); err != nil {
			return m.fail(err)
		}
		a := &around{env: sc.env}
		if goesOn {
			stay, err := sc.admit(m.ctx, m.op, int64(m.lim.MemoryBytes), true)
			if err != nil {
				return m.fail(err)
			}
			a.stay = stay.ofMeter(m.ctx, a)
		}
		a.watch = newWatch(sc, &m.lim)
		m.around = a
	}
	m.state = meterLive
	m.nextBlock()
	return nil
}

// env returns the innermost envelope, or nil.
func (m *Meter) env() *envelope {
	if m.around == nil {
		return nil
	}
	return m.around.env
}

// nextBlock sets how many steps may be done before the next look. It is never more than is left
// anywhere, so that the step beyond a limit is never inside a block.
func (m *Meter) nextBlock() {
	m.left = m.env().room(Steps, min(lookEvery, m.lim.Steps-m.used[Steps]))
	m.block = int32(m.left) //nolint:gosec // At most lookEvery.
}

// Step spends n steps, and is made to be inlined. No steps cost nothing; a negative n is refused as
// more than any limit.
func (m *Meter) Step(n int64) error {
	// One comparison stands for 0 <= n && n < left: a negative n wraps around to a number that is
	// larger than any block.
	if m != nil && uint64(n) < uint64(m.left) { //nolint:gosec // The wrap-around is the point.
		m.left -= n
		return nil
	}
	return m.step(n)
}

// step is Step where the block does not do.
func (m *Meter) step(n int64) error {
	if err := m.ready(); err != nil {
		return err
	}
	if n >= 0 && n <= m.left { // A fresh meter comes by here, and the last steps of a block.
		m.left -= n
		return nil
	}
	if steps := m.steps(); n < 0 || n > m.lim.Steps-steps {
		return m.fail(exceeded(m.op, Steps, m.lim.Steps, steps, n))
	}
	return m.look(n)
}

// steps returns all steps so far, those of the running block included.
func (m *Meter) steps() int64 { return m.used[Steps] + int64(m.block) - m.left }

// look settles the running block and n steps more, and looks at context, clock and soft limits.
func (m *Meter) look(n int64) error {
	if err := m.settle(n); err != nil {
		return m.fail(err)
	}
	if m.ctx.Err() != nil {
		if e := m.env().ended(); e != nil {
			return m.fail(e.in(m.op))
		}
		return m.fail(newCanceledError(m.ctx, m.op))
	}
	now := time.Now()
	if m.start.IsZero() {
		m.start = now
	}
	passed := int64(now.Sub(m.start))
	m.used[Time] = passed
	if most := int64(m.lim.Time); most != 0 && passed > most {
		return m.fail(&ExceededError{Op: m.op, Resource: Time, Limit: most, Used: passed})
	}
	m.notice(Steps, m.used[Steps])
	m.notice(Time, passed)
	m.nextBlock()
	return nil
}

// settle charges the running block and n steps more to the envelope. The steps of the block have
// been done whatever it says.
func (m *Meter) settle(n int64) error {
	open := int64(m.block) - m.left
	m.used[Steps] += open
	m.block, m.left = 0, 0
	if env := m.env(); env != nil {
		if e := env.take(m.op, Steps, open+n); e != nil {
			return e
		}
	}
	m.used[Steps] += n
	return nil
}

// fail ends the operation. The steps that it has done are charged to the envelope still, and no
// more fit into the block.
func (m *Meter) fail(err error) error {
	_ = m.settle(0)
	m.state, m.err = meterEnded, err
	return err
}

// notice tells the observers if used has passed a soft limit of r.
func (m *Meter) notice(r Resource, used int64) {
	if m.around != nil && m.around.watch.passed(r, used) {
		m.around.watch.report(m.ctx, m.op, r, used, m.Usage(), m.abandon)
	}
}

// abandon is [Budget.abandon] for a meter.
func (m *Meter) abandon() {
	_ = m.fail(misuse(m.op, "Observer.Func", "has panicked"))
	m.Release(MemoryBytes, m.used[MemoryBytes])
	m.around.stay.leave()
}

// Spend charges n of InputBytes, OutputBytes, Items or Steps, to the operation and to every
// envelope around it, or nothing at all. It refuses what [Budget.Spend] refuses. Only steps bring a
// look at clock and context nearer: a loop that spends nothing else must call [Meter.Err].
func (m *Meter) Spend(r Resource, n int64) error {
	if r == Steps {
		return m.Step(n)
	}
	if err := m.ready(); err != nil {
		return err
	}
	if !r.spendable() {
		return m.fail(misuse(m.op, r.field(), notSpendable))
	}
	return m.charge(r, n)
}

// charge takes n of a resource that is not charged in blocks.
func (m *Meter) charge(r Resource, n int64) error {
	used, most := m.used[r], m.lim.value(r)
	if n < 0 || n > most-used {
		return m.fail(exceeded(m.op, r, most, used, n))
	}
	if env := m.env(); env != nil {
		if e := env.take(m.op, r, n); e != nil {
			return m.fail(e)
		}
	}
	m.used[r] = used + n
	m.notice(r, used+n)
	return nil
}

// Hold accounts for n bytes of MemoryBytes that are about to be held, as [Budget.Hold] does.
func (m *Meter) Hold(r Resource, n int64) error {
	if err := m.ready(); err != nil {
		return err
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
	if m == nil || r != MemoryBytes || n <= 0 {
		return
	}
	n = min(n, m.used[r])
	m.used[r] -= n
	m.env().give(r, n)
}

// Deep refuses a nesting of n levels if that is more than Depth, as [Budget.Deep] does. It keeps no
// count.
func (m *Meter) Deep(n int64) error {
	if err := m.ready(); err != nil {
		return err
	}
	if n < 0 || n > m.lim.Depth {
		return m.fail(exceeded(m.op, Depth, m.lim.Depth, 0, n))
	}
	if n > m.used[Depth] {
		m.used[Depth] = n
		m.notice(Depth, n)
	}
	return nil
}

// Err looks at context, clock and envelope now, and returns why the operation has ended, or nil
// while it goes on. It reads the clock, about 50 ns.
func (m *Meter) Err() error {
	if err := m.ready(); err != nil {
		return err
	}
	return m.look(0)
}

// Usage returns what the operation has cost so far. Its time is that of the last look.
func (m *Meter) Usage() Usage {
	if m == nil {
		return Usage{}
	}
	used := m.used
	used[Steps] = m.steps()
	used[MemoryBytes] = m.peak
	return newUsage(&used)
}

// Finish ends the operation: it settles with the envelope, returns the memory that is still held
// there and its place in the [Pool], and tells the observers. err is what the operation has come
// to, nil for success. It returns err; or else the refusal that the operation has met, the
// envelope's last word included; or nil. Only on nil may a result be handed out. Calls after the
// first do nothing and return the same; every other method then refuses.
func (m *Meter) Finish(err error) error {
	if m == nil {
		return unmetered()
	}
	if m.state == meterFinished {
		return m.err
	}
	var ended error
	if m.state == meterFresh {
		ended = m.begin(false) // Without a place: it is too late to wait for one.
	} else {
		ended = m.ready()
	}
	if m.state == 0 {
		return ended
	}
	if ended == nil {
		ended = m.settle(0)
	}
	if err == nil {
		err = ended
	}
	if !m.start.IsZero() {
		m.used[Time] = int64(time.Since(m.start))
	}
	m.Release(MemoryBytes, m.used[MemoryBytes])
	m.state, m.err = meterFinished, err
	if m.around != nil {
		m.around.stay.leave()
		m.around.watch.close(m.ctx, m.op, m.Usage(), err)
	}
	return err
}
