package filename

import "github.com/seed73825598/airlock/limits"

// The rules that a name can break. Package safezip gives each its public name and says what it
// stops.
const (
	PathTraversal    limits.Rule = "path-traversal"
	AbsolutePath     limits.Rule = "absolute-path"
	DriveOrUNC       limits.Rule = "drive-or-unc"
	ControlCharacter limits.Rule = "control-character"
	InvalidName      limits.Rule = "invalid-name"
	Backslash        limits.Rule = "backslash"
	ReservedName     limits.Rule = "reserved-name"
	TrailingDotSpace limits.Rule = "trailing-dot-space"
	IllegalCharacter limits.Rule = "illegal-character"
	NonASCII         limits.Rule = "non-ascii"
	LongName         limits.Rule = "long-name"

	InvisibleCharacter  limits.Rule = "invisible-character"
	BidiControl         limits.Rule = "bidi-control"
	LookalikeSeparator  limits.Rule = "lookalike-separator"
	UnassignedCharacter limits.Rule = "unassigned-character"
)

// The length that LongName allows, in bytes: the least that the common file systems hold.
const (
	MaxComponent = 255
	MaxPath      = 4096
)

// A Problem is one broken rule.
type Problem struct {
	Rule   limits.Rule
	Detail string // what is wrong, in words; hostile text in it is quoted
}
