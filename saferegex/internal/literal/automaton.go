package literal

import (
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// Text is what is searched.
type Text interface{ string | []byte }

// An Automaton searches for the literals of many patterns. It is never changed and safe for
// concurrent use.
//
// It is the deterministic form: each state has a transition for each class of bytes. A row begins
// at the state's number, so that a transition is one addition and one load.
type Automaton struct {
	classes [256]uint8
	stride  int
	table   []uint32 // rows; the top bit of a transition says that the state it leads to has outputs
	outputs [][]Output
	depth   []uint8 // of each state: how long what was read of a literal is
}

// An Output is a literal that ends at a state.
type Output struct {
	Pattern int32
	Length  int32  // of the literal
	Literal string // as it was given, if case counts: then it has to be compared; else empty
}

// hasOutputs marks a transition.
const hasOutputs = 1 << 31

// A Pattern is what Build is given.
type Pattern struct {
	ID       int
	Literals []string
	Fold     bool
}

// Costs of a literal automaton in memory and steps.
const (
	outputBytes   = 40
	stateBytes    = 24
	stepsPerState = 4
	// maxTable is how large the table may be, in transitions.
	maxTable = 1 << 28
)

// Build makes an automaton. Its cost is charged to m, and the memory stays held. It returns nil if
// there is no literal, or the table would be larger than most bytes.
//
// Literals that Of returned are short, so that a depth fits into a byte.
func Build(m *limits.Meter, patterns []Pattern, most int64) (*Automaton, error) {
	fold := slices.ContainsFunc(patterns, func(p Pattern) bool { return p.Fold })
	b := builder{m: m, fold: fold, most: min(most/4, maxTable)}
	b.classify(patterns)
	if b.a.stride == 1 {
		return nil, nil
	}
	if err := b.m.Hold(limits.MemoryBytes, int64(b.a.stride)*4+stateBytes); err != nil {
		return nil, err
	}
	for _, p := range patterns {
		for _, s := range p.Literals {
			if ok, err := b.add(p, s); !ok || err != nil {
				return nil, err
			}
		}
	}
	if err := b.link(); err != nil {
		return nil, err
	}
	return &b.a, nil
}

// Bytes returns the memory of the automaton, as accounted.
func (a *Automaton) Bytes() int64 {
	n := int64(len(a.table))*4 + int64(len(a.outputs))*stateBytes
	for _, list := range a.outputs {
		n += int64(len(list)) * outputBytes
	}
	return n
}

// builder makes an automaton.
type builder struct {
	m    *limits.Meter
	a    Automaton
	fold bool
	most int64
}

// lower is a byte in lower case if the automaton folds.
func (b *builder) lower(c byte) byte {
	if b.fold && c >= 'A' && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

// classify gives each byte that occurs in a literal a class, and all others class 0. There are
// fewer than 255 of them: some bytes stand in no UTF-8.
func (b *builder) classify(patterns []Pattern) {
	n := uint8(0)
	for _, p := range patterns {
		for _, s := range p.Literals {
			for i := range len(s) {
				if c := b.lower(s[i]); b.a.classes[c] == 0 && n < 255 {
					n++
					b.a.classes[c] = n
				}
			}
		}
	}
	if b.fold {
		for c := byte('A'); c <= 'Z'; c++ {
			b.a.classes[c] = b.a.classes[b.lower(c)]
		}
	}
	b.a.stride = int(n) + 1
	b.state(0)
}

// state adds a state and returns its row.
func (b *builder) state(depth uint8) uint32 {
	row := len(b.a.table)
	b.a.table = append(b.a.table, make([]uint32, b.a.stride)...)
	b.a.outputs = append(b.a.outputs, nil)
	b.a.depth = append(b.a.depth, depth)
	return uint32(row) //nolint:gosec // At most maxTable.
}

// add adds a literal to the trie. It reports false if the table becomes too large.
func (b *builder) add(p Pattern, s string) (bool, error) {
	row := uint32(0)
	for i := range len(s) {
		at := &b.a.table[int(row)+int(b.a.classes[b.lower(s[i])])]
		if *at == 0 {
			if int64(len(b.a.table)+b.a.stride) > b.most {
				return false, nil
			}
			if err := b.m.Hold(limits.MemoryBytes, int64(b.a.stride)*4+stateBytes); err != nil {
				return false, err
			}
			next := b.state(uint8(i + 1))
			// The table may have moved.
			at = &b.a.table[int(row)+int(b.a.classes[b.lower(s[i])])]
			*at = next
		}
		row = *at
	}
	out := Output{Pattern: int32(p.ID), Length: int32(len(s))} //nolint:gosec // Both are small.
	if b.fold && !p.Fold {
		out.Literal = s
	}
	n := int(row) / b.a.stride
	b.a.outputs[n] = append(b.a.outputs[n], out)
	if err := b.m.Hold(limits.MemoryBytes, outputBytes); err != nil {
		return false, err
	}
	return true, b.m.Step(int64(len(s)*stepsPerState) + 1)
}

// link turns the trie into a deterministic automaton: where a state has no way on, it goes where
// the longest end of what was read, that a literal begins with, goes. States are visited in the
// order of their depth.
func (b *builder) link() error {
	a := &b.a
	fail := make([]uint32, len(a.outputs))
	queue := make([]uint32, 0, len(a.outputs))
	for class := range a.stride {
		if to := a.table[class]; to != 0 {
			queue = append(queue, to)
		}
	}
	for i := 0; i < len(queue); i++ {
		row := int(queue[i])
		back := int(fail[row/a.stride])
		inherited := a.outputs[back/a.stride]
		if len(inherited) > 0 {
			if err := b.m.Hold(limits.MemoryBytes, int64(len(inherited))*outputBytes); err != nil {
				return err
			}
			own := &a.outputs[row/a.stride]
			*own = append(slices.Clip(*own), inherited...)
		}
		if err := b.m.Step(int64(a.stride/16 + len(inherited) + 1)); err != nil {
			return err
		}
		for class := range a.stride {
			at := &a.table[row+class]
			if *at == 0 {
				*at = a.table[back+class]
				continue
			}
			fail[int(*at)/a.stride] = a.table[back+class]
			queue = append(queue, *at)
		}
	}
	for i, to := range a.table {
		if len(a.outputs[int(to)/a.stride]) > 0 {
			a.table[i] |= hasOutputs
		}
		if i%stepBlock == 0 {
			if err := b.m.Step(stepBlock / 16); err != nil {
				return err
			}
		}
	}
	return nil
}

// stepBlock is how much is done at most before it is charged.
const stepBlock = 4096

// Search reads the text and calls f for each literal that ends in it, from left to right, with the
// position of its end. It charges a step for each byte and for each literal. f may return false to
// end the search.
func Search[T Text](a *Automaton, m *limits.Meter, in T, f func(o *Output, end int) (bool, error)) error {
	row := uint32(0)
	for i := 0; i < len(in); {
		began := i
		i, row = run(a.table, &a.classes, in, i, min(len(in), i+stepBlock), row)
		if err := m.Step(int64(i - began)); err != nil {
			return err
		}
		if row&hasOutputs == 0 {
			continue
		}
		row &^= hasOutputs
		outputs := a.outputs[int(row)/a.stride]
		if err := m.Step(int64(len(outputs))); err != nil {
			return err
		}
		for k := range outputs {
			o := &outputs[k]
			if o.Literal != "" && string(in[i-int(o.Length):i]) != o.Literal {
				continue
			}
			if goesOn, err := f(o, i); !goesOn || err != nil {
				return err
			}
		}
	}
	return nil
}

// Begin calls f for each literal that the text begins with, the shortest first. It looks at no more
// of the text than the longest literal has.
func Begin[T Text](a *Automaton, m *limits.Meter, in T, f func(o *Output, end int) (bool, error)) error {
	row := uint32(0)
	for i := range len(in) {
		to := a.table[int(row)+int(a.classes[in[i]])]
		next := to &^ hasOutputs
		if int(a.depth[int(next)/a.stride]) != i+1 {
			break // It has gone back to the middle of a literal.
		}
		row = next
		outputs := a.outputs[int(row)/a.stride]
		if err := m.Step(int64(len(outputs)) + 1); err != nil {
			return err
		}
		for k := range outputs {
			o := &outputs[k]
			if int(o.Length) != i+1 || o.Literal != "" && string(in[:i+1]) != o.Literal {
				continue
			}
			if goesOn, err := f(o, i+1); !goesOn || err != nil {
				return err
			}
		}
	}
	return nil
}

// run takes transitions from i up to limit, or to the first state that has outputs, which is then
// returned with its mark.
func run[T Text](table []uint32, classes *[256]uint8, in T, i, limit int, row uint32) (at int, to uint32) {
	for ; i+4 <= limit; i += 4 {
		row = table[row+uint32(classes[in[i]])]
		if row >= hasOutputs {
			return i + 1, row
		}
		row = table[row+uint32(classes[in[i+1]])]
		if row >= hasOutputs {
			return i + 2, row
		}
		row = table[row+uint32(classes[in[i+2]])]
		if row >= hasOutputs {
			return i + 3, row
		}
		row = table[row+uint32(classes[in[i+3]])]
		if row >= hasOutputs {
			return i + 4, row
		}
	}
	for ; i < limit; i++ {
		row = table[row+uint32(classes[in[i]])]
		if row >= hasOutputs {
			return i + 1, row
		}
	}
	return i, row
}
