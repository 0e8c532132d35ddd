package unicodeid

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// isLetterByUse reports the letters that have compatibility decompositions by history, and are how
// their languages are written: sara am of Thai and Lao, ho no and ho mo of Lao, and yev of
// Armenian.
func isLetterByUse(r rune) bool {
	switch r {
	case '\u0e33', '\u0eb3', '\u0edc', '\u0edd', '\u0587':
		return true
	}
	return false
}

// forms refuses compatibility forms, and what is not recommended for identifiers. The
// recommendation is asked of the NFKC form, cluster by cluster of combining characters: a letter
// and its mark may be one recommended letter together, and each of them none.
func (c *checker) forms() {
	for turn, i := 0, 0; i < len(c.chars); turn++ {
		if c.stop(turn) {
			return
		}
		j := i + 1
		for j < len(c.chars) && !c.chars[j].skip && (c.chars[j].props.Combining() != 0 ||
			c.chars[j].props.Has(layout.NFCMaybe)) {
			j++
		}
		if !c.chars[i].skip {
			c.form(i, j)
		}
		i = j
	}
}

func (c *checker) form(i, j int) {
	cluster := c.chars[i:j]
	first := &cluster[0]
	if len(cluster) == 1 && !first.props.Has(layout.NFKCNo) {
		if !c.allowed(first.r, first.props) && !c.inPlace(i, first.r) {
			c.at(RuleRestricted, first, c.plainSign(i, first.r))
		}
		return
	}
	var few [16]rune
	text := few[:0]
	for k := range cluster {
		ch := &cluster[k]
		if isCompatibility(ch.r) {
			if !c.raised(i + k) {
				c.at(RuleCompatibility, ch, c.plainForm(i+k))
			}
			continue
		}
		text = ucd.AppendDecomposed(text, ch.r, layout.Canonical|layout.Compat)
	}
	ucd.Order(text)
	var written map[rune]*char // where each code point of the cluster stands, the last of equal ones
	for _, r := range ucd.Compose(text) {
		if c.allowed(r, ucd.Of(r)) || c.inPlace(i, r) {
			continue
		}
		if written == nil {
			written = map[rune]*char{}
			for k := range cluster {
				written[cluster[k].r] = &cluster[k]
			}
		}
		// The code point stands in the cluster as it was written, or its letter does.
		at := cmp.Or(written[r], first)
		c.at(RuleRestricted, at, c.plainSign(i, at.r))
	}
}

// raised reports a small raised letter where a display name has it: ª and º of Spanish and
// Portuguese abbreviations (Mª, D.ª), and ʷ and ⁿ of alphabets of America and Taiwan. Beside others
// a compatibility form stands for show.
func (c *checker) raised(i int) bool {
	if !c.p.display {
		return false
	}
	switch c.chars[i].r {
	case 'ª', 'º':
		return c.fullLetter(i-1) || i > 1 && c.chars[i-1].r == '.' && c.fullLetter(i-2)
	case 'ʷ', 'ⁿ':
		return c.fullLetter(i - 1)
	}
	return false
}

// fullLetter reports a Latin letter that is none of the raised ones, with or without marks.
func (c *checker) fullLetter(i int) bool {
	for i >= 0 && c.chars[i].props.Category() == layout.Mn {
		i--
	}
	return c.of(i, "Latn") && !c.chars[i].props.Has(layout.NFKCNo)
}

// plainForm returns what to offer for a compatibility form: the letters that it stands for, and for
// the double hyphen of names in katakana the dot.
func (c *checker) plainForm(i int) string {
	r := c.chars[i].r
	if r == '＝' && c.between(i, "Kana") {
		return string(katakanaDot)
	}
	return cmp.Or(c.plainSign(i, r), ucd.NFKC(string(r)))
}

