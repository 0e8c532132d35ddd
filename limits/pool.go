package limits

import (
	"container/list"
	"context"
	"sync"
	"time"
)

// A Pool caps what all operations that share it hold at once, in one process: [Limits] say what one
// input may cost, a Pool how many such inputs are worked on at the same time. [NewPool] makes one
// and [WithPool] puts it into a context; every operation that starts under the context then takes
// its place first, or waits for it.
//
// A place is one operation and the MemoryBytes of its limits, taken whole before the work begins:
// nothing blocks later. Places are given first come, first served. An operation that needs much is
// not overtaken by those that need little, so none starves; the price is that room may stand empty
// while it waits. An operation that could never fit is a [*ConfigError] at once, and so is one with
// no bound on its memory where the Pool has one. An operation that finds no place within
// [PoolLimits.MaxWait], or none to wait in, gets a [*BusyError]. A waiter whose context ends leaves
// the queue.
//
// An envelope ([With]) is one place: the first operation under it takes one operation and the
// MemoryBytes of the envelope, all others under it take nothing more, and the envelope gives the
// place back when its CancelFunc is called, or its context ends, and no [Budget] is open under it
// any more. Of nested envelopes it is the outermost that counts, whichever of With and WithPool
// came first. So put an envelope around a request, not around the service. Under a Pool with
// MemoryBytes the envelope must set MemoryBytes too.
//
// Without an envelope each operation has a place of its own, and an operation that is begun in the
// middle of another (a parser on an archive's parts, a callback) needs a second one, unless it is
// started under [Budget.Context]. To wait for a place while holding one ends in a [*BusyError]
// after MaxWait at the latest; an envelope avoids it.
//
// A place is given back exactly once, whatever the path out: by [Budget.Close] or [Meter.Finish],
// by the end of a Meter's context, or, as the last resort for what was never closed, when the
// garbage collector finds it.
//
// A Pool is safe for concurrent use and must not be copied. It starts no goroutine.
type Pool struct {
	limits PoolLimits // as they are told: defaults filled in
	most   PoolLimits // as they are held to: 2^63-1 where there is no limit
	capped bool       // there is a limit of memory, so that each place must declare its own

	mu         sync.Mutex
	operations int64
	memory     int64
	queue      list.List // of *place, in the order in which they came
	totals     PoolStats // Admitted, Busy, Left, Waited and LongestWait
}

// NewPool returns an empty Pool, or a [*ConfigError] that names every field that is wrong.
func NewPool(l PoolLimits) (*Pool, error) {
	if problems := l.problems(); problems != nil {
		return nil, &ConfigError{Op: "limits.NewPool", Problems: problems}
	}
	if l.Waiting == 0 {
		l.Waiting = DefaultPoolWaiting
	}
	if l.MaxWait == 0 {
		l.MaxWait = DefaultPoolMaxWait
	}
	most := PoolLimits{
		Operations:  ceiling(l.Operations),
		MemoryBytes: Bytes(ceiling(int64(l.MemoryBytes))),
		Waiting:     ceiling(l.Waiting),
		MaxWait:     time.Duration(ceiling(int64(l.MaxWait))),
	}
	return &Pool{limits: l, most: most, capped: l.MemoryBytes > 0}, nil
}

// WithPool has every operation that starts under the returned context take a place in p first.
// Pools nest: where the context carries another one, as for all tenants together, a place is taken
// in the inner pool and then in the outer one; the same Pool twice is the same as once.
//
// A nil Pool, and one that NewPool has not made, makes every operation under it fail with a
// [*ConfigError].
func WithPool(ctx context.Context, p *Pool) context.Context {
	if ctx == nil {
		return nil
	}
	sc := scopeOf(ctx)
	for at := sc.pooling(); at != nil; at = at.outer {
		if at.pool == p {
			return ctx
		}
	}
	return context.WithValue(ctx, scopeKey{}, sc.pooled(p))
}

// placeFor returns the place of an operation, which is that of its envelope if it has one, not
// entered yet. A place that can never be had is refused here: it must not wait.
func (p *Pool) placeFor(op string, env *envelope, memory int64) (*place, error) {
	pl := env.placeIn(p)
	if pl == nil {
		pl = p.newPlace(memory)
	}
	if !p.capped {
		return pl, nil
	}
	where, all := "", p.most.MemoryBytes.String()
	if pl.shared {
		where = " in the limits given to limits.With"
	}
	problem := FieldProblem{Field: MemoryBytes.field(), Unset: true}
	switch {
	case pl.shared && pl.memory == 0:
		problem.Reason = "is no limit" + where +
			", and the Pool has to know how much the envelope may hold: give it at most " + all
	case !pl.shared && pl.memory == unlimited:
		problem.Reason = "is limits.UnsafeUnlimited, and the Pool has to know how much the operation may hold: give it at " +
			"most " + all
	case pl.memory > int64(p.most.MemoryBytes):
		problem.Reason = "is " + Bytes(pl.memory).String() + where + ", and the Pool has " + all +
			" in all: lower it, or raise PoolLimits.MemoryBytes"
		problem.Unset = false
	default:
		return pl, nil
	}
	return nil, &ConfigError{Op: op, Problems: []FieldProblem{problem}}
}

// newPlace returns a place that no operation has entered. Where memory is not capped none has to
// declare any, and there may be no number to add up.
func (p *Pool) newPlace(memory int64) *place {
	if !p.capped {
		memory = 0
	}
	return &place{pool: p, memory: memory}
}

// Stats returns what the Pool holds now and what it has seen.
func (p *Pool) Stats() PoolStats {
	if p == nil {
		return PoolStats{}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.stats()
}

// stats is Stats while the lock is held.
func (p *Pool) stats() PoolStats {
	s := p.totals
	s.Limits, s.Operations, s.MemoryBytes, s.Waiting = p.limits, p.operations, Bytes(p.memory), int64(p.queue.Len())
	return s
}

// usable reports whether NewPool has made p.
func (p *Pool) usable() bool { return p != nil && p.most != PoolLimits{} }

// fits reports whether there is room for a place now. No operation goes past the queue, which is
// for the caller to see to.
func (p *Pool) fits(pl *place) bool {
	return p.operations < p.most.Operations && pl.memory <= int64(p.most.MemoryBytes)-p.memory
}

// serve admits from the head of the queue as long as there is room. It stops at the first that does
// not fit: an operation that needs little does not overtake one that needs much.
func (p *Pool) serve() {
	for front := p.queue.Front(); front != nil; front = p.queue.Front() {
		pl, ok := front.Value.(*place)
		if !ok || !p.fits(pl) {
			return
		}
		p.queue.Remove(front)
		pl.at = nil
		waited := time.Since(pl.since)
		p.totals.Waited += waited
		p.totals.LongestWait = max(p.totals.LongestWait, waited)
		p.admit(pl)
	}
}

// admit gives a place.
func (p *Pool) admit(pl *place) {
	p.operations++
	p.memory += pl.memory
	p.totals.Admitted++
	pl.admitted = true
	close(pl.ready)
	if pl.shared && !pl.over {
		pl.keepers++ // The envelope itself.
		pl.kept.Store(true)
	}
}

// busy is the error of an operation that gets no place, while the lock is held.
func (p *Pool) busy(op string, pl *place, waited time.Duration) error {
	p.totals.Busy++
	return &BusyError{Op: op, MemoryBytes: Bytes(pl.memory), Waited: waited, Pool: p.stats()}
}
