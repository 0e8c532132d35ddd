package rematch

import (
	"errors"
	"regexp/syntax"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// A leaf is an instruction that reads a character or matches, as it is reached from another one
// without reading: on the way assertions must hold, and positions are noted.
type leaf struct {
	caps  uint64 // the slots that note the position
	pc    uint32
	out   uint32 // of the instruction
	arg   uint32 // of the instruction
	op    opcode // of the instruction
	holds syntax.EmptyOp
}

// flat holds, for an instruction that threads go to, its leaves in the order of priority. A Pike
// machine spends most of its time on the ways between characters, and for most instructions these
// are short: here they are followed once and for all. Where they are not short (a repeat of a long
// alternative has a copy of all its beginnings after each of its ends) an instruction has no
// leaves here, and the machine follows the program.
type flat struct {
	// where the leaves of an instruction begin; one more than there are instructions
	first  []uint32
	known  []bool
	leaves []leaf
	// for each instruction and class of character, where a thread goes that has one leaf alone for it
	// and notes nothing on the way: an instruction and goes, else noWay or several. nil if that would
	// be too much
	next []uint16
}

// An entry of flat.next is one of the first two, or an instruction plus goes.
const (
	several  = 0
	noWay    = 1
	goes     = 2
	nextMost = 1 << 13 // entries
)

// findNext fills in next.
func (p *Program) findNext(m *limits.Meter) error {
	f, classes := &p.flat, p.classes.count
	n := len(p.insts) * classes
	if n > nextMost || len(f.leaves) == 0 {
		return nil
	}
	if err := m.Step(int64(n + len(f.leaves)*classes)); err != nil {
		return err
	}
	f.next = make([]uint16, n)
	for pc := range p.insts {
		leaves := f.of(uint32(pc))
		for class := range classes {
			to := &f.next[pc*classes+class]
			if *to = noWay; !f.known[pc] {
				*to = several
			}
			for i := range leaves {
				l := &leaves[i]
				switch {
				case !p.may(l, class):
					continue
				case *to == noWay && l.op != opMatch && l.holds == 0 && l.caps == 0:
					*to = uint16(l.out + goes) //nolint:gosec // Fewer than nextMost.
					continue
				}
				*to = several
				break
			}
		}
	}
	return p.hold(m, 2*int64(n))
}

// may reports whether a leaf may be taken before a character of a class.
func (p *Program) may(l *leaf, class int) bool {
	at := spot{class: int32(class)} //nolint:gosec // A class.
	if l.op != opMatch && !at.reads(p, l.op, l.arg) {
		return false
	}
	for before := range kinds {
		if l.holds&^p.classes.flags[before][p.classes.kinds[class]] == 0 {
			return true
		}
	}
	return false
}

const (
	leafBytes = 24
	flatBytes = 5
	// flatSlots is the number of slots that fit into leaf.caps.
	flatSlots = 64
)

// flatten fills in the leaves, of all instructions together at most a few times as many as there
// are instructions.
func (p *Program) flatten(m *limits.Meter) error {
	n := len(p.insts)
	w := flattener{p: p, m: m, room: 4*n + 1024}
	target := make([]bool, n)
	target[p.start] = true
	for i := range p.insts {
		if in := &p.insts[i]; in.op == opClass || in.op == opSet || in.op == opAny {
			target[in.out] = true
		}
	}
	f := flat{first: make([]uint32, n+1), known: make([]bool, n)}
	w.seen = make([][]syntax.EmptyOp, n)
	for pc := range n {
		f.first[pc] = uint32(len(w.leaves)) //nolint:gosec // Bounded by room.
		if !target[pc] || p.slots > flatSlots {
			continue
		}
		began := len(w.leaves)
		known, err := w.follow(uint32(pc), min(w.room, flatMost))
		if err != nil {
			return err
		}
		if f.known[pc] = known; !known {
			w.leaves = w.leaves[:began]
		}
		w.room -= len(w.leaves) - began
	}
	if err := m.Step(w.work); err != nil {
		return err
	}
	f.first[n] = uint32(len(w.leaves)) //nolint:gosec // Bounded by room.
	f.leaves = slices.Clip(w.leaves)
	p.flat = f
	return p.hold(m, int64(len(f.leaves))*leafBytes+int64(n)*flatBytes)
}

// of returns the leaves of an instruction.
func (f *flat) of(pc uint32) []leaf { return f.leaves[f.first[pc]:f.first[pc+1]] }

// flattener follows the ways from one instruction after the other.
type flattener struct {
	p      *Program
	m      *limits.Meter
	leaves []leaf
	room   int
	// of each instruction, the assertions on the ways that have led there
	seen    [][]syntax.EmptyOp
	touched []uint32
	stack   []path
	work    int64 // steps that are not charged yet
}

// follow appends the leaves of an instruction. An instruction is passed again only if fewer
// assertions, or others, are on the way: what has led there before may then not hold. It reports
// false if there are more leaves than most, or several times as many ways.
func (w *flattener) follow(pc uint32, most int) (bool, error) {
	for _, pc := range w.touched {
		w.seen[pc] = w.seen[pc][:0]
	}
	w.touched = w.touched[:0]
	began := len(w.leaves)
	w.stack = append(w.stack[:0], path{pc: pc})
	for steps := 0; len(w.stack) > 0; steps++ {
		if steps > 4*most+64 {
			return false, nil
		}
		if w.work++; w.work >= stepBlock {
			if err := w.m.Step(w.work); err != nil {
				return false, err
			}
			w.work = 0
		}
		at := w.stack[len(w.stack)-1]
		w.stack = w.stack[:len(w.stack)-1]
		if slices.ContainsFunc(w.seen[at.pc], func(holds syntax.EmptyOp) bool { return holds&^at.holds == 0 }) {
			continue
		}
		w.seen[at.pc] = append(w.seen[at.pc], at.holds)
		w.touched = append(w.touched, at.pc)
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
		case opMatch, opClass, opSet, opAny:
			if len(w.leaves)-began >= most {
				return false, nil
			}
			w.leaves = append(w.leaves, leaf{at.caps, at.pc, in.out, in.arg, in.op, at.holds})
		}
	}
	return true, nil
}

