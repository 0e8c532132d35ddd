package unicodeid

import (
	"slices"
	"strings"
)

// The names that Fix is worked out for: longer names and more problems get none. Of more than
// fixedAlone problems each Fix is not tried by itself, so that a refusal costs at most some times
// what it takes to judge the name.
const (
	fixedBytes    = 1024
	fixedProblems = 32
	fixedAlone    = 4
)

// holdFixes leaves the Fix of a problem only where the name is better with every Fix at once: it
// has only the problems that have none. Of a few problems each Fix is held to that by itself as
// well: with it the name has every other problem at most as often as before, and this one once
// less. A user who takes a Fix must not be refused for it.
func (c *checker) holdFixes() error {
	fixable := 0
	for i := range c.problems {
		if c.problems[i].Fix != "" {
			fixable++
		}
	}
	switch {
	case fixable == 0:
		return nil
	case len(c.raw) > fixedBytes || len(c.problems) > fixedProblems:
		c.dropFixes()
		return nil
	case fixable <= fixedAlone:
		for i := range c.problems {
			if c.problems[i].Fix == "" {
				continue
			}
			ok, err := c.mends(func(k int) bool { return k == i })
			if err != nil {
				return err
			}
			if !ok {
				c.problems[i].Fix = ""
			}
		}
	}
	ok, err := c.mends(func(k int) bool { return c.problems[k].Fix != "" })
	if err == nil && !ok {
		c.dropFixes()
	}
	return err
}

func (c *checker) dropFixes() {
	for i := range c.problems {
		c.problems[i].Fix = ""
	}
}

// mends reports whether the name with the chosen fixes has no other problem than the rest of those
// that it has.
func (c *checker) mends(chosen func(int) bool) (bool, error) {
	left := map[Rule]int{}
	order := make([]int, len(c.problems))
	for i := range c.problems {
		order[i] = i
		if !chosen(i) {
			left[c.problems[i].Rule]++
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return c.problems[a].Offset - c.problems[b].Offset })
	var mended strings.Builder
	at := 0
	for _, i := range order {
		p := &c.problems[i]
		if !chosen(i) || p.Offset < at {
			continue
		}
		mended.WriteString(c.raw[at:p.Offset] + p.Fix)
		at = p.Offset + p.Len
	}
	mended.WriteString(c.raw[at:])
	again := &checker{p: c.p, op: c.op, raw: mended.String(), meter: c.meter}
	if _, err := again.judge(); err != nil {
		return false, err
	}
	for i := range again.problems {
		rule := again.problems[i].Rule
		if left[rule]--; left[rule] < 0 {
			return false, nil
		}
	}
	return true, nil
}
