package xmlscan

import "github.com/seed73825598/airlock/limits"

// The rules that are broken by bytes alone. Package safexml gives each its public name and says
// what it stops.
const (
	RuleNotWellFormed  limits.Rule = "not-well-formed"
	RuleEncoding       limits.Rule = "encoding"
	RuleEntity         limits.Rule = "entity"
	RuleInternalSubset limits.Rule = "doctype-internal-subset"
	RuleDoctype        limits.Rule = "doctype"
)
