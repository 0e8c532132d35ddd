package unicodeid

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// Names that have no key: Register and Lookup refuse them.
const (
	// not UTF-8: surrogates, overlong forms, stray bytes.
	RuleInvalidUTF8 Rule = "invalid-utf8"
	RuleEmpty       Rule = "empty" // nothing is left that could be a name
	// bytes, code points or grapheme clusters, before or after mapping.
	RuleTooLong      Rule = "too-long"
	RuleTooShort     Rule = "too-short"            // fewer grapheme clusters than MinGraphemes
	RuleControl      Rule = "control-character"    // General_Category Cc within the name
	RulePrivateUse   Rule = "private-use"          // General_Category Co
	RuleNoncharacter Rule = "noncharacter"         // U+FDD0 to U+FDEF, U+xxFFFE, U+xxFFFF
	RuleUnassigned   Rule = "unassigned-character" // not assigned in Unicode 15.0
)

// Names that Register refuses besides. None can be lifted; the Allow options widen the alphabet
// with rules of their own.
const (
	// Default_Ignorable_Code_Point, U+2800; joiners out of place under AllowJoiners.
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
	{Rule: RuleInvalidUTF8, Attack: "Bytes that are repaired in one place and kept in another give two names one key, " +
		"or one name two.",
		Advice: "Type the name again: it is not valid text.",
		CWE:    "CWE-176"},
	{Rule: RuleEmpty, Attack: "A name of white space and invisible characters is everyone's or nobody's.",
		Advice: "Choose a name with at least one letter or digit.",
		CWE:    "CWE-20"},
	{Rule: RuleTooLong, Attack: "A name that grows when it is mapped (U+FDFA becomes 18 characters) is cut by a column, " +
		"or fills a page.",
		Advice:  "Choose a shorter name.",
		CWE:     "CWE-770",
		Default: "32 grapheme clusters (DefaultGraphemes)"},
	{Rule: RuleTooShort, Attack: "Names of a character or two are few, and are fought over and mistyped.",
		Advice:  "Choose a longer name.",
		CWE:     "CWE-20",
		Default: "1 grapheme cluster (MinGraphemes)"},
	{Rule: RuleControl, Attack: "A line break or an escape sequence in a name forges lines of a log and terminals' " +
		"output.",
		Advice: "Type the name again without line breaks, tabs and other control characters.",
		CWE:    "CWE-117"},
	{Rule: RulePrivateUse, Attack: "A private-use character shows what the reader's font makes of it, an operator's " +
		"logo included.",
		Advice: "Choose another character: this one has no meaning of its own.",
		CWE:    "CWE-1007"},
	{Rule: RuleNoncharacter, Attack: "Some programs drop noncharacters, others replace them: two names become one.",
		Advice: "Choose another character: this one is none.",
		CWE:    "CWE-176"},
	{Rule: RuleUnassigned, Attack: "A code point that is assigned later gets properties, and the name another key.",
		Advice: "Choose another character: this one is too new, or does not exist.",
		CWE:    "CWE-176"},
	{Rule: RuleInvisible, Attack: "A character that nobody sees makes a second name which looks like the first.",
		Advice: "Type the name again: it holds a character that is not seen.",
		CWE:    "CWE-1007"},
	{Rule: RuleBidiControl, Attack: "A direction control reorders the name, and the text around it.",
		Advice: "Type the name again: it holds a control of the writing direction.",
		CWE:    "CWE-1007"},
	{Rule: RuleInnerSpace, Attack: "Spaces of different widths look alike, and one part of a system trims what another " +
		"keeps.",
		Advice: "Choose a name without spaces, or with single plain ones where they are taken.",
		CWE:    "CWE-178"},
	{Rule: RuleCompatibility, Attack: "Fullwidth, superscript and ligature forms look like plain letters, and fold to " +
		"them in some systems only.",
		Advice: "Use the plain form of the character.",
		CWE:    "CWE-1007"},
	{Rule: RuleRestricted, Attack: "Letters of no living use, symbols and punctuation serve as lookalikes and as markup.",
		Advice: "Use letters and digits that are written today: this character is not taken.",
		CWE:    "CWE-1007"},
	{Rule: RulePunctuation, Attack: "Names such as .., a. and a__b mean something to file systems and mentions, and are " +
		"told apart badly.",
		Advice: "Put punctuation between letters or digits, one sign at a time.",
		CWE:    "CWE-20"},
	{Rule: RuleLeadingMark, Attack: "A mark without a letter attaches itself to the text in front of the name.",
		Advice: "Put a letter before the accent or mark.",
		CWE:    "CWE-1007"},
	{Rule: RuleTooManyMarks, Attack: "Marks piled on a letter run over the lines above and below.",
		Advice:  "Use fewer accents or marks on one letter.",
		CWE:     "CWE-770",
		Default: "4 marks (DefaultDepth)"},
	{Rule: RuleRepeatedMark, Attack: "A mark drawn twice looks as if it were there once.",
		Advice: "Use each accent or mark once on a letter.",
		CWE:    "CWE-1007"},
	{Rule: RuleOverlayMark, Attack: "A stroke laid over a letter makes a lookalike of another letter.",
		Advice: "Use a letter that has the stroke, in place of a stroke over a letter.",
		CWE:    "CWE-1007"},
	{Rule: RuleHiddenDot, Attack: "A dot on a letter that has one is not seen.",
		Advice: "Leave out the dot: the letter has one.",
		CWE:    "CWE-1007"},
	{Rule: RuleMixedScript, Attack: "A letter of another script stands for one of this script that looks the same.",
		Advice: "Write the name in one script: it mixes letters that look alike.",
		CWE:    "CWE-1007"},
	{Rule: RuleMixedDigits, Attack: "Digits of two systems look alike and have different values.",
		Advice: "Use digits of one kind.",
		CWE:    "CWE-1007"},
	{Rule: RuleBidi, Attack: "A name of both directions is shown in another order than it is stored, depending on what " +
		"stands beside it.",
		Advice: "Do not mix letters that are written from right to left with others.",
		CWE:    "CWE-1007"},
	{Rule: RuleReserved, Attack: "A user called admin, in any spelling, is taken for the operator.",
		Advice:  "Choose another name: this one is reserved.",
		CWE:     "CWE-290",
		Default: "no words"},
	{Rule: RuleBlocked, Attack: "A phrase that the operator does not want is spelt with separators, digits or lookalikes.",
		Advice:  "Choose another name: this one is not allowed.",
		CWE:     "CWE-184",
		Default: "no words"},
}

// Rules lists every check: the attack that it stops, its CWE and its default. None can be lifted.
func Rules() iter.Seq[limits.RuleInfo] { return rules.All() }
