package regexset

import (
	"errors"
	"runtime"
	"time"

	"github.com/seed73825598/airlock/limits"
)

// engine is a set in RE2's memory.
type engine struct {
	set   *re2Set
	ids   []int // of the patterns, by RE2's numbers
	insts int64
	held  int64
}

// newEngine compiles rendered patterns, the numbers of which are in ids.
func newEngine(o *operation, texts []string, ids []int, insts int64, most limits.Bytes) (*engine, error) {
	var length int64
	for _, text := range texts {
		length += int64(len(text))
	}
	held, passing := min(roomBytes(insts), int64(most)), compileBytes(length, insts)
	if err := o.meter.Hold(limits.MemoryBytes, held+passing); err != nil {
		return nil, err
	}
	if err := shared.acquire(o.ctx, o.op, held+passing); err != nil {
		return nil, err
	}
	e := &engine{ids: ids, insts: insts, held: held}
	err := shared.call(o.op, func() (err error) {
		e.set, err = compileRE2(texts, held)
		return err
	})
	shared.release(passing)
	if err != nil {
		shared.release(held)
		return nil, err
	}
	// The set's finalizer frees RE2's memory, and the cleanup runs when that is done.
	runtime.AddCleanup(e.set, shared.release, held)
	return e, nil
}

// The figures that RE2's time is foreseen from.
const (
	// instTime is what RE2 needs for an instruction and a byte of text at worst, when every byte
	// leads to a state that must be made.
	instTime = 2 * time.Nanosecond
	// rehearsedBytes is how much text RE2 gets at once in a rehearsal.
	rehearsedBytes = 4096
	// patience is how long a call may take that has no limit but a context.
	patience = time.Second
)

// find returns which of RE2's patterns match, as indexes in no order.
//
// A call of RE2 cannot be interrupted. It reads a text in linear time, but a byte costs a few
// nanoseconds or as many as the program has instructions, and which of them depends on the text. So
// where the worst would take longer than there is time, the text is first read in pieces, with a
// look at the clock and the context after each: what that costs is what the text as a whole costs,
// and most of it need not be done again, because the states that were made are kept. The answers
// are not used, for a match may lie across two pieces.
func (e *engine) find(o *operation, text string) ([]int, error) {
	n := len(e.ids)
	size := matchBytes(int64(len(text)), int64(n))
	if err := o.meter.Hold(limits.MemoryBytes, size); err != nil {
		return nil, err
	}
	defer o.meter.Release(limits.MemoryBytes, size)
	if err := shared.acquire(o.ctx, o.op, size); err != nil {
		return nil, err
	}
	defer shared.release(size)
	if worst := times(times(int64(len(text)), e.insts), int64(instTime)); worst > int64(o.left()) {
		if err := e.rehearse(o, text); err != nil {
			return nil, err
		}
	}
	found, err := e.match(o, text, n)
	if err != nil {
		return nil, err
	}
	for i, number := range found {
		found[i] = e.ids[number]
	}
	return found, o.meter.Err()
}

// rehearse reads the text in pieces, and refuses it if to read it as a whole would take too long.
func (e *engine) rehearse(o *operation, text string) error {
	began := time.Now()
	for len(text) > 0 {
		piece := text[:min(len(text), rehearsedBytes)]
		text = text[len(piece):]
		if _, err := e.match(o, piece, 1); err != nil {
			return err
		}
		if err := o.meter.Err(); err != nil {
			return err
		}
	}
	return o.foresee(time.Since(began))
}

// match calls RE2.
func (e *engine) match(o *operation, text string, n int) (found []int, err error) {
	err = shared.call(o.op, func() (err error) {
		found, err = matchRE2(e.set, text, n)
		return err
	})
	if err == nil {
		return found, nil
	}
	if _, failed := errors.AsType[*EngineError](err); failed {
		return nil, err
	}
	return nil, &EngineError{Op: o.op, Reason: "it has no answer", Err: err}
}
