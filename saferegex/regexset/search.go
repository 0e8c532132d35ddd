package regexset

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// search is a search for the literals of several patterns.
type search struct {
	automaton *literal.Automaton
	folded    []int // the patterns that match without regard to case, and have an s or a k in a literal
}

// The states of a pattern in a call. Numbers below mostTries count places where it was looked
// for in vain.
const (
	mostTries = 16
	candidate = 253 // it has to be looked for in the whole text
	absent    = 254
	present   = 255
)

// scan is one call: it finds out which patterns match in a text.
type scan struct {
	s      *Set
	o      *operation
	text   string
	state  []uint8 // of each pattern, if literals are searched for
	may    []int   // candidates
	found  []int
	below  int  // only patterns with a lower index are of interest
	lowest bool // only the lowest index is of interest
}

// matches records that a pattern matches. It reports whether the search goes on.
func (c *scan) matches(i int) bool {
	if c.state != nil {
		c.state[i] = present
	}
	if !c.lowest {
		c.found = append(c.found, i)
		return true
	}
	if i < c.below {
		c.below = i
	}
	return c.below > 0
}

// literals searches for the literals of patterns, where they stand or at the start of the text.
func (c *scan) literals(s *search, begin bool) error {
	if s == nil {
		return nil
	}
	if len(s.folded) > 0 {
		text := c.text
		if begin {
			text = text[:min(len(text), beginBytes)]
		}
		if err := c.foldsBeyondASCII(s, text); err != nil {
			return err
		}
	}
	m := &c.o.meter
	if begin {
		return literal.Begin(s.automaton, m, c.text, c.hit)
	}
	return literal.Search(s.automaton, m, c.text, c.hit)
}

// foldsBeyondASCII looks for the two letters beyond ASCII that are cases of letters of ASCII: the
// long s and the Kelvin sign. Where a text has one, a pattern that folds may match without its
// literals. It is looked for there, and in the whole text if there are many such letters, or
// matches may be long.
func (c *scan) foldsBeyondASCII(s *search, text string) error {
	if err := c.o.meter.Step(int64(len(text) / bytesPerStep)); err != nil {
		return err
	}
	var places []int
	for at := 0; len(places) <= mostFolds; at++ {
		n := nextFold(text[at:])
		if n < 0 {
			break
		}
		at += n
		places = append(places, at)
	}
	if len(places) == 0 {
		return nil
	}
	for _, i := range s.folded {
		if err := c.o.meter.Step(1); err != nil {
			return err
		}
		p := &c.s.patterns[i]
		found := len(places) > mostFolds || p.begins || !p.windowed(c.text)
		if !found {
			var err error
			if found, err = c.aroundAll(i, places); err != nil {
				return err
			}
		}
		if found {
			c.may = append(c.may, i)
			c.state[i] = candidate
		}
	}
	return nil
}

// mostFolds is how many of the two letters are looked at one by one.
const mostFolds = 256

// aroundAll reports whether there may be a match of a pattern that contains one of the places.
// Those that are close to each other share a window.
func (c *scan) aroundAll(i int, places []int) (bool, error) {
	most := c.s.patterns[i].most
	for tries := 0; len(places) > 0; tries++ {
		n := 1
		for n < len(places) && places[n]-places[n-1] < most {
			n++
		}
		if err := c.o.meter.Step(int64(n)); err != nil {
			return false, err
		}
		if tries == mostTries {
			return true, nil
		}
		if found, err := c.window(i, places[0]-most, places[n-1]+most); found || err != nil {
			return found, err
		}
		places = places[n:]
	}
	return false, nil
}

// nextFold returns where the first of the two letters is.
func nextFold(text string) int {
	long, kelvin := strings.Index(text, "\u017f"), strings.Index(text, "\u212a")
	if long < 0 || kelvin >= 0 && kelvin < long {
		return kelvin
	}
	return long
}

// beginBytes is more than a literal at the start of a text can take, in whatever case.
const beginBytes = 128

// bytesPerStep is how many bytes are searched for one letter in a step.
const bytesPerStep = 16

// hit takes note of a literal.
func (c *scan) hit(out *literal.Output, end int) (goesOn bool, err error) {
	i := int(out.Pattern)
	known := c.state[i]
	if known >= candidate || i >= c.below {
		return true, nil
	}
	p := &c.s.patterns[i]
	switch p.by {
	case byExactLiteral:
		return c.matches(i), nil
	case byPrefix:
		return c.try(i, end-int(out.Length))
	case byFactor:
		if p.windowed(c.text) {
			return c.around(i, end-int(out.Length), end)
		}
	case byItself, byRE2:
	}
	c.state[i] = candidate
	c.may = append(c.may, i)
	return true, nil
}

