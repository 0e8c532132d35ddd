package unicodeid

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// braille is U+2800, which is blank, visible to no one, and no Default_Ignorable_Code_Point.
const braille = '\u2800'

// A checker looks for the problems of one raw name that is valid UTF-8.
type checker struct {
	p        *Profile
	op       string
	raw      string
	name     string // raw without outer white space
	start    int    // where name begins in raw
	meter    *limits.Meter
	chars    []char
	problems []Problem
	exceeded *limits.ExceededError
	budget   error
}

// A char is one code point of the name.
type char struct {
	r     rune
	at    int // in raw
	size  int
	props ucd.Props
	// it is part of an emoji, a joiner in its place, or has been refused: the other rules do not
	// speak of it
	skip bool
}

// add adds a problem. Of a name with more than MaxProblems the first ones serve.
func (c *checker) add(p Problem) {
	if len(c.problems) < MaxProblems {
		c.problems = append(c.problems, p)
	}
}

// stop is asked at each turn of a loop over the name, and looks at the clock every stopEvery turns.
// It reports that the call has to end: then budget says why.
func (c *checker) stop(turn int) bool {
	if turn%stopEvery == stopEvery-1 && c.budget == nil {
		c.budget = c.meter.Err()
	}
	return c.budget != nil
}

const stopEvery = 4096

// at adds a problem with one code point.
func (c *checker) at(rule Rule, ch *char, fix string) {
	c.add(Problem{Rule: rule, Offset: ch.at, Len: ch.size, Code: ch.r, Fix: fix, Detail: text(rule)})
}

// whole adds a problem with the whole name.
func (c *checker) whole(rule Rule) {
	c.add(Problem{Rule: rule, Offset: c.start, Len: len(c.name), Detail: text(rule)})
}

func (c *checker) has(rule Rule) bool {
	return slices.ContainsFunc(c.problems, func(p Problem) bool { return p.Rule == rule })
}

// bound holds n of a form of the name to its limit.
func (c *checker) bound(r limits.Resource, unit Unit, limit int64, n int) {
	if over(n, limit) && c.exceeded == nil {
		c.exceeded = &limits.ExceededError{Op: c.op, Resource: r, Limit: limit, Used: int64(n)}
		c.long(RuleTooLong, unit, limit, n)
	}
}

// long adds a problem with the length of the name.
func (c *checker) long(rule Rule, unit Unit, limit int64, n int) {
	c.add(measured(Problem{Rule: rule, Offset: c.start, Len: len(c.name)}, unit, limit, int64(n)))
}

// refusal returns the problems in the order of the name.
func (c *checker) refusal(op string) *Error {
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	locate(c.raw, c.problems)
	return &Error{Op: op, Problems: c.problems, exceeded: c.exceeded}
}

// policy runs every check and returns the display form. An error is a budget's.
func (c *checker) policy() (string, error) {
	var err error
	if c.name, c.start, err = trimAny(c.meter, c.raw); err != nil {
		return "", err
	}
	n, err := countRunes(c.meter, c.name)
	if err != nil {
		return "", err
	}
	if err := c.meter.Step(int64(n)); err != nil {
		return "", err
	}
	if c.simple() || c.budget != nil {
		return c.name, c.budget
	}
	if err := c.meter.Hold(limits.MemoryBytes, int64(n)*policyBytesPerRune); err != nil {
		return "", err
	}
	c.chars = make([]char, 0, n)
	for i, r := range c.name {
		if c.stop(len(c.chars)) {
			return "", c.budget
		}
		c.chars = append(c.chars, char{r: r, at: c.start + i, size: utf8.RuneLen(r), props: ucd.Of(r)})
	}
	if c.p.emoji {
		c.emoji()
	}
	for _, check := range [...]func(){c.unseen, c.forms, c.marks, c.scripts, c.digits, c.direction, c.punctuation} {
		if check(); c.budget != nil {
			return "", c.budget
		}
	}
	display, err := byPieces(c.meter, c.name, ucd.NFC)
	if err != nil {
		return "", err
	}
	if c.clusters(display); c.budget != nil {
		return "", c.budget
	}
	if len(c.problems) == 0 && display != c.name {
		return display, c.composed(display)
	}
	return display, nil
}

// composed judges the display form as well: composition replaces some characters (U+0387 becomes
// U+00B7), and what is shown must pass for itself. The places of its problems mean nothing in the
// raw name, so that they are said of the whole.
func (c *checker) composed(display string) error {
	again := &checker{p: c.p, op: c.op, raw: display, meter: c.meter}
	if _, err := again.policy(); err != nil {
		return err
	}
	for i := range again.problems {
		c.whole(again.problems[i].Rule)
	}
	c.exceeded = again.exceeded
	return nil
}

// unseen refuses what is not seen and what has no key.
func (c *checker) unseen() {
	for i := range c.chars {
		ch := &c.chars[i]
		if c.stop(i) {
			return
		}
		if ch.skip || ch.r < utf8.RuneSelf && c.p.plain[ch.r] == anywhere {
			continue
		}
		var rule Rule
		fix := ""
		switch none := noKey(ch.props); {
		case ch.props.Has(layout.BidiControl):
			rule = RuleBidiControl
		case ch.props.Has(layout.DefaultIgnorable) || ch.r == braille:
			if c.joins(i) {
				ch.skip = true
				continue
			}
			rule = RuleInvisible
		case isStacker(ch.r) && (i+1 == len(c.chars) || !c.chars[i+1].props.Category().Letter()):
			c.at(RuleInvisible, ch, "") // The rules of marks speak of it as well.
			continue
		case none != "":
			rule = none
		case ch.props.Has(layout.WhiteSpace):
			// The first character of a trimmed name is no space.
			if c.p.space && ch.r == ' ' && c.chars[i-1].r != ' ' {
				continue
			}
			rule = RuleInnerSpace
			if c.p.space && ch.r != ' ' {
				fix = " "
			}
		default:
			continue
		}
		c.at(rule, ch, fix)
		ch.skip = true
	}
}

// isStacker reports the marks that put the next letter below the one before, and have no form of
// their own (Indic_Syllabic_Category Invisible_Stacker): the coeng of Khmer, the virama of Burmese
// and the like. Without a letter to put there a reader sees nothing, or a sign for the lack of it.
func isStacker(r rune) bool {
	switch r {
	case '\u1039', '\u17d2', '\u1a60', '\u1bab', '\uaaf6', '\U00010a3f', '\U00011133', '\U0001193e', '\U00011a47',
		'\U00011a99', '\U00011d45', '\U00011d97', '\U00011f42':
		return true
	}
	return false
}

// tooManyMarks refuses a run of marks at the first that is too many.
func (c *checker) tooManyMarks(ch *char, count int) {
	if c.exceeded == nil {
		c.exceeded = &limits.ExceededError{Op: c.op, Resource: limits.Depth, Limit: c.p.lim.Depth,
			Used: int64(count)}
	}
	c.add(measured(Problem{Rule: RuleTooManyMarks, Offset: ch.at, Len: ch.size, Code: ch.r}, UnitMarks, c.p.lim.Depth,
		int64(count)))
}
