package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// readBlock is how many bytes an automaton reads at most before it charges them, a step each.
const readBlock = stepBlock

// findEnd runs a forward automaton over in[from:] and returns where the leftmost match ends, or -1.
// With first set it returns at the first end of a match that it sees. It also returns where no
// match is open at passed or later, if what every match contains is to be looked for there; a.rest
// says where. It reports off if the automaton has given up.
func findEnd[T Text](a *automaton, m *limits.Meter, in T, from, passed int, first bool) (end int, off bool, err error) {
	a.rest = -1
	row, err := a.startRow(m, kindBefore(&a.p.classes, in, from))
	if err != nil || a.off {
		return -1, a.off, err
	}
	end = -1
	i, credit := from, idleCredit
	if a.idles == forFirst {
		if i, credit, err = skipAutomaton(a, m, in, i, credit); err != nil {
			return -1, false, err
		}
	}
	for {
		began, limit := i, min(len(in), i+readBlock)
		for i < limit {
			if first {
				i, row = forwards(a.table, &a.cols, in, i, limit, row, a.epoch)
			} else {
				i, row, end = forwardsMatching(a.table, &a.cols, in, i, limit, row, a.epoch, end)
			}
			at := i
			if at < limit && in[at] >= 0x80 {
				i, row, end = forwardsBeyond(a, in, at, limit, row, end, first)
			}
			if i == at {
				break
			}
		}
		a.read += int64(i - began)
		a.reached = i
		if err := m.Step(int64(i - began)); err != nil {
			return -1, false, err
		}
		if i >= limit && i < len(in) {
			continue
		}
		// Here is the end of the text, a character that must be decoded, or a transition with
		// something to it.
		e, size, err := takeAt(a, m, in, i, row)
		if err != nil || a.off {
			return -1, a.off, err
		}
		hi := e.mark()
		if hi&edgeMatch != 0 {
			end = i
			if first {
				return end, false, nil
			}
		}
		if hi&edgeStop != 0 || i == len(in) {
			return end, false, nil
		}
		row = e.row()
		a.read++
		i += size
		if err := m.Step(int64(size)); err != nil {
			return -1, false, err
		}
		if hi&edgeIdle == 0 {
			continue
		}
		switch a.idles {
		case never:
		case forPrefix:
			// No match has begun, and none will before the next prefix.
			if i, err = index(m, in, i, &a.p.prefix); i < 0 || err != nil {
				return -1, false, err
			}
		case forRequired:
			if i >= passed && i < len(in) {
				a.rest = i
				return -1, false, nil
			}
		case forFirst:
			if i, credit, err = skipAutomaton(a, m, in, i, credit); err != nil {
				return -1, false, err
			}
		}
	}
}

// takeAt takes the transition for the character at i, or for the end of the text, and returns it
// with the length of the character.
func takeAt[T Text](a *automaton, m *limits.Meter, in T, i, row int) (e transition, size int, err error) {
	col, size := a.edge(), 1
	if i < len(in) {
		if b := in[i]; b < 0x80 {
			col = int(a.cols[b])
		} else {
			var r rune
			r, size = decode(in, i)
			col = int(a.p.classes.of(r))
		}
	}
	e, err = a.take(m, row, col)
	return e, size, err
}

// findStart runs the reverse automaton from the end of a match back to from at the farthest, and
// returns where the match begins, or -1. w, if it is not nil, gets the state at each position: that
// of position i is at trail[end-i].
func findStart[T Text](a *automaton, m *limits.Meter, in T, from, end int, w *walker) (start int, off bool, err error) {
	_, _, after := look(&a.p.classes, in, end)
	row, err := a.startRow(m, after)
	if err != nil || a.off {
		return -1, a.off, err
	}
	start = -1
	i := end
	var trail []uint32
	for {
		began, limit := i, max(from, i-readBlock)
		if w != nil {
			if err := w.room(a.p, m, end-limit+4); err != nil {
				return -1, false, err
			}
			trail = w.trail
		}
		i, row, start = backwards(a, in, i, limit, row, start, end, trail)
		a.read += int64(began - i)
		if err := m.Step(int64(began - i)); err != nil {
			return -1, false, err
		}
		if i == limit && i > from {
			continue
		}
		col, size := a.edge(), 1
		if i > 0 {
			r, n := decodeLast(in, i)
			col, size = int(a.p.classes.of(r)), n
		}
		flushes := a.flushes
		e, err := a.take(m, row, col)
		if err != nil || a.off || trail != nil && flushes != a.flushes {
			return -1, true, err
		}
		hi := e.mark()
		if hi&edgeMatch != 0 {
			start = i
		}
		if hi&edgeStop != 0 || i <= from {
			a.reached = i
			return start, false, nil
		}
		row = e.row()
		a.read++
		i -= size
		if trail != nil {
			trail[end-i] = uint32(row) //nolint:gosec // Rows fit.
		}
		if err := m.Step(int64(size)); err != nil {
			return -1, false, err
		}
	}
}

