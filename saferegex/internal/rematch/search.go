package rematch

import (
	"errors"

	"github.com/seed73825598/airlock/limits"
)

// errLost would mean that two engines disagree. The caller falls back to the Pike machine, which
// decides.
var errLost = errors.New("rematch: engines disagree")

// Run is one operation with a program, which may be many searches. It belongs to one goroutine.
type Run struct {
	p      *Program
	s      *scratch // nil until an engine needs it
	beyond int64    // bytes that searches have read after the matches that they found
	swept  bool     // the rest of the text has been read backwards
	never  bool     // that was tried in vain
	ahead  int      // where what every match contains ends that is next; 0 if that was not looked for
	vain   int      // bytes that were read backwards from there and saved nothing
	rest   int      // where an engine has stopped that has passed it, with no match open
}

// Begin begins an operation. It takes memory when it needs it: a literal takes nothing.
func (p *Program) Begin() Run { return Run{p: p} }

// End gives the memory of the operation back, for the next one. An operation that panics may keep
// it.
func (r *Run) End() {
	if r.s != nil {
		r.p.pool.Put(r.s)
		r.s = nil
	}
}

// scratch returns the memory of the operation.
func (r *Run) scratch() *scratch {
	if r.s == nil {
		s, ok := r.p.pool.Get().(*scratch)
		if !ok {
			s = new(scratch)
		}
		s.vm.held, s.vm.passed, s.walk.held, s.back.held = 0, 0, 0, 0
		s.on = [ways]bool{}
		r.s = s
	}
	return r.s
}

// scratch is the memory of one running operation: engines, and what automata have learned in
// operations before.
type scratch struct {
	vm   machine
	auto [ways]*automaton
	on   [ways]bool // the automaton has begun this operation
	walk walker
	back backtracker
	all  sweep
}

// automaton returns the automaton for a way, or nil if there is none or it has given up in this
// operation.
func (s *scratch) automaton(p *Program, m *limits.Meter, w way) (*automaton, error) {
	if p.budget == 0 {
		return nil, nil
	}
	a := s.auto[w]
	if a == nil {
		budget := p.budget
		if w == open {
			budget /= openBudget
		}
		a = newAutomaton(p, w, budget)
		s.auto[w] = a
	}
	if !s.on[w] {
		s.on[w] = true
		if err := m.Hold(limits.MemoryBytes, int64(len(p.insts))*automatonBytes); err != nil {
			return nil, err
		}
		a.begin()
	}
	if a.off {
		return nil, nil
	}
	return a, nil
}

// openBudget is the part of the budget that an automaton has that only saves the others work.
const openBudget = 4

// automatonBytes is what an automaton is accounted for by instruction, besides its states: two sets
// and a stack.
const automatonBytes = 2*8 + 4

// Find looks for the leftmost match that begins at from or later. caps takes the positions; its
// length says how many are wanted: none (is there a match?), two (where?), or Slots (and where are
// its groups?). All searches of one Run are in the same text, from left to right.
func Find[T Text](r *Run, m *limits.Meter, in T, from int, caps []int) (bool, error) {
	p := r.p
	if p.anchored && from > 0 {
		return false, nil
	}
	if len(in)-from < p.shortest {
		return false, m.Step(1)
	}
	if p.words != nil && len(caps) <= 2 && (!p.words.few || len(in)-from > shortText) {
		return findWord(p.words, m, in, from, caps)
	}
	if p.one != nil && p.anchored && (len(caps) > 2 || len(in) <= shortText && p.tables == nil) &&
		len(caps) <= onePassSlots {
		return runOnePass(p, p.one, m, in, 0, false, caps)
	}
	if r.beyond > sweepAfter*int64(len(in)) && !r.swept && !r.never {
		if err := trySweep(r, m, in, from); err != nil {
			return false, err
		}
	}
	if r.swept {
		found, err := findSwept(&r.s.all, m, in, from, caps)
		if !errors.Is(err, errLost) {
			return found, err
		}
		r.swept, r.never = false, true
	}
	if p.prefix.text != "" && !p.anchored {
		// No match begins before its prefix does.
		i, err := index(m, in, from, &p.prefix)
		if i < 0 || err != nil {
			return false, err
		}
		if p.literal {
			groupless(caps, i, i+len(p.prefix.text))
			return true, nil
		}
		from = i
	}
	for {
		passed := len(in)
		if p.required.text != "" && len(in)-from > shortText {
			var err error
			if from, err = skip(r, m, in, from); from < 0 || err != nil {
				return false, err
			}
			if p.home && !p.longest {
				passed = r.ahead
			}
		}
		r.rest = -1
		found, err := findFrom(r, m, in, from, passed, caps)
		if found || err != nil || r.rest < 0 {
			return found, err
		}
		from = r.rest
	}
}

// findFrom is Find where no literal says where to begin. If there is no match, it may leave in
// r.rest where none is open, at passed or later.
func findFrom[T Text](r *Run, m *limits.Meter, in T, from, passed int, caps []int) (bool, error) {
	p := r.p
	if p.tables != nil && p.tables.search != nil {
		return findTable(r, m, in, from, caps)
	}
	s := r.scratch()
	if p.short(len(in) - from) {
		if p.must.text != "" {
			if i, err := index(m, in, from, &p.must); i < 0 || err != nil {
				return false, err
			}
		}
		return backtrack(p, &s.back, m, in, request{from: from, to: len(in)}, caps)
	}
	found, done, err := findAutomaton(r, s, m, in, from, passed, caps)
	if done || err != nil {
		return found, err
	}
	found, err = pike(p, &s.vm, m, in, request{from: from, to: len(in), passed: passed}, caps)
	if found && len(caps) > 0 {
		r.beyond += int64(s.vm.reached - caps[1])
	} else if s.vm.rest > 0 {
		r.rest = s.vm.rest
	}
	return found, err
}

