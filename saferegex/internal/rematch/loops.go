package rematch

// assertsInLoop reports whether an assertion may stand in a loop that reads nothing, as in
// (?:^|a)+. An automaton leaves an assertion undecided until the next character is known, and goes
// on after it then, without knowing through which instructions the way led before: in such a loop
// it would go round once more, and find ways of another priority than the machine that decides at
// once. Such programs are run by that machine.
//
// The instructions that read nothing are peeled from both sides of their graph until none is left
// without a successor or a predecessor among them. Every other place is in a loop, or between two.
func (p *Program) assertsInLoop() bool {
	if p.asserts == 0 {
		return false
	}
	n := len(p.insts)
	// how many of the remaining lead here, and from here to one of them
	into, outOf := make([]int32, n), make([]int32, n)
	from := make([][]uint32, n)
	var targets []uint32
	for pc := range p.insts {
		for _, to := range p.silent(targets[:0], uint32(pc)) {
			into[to]++
			outOf[pc]++
			from[to] = append(from[to], uint32(pc))
		}
	}
	gone := make([]bool, n)
	var work []uint32
	for pc := range p.insts {
		if into[pc] == 0 || outOf[pc] == 0 {
			gone[pc] = true
			work = append(work, uint32(pc))
		}
	}
	drop := func(pc uint32, left []int32) {
		if left[pc]--; !gone[pc] && left[pc] == 0 {
			gone[pc] = true
			work = append(work, pc)
		}
	}
	for len(work) > 0 {
		pc := work[len(work)-1]
		work = work[:len(work)-1]
		for _, to := range p.silent(targets[:0], pc) {
			drop(to, into)
		}
		for _, before := range from[pc] {
			drop(before, outOf)
		}
	}
	for pc := range p.insts {
		if p.insts[pc].op == opAssert && !gone[pc] {
			return true
		}
	}
	return false
}

// silent appends the instructions to which one leads without reading.
func (p *Program) silent(dst []uint32, pc uint32) []uint32 {
	switch in := &p.insts[pc]; in.op {
	case opAlt:
		return append(dst, in.out, in.arg)
	case opNop, opCapture, opAssert:
		return append(dst, in.out)
	case opFail, opMatch, opClass, opSet, opAny:
	}
	return dst
}
