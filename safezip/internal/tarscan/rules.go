package tarscan

import "github.com/seed73825598/airlock/limits"

// The rules that a tar stream can break. Package safetar gives each its public name and says what
// it stops.
const (
	HeaderChecksum  limits.Rule = "header-checksum"
	PaxConflict     limits.Rule = "pax-conflict"
	DuplicateRecord limits.Rule = "duplicate-record"
	RecordOrder     limits.Rule = "record-order"
	RecordTarget    limits.Rule = "record-target"
	NumberFormat    limits.Rule = "number-format"
	Sparse          limits.Rule = "sparse"
	SpecialFile     limits.Rule = "special-file"
	SizeOnLink      limits.Rule = "size-on-link"
	UnknownType     limits.Rule = "unknown-type"
	Truncated       limits.Rule = "truncated"
	Malformed       limits.Rule = "malformed"
	TypeMismatch    limits.Rule = "type-mismatch"
	DirWithData     limits.Rule = "directory-with-data"

	MissingEnd   limits.Rule = "missing-end"
	TrailingData limits.Rule = "trailing-data"
	GlobalHeader limits.Rule = "global-header"
	VendorKeys   limits.Rule = "vendor-keys"
	OldFormat    limits.Rule = "old-format"
)
