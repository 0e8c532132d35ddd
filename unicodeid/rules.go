package unicodeid

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// What has no key: Register and Lookup refuse it.
const (
	// not UTF-8: surrogates, overlong forms, stray bytes
	RuleInvalidUTF8 Rule = "invalid-utf8"
	RuleEmpty       Rule = "empty" // nothing is left that could be a name
	// bytes, code points or grapheme clusters, before or after mapping
	RuleTooLong      Rule = "too-long"
	RuleTooShort     Rule = "too-short"            // fewer grapheme clusters than MinGraphemes
	RuleControl      Rule = "control-character"    // General_Category Cc within the name
	RulePrivateUse   Rule = "private-use"          // General_Category Co
	RuleNoncharacter Rule = "noncharacter"         // U+FDD0 to U+FDEF, U+xxFFFE, U+xxFFFF
	RuleUnassigned   Rule = "unassigned-character" // not assigned in Unicode 15.0
)

// What Register refuses besides. None can be lifted; the Allow options widen the alphabet with
// rules of their own.
const (
	// Default_Ignorable_Code_Point, U+2800; joiners out of place under AllowJoiners
	RuleInvisible     Rule = "invisible"
	RuleBidiControl   Rule = "bidi-control"         // Bidi_Control
	RuleInnerSpace    Rule = "inner-space"          // White_Space within the name
	RuleCompatibility Rule = "compatibility"        // a compatibility form of other characters
	RuleRestricted    Rule = "restricted-character" // not recommended for identifiers
	RulePunctuation   Rule = "punctuation"          // first, last, doubled
	RuleLeadingMark   Rule = "leading-mark"         // a mark without a letter
	RuleTooManyMarks  Rule = "too-many-marks"       // more than Depth on one base
	RuleRepeatedMark  Rule = "repeated-mark"        // the same mark twice running
	RuleOverlayMark   Rule = "overlay-mark"         // Canonical_Combining_Class 1
	RuleHiddenDot     Rule = "hidden-dot"           // U+0307 on a letter that has its dot
	RuleMixedScript   Rule = "mixed-script"         // beyond Highly Restrictive
	RuleMixedDigits   Rule = "mixed-digits"         // digits of two systems
	RuleBidi          Rule = "bidi-rule"            // the Bidi Rule of RFC 5893
	RuleReserved      Rule = "reserved"             // see Reserved and WordList
	RuleBlocked       Rule = "blocked"              // see Blocked and WordList
)

var rules = setup.RuleTable{
	{Rule: RuleInvalidUTF8, Attack: "Bytes that are repaired in one place and kept in another give two names one key, or one name two.", CWE: "CWE-176"},
	{Rule: RuleEmpty, Attack: "A name of white space and invisible characters is everyone's or nobody's.",
		CWE: "CWE-20"},
	{Rule: RuleTooLong, Attack: "A name that grows when it is mapped (U+FDFA becomes 18 characters) is cut by a column, or fills a page.", CWE: "CWE-770",
		Default: "32 grapheme clusters (DefaultGraphemes)"},
	{Rule: RuleTooShort, Attack: "Names of a character or two are few, and are fought over and mistyped.", CWE: "CWE-20",
		Default: "1 grapheme cluster (MinGraphemes)"},
	{Rule: RuleControl, Attack: "A line break or an escape sequence in a name forges lines of a log and terminals' output.", CWE: "CWE-117"},
	{Rule: RulePrivateUse, Attack: "A private-use character shows what the reader's font makes of it, an operator's logo included.", CWE: "CWE-1007"},
	{Rule: RuleNoncharacter, Attack: "Some programs drop noncharacters, others replace them: two names become one.",
		CWE: "CWE-176"},
	{Rule: RuleUnassigned, Attack: "A code point that is assigned later gets properties, and the name another key.",
		CWE: "CWE-176"},
	{Rule: RuleInvisible, Attack: "A character that nobody sees makes a second name which looks like the first.",
		CWE: "CWE-1007"},
	{Rule: RuleBidiControl, Attack: "A direction control reorders the name, and the text around it.", CWE: "CWE-1007"},
	{Rule: RuleInnerSpace, Attack: "Spaces of different widths look alike, and one part of a system trims what another keeps.", CWE: "CWE-178"},
	{Rule: RuleCompatibility, Attack: "Fullwidth, superscript and ligature forms look like plain letters, and fold to them in some systems only.", CWE: "CWE-1007"},
	{Rule: RuleRestricted, Attack: "Letters of no living use, symbols and punctuation serve as lookalikes and as markup.", CWE: "CWE-1007"},
	{Rule: RulePunctuation, Attack: "Names such as .., a. and a__b mean something to file systems and mentions, and are told apart badly.", CWE: "CWE-20"},
	{Rule: RuleLeadingMark, Attack: "A mark without a letter attaches itself to the text in front of the name.",
		CWE: "CWE-1007"},
	{Rule: RuleTooManyMarks, Attack: "Marks piled on a letter run over the lines above and below.", CWE: "CWE-770",
		Default: "4 marks (DefaultDepth)"},
	{Rule: RuleRepeatedMark, Attack: "A mark drawn twice looks as if it were there once.", CWE: "CWE-1007"},
	{Rule: RuleOverlayMark, Attack: "A stroke laid over a letter makes a lookalike of another letter.",
		CWE: "CWE-1007"},
	{Rule: RuleHiddenDot, Attack: "A dot on a letter that has one is not seen.", CWE: "CWE-1007"},
	{Rule: RuleMixedScript, Attack: "A letter of another script stands for one of this script that looks the same.",
		CWE: "CWE-1007"},
	{Rule: RuleMixedDigits, Attack: "Digits of two systems look alike and have different values.", CWE: "CWE-1007"},
	{Rule: RuleBidi, Attack: "A name of both directions is shown in another order than it is stored, depending on what stands beside it.", CWE: "CWE-1007"},
	{Rule: RuleReserved, Attack: "A user called admin, in any spelling, is taken for the operator.", CWE: "CWE-290",
		Default: "no words"},
	{Rule: RuleBlocked, Attack: "A phrase that the operator does not want is spelt with separators, digits or lookalikes.", CWE: "CWE-184",
		Default: "no words"},
}

// Rules lists every check: the attack that it stops, its CWE and its default. None can be lifted.
func Rules() iter.Seq[limits.RuleInfo] { return rules.All() }
