package limits

import "strings"

// A Rule is the stable id of one check, such as "path-traversal". Each package declares its own
// constants of this type and lists them in its Rules function; an id never changes its meaning.
type Rule string

// A RuleInfo describes one rule for a review: what it stops, and what happens when the caller does
// not say otherwise.
type RuleInfo struct {
	Rule   Rule
	Attack string // one line for the owner: how an attacker gets through where the check is missing
	// one line for the sender of the input: what can be changed so that it is taken; it says
	// nothing of the server and nothing of how to lift the rule
	Advice   string
	CWE      string // "CWE-22"; several are separated by ", "
	Default  string // what is refused, or the bound where there is one
	Since    string // the minor version that enforced it first: "1.0"
	Liftable bool   // UnsafeAllow may lift it
}

// A RuleError is the refusal of an input that breaks a rule, whatever budget is left. It matches
// [ErrRefused].
type RuleError struct {
	Op   string // the operation: "safezip.Extract"
	Rule Rule   // the check that failed
	// the place in the input as it stands there, such as the name of an entry; may be empty, and
	// may be hostile
	Where string
	// bytes from the start of the input; -1 if it is not known. Error leaves it out where there is
	// a Line
	Offset int64
	Line   int // from 1; 0 if it is not known
	Column int // in bytes, from 1; 0 if it is not known
	// what is wrong, in the package's own words; hostile text in it must have gone through Quote
	Detail string
}

// Error has the form
//
//	op: rule: "where" (offset 12): detail
//	op: rule: "where" (line 3, column 7): detail
//
// without the parts that are not known. Where is quoted and cut as by [Quote], and no part can
// bring in a control character.
func (e *RuleError) Error() string {
	if e == nil {
		return nilText
	}
	var s strings.Builder
	if e.Op != "" {
		s.WriteString(printable(e.Op) + ": ")
	}
	s.WriteString(printable(string(e.Rule)))
	at := position(e.Offset, e.Line, e.Column)
	switch {
	case e.Where != "":
		s.WriteString(": " + Quote(e.Where) + at)
	case at != "":
		s.WriteString(at)
	}
	if e.Detail != "" {
		s.WriteString(": " + printable(e.Detail))
	}
	return clip(s.String())
}

// Is matches ErrRefused.
func (e *RuleError) Is(target error) bool { return target == ErrRefused }
