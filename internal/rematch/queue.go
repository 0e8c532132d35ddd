package rematch

// A thread of the Pike machine waits at an instruction that reads a character or matches, with the positions it has noted so far.
type thread struct {
	pc   uint32
	caps int32 // its place in machine.caps, in units of one thread's positions
}

// A queue holds the threads that are at one position of the text, the one with the highest priority first, and the set of all instructions that were passed on the way to them. The set is sparse: to empty it takes no time, however long the program.
type queue struct {
	sparse  []uint32
	dense   []uint32
	threads []thread
}

// grow makes room for programs of n instructions.
func (q *queue) grow(n int) {
	if len(q.sparse) < n {
		q.sparse = make([]uint32, n)
		q.dense = make([]uint32, 0, n)
		q.threads = make([]thread, 0, n)
	}
}

// reset empties the queue.
func (q *queue) reset() {
	q.dense = q.dense[:0]
	q.threads = q.threads[:0]
}

// visit adds an instruction to the set and reports whether it was not there yet.
func (q *queue) visit(pc uint32) bool {
	at := q.sparse[pc]
	if int(at) < len(q.dense) && q.dense[at] == pc {
		return false
	}
	q.sparse[pc] = uint32(len(q.dense)) //nolint:gosec // Fewer than instructions.
	q.dense = append(q.dense, pc)
	return true
}
