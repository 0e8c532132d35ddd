package regexset

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Set is a compiled set of patterns together with the limits of each operation with it. [Compile]
// makes one.
//
// The package comment says by what a pattern is found. The answer is that of each pattern alone in
// package regexp, and it is whole or there is an error.
//
// A nil, a zero and a closed *Set answer with a [*limits.ConfigError].
//
// A Set is safe for concurrent use and must not be copied.
type Set struct {
	c        *config
	patterns []pattern
	inside   *search                // for literals anywhere in a text; nil if there are none
	begin    *search                // for literals at its start; nil if there are none
	always   []int                  // patterns whose engines read every text
	lane     int                    // shorter texts need no meter
	inRE2    bool                   // RE2 has patterns of the set
	engine   atomic.Pointer[engine] // nil if it has none, or the set is closed
	// patterns that RE2 answers for text of ASCII alone: it sees \B within the bytes of a character
	beyondASCII []int
	cache       cache
	stats       Stats
	closed      atomic.Bool
}

// pattern is one pattern of a set.
type pattern struct {
	text    string
	whole   string            // what is compiled where matches are whole texts; else empty
	cost    int64             // in steps, of making its engine
	most    int               // bytes of a match at most; 0 if nothing bounds it, or the pattern is anchored
	re      *saferegex.Regexp // nil if it is made when it is needed
	prog    *rematch.Program  // of re
	by      by
	begins  bool // its literals are looked for at the start of a text alone
	notWord bool // it has \B
}

// usable refuses what Compile has not made, or Close has ended.
func (s *Set) usable(op string) error {
	var reason string
	switch {
	case s == nil || s.c == nil:
		reason = "was not made by Compile"
	case s.closed.Load():
		reason = "is closed"
	default:
		return nil
	}
	return setup.Misuse(op, "the Set", reason)
}

// Match returns the indexes of the patterns that match in text, in ascending order; none if there
// are none.
func (s *Set) Match(ctx context.Context, text string) ([]int, error) {
	const op = "regexset.Match"
	if err := s.usable(op); err != nil {
		return nil, err
	}
	var few []int
	if s.quick(ctx, text, func(i int) bool { few = append(few, i); return true }) {
		return few, nil
	}
	o, err := begin(ctx, op, s.c.lim, s.needs())
	if err != nil {
		return nil, err
	}
	defer o.finish() // An observer may panic.
	found, err := s.match(o, text)
	if err == nil {
		err = o.meter.Spend(limits.Items, int64(len(found)))
	}
	if err == nil {
		err = o.meter.Spend(limits.OutputBytes, int64(len(found))*indexBytes)
	}
	if err := o.end(err); err != nil {
		return nil, err
	}
	return found, nil
}

// First returns the lowest index of the patterns that match in text, and whether there is one; the
// index is -1 if there is none. It is not the leftmost match: the order of the patterns decides, as
// it does among routes. Those are about whole texts: compile them with [FullMatch].
func (s *Set) First(ctx context.Context, text string) (index int, ok bool, err error) {
	const op = "regexset.First"
	if err := s.usable(op); err != nil {
		return -1, false, err
	}
	lowest := -1
	if s.quick(ctx, text, func(i int) bool { lowest = i; return false }) {
		return lowest, lowest >= 0, nil
	}
	o, err := begin(ctx, op, s.c.lim, s.needs())
	if err != nil {
		return -1, false, err
	}
	defer o.finish() // An observer may panic.
	c := scan{s: s, o: o, text: text, below: len(s.patterns), lowest: true}
	err = s.scan(&c)
	if err == nil && c.below < len(s.patterns) {
		err = o.meter.Spend(limits.Items, 1)
	}
	if err := o.end(err); err != nil || c.below == len(s.patterns) {
		return -1, false, err
	}
	return c.below, true, nil
}

// indexBytes is what an index that Match returns is charged for, the same on every architecture.
const indexBytes = 8

// needs returns what a call needs that asks which patterns match.
func (s *Set) needs() needs {
	if s.inRE2 {
		return needsClock
	}
	return 0
}

// match finds out which patterns match.
func (s *Set) match(o *operation, text string) ([]int, error) {
	c := scan{s: s, o: o, text: text, below: len(s.patterns)}
	if err := s.scan(&c); err != nil {
		return nil, err
	}
	slices.Sort(c.found)
	return c.found, nil
}

