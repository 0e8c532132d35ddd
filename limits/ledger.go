package limits

import (
	"context"
	"time"
)

// A ledger is what one operation may use, what it has used, and who else is charged for it. It has
// two faces: a [Budget], which is shared by goroutines, and a [Meter], which is for one. A face
// decides when to ask and how the operation ends; the ledger does all of the accounting.
//
// The zero ledger has no budget for anything.
type ledger struct {
	used   [resourceCount]tally // first, see tally; of MemoryBytes what is held now, of Depth the deepest
	op     string
	ctx    context.Context      // that the operation was started under
	most   [resourceCount]int64 // zero where nothing is set, 2^63-1 for UnsafeUnlimited
	peak   int64                // the most memory held at once
	around *around              // nil where the context carries nothing
	err    error                // what ended the operation; nil if nothing did before Close or Finish
}

// around is what the context of an operation carries. It is apart so that the value which
// Limits.Meter returns stays small: to make one is mostly to copy it.
type around struct {
	env    *envelope // the innermost, or nil
	watch  *watch    // soft limits and observers, or nil
	places *places   // in the pools, or nil
}

// The words for a caller who takes one method for another.
const (
	notSpendable = "cannot be spent: use Hold for memory and Deep for depth"
	notHeld      = "cannot be held: MemoryBytes is the only gauge"
)

// answer is what an operation that has ended says from then on.
func (l *ledger) answer(face, ended string) error {
	if l.err != nil {
		return l.err
	}
	return misuse(l.op, face, ended)
}

// find fills a with what sc carries, but for places in pools.
func (l *ledger) find(sc *scope, a *around) error {
	if err := sc.problem(l.op); err != nil {
		return err
	}
	a.env = sc.env
	if sc.observers != nil {
		a.watch = newWatch(sc, &l.most)
	}
	return nil
}

// env returns the innermost envelope, or nil.
func (l *ledger) env() *envelope {
	if l.around == nil {
		return nil
	}
	return l.around.env
}

// over returns the error of taking n more of r where so much is used, or nil if it fits.
func (l *ledger) over(r Resource, used, n int64) error {
	if n < 0 || n > l.most[r]-used {
		return l.exceeded(r, used, n)
	}
	return nil
}

// exceeded is the error of asking for n more of r.
func (l *ledger) exceeded(r Resource, used, n int64) error {
	if l.most[r] == 0 {
		return unset(l.op, r)
	}
	return &ExceededError{Op: l.op, Resource: r, Limit: l.most[r], Used: total(used, n)}
}

// total is what would have been used, 2^63-1 where that is more than can be counted or n is the
// overflow of something.
func total(used, n int64) int64 {
	if n < 0 || n > unlimited-used {
		return unlimited
	}
	return used + n
}

// fits returns the error of taking n of r, or nil, and changes nothing. Depth is never used up.
func (l *ledger) fits(r Resource, n int64) error {
	used := l.used[r].load()
	if r == Depth {
		used = 0
	}
	if err := l.over(r, used, n); err != nil {
		return err
	}
	return l.env().fits(l.op, r, n)
}

// hold takes n bytes of memory from the operation and from every envelope around it, or none at
// all. Where a ledger is shared, its face has a lock around all that touches memory.
func (l *ledger) hold(n int64) error {
	held := &l.used[MemoryBytes]
	if !held.add(n, l.most[MemoryBytes]) {
		return l.exceeded(MemoryBytes, held.n, n)
	}
	if l.around != nil {
		if e := l.around.env.take(l.op, MemoryBytes, n); e != nil {
			held.n -= n
			return e
		}
	}
	l.peak = max(l.peak, held.n)
	return nil
}

// release gives back n bytes of memory, at most what is held.
func (l *ledger) release(n int64) {
	n = min(n, l.used[MemoryBytes].n)
	l.used[MemoryBytes].n -= n
	l.env().give(MemoryBytes, n)
}

// overdue returns why the operation ends if the deadline of its context was over by now, and nil
// if not. The context says so itself once its timer is served. Under an envelope whose time is over
// that is a refusal of the envelope, which ends.
func (l *ledger) overdue(now time.Time) error {
	deadline, ok := l.ctx.Deadline()
	if !ok || !now.After(deadline) {
		return nil
	}
	if refusal := l.env().overdue(l.op, now); refusal != nil {
		return refusal
	}
	return &canceledError{l.op, context.DeadlineExceeded, context.DeadlineExceeded}
}

// leave gives back the places of the operation in its pools.
func (l *ledger) leave() {
	if l.around != nil {
		l.around.places.leave()
	}
}
