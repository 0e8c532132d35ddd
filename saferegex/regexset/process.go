package regexset

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// ProcessBytes bounds what all sets of the process may make RE2 hold at once, as accounted: a
// quarter of the memory that RE2 can address, so that no allocation in it fails, which it would not
// notice.
const ProcessBytes = 1 * limits.GiB

// ProcessStats is what RE2 holds for all sets of the process together. RE2 has one memory for the
// process, which grows and never shrinks: what is freed is used again for other sets, and the
// system gets nothing back.
type ProcessStats struct {
	HeldBytes limits.Bytes // by the sets that are not yet freed, and by calls that are running
	PeakBytes limits.Bytes // the most that was held at once, about what the memory has grown to
	MaxBytes  limits.Bytes // ProcessBytes
	Failed    bool         // RE2 has failed, and will not be used again
}

// process accounts for RE2's memory.
type process struct {
	mu       sync.Mutex
	held     int64
	peak     int64
	reserved int64   // that the memory has grown to, at least
	filler   *re2Set // matches nothing; makes the memory grow
	failed   error   // what RE2 panicked with
}

// shared is the one piece of state that the sets of a process share, because the memory it accounts
// for is shared: go-re2 has one for the process, and two sets that do not know of each other would
// each believe it to be theirs. It holds numbers, and decides nothing but whether there is room.
var shared process

// stats returns what RE2 holds for all sets of the process.
func (p *process) stats() ProcessStats {
	p.mu.Lock()
	defer p.mu.Unlock()
	return ProcessStats{limits.Bytes(p.held), limits.Bytes(p.peak), ProcessBytes, p.failed != nil}
}

// release gives back what acquire has taken.
func (p *process) release(n int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.held -= n
}

// acquire takes n bytes of RE2's memory, and sees to it that they are there: RE2 panics when the
// system refuses to let its memory grow, at worst while it holds a lock that is never released
// then. Here the memory grows before it is needed, and only after the system was asked.
//
// Sets that are garbage are freed by the next garbage collection, of which RE2's memory, being none
// of the heap, does not hasten the coming. So a collection is asked for before there is said to be
// no room.
func (p *process) acquire(ctx context.Context, op string, n int64) error {
	for try := 0; ; try++ {
		err := p.take(op, n)
		if !errors.Is(err, errNoRoom) || try == collections || ctx.Err() != nil {
			return err
		}
		runtime.GC()
		time.Sleep(collectionWait) // Finalizers run after a collection, not within.
	}
}

// How often the garbage is collected for the sake of room.
const (
	collections    = 3
	collectionWait = 2 * time.Millisecond
)

var errNoRoom = fmt.Errorf("all sets of the process together may hold %v", ProcessBytes)

// take is acquire, once.
func (p *process) take(op string, n int64) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.failed != nil {
		return &EngineError{Op: op, Reason: "it has failed before in this process", Err: p.failed}
	}
	if n > int64(ProcessBytes)-p.held {
		return &EngineError{Op: op, Reason: "needs " + limits.Bytes(n).String() + " besides the " +
			limits.Bytes(p.held).String() + " that are held", Err: errNoRoom}
	}
	if p.filler == nil {
		if err := p.start(op); err != nil {
			return err
		}
	}
	need := p.held + n
	if need > p.reserved || n >= largeBytes {
		if err := p.grow(op, need); err != nil {
			return err
		}
	}
	p.held = need
	p.peak = max(p.peak, need)
	return nil
}

// largeBytes is from where on what is free may lie too scattered for an allocation, and is looked
// for before it is needed.
const largeBytes = 1 << 20

// start has RE2 set up its memory.
func (p *process) start(op string) error {
	if err := probe(re2Space(), false); err != nil {
		return &EngineError{Op: op, Reason: "no address space for its memory of " + limits.Bytes(re2Space()).String(),
			Err: err}
	}
	if err := probe(largeBytes, true); err != nil {
		return &EngineError{Op: op, Reason: "no memory to begin with", Err: err}
	}
	return p.guard(op, func() error {
		filler, err := compileRE2([]string{noMatch}, largeBytes)
		p.filler = filler
		return err
	})
}

// grow has the memory grow to where n bytes are free in one piece.
func (p *process) grow(op string, n int64) error {
	n += largeBytes
	// Memory that is free now may be in use before it is needed, so that the memory may have to
	// grow by as much again.
	if err := probe(2*n, true); err != nil {
		return &EngineError{Op: op, Reason: "no memory for " + limits.Bytes(n).String() + " of sets and texts",
			Err: err}
	}
	err := p.guard(op, func() error {
		_, err := matchRE2(p.filler, "", int(n/fillerWidth))
		return err
	})
	if err == nil {
		p.reserved = max(p.reserved, n-largeBytes)
	}
	return err
}

// guard calls RE2 and makes an error of a panic. p.mu is held.
func (p *process) guard(op string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			p.failed = fmt.Errorf("panic: %v", r)
			err = &EngineError{Op: op, Reason: "it has failed", Err: p.failed}
		}
	}()
	if err := f(); err != nil {
		return &EngineError{Op: op, Reason: "it has failed", Err: err}
	}
	return nil
}

// call calls RE2 outside of the lock and makes an error of a panic. RE2's state is unknown then,
// locks of its own may be held forever, and so no call follows.
func (p *process) call(op string, f func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			failed := fmt.Errorf("panic: %v", r)
			p.mu.Lock()
			defer p.mu.Unlock()
			p.failed = failed
			err = &EngineError{Op: op, Reason: "it has failed", Err: failed}
		}
	}()
	return f()
}