// forwards takes transitions that are there, that were charged in this epoch, and that have nothing
// to them, from i up to limit. It is the loop that the speed of everything depends on: a character
// takes one dependent load.
func forwards[T Text](table []transition, cols *[256]uint16, in T, i, limit, row int, epoch uint32) (at, to int) {
	for ; i+4 <= limit; i += 4 {
		e := table[row+int(cols[in[i]])]
		if e.mark() != epoch {
			return i, row
		}
		f := table[e.row()+int(cols[in[i+1]])]
		if f.mark() != epoch {
			return i + 1, e.row()
		}
		e = table[f.row()+int(cols[in[i+2]])]
		if e.mark() != epoch {
			return i + 2, f.row()
		}
		f = table[e.row()+int(cols[in[i+3]])]
		if f.mark() != epoch {
			return i + 3, e.row()
		}
		row = f.row()
	}
	for ; i < limit; i++ {
		e := table[row+int(cols[in[i]])]
		if e.mark() != epoch {
			break
		}
		row = e.row()
	}
	return i, row
}

// plainRun is after how many characters of ASCII in a row text is read by the loops for that alone.
const plainRun = 16

// forwardsBeyond is forwardsMatching for text of which a part is beyond ASCII, and forwards if
// first is set.
func forwardsBeyond[T Text](a *automaton, in T, i, limit, row, end int, first bool) (at, to, last int) {
	table, epoch, c := a.table, a.epoch, &a.p.classes
	matches := epoch | edgeMatch
	if first {
		matches = epoch
	}
	run := 0 // of the last character of three bytes or more: many characters of a text are in one
	for plain := 0; i < limit && plain < plainRun; {
		b := in[i]
		var col int
		size := 1
		switch {
		case b < 0x80:
			col = int(c.ascii[b])
			plain++
		case b >= 0xC2 && b < 0xE0 && i+1 < len(in) && continues(in[i+1]) && c.low != nil:
			col, size = int(c.low[int(b&0x1F)<<6|int(in[i+1]&0x3F)-128]), 2
			plain = 0
		default:
			var r rune
			r, size = decode(in, i)
			if r < c.starts[run] || run+1 < len(c.starts) && r >= c.starts[run+1] {
				run = c.run(r)
			}
			col = int(c.runs[run])
			plain = 0
		}
		e := table[row+col]
		if e.mark() != epoch {
			if e.mark() != matches {
				break
			}
			end = i
		}
		row = e.row()
		i += size
	}
	return i, row, end
}

// forwardsMatching is forwards that also takes transitions before which a match may end, and
// returns the last such place.
func forwardsMatching[T Text](table []transition, cols *[256]uint16, in T, i, limit, row int, epoch uint32,
	end int) (at, to, last int) {
	for i < limit {
		if i, row = forwards(table, cols, in, i, limit, row, epoch); i == limit {
			break
		}
		for ; i < limit; i++ {
			e := table[row+int(cols[in[i]])]
			if e.mark() != epoch|edgeMatch {
				if e.mark() == epoch {
					break
				}
				return i, row, end
			}
			end = i
			row = e.row()
		}
	}
	return i, row, end
}

// backwards is forwardsMatching in the other direction, from i down to limit, and leaves the states
// after in trail unless that is nil.
func backwards[T Text](a *automaton, in T, i, limit, row, start, end int, trail []uint32) (at, to, last int) {
	table, cols, epoch := a.table, &a.cols, a.epoch
	c := &a.p.classes
	for i > limit {
		b := in[i-1]
		col, size := int(cols[b]), 1
		if b >= 0x80 && c.low != nil && i-2 >= limit && continues(b) && in[i-2] >= 0xC2 && in[i-2] < 0xE0 {
			col, size = int(c.low[int(in[i-2]&0x1F)<<6|int(b&0x3F)-128]), 2
		}
		e := table[row+col]
		if hi := e.mark(); hi != epoch {
			if hi != epoch|edgeMatch {
				break
			}
			start = i
		}
		row = e.row()
		i -= size
		if trail != nil {
			trail[end-i] = uint32(row) //nolint:gosec // Rows fit.
		}
	}
	return i, row, start
}