// try looks for a match of a pattern that begins at from. After some tries in vain, or one that has
// to read far, the rest of the text is searched, which decides it.
func (c *scan) try(i, from int) (goesOn bool, err error) {
	prog, err := c.s.program(c.o, i)
	if err != nil {
		return false, err
	}
	run := prog.Begin()
	defer run.End()
	found, decided, err := rematch.MatchAt(&run, &c.o.meter, c.text, from)
	if err == nil && !found && (!decided || c.state[i] == mostTries) {
		run.Release(&c.o.meter)
		run.End()
		found, err = rematch.Find(&run, &c.o.meter, c.text, from, nil)
		c.state[i] = absent
	}
	run.Release(&c.o.meter)
	switch {
	case err != nil:
		return false, err
	case found:
		return c.matches(i), nil
	case c.state[i] != absent:
		c.state[i]++
	}
	return true, nil
}

// windowShare is how many times as long as the longest match of a pattern a text must be for the
// pattern to be looked for around its literals alone.
const windowShare = 4 * mostTries

// windowed reports whether a pattern is looked for around its literals.
func (p *pattern) windowed(text string) bool { return p.most > 0 && len(text)/windowShare > p.most }

// around looks for a match of a pattern that contains the literal in text[from:to]. After some
// windows without one the rest of the text is searched, which decides it.
func (c *scan) around(i, from, to int) (goesOn bool, err error) {
	most := c.s.patterns[i].most
	if c.state[i] < mostTries {
		if found, err := c.window(i, to-most, from+most); err != nil || !found {
			c.state[i]++
			return true, err
		}
	}
	prog, err := c.s.program(c.o, i)
	if err != nil {
		return false, err
	}
	run := prog.Begin()
	found, err := rematch.Find(&run, &c.o.meter, c.text, c.boundary(to-most), nil)
	run.Release(&c.o.meter)
	run.End()
	if err != nil {
		return false, err
	}
	if found {
		return c.matches(i), nil
	}
	c.state[i] = absent
	return true, nil
}

// window reports whether there may be a match that begins at from or later and ends before to. A
// match that it finds at the very end of the window may not be one, for it has not seen the text
// after it.
func (c *scan) window(i, from, to int) (bool, error) {
	prog, err := c.s.program(c.o, i)
	if err != nil {
		return false, err
	}
	run := prog.Begin()
	defer run.End()
	defer run.Release(&c.o.meter)
	return rematch.Find(&run, &c.o.meter, c.text[:min(len(c.text), to+utf8.UTFMax)], c.boundary(from), nil)
}

// boundary returns a position, or the beginning of the character that it is inside of: a search
// that began there would take the rest of the character for some that are none.
func (c *scan) boundary(at int) int {
	for n := 1; n < utf8.UTFMax && n <= at; n++ {
		if _, size := utf8.DecodeRuneInString(c.text[at-n:]); size > n {
			return at - n
		}
	}
	return max(0, at)
}

// engines asks the engines of patterns about the whole text, those of lower index first.
func (c *scan) engines(ids []int) error {
	for _, i := range ids {
		if i >= c.below {
			break
		}
		prog, err := c.s.program(c.o, i)
		if err != nil {
			return err
		}
		run := prog.Begin()
		found, err := rematch.Find(&run, &c.o.meter, c.text, 0, nil)
		run.Release(&c.o.meter)
		run.End()
		if err != nil {
			return err
		}
		if found && !c.matches(i) {
			break
		}
	}
	return nil
}

// run finds out which patterns match.
func (c *scan) run() error {
	if c.s.begin == nil && c.s.inside == nil {
		return c.engines(c.s.always)
	}
	m := &c.o.meter
	n := int64(len(c.s.patterns))
	if err := m.Step(n / bytesPerStep); err != nil {
		return err
	}
	if err := m.Hold(limits.MemoryBytes, n); err != nil {
		return err
	}
	c.state = make([]uint8, n)
	for _, part := range []struct {
		search *search
		begin  bool
	}{{c.s.begin, true}, {c.s.inside, false}} {
		if err := c.literals(part.search, part.begin); err != nil {
			return err
		}
	}
	slices.Sort(c.may)
	if err := c.engines(c.may); err != nil {
		return err
	}
	return c.engines(c.s.always)
}
