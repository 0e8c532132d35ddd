package rematch

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A search is idle in the state in which it begins: no match is open, and all that is read leads
// back to that state, up to a byte with which a match may begin. Such bytes are searched for many
// times as fast as an automaton reads, one transition after the other. A byte that is passed over
// is charged like one that is read.

// skipping says what an idle search looks for.
type skipping uint8

const (
	skipsNothing skipping = iota
	toPrefix              // the literal that every match begins with
	toByte                // the only byte that a match may begin with
	toBytes               // the next byte that a match may begin with
)

// idleMost is how common the bytes that a search skips to may be, in a thousand: others are met too
// soon.
const idleMost = 150

// Each skip costs as much as so many bytes cost to read. A search that has lost more by its skips
// than it has gained, and idleCredit besides, skips no more.
const (
	idleCredit    = 512
	tableCost     = 8
	automatonCost = 24
)

// findIdle chooses what an idle search looks for.
func (p *Program) findIdle() {
	if p.anchored || !p.hasFirst {
		return
	}
	if p.prefix.text != "" {
		if frequency(p.prefix.rare) <= idleMost {
			p.skips = toPrefix
		}
		return
	}
	most, n := 0, 0
	for b := range utf8.RuneSelf {
		if p.first[b] {
			p.only = byte(b)
			most += frequency(p.only)
			n++
		}
	}
	switch {
	case most > idleMost || n == 0 && !p.first[utf8.RuneSelf]:
	case n == 1 && !p.first[utf8.RuneSelf]:
		p.skips = toByte
	default:
		p.skips = toBytes
	}
}

// frequency says how often a byte is met in a text, in a thousand, roughly.
func frequency(b byte) int {
	if b == ' ' {
		return 170
	}
	return [...]int{2: 1, 3: 2, 4: 3, 5: 12, 6: 10, 7: 20, 9: 30, 10: 60}[commonness(b)]
}

// nextBegin returns the first place from i on at which a match may begin, or limit.
func nextBegin[T Text](p *Program, in T, i, limit int) int {
	n := -1
	switch p.skips {
	case skipsNothing:
		return i
	case toPrefix:
		n = indexIn(in[i:min(len(in), limit+len(p.prefix.text)-1)], &p.prefix)
	case toByte:
		n = indexByte(in[i:limit], p.only)
	case toBytes:
		return nextOf(&p.first, in, i, limit)
	}
	if n < 0 {
		return limit
	}
	return i + n
}

// indexByte returns where a byte occurs first in a text of either kind, or -1.
func indexByte[T Text](in T, b byte) int {
	switch in := any(in).(type) {
	case string:
		return strings.IndexByte(in, b)
	case []byte:
		return bytes.IndexByte(in, b)
	default:
		return -1
	}
}

// nextOf returns where the first byte of a set is, or limit.
func nextOf[T Text](set *[256]bool, in T, i, limit int) int {
	for ; i+4 <= limit; i += 4 {
		switch {
		case set[in[i]]:
			return i
		case set[in[i+1]]:
			return i + 1
		case set[in[i+2]]:
			return i + 2
		case set[in[i+3]]:
			return i + 3
		}
	}
	for i < limit && !set[in[i]] {
		i++
	}
	return i
}

// markIdle marks the transitions of a search table to the states in which a search begins, of which
// there is one for each kind of character before it, from all others.
func (t *table) markIdle(p *Program) {
	if p.skips == skipsNothing || !t.goesHome(p) {
		return
	}
	t.skips = true
	for i, e := range t.next {
		row, col := i-i%t.stride, i%t.stride
		if col < t.stride-2 && e < tableNote && e > 0 && t.home(int(e)) && !t.home(row) {
			t.next[i] = e | tableNote
		}
	}
}

// goesHome reports whether each character that no match begins with leads from a state in which a
// search begins to the one after that character.
func (t *table) goesHome(p *Program) bool {
	c := &p.classes
	goes := func(from uint16, class uint16) bool { return t.next[from+class] == t.starts[c.kinds[class]] }
	for _, from := range t.starts {
		for b := range utf8.RuneSelf {
			if !p.first[b] && !goes(from, c.ascii[b]) {
				return false
			}
		}
		for _, class := range c.runs {
			if !p.first[utf8.RuneSelf] && !goes(from, class) {
				return false
			}
		}
	}
	return true
}

// skipTable has a reading that is idle go on to where the next match may begin, or to limit.
func skipTable[T Text](p *Program, t *table, in T, limit int, r *reading) {
	if r.credit < 0 || r.pos >= limit {
		return
	}
	at := nextBegin(p, in, r.pos, limit)
	r.credit += at - r.pos - tableCost
	if at > r.pos {
		r.pos = at
		if p.asserts != 0 {
			r.row = int(t.starts[kindBefore(&p.classes, in, at)])
		}
	}
}

// skipAutomaton is skipTable for an automaton that makes its states. It returns how far the search
// has come, and what is left of its credit. If that is spent, the search is idle no more.
func skipAutomaton[T Text](a *automaton, m *limits.Meter, in T, i, credit int) (at, left int, err error) {
	for i < len(in) && !a.calm {
		limit := min(len(in), i+stepBlock)
		at := nextBegin(a.p, in, i, limit)
		if err := m.Step(int64(at - i)); err != nil {
			return i, credit, err
		}
		a.read += int64(at - i)
		credit += at - i - automatonCost
		a.calm = credit < 0
		if i = at; at < limit {
			break
		}
	}
	return i, credit, nil
}

// idle returns the flag of a transition between two states, if the search becomes idle.
func (a *automaton) idle(row, to int) uint32 {
	if a.idles == never || a.calm || a.states[to/a.stride].list != a.home ||
		a.idles == forFirst && a.states[row/a.stride].list == a.home {
		return 0
	}
	return edgeIdle
}
