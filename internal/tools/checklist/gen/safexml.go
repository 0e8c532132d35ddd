package main

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// safexmlSupports maps a rule only where the requirement speaks of what the rule stops. That of
// forgery of requests speaks of calling another service; what a document would have a program call
// is held to a list there as well.
func safexmlSupports() map[limits.Rule][]string {
	var (
		restrictive = []string{"1.5.1"}
		consistent  = []string{"1.5.3"}
		fetches     = []string{"1.3.6"}
		drawings    = []string{"1.3.4"}
	)
	return map[limits.Rule][]string{
		safexml.RuleNotWellFormed:         consistent,
		safexml.RuleEncoding:              {"1.1.1", "1.5.3"},
		safexml.RuleEntity:                restrictive,
		safexml.RuleInternalSubset:        restrictive,
		safexml.RuleSignedNode:            consistent,
		safexml.RuleDuplicateID:           consistent,
		safexml.RuleAmbiguousAttribute:    consistent,
		safexml.RuleRelativeNamespace:     consistent,
		safexml.RuleSignatureShape:        consistent,
		safexml.RuleSAMLShape:             consistent,
		safexml.RuleReferenceCycle:        {"15.2.2"},
		safexml.RuleDoctype:               restrictive,
		safexml.RuleProcessingInstruction: fetches,
		safexml.RuleXInclude:              {"1.5.1", "1.3.6"},
		safexml.RuleSchemaLocation:        fetches,
		safexml.RuleXSLTImport:            fetches,
		safexml.RuleSchemaImport:          fetches,
		safexml.RuleExternalReference:     {"1.3.4", "1.3.6"},
		safexml.RuleActiveContent:         drawings,
		safexml.RuleUnlistedContent:       drawings,
		safexml.RuleOOXMLExternal:         fetches,
	}
}

func safexmlBudgets() map[string][]string {
	return map[string][]string{
		"InputBytes":  {"5.2.1", "2.2.1"},
		"OutputBytes": {"15.2.2"},
		"Items":       {"2.2.1", "15.2.2"},
		"Depth":       {"2.2.1"},
		"Steps":       {"15.2.2"},
		"MemoryBytes": {"15.2.2"},
		"Time":        {"15.2.2"},
	}
}
