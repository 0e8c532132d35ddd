package idtest

import (
	"fmt"
	"iter"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// A Case is one name as a user typed it.
//
// A hostile case with a Rule must be refused under it (other rules may be broken besides); if it
// has a Like too, and a key at all, its key must be that of Like, so that at login it leads to
// no other. A hostile case without a Rule is a good name by itself: it must conflict with Like,
// which is one, too.
type Case struct {
	Name string // "invisible/U+200B-end": the family, and what is special about it; unique
	// what a hostile name must be refused under, and a legit one comes close to; may be empty
	Rule     limits.Rule
	Raw      string // what was typed; it may be invalid UTF-8
	Like     string // the name that Raw is after; may be empty
	Language string // of a legit name, in English; empty for a neighbour of a rule
	Profile  string // of a name of People: what it passes under; see Profile
}

// Limits are those that the cases are made for: a name of at most 255 bytes and 64 code points.
func Limits() limits.Limits { return limits.Limits{InputBytes: 255, Items: 64} }

// Options are the words that the cases of the rules reserved and blocked are made for. The cases of
// all other rules need none.
func Options() []unicodeid.Option {
	return []unicodeid.Option{unicodeid.Reserved(reservedWords...), unicodeid.Blocked(blockedPhrases...)}
}

// Hostile yields names that must be refused, or must conflict with another name. There are at least
// three for each rule.
//
// Classes are yielded whole, with two exceptions: of the private-use and the unassigned code
// points, nearly a million, come the first and last of each run, and every 256th.
func Hostile() iter.Seq[Case] {
	return caselist.Chain(families()...)
}

func families() []iter.Seq[Case] {
	return []iter.Seq[Case]{invalidUTF8, empty, outerSpace, innerSpace, controls, invisible, bidiControls, withoutKey,
		compatibility, compatibilityWords,
		restricted, punctuation, digits, bidiRule, leadingMarks, repeatedMarks, overlayMarks, hiddenDots, floods,
		mixedLetters, mixedScripts,
		foreignLookalikes, lookalikes, drawnAlike, composed, cases, reserved, blocked, tooLong, tooShort, expansions}
}

// Legit yields names that must be accepted: names of people in all scripts that are recommended for
// identifiers, in composed and decomposed spelling, and for each rule at least one name that comes
// close to breaking it.
func Legit() iter.Seq[Case] { return caselist.Chain(people, neighbours) }

// Benign yields all names that must be accepted, each under its own Limits and Options: those of
// Legit, and the full names of People.
func Benign() iter.Seq[Case] { return caselist.Chain(People(), neighbours) }

// Limits are those of the profile that the case names.
func (c Case) Limits() limits.Limits {
	lim, _ := Profile(c.Profile)
	return lim
}

// Options are those of the profile that the case names.
func (c Case) Options() []unicodeid.Option {
	_, opts := Profile(c.Profile)
	return opts
}

// seedFirst and seedEvery choose the cases of a family that Seed adds.
const (
	seedFirst = 4
	seedEvery = 101
)

// Seed adds names to the corpus of a fuzz target that takes a string: every benign case, and of
// each rule the first hostile ones and one in a hundred of the others.
func Seed(f *testing.F) {
	f.Helper()
	for c := range Benign() {
		f.Add(c.Raw)
	}
	seen := map[limits.Rule]int{}
	for c := range Hostile() {
		if n := seen[c.Rule]; n < seedFirst || n%seedEvery == 0 {
			f.Add(c.Raw)
		}
		seen[c.Rule]++
	}
}

// list yields names that break a rule.
func list(rule limits.Rule, what, like string, names ...string) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for i, raw := range names {
			if !yield(Case{Name: fmt.Sprintf("%s/%s-%d", rule, what, i+1), Rule: rule, Raw: raw, Like: like}) {
				return
			}
		}
	}
}

// victim is the name that most cases are after. Its head and tail stand around what is put into the
// middle.
const (
	victim = head + tail
	head   = "vic"
	tail   = "tim"
)

// A place is where something is put into a name.
type place struct{ name, before, after string }

// places are the start, the middle and the end of the victim's name.
func places() [3]place {
	return [...]place{{"start", "", victim}, {"middle", head, tail}, {"end", victim, ""}}
}

// codePoint names a code point as the standard does.
func codePoint(r rune) string { return fmt.Sprintf("U+%04X", r) }
