package regexset

import (
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// search is a search for the literals of several patterns.
type search struct {
	automaton *literal.Automaton
	folded    []int // the patterns that match without regard to case
}

// What is known of a pattern in a call. Numbers below mostTries count places where it was looked
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
// long s and the Kelvin sign. A text that has one may match a pattern without its literals, and all
// patterns that fold are candidates.
func (c *scan) foldsBeyondASCII(s *search, text string) error {
	if err := c.o.meter.Step(int64(len(text) / bytesPerStep)); err != nil {
		return err
	}
	if !strings.Contains(text, "\u017f") && !strings.Contains(text, "\u212a") {
		return nil
	}
	for _, i := range s.folded {
		c.may = append(c.may, i)
		c.state[i] = candidate
	}
	return c.o.meter.Step(int64(len(s.folded)))
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
	case byFactor, byItself, byRE2:
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
