package rematch

import (
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// tables are automata that are whole: all their states were made together with the program. Most
// patterns of fields and of tokens have a few dozen states. A search with a table has no state to
// make and nothing to remember, so that it costs what the text costs, on the first call as on later
// ones.
type tables struct {
	cols   [256]uint8 // the column of each byte
	search *table     // nil if it would be too large
	whole  *table
	// nil if it would be too large, or is not needed
	reverse *table
}

// table is an automaton of one way. An entry is the place of the row of the next state, with flags
// above it. The first row is that of the dead state.
type table struct {
	stride int
	next   []uint16
	starts [kinds]uint16 // the first row after a character of each kind
	skips  bool          // where a search is idle; see idle.go
}

// Flags of an entry. All entries with something to note are at least tableNote, which makes one
// comparison of a character that there is nothing to note of.
const (
	// The character lies beyond ASCII, and must be decoded. Of one that was decoded, or is ASCII: the
	// search has become idle.
	tableNote  = 1 << 13
	tableMatch = 1 << 14 // the match may end here (in reverse: begin), before the character is read
	tableStop  = 1 << 15 // nothing can match any more
	tableRow   = tableNote - 1
)

// Bounds of tables: one that has more entries or states is not made, and those of a program
// together take no more work.
const (
	tableEntries = tableNote
	tableInsts   = 1000
	tableWork    = 16_384
	// A program whose states are many times its instructions nearly always has far too many.
	tableStates    = 3
	tableMinStates = 16
)

// makeTables makes the tables that take no more than so many bytes each.
func (p *Program) makeTables(m *limits.Meter, most int64) error {
	entries := min(most/2, tableEntries)
	stride := p.classes.count + 2
	if p.budget == 0 || p.literal || p.words != nil && !p.words.few || len(p.insts) > tableInsts || stride > 256 ||
		int64(4*stride) > entries {
		return nil
	}
	t, work := new(tables), int64(tableWork)
	for b := range t.cols {
		t.cols[b] = uint8(stride - 1) //nolint:gosec // At most 255.
		if b < 128 {
			t.cols[b] = uint8(p.classes.ascii[b]) //nolint:gosec // Less than stride.
		}
	}
	for _, w := range []struct {
		way way
		to  **table
	}{{search, &t.search}, {reverse, &t.reverse}, {whole, &t.whole}} {
		switch {
		case w.way == reverse && (t.search == nil || p.anchored):
			continue
		case w.way == whole && p.anchored && t.search != nil && t.search.endsAtEnd():
			t.whole = t.search
			continue
		}
		var err error
		if *w.to, err = p.makeTable(m, w.way, int(entries), &work); err != nil {
			return err
		}
	}
	if t.reverse == nil && !p.anchored {
		t.search = nil // The end of a match alone is what few ask for.
	}
	if t.search == nil && t.whole == nil {
		return nil
	}
	if t.search != nil {
		t.search.markIdle(p)
	}
	p.tables = t
	return p.hold(m, int64(len(t.cols))+3*int64(kinds)*2)
}

// endsAtEnd reports whether a match ends at the end of the text alone.
func (t *table) endsAtEnd() bool {
	for i, e := range t.next {
		if e&tableMatch != 0 && i%t.stride != t.stride-2 {
			return false
		}
	}
	return true
}

// makeTable makes a table, or returns nil if that is not worth it. It has an automaton make every
// transition of every state that there is. It takes its work from the rest of the budget.
func (p *Program) makeTable(m *limits.Meter, w way, entries int, left *int64) (*table, error) {
	a := newAutomaton(p, w, 0)
	t := &table{stride: a.stride}
	a.states = slices.Grow(a.states, min(len(p.insts), entries/a.stride))
	if err := m.Hold(limits.MemoryBytes, int64(len(p.insts))*automatonBytes); err != nil {
		return nil, err
	}
	defer m.Release(limits.MemoryBytes, int64(len(p.insts))*automatonBytes)
	for k := range kinds {
		if k != kindOther && p.asserts == 0 {
			t.starts[k] = t.starts[kindOther]
			continue
		}
		if err := a.beginning(m); err != nil {
			return nil, err
		}
		cost, err := a.settle(m)
		if err != nil {
			return nil, err
		}
		*left -= cost
		//nolint:gosec // At most one row for each kind.
		t.starts[k] = uint16(a.intern(a.next.list, k, a.asserting(a.next.list)) * a.stride)
	}
	most := tableStates*len(p.insts) + tableMinStates
	t.next = make([]uint16, 0, min(len(p.insts)*a.stride, entries))
	for n := 0; n < len(a.states); n++ { //nolint:intrange // The list grows while it is read.
		if len(a.states)*a.stride > entries || len(a.states) > most || *left < 0 {
			return nil, nil
		}
		for col := range a.stride - 1 {
			e := uint16(tableStop)
			if n > 0 {
				cost, next, flags, err := a.make(m, n, col)
				if err != nil {
					return nil, err
				}
				*left -= cost
				e = uint16(next * a.stride & tableRow) // Too many states are no table.
				if flags&edgeMatch != 0 {
					e |= tableMatch
				}
				if flags&edgeStop != 0 {
					e |= tableStop
				}
			}
			t.next = append(t.next, e)
		}
		t.next = append(t.next, tableNote)
	}
	t.next = slices.Clip(t.next)
	return t, p.hold(m, int64(cap(t.next))*2)
}

// make makes one transition, without keeping it, and returns what that has cost.
func (a *automaton) make(m *limits.Meter, number, col int) (cost int64, next int, flags uint32, err error) {
	if a.way >= reverse {
		next, flags, err = a.stepBack(m, number, col)
	} else {
		next, flags, err = a.step(m, number, col)
	}
	if err != nil {
		return 0, 0, 0, err
	}
	cost, err = a.settle(m)
	return cost, next, flags, err
}

// A reading is how far a table has read a text.
type reading struct {
	pos    int
	row    int
	found  int  // where the last match that was seen ends, or -1
	done   bool // nothing more is to be read
	credit int  // of skipping, which ends below 0
}

// begin is a reading that begins at a position after a character of some kind.
func (t *table) begin(from int, k kind) reading {
	return reading{pos: from, row: int(t.starts[k]), found: -1, credit: idleCredit}
}

// readTable reads forwards up to a limit, and at the end of the text sees whether a match ends
// there. With first set it is done at the first end of a match that it sees.
func readTable[T Text](p *Program, t *table, in T, limit int, first bool, r *reading) {
	if t.skips && t.home(r.row) {
		skipTable(p, t, in, limit, r)
	}
	cols, next, c := &p.tables.cols, t.next, &p.classes
	pos, row, found := r.pos, r.row, r.found
	for pos < limit {
		e, size := next[row+int(cols[in[pos]])], 1
		if e < tableNote {
			row = int(e)
			pos++
			continue
		}
		if b := in[pos]; b >= 0x80 {
			if b < 0xE0 && b >= 0xC2 && c.low != nil && pos+1 < len(in) && continues(in[pos+1]) {
				e, size = next[row+int(c.low[int(b&0x1F)<<6|int(in[pos+1]&0x3F)-128])], 2
			} else {
				var char rune
				char, size = decode(in, pos)
				e = next[row+int(c.of(char))]
			}
			if e < tableNote {
				row = int(e)
				pos += size
				continue
			}
		}
		if e&tableMatch != 0 {
			found = pos
			if first {
				r.pos, r.found, r.done = pos, found, true
				return
			}
		}
		if e&tableStop != 0 {
			r.pos, r.found, r.done = pos, found, true
			return
		}
		row = int(e & tableRow)
		pos += size
		if e&tableNote != 0 && r.credit >= 0 {
			r.pos, r.row = pos, row
			skipTable(p, t, in, limit, r)
			pos, row = r.pos, r.row
		}
	}
	if pos >= len(in) {
		if next[row+t.stride-2]&tableMatch != 0 {
			found = len(in)
		}
		r.done = true
	}
	r.pos, r.row, r.found = pos, row, found
}

// readTableBack reads backwards from the end of a match, down to a limit, and looks for where a
// match may begin that begins at from or later.
func readTableBack[T Text](p *Program, t *table, in T, from, limit int, r *reading) {
	cols, next := &p.tables.cols, t.next
	pos, row := r.pos, r.row
	for low := max(from, limit) + 1; pos > low; pos-- {
		b := in[pos-1]
		if b >= 0x80 {
			break
		}
		e := next[row+int(cols[b])]
		if e >= tableNote {
			if e&tableStop != 0 {
				break
			}
			r.found = pos
		}
		row = int(e & tableRow)
	}
	for {
		e, size := next[row+t.stride-2], 1
		if pos > 0 {
			if b := in[pos-1]; b < 0x80 {
				e = next[row+int(cols[b])]
			} else {
				var char rune
				char, size = decodeLast(in, pos)
				e = next[row+int(p.classes.of(char))]
			}
		}
		if e&tableMatch != 0 {
			r.found = pos
		}
		if e&tableStop != 0 || pos <= from {
			r.pos, r.done = pos, true
			return
		}
		row = int(e & tableRow)
		if pos -= size; pos <= limit && pos > from {
			r.pos, r.row = pos, row
			return
		}
	}
}

// tableEnd returns where the leftmost match of in[from:] ends, or -1, and how far it has read.
func tableEnd[T Text](p *Program, t *table, m *limits.Meter, in T, from int, first bool) (end, reached int, err error) {
	r := t.begin(from, kindBefore(&p.classes, in, from))
	for !r.done {
		began := r.pos
		readTable(p, t, in, min(len(in), began+readBlock), first, &r)
		if err := m.Step(int64(r.pos-began) + 1); err != nil {
			return -1, r.pos, err
		}
	}
	return r.found, r.pos, nil
}

// tableStart returns where the match begins that ends at end, and not before from.
func tableStart[T Text](p *Program, t *table, m *limits.Meter, in T, from, end int) (int, error) {
	_, _, after := look(&p.classes, in, end)
	r := t.begin(end, after)
	for !r.done {
		began := r.pos
		readTableBack(p, t, in, from, max(from, began-readBlock), &r)
		if err := m.Step(int64(began-r.pos) + 1); err != nil {
			return -1, err
		}
	}
	return r.found, nil
}
