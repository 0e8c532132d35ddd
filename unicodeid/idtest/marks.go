package idtest

import (
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/unicodeid"
)

func isMark(r rune, p ucd.Props) bool { return p.Category().Mark() && isSeen(r, p) }

// leadingMarks begin a name, where a mark joins the text before it, or stand on what is no
// letter.
func leadingMarks(yield func(Case) bool) {
	for r := range codePoints(isMark) {
		name := "leading-mark/" + codePoint(r)
		for _, c := range []Case{
			{Name: name + "-first", Raw: string(r) + victim},
			{Name: name + "-alone", Raw: string(r)},
			{Name: name + "-on-digit", Raw: victim + "1" + string(r)},
			{Name: name + "-on-punctuation", Raw: head + "-" + string(r) + tail},
		} {
			c.Rule = unicodeid.RuleLeadingMark
			if !yield(c) {
				return
			}
		}
	}
}

// repeatedMarks are drawn twice. A mark that decomposes into several does not stand beside itself.
func repeatedMarks(yield func(Case) bool) {
	for r := range codePoints(isMark) {
		if len(ucd.NFD(nil, string(r))) > 1 {
			continue
		}
		if !yield(Case{Name: "repeated-mark/" + codePoint(r), Rule: unicodeid.RuleRepeatedMark, Raw: head +
			string([]rune{r, r}) + tail}) {
			return
		}
	}
	// Half of the pair hides in a composed letter.
	for r := range codePoints(func(_ rune, p ucd.Props) bool {
		return p.Has(layout.Allowed) && p.Has(layout.Canonical) && p.Category().Letter()
	}) {
		parts := ucd.NFD(nil, string(r))
		last := parts[len(parts)-1]
		if len(parts) < 2 || !isMark(last, ucd.Of(last)) {
			continue
		}
		if !yield(Case{Name: "repeated-mark/composed-" + codePoint(r), Rule: unicodeid.RuleRepeatedMark,
			Raw: string([]rune{r, last})}) {
			return
		}
	}
}

func overlayMarks(yield func(Case) bool) {
	for r := range codePoints(func(r rune, p ucd.Props) bool { return p.Combining() == 1 && isSeen(r, p) }) {
		if !yield(Case{Name: "overlay-mark/" + codePoint(r), Rule: unicodeid.RuleOverlayMark, Raw: head + string(r) +
			tail}) {
			return
		}
	}
}

// hiddenDots put a dot on every letter that has one, also after a mark below, which stands between
// the two in the text and not in sight.
func hiddenDots(yield func(Case) bool) {
	for r := range codePoints(func(_ rune, p ucd.Props) bool {
		return p.Has(layout.SoftDotted) &&
			!p.Has(layout.Compat)
	}) {
		name := "hidden-dot/" + codePoint(r)
		if !yield(Case{Name: name, Rule: unicodeid.RuleHiddenDot, Raw: "v" + string(r) + "\u0307c"}) ||
			!yield(Case{Name: name + "-behind-another", Rule: unicodeid.RuleHiddenDot, Raw: "v" + string(r) +
				"\u0323\u0307c"}) {
			return
		}
	}
}

// floods pile up marks that differ from each other, so that no other rule stops them: spelt out,
// and on top of a composed letter.
func floods(yield func(Case) bool) {
	marks := []rune("\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u0309\u030a\u030b\u030c" +
		"\u030f\u0311\u0323\u0324\u0325\u0327\u0328\u032d\u032e\u0330\u0331")
	for n := 5; n <= len(marks); n++ {
		if !yield(Case{Name: "too-many-marks/" + strconv.Itoa(n), Rule: unicodeid.RuleTooManyMarks, Raw: head + "a" +
			string(marks[:n]) + tail}) {
			return
		}
	}
	list(unicodeid.RuleTooManyMarks, "spelt", "", "ễ\u0301\u0300\u0302", "a"+strings.Repeat("\u0301\u0300", 20),
		"ก\u0e34\u0e48\u0e35\u0e49\u0e36", "ب\u064e\u0651\u0650\u064f\u0652",
		"ש\u05b0\u05b1\u05b2\u05b3\u05b4", "a\u0301\u200b\u0300\u0302\u0303\u0304",
		"क\u0941\u0942\u0947\u0948\u0902")(yield)
}