// trySweep reads the rest of the text backwards, unless the automaton for that does not fit.
func trySweep[T Text](r *Run, m *limits.Meter, in T, from int) error {
	r.never = true
	if r.p.longest {
		return nil // A sweep finds the match of most priority.
	}
	s := r.scratch()
	a, err := s.automaton(r.p, m, every)
	if a == nil {
		return err
	}
	r.swept, err = beginSweep(&s.all, a, m, in, from)
	return err
}

// located fills in the positions of a match, and leaves its groups as they are.
func located(caps []int, start, end int) {
	if len(caps) >= 2 {
		caps[0], caps[1] = start, end
	}
}

// groupless fills in a match of a program that has no groups. Its pattern may have some that can
// take no part, which the program has lost: (a){0}b has one.
func groupless(caps []int, start, end int) {
	located(caps, start, end)
	for i := 2; i < len(caps); i++ {
		caps[i] = -1
	}
}

// findAutomaton is Find with automata: one forwards for the end of the match, one backwards for its
// start, and the groups from the states that the second has kept. done is false if one of them gave
// up.
func findAutomaton[T Text](run *Run, s *scratch, m *limits.Meter, in T, from, passed int, caps []int) (found, done bool,
	err error) {
	p := run.p
	a, err := s.automaton(p, m, search)
	if a == nil {
		return false, false, err
	}
	end, off, err := findEnd(a, m, in, from, passed, len(caps) == 0)
	if off || err != nil {
		return false, false, err
	}
	if run.rest = a.rest; end < 0 || len(caps) == 0 {
		return end >= 0, true, nil
	}
	run.beyond += int64(a.reached - end)
	groups := len(caps) > 2
	if p.anchored && !groups {
		located(caps, 0, end)
		return true, true, nil
	}
	found, err = findBegin(s, p, m, in, from, end, caps)
	return found, true, err
}

// findTable is findAutomaton with tables.
func findTable[T Text](run *Run, m *limits.Meter, in T, from int, caps []int) (bool, error) {
	p := run.p
	end, reached, err := tableEnd(p, p.tables.search, m, in, from, len(caps) == 0)
	if end < 0 || len(caps) == 0 || err != nil {
		return end >= 0, err
	}
	run.beyond += int64(reached - end)
	start := 0
	if !p.anchored {
		if start, err = tableStart(p, p.tables.reverse, m, in, from, end); err != nil {
			return false, err
		}
	}
	if start >= 0 {
		q := request{from: start, to: end, anchored: true}
		switch {
		case len(caps) == 2:
			located(caps, start, end)
			return true, nil
		case p.one != nil:
			return runOnePass(p, p.one, m, in, start, false, caps)
		case p.short(end - start):
			return backtrack(p, &run.scratch().back, m, in, q, caps)
		}
	}
	return findBegin(run.scratch(), p, m, in, from, end, caps)
}

// shortMatch is how many bytes a match has for which trying one way after the other costs less than
// following the states of all.
const shortMatch = 64

// findBegin fills caps with the leftmost match of in[from:], of which it is known that it ends at
// end.
func findBegin[T Text](s *scratch, p *Program, m *limits.Meter, in T, from, end int, caps []int) (bool, error) {
	groups := len(caps) > 2
	r, err := s.automaton(p, m, reverse)
	if err != nil {
		return false, err
	}
	if r != nil {
		var w *walker
		if groups {
			w = &s.walk
		}
		start, off, err := findStart(r, m, in, from, end, w)
		if err != nil {
			return false, err
		}
		if !off && start >= 0 {
			located(caps, start, end)
			if !groups {
				return true, nil
			}
			if end-start <= shortMatch && p.short(end-start) {
				found, err := backtrack(p, &s.back, m, in, request{from: start, to: end, anchored: true}, caps)
				if found || err != nil {
					return found, err
				}
			}
			if err := walk(p, &s.walk, r, m, in, caps); !errors.Is(err, errLost) {
				return true, err
			}
		}
	}
	// The end that is known still saves the machine the rest of the text.
	return pike(p, &s.vm, m, in, request{from: from, to: end}, caps)
}

// Full reports whether the whole text is a match.
func Full[T Text](r *Run, m *limits.Meter, in T) (bool, error) {
	p := r.p
	if len(in) < p.shortest {
		return false, m.Step(1)
	}
	if p.tables != nil && p.tables.whole != nil {
		end, _, err := tableEnd(p, p.tables.whole, m, in, 0, true)
		return end >= 0, err
	}
	if p.one != nil && len(in) <= shortText {
		return runOnePass(p, p.one, m, in, 0, true, nil)
	}
	s := r.scratch()
	if p.short(len(in)) {
		return backtrack(p, &s.back, m, in, request{to: len(in), anchored: true, whole: true}, nil)
	}
	a, err := s.automaton(p, m, whole)
	if err != nil {
		return false, err
	}
	if a != nil {
		end, off, err := findEnd(a, m, in, 0, len(in), true)
		if !off || err != nil {
			return end >= 0, err
		}
	}
	return pike(p, &s.vm, m, in, request{to: len(in), anchored: true, whole: true}, nil)
}
