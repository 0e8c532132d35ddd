package rematch

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A leap has an automaton read ahead of a [Stream] of which no match has begun. Where the automaton
// is back in the state in which a search begins, no match has begun either, and the stream goes on
// there. Most of a text has no match in it, and an automaton reads it many times as fast as a Pike
// machine does.

// leapBytes is how much is read between two questions whether a match has begun.
const leapBytes = 128

// findHome finds out whether the state in which a search begins says that no match has begun: where
// a match that has begun never stands at an instruction at which one begins.
func (p *Program) findHome() {
	if p.anchored || len(p.starts.leaves) == 0 {
		return
	}
	for i := range p.starts.leaves {
		if p.starts.leaves[i].op == opMatch {
			return
		}
	}
	if p.starts.plain {
		p.home = true // One that begins stands at none: it reads the next character.
		return
	}
	begins, goesOn := make([]bool, len(p.insts)), make([]bool, len(p.insts))
	stack := p.standing(begins, nil, p.start)
	for pc := range p.insts {
		if in := &p.insts[pc]; in.op == opClass || in.op == opSet || in.op == opAny {
			stack = p.standing(goesOn, stack, in.out)
		}
	}
	for pc, in := range p.insts {
		if begins[pc] && goesOn[pc] && in.op != opAlt && in.op != opNop && in.op != opCapture {
			return
		}
	}
	p.home = true
}

// standing marks the instructions from pc up to those that wait for a character.
func (p *Program) standing(marks []bool, stack []uint32, pc uint32) []uint32 {
	stack = append(stack[:0], pc)
	for len(stack) > 0 {
		pc := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if marks[pc] {
			continue
		}
		marks[pc] = true
		switch in := &p.insts[pc]; in.op {
		case opAlt:
			stack = append(stack, in.arg, in.out)
		case opNop, opCapture:
			stack = append(stack, in.out)
		case opFail, opMatch, opAssert, opClass, opSet, opAny:
		}
	}
	return stack
}

// leap goes on to a later character before which no match has begun, if there is one that the
// automaton finds. It passes over nothing that may become a match longer than the window.
func (s *Stream) leap(r *Run, m *limits.Meter, in []byte, final bool) error {
	p, end := s.p, len(in)
	if !final {
		end = complete(in)
	}
	if r == nil || !p.home || s.window < 4*leapBytes || s.pos < s.walk || end-s.pos < leapBytes {
		return nil
	}
	to := s.pos
	var err error
	if p.tables != nil && p.tables.search != nil {
		to, err = tableLeap(p, p.tables.search, m, in[:end], s.pos, s.window)
	} else {
		var a *automaton
		if a, err = r.scratch().automaton(p, m, search); a != nil {
			to, err = automatonLeap(a, m, in[:end], s.pos, s.window)
		}
	}
	if err != nil {
		return err
	}
	// The automaton has read the rest in vain: the machine has to read it again.
	s.walk = to
	if to < end {
		s.walk += leapBytes
	}
	if s.wide {
		s.read += utf8.RuneCount(in[s.pos:to])
	}
	s.pos = to
	return nil
}

// complete returns how much of a text is whole characters, or known to be cut off.
func complete(in []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(in); n++ {
		if at := len(in) - n; utf8.RuneStart(in[at]) {
			if !utf8.FullRune(in[at:]) {
				return at
			}
			break
		}
	}
	return len(in)
}

// tableLeap returns the last position up to the end of in before which no match has begun or ended,
// and none on the way was open for more than window bytes.
func tableLeap(p *Program, t *table, m *limits.Meter, in []byte, from, window int) (int, error) {
	r, home := t.begin(from, kindBefore(&p.classes, in, from)), from
	for !r.done && r.pos-home <= window {
		began := r.pos
		readTable(p, t, in, min(len(in), began+leapBytes), true, &r)
		for range leapBytes {
			if r.done || t.home(r.row) {
				break
			}
			readTable(p, t, in, r.pos+1, true, &r)
		}
		if r.pos-home <= window && r.found < 0 && t.home(r.row) {
			home = r.pos
		}
		if err := m.Step(int64(r.pos-began) + 1); err != nil {
			return 0, err
		}
	}
	return home, nil
}

// home reports whether a row is that of a state in which a search begins.
func (t *table) home(row int) bool {
	for _, start := range t.starts {
		if int(start) == row {
			return true
		}
	}
	return false
}

// automatonLeap is tableLeap with an automaton that makes its states.
func automatonLeap(a *automaton, m *limits.Meter, in []byte, from, window int) (int, error) {
	row, err := a.startRow(m, kindBefore(&a.p.classes, in, from))
	if err != nil {
		return 0, err
	}
	home, asks := from, from+leapBytes
	for i := from; i < len(in) && i-home <= window && !a.off; {
		began := i
		i, row = forwards(a.table, &a.cols, in, i, min(len(in), max(asks, i+1)), row, a.epoch)
		if i == began {
			e, size, err := takeAt(a, m, in, i, row)
			if err != nil || e.mark()&edgeMatch != 0 {
				return home, err
			}
			row = e.row()
			i += size
		}
		a.read += int64(i - began)
		if err := m.Step(int64(i - began)); err != nil {
			return 0, err
		}
		if i >= asks && i-home <= window && a.states[row/a.stride].list == a.home {
			home, asks = i, i+leapBytes
		}
	}
	return home, nil
}
