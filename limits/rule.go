package limits

import (
	"log/slog"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/record"
)

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
	// where in the input, in its own words, such as the name of an entry; may be empty, and
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

// record is a RuleError as data.
func (e *RuleError) record() record.Record {
	if e == nil {
		return nil
	}
	r := named(named(nil, "op", e.Op), "rule", string(e.Rule))
	return placed(r, e.Where, e.Offset, e.Line, e.Column).Text("detail", clip(printable(e.Detail)))
}

// LogValue makes a RuleError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *RuleError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, rule, where (quoted and cut as by [Quote]),
// offset (-1 if it is not known), line, column and detail. Those that are not known are left out.
func (e *RuleError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// position says where in a text or a file something is, as " (offset 12)" or " (line 3, column 7)";
// nothing is known of an offset below zero without a line.
func position(offset int64, line, column int) string {
	switch {
	case line > 0 && column > 0:
		return " (line " + strconv.Itoa(line) + ", column " + strconv.Itoa(column) + ")"
	case line > 0:
		return " (line " + strconv.Itoa(line) + ")"
	case offset >= 0:
		return " (offset " + strconv.FormatInt(offset, 10) + ")"
	default:
		return ""
	}
}
