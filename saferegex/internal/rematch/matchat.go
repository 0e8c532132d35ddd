package rematch

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// attemptBytes is how far MatchAt reads.
const attemptBytes = 512

// Anchored reports whether a match can begin at the start of a text only.
func (p *Program) Anchored() bool { return p.anchored }

// PrefixCost returns what a byte of text costs to search for the literal that all matches begin
// with, in nanoseconds on one machine, in source and prose; 0 if there is no such literal.
func (p *Program) PrefixCost() float64 {
	switch c := commonness(p.prefix.rare); {
	case p.prefix.text == "":
		return 0
	case c <= 4:
		return 0.07
	case c <= 7:
		return 0.22
	default:
		return 0.4
	}
}

// MatchAt reports whether a match begins at from. It reads some hundred bytes at most: if that does
// not decide it, decided is false.
func MatchAt[T Text](r *Run, m *limits.Meter, in T, from int) (found, decided bool, err error) {
	p := r.p
	if p.anchored && from > 0 {
		return false, true, nil
	}
	to := min(len(in), from+attemptBytes)
	s := r.scratch()
	found, err = pike(p, &s.vm, m, in, request{from: from, to: to, anchored: true}, nil)
	// A thread that could only read what comes after the last character has ended with it.
	return found, found || to == len(in) || s.vm.reached < to-utf8.UTFMax, err
}

// Release gives back what the searches of a Run have been charged for in memory, for an operation
// that goes on with other programs. The Run must be ended after it.
func (r *Run) Release(m *limits.Meter) {
	s := r.s
	if s == nil {
		return
	}
	held := s.vm.held + s.walk.held + s.back.held
	for w, a := range s.auto {
		if s.on[w] {
			held += int64(len(r.p.insts))*automatonBytes + a.used
		}
	}
	m.Release(limits.MemoryBytes, held)
}
