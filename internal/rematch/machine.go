package rematch

import (
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
)

// stepBlock is how much work a machine does at most before it charges it. It is far below the 65,536 steps after which the meter looks at the clock.
const stepBlock = 4096

// machine is a Pike machine: it runs all threads of a program side by side, so that each character is read once, however many ways to match there are. It knows everything that programs can do, and is what the other engines fall back to.
//
// Its time is bounded by the length of the text times the length of the program, and that is not bounded enough: every thread at every position, every instruction on the way to it and every position copied is a step.
type machine struct {
	run, next queue
	stack     []frame
	caps      []int   // the noted positions of all threads, ncap each
	free      []int32 // places in caps that no thread holds
	places    int32   // places handed out so far
	ncap      int
	work      int64 // steps that are not charged yet
	held      int64 // bytes that the running operation has been charged for
	passed    int64 // bytes for threads' positions within held
}

// frame is what is left to do when a closure comes back: another way to go, or a position to put back.
type frame struct {
	pc   uint32
	slot int32 // -1: go to pc; else put old back into this slot
	old  int
}

// machineBytes is what a machine is accounted for by instruction: two sparse sets, two lists of threads, the stack of a closure.
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
	v.run.grow(n)
	v.next.grow(n)
	v.run.reset()
	v.next.reset()
	v.ncap = ncap
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
	for len(v.caps) < need {
		v.caps = append(v.caps, 0)
	}
	return at, nil
}

// charge hands the work so far to the meter.
func (v *machine) charge(m *limits.Meter) error {
	work := v.work
	v.work = 0
	return m.Step(work)
}

// follow adds the threads to q that a thread becomes which goes to pc, without reading anything: one for each instruction that reads a character or matches and that q does not have yet, in the order of priority. own is the place of the thread that goes, whose positions are those to start
// from; it is handed to the first thread that has the same positions, or else freed.
func (v *machine) follow(p *Program, m *limits.Meter, q *queue, pc uint32, pos int, flags syntax.EmptyOp, own int32) error {
	base := int(own) * v.ncap
	taken, open := false, 0
	stack := v.stack[:0]
	for {
		if q.visit(pc) {
			v.work++
			if v.work >= stepBlock {
				if err := v.charge(m); err != nil {
					return err
				}
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
				if in.asserts()&^flags == 0 {
					pc = in.out
					continue
				}
			case opCapture:
				if int(in.arg) < v.ncap {
					at := base + int(in.arg)
					stack = append(stack, frame{slot: int32(in.arg), old: v.caps[at]}) //nolint:gosec // Less than ncap.
					v.caps[at] = pos
					open++
				}
				pc = in.out
				continue
			case opFail:
			case opMatch, opClass, opSet, opAny:
				caps := own
				if v.ncap > 0 {
					if taken || open > 0 {
						fresh, err := v.place(m)
						if err != nil {
							return err
						}
						caps = fresh
						copy(v.caps[int(caps)*v.ncap:][:v.ncap], v.caps[base:][:v.ncap])
						v.work += int64(v.ncap)
					} else {
						taken = true
					}
				}
				q.threads = append(q.threads, thread{pc, caps})
			}
		}
		// Back to the last fork, and on the way there every position is put back.
		for {
			n := len(stack) - 1
			if n < 0 {
				v.stack = stack
				if v.ncap > 0 && !taken {
					v.free = append(v.free, own)
				}
				return nil
			}
			f := stack[n]
			stack = stack[:n]
			if f.slot < 0 {
				pc = f.pc
				break
			}
			v.caps[base+int(f.slot)] = f.old
			open--
		}
	}
}
