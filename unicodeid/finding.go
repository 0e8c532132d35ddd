package unicodeid

// A Finding is one row of a table that Audit has something to say about.
type Finding struct {
	Kind FindingKind
	Row  Row // the row, as it was given
	// the ID of the first row that it collides with or looks like; empty for Refused and NoKey
	Other string
	// why today's policy refuses the name, or why it has no key; nil for Collision and Lookalike
	Problems []Problem
}

// A FindingKind says what is wrong with a row.
type FindingKind uint8

// The kinds of findings, the gravest first.
const (
	// the name has no key: its owner cannot log in under this mapping.
	NoKey FindingKind = iota + 1
	// the name has the key of an earlier row: one of the two can be taken over.
	Collision
	Lookalike // the name looks like that of an earlier row
	Refused   // today's policy would refuse the name at sign-up
)

// String returns "no key", "collision", "lookalike" or "refused".
func (k FindingKind) String() string {
	switch k {
	case NoKey:
		return "no key"
	case Collision:
		return "collision"
	case Lookalike:
		return "lookalike"
	case Refused:
		return "refused"
	}
	return "unknown"
}
