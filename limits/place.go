package limits

import (
	"container/list"
	"context"
	"runtime"
	"sync/atomic"
	"time"
)

// A place is what one operation, or one envelope, has in a Pool or waits for. All but kept
// is guarded by the lock of the Pool.
type place struct {
	pool   *Pool
	memory int64
	// the operations that run in it or wait for it, and once it is admitted the envelope whose it
	// is
	keepers  int
	ready    chan struct{} // closed when it is admitted; nil before it waits
	at       *list.Element // in the queue; nil if it does not wait
	since    time.Time     // when it began to wait
	admitted bool
	shared   bool        // by all operations under an envelope
	over     bool        // the envelope has ended
	kept     atomic.Bool // by the envelope, so that an operation under it need not ask
}

// enter makes the caller a keeper of the place, if need be after a wait for its turn. Operations
// under one envelope that come while it waits share its turn, each with a MaxWait of its own.
func (pl *place) enter(ctx context.Context, op string, env *envelope) error {
	p := pl.pool
	p.mu.Lock()
	if !pl.admitted && pl.at == nil {
		full := p.queue.Len() > 0 || !p.fits(pl)
		if full && int64(p.queue.Len()) >= p.most.Waiting {
			defer p.mu.Unlock()
			return p.busy(op, pl, 0)
		}
		pl.ready, pl.since = make(chan struct{}), time.Now()
		if full {
			pl.at = p.queue.PushBack(pl)
		} else {
			p.admit(pl)
		}
	}
	pl.keepers++
	if pl.admitted {
		p.mu.Unlock()
		return nil
	}
	ready := pl.ready
	p.mu.Unlock()
	return pl.wait(ctx, op, env, ready)
}

// wait waits for the place of a keeper, who is one no more if it fails.
func (pl *place) wait(ctx context.Context, op string, env *envelope, ready <-chan struct{}) error {
	p, began := pl.pool, time.Now()
	var late <-chan time.Time
	if p.most.MaxWait != unlimited {
		timer := time.NewTimer(p.most.MaxWait + 1)
		defer timer.Stop()
		late = timer.C
	}
	select {
	case <-ready:
		return nil
	case <-ctx.Done():
	case <-late:
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if ctx.Err() != nil {
		p.totals.Left++
		pl.drop()
		return env.stopped(ctx, op)
	}
	if pl.admitted {
		return nil // At the last moment.
	}
	err := p.busy(op, pl, time.Since(began))
	pl.drop()
	return err
}

// leave ends the stay of one keeper.
func (pl *place) leave() {
	pl.pool.mu.Lock()
	defer pl.pool.mu.Unlock()
	pl.drop()
}

// depart ends the keeping of the envelope. The operations that still run under it keep the place
// until they close.
func (pl *place) depart() {
	pl.pool.mu.Lock()
	defer pl.pool.mu.Unlock()
	pl.over = true
	if pl.kept.CompareAndSwap(true, false) {
		pl.drop()
	}
}

// drop takes one keeper off while the lock is held. With the last one the place is given back, or
// leaves the queue; either may let in those that wait after it.
func (pl *place) drop() {
	pl.keepers--
	if pl.keepers > 0 {
		return
	}
	p := pl.pool
	switch {
	case pl.admitted:
		pl.admitted = false
		p.operations--
		p.memory -= pl.memory
	case pl.at != nil:
		p.queue.Remove(pl.at)
		pl.at = nil
	}
	p.serve()
}

// places are what an operation has in the pools of its context, one in each. A nil *places is none.
type places struct {
	all  []*place
	left atomic.Bool
	stop func() bool     // no longer waits for the end of the context; nil if nothing does
	net  runtime.Cleanup // leaves for an operation that was never ended
}

// leave gives the places back, at the first call.
func (p *places) leave() {
	if p == nil {
		return
	}
	if p.stop != nil {
		p.stop()
	}
	p.net.Stop()
	p.giveBack()
}

func (p *places) giveBack() {
	if !p.left.CompareAndSwap(false, true) {
		return
	}
	for _, pl := range p.all {
		pl.leave()
	}
}

// ofBudget makes sure that a Budget which is dropped without Close does not keep its places for
// ever.
func (p *places) ofBudget(b *Budget) *places {
	if p != nil {
		p.net = runtime.AddCleanup(b, (*places).leave, p)
	}
	return p
}

// ofMeter does so for a Meter, whose user may have no way to end it: a caller that reads tokens may
// stop in the middle of a document. The end of the context is soon enough for that, and the garbage
// collector for a context that has none.
func (p *places) ofMeter(ctx context.Context, a *around) *places {
	if p != nil {
		p.stop = context.AfterFunc(ctx, p.giveBack)
		p.net = runtime.AddCleanup(a, (*places).leave, p)
	}
	return p
}
