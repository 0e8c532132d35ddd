package unicodeid

import (
	"slices"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// The vowels sara am of Thai and Lao have compatibility decompositions, and are how everybody
// writes them.
const (
	thaiAM = '\u0e33'
	laoAM  = '\u0eb3'
)

// forms refuses compatibility forms, and what is not recommended for identifiers. The
// recommendation is asked of the NFKC form, cluster by cluster of combining characters: a letter
// and its mark may be one recommended letter together, and each of them none.
func (c *checker) forms() {
	for i := 0; i < len(c.chars); {
		j := i + 1
		for j < len(c.chars) && !c.chars[j].skip && (c.chars[j].props.Combining() != 0 ||
			c.chars[j].props.Has(layout.NFCMaybe)) {
			j++
		}
		if !c.chars[i].skip {
			c.form(c.chars[i:j])
		}
		i = j
	}
}

func (c *checker) form(cluster []char) {
	first := &cluster[0]
	if len(cluster) == 1 && !first.props.Has(layout.NFKCNo) {
		if !c.allowed(first.r, first.props) {
			c.at(RuleRestricted, first, "")
		}
		return
	}
	var text strings.Builder
	for k := range cluster {
		ch := &cluster[k]
		if isCompatibility(ch.r) {
			c.at(RuleCompatibility, ch, ucd.NFKC(string(ch.r)))
			continue
		}
		text.WriteRune(ch.r)
	}
	for _, r := range ucd.NFKC(text.String()) {
		if c.allowed(r, ucd.Of(r)) {
			continue
		}
		// The code point stands in the cluster as it was written, or its letter does.
		at := first
		for k := range cluster {
			if cluster[k].r == r {
				at = &cluster[k]
			}
		}
		c.at(RuleRestricted, at, "")
	}
}

// isCompatibility reports whether normalization to NFKC changes more than NFC does.
func isCompatibility(r rune) bool {
	if r < 0xA0 || r == thaiAM || r == laoAM || !ucd.Of(r).Has(layout.NFKCNo) {
		return false
	}
	s := string(r)
	return string(ucd.NFKD(nil, s)) != string(ucd.NFD(nil, s))
}

// allowed reports whether a code point may stand in a name.
func (c *checker) allowed(r rune, p ucd.Props) bool {
	switch {
	case p.Category().Punctuation():
		return strings.ContainsRune(c.p.punctuation, r)
	case r == ' ':
		return c.p.space
	case p.Has(layout.Allowed):
		return true
	case c.p.scripts.Empty() || p.Has(layout.NFKCNo|layout.DefaultIgnorable) || !p.Has(layout.XIDContinue):
		return false
	}
	of := ucd.ScriptsOf(p)
	return !of.Common() && !of.And(c.p.scripts).Empty()
}

// punctuation refuses it at either end, and beside itself or a space.
func (c *checker) punctuation() {
	is := func(i int) bool {
		return !c.chars[i].skip && (c.chars[i].r == ' ' || strings.ContainsRune(c.p.punctuation, c.chars[i].r))
	}
	for i := range c.chars {
		if c.chars[i].r == ' ' || !is(i) {
			continue
		}
		if i == 0 || i == len(c.chars)-1 || is(i-1) || is(i+1) && c.chars[i+1].r == ' ' {
			c.at(RulePunctuation, &c.chars[i], "")
		}
	}
}

// digits refuses decimal digits of two systems: their values are ten code points in a row, and the
// first tells the system.
func (c *checker) digits() {
	system := rune(-1)
	for i := range c.chars {
		ch := &c.chars[i]
		value := ch.props.Digit()
		if ch.skip || value == layout.NoDigit {
			continue
		}
		zero := ch.r - rune(value) //nolint:gosec // A digit's value is below 10.
		if system < 0 {
			system = zero
		}
		if zero != system {
			c.at(RuleMixedDigits, ch, string(system+ch.r-zero))
			return
		}
	}
}

// scripts holds the name to Highly Restrictive (UTS 39, section 5.2): one script, or Latin with one
// of the three systems that Chinese, Japanese and Korean are written in.
func (c *checker) scripts() {
	// what all share, and what all but the Latin letters share
	one, others := everything, everything
	hasLatin := false
	for i := range c.chars {
		ch := &c.chars[i]
		of := ucd.ScriptsOf(ch.props)
		if ch.skip || of.Common() || of.Empty() {
			continue
		}
		one = one.And(of)
		if of.And(c.p.latin).Empty() {
			others = others.And(of)
		} else {
			hasLatin = true
		}
		if one.Empty() && (!hasLatin || others.And(c.p.eastAsian).Empty()) {
			c.at(RuleMixedScript, ch, "")
			return
		}
	}
}

// everything is the set of all scripts.
var everything = ucd.Scripts{^uint64(0), ^uint64(0), ^uint64(0)}

// direction holds a name with a right-to-left letter or number to the Bidi Rule (RFC 5893, section
// 2). In one without there is nothing to reorder.
func (c *checker) direction() {
	rtl := false
	for i := range c.chars {
		switch c.class(i) { //nolint:exhaustive // The others are not right to left.
		case layout.BidiR, layout.BidiAL, layout.BidiAN:
			rtl = true
		}
	}
	if !rtl {
		return
	}
	if i := c.bidiFault(); i >= 0 {
		c.at(RuleBidi, &c.chars[i], "")
	}
}

// class is the bidi class of a character in a name. A space between words is as neutral as
// punctuation.
func (c *checker) class(i int) layout.Bidi {
	if c.chars[i].skip {
		return layout.BidiBN
	}
	if class := c.chars[i].props.Bidi(); class != layout.BidiWS {
		return class
	}
	return layout.BidiON
}

// bidiFault returns the index of the first character that breaks the Bidi Rule, or -1.
func (c *checker) bidiFault() int {
	start := slices.IndexFunc(c.chars, func(ch char) bool { return !ch.skip })
	first := c.class(start) // There is one: a right-to-left character is not skipped.
	if first != layout.BidiL && first != layout.BidiR && first != layout.BidiAL {
		return start // Rule 1
	}
	last := -1 // the last that is no nonspacing mark
	number := layout.BidiL
	for i := range c.chars {
		class := c.class(i)
		switch class {
		case layout.BidiNSM, layout.BidiBN:
			continue
		case layout.BidiES, layout.BidiCS, layout.BidiET, layout.BidiON:
		case layout.BidiEN, layout.BidiAN:
			if first != layout.BidiL && number != layout.BidiL && number != class {
				return i // Rule 4: European and Arabic numbers.
			}
			if first == layout.BidiL && class == layout.BidiAN {
				return i // Rule 5
			}
			number = class
		case layout.BidiL:
			if first != layout.BidiL {
				return i // Rule 2
			}
		case layout.BidiR, layout.BidiAL:
			if first == layout.BidiL {
				return i // Rule 5
			}
		case layout.BidiB, layout.BidiFSI, layout.BidiLRE, layout.BidiLRI, layout.BidiLRO, layout.BidiPDF,
			layout.BidiPDI, layout.BidiRLE, layout.BidiRLI, layout.BidiRLO, layout.BidiS, layout.BidiWS:
			return i
		}
		last = i
	}
	switch c.class(last) { //nolint:exhaustive // Rules 3 and 6: a letter or a number ends it.
	case layout.BidiL, layout.BidiR, layout.BidiAL, layout.BidiEN, layout.BidiAN:
		return -1
	}
	return last
}
