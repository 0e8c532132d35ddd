package rematch

import (
	"errors"
	"hash/maphash"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// ErrClasses is what New returns for a program that tells more than 65,535 classes of characters
// apart.
var ErrClasses = errors.New("the pattern tells more than 65,535 classes of characters apart")

// opcode says what an instruction does.
type opcode uint8

const (
	opFail    opcode = iota // ends the thread
	opMatch                 // the thread has matched
	opAlt                   // goes on at out, and with less priority at arg
	opNop                   // goes on at out
	opCapture               // notes the position in slot arg
	opAssert                // goes on if the assertions in arg hold
	opClass                 // reads a character of class arg
	opSet                   // reads a character of a class in set arg
	opAny                   // reads any character
)

// inst is an instruction. Its number is that of the instruction of syntax.Prog it was made from.
type inst struct {
	op  opcode
	out uint32
	arg uint32
}

// asserts returns the assertions of an instruction that is an opAssert.
func (in *inst) asserts() syntax.EmptyOp { return syntax.EmptyOp(in.arg) } //nolint:gosec // Six bits.

// fewStates is the least number of states, without their lists, that must fit into the budget of an
// automaton.
const fewStates = 64

// instBytes is what an instruction is accounted for in memory: itself, the standard library's form
// of it while the program is made, and its place in the list of predecessors.
const instBytes = 96 + linkBytes

// Program is a pattern in the form in which the engines run it. It is never changed and safe for
// concurrent use.
type Program struct {
	insts    []inst
	start    uint32
	slots    int // of a match with all its groups: two for each, and two for the match
	longest  bool
	anchored bool           // no match begins anywhere but at the start of the text
	asserts  syntax.EmptyOp // the assertions that occur
	classes  classes
	prefix   needle // what every match begins with
	literal  bool   // and that is all of it: no assertions, no groups
	links    links
	starts   starts   // none if it is not worth it
	matches  []uint32 // the instructions that match
	flat     flat
	one      *onePass // nil if the program is not one-pass
	required needle   // what every match contains, if that is worth searching for
	must     needle   // what every match contains, however common
	most     int      // a match has no more bytes; 0 if nothing bounds it
	words    *words   // nil if the program is not a list of many words
	tables   *tables  // nil if there are none
	shortest int      // no match is of fewer bytes
	// the bytes that a match may begin with, if none is empty
	first      [256]bool
	hasFirst   bool
	skips      skipping
	only       byte  // the byte of toByte
	home       bool  // see findHome
	backtracks bool  // the backtracker can run it, on short texts
	budget     int64 // of an automaton, 0 for none
	bytes      int64
	pool       sync.Pool // of *Scratch; what it holds changes no answer and no count
}

// Options choose a meaning.
type Options struct {
	Longest    bool  // leftmost-longest instead of leftmost-first
	CacheBytes int64 // for the states of each automaton; an operation needs two of them
	TableBytes int64 // for each table, an automaton whose states are made with the program
	// what the program matches if that is a list of words, those of more priority first; else nil
	Words []string
	// a literal that every match contains, and how many bytes a match has at most: "" and 0 where
	// that is not known
	Required   string
	MatchBytes int
	// a literal that every match contains, which may be common: a short text without it is refused
	Must string
}

// New makes a program out of one that the standard library has compiled. Its cost is charged to m:
// a step for each instruction and each interval of characters that a set covers, and the memory,
// which stays held.
func New(prog *syntax.Prog, o Options, m *limits.Meter) (*Program, error) {
	p := &Program{longest: o.Longest, start: uint32(prog.Start), slots: prog.NumCap} //nolint:gosec // Not negative.
	n := int64(len(prog.Inst))
	if err := m.Step(n); err != nil {
		return nil, err
	}
	if err := p.hold(m, n*instBytes); err != nil {
		return nil, err
	}
	for i := range prog.Inst {
		if in := &prog.Inst[i]; in.Op == syntax.InstEmptyWidth {
			p.asserts |= syntax.EmptyOp(in.Arg) //nolint:gosec // Six bits.
		}
	}
	if err := p.translate(prog, m); err != nil {
		return nil, err
	}
	for pc := range p.insts {
		if p.insts[pc].op == opMatch {
			p.matches = append(p.matches, uint32(pc))
		}
	}
	p.elide()
	p.anchored = p.onlyAtStart()
	p.link()
	// An automaton of which not even a few states fit would be thrown away all the time.
	if row := int64(p.classes.count+2)*transitionBytes + stateBytes; row <= o.CacheBytes/fewStates &&
		!p.assertsInLoop() {
		p.budget = o.CacheBytes
	}
	prefix, literal := prog.Prefix()
	p.prefix = newNeedle(prefix)
	// A character that is none, as a surrogate, is U+FFFD in the prefix, and not in the text.
	p.literal = literal && p.slots == 2 && !strings.ContainsRune(prefix, utf8.RuneError)
	p.must = newNeedle(o.Must)
	if prefix == "" && !p.anchored {
		p.required, p.most = newNeedle(o.Required), o.MatchBytes
	}
	if err := p.flatten(m); err != nil {
		return nil, err
	}
	if err := p.findStarts(m); err != nil {
		return nil, err
	}
	if err := p.findNext(m); err != nil {
		return nil, err
	}
	if err := m.Step(n); err != nil {
		return nil, err
	}
	p.measure()
	p.findIdle()
	p.findHome()
	if err := p.findWords(o.Words, o.CacheBytes, m); err != nil {
		return nil, err
	}
	if err := p.makeTables(m, o.TableBytes); err != nil {
		return nil, err
	}
	var err error
	p.one, err = makeOnePass(p, m)
	return p, err
}

// hold accounts for memory that the program keeps.
func (p *Program) hold(m *limits.Meter, n int64) error {
	p.bytes += n
	return m.Hold(limits.MemoryBytes, n)
}

// Size returns the number of instructions.
func (p *Program) Size() int { return len(p.insts) }

// Classes returns how many classes of characters the program tells apart.
func (p *Program) Classes() int { return p.classes.count }

// Bytes returns the memory that the program keeps, as accounted.
func (p *Program) Bytes() int64 { return p.bytes }

// Slots returns the number of positions in a match with all its groups.
func (p *Program) Slots() int { return p.slots }

// translate makes the instructions and the classes of characters.
func (p *Program) translate(prog *syntax.Prog, m *limits.Meter) error {
	part := &partition{m: m, found: map[uint64][]int{}, seed: maphash.MakeSeed()}
	numbers := map[*rune]int{} // sets by where they lie: repeats share theirs
	p.insts = make([]inst, len(prog.Inst))
	for i := range prog.Inst {
		in := &prog.Inst[i]
		to := &p.insts[i]
		to.out, to.arg = in.Out, in.Arg
		switch in.Op {
		case syntax.InstFail:
			to.op = opFail
		case syntax.InstMatch:
			to.op = opMatch
		case syntax.InstAlt, syntax.InstAltMatch:
			to.op = opAlt
		case syntax.InstNop:
			to.op = opNop
		case syntax.InstCapture:
			to.op = opCapture
		case syntax.InstEmptyWidth:
			to.op = opAssert
		case syntax.InstRuneAny:
			to.op = opAny
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAnyNotNL:
			set, key := runesOf(in)
			if len(set) == 0 {
				to.op = opFail
				continue
			}
			number, known := numbers[key]
			if !known {
				number = part.add(set)
				if err := m.Step(int64(len(set))); err != nil {
					return err
				}
				if len(in.Rune) > 1 {
					numbers[key] = number
				}
			}
			to.op, to.arg = opSet, uint32(number) //nolint:gosec // Fewer than instructions.
		}
	}
	if p.asserts&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 {
		part.add(wordRunes)
	}
	if p.asserts&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0 {
		part.add(newlineRunes)
	}
	return p.classify(part, m)
}

// notNewline is what a dot accepts.
var notNewline = []rune{0, '\n' - 1, '\n' + 1, unicode.MaxRune}

// runesOf returns what an instruction accepts as pairs of first and last character, and where the
// standard library keeps it.
func runesOf(in *syntax.Inst) (set []rune, key *rune) {
	switch {
	case in.Op == syntax.InstRuneAnyNotNL:
		return notNewline, &notNewline[0]
	case len(in.Rune) == 0:
		return nil, nil
	case len(in.Rune) > 1:
		return in.Rune, &in.Rune[0]
	}
	// A single character, perhaps in every case: the orbit of simple folding, which is a handful.
	r := in.Rune[0]
	set = []rune{r, r}
	//nolint:gosec // The flags that the compiler wrote there.
	if in.Op == syntax.InstRune && syntax.Flags(in.Arg)&syntax.FoldCase != 0 {
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			at := 0
			for at < len(set) && set[at] < f {
				at += 2
			}
			set = append(set[:at], append([]rune{f, f}, set[at:]...)...)
		}
	}
	return set, &in.Rune[0]
}

