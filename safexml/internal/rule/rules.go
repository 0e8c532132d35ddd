package rule

import "github.com/seed73825598/airlock/limits"

// The rules of several profiles, and of those that have no rules of their own name. Package safexml
// gives each its public name and says what it stops.
const (
	External      limits.Rule = "external-reference"
	Active        limits.Rule = "active-content"
	Unlisted      limits.Rule = "unlisted-content"
	Cycle         limits.Rule = "reference-cycle"
	DrawingCost   limits.Rule = "drawing-cost"
	OOXMLExternal limits.Rule = "ooxml-external"
	OOXMLBounds   limits.Rule = "ooxml-bounds"
)
