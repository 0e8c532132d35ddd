package saferegex

import (
	"github.com/seed73825598/airlock/limits"
)

// blockBytes is how much of a result is held in one piece while it grows. To append to one slice
// copies all of it again and again, hundreds of megabytes between two looks at the clock. Blocks
// are joined once, at the end, with a look between two of them.
const blockBytes = 256 << 10

// list collects results.
type list[R any] struct {
	full  [][]R
	last  []R
	n     int
	bytes int64 // of one result, as it is charged to MemoryBytes
}

// add appends a result. A block is charged when it is made.
func (l *list[R]) add(m *limits.Meter, result R) error {
	if len(l.last) == cap(l.last) {
		// Small results take small blocks: each is twice as long as the one before.
		n := max(4, min(2*cap(l.last), int(blockBytes/l.bytes)))
		if err := m.Hold(limits.MemoryBytes, int64(n)*l.bytes); err != nil {
			return err
		}
		if len(l.last) > 0 {
			l.full = append(l.full, l.last)
		}
		l.last = make([]R, 0, n)
	}
	l.last = append(l.last, result)
	l.n++
	return nil
}

// join returns all results in one slice, nil if there are none.
func (l *list[R]) join(m *limits.Meter) ([]R, error) {
	if len(l.full) == 0 {
		return l.last, nil
	}
	if err := m.Hold(limits.MemoryBytes, int64(l.n)*l.bytes); err != nil {
		return nil, err
	}
	if err := m.Err(); err != nil {
		return nil, err
	}
	all := make([]R, 0, l.n)
	for _, block := range append(l.full, l.last) {
		if err := m.Step(int64(len(block)) * l.bytes / copiedPerStep); err != nil {
			return nil, err
		}
		all = append(all, block...)
	}
	return all, nil
}

// positions copies matches' positions, many of them into one array.
type positions struct {
	free []int
	took int // matches in the last array
}

// mostInArray is how many matches share an array at most: a caller that keeps one of them keeps the
// array.
const mostInArray = 32

// copyOf returns a copy of loc.
func (p *positions) copyOf(m *limits.Meter, loc []int) ([]int, error) {
	n := len(loc)
	if len(p.free) < n {
		p.took = max(1, min(2*p.took, mostInArray))
		if err := m.Hold(limits.MemoryBytes, int64(p.took*n)*positionBytes); err != nil {
			return nil, err
		}
		p.free = make([]int, p.took*n)
	}
	own := p.free[:n:n]
	p.free = p.free[n:]
	copy(own, loc)
	return own, nil
}
