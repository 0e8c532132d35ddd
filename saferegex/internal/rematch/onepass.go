package rematch

import (
	"math/bits"
	"regexp/syntax"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// onePass is a program in which, for a match that begins at a known place, the next character
// always decides the way: no two alternatives can read the same one. Such a match needs one thread,
// which notes its positions as it goes, and no memory but the result. Most patterns that validate
// or take apart a whole text are of this kind.
type onePass struct {
	nodes []onePassNode
	moves []move // of each node one for each class
	// the same, where nothing is to be done but to go on: the next node; elsewhere -1
	plain  []int32
	stride int
}

// onePassNode is what may happen at an instruction that is reached by reading a character, or at
// the start: it may match, besides reading.
type onePassNode struct {
	matches bool
	holds   syntax.EmptyOp // if these assertions hold
	caps    uint64         // and then the position is noted in these slots
}

// move reads a character of a class.
type move struct {
	next   int32 // the node after it, -1 for none
	holds  syntax.EmptyOp
	behind bool // a match of this node, if there is one, has priority
	caps   uint64
}

// Bounds of the tables: a program beyond them has its other engines.
const (
	onePassSlots = 64
	onePassMoves = 8192
	moveBytes    = 20
)

// onePassMaker makes the tables.
type onePassMaker struct {
	p      *Program
	o      onePass
	number []int32  // of the node at an instruction, -1 for none
	order  []uint32 // the instruction of each node
	seen   set
	stack  []path
}

// path is an instruction together with what happens on the way to it.
type path struct {
	pc    uint32
	holds syntax.EmptyOp
	caps  uint64
}

// makeOnePass returns the tables, or nil if the program is not one-pass or too large.
func makeOnePass(p *Program, m *limits.Meter) (*onePass, error) {
	if p.slots > onePassSlots || p.classes.count > onePassMoves {
		return nil, nil
	}
	w := onePassMaker{p: p, o: onePass{stride: p.classes.count}, number: make([]int32, len(p.insts))}
	for i := range w.number {
		w.number[i] = -1
	}
	w.node(p.start)
	for i := 0; i < len(w.order); i++ { //nolint:intrange // The list grows while it is read.
		if len(w.order)*w.o.stride > onePassMoves {
			return nil, nil
		}
		ok, err := w.fill(m, i)
		if !ok || err != nil {
			return nil, err
		}
	}
	w.o.nodes, w.o.moves = slices.Clip(w.o.nodes), slices.Clip(w.o.moves)
	w.o.simplify()
	return &w.o, p.hold(m, int64(len(w.o.moves)+len(w.o.nodes))*moveBytes)
}

// simplify fills in the plain moves. A match that must end at the end of the text ends nowhere
// before.
func (o *onePass) simplify() {
	o.plain = make([]int32, len(o.moves))
	for i := range o.moves {
		to, n := &o.moves[i], &o.nodes[i/o.stride]
		o.plain[i] = -1
		if to.holds == 0 && to.caps == 0 && (!n.matches || n.holds&syntax.EmptyEndText != 0) {
			o.plain[i] = to.next
		}
	}
}

// node returns the node at an instruction.
func (w *onePassMaker) node(pc uint32) int32 {
	if w.number[pc] < 0 {
		w.number[pc] = int32(len(w.order)) //nolint:gosec // Fewer than instructions.
		w.order = append(w.order, pc)
	}
	return w.number[pc]
}

// fill follows the program from a node to everything that reads or matches. It reports false if
// there are two ways to an instruction, two to match, or two that read the same character: then one
// thread is not enough.
func (w *onePassMaker) fill(m *limits.Meter, i int) (bool, error) {
	var n onePassNode
	row := len(w.o.moves)
	for range w.o.stride {
		w.o.moves = append(w.o.moves, move{next: -1})
	}
	w.seen.reset(len(w.p.insts))
	w.stack = append(w.stack[:0], path{pc: w.order[i]})
	for len(w.stack) > 0 {
		at := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		if !w.seen.visit(at.pc) {
			return false, nil
		}
		if err := m.Step(1); err != nil {
			return false, err
		}
		in := &w.p.insts[at.pc]
		switch in.op {
		case opFail:
		case opAlt:
			w.stack = append(w.stack, path{in.arg, at.holds, at.caps}, path{in.out, at.holds, at.caps})
		case opNop:
			w.stack = append(w.stack, path{in.out, at.holds, at.caps})
		case opCapture:
			w.stack = append(w.stack, path{in.out, at.holds, at.caps | 1<<in.arg})
		case opAssert:
			w.stack = append(w.stack, path{in.out, at.holds | in.asserts(), at.caps})
		case opMatch:
			if n.matches {
				return false, nil
			}
			n = onePassNode{true, at.holds, at.caps}
		case opClass, opSet, opAny:
			if err := m.Step(int64(w.o.stride)); err != nil {
				return false, err
			}
			next := w.node(in.out)
			for class := range w.o.stride {
				if !w.p.reads(in, class) {
					continue
				}
				to := &w.o.moves[row+class]
				if to.next >= 0 {
					return false, nil
				}
				*to = move{next, at.holds, n.matches, at.caps}
			}
		}
	}
	w.o.nodes = append(w.o.nodes, n)
	return true, nil
}

// runOnePass looks for a match that begins at from. caps is filled as by Find. With whole set it
// must end at the end of the text.
func runOnePass[T Text](p *Program, o *onePass, m *limits.Meter, in T, from int, whole bool, caps []int) (bool, error) {
	x := newPass(from, len(caps))
	for !x.done {
		if err := m.Step(passOnce(p, o, in, from, min(len(in), x.at+readBlock), whole, caps, &x)); err != nil {
			return false, err
		}
	}
	return x.matched, nil
}

// pass is how far a one-pass program has come.
type pass struct {
	at, node      int
	matched, done bool
	space         [32]int
	more          []int // the positions that are noted so far, if they are too many for space
}

// newPass begins at a position, and notes so many others.
func newPass(at, slots int) pass {
	x := pass{at: at}
	if slots > len(x.space) {
		x.more = make([]int, slots)
	}
	now := x.now(slots)
	for i := range now {
		now[i] = -1
	}
	return x
}

// now is where positions are noted.
func (x *pass) now(slots int) []int {
	if x.more != nil {
		return x.more
	}
	return x.space[:slots]
}

// passOnce goes on with a pass up to a limit, and returns what that has cost.
func passOnce[T Text](p *Program, o *onePass, in T, from, limit int, whole bool, caps []int, x *pass) int64 {
	c := &p.classes
	i, node := x.at, x.node
	copied := 0
	for {
		for i < limit && in[i] < 0x80 {
			next := o.plain[node*o.stride+int(c.ascii[in[i]])]
			if next < 0 {
				break
			}
			node = int(next)
			i++
		}
		if i >= limit && i < len(in) {
			break
		}
		class, size := 0, 0
		if i < len(in) {
			if b := in[i]; b < 0x80 {
				class, size = int(c.ascii[b]), 1
			} else {
				r, width := decode(in, i)
				class, size = int(c.of(r)), width
			}
		}
		to := &noMove
		if size > 0 {
			to = &o.moves[node*o.stride+class]
		}
		if to.holds != 0 && !holds(p, in, i, to.holds) {
			to = &noMove
		}
		if n := &o.nodes[node]; n.matches && (!whole || size == 0) && (n.holds == 0 || holds(p, in, i, n.holds)) {
			x.matched = true
			if len(caps) == 0 {
				x.done = true
				break
			}
			copy(caps, x.now(len(caps)))
			note(caps, n.caps, i)
			caps[0], caps[1] = from, i
			copied += len(caps)
			x.done = to.behind && !p.longest
		}
		if x.done = x.done || to.next < 0; x.done {
			break
		}
		if to.caps != 0 {
			note(x.now(len(caps)), to.caps, i)
		}
		node = int(to.next)
		i += size
	}
	work := int64(i - x.at + copied + 1)
	x.at, x.node = i, node
	return work
}

// noMove is where no character can be read.
var noMove = move{next: -1}

// note writes a position into slots.
func note(caps []int, slots uint64, pos int) {
	for ; slots != 0; slots &= slots - 1 {
		if i := bits.TrailingZeros64(slots); i < len(caps) {
			caps[i] = pos
		}
	}
}