// flatMost is the most leaves that one instruction has here.
const flatMost = 512

// starts holds the leaves of the first instruction, of which there may be thousands, by what the
// next character is: of an alternative of words only those are looked at that begin with it.
type starts struct {
	leaves []leaf
	// where the leaves of a class begin in by; the class after the last is that of no character
	first []uint32
	by    []uint32
	plain bool // all of them read a character, whatever assertions hold
}

// of returns the numbers of the leaves that match, or read a character of a class, in the order of
// priority.
func (s *starts) of(class int) []uint32 { return s.by[s.first[class]:s.first[class+1]] }

// startsMost bounds starts, as a multiple of the number of instructions.
const startsMost = 16

// findStarts fills in the starts. If they are too many, or a position is noted in more slots than a
// leaf can say, there are none.
func (p *Program) findStarts(m *limits.Meter) error {
	n := len(p.insts)
	w := flattener{p: p, m: m, seen: make([][]syntax.EmptyOp, n)}
	if p.slots > flatSlots {
		return nil
	}
	if known, err := w.follow(p.start, n); !known || err != nil {
		return errors.Join(err, m.Step(w.work))
	}
	s := starts{leaves: w.leaves, plain: true}
	classes := p.classes.count
	for class := range classes + 1 {
		s.first = append(s.first, uint32(len(s.by))) //nolint:gosec // Bounded below.
		for i := range s.leaves {
			l := &s.leaves[i]
			s.plain = s.plain && l.holds == 0 && l.op != opMatch
			at := spot{class: int32(class)}
			if class == classes {
				at.class = noClass
			}
			if l.op == opMatch || at.reads(p, l.op, l.arg) {
				s.by = append(s.by, uint32(i))
			}
		}
		if err := m.Step(int64(len(s.leaves)) + 1); err != nil {
			return err
		}
		if len(s.by) > startsMost*n+4096 {
			return nil
		}
	}
	s.first = append(s.first, uint32(len(s.by))) //nolint:gosec // Bounded above.
	p.starts = s
	return p.hold(m, int64(len(s.leaves))*leafBytes+int64(len(s.by)+len(s.first))*4)
}
