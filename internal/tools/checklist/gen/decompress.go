package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// decompressSupports maps a rule only where the requirement speaks of what the rule stops.
// Checksums and dictionaries are not spoken of.
func decompressSupports() map[limits.Rule][]string {
	return map[limits.Rule][]string{
		decompress.RuleMalformed:      {"2.2.1"},
		decompress.RuleSeveralMembers: {"1.5.3"},
		decompress.RuleTrailingData:   {"1.5.3"},
		decompress.RuleGzipHeader:     {"1.5.3"},
		decompress.RuleSizeMismatch:   {"1.5.3"},
	}
}

func decompressBudgets() map[string][]string {
	return map[string][]string{
		"InputBytes":  {"5.2.1"},
		"OutputBytes": {"15.2.2"},
		"Items":       {"15.2.2"},
		"Depth":       {"2.2.1"},
		"Steps":       {"15.2.2"},
		"MemoryBytes": {"15.2.2"},
		"Time":        {"15.2.2"},
	}
}
