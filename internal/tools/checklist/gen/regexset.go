package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

func regexsetSupports() map[limits.Rule][]string {
	supports := saferegexSupports() // Each pattern of a set is held to these.
	supports[regexset.RuleTooManyPatterns] = []string{"2.2.1", "15.2.2"}
	supports[regexset.RuleSetTooLarge] = []string{"15.2.2"}
	return supports
}
