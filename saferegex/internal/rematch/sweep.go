package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// sweep makes finding all matches linear. A search must often read far beyond a match to know that
// nothing of more priority follows: [ab]*c|a on a text of a's reads all of the text for each a, and
// so every search by itself is linear and all of them together are quadratic.
//
// Once that is seen to happen, the rest of the text is read one time backwards, from its end, by an
// automaton for which every position may be the end of a match. Its state at a position says which
// instructions can read the character there on some way to a match, so that with the states at hand
// a match is found by walking forwards along its own characters, the way of most priority, without
// looking ahead. The states at all positions would take too much memory. Those at the ends of
// blocks are kept, and a block is read again when the search has come to it.
type sweep struct {
	a     *automaton
	ends  []visit // of each block, the last position and the state there
	first int     // where the first block begins
	block int     // the block whose states are in rows
	low   int     // the position of the first of rows: the last one of the block before, or first
	rows  []uint32
	trail walker // for its stack and set
}

// visit is a state of the automaton at a position.
type visit struct{ pos, row int }

const (
	// sweepBlock is the length of a block in bytes.
	sweepBlock = stepBlock
	visitBytes = 16
	// mayBegin marks, in sweep.rows, a position at which a match may begin.
	mayBegin = 1 << 31
	// sweepAfter is how many times the length of the text may be read beyond matches before a sweep
	// is begun.
	sweepAfter = 4
)

// beginSweep reads the text once, from its end to first. It reports false if the automaton had to
// throw states away: then what was kept for the blocks is worth nothing.
func beginSweep[T Text](w *sweep, a *automaton, m *limits.Meter, in T, first int) (bool, error) {
	blocks := (len(in)-first)/sweepBlock + 1
	memory := int64(blocks)*visitBytes + (sweepBlock+8)*4 + int64(len(a.p.insts))*walkerBytes
	if err := m.Hold(limits.MemoryBytes, memory); err != nil {
		return false, err
	}
	w.a, w.first, w.block = a, first, blocks
	if cap(w.ends) < blocks {
		w.ends = make([]visit, blocks)
	}
	w.ends = w.ends[:blocks]
	if w.rows == nil {
		w.rows = make([]uint32, sweepBlock+8)
	}
	row, err := a.startRow(m, kindEdge)
	if err != nil {
		return false, err
	}
	at := visit{len(in), row}
	flushes := a.flushes
	for k := blocks - 1; k >= 0; k-- {
		w.ends[k] = at
		if at, err = readBack(w, m, in, at, first+k*sweepBlock, false); err != nil {
			return false, err
		}
		if a.off || a.flushes != flushes {
			return false, nil
		}
	}
	return true, nil
}

// readBack reads from a position back to low, or a little less if low is inside of a character.
// With keep set, it keeps the states in rows, and marks where a match may begin.
func readBack[T Text](w *sweep, m *limits.Meter, in T, at visit, low int, keep bool) (visit, error) {
	a := w.a
	flushes := a.flushes
	for began := at.pos; at.pos > low; {
		var col, size int
		if b := in[at.pos-1]; b < 0x80 {
			col, size = int(a.cols[b]), 1
		} else {
			r, n := decodeLast(in, at.pos)
			col, size = int(a.p.classes.of(r)), n
		}
		e := a.table[at.row+col]
		if e.mark()&epochMask != a.epoch {
			var err error
			if e, err = a.take(m, at.row, col); err != nil || a.flushes != flushes {
				return at, err
			}
		}
		if keep {
			w.note(at, e)
		}
		at = visit{at.pos - size, e.row()}
		a.read++
		if began-at.pos >= stepBlock || at.pos <= low {
			if err := m.Step(int64(began - at.pos)); err != nil {
				return at, err
			}
			began = at.pos
		}
	}
	return at, nil
}

// note keeps the state at a position, and whether the transition from it says that a match may
// begin there.
func (w *sweep) note(at visit, e transition) {
	row := uint32(at.row) //nolint:gosec // Rows fit.
	if e.mark()&edgeMatch != 0 {
		row |= mayBegin
	}
	w.rows[at.pos-w.low] = row
}

// load puts the states of a block into rows.
func load[T Text](w *sweep, m *limits.Meter, in T, k int) error {
	w.block, w.low = k, w.first
	if k > 0 {
		w.low = w.ends[k-1].pos
	}
	clear(w.rows)
	at, err := readBack(w, m, in, w.ends[k], w.low, true)
	if err != nil || k > 0 {
		return err
	}
	// Nothing is read before the first position, but a match may begin there.
	col := w.a.edge()
	if w.first > 0 {
		r, _ := decodeLast(in, w.first)
		col = int(w.a.p.classes.of(r))
	}
	e, err := w.a.take(m, at.row, col)
	w.note(at, e)
	return err
}

// stateAt returns what is kept of a position, which is not before that of the last call.
func stateAt[T Text](w *sweep, m *limits.Meter, in T, pos int) (uint32, error) {
	k := w.block
	if k == len(w.ends) {
		k = 0
	}
	for k < len(w.ends)-1 && pos > w.ends[k].pos {
		k++
	}
	if k != w.block {
		if err := load(w, m, in, k); err != nil {
			return 0, err
		}
	}
	return w.rows[pos-w.low], nil
}

// findSwept finds the leftmost match that begins at from or later, and its groups.
func findSwept[T Text](w *sweep, m *limits.Meter, in T, from int, caps []int) (bool, error) {
	for i := from; i <= len(in); {
		s, err := stateAt(w, m, in, i)
		if err != nil {
			return false, err
		}
		if s&mayBegin != 0 {
			return true, walkSwept(w, m, in, i, caps)
		}
		// The rest of the block is looked through for the next mark.
		end := w.ends[w.block].pos
		j := i + 1
		for j <= end && w.rows[j-w.low]&mayBegin == 0 {
			j++
		}
		if err := m.Step(int64(j - i)); err != nil {
			return false, err
		}
		i = j
	}
	return false, nil
}

// walkSwept fills caps with the match that begins at start.
func walkSwept[T Text](w *sweep, m *limits.Meter, in T, start int, caps []int) error {
	p, c := w.a.p, &w.a.p.classes
	for i := range caps {
		caps[i] = -1
	}
	pc := p.start
	before := kindOther
	if p.asserts != 0 {
		before = kindBefore(c, in, start)
	}
	for i := start; ; {
		_, size, after := look(c, in, i)
		s, err := stateAt(w, m, in, i)
		if err != nil {
			return err
		}
		alive := w.a.states[int(s&^mayBegin)/w.a.stride].list
		w.trail.seen.reset(len(p.insts))
		next, err := w.trail.step(p, m, pc, i, c.flags[before][after], alive, true, caps)
		if err != nil {
			return err
		}
		if next == hasMatched {
			if len(caps) > 0 {
				caps[0], caps[1] = start, i
			}
			return nil
		}
		pc, i, before = next, i+size, after
	}
}
