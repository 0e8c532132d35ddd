package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/internal/rematch"
	"github.com/seed73825598/airlock/limits"
)

// What a result is accounted for in memory, the same on every architecture: a position, and the header of a slice or string.
const (
	positionBytes = 8
	headerBytes   = 24
)

// meter begins an operation: it refuses what was not compiled, charges the input, and lets a context that is done already speak at once, which the meter alone would only see after 65,536 steps.
func (re *Regexp) meter(ctx context.Context, op string, input int) (limits.Meter, error) {
	if re == nil || re.prog == nil {
		return limits.Meter{}, &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "the Regexp", Reason: "was not made by Compile"}}}
	}
	m := re.lim.Meter(ctx, op)
	var err error
	if ctx != nil && ctx.Err() != nil {
		err = m.Err()
	} else {
		err = m.Spend(limits.InputBytes, int64(input))
	}
	if err != nil {
		return limits.Meter{}, m.Finish(err)
	}
	return m, nil
}

// matches walks over the matches of one text from left to right, as all find-all, replace and split operations of the regexp package do: no match overlaps another one, and an empty match right behind a match is none.
type matches[T rematch.Text] struct {
	re   *Regexp
	s    *rematch.Scratch
	in   T
	pos  int // where the next search begins; beyond the end of the text there is none
	last int // where the last match ended
}

// walk begins with the first match.
func walk[T rematch.Text](re *Regexp, s *rematch.Scratch, in T) matches[T] {
	return matches[T]{re: re, s: s, in: in, last: -1}
}

// next finds the next match, charges it as an item and fills caps with its positions.
func (w *matches[T]) next(m *limits.Meter, caps []int) (bool, error) {
	for w.pos <= len(w.in) {
		found, err := rematch.Find(w.re.prog, w.s, m, w.in, w.pos, caps)
		if err != nil {
			return false, err
		}
		if !found {
			break
		}
		again := false
		if caps[1] == w.pos {
			again = caps[0] == w.last
			w.pos += rematch.Width(w.in, w.pos)
		} else {
			w.pos = caps[1]
		}
		w.last = caps[1]
		if !again {
			return true, m.Spend(limits.Items, 1)
		}
	}
	w.pos = len(w.in) + 1
	return false, nil
}
