package rematch

import (
	"regexp/syntax"
	"sort"

	"github.com/seed73825598/airlock/limits"
)

// walker finds the groups of a match whose ends are known. The reverse automaton has kept,
// for each position in the match, which instructions can read the character there on a way that
// ends where the match ends. So there is nothing to try: at each position the walker follows the
// program in the order of priority to the first such instruction, and goes on after the character.
// It looks at instructions in the order in which a Pike machine adds threads, so the groups are the
// same, in time of the match's length and without copying positions.
type walker struct {
	seen  set
	stack []frame
	trail []uint32
	held  int64 // bytes that the running operation has been charged for
}

// walkerBytes is what a walker is accounted for by instruction.
const walkerBytes = 4 + 16

// room makes the trail long enough for n bytes, and charges what it grows beyond the length it has
// had in this operation.
func (w *walker) room(p *Program, m *limits.Meter, n int) error {
	if need := int64(len(p.insts))*walkerBytes + int64(n+1)*4; need > w.held {
		if err := m.Hold(limits.MemoryBytes, need-w.held); err != nil {
			return err
		}
		w.held = need
	}
	trail, err := grown(m, w.trail, n+1)
	w.trail = trail
	return err
}

// lookElements is how many elements are copied at once where something grows, between two looks at
// the clock.
const lookElements = 32 << 10

// grown returns s with a length of n, in a larger array with what was there if need be. Copying
// costs no steps: whether there is any depends on what was there before.
func grown[E any](m *limits.Meter, s []E, n int) ([]E, error) {
	if cap(s) >= n {
		return s[:n], nil
	}
	larger := make([]E, n, max(n, cap(s)+cap(s)/2, 64))
	s = s[:cap(s)]
	for at := 0; at < len(s); at += lookElements {
		copy(larger[at:], s[at:min(len(s), at+lookElements)])
		if at > 0 {
			if err := m.Err(); err != nil {
				return nil, err
			}
		}
	}
	return larger, nil
}

// walk fills caps, whose first two positions are known, from the trail of the reverse automaton a.
func walk[T Text](p *Program, w *walker, a *automaton, m *limits.Meter, in T, caps []int) error {
	c := &p.classes
	from, end := caps[0], caps[1]
	for i := 2; i < len(caps); i++ {
		caps[i] = -1
	}
	pc := p.start
	var holds syntax.EmptyOp
	before := kindOther
	if p.asserts != 0 {
		before = kindBefore(c, in, from)
	}
	for i := from; ; {
		size, after := 1, kindOther
		if p.asserts != 0 || i < end && in[i] >= 0x80 {
			_, size, after = look(c, in, i)
			holds = c.flags[before][after]
		}
		alive := ""
		if i < end {
			alive = a.states[int(w.trail[end-i])/a.stride].list
		}
		w.seen.reset(len(p.insts))
		next, err := w.step(p, m, pc, i, holds, alive, i == end, caps)
		if err != nil || next == hasMatched {
			return err
		}
		pc = next
		i += size
		before = after
	}
}

// step goes from pc to the first instruction that is alive, or to the match if it may end here, and
// returns what is after that instruction; hasMatched after the match.
func (w *walker) step(p *Program, m *limits.Meter, pc uint32, pos int, holds syntax.EmptyOp, alive string, end bool,
	caps []int) (uint32, error) {
	stack := w.stack[:0]
	for {
		if w.seen.visit(pc) {
			if err := m.Step(1); err != nil {
				return 0, err
			}
			in := &p.insts[pc]
			switch in.op {
			case opFail:
			case opAlt:
				stack = append(stack, frame{pc: in.arg, slot: -1})
				pc = in.out
				continue
			case opNop:
				pc = in.out
				continue
			case opAssert:
				if in.asserts()&^holds == 0 {
					pc = in.out
					continue
				}
			case opCapture:
				if int(in.arg) < len(caps) {
					//nolint:gosec // Less than the number of positions.
					stack = append(stack, frame{slot: int32(in.arg), old: caps[in.arg]})
					caps[in.arg] = pos
				}
				pc = in.out
				continue
			case opMatch:
				if end {
					w.stack = stack
					return hasMatched, nil
				}
			case opClass, opSet, opAny:
				if contains(alive, pc) {
					w.stack = stack
					return in.out, nil
				}
			}
		}
		for {
			n := len(stack) - 1
			if n < 0 {
				// There is a way, or the automaton would not have found this match.
				return 0, errLost
			}
			f := stack[n]
			stack = stack[:n]
			if f.slot < 0 {
				pc = f.pc
				break
			}
			caps[f.slot] = f.old
		}
	}
}

// contains reports whether a sorted list holds an instruction.
func contains(list string, pc uint32) bool {
	if len(list) == 4 {
		return at(list, 0) == pc
	}
	n := len(list) / 4
	i := sort.Search(n, func(i int) bool { return at(list, 4*i) >= pc })
	return i < n && at(list, 4*i) == pc
}
