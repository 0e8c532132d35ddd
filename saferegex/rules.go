package saferegex

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module.
type RuleError = limits.RuleError

// The rules for patterns. None of them can be lifted; the limit or option that each of them
// enforces can be raised.
const (
	RulePatternTooLong  Rule = "pattern-too-long"  // more than PatternBytes
	RulePatternTooDeep  Rule = "pattern-too-deep"  // groups nested deeper than Depth
	RuleTooManyGroups   Rule = "too-many-groups"   // more capturing groups than Groups
	RuleProgramTooLarge Rule = "program-too-large" // more instructions than ProgramSize
	// ranges with too many characters to find the other case of.
	RuleClassTooLarge Rule = "class-too-large"
	// under Bytes: a character beyond ASCII, or a class of Unicode.
	RuleByteClass Rule = "byte-class"
	// Redact: a text that may be one match is longer than the window.
	RuleMatchTooLong Rule = "match-too-long"
	// a SyntaxError: no regular expression of Go, or a construct that no engine in linear time has.
	RuleInvalidSyntax Rule = "invalid-syntax"
)

// ruleTable holds one line for each rule, in the order in which they are checked.
var ruleTable = setup.RuleTable{
	{Rule: RulePatternTooLong, Attack: "A pattern of megabytes keeps the parser busy, which cannot be interrupted.",
		Advice: "Use a shorter pattern.",
		CWE:    "CWE-1284", Default: "refused above PatternBytes, 32 KiB"},
	{Rule: RulePatternTooDeep, Attack: "A pattern of nothing but parentheses is followed into them by every part of a " +
		"compiler.",
		Advice: "Use fewer groups within groups.",
		CWE:    "CWE-674", Default: "refused above Depth, 100"},
	{Rule: RuleTooManyGroups, Attack: "Groups by the thousand multiply the memory of every match and the work of " +
		"copying positions.",
		Advice: "Use fewer capturing groups: (?:...) groups without capturing.",
		CWE:    "CWE-770", Default: "refused above Groups, 250"},
	{Rule: RuleClassTooLarge, Attack: "A few characters such as (?i)[B-\\x{1E942}] have the parser look up the other " +
		"case of a hundred thousand characters, again for each class.",
		Advice: "Use smaller ranges of characters where case is ignored.",
		CWE:    "CWE-405", Default: "refused above 262,144 characters"},
	{Rule: RuleByteClass, Attack: "A character in a pattern of bytes means one byte to one engine and several to " +
		"another, so that a filter misses what it names.",
		Advice: "Write characters beyond ASCII as bytes, such as \\xC3\\xA9.",
		CWE:    "CWE-838", Default: "refused under Bytes"},
	{Rule: RuleMatchTooLong, Attack: "A secret that lies across the end of a window would be copied in two harmless " +
		"halves.",
		Advice: "Split the text: a part that would have to be replaced is too long.",
		CWE:    "CWE-532", Default: "refused beyond the window of Redact"},
	{Rule: RuleInvalidSyntax, Attack: "Look-around, backreferences and recursion cost exponential time in the engines " +
		"that know them, and a pattern that means nothing is a mistake.",
		Advice: "Mend the pattern at this place: it is not a regular expression in the syntax of RE2.",
		CWE:    "CWE-1333", Default: "refused"},
	{Rule: RuleProgramTooLarge, Attack: "Counted repetition of repetition, as ((a{100}){100}){100}, makes a program of " +
		"millions of instructions out of a few characters.",
		Advice: "Use fewer or smaller counted repeats, such as {100}, and smaller classes in them.",
		CWE:    "CWE-409", Default: "refused above ProgramSize, 10,000 instructions"},
}

// Rules lists every check of this package, in the order in which they are made.
func Rules() iter.Seq[limits.RuleInfo] { return ruleTable.All() }
