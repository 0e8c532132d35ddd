package rematch

import (
	"encoding/binary"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// way is what an automaton is for. Each way has states of its own.
type way uint8

const (
	search  way = iota // forwards: where does the leftmost match end?
	whole              // forwards from the first character: is the text a match up to its end?
	reverse            // backwards from the end of a match: where does it begin?
	// backwards from the end of the text: every position may be the end of a match.
	every
	open // backwards from any position: where may a match have begun that is open there?
	ways
)

// A transition is one number: the row of the next state, and above it a mark, which is the epoch
// and what there is to know on the way. The loops over the text compare the mark with the epoch,
// and so see with one comparison that a transition is there, that it was charged, and that nothing
// is to be noted.
type transition uint64

// mark returns the epoch and flags.
func (e transition) mark() uint32 { return uint32(e >> 32) }

// row returns where the next state is.
func (e transition) row() int { return int(e & (1<<32 - 1)) }

// Flags of a mark.
const (
	// the match that is looked for may end here (in reverse: begin here), before the character is
	// read.
	edgeMatch = 1 << 31
	edgeStop  = 1 << 30 // nothing can match any more
	// the next state is the one in which a search begins, and has something to look for.
	edgeIdle  = 1 << 29
	epochMask = 1<<29 - 1
)

// Costs of a state in memory: of a transition, and of the state itself with its place in the map.
const (
	transitionBytes = 8 + 4
	stateBytes      = 160
)

// automaton is a deterministic automaton that is made while it runs. A state is what a Pike machine
// would hold at a position, without captures; a transition is made the first time it is taken, and
// kept for later texts.
//
// The states that are kept must not be seen in the count of steps. Therefore every operation has an
// epoch of its own, and a transition that is taken for the first time in an operation is charged
// with what it costs to make, whether it had to be made or was there. The budget for states works
// the same way: it counts the states that this operation has come through, so it runs out at the
// same character whatever was there before.
type automaton struct {
	p      *Program
	way    way
	budget int64
	// columns of a row: one for each class, one for the edge of the text, and one that is never
	// taken
	stride int
	cols   [256]uint16

	table  []transition
	costs  []uint32
	states []state
	index  map[string]int32
	starts [kinds]start
	home   string // the list of the states in which a search begins
	idles  idling // what is to be looked for there
	calm   bool   // nothing any more in this operation
	real   int64  // bytes of all states that are kept

	epoch   uint32
	used    int64 // bytes of the states of this epoch
	fresh   int   // states of this epoch
	read    int64 // characters or bytes read in this epoch
	asked   int64 // how many had been read when it was last asked whether that pays
	poor    int   // how often in a row it did not
	off     bool  // it does not pay: this operation goes on without
	reached int   // how far the last search has read
	rest    int   // where it has stopped because no match was open, or -1
	flushes int64 // how often the states of this operation were thrown away

	now, next set // of instructions
	key       []byte
	kept      strings.Builder // keys of states, the last piece
	stack     []uint32
	work      int64 // what the running transition has cost since it was last charged
	cost      int64 // what it has cost before
}

// state is one state. list holds the instructions in the order of priority, four bytes each, up to
// those that read a character, match, or assert something; kind is that of the character before
// them, and kindOther where that is not asked.
type state struct {
	list string
	kind kind
}

// start is the state in which a search begins after a character of some kind.
type start struct {
	row  int // -1 if it is not there
	last uint32
	cost int64
}

// set is a list of instructions without repeats, in the order in which they came.
type set struct {
	seen  []uint32 // the round in which an instruction came last
	round uint32
	list  []uint32
}

func (s *set) reset(n int) {
	if len(s.seen) < n {
		s.seen = make([]uint32, n)
	}
	s.round++
	if s.round == 0 {
		clear(s.seen)
		s.round = 1
	}
	s.list = s.list[:0]
}

// visit reports whether an instruction comes for the first time.
func (s *set) visit(pc uint32) bool {
	if s.seen[pc] == s.round {
		return false
	}
	s.seen[pc] = s.round
	return true
}

// newAutomaton returns an automaton that has no state yet. Without a budget it keeps states alone,
// and no transitions.
func newAutomaton(p *Program, w way, budget int64) *automaton {
	a := &automaton{p: p, way: w, budget: budget, stride: p.classes.count + 2, index: map[string]int32{}}
	for b := range a.cols {
		// A byte beyond ASCII needs decoding. It has the column that is never taken, so that the
		// loops need not ask.
		a.cols[b] = uint16(p.classes.count + 1) //nolint:gosec // Far fewer: the budget holds a few rows.
		if b < 128 {
			a.cols[b] = p.classes.ascii[b]
		}
	}
	a.clear()
	return a
}

// edge is the column of the edge of the text.
func (a *automaton) edge() int { return a.stride - 2 }

// clear throws all states away but the dead one, whose row is the first.
func (a *automaton) clear() {
	clear(a.index)
	a.kept.Reset()
	a.states = a.states[:0]
	a.table = a.table[:0]
	a.costs = a.costs[:0]
	a.real = 0
	for i := range a.starts {
		a.starts[i].row = -1
	}
	a.addState("", kindOther)
}

// begin begins an operation.
func (a *automaton) begin() {
	if a.real > a.budget {
		a.clear()
	}
	a.nextEpoch()
	a.off, a.calm = false, false
	a.flushes = 0
	a.work, a.cost = 0, 0 // An operation that was stopped has left some.
}

// nextEpoch forgets what was charged.
func (a *automaton) nextEpoch() {
	a.epoch++
	if a.epoch > epochMask {
		a.clear()
		a.epoch = 1
	}
	a.used, a.fresh, a.read, a.asked, a.poor = 0, 0, 0, 0, 0
}

// addState adds a state and returns its number.
func (a *automaton) addState(list string, k kind) int {
	n := len(a.states)
	a.states = append(a.states, state{list: list, kind: k})
	if a.budget > 0 {
		from := len(a.table)
		a.table, a.costs = slices.Grow(a.table, a.stride)[:from+a.stride], slices.Grow(a.costs, a.stride)[:from+a.stride]
		clear(a.table[from:])
		clear(a.costs[from:])
	}
	a.real += a.bytes(list)
	return n
}

// room has the next state fit in, with looks at the clock while what is there is copied.
func (a *automaton) room(m *limits.Meter) error {
	n := len(a.table)
	if cap(a.table)-n >= a.stride && cap(a.costs)-n >= a.stride && cap(a.states) > len(a.states) {
		return nil
	}
	table, err := grown(m, a.table, n+a.stride)
	if err != nil {
		return err
	}
	costs, err := grown(m, a.costs, n+a.stride)
	if err != nil {
		return err
	}
	states, err := grown(m, a.states, len(a.states)+1)
	a.table, a.costs = table[:n], costs[:n]
	if err == nil {
		a.states = states[:len(a.states)]
	}
	return err
}

// bytes is what a state is accounted for.
func (a *automaton) bytes(list string) int64 {
	return int64(a.stride)*transitionBytes + 2*int64(len(list)) + stateBytes
}

// spend counts one unit of work on the running transition and charges a block of it.
func (a *automaton) spend(m *limits.Meter) error {
	a.work++
	if a.work < stepBlock {
		return nil
	}
	a.cost += a.work
	a.work = 0
	return m.Step(stepBlock)
}

// settle charges the rest of the work on the running transition and returns all of it.
func (a *automaton) settle(m *limits.Meter) (int64, error) {
	cost := a.cost + a.work
	err := m.Step(a.work)
	a.cost, a.work = 0, 0
	return cost, err
}

// recharge charges what is there already, in the same portions as it would be made in.
func recharge(m *limits.Meter, cost int64) error {
	for ; cost >= stepBlock; cost -= stepBlock {
		if err := m.Step(stepBlock); err != nil {
			return err
		}
	}
	return m.Step(cost)
}

// intern returns the number of the state with a list and the kind of the character before, which is
// kept only if an assertion asks for it.
func (a *automaton) intern(list []uint32, k kind, asserts bool) int {
	if !asserts {
		k = kindOther
	}
	if len(list) == 0 {
		return 0
	}
	a.key = append(a.key[:0], byte(k))
	for _, x := range list {
		a.key = binary.LittleEndian.AppendUint32(a.key, x)
	}
	if n, ok := a.index[string(a.key)]; ok {
		return int(n)
	}
	key := a.keep(a.key)
	n := a.addState(key[1:], k)
	a.index[key] = int32(n) //nolint:gosec // The budget holds far fewer.
	return n
}

// keep returns a copy of a key, many of which are in one piece of memory: thousands of small ones
// would keep the garbage collector busy, in the time of this operation.
func (a *automaton) keep(key []byte) string {
	if a.kept.Cap()-a.kept.Len() < len(key) {
		size := max(firstKeys, min(2*a.kept.Cap(), mostKeys), len(key))
		a.kept.Reset()
		a.kept.Grow(size)
	}
	from := a.kept.Len()
	a.kept.Write(key)
	return a.kept.String()[from:]
}

// firstKeys and mostKeys are how many bytes of keys are in one piece of memory.
const (
	firstKeys = 256
	mostKeys  = 16 << 10
)

// at returns an element of a list.
func at(list string, i int) uint32 {
	return uint32(list[i]) | uint32(list[i+1])<<8 | uint32(list[i+2])<<16 | uint32(list[i+3])<<24
}

// enter charges a state that this epoch has not come through, and returns its row. If the budget
// for states is spent, all are thrown away but this one, and if that happens too often, the
// automaton is off for the rest of the operation.
func (a *automaton) enter(m *limits.Meter, n int) (row int, flushed bool, err error) {
	s := &a.states[n]
	if n == 0 || a.table[n*a.stride+a.stride-1] == transition(a.epoch) {
		return n * a.stride, false, nil
	}
	bytes := a.bytes(s.list)
	if a.used+bytes > a.budget && a.fresh > 0 {
		list, k := s.list, s.kind
		m.Release(limits.MemoryBytes, a.used)
		a.off = a.read < int64(a.fresh)*worthwhile
		a.clear()
		a.nextEpoch()
		a.flushes++
		n = a.addState(list, k)
		a.index[string(append([]byte{byte(k)}, list...))] = int32(n) //nolint:gosec // The budget holds far fewer.
		flushed = true
	}
	if err := m.Hold(limits.MemoryBytes, bytes); err != nil {
		return 0, false, err
	}
	if err := m.Step(bytes / madePerStep); err != nil {
		return 0, false, err
	}
	a.used += bytes
	if a.fresh++; a.fresh%askEvery == 0 {
		a.ask()
	}
	a.table[n*a.stride+a.stride-1] = transition(a.epoch)
	return n * a.stride, flushed, nil
}

// madePerStep is how many bytes of a new state are filled in for one step.
const madePerStep = 16

// worthwhile is how many characters must be read for each state that is made. Below that a Pike
// machine is not slower, and needs less memory.
const worthwhile = 10

// Whether the automaton pays is asked every so many states, so that more memory for states does not
// make it slower. Where a state is made for every few characters, again and again, it does not: at
// the beginning of a text that is so for any automaton.
const (
	askEvery   = 64
	poorRead   = 3 * askEvery // characters read for so many states
	poorRounds = 4            // one after the other
)

// ask turns the automaton off if it has not paid for some time.
func (a *automaton) ask() {
	if a.poor++; a.read-a.asked >= poorRead {
		a.poor = 0
	}
	a.asked = a.read
	a.off = a.off || a.poor >= poorRounds
}

// take returns the transition from a row in a column, made and charged as far as that is needed.
// The row it leads to is good until the next call.
func (a *automaton) take(m *limits.Meter, row, col int) (transition, error) {
	e := a.table[row+col]
	// Most often a transition is there, and only this operation has not taken it yet. Its mark is
	// older then, and the state it leads to has been charged: the last column of a row, which
	// belongs to no character, has the epoch that came through that state last.
	if to := e.row(); e.mark() != 0 && a.costs[row+col] < stepBlock &&
		(to == 0 || a.table[to+a.stride-1] == transition(a.epoch)) {
		mark := e.mark()
		if a.idles == forFirst && mark&edgeStop == 0 {
			mark = mark&^edgeIdle | a.idle(row, to)
		}
		//nolint:gosec // Rows are not negative and fit into 32 bits.
		a.table[row+col] = transition(mark&^epochMask|a.epoch)<<32 | transition(to)
		if mark&epochMask == a.epoch {
			return a.table[row+col], nil
		}
		return a.table[row+col], m.Step(int64(a.costs[row+col]))
	}
	var flags uint32
	var next int
	if hi := e.mark(); hi == 0 {
		if err := a.room(m); err != nil {
			return 0, err
		}
		var cost int64
		var err error
		if cost, next, flags, err = a.make(m, row/a.stride, col); err != nil {
			return 0, err
		}
		a.costs[row+col] = uint32(min(cost, 1<<32-1)) //nolint:gosec // Bounded on the left.
	} else {
		flags, next = hi&^epochMask, e.row()/a.stride
		if hi&epochMask == a.epoch {
			return e, nil
		}
		if err := recharge(m, int64(a.costs[row+col])); err != nil {
			return 0, err
		}
	}
	if flags&edgeStop == 0 {
		flags = flags&^edgeIdle | a.idle(row, next*a.stride)
	}
	to, flushed, err := a.enter(m, next)
	if err != nil {
		return 0, err
	}
	e = transition(flags|a.epoch)<<32 | transition(to) //nolint:gosec // Rows are not negative and fit into 32 bits.
	if !flushed {
		a.table[row+col] = e
	}
	return e, nil
}

// follow adds to s what an instruction leads to without reading: the instructions that read, match,
// or assert something. With known set, assertions are decided by flags; without, they are left for
// the character that is read next.
func (a *automaton) follow(m *limits.Meter, s *set, pc uint32, flags syntax.EmptyOp, known bool) error {
	stack := a.stack[:0]
	for {
		if s.visit(pc) {
			if err := a.spend(m); err != nil {
				return err
			}
			switch in := &a.p.insts[pc]; in.op {
			case opFail:
			case opAlt:
				stack = append(stack, in.arg)
				pc = in.out
				continue
			case opNop, opCapture:
				pc = in.out
				continue
			case opAssert:
				if !known {
					s.list = append(s.list, pc)
				} else if in.asserts()&^flags == 0 {
					pc = in.out
					continue
				}
			case opMatch, opClass, opSet, opAny:
				s.list = append(s.list, pc)
			}
		}
		if len(stack) == 0 {
			a.stack = stack
			return nil
		}
		pc = stack[len(stack)-1]
		stack = stack[:len(stack)-1]
	}
}

// reads reports whether an instruction reads a character of a class.
func (p *Program) reads(in *inst, class int) bool {
	switch in.op {
	case opAny:
		return true
	case opClass:
		return int(in.arg) == class
	case opSet:
		return p.classes.has(in.arg, uint16(class)) //nolint:gosec // A class.
	case opFail, opMatch, opAlt, opNop, opCapture, opAssert:
	}
	return false
}

// sortGroups sorts the instructions between the marks: within a group their order means nothing,
// and with it there would be more states.
func sortGroups(list []uint32, mark uint32) {
	for len(list) > 0 {
		end := slices.IndexFunc(list, func(x uint32) bool { return x >= mark })
		if end < 0 {
			end = len(list)
		}
		slices.Sort(list[:end])
		list = list[min(end+1, len(list)):]
	}
}
