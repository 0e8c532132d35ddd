package rematch

// Bounds of the short lane: what it needs stands on the stack.
const (
	quickPairs   = 64 * 64
	quickChoices = 32
)

// QuickBytes returns how long a text may be for [Quick] to be sure to take no more than so many
// steps, when a number of positions is asked for; -1 if there is no such text.
func (p *Program) QuickBytes(steps int64, slots int) int {
	each := 3 + int64(slots) // An index, two tables, and what a one-pass program may copy.
	switch {
	case p.literal:
		each = 1 // The index alone.
	case p.tables == nil:
		if p.one == nil || slots > len(pass{}.space) {
			return -1
		}
	case slots > 2 && p.one == nil:
		each += int64(len(p.flat.leaves)) * int64(1+slots)
	}
	return int(steps/each) - 2
}

// Quick is [Find] from the beginning of a text that is no longer than QuickBytes says, and [Full]
// if whole is set. It has the same answers, without a meter: it makes nothing that is kept, and the
// meter would not look at anything on the way. If done is false, it has no answer.
func Quick[T Text](p *Program, in T, whole bool, caps []int) (found, done bool) {
	if len(in) < p.shortest {
		return false, true
	}
	t := p.tables
	if whole {
		switch {
		case t != nil && t.whole != nil:
			r := t.whole.begin(0, kindEdge)
			readTable(p, t.whole, in, len(in), true, &r)
			return r.found >= 0, true
		case p.one != nil:
			return quickPass(p, in, 0, true, nil), true
		}
		return false, false
	}
	if p.one != nil && p.anchored && (len(caps) > 2 || t == nil || t.search == nil) {
		return quickPass(p, in, 0, false, caps), true
	}
	from := 0
	if p.prefix.text != "" && !p.anchored {
		if from = indexIn(in, &p.prefix); from < 0 {
			return false, true
		}
		if p.literal {
			groupless(caps, from, from+len(p.prefix.text))
			return true, true
		}
	}
	if t == nil || t.search == nil || len(caps) > 2 && p.one == nil && !p.fewPairs(len(in)) {
		return false, false
	}
	r := t.search.begin(from, kindBefore(&p.classes, in, from))
	readTable(p, t.search, in, len(in), len(caps) == 0, &r)
	if r.found < 0 || len(caps) == 0 {
		return r.found >= 0, true
	}
	start, end := 0, r.found
	if !p.anchored {
		_, _, after := look(&p.classes, in, end)
		back := t.reverse.begin(end, after)
		readTableBack(p, t.reverse, in, from, from, &back)
		start = back.found
	}
	switch {
	case start < 0:
		return false, false
	case len(caps) == 2:
		located(caps, start, end)
		return true, true
	case p.one != nil:
		return true, quickPass(p, in, start, false, caps)
	}
	var visited [quickPairs / 64]uint64
	var stack [quickChoices]choice
	b := backtracker{visited: visited[:], stack: stack[:0]}
	found, _ = tryAt(p, &b, in, request{from: start, to: end}, start, caps)
	return true, found
}

// fewPairs reports whether the bits of the backtracker for n bytes fit on the stack.
func (p *Program) fewPairs(n int) bool { return p.backtracks && len(p.insts)*(n+1) <= quickPairs }

// quickPass runs a one-pass program.
func quickPass[T Text](p *Program, in T, from int, whole bool, caps []int) bool {
	x := newPass(from, len(caps))
	passOnce(p, p.one, in, from, len(in), whole, caps, &x)
	return x.matched
}
