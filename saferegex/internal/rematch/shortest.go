package rematch

// measure finds out which texts the program can refuse at once: those that are shorter than any
// match, and, where no match is empty, those without a byte that a match begins with.
func (p *Program) measure() {
	p.shortest = p.shortestMatch()
	p.backtracks = !p.longest && p.slots <= flatSlots && p.flat.known[p.start]
	for pc := range p.insts {
		if in := &p.insts[pc]; in.op == opClass || in.op == opSet || in.op == opAny {
			p.backtracks = p.backtracks && p.flat.known[in.out]
		}
	}
	if p.starts.leaves == nil {
		return
	}
	for i := range p.starts.leaves {
		if p.starts.leaves[i].op == opMatch {
			return
		}
	}
	p.hasFirst = true
	for b := range 128 {
		p.first[b] = len(p.starts.of(int(p.classes.ascii[b]))) > 0
	}
	beyond := false
	for _, class := range p.classes.runs {
		beyond = beyond || len(p.starts.of(int(class))) > 0
	}
	for b := 128; b < 256; b++ {
		p.first[b] = beyond
	}
}

// shortestMatch returns how many characters every match has at least, each of which is a byte or
// more. It goes through the program in order of what was read on the way.
func (p *Program) shortestMatch() int {
	const far = 1 << 30
	seen := make([]bool, len(p.insts))
	now, next := []uint32{p.start}, []uint32(nil)
	for length := 0; len(now) > 0 && length < far; length++ {
		for len(now) > 0 {
			pc := now[len(now)-1]
			now = now[:len(now)-1]
			if seen[pc] {
				continue
			}
			seen[pc] = true
			switch in := &p.insts[pc]; in.op {
			case opFail:
			case opMatch:
				return length
			case opAlt:
				now = append(now, in.arg, in.out)
			case opNop, opCapture, opAssert:
				now = append(now, in.out)
			case opClass, opSet, opAny:
				next = append(next, in.out)
			}
		}
		now, next = next, now
	}
	return far // Nothing matches.
}
