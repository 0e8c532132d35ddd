package unicodeid

import "strings"

// punctuation refuses it at either end of a handle, and beside itself or a space; in a display name
// the same sign twice running, and a name of signs alone.
func (c *checker) punctuation() {
	if c.p.display {
		c.displayPunctuation()
		return
	}
	for i := range c.chars {
		if c.stop(i) {
			return
		}
		if c.chars[i].r == ' ' || !c.isPunctuation(i) {
			continue
		}
		first, last := i == 0, i == len(c.chars)-1
		if first && !c.mayBegin(i) || last && !c.mayEnd(i) || !first && c.isSign(i-1) ||
			!last && c.chars[i+1].r == ' ' && !c.chars[i+1].skip {
			c.at(RulePunctuation, &c.chars[i], "")
		}
	}
}

// mayBegin reports punctuation that EdgePunctuation lets a name begin with.
func (c *checker) mayBegin(i int) bool {
	return c.p.edges && c.chars[i].r == '_' && len(c.chars) > 1 && !c.isSign(i+1)
}

// mayEnd reports punctuation that EdgePunctuation lets a name end with.
func (c *checker) mayEnd(i int) bool {
	r := c.chars[i].r
	return c.p.edges && (r == '_' || r == '.') && len(c.chars) > 1 && !c.isSign(i-1)
}

// isPunctuation reports punctuation of the profile.
func (c *checker) isPunctuation(i int) bool {
	return !c.chars[i].skip && strings.ContainsRune(c.p.punctuation, c.chars[i].r)
}

// isSign reports punctuation of the profile, or a space.
func (c *checker) isSign(i int) bool {
	return c.isPunctuation(i) || c.chars[i].r == ' ' && !c.chars[i].skip
}

func (c *checker) displayPunctuation() {
	signs := 0
	for i := range c.chars {
		if c.stop(i) {
			return
		}
		if c.isSign(i) {
			signs++
		}
		if i > 0 && c.isPunctuation(i) && c.chars[i].r == c.chars[i-1].r {
			c.at(RulePunctuation, &c.chars[i], "")
		}
	}
	if signs == len(c.chars) && signs > 0 {
		c.whole(RulePunctuation)
	}
}
