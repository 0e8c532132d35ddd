package rematch

// A thread of the Pike machine stands before a character that it can read, or has matched. It goes
// on at an instruction, with the positions it has noted so far.
type thread struct {
	// where it goes when it has read the character; hasMatched if there is nothing to read
	out  uint32
	caps int32 // its place in machine.caps, in units of one thread's positions
}

// hasMatched is the number of no instruction.
const hasMatched = 1<<32 - 1

// A queue holds the threads at one position of the text, the one with the highest priority first,
// and marks the instructions that were passed on the way to them, and those to which a thread goes.
// To take all marks away takes no time, however long the program.
type queue struct {
	marks   []uint32 // the round in which an instruction was passed last
	goals   []uint32 // the round in which a thread was added last that goes to an instruction
	round   uint32
	threads []thread
}

// add adds a thread that reads a character, unless one of more priority goes the same way. It
// reports whether it was added.
func (q *queue) add(out uint32, caps int32) bool {
	if q.goals[out] == q.round {
		return false
	}
	q.goals[out] = q.round
	q.threads = append(q.threads, thread{out, caps})
	return true
}

// move adds what threads become from the one at k on, each of which has one way to go at most, and
// returns the first that has matched or has several. column has the ways of each instruction, in
// every place of a stride.
func (q *queue) move(threads []thread, k int, column []uint16, stride int) int {
	goals, round, moved := q.goals, q.round, q.threads
	for ; k < len(threads); k++ {
		t := threads[k]
		if t.out == hasMatched {
			break
		}
		to := column[int(t.out)*stride]
		if to < goes {
			if to == several {
				break
			}
			continue
		}
		if out := uint32(to - goes); goals[out] != round {
			goals[out] = round
			moved = append(moved, thread{out, t.caps})
		}
	}
	q.threads = moved
	return k
}

// has reports whether a thread goes to an instruction.
func (q *queue) has(out uint32) bool { return q.goals[out] == q.round }

// grow makes room for programs of n instructions.
func (q *queue) grow(n int) {
	if len(q.marks) < n {
		q.marks, q.goals = make([]uint32, n), make([]uint32, n)
		q.round = 0
	}
}

// reset empties the queue.
func (q *queue) reset() {
	q.round++
	if q.round == 0 {
		clear(q.marks)
		clear(q.goals)
		q.round = 1
	}
	q.threads = q.threads[:0]
}