// classify makes the classes that the sets need, and gives each instruction its class or set of
// classes.
func (p *Program) classify(part *partition, m *limits.Meter) error {
	if err := part.cut(); err != nil {
		return err
	}
	count, err := part.refine()
	if err != nil {
		return err
	}
	if count > maxClasses {
		return ErrClasses
	}
	c := &p.classes
	c.count, c.words = count, (count+63)/64
	if err := p.hold(m, int64(len(part.sets))*int64(c.words)*8+int64(len(part.starts))*8+int64(count)+
		2*lowLimit); err != nil {
		return err
	}
	if err := p.fillSets(part); err != nil {
		return err
	}
	p.fillRuns(part)
	return p.fillKinds()
}

// fillSets writes each set as bits, and turns the instructions of sets with one class, or with all,
// into simpler ones.
func (p *Program) fillSets(part *partition) error {
	c := &p.classes
	c.sets = make([]uint64, len(part.sets)*c.words)
	size := make([]int, len(part.sets))
	last := make([]uint32, len(part.sets))
	for n, set := range part.sets {
		bits := c.sets[n*c.words : (n+1)*c.words]
		err := part.each(set, func(j int) {
			class := part.class[j]
			if bit := uint64(1) << (class & 63); bits[class>>6]&bit == 0 {
				bits[class>>6] |= bit
				size[n]++
				last[n] = class
			}
		})
		if err != nil {
			return err
		}
	}
	for i := range p.insts {
		in := &p.insts[i]
		if in.op != opSet {
			continue
		}
		switch size[in.arg] {
		case 1:
			in.op, in.arg = opClass, last[in.arg]
		case c.count:
			in.op = opAny
		}
	}
	return nil
}

