package rematch

import "github.com/seed73825598/airlock/limits"

// Where every match contains a literal, most of a text is passed over: no match begins before the
// literal that comes next but one that is still open where that ends. An automaton that reads
// backwards from there, and begins with every instruction of the program, finds the first place at
// which one may have begun. The engines read on from that place, and come back as soon as no match
// is open and the literal has been passed.
//
// All of this is linear: what is read backwards lies between where the engines have stopped and the
// literal, and they have read as far as the literal when they stop again.

// Bounds of reading backwards from a literal.
const (
	// aheadInsts is the most instructions of a program, which are all in the first state.
	aheadInsts = 1000
	// aheadNear is how many bytes before a literal an engine reads at once.
	aheadNear = 64
	// aheadTrial is how many bytes may be read backwards in vain before that is given up.
	aheadTrial = 4096
)

// skip looks for the literal that every match contains, and returns where the next match can begin
// at the earliest, or -1 if there is none.
func skip[T Text](r *Run, m *limits.Meter, in T, from int) (int, error) {
	p := r.p
	for {
		if r.ahead < from+len(p.required.text) {
			i, err := index(m, in, from, &p.required)
			if i < 0 || err != nil {
				return -1, err
			}
			r.ahead = i + len(p.required.text)
		}
		if p.most > 0 && r.ahead-p.most > from {
			from = boundary(in, r.ahead-p.most)
		}
		if r.ahead-from <= aheadNear || r.vain > aheadTrial || !p.mayReadAhead() {
			return from, nil
		}
		a, err := r.scratch().automaton(p, m, open)
		if a == nil || err != nil {
			return from, err
		}
		start, off, err := findStart(a, m, in, from, r.ahead, nil)
		if off || err != nil {
			return from, err
		}
		// Reading backwards takes as long as reading forwards what it saves.
		if r.vain += r.ahead - a.reached; start >= 0 {
			r.vain -= start - from
			return start, nil
		}
		r.vain -= r.ahead - from
		from = r.ahead // A match that begins later may be open there.
	}
}

// mayReadAhead reports whether a match that has begun is told from one that begins.
func (p *Program) mayReadAhead() bool { return p.home && len(p.insts) <= aheadInsts }

// allOpen puts all instructions into a list that read a character or match: a match that is open
// may stand at any of them.
func (p *Program) allOpen(list []uint32) []uint32 {
	for pc := range p.insts {
		switch p.insts[pc].op {
		case opMatch, opClass, opSet, opAny:
			list = append(list, uint32(pc))
		case opFail, opAlt, opNop, opCapture, opAssert:
		}
	}
	return list
}
