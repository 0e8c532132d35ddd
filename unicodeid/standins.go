package unicodeid

import (
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// standIns refuses each letter that stands for one of another script that the keyboard at hand has
// not, and offers that one. It reports whether a word mixes scripts by such letters alone. They are
// common where a language has a letter more than its neighbours: Chechen, Avar and Kabardian type
// the palochka as I or l, Kazakh and Ukrainian і as i, Twi ɛ as the Greek one, Azerbaijani ə as the
// Cyrillic one.
func (c *checker) standIns(from, to int) bool {
	for _, script := range [...]string{"Cyrl", "Latn"} {
		fixes, small := 0, c.hasSmall(from, to)
		for i := from; i < to; i++ {
			if c.stop(i) {
				return true
			}
			if c.chars[i].skip || ucd.ScriptsOf(c.chars[i].props).Common() || c.of(i, script) {
				continue
			}
			if c.standIn(i, script, i == from, small) == "" {
				fixes = 0
				break
			}
			fixes++
		}
		if fixes == 0 {
			continue
		}
		for i := from; i < to; i++ {
			if c.stop(i) {
				return true
			}
			if fix := c.standIn(i, script, i == from, small); fix != "" {
				c.at(RuleMixedScript, &c.chars[i], fix)
			}
		}
		return true
	}
	return false
}

// standIn returns the letter of the script that the one at i is typed for, or "". Of a capital I
// among capitals the name does not tell whether it is the palochka or the І of Ukrainian.
func (c *checker) standIn(i int, script string, first, small bool) string {
	switch r := c.chars[i].r; {
	case script == "Latn":
		switch r {
		case 'ε':
			return "ɛ"
		case 'ә':
			return "ə"
		case 'Ә':
			return "Ə"
		}
	case r == 'l':
		return "\u04cf"
	case r == 'i':
		return "\u0456"
	case r == 'I' && small && first:
		return "\u0406"
	case r == 'I' && small:
		return "\u04c0"
	}
	return ""
}

func (c *checker) hasSmall(from, to int) bool {
	for i := from; i < to; i++ {
		if c.stop(i) || c.chars[i].props.Category() == layout.Ll {
			return true
		}
	}
	return false
}
