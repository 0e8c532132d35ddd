package regexset

import (
	"iter"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// Rule is the stable id of one check. It is shared by all packages of this module.
type Rule = limits.Rule

// RuleError is the refusal that names a rule. It is shared by all packages of this module.
type RuleError = limits.RuleError

// The rules for sets, and those of package saferegex that each pattern of a set is held to. None of
// them can be lifted; the limit or option that each of them enforces can be raised.
const (
	RuleTooManyPatterns Rule = "too-many-patterns" // more patterns than Patterns
	RulePatternTooLong       = saferegex.RulePatternTooLong
	RulePatternTooDeep       = saferegex.RulePatternTooDeep
	RuleTooManyGroups        = saferegex.RuleTooManyGroups
	RuleClassTooLarge        = saferegex.RuleClassTooLarge
	RuleInvalidSyntax        = saferegex.RuleInvalidSyntax
	RuleProgramTooLarge      = saferegex.RuleProgramTooLarge
	RuleMatchTooLong         = saferegex.RuleMatchTooLong
	// the patterns together need more memory than SetBytes.
	RuleSetTooLarge Rule = "set-too-large"
)

// The set's own rules: the first is checked before the patterns, the last after them.
var (
	tooManyPatterns = setup.RuleTable{{Rule: RuleTooManyPatterns,
		Attack: "Patterns by the million take seconds to compile and memory that is never given back.",
		Advice: "Use fewer patterns.",
		CWE:    "CWE-770", Default: "refused above Patterns, 10,000"}}
	setTooLarge = setup.RuleTable{{Rule: RuleSetTooLarge,
		Attack: "Patterns that are small alone, such as \\pL{20}\\d by the hundred, make a program of a hundred megabytes " +
			"together, in memory that the process never gets back.",
		Advice: "Use fewer or simpler patterns: together they are too large.",
		CWE:    "CWE-789", Default: "refused above SetBytes, 64 MiB"}}
)

// Rules lists every check of this package, in the order in which they are made. A set is of
// characters, so that the rule for patterns of bytes is none of them.
func Rules() iter.Seq[limits.RuleInfo] {
	return func(yield func(limits.RuleInfo) bool) {
		for _, part := range [...]iter.Seq[limits.RuleInfo]{tooManyPatterns.All(), saferegex.Rules(), setTooLarge.All()} {
			for info := range part {
				if info.Rule != saferegex.RuleByteClass && !yield(info) {
					return
				}
			}
		}
	}
}