// scan charges the text, and asks literals, engines and RE2.
func (s *Set) scan(c *scan) error {
	if err := c.o.meter.Spend(limits.InputBytes, int64(len(c.text))); err != nil {
		return err
	}
	if n := int64(len(c.text)); n > int64(MaxInputBytes) {
		return &limits.ExceededError{Op: c.o.op, Resource: limits.InputBytes, Limit: int64(MaxInputBytes), Used: n,
			Hint: "match parts of the text: no set answers for more than MaxInputBytes"}
	}
	if err := c.run(); err != nil {
		return err
	}
	if s.inRE2 {
		return c.askRE2()
	}
	return nil
}

// askRE2 asks RE2 about the patterns that it has.
func (c *scan) askRE2() error {
	e := c.s.engine.Load()
	if e == nil {
		return c.s.usable(c.o.op) // Closed since the call began.
	}
	var found []int
	ascii, err := c.s.re2(c.o, e, c.text, &found)
	if err != nil {
		return err
	}
	if !ascii && len(c.s.beyondASCII) > 0 {
		found = slices.DeleteFunc(found, func(i int) bool { return c.s.patterns[i].notWord })
		if err := c.engines(c.s.beyondASCII); err != nil {
			return err
		}
	}
	for _, i := range found {
		c.matches(i)
	}
	return nil
}

// program returns the program of a pattern. One that is not kept costs what it takes to make it,
// whether it has to be made or not.
func (s *Set) program(o *operation, i int) (*rematch.Program, error) {
	if p := s.patterns[i].prog; p != nil {
		return p, nil
	}
	made, err := s.made(o, i)
	return made.prog, err
}

// re2 asks RE2, and reports whether the text is ASCII.
func (s *Set) re2(o *operation, e *engine, text string, found *[]int) (ascii bool, err error) {
	if err := o.meter.Step(int64(len(text)) + 1); err != nil {
		return false, err
	}
	ascii, valid := kind(text)
	if !valid {
		// RE2 never matches an invalid byte, and Go takes each for the character U+FFFD. Whether
		// there is a match depends on the characters alone, so RE2 gets a text with U+FFFD in the
		// place of each.
		size := replacedBytes(text)
		if err := o.meter.Step(size); err != nil {
			return false, err
		}
		if err := o.meter.Hold(limits.MemoryBytes, size); err != nil {
			return false, err
		}
		defer o.meter.Release(limits.MemoryBytes, size)
		text = replaced(text, size)
	}
	*found, err = e.find(o, text)
	return ascii, err
}

// kind reports whether a text is ASCII, and whether it is valid UTF-8.
func kind(text string) (ascii, valid bool) {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf {
			return false, utf8.ValidString(text[i:])
		}
	}
	return true, true
}

// replacedBytes is the length of replaced.
func replacedBytes(text string) int64 {
	var n int64
	for _, r := range text {
		n += int64(utf8.RuneLen(r)) // An invalid byte is read as U+FFFD.
	}
	return n
}

// replaced is the text with U+FFFD in the place of each byte that is no part of a valid character.
func replaced(text string, size int64) string {
	var b strings.Builder
	b.Grow(int(size))
	for _, r := range text {
		b.WriteRune(r)
	}
	return b.String()
}

// Close gives up the set. The memory that RE2 holds for it is freed when the calls that are running
// have returned and the garbage has been collected; it is not needed for correctness, and a Set
// that is garbage frees the same. Calls after Close answer with a [*limits.ConfigError]; Close
// itself may be called again.
func (s *Set) Close() error {
	if s != nil && s.c != nil {
		// Before the engine goes, so that no call takes its absence for an answer.
		s.closed.Store(true)
		s.engine.Store(nil)
		s.cache.clear()
	}
	return nil
}

// Len returns the number of patterns.
func (s *Set) Len() int {
	if s == nil {
		return 0
	}
	return len(s.patterns)
}

// Pattern returns the pattern with an index, "" if there is none.
func (s *Set) Pattern(i int) string {
	if s == nil || i < 0 || i >= len(s.patterns) {
		return ""
	}
	return s.patterns[i].text
}
