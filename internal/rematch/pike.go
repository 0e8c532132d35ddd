package rematch

import (
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
)

// request says what to look for: the leftmost match of in[from:to] that begins at from if anchored is set, and ends at to if whole is set. Assertions see the text on both sides of it.
type request struct {
	from, to int
	anchored bool
	whole    bool
}

// pike runs the program on a text. It fills caps, whose length says how many positions are wanted (none: does it match at all?), and reports whether there is a match.
func pike[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	if p.anchored && q.from > 0 {
		return false, nil
	}
	if err := v.prepare(p, m, len(caps)); err != nil {
		return false, err
	}
	matched, err := pikeLoop(p, v, m, in, q, caps)
	if err == nil {
		err = v.charge(m)
	}
	return matched && err == nil, err
}

func pikeLoop[T Text](p *Program, v *machine, m *limits.Meter, in T, q request, caps []int) (bool, error) {
	c := &p.classes
	anchored := q.anchored || p.anchored
	s := sight{pos: q.from, matched: false}
	before := kindBefore(c, in, s.pos)
	var after, after2 kind
	var class2 uint16
	var size2 int
	s.class, s.size, after = look(c, in, s.pos)
	for {
		if len(v.run.threads) == 0 && (s.matched || anchored && s.pos > q.from) {
			return s.matched, nil
		}
		if !s.matched && (s.pos == q.from || !anchored) {
			if err := v.begin(p, m, s.pos, c.flags[before][after]); err != nil {
				return false, err
			}
		}
		// What comes after the next character, for the assertions behind it.
		class2, size2, after2 = 0, 0, kindEdge
		if s.size > 0 {
			class2, size2, after2 = look(c, in, s.pos+s.size)
		}
		s.flags = c.flags[after][after2]
		s.reads = s.size > 0 && s.pos < q.to
		s.ends = !q.whole || s.pos == q.to
		if err := v.advance(p, m, &s, caps); err != nil {
			return false, err
		}
		if !s.reads || s.matched && v.ncap == 0 {
			return s.matched, nil
		}
		v.work++
		if v.work >= stepBlock {
			if err := v.charge(m); err != nil {
				return false, err
			}
		}
		s.pos += s.size
		before, s.class, s.size, after = after, class2, size2, after2
	}
}

// sight is what the machine sees at one position, and what it has found.
type sight struct {
	pos     int
	class   uint16         // of the character that is to be read
	size    int            // its length, 0 at the end of the text
	reads   bool           // it may be read
	ends    bool           // a match may end here
	flags   syntax.EmptyOp // the assertions that hold behind the character
	matched bool
}

// begin adds the threads of a match that begins at pos. They have less priority than those that are there.
func (v *machine) begin(p *Program, m *limits.Meter, pos int, flags syntax.EmptyOp) error {
	var own int32
	if v.ncap > 0 {
		var err error
		if own, err = v.place(m); err != nil {
			return err
		}
		fresh := v.caps[int(own)*v.ncap:][:v.ncap]
		for i := range fresh {
			fresh[i] = -1
		}
		fresh[0] = pos
		v.work += int64(v.ncap)
	}
	return v.follow(p, m, &v.run, p.start, pos, flags, own)
}

// advance has each thread read the character or match, and makes the threads of the next position the running ones.
func (v *machine) advance(p *Program, m *limits.Meter, s *sight, caps []int) error {
	threads := v.run.threads
	for i := range threads {
		t := threads[i]
		v.work++
		in := &p.insts[t.pc]
		// Of the leftmost matches one is wanted: who began further to the right than a match that there is has lost.
		lost := p.longest && s.matched && v.ncap > 0 && caps[0] < v.caps[int(t.caps)*v.ncap]
		if in.op != opMatch {
			if s.reads && !lost && (in.op == opAny || in.op == opClass && in.arg == uint32(s.class) || in.op == opSet && p.classes.has(in.arg, s.class)) {
				if err := v.follow(p, m, &v.next, in.out, s.pos+s.size, s.flags, t.caps); err != nil {
					return err
				}
			} else {
				v.drop(t)
			}
			continue
		}
		if s.ends && !lost {
			if v.ncap > 0 && (!p.longest || !s.matched || caps[1] < s.pos) {
				copy(caps, v.caps[int(t.caps)*v.ncap:][:v.ncap])
				caps[1] = s.pos
				v.work += int64(v.ncap)
			}
			s.matched = true
			if !p.longest {
				// Whoever comes later in the list has less priority than this match.
				for _, rest := range threads[i:] {
					v.drop(rest)
				}
				break
			}
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

// look returns the class of the character at pos, its length and its kind. At the end of the text the length is 0.
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
