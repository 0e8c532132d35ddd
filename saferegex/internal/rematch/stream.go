package rematch

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// A Stream finds the matches of a text of which only a part is held: one after the other from left
// to right, the same as [Find] on the whole text. It belongs to one goroutine.
//
// It is a Pike machine that can stop where the held text ends and go on when there is more. It
// knows at every character where the earliest match begins that what it has read may still become.
// While none has begun, an automaton reads ahead (leap.go).
type Stream struct {
	p       *Program
	v       machine
	window  int
	skips   [utf8.RuneSelf]bool // characters at which no match begins
	from    int                 // where the search began
	pos     int                 // the character before which the threads stand
	begun   bool                // the threads of a match that begins at pos are there
	matched bool
	caps    [2]int
	walk    int // no leap is made before

	// In a wide text the window counts characters: how many were read before pos, and before mark,
	// where a match may begin.
	wide       bool
	read       int
	mark       int
	readToMark int
}

// A Verdict says what a [Stream] has come to in the text that it was given.
type Verdict uint8

// The states of a Stream.
const (
	More    Verdict = iota // nothing yet: more text is needed
	Found                  // a match, whatever follows
	Ended                  // the text has ended without another match
	TooLong                // what begins at Open may become one match, and is longer than the window
)

// Stream returns a Stream that refuses what is longer than window bytes, or characters in a wide
// text.
func (p *Program) Stream(window int, wide bool) *Stream {
	s := &Stream{p: p, window: window, wide: wide}
	if len(p.starts.leaves) > 0 {
		for b := range s.skips {
			s.skips[b] = len(p.starts.of(int(p.classes.ascii[b]))) == 0
		}
	}
	return s
}

// Begin begins a search at a position of the held text.
func (s *Stream) Begin(m *limits.Meter, from int) error {
	s.from, s.pos, s.begun, s.matched = from, from, false, false
	s.read, s.mark, s.readToMark, s.walk = 0, from, 0, from
	return s.v.prepare(s.p, m, len(s.caps))
}

// Shift says that n bytes were taken from the beginning of the held text. At least one character
// must be left before the position of the stream: what is at position 0 is the beginning of the
// text.
func (s *Stream) Shift(n int) {
	s.from -= n
	s.pos -= n
	s.mark -= n
	s.walk -= n
	s.caps[0] -= n
	s.caps[1] -= n
	for i := range s.v.caps[:int(s.v.places)*s.v.ncap] {
		s.v.caps[i] -= n
	}
}

// Match returns where the match begins and ends that was found.
func (s *Stream) Match() (start, end int) { return s.caps[0], s.caps[1] }

// Open returns the earliest position at which a match may begin, by what was read.
func (s *Stream) Open() int {
	open := s.pos
	if s.matched {
		open = s.caps[0]
	}
	if len(s.v.run.threads) > 0 {
		// Threads stand in the order in which their matches begin.
		open = min(open, s.v.caps[int(s.v.run.threads[0].caps)*s.v.ncap])
	}
	return open
}

// Idle reports whether no match has begun.
func (s *Stream) Idle() bool { return !s.matched && len(s.v.run.threads) == 0 }

// Next reads on. in is what is held of the text, final if nothing follows it. After Found another
// search begins with Begin. r, if it is not nil, has memory for an automaton that reads ahead.
func (s *Stream) Next(r *Run, m *limits.Meter, in []byte, final bool) (Verdict, error) {
	v, c := &s.v, &s.p.classes
	if s.p.anchored && s.from > 0 {
		return Ended, nil
	}
	for {
		if s.matched && len(v.run.threads) == 0 {
			return Found, v.charge(m)
		}
		if !held(in, s.pos, final) {
			return More, v.charge(m)
		}
		if err := s.skip(r, m, in, final); err != nil {
			return More, err
		}
		if !held(in, s.pos, final) {
			return More, v.charge(m)
		}
		class, size, after := look(c, in, s.pos)
		here := spot{s.pos, c.flags[kindBefore(c, in, s.pos)][after], noClass}
		if size > 0 {
			here.class = int32(class)
		}
		if !s.begun {
			if err := s.begin(m, &here); err != nil {
				return More, err
			}
		}
		if len(v.run.threads) == 0 {
			if size == 0 || s.p.anchored {
				return Ended, v.charge(m)
			}
			// Nothing begins here: the next character need not be known.
			if err := v.spend(m, 1); err != nil {
				return More, err
			}
			s.v.run.reset()
			s.goOn(size)
			continue
		}
		if s.tooLong(in, size) {
			return TooLong, v.charge(m)
		}
		if size > 0 && !held(in, s.pos+size, final) && s.reads() {
			return More, v.charge(m)
		}
		class2, size2, after2 := look(c, in, s.pos+size)
		there := spot{s.pos + size, c.flags[after][after2], noClass}
		if size2 > 0 {
			there.class = int32(class2)
		}
		if err := v.advance(s.p, m, s.pos, true, &there, &s.matched, s.caps[:]); err != nil {
			return More, err
		}
		if size == 0 {
			if s.matched {
				return Found, v.charge(m)
			}
			return Ended, v.charge(m)
		}
		if err := v.spend(m, 1); err != nil {
			return More, err
		}
		s.goOn(size)
	}
}

