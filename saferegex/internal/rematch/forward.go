package rematch

import (
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
)

// In the lists of a search stand two more things than instructions, numbered after them.
//
// restart is the beginning of a match at the next character, which has less priority than all
// matches that have begun; backwards, the end of one. A mark, under leftmost-longest, stands
// between threads that have begun at different characters.
func (a *automaton) mark() uint32    { return uint32(len(a.p.insts)) }     //nolint:gosec // Not negative.
func (a *automaton) restart() uint32 { return uint32(len(a.p.insts)) + 1 } //nolint:gosec // Not negative.

// startRow returns the state in which the automaton begins after a character of kind k.
func (a *automaton) startRow(m *limits.Meter, k kind) (int, error) {
	if a.p.asserts == 0 {
		k = kindOther
	}
	s := &a.starts[k]
	var n int
	switch {
	case s.row < 0:
		if err := a.beginning(m); err != nil {
			return 0, err
		}
		cost, err := a.settle(m)
		if err != nil {
			return 0, err
		}
		if err := a.room(m); err != nil {
			return 0, err
		}
		n = a.intern(a.next.list, k, a.asserting(a.next.list))
		s.row, s.cost = n*a.stride, cost
		a.home = a.states[n].list // It is the same after every kind.
		a.idles = a.p.idling(a.way)
	case s.last == a.epoch:
		return s.row, nil
	default:
		n = s.row / a.stride
		if err := recharge(m, s.cost); err != nil {
			return 0, err
		}
	}
	cost := s.cost
	row, _, err := a.enter(m, n)
	if err != nil {
		return 0, err // The row that is known stays for later operations.
	}
	// If the states were thrown away meanwhile, this is a new one.
	*s = start{row, a.epoch, cost}
	return row, nil
}

// idling says what an automaton looks for in the state in which a search begins.
type idling uint8

const (
	never       idling = iota
	forPrefix          // the literal that every match begins with, which comes before any assertion
	forRequired        // the literal that every match contains: the search ends, and begins there
	forFirst           // a byte that a match may begin with
)

// idling returns what the automaton of a way looks for.
func (p *Program) idling(w way) idling {
	switch {
	case w != search || p.anchored:
		return never
	case p.prefix.text != "":
		return forPrefix
	case p.required.text != "" && p.home:
		return forRequired
	case p.starts.plain && p.skips != skipsNothing:
		return forFirst
	default:
		return never
	}
}

// beginning puts the list of the first state into a.next.
func (a *automaton) beginning(m *limits.Meter) error {
	a.next.reset(len(a.p.insts))
	switch a.way {
	case reverse:
		a.next.list = append(a.next.list, a.p.matches...)
		a.work++
		return nil
	case every:
		a.next.list = append(a.next.list, a.restart())
		a.work++
		return nil
	case open:
		a.next.list = a.p.allOpen(a.next.list)
		a.work += int64(len(a.p.insts))
		return nil
	case search, whole, ways:
	}
	if a.restarts() && a.p.starts.plain {
		// A thread that begins here reads the next character, and is looked up when that is known.
		a.next.list = append(a.next.list, a.restart())
		return nil
	}
	if err := a.follow(m, &a.next, a.p.start, 0, false); err != nil {
		return err
	}
	a.sort()
	if a.restarts() {
		a.next.list = append(a.next.list, a.restart())
	}
	return nil
}

// restarts reports whether a match may begin at every character.
func (a *automaton) restarts() bool { return a.way == search && !a.p.anchored }

// grouped reports whether threads are told apart by where they began, and not by priority.
func (a *automaton) grouped() bool { return a.way == search && a.p.longest }

// sort sorts what has no order, so that there are fewer states.
func (a *automaton) sort() {
	if a.grouped() || a.way == whole {
		sortGroups(a.next.list, a.mark())
	}
}

