package unicodeid

import (
	"slices"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// A part is a code point of the decomposed name, and the character it came from.
type part struct {
	r     rune
	props ucd.Props
	from  *char
}

// marks holds the combining marks to what a reader can see: each on a letter, not too many, none
// twice running, none laid over the letter, and no dot above on a letter that has one (UTS 39,
// section 5.4). It looks at the canonical decomposition in canonical order: what is spelt with a
// composed letter is judged like what is spelt out.
func (c *checker) marks() {
	if !c.marked() {
		return
	}
	var few [32]part // Enough for an ordinary name.
	var fewRunes [8]rune
	parts, one := few[:0], fewRunes[:0]
	for i := range c.chars {
		if c.stop(i) {
			return
		}
		ch := &c.chars[i]
		if ch.skip {
			// An emoji is no base. A refused character is not there.
			if ch.props.Has(layout.ExtendedPictographic | layout.Emoji) {
				parts = append(parts, part{ch.r, ch.props, ch})
			}
			continue
		}
		one = ucd.AppendDecomposed(one[:0], ch.r, layout.Canonical)
		for _, r := range one {
			parts = append(parts, part{r, ucd.Of(r), ch})
		}
	}
	order(parts)
	on := pile{base: -1}
	for i := range parts {
		if c.stop(i) {
			return
		}
		switch {
		case !parts[i].props.Category().Mark():
			on = pile{base: i}
		case on.base < 0 || !parts[on.base].props.Category().Letter():
			if on.base == i-1 { // Once for a run of marks.
				c.at(RuleLeadingMark, parts[i].from, "")
			}
		default:
			c.mark(&on, parts, i)
		}
	}
}

// marked reports a name with a mark in its decomposition.
func (c *checker) marked() bool {
	for i := range c.chars {
		if p := c.chars[i].props; p.Category().Mark() || p.Has(layout.Canonical) {
			return true
		}
	}
	return false
}

// A pile is what stands on one letter so far: each mark is looked at once, however many there are.
type pile struct {
	base  int  // the index of the letter; -1 without one
	count int  // nonspacing marks
	above bool // a mark stands between the letter and a dot above
}

// mark adds the mark at i.
func (c *checker) mark(on *pile, parts []part, i int) {
	m := &parts[i]
	if m.props.Combining() == 1 {
		c.at(RuleOverlayMark, m.from, "")
	}
	if of := ucd.ScriptsOf(m.props); !of.And(c.p.eastAsian).Empty() && !of.Common() &&
		of.And(ucd.ScriptsOf(parts[on.base].props)).Empty() {
		c.at(RuleMixedScript, m.from, "") // Latin may stand beside kana, and not below its marks.
	}
	if i-1 > on.base && parts[i-1].r == m.r {
		c.at(RuleRepeatedMark, m.from, "")
	}
	if m.nonspacing() {
		on.count++
		if m.r == '\u0307' && !on.above && parts[on.base].props.Has(layout.SoftDotted) {
			c.at(RuleHiddenDot, m.from, "")
		}
		if over(on.count, c.p.lim.Depth) && int64(on.count) == c.p.lim.Depth+1 { // Once for a run.
			c.tooManyMarks(m.from, on.count)
		}
	}
	on.above = on.above || m.props.Combining() == 0 || m.props.Combining() == 230
}

func (p *part) nonspacing() bool {
	return p.props.Category() == layout.Mn || p.props.Category() == layout.Me
}

// order puts each run of marks in canonical order.
func order(parts []part) {
	for i := 0; i < len(parts); {
		j := i
		for j < len(parts) && parts[j].props.Combining() != 0 {
			j++
		}
		if j-i > 1 {
			slices.SortStableFunc(parts[i:j],
				func(a, b part) int { return int(a.props.Combining()) - int(b.props.Combining()) })
		}
		i = max(j, i+1)
	}
}