// goOn moves on over the character of size bytes at pos.
func (s *Stream) goOn(size int) {
	s.pos += size
	s.read++
	s.begun = false
}

// begin adds the threads of a match that begins here, if one may.
func (s *Stream) begin(m *limits.Meter, here *spot) error {
	s.begun = true
	if s.matched || s.p.anchored && s.pos != s.from {
		return nil
	}
	return s.v.begin(s.p, m, here)
}

// skip goes on to the next character at which a match may begin, if none has begun.
func (s *Stream) skip(r *Run, m *limits.Meter, in []byte, final bool) error {
	if s.begun || s.matched || len(s.v.run.threads) > 0 || s.p.anchored {
		return nil
	}
	// The beginning of a prefix may be too long itself, if the window is that small.
	if s.p.prefix.text != "" && len(s.p.prefix.text) <= s.window {
		at, err := index(m, in, s.pos, &s.p.prefix)
		if err != nil {
			return err
		}
		if at < 0 {
			// A prefix may begin in the last bytes.
			if at = len(in); !final {
				at = max(s.pos, len(in)-len(s.p.prefix.text)+1)
				for at > s.pos && at < len(in) && continues(in[at]) {
					at--
				}
			}
		}
		if s.wide {
			s.read += utf8.RuneCount(in[s.pos:at])
		}
		s.pos = at
		return nil
	}
	if err := s.leap(r, m, in, final); err != nil {
		return err
	}
	from, began := s.pos, s.pos
	for s.pos < len(in) && in[s.pos] < utf8.RuneSelf && s.skips[in[s.pos]] {
		s.pos++
		if s.pos-began == stepBlock {
			began = s.pos
			if err := m.Step(stepBlock); err != nil {
				return err
			}
		}
	}
	s.read += s.pos - from
	return s.v.spend(m, int64(s.pos-began))
}

// reads reports whether a thread that counts reads the character at pos. If none does, what follows
// that character changes nothing.
func (s *Stream) reads() bool {
	threads := s.v.run.threads
	if !s.p.longest {
		return threads[0].out != hasMatched // The others have less priority than this match.
	}
	for _, t := range threads {
		if t.out != hasMatched {
			return true
		}
	}
	return false
}

// tooLong reports whether what may become a match, the character of size bytes at pos included, is
// longer than the window.
func (s *Stream) tooLong(in []byte, size int) bool {
	open := s.Open()
	if !s.readsFrom(open) {
		size = 0
	}
	if !s.wide {
		return s.pos+size-open > s.window
	}
	if open > s.mark {
		s.readToMark += utf8.RuneCount(in[s.mark:open])
		s.mark = open
	}
	read := s.read - s.readToMark
	if size > 0 {
		read++
	}
	return read > s.window
}

// readsFrom reports whether a thread that counts, of a match that begins at open, reads the
// character at pos.
func (s *Stream) readsFrom(open int) bool {
	for _, t := range s.v.run.threads {
		switch {
		case s.v.caps[int(t.caps)*s.v.ncap] > open:
			return false
		case t.out != hasMatched:
			return true
		case !s.p.longest:
			return false // The others have less priority than this match.
		}
	}
	return false
}

// held reports whether the character at pos is held whole, or known to be cut off.
func held(in []byte, pos int, final bool) bool {
	return final || pos < len(in) && utf8.FullRune(in[pos:])
}

// Groups fills caps with the positions of the groups of a match that was found at [start, end) in
// what is held of the text.
func Groups(r *Run, m *limits.Meter, in []byte, start, end int, caps []int) error {
	_, err := pike(r.p, &r.scratch().vm, m, in, request{from: start, to: end, anchored: true}, caps)
	return err
}