// plainSign returns what to offer for a sign at i that is typed for another: as an apostrophe, a
// quotation mark, a dot between names, a dash, an underlined letter. After a Hebrew letter that is
// geresh or gershayim.
func (c *checker) plainSign(i int, r rune) string {
	hebrew := c.of(i-1, "Hebr")
	switch r {
	case '‘':
		if !hebrew {
			return "ʻ" // U+02BB, a letter as in Oʻzbek and Hawaiʻi
		}
		return "\u05f3"
	case '‧', '•', '∙', '⋅':
		return string(middleDot)
	case '゠':
		return string(katakanaDot)
	case '=':
		if c.between(i, "Kana") {
			return string(katakanaDot)
		}
	case '\u0332': // below a whole word; the letters of Haida have the short one
		return "\u0331"
	case '‐', '‑', '‒', '–', '—', '−':
		return "-"
	case '|':
		if c.of(i-1, "Cyrl") || c.of(i+1, "Cyrl") {
			return "\u04c0" // palochka
		}
	case ':':
		if c.of(i-1, "Beng") {
			return "\u0983" // visarga
		}
	case '_':
		if c.p.display {
			return " "
		}
	case '\'', '’', '`', '´', '′', '＇':
		if hebrew {
			return "\u05f3"
		}
		return "ʼ" // U+02BC, a letter
	case '"', '”', '“', '„', '″', '＂':
		if hebrew {
			return "\u05f4"
		}
	}
	return ""
}

// isCompatibility reports whether normalization to NFKC changes more than NFC does.
func isCompatibility(r rune) bool {
	if r < 0xA0 || isLetterByUse(r) || !ucd.Of(r).Has(layout.NFKCNo) {
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
	case p.Has(layout.Allowed | layout.Main), c.p.auxiliary && p.Has(layout.Auxiliary):
		return true
	case c.p.scripts.Empty() || p.Has(layout.NFKCNo|layout.DefaultIgnorable) || !p.Has(layout.XIDContinue):
		return false
	}
	of := ucd.ScriptsOf(p)
	return !of.Common() && !of.And(c.p.scripts).Empty()
}

// digits refuses decimal digits of two systems: their values are ten code points in a row, and the
// first tells the system.
func (c *checker) digits() {
	system := rune(-1)
	for i := range c.chars {
		if c.stop(i) {
			return
		}
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
		}
	}
}

// direction holds a name with a right-to-left letter or number to the Bidi Rule (RFC 5893, section
// 2). In one without there is nothing to reorder.
func (c *checker) direction() {
	rtl := false
	for i := range c.chars {
		if c.stop(i) {
			return
		}
		switch c.class(i) { //nolint:exhaustive // The others are not right to left.
		case layout.BidiR, layout.BidiAL, layout.BidiAN:
			rtl = true
		}
	}
	if !rtl {
		return
	}
	for from, to := range c.words() {
		if i := c.bidiFault(from, to); i >= 0 {
			c.at(RuleBidi, &c.chars[i], "")
			return
		}
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

// isNumber reports a word of digits of one system alone, as in the name of a king.
func (c *checker) isNumber(from, to int) bool {
	for i := from; i < to; i++ {
		if c.stop(i) || c.chars[i].props.Digit() == layout.NoDigit {
			return false
		}
	}
	return true
}

// bidiFault returns the index of the first character of a word that breaks the Bidi Rule, or -1.
func (c *checker) bidiFault(from, to int) int {
	start := slices.IndexFunc(c.chars[from:to], func(ch char) bool { return !ch.skip })
	if start < 0 {
		return -1
	}
	start += from
	first := c.class(start)
	if c.p.display && c.isNumber(start, to) {
		return -1
	}
	if first != layout.BidiL && first != layout.BidiR && first != layout.BidiAL {
		return start // Rule 1
	}
	last := -1 // the last that is no nonspacing mark
	number := layout.BidiL
	for i := start; i < to; i++ {
		if c.stop(i) {
			return -1
		}
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
