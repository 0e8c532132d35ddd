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
	if !slices.ContainsFunc(c.chars, func(ch char) bool {
		return ch.props.Category().Mark() ||
			ch.props.Has(layout.Canonical)
	}) {
		return
	}
	var parts []part
	var one []rune
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
	base := -1 // the index of the letter that the marks stand on
	for i := range parts {
		if c.stop(i) {
			return
		}
		if !parts[i].props.Category().Mark() {
			base = i
			continue
		}
		if base < 0 || !parts[base].props.Category().Letter() {
			if base == i-1 { // Once for a run of marks.
				c.at(RuleLeadingMark, parts[i].from, "")
			}
			continue
		}
		c.mark(parts[base : i+1])
	}
}

// mark looks at the last mark of a run that begins with its letter.
func (c *checker) mark(run []part) {
	m := run[len(run)-1]
	before := run[1 : len(run)-1]
	if m.props.Combining() == 1 {
		c.at(RuleOverlayMark, m.from, "")
	}
	if len(before) > 0 && before[len(before)-1].r == m.r {
		c.at(RuleRepeatedMark, m.from, "")
	}
	if !m.nonspacing() {
		return
	}
	count := 1
	above := false // a mark stands between the letter and a dot above
	for _, b := range before {
		if b.nonspacing() {
			count++
		}
		above = above || b.props.Combining() == 0 || b.props.Combining() == 230
	}
	if m.r == '\u0307' && !above && run[0].props.Has(layout.SoftDotted) {
		c.at(RuleHiddenDot, m.from, "")
	}
	if over(count, c.p.lim.Depth) && int64(count) == c.p.lim.Depth+1 { // Once for a run.
		c.tooManyMarks(m.from, count)
	}
}

func (p part) nonspacing() bool {
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
