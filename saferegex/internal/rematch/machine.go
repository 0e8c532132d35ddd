package rematch

import (
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
)

// stepBlock is how much work every engine does at most before it charges it: a small part of the
// 65,536 steps after which the meter looks at the clock.
const stepBlock = 4096

// machine is a Pike machine: it runs all threads of a program side by side, so that each character
// is read once, however many ways to match there are. It knows everything that programs can do, and
// is what the other engines fall back to.
//
// Its time is bounded by the length of the text times the length of the program, and that is not
// bounded enough: every thread at every position, every instruction or leaf on the way to it and
// every position copied is a step.
type machine struct {
	queues    [2]queue
	run, next *queue // the threads at this position, and at the next one
	stack     []frame
	caps      []int   // the noted positions of all threads, ncap each
	free      []int32 // places in caps that no thread holds
	places    int32   // places handed out so far
	ncap      int
	light     bool   // no positions are noted: in the place of a thread's place is where it began
	slots     uint64 // the slots that are noted
	reached   int    // how far the last search has read
	rest      int    // where it has stopped because no match was open, or 0
	work      int64  // steps that are not charged yet
	held      int64  // bytes that the running operation has been charged for
	passed    int64  // bytes for threads' positions within held
}

// frame is what is left to do when a closure comes back: another way to go, or a position to put
// back.
type frame struct {
	pc   uint32
	slot int32 // -1: go to pc; else put old back into this slot
	old  int
}

// machineBytes is what a machine is accounted for by instruction: four sets of marks, two lists of
// threads, the stack of a closure.
const machineBytes = 2*(4+4+8) + 2*16

// prepare makes room for a program and for threads of ncap positions.
func (v *machine) prepare(p *Program, m *limits.Meter, ncap int) error {
	n := len(p.insts)
	if v.held == 0 {
		v.held = int64(n) * machineBytes
		if err := m.Hold(limits.MemoryBytes, v.held); err != nil {
			return err
		}
	}
	v.run, v.next = &v.queues[0], &v.queues[1]
	for _, q := range []*queue{v.run, v.next} {
		q.grow(n)
		q.reset()
	}
	v.ncap, v.light = ncap, false
	v.slots = 1<<min(ncap, flatSlots) - 1
	v.free = v.free[:0]
	v.places = 0
	v.work = 0
	return nil
}

// place returns a free place for the positions of a thread.
func (v *machine) place(m *limits.Meter) (int32, error) {
	if n := len(v.free); n > 0 {
		at := v.free[n-1]
		v.free = v.free[:n-1]
		return at, nil
	}
	at := v.places
	v.places++
	need := int(v.places) * v.ncap
	if bytes := int64(need) * 8; bytes > v.passed {
		// A block at a time, so that growth is not charged place by place.
		block := int64(v.ncap) * 8 * 64
		if err := m.Hold(limits.MemoryBytes, block); err != nil {
			return 0, err
		}
		v.passed += block
		v.held += block
	}
	if len(v.caps) < need {
		caps, err := grown(m, v.caps, need)
		if err != nil {
			return 0, err
		}
		v.caps = caps
	}
	return at, nil
}

// copyOf returns a place with a copy of the positions at base.
func (v *machine) copyOf(m *limits.Meter, base int) (int32, error) {
	fresh, err := v.place(m)
	if err != nil {
		return 0, err
	}
	copy(v.caps[int(fresh)*v.ncap:][:v.ncap], v.caps[base:][:v.ncap])
	return fresh, v.spend(m, int64(v.ncap))
}

// spend notes n steps, and hands them to the meter when there are enough.
func (v *machine) spend(m *limits.Meter, n int64) error {
	v.work += n
	if v.work < stepBlock {
		return nil
	}
	return v.charge(m)
}

// charge hands the work so far to the meter.
func (v *machine) charge(m *limits.Meter) error {
	work := v.work
	v.work = 0
	return m.Step(work)
}

// place where threads are added: a position, what holds there, and the class of the character
// there, or noClass if none may be read.
type spot struct {
	pos   int
	holds syntax.EmptyOp
	class int32
}

const noClass = -1

// reads reports whether an instruction reads the character at the spot.
func (s *spot) reads(p *Program, op opcode, arg uint32) bool {
	switch op {
	case opClass:
		return int32(arg) == s.class //nolint:gosec // A class.
	case opSet:
		return s.class >= 0 && p.classes.has(arg, uint16(s.class)) //nolint:gosec // A class.
	case opFail, opMatch, opAlt, opNop, opCapture, opAssert, opAny:
	}
	return s.class >= 0
}

