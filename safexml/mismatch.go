package safexml

import (
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"

	"github.com/seed73825598/airlock/internal/record"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml/internal/decode"
)

// RuleMismatch is the rule of the *RuleError that errors.As finds in a [MismatchError]. It is not
// one of [Rules]: what breaks it is a document together with a Go value.
const RuleMismatch Rule = "mismatch"

// A MismatchError says that a document is well-formed and allowed, and does not fit the Go value
// that [Unmarshal] and [Decode] were to fill: letters in an integer field, say, or another root
// element.
//
// It matches limits.ErrRefused, since the sender of the document is at fault, and errors.As finds a
// *RuleError with [RuleMismatch] and the place in it, so that limitshttp answers 422. A value of a
// type that cannot be filled from any document is a *limits.ConfigError instead.
type MismatchError struct {
	Op string // the operation: "safexml.Unmarshal"
	// the element or attribute, as "order/item[3]/@price": of elements that are one of several the
	// number among those of the same name; of the document and so hostile, at most 1 KiB, of which the
	// end is kept; empty where encoding/xml has filled the value
	Path string
	// in bytes from the start of the source: of an attribute's value, of the end tag after a text that
	// does not fit, of the start tag otherwise; -1 if it is not known, as where encoding/xml has
	// filled the value from UTF-16
	Offset int64
	Line   int          // from 1
	Column int          // in bytes, from 1; 0 if it is not known
	Type   reflect.Type // what it does not fit: the type of the part of the value, or of the whole
	// strconv.ErrSyntax or strconv.ErrRange for a number or a truth value, an xml.UnmarshalError for
	// the name of an element, or what an encoding.TextUnmarshaler, an xml.Unmarshaler or encoding/xml
	// has said, whose text may hold the input: do not log it
	Err error
}

// Error says the place, the type and what is wrong with it. Hostile text in it is quoted and cut.
func (e *MismatchError) Error() string { return e.rule().Error() }

// Is matches limits.ErrRefused.
func (e *MismatchError) Is(target error) bool { return target == limits.ErrRefused }

// As sets a **RuleError.
func (e *MismatchError) As(target any) bool {
	rule, ok := target.(**RuleError)
	if ok {
		*rule = e.rule()
	}
	return ok
}

// Unwrap returns Err.
func (e *MismatchError) Unwrap() error {
	if e == nil {
		return nil
	}
	return e.Err
}

// rule is the error in the form of a broken rule.
func (e *MismatchError) rule() *RuleError {
	if e == nil {
		return &RuleError{Rule: RuleMismatch, Offset: -1}
	}
	return &RuleError{Op: e.Op, Rule: RuleMismatch, Where: e.Path, Offset: e.Offset, Line: e.Line, Column: e.Column,
		Detail: "the document does not fit " + e.typeName() + ": " + e.reason()}
}

// typeName is the name of the type, which for one without a name may be a whole declaration.
func (e *MismatchError) typeName() string {
	if e == nil || e.Type == nil {
		return "the value"
	}
	if name := e.Type.String(); len(name) < 64 {
		return name
	}
	return limits.Quote(e.Type.String())
}

// reason is what Err says, quoted and cut unless its text is fixed.
func (e *MismatchError) reason() string {
	switch {
	case e == nil || e.Err == nil:
		return "not said why"
	case e.Err == strconv.ErrSyntax || e.Err == strconv.ErrRange: //nolint:errorlint // These two, and not what wraps them.
		return e.Err.Error()
	}
	return limits.Quote(e.Err.Error())
}

// record is the error as data.
func (e *MismatchError) record() record.Record {
	r := e.rule()
	path := r.Where
	if path != "" {
		path = limits.Quote(path)
	}
	return append(record.Record{slog.String("op", r.Op), slog.String("rule", string(r.Rule))}.Text("path", path),
		slog.Int64("offset", r.Offset)).Number("line", int64(r.Line)).Number("column", int64(r.Column)).
		Text("type", e.typeName()).Text("error", e.reason())
}

// LogValue makes a MismatchError a group of attributes with the members of MarshalJSON.
func (e *MismatchError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, rule, path, offset (-1 if it is not known),
// line, column, type and error. Hostile text in it is quoted and cut. Those that are not known are
// left out.
func (e *MismatchError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// isMisfit reports whether an error of the decoder is about the document and the value, and not
// about the document alone.
func isMisfit(err error) bool {
	_, document := errors.AsType[*decode.Misfit](err)
	_, value := errors.AsType[*decode.Unfit](err)
	return document || value
}

// misfit returns the error of an operation whose document has passed and does not fit the value: of
// the document, or of the caller if no document fits the type.
func misfit(op string, failed error) error {
	if failed == nil {
		return nil
	}
	e, ok := errors.AsType[*decode.Misfit](failed)
	if !ok {
		return unfit(op, failed.Error())
	}
	if errors.Is(e.Err, limits.ErrConfig) || errors.Is(e.Err, limits.ErrBusy) {
		// A method of the value has failed for a reason that is not the document's.
		return fmt.Errorf("%s: %w", op, e.Err)
	}
	return &MismatchError{Op: op, Path: e.Path, Offset: e.At.Offset, Line: e.At.Line, Column: e.At.Column, Type: e.Type,
		Err: e.Err}
}

// unfit is the error for a value that no document fits.
func unfit(op, reason string) error {
	return &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "v",
		Reason: "is of a type that no document fills: " + reason}}}
}
