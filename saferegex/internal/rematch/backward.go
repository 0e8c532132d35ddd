package rematch

import (
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// links lists, for each instruction, those that lead to it: the program with its arrows turned
// around. It is what the reverse automaton walks along, so that no second program is needed.
type links struct {
	// where the list of an instruction begins in from; one more than there are instructions
	first []uint32
	from  []uint32
}

// linkBytes is what links are accounted for by instruction.
const linkBytes = 4 + 2*4

// link fills in the links.
func (p *Program) link() {
	n := len(p.insts)
	first := make([]uint32, n+1)
	each := func(f func(from int, to uint32)) {
		for pc := range p.insts {
			switch in := &p.insts[pc]; in.op {
			case opFail, opMatch:
			case opAlt:
				f(pc, in.out)
				if in.arg != in.out {
					f(pc, in.arg)
				}
			case opNop, opCapture, opAssert, opClass, opSet, opAny:
				f(pc, in.out)
			}
		}
	}
	each(func(_ int, to uint32) { first[to+1]++ })
	for i := range n {
		first[i+1] += first[i]
	}
	from := make([]uint32, first[n])
	at := slices.Clone(first[:n])
	each(func(pc int, to uint32) {
		from[at[to]] = uint32(pc) //nolint:gosec // Not negative.
		at[to]++
	})
	p.links = links{first, from}
}

// to returns the instructions that lead to pc.
func (l *links) to(pc uint32) []uint32 { return l.from[l.first[pc]:l.first[pc+1]] }

// stepBack makes a transition of the reverse automaton. The state holds the instructions that read
// the character after this position, on some way to the end of the match, and the kind of that
// character. The column is that of the character before this position. Now that both are known, it
// is known which instructions can be executed here: if the first of the program is among them, a
// match may begin here. The next state holds those that lead here by reading the character before.
func (a *automaton) stepBack(m *limits.Meter, number, col int) (next int, flags uint32, err error) {
	s := a.states[number]
	before := kindEdge
	if col != a.edge() {
		before = a.p.classes.kinds[col]
	}
	holds := a.p.classes.flags[before][s.kind]
	a.now.reset(len(a.p.insts))
	a.next.reset(len(a.p.insts))
	for i := 0; i < len(s.list); i += 4 {
		pc := at(s.list, i)
		if pc == a.restart() {
			a.now.list = append(a.now.list, a.p.matches...)
		} else if a.now.visit(pc) {
			a.now.list = append(a.now.list, pc)
		}
	}
	// a.now.list grows while it is read: all that leads here without reading anything.
	for i := 0; i < len(a.now.list); i++ {
		for _, pc := range a.p.links.to(a.now.list[i]) {
			if err := a.spend(m); err != nil {
				return 0, 0, err
			}
			in := &a.p.insts[pc]
			switch in.op {
			case opClass, opSet, opAny:
				if col != a.edge() && a.p.reads(in, col) && a.next.visit(pc) {
					a.next.list = append(a.next.list, pc)
				}
			case opAssert:
				if in.asserts()&^holds == 0 && a.now.visit(pc) {
					a.now.list = append(a.now.list, pc)
				}
			case opAlt, opNop, opCapture:
				if a.now.visit(pc) {
					a.now.list = append(a.now.list, pc)
				}
			case opFail, opMatch:
			}
		}
	}
	if !a.now.visit(a.p.start) {
		flags = edgeMatch
	}
	slices.Sort(a.next.list)
	if a.way == every {
		a.next.list = append(a.next.list, a.restart())
	}
	next = a.intern(a.next.list, before, a.asserting(a.next.list))
	if next == 0 {
		flags |= edgeStop
	}
	return next, flags, nil
}
