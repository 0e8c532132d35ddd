package rematch

import (
	"math/bits"
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
)

// backtracker runs a program on a short text by trying one way after the other, in the order of
// priority. A bit for each pair of an instruction and a position says that it was there before, and
// that what follows from there was tried in vain: no pair is visited twice, so that its time is
// bounded by their number. (Russ Cox, Regular Expression Matching: the Virtual Machine Approach,
// 2009; RE2 calls it BitState.)
//
// It has neither states to make nor an epoch to begin, and costs what the text does, warm or cold:
// that is what short texts need.
type backtracker struct {
	visited []uint64
	stack   []choice
	held    int64 // bytes that the running operation has been charged for
}

// choice is what is left to do when a way ends: the other leaves of an instruction at a position,
// or a position of a group to put back.
type choice struct {
	pc  uint32 // the instruction, or restores
	at  uint32 // the next leaf, or the slot
	pos int32  // the position, or the one to put back
}

// restores marks a choice that puts a position back.
const restores = 1<<32 - 1

// Bounds of the backtracker: texts beyond them have the other engines.
const (
	shortText     = 256
	maxPairs      = 1 << 17
	choiceBytes   = 12
	clearsPerStep = 16 // words of visited
)

// short reports whether the backtracker can run the program on n bytes.
func (p *Program) short(n int) bool {
	return p.backtracks && n <= shortText && len(p.insts)*(n+1) <= maxPairs
}

// backtrack looks for what is requested. caps is filled as by Find.
func backtrack[T Text](p *Program, b *backtracker, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	anchored := q.anchored || p.anchored
	if q.to-q.from < p.shortest || anchored && p.hasFirst && !p.first[in[q.from]] {
		return false, m.Step(1)
	}
	n := q.to - q.from + 1
	words := (len(p.insts)*n + 63) / 64
	if err := b.prepare(m, words); err != nil {
		return false, err
	}
	work := int64(words / clearsPerStep)
	for start := q.from; ; start += Width(in, start) {
		if p.hasFirst && !anchored {
			// No match begins before one of these bytes. All bytes beyond ASCII are among them, or none.
			for start < q.to && !p.first[in[start]] {
				start++
				work++
			}
			if start == q.to {
				break
			}
		}
		found, w := tryAt(p, b, in, q, start, caps)
		work += w
		if found || anchored || start == q.to {
			return found, m.Step(work)
		}
		if work >= stepBlock {
			if err := m.Step(work); err != nil {
				return false, err
			}
			work = 0
		}
	}
	return false, m.Step(work)
}

// prepare clears the bits.
func (b *backtracker) prepare(m *limits.Meter, words int) error {
	if need := int64(words) * (8 + 64*choiceBytes/4); need > b.held {
		if err := m.Hold(limits.MemoryBytes, need-b.held); err != nil {
			return err
		}
		b.held = need
	}
	if cap(b.visited) < words {
		b.visited = make([]uint64, words, 2*words)
		return nil
	}
	b.visited = b.visited[:words]
	clear(b.visited)
	return nil
}

// tryAt looks for the match of most priority that begins at start, and returns what it has cost.
// That is bounded by the number of pairs, a fraction of what lies between two looks at the clock.
func tryAt[T Text](p *Program, b *backtracker, in T, q request, start int, caps []int) (bool, int64) {
	c := &p.classes
	next := p.flat.next
	slots := uint64(1)<<min(len(caps), flatSlots) - 1
	for i := range caps {
		caps[i] = -1
	}
	n := uint32(q.to - q.from + 1) //nolint:gosec // At most shortText.
	stack := b.stack[:0]
	work := int64(len(caps))
	pc, pos, k := p.start, start, 0
	fresh := true
	for {
		if fresh {
			pair := pc*n + uint32(pos-q.from) //nolint:gosec // At most maxPairs.
			word, bit := &b.visited[pair/64], uint64(1)<<(pair%64)
			if *word&bit != 0 {
				k = -1
			} else {
				*word |= bit
				k = 0
			}
		}
		// Most often there is no choice, and nothing to note.
		for fresh && k == 0 && next != nil && pos < q.to && in[pos] < 0x80 {
			to := next[int(pc)*c.count+int(c.ascii[in[pos]])]
			if to == several {
				break
			}
			work++
			k = -1
			if to == noWay {
				break
			}
			pc, pos = uint32(to-goes), pos+1
			pair := pc*n + uint32(pos-q.from) //nolint:gosec // At most maxPairs.
			word, bit := &b.visited[pair/64], uint64(1)<<(pair%64)
			if *word&bit == 0 {
				*word |= bit
				k = 0
			}
		}
		fresh = false
		if k >= 0 {
			class, size := int32(noClass), 0
			if pos < q.to {
				if x := in[pos]; x < 0x80 {
					class, size = int32(c.ascii[x]), 1
				} else {
					r, width := decode(in, pos)
					class, size = int32(c.of(r)), width
				}
			}
			leaves := p.flat.of(pc)
			for k < len(leaves) {
				l := &leaves[k]
				k++
				work++
				switch l.op {
				case opClass:
					if int32(l.arg) != class { //nolint:gosec // A class.
						continue
					}
				case opSet:
					if class < 0 || !c.has(l.arg, uint16(class)) {
						continue
					}
				case opMatch:
					if q.whole && pos < q.to {
						continue
					}
				default:
					if class < 0 {
						continue
					}
				}
				if l.holds != 0 && !holds(p, in, pos, l.holds) {
					continue
				}
				if l.op == opMatch {
					note(caps, l.caps&slots, pos)
					located(caps, start, pos)
					b.stack = stack
					return true, work
				}
				if k < len(leaves) {
					stack = append(stack, choice{pc, uint32(k), int32(pos)}) //nolint:gosec // Both are small.
				}
				for set := l.caps & slots; set != 0; set &= set - 1 {
					slot := bits.TrailingZeros64(set)
					if len(stack) > 0 {
						stack = append(stack, choice{restores, uint32(slot), int32(caps[slot])}) //nolint:gosec // Both are small.
					}
					caps[slot] = pos
					work++
				}
				pc, pos, fresh = l.out, pos+size, true
				break
			}
			if fresh {
				continue
			}
		}
		// Back to the last choice, and on the way there positions are put back.
		for {
			last := len(stack) - 1
			if last < 0 {
				b.stack = stack
				return false, work
			}
			x := stack[last]
			stack = stack[:last]
			if x.pc != restores {
				pc, k, pos = x.pc, int(x.at), int(x.pos)
				break
			}
			caps[x.at] = int(x.pos)
		}
	}
}

// holds reports whether all of some assertions hold at a position. The start and the end of the
// text are asked for most often, and known without a look at it.
func holds[T Text](p *Program, in T, pos int, want syntax.EmptyOp) bool {
	if want&syntax.EmptyEndText != 0 && pos < len(in) || want&syntax.EmptyBeginText != 0 && pos > 0 {
		return false
	}
	if want &^= syntax.EmptyEndText | syntax.EmptyBeginText; want == 0 {
		return true
	}
	_, _, after := look(&p.classes, in, pos)
	return want&^p.classes.flags[kindBefore(&p.classes, in, pos)][after] == 0
}
