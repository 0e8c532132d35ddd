package main

import (
	"github.com/seed73825598/airlock/internal/tools/checklist"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

// packages lists what the checklist covers, in the order of README.md. A new package is one line
// here and a file with its claims beside this one.
func packages() []checklist.Package {
	return []checklist.Package{
		{Path: "safezip", Rules: safezip.Rules, Lift: safezipLift(), Supports: safezipSupports(),
			Budgets: safezipBudgets()},
		{Path: "safezip/safetar", Rules: safetar.Rules, Lift: safetarLift(), Supports: safetarSupports(),
			Budgets: decompressBudgets()},
		{Path: "safezip/decompress", Rules: decompress.Rules, Supports: decompressSupports(), Budgets: decompressBudgets()},
		{Path: "safexml", Rules: safexml.Rules, Supports: safexmlSupports(), Budgets: safexmlBudgets()},
		{Path: "saferegex", Rules: saferegex.Rules, Supports: saferegexSupports(), Budgets: saferegexBudgets()},
		{Path: "saferegex/regexset", Rules: regexset.Rules, Supports: regexsetSupports(), Budgets: saferegexBudgets()},
		{Path: "unicodeid", Rules: unicodeid.Rules, Supports: unicodeidSupports(), Budgets: unicodeidBudgets()},
	}
}
