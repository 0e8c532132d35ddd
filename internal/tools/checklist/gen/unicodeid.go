package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// unicodeidSupports maps a rule only where the requirement speaks of what the rule stops.
// Lookalikes and the writing direction are not spoken of.
func unicodeidSupports() map[limits.Rule][]string {
	var (
		canonical = []string{"1.1.1"}
		structure = []string{"2.2.1"}
	)
	return map[limits.Rule][]string{
		unicodeid.RuleInvalidUTF8:   canonical,
		unicodeid.RuleCompatibility: canonical,
		unicodeid.RuleUnassigned:    canonical,
		unicodeid.RuleEmpty:         structure,
		unicodeid.RuleTooLong:       structure,
		unicodeid.RuleRestricted:    structure,
		unicodeid.RulePunctuation:   structure,
		unicodeid.RuleReserved:      structure,
		unicodeid.RuleBlocked:       structure,
		unicodeid.RuleControl:       {"16.4.1"},
	}
}

func unicodeidBudgets() map[string][]string {
	return map[string][]string{
		"InputBytes":  {"2.2.1"},
		"OutputBytes": {"2.2.1"},
		"Items":       {"2.2.1"},
		"Depth":       {"2.2.1"},
		"Steps":       {"15.2.2"},
		"MemoryBytes": {"15.2.2"},
		"Time":        {"15.2.2"},
	}
}
