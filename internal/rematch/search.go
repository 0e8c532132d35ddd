package rematch

import (
	"github.com/seed73825598/airlock/limits"
)

// Scratch is the memory of one running operation. It belongs to one goroutine at a time and to the program that made it.
type Scratch struct {
	vm machine
}

// Begin returns scratch memory for one operation.
func (p *Program) Begin() *Scratch {
	s, ok := p.pool.Get().(*Scratch)
	if !ok {
		s = new(Scratch)
	}
	s.vm.held, s.vm.passed = 0, 0
	return s
}

// End takes the scratch memory of an operation back, for the next one. An operation that panics may keep it.
func (p *Program) End(s *Scratch) { p.pool.Put(s) }

// Find looks for the leftmost match that begins at from or later. caps takes the positions; its length says how many are wanted: none (is there a match?), two (where?), or Slots (and where are its groups?).
func Find[T Text](p *Program, s *Scratch, m *limits.Meter, in T, from int, caps []int) (bool, error) {
	return pike(p, &s.vm, m, in, request{from: from, to: len(in)}, caps)
}

// Full reports whether the whole text is a match.
func Full[T Text](p *Program, s *Scratch, m *limits.Meter, in T) (bool, error) {
	return pike(p, &s.vm, m, in, request{to: len(in), anchored: true, whole: true}, nil)
}