// asserting reports whether a list waits for an assertion.
func (a *automaton) asserting(list []uint32) bool {
	if a.p.asserts == 0 {
		return false
	}
	if a.way >= reverse {
		return true
	}
	for _, pc := range list {
		if int(pc) < len(a.p.insts) && a.p.insts[pc].op == opAssert {
			return true
		}
	}
	return false
}

// step makes the transition of a state in a column: it decides the assertions, now that the
// characters on both sides are known, sees whether something has matched, and has the rest read.
func (a *automaton) step(m *limits.Meter, number, col int) (next int, flags uint32, err error) {
	s := a.states[number]
	after := kindEdge
	if col != a.edge() {
		after = a.p.classes.kinds[col]
	}
	if err := a.decide(m, s.list, a.p.classes.flags[s.kind][after]); err != nil {
		return 0, 0, err
	}
	matched, err := a.readAll(m, col)
	if err != nil {
		return 0, 0, err
	}
	if matched {
		flags = edgeMatch
	}
	a.sort()
	next = a.intern(a.next.list, after, a.asserting(a.next.list))
	if next == 0 {
		flags |= edgeStop
	}
	return next, flags, nil
}

// decide puts the list into a.now, with each assertion that holds replaced by what it leads to.
func (a *automaton) decide(m *limits.Meter, list string, holds syntax.EmptyOp) error {
	n := len(a.p.insts)
	a.now.reset(n)
	for i := 0; i < len(list); i += 4 {
		pc := at(list, i)
		if int(pc) >= n {
			a.now.list = append(a.now.list, pc)
			continue
		}
		if a.p.insts[pc].op != opAssert {
			if err := a.spend(m); err != nil {
				return err
			}
			if a.now.visit(pc) {
				a.now.list = append(a.now.list, pc)
			}
			continue
		}
		if err := a.follow(m, &a.now, pc, holds, true); err != nil {
			return err
		}
	}
	return nil
}

// readAll has each instruction of a.now read the character of a column, puts what is after those
// that can into a.next, and reports whether one of them is a match.
func (a *automaton) readAll(m *limits.Meter, col int) (matched bool, err error) {
	end := col == a.edge()
	a.next.reset(len(a.p.insts))
	group := 0 // where the last group of a.next begins
	for _, pc := range a.now.list {
		if err := a.spend(m); err != nil {
			return false, err
		}
		switch pc {
		case a.mark():
			if matched {
				return true, nil // A thread that began further to the right has lost.
			}
			group = a.closeGroup(group)
			continue
		case a.restart():
			if matched || end {
				continue
			}
			if a.grouped() {
				a.closeGroup(group)
			}
			if err := a.startOver(m, col); err != nil {
				return false, err
			}
			continue
		}
		in := &a.p.insts[pc]
		switch {
		case in.op == opMatch && (a.way != whole || end):
			matched = true
			if !a.grouped() {
				return true, nil // A thread of less priority has lost.
			}
		case !end && a.p.reads(in, col):
			if err := a.follow(m, &a.next, in.out, 0, false); err != nil {
				return false, err
			}
		}
	}
	return matched, nil
}

// startOver adds to a.next what begins at this character and reads it, or, where matches may be
// empty or begin with an assertion, what begins at the next one.
func (a *automaton) startOver(m *limits.Meter, col int) error {
	p := a.p
	if !p.starts.plain {
		if err := a.follow(m, &a.next, p.start, 0, false); err != nil {
			return err
		}
	} else {
		for _, i := range p.starts.of(col) {
			if err := a.follow(m, &a.next, p.starts.leaves[i].out, 0, false); err != nil {
				return err
			}
		}
	}
	a.next.list = append(a.next.list, a.restart())
	return nil
}

// closeGroup puts a mark after the last group of a.next, unless that is empty, and returns where
// the next one begins.
func (a *automaton) closeGroup(group int) int {
	if len(a.next.list) == group {
		return group
	}
	a.next.list = append(a.next.list, a.mark())
	return len(a.next.list)
}