// fillRuns writes where each class lies: a table for ASCII, runs of characters in one class beyond
// it.
func (p *Program) fillRuns(part *partition) {
	c := &p.classes
	for j, start := range part.starts {
		end := rune(runeLimit)
		if j+1 < len(part.starts) {
			end = part.starts[j+1]
		}
		class := uint16(part.class[j]) //nolint:gosec // Fewer than maxClasses.
		for r := start; r < min(end, 128); r++ {
			c.ascii[r] = class
		}
		if end > 128 && (len(c.runs) == 0 || c.runs[len(c.runs)-1] != class) {
			c.starts = append(c.starts, max(start, 128))
			c.runs = append(c.runs, class)
		}
	}
	if len(c.runs) > 1 {
		c.low = make([]uint16, lowLimit-128)
		for i := range c.low {
			c.low[i] = c.runs[c.run(rune(i)+128)]
		}
	}
}

// fillKinds says what each class is to the assertions. A class is of one kind only, because the
// sets of word characters and of the newline were among those that made the classes.
func (p *Program) fillKinds() error {
	c := &p.classes
	c.kinds = make([]kind, c.count)
	if p.asserts&(syntax.EmptyWordBoundary|syntax.EmptyNoWordBoundary) != 0 {
		for i := 0; i < len(wordRunes); i += 2 {
			for r := wordRunes[i]; r <= wordRunes[i+1]; r++ {
				c.kinds[c.ascii[r]] = kindWord
			}
		}
	}
	if p.asserts&(syntax.EmptyBeginLine|syntax.EmptyEndLine) != 0 {
		c.kinds[c.ascii['\n']] = kindNewline
	}
	for before := range kinds {
		for after := range kinds {
			c.flags[before][after] = between(before, after)
		}
	}
	return nil
}

// elide lets no instruction lead to one that does nothing.
func (p *Program) elide() {
	end := func(pc uint32) uint32 {
		to := pc
		for p.insts[to].op == opNop {
			to = p.insts[to].out
		}
		// The way is made short for those that come later: a chain is walked once.
		for p.insts[pc].op == opNop && p.insts[pc].out != to {
			pc, p.insts[pc].out = p.insts[pc].out, to
		}
		return to
	}
	p.start = end(p.start)
	for i := range p.insts {
		in := &p.insts[i]
		in.out = end(in.out)
		if in.op == opAlt {
			in.arg = end(in.arg)
		}
	}
}

// onlyAtStart reports whether every way from the start leads through \A before it reads a character
// or matches.
func (p *Program) onlyAtStart() bool {
	only := true
	p.reach(func(in *inst) bool {
		switch in.op {
		case opAssert:
			return in.asserts()&syntax.EmptyBeginText == 0
		case opMatch, opClass, opSet, opAny:
			only = false
		case opFail, opAlt, opNop, opCapture:
		}
		return true
	})
	return only
}

// reach calls f for every instruction that can be reached from the start without reading a
// character. After an instruction for which f returns false it does not look.
func (p *Program) reach(f func(in *inst) bool) {
	seen := make([]bool, len(p.insts))
	todo := []uint32{p.start}
	for len(todo) > 0 {
		pc := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		in := &p.insts[pc]
		if !f(in) {
			continue
		}
		switch in.op {
		case opAlt:
			todo = append(todo, in.arg, in.out)
		case opNop, opCapture, opAssert:
			todo = append(todo, in.out)
		case opFail, opMatch, opClass, opSet, opAny:
		}
	}
}

// Engine names the fastest engine that the program allows.
func (p *Program) Engine() string {
	switch {
	case p.literal, p.words != nil:
		return "literal"
	case p.one != nil && p.anchored:
		return "one-pass"
	case p.budget > 0:
		return "automaton"
	default:
		return "machine"
	}
}
