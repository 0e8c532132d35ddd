package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

func saferegexSupports() map[limits.Rule][]string {
	exhaustion := []string{"15.2.2"}
	return map[limits.Rule][]string{
		saferegex.RulePatternTooLong:  {"2.2.1", "15.2.2"},
		saferegex.RulePatternTooDeep:  {"2.2.1", "15.2.2"},
		saferegex.RuleTooManyGroups:   exhaustion,
		saferegex.RuleClassTooLarge:   exhaustion,
		saferegex.RuleInvalidSyntax:   {"1.3.12"},
		saferegex.RuleProgramTooLarge: exhaustion,
	}
}

func saferegexBudgets() map[string][]string {
	return map[string][]string{
		"InputBytes":  {"2.2.1", "15.2.2"},
		"OutputBytes": {"15.2.2"},
		"Items":       {"15.2.2"},
		"Depth":       {"2.2.1"},
		"Steps":       {"1.3.12", "15.2.2"},
		"MemoryBytes": {"15.2.2"},
		"Time":        {"15.2.2"},
	}
}