// spread adds the threads to q that a thread becomes which goes to pc: one for each leaf that can
// read the character at the spot, or matches, and that q does not have yet, in the order of
// priority. own is the place of the thread that goes; it is handed to the last of them, or else
// freed: all others have a copy.
func (v *machine) spread(p *Program, m *limits.Meter, q *queue, pc uint32, s *spot, own int32) error {
	if s.class >= 0 && p.flat.next != nil {
		if to := p.flat.next[int(pc)*p.classes.count+int(s.class)]; to != several {
			if (to == noWay || !q.add(uint32(to-goes), own)) && v.ncap > 0 {
				v.free = append(v.free, own)
			}
			return v.spend(m, moveSteps)
		}
	}
	if !p.flat.known[pc] {
		return v.follow(p, m, q, pc, s, own)
	}
	leaves := p.flat.of(pc)
	if err := v.spend(m, int64(len(leaves))+1); err != nil {
		return err
	}
	last, slots := -1, uint64(0) // the thread that has own so far, and what it notes
	for i := range leaves {
		l := &leaves[i]
		if !v.admits(p, q, l, s, own) || v.ncap == 0 {
			continue
		}
		if last >= 0 {
			caps, err := v.copyOf(m, int(own)*v.ncap)
			if err != nil {
				return err
			}
			note(v.caps[int(caps)*v.ncap:][:v.ncap], slots, s.pos)
			q.threads[last].caps = caps
		}
		last, slots = len(q.threads)-1, l.caps&v.slots
	}
	switch {
	case last >= 0:
		note(v.caps[int(own)*v.ncap:][:v.ncap], slots, s.pos)
	case v.ncap > 0:
		v.free = append(v.free, own)
	}
	return nil
}

// moveSteps is what it costs a thread to go the only way there is.
const moveSteps = 2

// admits adds the thread that a leaf makes, if it makes one.
func (v *machine) admits(p *Program, q *queue, l *leaf, s *spot, caps int32) bool {
	if l.holds&^s.holds != 0 {
		return false
	}
	if l.op != opMatch {
		return s.reads(p, l.op, l.arg) && q.add(l.out, caps)
	}
	if q.marks[l.pc] == q.round {
		return false
	}
	q.marks[l.pc] = q.round
	q.threads = append(q.threads, thread{hasMatched, caps})
	return true
}

// follow is spread for an instruction whose leaves are not known: it follows the program to them.
func (v *machine) follow(p *Program, m *limits.Meter, q *queue, pc uint32, s *spot, own int32) error {
	base := int(own) * v.ncap
	taken, open := v.ncap == 0, 0
	stack := v.stack[:0]
	for {
		if q.marks[pc] != q.round {
			q.marks[pc] = q.round
			if err := v.spend(m, 1); err != nil {
				return err
			}
			in := &p.insts[pc]
			switch in.op {
			case opAlt:
				stack = append(stack, frame{pc: in.arg, slot: -1})
				pc = in.out
				continue
			case opNop:
				pc = in.out
				continue
			case opAssert:
				if in.asserts()&^s.holds == 0 {
					pc = in.out
					continue
				}
			case opCapture:
				if int(in.arg) < v.ncap {
					at := base + int(in.arg)
					stack = append(stack, frame{slot: int32(in.arg), old: v.caps[at]}) //nolint:gosec // Less than ncap.
					v.caps[at] = s.pos
					open++
				}
				pc = in.out
				continue
			case opFail:
			case opMatch, opClass, opSet, opAny:
				out := uint32(hasMatched)
				if in.op != opMatch {
					if out = in.out; q.has(out) || !s.reads(p, in.op, in.arg) {
						break
					}
					q.goals[out] = q.round
				}
				caps := own
				if !taken && open == 0 {
					taken = true
				} else if v.ncap > 0 {
					var err error
					if caps, err = v.copyOf(m, base); err != nil {
						return err
					}
				}
				q.threads = append(q.threads, thread{out, caps})
			}
		}
		// Back to the last fork, and on the way there every position is put back.
		n := len(stack) - 1
		for n >= 0 && stack[n].slot >= 0 {
			v.caps[base+int(stack[n].slot)] = stack[n].old
			open--
			n--
		}
		if n < 0 {
			break
		}
		pc = stack[n].pc
		stack = stack[:n]
	}
	v.stack = stack[:0]
	if !taken {
		v.free = append(v.free, own)
	}
	return nil
}
