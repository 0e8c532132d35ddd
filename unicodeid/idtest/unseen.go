package idtest

import (
	"fmt"
	"iter"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// braille is blank, and neither white space nor ignorable.
const braille = '\u2800'

// codePoints yields every scalar value that has the property.
func codePoints(has func(r rune, p ucd.Props) bool) iter.Seq[rune] {
	return func(yield func(rune) bool) {
		for r := range rune(0x110000) {
			if r >= 0xD800 && r <= 0xDFFF {
				continue
			}
			if has(r, ucd.Of(r)) && !yield(r) {
				return
			}
		}
	}
}

// everywhere yields the victim's name with each of the code points at its start, in its middle and
// at its end.
func everywhere(rule limits.Rule, like string, of iter.Seq[rune]) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for r := range of {
			for _, at := range places() {
				name := string(rule) + "/" + codePoint(r) + "-" + at.name
				if !yield(Case{Name: name, Rule: rule, Raw: at.before + string(r) + at.after, Like: like}) {
					return
				}
			}
		}
	}
}

func isSpace(_ rune, p ucd.Props) bool { return p.Has(layout.WhiteSpace) }

func isControl(_ rune, p ucd.Props) bool { return p.Category() == layout.Cc }

func isBidiControl(_ rune, p ucd.Props) bool { return p.Has(layout.BidiControl) }

// isHidden reports code points that are not seen and that no other rule is about: tags, selectors,
// fillers, joiners, and what may be assigned as such one day.
func isHidden(_ rune, p ucd.Props) bool {
	return p.Has(layout.DefaultIgnorable) && !p.Has(layout.BidiControl)
}

func invisible(yield func(Case) bool) {
	ignorable := everywhere(unicodeid.RuleInvisible, victim, codePoints(isHidden))
	blank := everywhere(unicodeid.RuleInvisible, "", func(yield func(rune) bool) { yield(braille) })
	var tags strings.Builder // The whole text is there twice, once unseen.
	for _, r := range victim {
		tags.WriteRune(0xE0000 + r)
	}
	several := list(unicodeid.RuleInvisible, "several", victim, victim+tags.String(),
		"\u200b\u200c\u200d\u2060\ufeff"+victim, strings.Join(strings.Split(victim, ""), "\u200b"),
		head+"\u115f\u1160\u3164\uffa0"+tail, victim+"\ufe0f\ufe0e", head+"\u200d\u200c"+tail, victim+" \u200b ",
		"\u00ad \u00ad"+victim)
	joiners := list(unicodeid.RuleInvisible, "joiner-out-of-place", "", "ഹരി\u200cകൃ", "കൃഷ്ണൻ\u200d",
		"ರಾಜೇಶ್\u200c\u200c",
		"क\u094d\u200d\u200d",
		"क\u094d\u200ca", "क\u094d\u200d\u093f", "\u200cعلی", "علی\u200dرضا", "علی\u200c", "ا\u200cل", "ব\u200d\u09cdয",
		"\u200dক", "ক\u094d\u200c1")
	stackers := list(unicodeid.RuleInvisible, "stacker-alone", "",
		"កុសល្", "ក្ុសល", "ក្1", "ក្-ក", "កុស្\u200cល", "ကိုက္", "က္ို",
		"က္.က")
	caselist.Chain(ignorable, blank, several, joiners, stackers)(yield)
}

func bidiControls(yield func(Case) bool) {
	several := list(unicodeid.RuleBidiControl, "several", victim, "\u202e"+victim+"\u202c", "\u2066"+victim+"\u2069",
		head+"\u202e\u2066"+tail+"\u2069\u202c", "\u200f\u200e"+victim)
	caselist.Chain(everywhere(unicodeid.RuleBidiControl, victim, codePoints(isBidiControl)), several)(yield)
}

// controls stand within the name: a pasted line break at its end is no attack.
func controls(yield func(Case) bool) {
	for r := range codePoints(isControl) {
		for _, at := range places() {
			if at.name != "middle" && ucd.Of(r).Has(layout.WhiteSpace) {
				continue
			}
			if !yield(Case{Name: "control-character/" + codePoint(r) + "-" + at.name, Rule: unicodeid.RuleControl,
				Raw: at.before + string(r) + at.after}) {
				return
			}
		}
	}
	list(unicodeid.RuleControl, "sequence", "", head+"\x1b[2J"+tail, head+"\r\n"+tail, victim+"\x00",
		"\x1b]0;title\x07"+victim)(yield)
}

func innerSpace(yield func(Case) bool) {
	for r := range codePoints(isSpace) {
		if ucd.Of(r).Category() == layout.Cc {
			continue // They are controls there.
		}
		if !yield(Case{Name: "inner-space/" + codePoint(r), Rule: unicodeid.RuleInnerSpace, Raw: head + string(r) +
			tail}) {
			return
		}
	}
	list(unicodeid.RuleInnerSpace, "several", "", head+"  "+tail, head+" \u3000 "+tail,
		head+"\u200b \u200b"+tail)(yield)
}

// outerSpace is left out, and the name is the victim's.
func outerSpace(yield func(Case) bool) {
	for r := range codePoints(isSpace) {
		for _, raw := range []string{string(r) + victim, victim + string(r), strings.Repeat(string(r), 3) + victim +
			" " + string(r)} {
			name := fmt.Sprintf("outer-space/%s-%d-in-front", codePoint(r), strings.Index(raw, victim)/len(string(r)))
			if !yield(Case{Name: name, Raw: raw, Like: victim}) {
				return
			}
		}
	}
}

// withoutKey is what no key is made of.
func withoutKey(yield func(Case) bool) {
	caselist.Chain(
		everywhere(unicodeid.RuleNoncharacter, "",
			codePoints(func(_ rune, p ucd.Props) bool { return p.Has(layout.Noncharacter) })),
		everywhere(unicodeid.RulePrivateUse, "",
			spread(func(_ rune, p ucd.Props) bool { return p.Category() == layout.Co })),
		everywhere(unicodeid.RuleUnassigned, "", spread(func(_ rune, p ucd.Props) bool {
			return p.Category() == layout.Cn && !p.Has(layout.Noncharacter|layout.DefaultIgnorable)
		})),
	)(yield)
}

// spread yields the first and the last of each run of code points with the property, and every
// 256th.
func spread(has func(r rune, p ucd.Props) bool) iter.Seq[rune] {
	return codePoints(func(r rune, p ucd.Props) bool {
		return has(r, p) && (r%256 == 0 || !has(r-1, ucd.Of(r-1)) || !has(r+1, ucd.Of(r+1)))
	})
}

func empty(yield func(Case) bool) {
	list(unicodeid.RuleEmpty, "nothing", "", "", " ", "\t\r\n", "\u00a0\u3000", "\u200b", " \u200b ",
		"\u2060\ufeff\u00ad", "\u3164", "\u034f", "\U000e0041\U000e007f", "\u202e\u202c", "\u200b \u200b \u200b")(yield)
}

// tooShort has fewer characters than any name.
func tooShort(yield func(Case) bool) {
	list(unicodeid.RuleTooShort, "nothing", "", "", " ", "\t\r\n", "\u00a0\u3000", "\u2028")(yield)
}

// invalidUTF8 breaks the encoding in each way that decoders are known to repair.
func invalidUTF8(yield func(Case) bool) {
	const rule = unicodeid.RuleInvalidUTF8
	for b := 0x80; b <= 0xFF; b++ {
		for _, at := range places() {
			if !yield(Case{Name: fmt.Sprintf("invalid-utf8/byte-%02X-%s", b, at.name), Rule: rule, Raw: at.before +
				string([]byte{byte(b)}) + at.after}) {
				return
			}
		}
	}
	for r := 0xD800; r <= 0xDFFF; r++ { // Surrogates, encoded as if they were code points.
		//nolint:gosec // Six bits each.
		raw := head + string([]byte{0xED, byte(0x80 | r>>6&0x3F), byte(0x80 | r&0x3F)}) + tail
		if !yield(Case{Name: fmt.Sprintf("invalid-utf8/surrogate-%04X", r), Rule: rule, Raw: raw}) {
			return
		}
	}
	list(rule, "sequence", "", victim+"\xc0\x80", victim+"\xc1\xa1", head+"\xc0\xae"+tail, victim+"\xe0\x80\xa0",
		victim+"\xf0\x80\x80\xa0", victim+"\xf4\x90\x80\x80", victim+"\xf8\x88\x80\x80\x80",
		victim+"\xc2", victim+"\xe2\x80", victim+"\xf0\x9f\x98", head+"\xe2\x80"+tail,
		head+"\xed\xa0\xbd\xed\xb8\x80"+tail, "\xef\xbb"+victim, "\xff\xfev\x00i\x00")(yield)
}
