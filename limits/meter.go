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
// look. After one look Finish looks as well, so that nothing succeeds after the end. A short
// operation looks at neither; call [Meter.Err] first where that matters. Under an envelope other
// resources are charged at once, and steps at each look and at the end: a single Meter stops to the
// step where the envelope does, several at once may each do up to 65,536 steps more before they
// notice.
//
// A Meter must not be copied after its first use nor be used by two goroutines. A nil and a zero
// Meter refuse everything with a [*ConfigError].
type Meter struct {
	ledger
	left  int64 // the steps that may be done before the next look
	block int32 // what left was after the last look; the difference is not in used yet
	state meterState
	start time.Time // of the first look
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
	return Meter{ledger: ledger{op: op, ctx: ctx, most: [resourceCount]int64{
		InputBytes:  int64(l.InputBytes),
		OutputBytes: int64(l.OutputBytes),
		Items:       l.Items,
		Depth:       l.Depth,
		Steps:       l.Steps,
		MemoryBytes: int64(l.MemoryBytes),
		Time:        int64(l.Time),
	}}, state: meterFresh}
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
	case meterEnded, meterFinished:
		return m.answer("the Meter", "is finished")
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
	if !normalize(&m.most) {
		return m.fail(limitsOf(&m.most).Check(m.op))
	}
	if sc := scopeOf(m.ctx); sc != nil {
		a := new(around)
		if err := m.find(sc, a); err != nil {
			return m.fail(err)
		}
		if goesOn {
			taken, err := sc.admit(m.ctx, m.op, m.most[MemoryBytes], true)
			if err != nil {
				return m.fail(err)
			}
			a.places = taken.ofMeter(m.ctx, a)
		}
		m.around = a
	}
	m.state = meterLive
	m.nextBlock()
	return nil
}

// nextBlock sets how many steps may be done before the next look. It is never more than is left
// anywhere, so that the step beyond a limit is never inside a block.
func (m *Meter) nextBlock() {
	m.left = m.env().room(Steps, min(lookEvery, m.most[Steps]-m.used[Steps].n))
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
	if steps := m.steps(); n < 0 || n > m.most[Steps]-steps {
		return m.fail(m.exceeded(Steps, steps, n))
	}
	return m.look(n)
}

// steps returns all steps so far, those of the running block included.
func (m *Meter) steps() int64 { return m.used[Steps].n + int64(m.block) - m.left }

// look settles the running block and n steps more, and looks at context, clock and soft limits.
func (m *Meter) look(n int64) error {
	if err := m.settle(n); err != nil {
		return m.fail(err)
	}
	now := time.Now()
	if err := m.stopped(now); err != nil {
		return m.fail(err)
	}
	if m.start.IsZero() {
		m.start = now
	}
	passed := int64(now.Sub(m.start))
	m.used[Time].n = passed
	if most := m.most[Time]; most != 0 && passed > most {
		return m.fail(&ExceededError{Op: m.op, Resource: Time, Limit: most, Used: passed})
	}
	m.notice(Steps)
	m.notice(Time)
	m.nextBlock()
	return nil
}

// stopped returns why the context has ended, or nil. If a context of the caller's panics, the
// operation gives back what it has, because its owner may not come by again.
func (m *Meter) stopped(now time.Time) error {
	asked := false
	defer func() {
		if !asked {
			m.abandon("a method of context.Context")
		}
	}()
	var err error
	if m.ctx.Err() != nil {
		err = m.env().stopped(m.ctx, m.op)
	} else {
		err = m.overdue(now)
	}
	asked = true
	return err
}

// settle charges the running block and n steps more to the envelope. The steps of the block have
// been done whatever it says.
func (m *Meter) settle(n int64) error {
	open := int64(m.block) - m.left
	m.used[Steps].n += open
	m.block, m.left = 0, 0
	if env := m.env(); env != nil {
		if e := env.take(m.op, Steps, open+n); e != nil {
			return e
		}
	}
	m.used[Steps].n += n
	return nil
}

// fail ends the operation. The steps that it has done are charged to the envelope still, and no
// more fit into the block.
func (m *Meter) fail(err error) error {
	_ = m.settle(0)
	m.state, m.err = meterEnded, err
	return err
}

// notice tells the observers if a soft limit of r has been passed.
func (m *Meter) notice(r Resource) {
	if m.around == nil {
		return
	}
	if used := m.used[r].n; m.around.watch.passed(r, used) {
		m.around.watch.report(m.ctx, m.op, r, used, m.Usage(), func() { m.abandon("Observer.Func") })
	}
}

// abandon is [Budget.abandon] for a meter, after a panic in code of the caller's.
func (m *Meter) abandon(code string) {
	_ = m.fail(misuse(m.op, code, "has panicked"))
	m.release(unlimited)
	m.leave()
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
	used := &m.used[r]
	if !used.add(n, m.most[r]) {
		return m.fail(m.exceeded(r, used.n, n))
	}
	if m.around == nil {
		return nil
	}
	if e := m.around.env.take(m.op, r, n); e != nil {
		used.n -= n
		return m.fail(e)
	}
	m.notice(r)
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
	if err := m.hold(n); err != nil {
		return m.fail(err)
	}
	m.notice(r)
	return nil
}

// Release gives back n bytes of MemoryBytes, at most what is held, as [Budget.Release] does.
func (m *Meter) Release(r Resource, n int64) {
	if m == nil || r != MemoryBytes || n <= 0 {
		return
	}
	m.release(n)
}

// Deep refuses a nesting of n levels if that is more than Depth, as [Budget.Deep] does. It keeps no
// count.
func (m *Meter) Deep(n int64) error {
	if err := m.ready(); err != nil {
		return err
	}
	if err := m.over(Depth, 0, n); err != nil {
		return m.fail(err)
	}
	if m.used[Depth].raise(n) {
		m.notice(Depth)
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
	var used [resourceCount]int64
	for r := range used {
		used[r] = m.used[r].n
	}
	used[Steps], used[MemoryBytes] = m.steps(), m.peak
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
	} else if m.state != meterLive {
		ended = m.ready()
	}
	if m.state == 0 {
		return ended
	}
	switch {
	case !m.start.IsZero():
		ended = m.lastLook(err, ended)
	case ended == nil:
		ended = m.settle(0)
	}
	if err == nil {
		err = ended
	}
	if held := m.used[MemoryBytes].n; held > 0 {
		m.release(held)
	}
	m.state, m.err = meterFinished, err
	if m.around != nil {
		m.around.places.leave()
		if m.around.watch != nil {
			m.around.watch.close(m.ctx, m.op, m.Usage(), err)
		}
	}
	return err
}

// lastLook settles a meter that has looked at the clock before, and has a success wait for one look
// more. ended is what has ended the operation already.
func (m *Meter) lastLook(err, ended error) error {
	switch {
	case ended != nil:
	case err == nil:
		ended = m.look(0)
	default:
		ended = m.settle(0)
	}
	m.used[Time].n = int64(time.Since(m.start))
	return ended
}
