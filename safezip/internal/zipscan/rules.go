package zipscan

import "github.com/seed73825598/airlock/limits"

// The rules that the structure of an archive can break. Package safezip gives each its public name
// and says what it stops.
const (
	Overlap            limits.Rule = "overlap"
	CompressedSlack    limits.Rule = "compressed-slack"
	Encrypted          limits.Rule = "encrypted"
	UnsupportedMethod  limits.Rule = "unsupported-method"
	SizeMismatch       limits.Rule = "size-mismatch"
	Malformed          limits.Rule = "malformed"
	HeaderMismatch     limits.Rule = "header-mismatch"
	DescriptorMismatch limits.Rule = "descriptor-mismatch"
	HiddenEntry        limits.Rule = "hidden-entry"
	PrefixData         limits.Rule = "prefix-data"
	TrailingData       limits.Rule = "trailing-data"
	Gap                limits.Rule = "gap"
	EndRecordAmbiguous limits.Rule = "end-record-ambiguous"
	ExtraField         limits.Rule = "extra-field"
	UnicodePath        limits.Rule = "unicode-path"
)

// A Finding is one broken rule and its place.
type Finding struct {
	Rule   limits.Rule
	Where  string // the entry's name as it stands in the archive; empty for the archive itself
	Offset int64  // in the file, of the record that breaks the rule
	Detail string // what was found, what was expected
}
