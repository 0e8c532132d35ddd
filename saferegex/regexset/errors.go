package regexset

import (
	"errors"
	"log/slog"
	"strconv"

	"github.com/seed73825598/airlock/internal/record"
	"github.com/seed73825598/airlock/limits"
)

// A PatternError says which pattern of a set is refused, or could not be compiled within the
// budget. It wraps the error that says why: errors.As finds a [*RuleError], a
// *saferegex.SyntaxError or a [*limits.ExceededError] in it, and it matches [limits.ErrRefused] as
// that does.
type PatternError struct {
	Op      string // the operation: "regexset.Compile"
	Index   int    // of the pattern, from 0
	Pattern string // as it was given, hostile or not
	Err     error  // what is wrong with it
}

// Error has the form
//
//	regexset.Compile: pattern 2: saferegex.Compile: invalid-syntax: "(?=a)b" (offset 0): look-ahead: ...
//
// Patterns are counted from 0, as in what Match returns. The text of the pattern stands in the
// error after it, quoted and cut as by [limits.Quote].
func (e *PatternError) Error() string {
	if e == nil || e.Err == nil {
		return "regexset: a pattern is refused"
	}
	return e.Op + ": pattern " + strconv.Itoa(e.Index) + ": " + e.Err.Error()
}

// record is the refusal as data.
func (e *PatternError) record() record.Record {
	if e == nil || e.Err == nil {
		return nil
	}
	data := record.Record{slog.String("op", e.Op), slog.Int("index", e.Index)}.Text("pattern", limits.Quote(e.Pattern))
	if rule, ok := errors.AsType[*RuleError](e.Err); ok {
		data = data.Text("rule", string(rule.Rule))
	}
	return data.Text("error", e.Err.Error())
}

// LogValue makes a PatternError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *PatternError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, index, pattern (quoted and cut as by
// [limits.Quote]), rule if one is broken, and error.
func (e *PatternError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// Unwrap returns what is wrong with the pattern.
func (e *PatternError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// An EngineError says that RE2 could not do its part: the process has no address space or memory
// for it, all sets together hold [ProcessBytes] already, or it has failed. It is a fault of the
// environment and no refusal: it matches neither [limits.ErrRefused] nor [limits.ErrConfig]. There
// is no answer with it.
type EngineError struct {
	Op     string // the operation: "regexset.Match"
	Reason string // what is missing, or has failed
	Err    error  // what the system said; may be nil
}

// Error has the form
//
//	regexset.Compile: RE2 cannot work: no address space for its memory of 4 GiB: cannot allocate memory
func (e *EngineError) Error() string {
	if e == nil {
		return "regexset: RE2 cannot work"
	}
	text := e.Op + ": RE2 cannot work: " + e.Reason
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// record is the error as data.
func (e *EngineError) record() record.Record {
	if e == nil {
		return nil
	}
	data := record.Record{slog.String("op", e.Op)}.Text("reason", e.Reason)
	if e.Err != nil {
		data = data.Text("error", e.Err.Error())
	}
	return data
}

// LogValue makes an EngineError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *EngineError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, reason and, if the system said something,
// error.
func (e *EngineError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// Unwrap returns what the system said.
func (e *EngineError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// tooMuch is a refusal that is a [*RuleError] and a [*limits.ExceededError] at once, for a limit
// was passed and there is a rule that says so: errors.As finds either, and it matches
// [limits.ErrExceeded].
type tooMuch struct {
	rule     *RuleError
	exceeded *limits.ExceededError
}

// Error is that of the rule, which says the amount, the limit and the option to raise.
func (e *tooMuch) Error() string { return e.rule.Error() }

// Unwrap returns both.
func (e *tooMuch) Unwrap() []error { return []error{e.rule, e.exceeded} }

// refuse makes a refusal: used of what is more than limit.
func refuse(op string, rule Rule, r limits.Resource, option, needs, where string, used, limit int64,
	shown string) error {
	return &tooMuch{
		rule: &RuleError{Op: op, Rule: rule, Where: where, Offset: -1, Detail: "needs at least " + needs +
			", the limit is " + shown + "; if such sets are expected, raise " + option},
		exceeded: &limits.ExceededError{Op: op, Resource: r, Limit: limit, Used: used, Where: where, Option: option},
	}
}
