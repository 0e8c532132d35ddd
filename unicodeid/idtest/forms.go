package idtest

import (
	"iter"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// middle yields a name for each of the code points, between the head and the tail of the victim's.
func middle(rule limits.Rule, of iter.Seq[rune]) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for r := range of {
			if !yield(Case{Name: string(rule) + "/" + codePoint(r), Rule: rule, Raw: head + string(r) + tail}) {
				return
			}
		}
	}
}

// isSeen reports an assigned character that is no space, no control and not ignorable: what only
// the rules of forms speak of.
func isSeen(r rune, p ucd.Props) bool {
	switch p.Category() { //nolint:exhaustive // The others are.
	case layout.Cn, layout.Cc, layout.Co, layout.Cs:
		return false
	}
	return !p.Has(layout.DefaultIgnorable|layout.WhiteSpace|layout.BidiControl) && r != braille
}

// isCompatibility reports a form of other characters: modifier and other raised letters, widths,
// ligatures, circled and mathematical letters, presentation forms. The vowels sara am of Thai and
// Lao, ho no and ho mo of Lao, and yev of Armenian are forms by history and letters by use.
func isCompatibility(r rune, p ucd.Props) bool {
	if !isSeen(r, p) || !p.Has(layout.NFKCNo) || strings.ContainsRune("\u0e33\u0eb3\u0edc\u0edd\u0587", r) {
		return false
	}
	return ucd.NFKC(string(r)) != ucd.NFC(string(r))
}

func compatibility(yield func(Case) bool) {
	for c := range middle(unicodeid.RuleCompatibility, codePoints(isCompatibility)) {
		c.Like = ucd.NFKC(c.Raw)
		if !yield(c) {
			return
		}
	}
}

// compatibilityWords spell the victim's whole name in each of the alphabets that Unicode has for
// show.
func compatibilityWords(yield func(Case) bool) {
	var variants [26][]rune
	for r := range codePoints(isCompatibility) {
		if plain := ucd.NFKC(string(r)); len(plain) == 1 && plain[0] >= 'a' && plain[0] <= 'z' {
			variants[plain[0]-'a'] = append(variants[plain[0]-'a'], r)
		}
	}
	for i := range 20 {
		var raw strings.Builder
		for _, letter := range victim {
			v := variants[letter-'a']
			raw.WriteRune(v[i%len(v)])
		}
		if !yield(Case{Name: "compatibility/alphabet-" + strconv.Itoa(i+1), Rule: unicodeid.RuleCompatibility,
			Raw: raw.String(), Like: victim}) {
			return
		}
	}
}

// restricted is what UTS 39 does not recommend and no living language writes: letters of scripts
// out of use, symbols, and all punctuation but three; and the signs that belong into some words,
// elsewhere.
func restricted(yield func(Case) bool) {
	caselist.Chain(
		middle(unicodeid.RuleRestricted, codePoints(func(r rune, p ucd.Props) bool {
			return isSeen(r, p) && !p.Has(layout.NFKCNo) && !isPunctuation(r) && (!p.Has(layout.Allowed|layout.Main) ||
				p.Category().Punctuation())
		})),
		list(unicodeid.RuleRestricted, "word", "", "ꓮꓓꓟꓲꓠ", "ᏢᎪᎩᏢᎪᏞ", "ᴀᴅᴍɪɴ", "<script>", "a/b", "a:b", "a@b", "a‐b",
			"a·b", "n·k", "k·h", "h·n", "o'brien", "𓀀𓀁", "ᚠᚢᚦ", "☺", "a\ufffdb", "ℓ℮", "$victim", "victim!"),
		list(unicodeid.RuleRestricted, "out-of-place", "", "l·k", "·ll", "ll·", "l··l", "a・b", "カ・", "・カ", "カ・a", "漢·", "·漢",
			"l·漢", "བོད་", "་བོད", "བོད་a", "a་b", "׳אב", "a׳", "״", "a֊b", "ա֊", "֊ա", "a־b", "אב־", "־אב"),
	)(yield)
}

func isPunctuation(r rune) bool { return strings.ContainsRune(unicodeid.DefaultPunctuation, r) }

// punctuation stands where it may not: at an end, or beside another.
func punctuation(yield func(Case) bool) {
	var names []string
	for p := range strings.SplitSeq(unicodeid.DefaultPunctuation, "") {
		names = append(names, p+victim, victim+p, p, " "+victim+p+" ", p+"1")
		for q := range strings.SplitSeq(unicodeid.DefaultPunctuation, "") {
			names = append(names, head+p+q+tail, p+q, head+p+q+p+tail)
		}
	}
	list(unicodeid.RulePunctuation, "place", "", names...)(yield)
}

// digits of every system stand beside European ones, and beside those of the next system.
func digits(yield func(Case) bool) {
	previous := "1"
	for r := range codePoints(func(_ rune, p ucd.Props) bool { return p.Digit() != layout.NoDigit }) {
		if r < 0x80 {
			continue
		}
		for _, raw := range []string{"a1" + string(r), string(r) + "1"} {
			name := "mixed-digits/" + codePoint(r) + "-after-1"
			if raw[0] != 'a' {
				name = "mixed-digits/" + codePoint(r) + "-before-1"
			}
			if !yield(Case{Name: name, Rule: unicodeid.RuleMixedDigits, Raw: raw}) {
				return
			}
		}
		if ucd.Of(r).Digit() == 0 {
			if !yield(Case{Name: "mixed-digits/" + codePoint(r) + "-after-its-neighbour",
				Rule: unicodeid.RuleMixedDigits, Raw: "a" + previous + string(r+1)}) {
				return
			}
			previous = string(r + 2)
		}
	}
}

// bidiRule puts a digit before every letter that is written from right to left, and a letter
// of the other direction beside it.
func bidiRule(yield func(Case) bool) {
	for r := range codePoints(isRightToLeft) {
		if !yield(Case{Name: "bidi-rule/digit-before-" + codePoint(r), Rule: unicodeid.RuleBidi,
			Raw: "1" + string(r) + string(r)}) {
			return
		}
		if !yield(Case{Name: "bidi-rule/letter-after-" + codePoint(r), Rule: unicodeid.RuleBidi, Raw: string(r) +
			"a"}) {
			return
		}
		if !yield(Case{Name: "bidi-rule/letter-before-" + codePoint(r), Rule: unicodeid.RuleBidi,
			Raw: "a" + string(r)}) {
			return
		}
	}
	list(unicodeid.RuleBidi, "order", "", "ابن1٢", "אב-", "אב.", "-אב", "1-אב", "اب-1a", "٣ابن", "aא1", "אבa1",
		"\u0301א")(yield)
}

func isRightToLeft(_ rune, p ucd.Props) bool {
	return p.Has(layout.Allowed) && (p.Bidi() == layout.BidiR || p.Bidi() == layout.BidiAL)
}
