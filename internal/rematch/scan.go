package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// readBlock is how many bytes an automaton reads at most before it charges them, a step each.
const readBlock = 16_384

// findEnd runs a forward automaton over in[from:] and returns where the leftmost match ends, or -1. With any set it returns at the first end of a match that it sees. It reports off if the automaton has given up.
func findEnd[T Text](a *automaton, m *limits.Meter, in T, from int, any bool) (end int, off bool, err error) {
	row, err := a.startRow(m, kindBefore(&a.p.classes, in, from))
	if err != nil || a.off {
		return -1, a.off, err
	}
	end = -1
	i := from
	for {
		table, epoch, cols := a.table, a.epoch, &a.cols
		began, limit := i, min(len(in), i+readBlock)
		for i < limit {
			e := table[row+int(cols[in[i]])]
			if hi := uint32(e >> 32); hi != epoch {
				if hi != epoch|edgeMatch || any {
					break
				}
				end = i
			}
			row = int(uint32(e)) //nolint:gosec // Rows fit.
			i++
		}
		a.read += int64(i - began)
		if err := m.Step(int64(i - began)); err != nil {
			return -1, false, err
		}
		if i == limit && i < len(in) {
			continue
		}
		// Here is the end of the text, a character that must be decoded, or a transition with something to it.
		col, size := a.edge(), 1
		if i < len(in) {
			var class uint16
			class, size, _ = look(&a.p.classes, in, i)
			col = int(class)
		}
		e, err := a.take(m, row, col)
		if err != nil || a.off {
			return -1, a.off, err
		}
		hi := uint32(e >> 32)
		if hi&edgeMatch != 0 {
			end = i
			if any {
				return end, false, nil
			}
		}
		if hi&edgeStop != 0 || i == len(in) {
			return end, false, nil
		}
		row = int(uint32(e)) //nolint:gosec // Rows fit.
		a.read++
		i += size
		if err := m.Step(int64(size)); err != nil {
			return -1, false, err
		}
	}
}

// findStart runs the reverse automaton from the end of a match back to from at the farthest, and returns where the match begins, or -1. trail, if it is not nil, takes the state at each position: that of position i is at trail[end-i].
func findStart[T Text](a *automaton, m *limits.Meter, in T, from, end int, trail []uint32) (start int, off bool, err error) {
	_, _, after := look(&a.p.classes, in, end)
	row, err := a.startRow(m, after)
	if err != nil || a.off {
		return -1, a.off, err
	}
	start = -1
	i := end
	for {
		table, epoch, cols := a.table, a.epoch, &a.cols
		began, limit := i, max(from, i-readBlock)
		for i > limit {
			e := table[row+int(cols[in[i-1]])]
			if hi := uint32(e >> 32); hi != epoch {
				if hi != epoch|edgeMatch {
					break
				}
				start = i
			}
			row = int(uint32(e)) //nolint:gosec // Rows fit.
			i--
			if trail != nil {
				trail[end-i] = uint32(row) //nolint:gosec // Rows fit.
			}
		}
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
		hi := uint32(e >> 32)
		if hi&edgeMatch != 0 {
			start = i
		}
		if hi&edgeStop != 0 || i <= from {
			return start, false, nil
		}
		row = int(uint32(e)) //nolint:gosec // Rows fit.
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
