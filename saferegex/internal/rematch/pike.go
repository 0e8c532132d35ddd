package rematch

import (
	"math"

	"github.com/seed73825598/airlock/limits"
)

// request says what to look for: the leftmost match of in[from:to] that begins at from if anchored
// is set, and ends at to if whole is set. Assertions see the text on both sides of it. If passed is
// not 0, the search may stop there or later, where no match is open.
type request struct {
	from, to int
	passed   int
	anchored bool
	whole    bool
}

// pike runs the program on a text. It fills caps, whose length says how many positions are wanted
// (none: does it match at all?), and reports whether there is a match.
func pike[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	if p.anchored && q.from > 0 {
		return false, nil
	}
	light := len(caps) <= 2 && len(in) <= math.MaxInt32
	ncap := len(caps)
	if light {
		ncap = 0
	}
	if err := v.prepare(p, m, ncap); err != nil {
		return false, err
	}
	v.light, v.rest = light, 0
	var matched bool
	var err error
	if light {
		matched, err = pikeLight(p, v, m, in, q, caps)
	} else {
		matched, err = pikeLoop(p, v, m, in, q, caps)
	}
	if err == nil {
		err = v.charge(m)
	}
	return matched && err == nil, err
}

// pikeLoop is the loop of a machine that notes positions.
func pikeLoop[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	c := &p.classes
	anchored := q.anchored || p.anchored
	matched := false
	only := p.onlyStart()
	pos := q.from
	before := kindBefore(c, in, pos)
	class, size, after := look(c, in, pos)
	for {
		if v.rests(q, pos, matched) {
			return false, nil
		}
		here := spot{pos, c.flags[before][after], noClass}
		if size > 0 && pos < q.to {
			here.class = int32(class)
		}
		if !matched && (pos == q.from || !anchored) && (only == hasMatched || !v.run.has(only)) {
			if err := v.begin(p, m, &here); err != nil {
				return false, err
			}
		} else if len(v.run.threads) == 0 && (matched || anchored) {
			return matched, nil
		}
		// The leaves after this character, for the threads that read it.
		var class2 uint16
		size2, after2 := 0, kindEdge
		if i := pos + size; size > 0 && i < len(in) {
			if b := in[i]; b < 0x80 {
				class2, size2 = c.ascii[b], 1
				after2 = c.kinds[class2]
			} else {
				class2, size2, after2 = look(c, in, i)
			}
		}
		there := spot{pos + size, c.flags[after][after2], noClass}
		if size2 > 0 && there.pos < q.to {
			there.class = int32(class2)
		}
		ends := !q.whole || pos == q.to
		if err := v.advance(p, m, pos, ends, &there, &matched, caps); err != nil {
			return false, err
		}
		v.reached = pos
		if here.class < 0 {
			return matched, nil
		}
		if err := v.spend(m, 1); err != nil {
			return false, err
		}
		pos += size
		before, class, size, after = after, class2, size2, after2
	}
}

// rests reports whether a search stops here, where no match is open.
func (v *machine) rests(q request, pos int, matched bool) bool {
	if q.passed == 0 || pos < q.passed || pos >= q.to || matched || len(v.run.threads) > 0 {
		return false
	}
	v.rest = pos
	return true
}

// begin adds the threads of a match that begins here. They have less priority than those that are
// there.
func (v *machine) begin(p *Program, m *limits.Meter, here *spot) error {
	if len(p.starts.leaves) == 0 {
		own, err := v.fresh(m, here.pos)
		if err != nil {
			return err
		}
		return v.follow(p, m, v.run, p.start, here, own)
	}
	class := int(here.class)
	if class == noClass {
		class = p.classes.count
	}
	for _, i := range p.starts.of(class) {
		if err := v.spend(m, 1); err != nil {
			return err
		}
		l := &p.starts.leaves[i]
		if !v.admits(p, v.run, l, here, 0) {
			continue
		}
		caps, err := v.fresh(m, here.pos)
		if err != nil {
			return err
		}
		if v.ncap > 0 {
			note(v.caps[int(caps)*v.ncap:][:v.ncap], l.caps&v.slots, here.pos)
		}
		v.run.threads[len(v.run.threads)-1].caps = caps
	}
	return nil
}

// fresh returns a place with the positions of a match that begins at pos.
func (v *machine) fresh(m *limits.Meter, pos int) (int32, error) {
	if v.light {
		return int32(pos), nil //nolint:gosec // A light machine has no longer texts.
	}
	if v.ncap == 0 {
		return 0, nil
	}
	at, err := v.place(m)
	if err != nil {
		return 0, err
	}
	caps := v.caps[int(at)*v.ncap:][:v.ncap]
	for i := range caps {
		caps[i] = -1
	}
	caps[0] = pos
	return at, v.spend(m, int64(v.ncap))
}

// advance has each thread at pos read the character or match, and makes the threads of the next
// spot the running ones. A match counts if it may end here.
func (v *machine) advance(p *Program, m *limits.Meter, pos int, ends bool, there *spot, matched *bool,
	caps []int) error {
	threads := v.run.threads
	for i, t := range threads {
		// Of the leftmost matches one is wanted: who began further to the right than a match that
		// there is has lost.
		lost := p.longest && *matched && v.ncap > 0 && caps[0] < v.caps[int(t.caps)*v.ncap]
		if t.out != hasMatched {
			if lost {
				v.drop(t)
			} else if err := v.spread(p, m, v.next, t.out, there, t.caps); err != nil {
				return err
			}
			continue
		}
		if !ends || lost {
			v.drop(t)
			continue
		}
		if v.ncap > 0 && (!p.longest || !*matched || caps[1] < pos) {
			copy(caps, v.caps[int(t.caps)*v.ncap:][:v.ncap])
			caps[1] = pos
			if err := v.spend(m, int64(v.ncap)); err != nil {
				return err
			}
		}
		*matched = true
		if !p.longest {
			// A thread that comes later in the list has less priority than this match.
			for _, rest := range threads[i:] {
				v.drop(rest)
			}
			break
		}
		v.drop(t)
	}
	v.run.reset()
	v.run, v.next = v.next, v.run
	return nil
}

// drop ends a thread.
func (v *machine) drop(t thread) {
	if v.ncap > 0 {
		v.free = append(v.free, t.caps)
	}
}

// look returns the class of the character at pos, its length and its kind. At the end of the text
// the length is 0.
func look[T Text](c *classes, in T, pos int) (class uint16, size int, k kind) {
	if pos >= len(in) {
		return 0, 0, kindEdge
	}
	if b := in[pos]; b < 0x80 {
		class, size = c.ascii[b], 1
	} else {
		var r rune
		r, size = decode(in, pos)
		class = c.of(r)
	}
	return class, size, c.kinds[class]
}

// kindBefore returns what the character before pos is to the assertions.
func kindBefore[T Text](c *classes, in T, pos int) kind {
	if pos == 0 {
		return kindEdge
	}
	r, _ := decodeLast(in, pos)
	return c.kinds[c.of(r)]
}
