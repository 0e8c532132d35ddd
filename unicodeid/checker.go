package unicodeid

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// details says each rule to the user who chose the name.
var details = map[Rule]string{
	RuleInvalidUTF8:   "the text is not UTF-8",
	RuleEmpty:         "nothing that is seen is left",
	RuleTooLong:       detailTooLong,
	RuleControl:       "a control character",
	RulePrivateUse:    "a private-use character has no meaning of its own",
	RuleNoncharacter:  "a noncharacter is not for text",
	RuleUnassigned:    "not assigned in Unicode " + ucd.Version,
	RuleInvisible:     "an invisible character",
	RuleBidiControl:   "a control of the writing direction",
	RuleInnerSpace:    "white space within the name",
	RuleCompatibility: "a special form of plain characters",
	RuleRestricted:    "not for names: out of use, a symbol, or punctuation",
	RulePunctuation:   "punctuation must stand alone between letters or digits",
	RuleLeadingMark:   "a mark without a letter to stand on",
	RuleTooManyMarks:  "too many marks on one letter",
	RuleRepeatedMark:  "the same mark twice",
	RuleOverlayMark:   "a stroke laid over the letter",
	RuleHiddenDot:     "a dot on a letter that has one",
	RuleMixedScript:   "letters of scripts that are not written together",
	RuleMixedDigits:   "digits of two systems",
	RuleBidi:          "left-to-right and right-to-left characters in an order that reads differently",
	RuleReserved:      "the name is reserved",
	RuleBlocked:       "the name holds a phrase that is not allowed",
}

// braille is U+2800, which is blank, visible to no one, and no Default_Ignorable_Code_Point.
const braille = '\u2800'

// A checker looks for the problems of one raw name that is valid UTF-8.
type checker struct {
	p        *Profile
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

func (c *checker) add(p Problem) { c.problems = append(c.problems, p) }

// at adds a problem with one code point.
func (c *checker) at(rule Rule, ch *char, fix string) {
	c.add(Problem{Rule: rule, Offset: ch.at, Len: ch.size, Code: ch.r, Fix: fix, Detail: details[rule]})
}

// whole adds a problem with the whole name.
func (c *checker) whole(rule Rule) {
	c.add(Problem{Rule: rule, Offset: c.start, Len: len(c.name), Detail: details[rule]})
}

func (c *checker) has(rule Rule) bool {
	return slices.ContainsFunc(c.problems, func(p Problem) bool { return p.Rule == rule })
}

// bound holds n of a form of the name to its limit.
func (c *checker) bound(r limits.Resource, limit int64, n int) {
	if over(n, limit) && c.exceeded == nil {
		c.exceeded = &limits.ExceededError{Op: "unicodeid.Register", Resource: r, Limit: limit, Used: int64(n)}
		c.whole(RuleTooLong)
	}
}

// refusal returns the problems in the order of the name.
func (c *checker) refusal(op string) *Error {
	slices.SortStableFunc(c.problems, func(a, b Problem) int { return cmp.Compare(a.Offset, b.Offset) })
	locate(c.raw, c.problems)
	return &Error{Op: op, Problems: c.problems, exceeded: c.exceeded}
}

// policy runs every check and returns the display form. An error is a budget's.
func (c *checker) policy() (string, error) {
	c.name, c.start = trim(c.raw)
	n := utf8.RuneCountInString(c.name)
	if err := c.meter.Step(int64(n)); err != nil {
		return "", err
	}
	if c.simple() {
		return c.name, nil
	}
	if err := c.meter.Hold(limits.MemoryBytes, int64(n)*policyBytesPerRune); err != nil {
		return "", err
	}
	c.chars = make([]char, 0, n)
	for i, r := range c.name {
		c.chars = append(c.chars, char{r: r, at: c.start + i, size: utf8.RuneLen(r), props: ucd.Of(r)})
	}
	if c.p.emoji {
		c.emoji()
	}
	c.unseen()
	c.forms()
	c.marks()
	c.scripts()
	c.digits()
	c.direction()
	c.punctuation()
	display := ucd.NFC(c.name)
	c.clusters(display)
	if len(c.problems) == 0 && display != c.name {
		return display, c.composed(display)
	}
	return display, nil
}

// composed judges the display form as well: composition replaces some characters (U+0387 becomes
// U+00B7), and what is shown must pass for itself. The places of its problems mean nothing in the
// raw name, so that they are said of the whole.
func (c *checker) composed(display string) error {
	again := &checker{p: c.p, raw: display, meter: c.meter}
	if _, err := again.policy(); err != nil {
		return err
	}
	for _, p := range again.problems {
		c.whole(p.Rule)
	}
	c.exceeded = again.exceeded
	return nil
}

// unseen refuses what is not seen and what has no key.
func (c *checker) unseen() {
	for i := range c.chars {
		ch := &c.chars[i]
		if ch.skip || ch.r < utf8.RuneSelf && c.p.plain[ch.r] {
			continue
		}
		var rule Rule
		fix := ""
		switch none := noKey(ch.props); {
		case ch.props.Has(layout.BidiControl):
			rule = RuleBidiControl
		case ch.props.Has(layout.DefaultIgnorable) || ch.r == braille:
			if c.p.joiners && c.joins(i) {
				ch.skip = true
				continue
			}
			rule = RuleInvisible
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

// joins reports whether the joiner at i changes what is seen (RFC 5892, appendix A): behind a
// virama, or a non-joiner between letters that would join.
func (c *checker) joins(i int) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	r := c.chars[i].r
	if r != nonJoiner && r != joiner || i == 0 {
		return false
	}
	if c.chars[i-1].props.Combining() == 9 { // Virama
		return true
	}
	if r != nonJoiner {
		return false
	}
	before, after := i-1, i+1
	for before >= 0 && c.chars[before].props.Joining() == layout.JoiningT {
		before--
	}
	for after < len(c.chars) && c.chars[after].props.Joining() == layout.JoiningT {
		after++
	}
	if before < 0 || after == len(c.chars) {
		return false
	}
	left, right := c.chars[before].props.Joining(), c.chars[after].props.Joining()
	return (left == layout.JoiningL || left == layout.JoiningD) && (right == layout.JoiningR ||
		right == layout.JoiningD)
}

// tooManyMarks refuses a run of marks at the first that is too many.
func (c *checker) tooManyMarks(ch *char, count int) {
	if c.exceeded == nil {
		c.exceeded = &limits.ExceededError{Op: "unicodeid.Register", Resource: limits.Depth, Limit: c.p.lim.Depth,
			Used: int64(count)}
	}
	c.at(RuleTooManyMarks, ch, "")
}
