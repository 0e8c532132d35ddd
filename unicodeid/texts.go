package unicodeid

import (
	"iter"

	"github.com/seed73825598/airlock/internal/ucd"
)

// A ruleText says one rule to the user who chose the name.
type ruleText struct {
	rule Rule
	text string
}

var texts = [...]ruleText{
	{RuleInvalidUTF8, "the text is not UTF-8"},
	{RuleEmpty, "nothing that is seen is left"},
	{RuleTooLong, "the name is too long: the limit is {limit} {unit}"},
	{RuleTooShort, "the name is too short: it takes at least {limit} {unit}"},
	{RuleControl, "a control character"},
	{RulePrivateUse, "a private-use character has no meaning of its own"},
	{RuleNoncharacter, "a noncharacter is not for text"},
	{RuleUnassigned, "not assigned in Unicode " + ucd.Version},
	{RuleInvisible, "an invisible character"},
	{RuleBidiControl, "a control of the writing direction"},
	{RuleInnerSpace, "white space within the name"},
	{RuleCompatibility, "a special form of plain characters"},
	{RuleRestricted, "not for names: out of use, a symbol, or punctuation"},
	{RulePunctuation, "punctuation must stand alone between letters or digits"},
	{RuleLeadingMark, "a mark without a letter to stand on"},
	{RuleTooManyMarks, "too many marks on one letter: the limit is {limit}"},
	{RuleRepeatedMark, "the same mark twice"},
	{RuleOverlayMark, "a stroke laid over the letter"},
	{RuleHiddenDot, "a dot on a letter that has one"},
	{RuleMixedScript, "letters of scripts that are not written together"},
	{RuleMixedDigits, "digits of two systems"},
	{RuleBidi, "left-to-right and right-to-left characters in an order that reads differently"},
	{RuleReserved, "the name is reserved"},
	{RuleBlocked, "the name holds a phrase that is not allowed"},
}

// Texts yields each rule with its sentence in English, for a translation: {limit} and {unit} stand
// in it for Problem.Limit and Problem.Unit, {fix} for Problem.Fix. Problem.Detail is one of them
// filled in.
func Texts() iter.Seq2[Rule, string] {
	return func(yield func(Rule, string) bool) {
		for _, t := range &texts {
			if !yield(t.rule, t.text) {
				return
			}
		}
	}
}

// text returns the sentence of a rule.
func text(rule Rule) string {
	for i := range texts {
		if texts[i].rule == rule {
			return texts[i].text
		}
	}
	return ""
}
