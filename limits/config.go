package limits

import (
	"log/slog"
	"slices"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/record"
)

// A ConfigError is the caller's mistake, found before the input is touched where that can be, and
// told whole: every missing or invalid field at once. It matches [ErrConfig], and [ErrUnset] if one
// of its problems is a limit's. It never matches [ErrRefused].
type ConfigError struct {
	Op       string // the operation: "safezip.Extract"
	Problems []FieldProblem
}

// A FieldProblem is one part of a [ConfigError].
type FieldProblem struct {
	Field  string // "OutputBytes", or the name of an option
	Reason string // reads on from Field and says how to mend it: "is not set: ..."
	// the field is one of Limits, and holds nothing or no valid budget; makes the error match
	// ErrUnset
	Unset bool
}

// Error lists the problems in order, as many as fit into 1 KiB:
//
//	safezip.Extract: OutputBytes is not set: give it a limit, or limits.UnsafeUnlimited for input you trust; Time is 30ns: is a unit missing? at least 1ms
func (e *ConfigError) Error() string {
	if e == nil {
		return nilText
	}
	var s strings.Builder
	if e.Op != "" {
		s.WriteString(printable(e.Op) + ": ")
	}
	if len(e.Problems) == 0 {
		s.WriteString(ErrConfig.Error())
	}
	for i, p := range e.Problems {
		const more = len("; and 18446744073709551615 more")
		text := printable(p.Field + " " + p.Reason)
		if i > 0 {
			text = "; " + text
		}
		if i > 0 && s.Len()+len(text)+more > errorBytes {
			s.WriteString("; and " + strconv.Itoa(len(e.Problems)-i) + " more")
			break
		}
		s.WriteString(text)
	}
	return clip(s.String())
}

// Is matches ErrConfig, and ErrUnset if a problem is that of a limit.
func (e *ConfigError) Is(target error) bool {
	return target == ErrConfig || (e != nil && target == ErrUnset && slices.ContainsFunc(e.Problems,
		func(p FieldProblem) bool { return p.Unset }))
}

// misuse is a ConfigError with a single problem that is not a limit's.
func misuse(op, field, reason string) *ConfigError {
	return &ConfigError{Op: op, Problems: []FieldProblem{{Field: field, Reason: reason}}}
}

// unsetProblem is the problem of a limit that holds nothing.
func unsetProblem(r Resource) FieldProblem {
	return FieldProblem{Field: r.field(),
		Reason: "is not set: give it a limit, or limits.UnsafeUnlimited for input you trust", Unset: true}
}

// unset is the error of spending what has no budget. The package that started the operation has
// forgotten a default, and nothing may be unlimited by being forgotten.
func unset(op string, r Resource) *ConfigError {
	return &ConfigError{Op: op, Problems: []FieldProblem{unsetProblem(r)}}
}

// invalidReason says why a negative number is no budget.
func invalidReason(text string) string {
	return "is " + text + ": not a budget; use a positive number, or limits.UnsafeUnlimited for input you trust"
}

// record is a ConfigError as data.
func (e *ConfigError) record() record.Record {
	if e == nil {
		return nil
	}
	const most = 32
	problems := make([]record.Record, 0, min(len(e.Problems), most))
	for _, p := range e.Problems[:min(len(e.Problems), most)] {
		problems = append(problems, record.Record{slog.String("field", clip(printable(p.Field))),
			slog.String("reason", clip(printable(p.Reason))), slog.Bool("unset", p.Unset)})
	}
	return append(named(nil, "op", e.Op), slog.Any("problems", problems)).
		Number("more", int64(len(e.Problems)-len(problems)))
}

// LogValue makes a ConfigError a [slog.LogValuer]: a group with its op and its text.
func (e *ConfigError) LogValue() slog.Value {
	if e == nil {
		return slog.GroupValue()
	}
	whole := ConfigError{Problems: e.Problems}
	return named(nil, "op", e.Op).Text("problems", whole.Error()).LogValue()
}

// MarshalJSON writes an object with the members op and problems, a list of objects with field,
// reason and unset. There are at most 32 of them; more says how many are left out.
func (e *ConfigError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }
