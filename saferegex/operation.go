package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// The memory that a result is accounted with, the same on every architecture: a position, and the
// header of a slice or string.
const (
	positionBytes = 8
	headerBytes   = 24
)

// usable refuses what Compile has not made.
func (re *Regexp) usable(op string) error {
	if re == nil || re.prog == nil {
		return setup.Misuse(op, "the Regexp", "was not made by Compile")
	}
	return nil
}

// admit begins an operation: it charges the input, and lets a context that is done already speak at
// once, which the meter alone would only see after 65,536 steps.
func admit(ctx context.Context, m *limits.Meter, input int) error {
	if ctx != nil && ctx.Err() != nil {
		return m.Err()
	}
	return m.Spend(limits.InputBytes, int64(input))
}

// finish ends an operation that something has left by a panic: a callback or a reader of the
// caller's, or an observer that was told of a soft limit. Its place in a Pool and its memory in an
// envelope are given back. An operation that has come to its end has done so before.
func finish(m *limits.Meter) { _ = m.Finish(nil) }

// The charge for each search of a find-all, a replace or a split besides what it reads, found or
// not: an empty match reads nothing, and to begin a search takes as long as that many steps.
const searchSteps = 32

// matches walks over the matches of one text from left to right, as all find-all, replace and split
// operations of the regexp package do: no match overlaps another one, and an empty match right
// after a match is none.
type matches[T rematch.Text] struct {
	run *rematch.Run
	readable[T]
	pos  int // where the next search begins; beyond the end of the text there is none
	last int // where the last match ended
}

// walk begins with the first match.
func walk[T rematch.Text](run *rematch.Run, x readable[T]) matches[T] {
	return matches[T]{run: run, readable: x, last: -1}
}

// next finds the next match, charges it as an item and fills caps with its positions.
func (w *matches[T]) next(m *limits.Meter, caps []int) (bool, error) {
	for w.pos <= w.size() {
		if err := m.Step(searchSteps + int64(len(caps))); err != nil {
			return false, err
		}
		found, err := w.find(w.run, m, w.pos, caps)
		if err != nil {
			return false, err
		}
		if !found {
			break
		}
		again := false
		if caps[1] == w.pos {
			again = caps[0] == w.last
			w.pos += w.width(w.pos)
		} else {
			w.pos = caps[1]
		}
		w.last = caps[1]
		if !again {
			if err := w.narrowAll(m, caps); err != nil {
				return false, err
			}
			return true, m.Spend(limits.Items, 1)
		}
	}
	w.pos = w.size() + 1
	return false, nil
}
