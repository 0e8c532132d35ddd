package limits

import (
	"context"
	"strconv"
	"strings"
)

// The kinds of error. They are never mixed: an error matches ErrRefused (the input's fault), or
// ErrConfig (the caller's), or ErrBusy (try again), or none of them (the environment, or the
// caller's own context).
var (
	// ErrRefused is matched by every refusal of an input, whether a budget ran out or a rule was
	// broken.
	ErrRefused error = &kind{"input refused", nil}
	// ErrExceeded is matched by a refusal because a budget ran out. It matches ErrRefused itself.
	ErrExceeded error = &kind{"limit exceeded", ErrRefused}
	// ErrConfig is matched by every mistake of the caller: a missing limit, an option out of range,
	// a closed Budget. It says nothing about the input.
	ErrConfig error = &kind{"configuration not usable", nil}
	// ErrBusy is matched when a Pool had no room in time: nothing was done, and the same call may
	// succeed later.
	ErrBusy error = &kind{"no room in the pool", nil}
	// ErrUnset is matched when a required limit is not set, or a limit holds a number that is no
	// budget. It matches ErrConfig itself.
	ErrUnset error = &kind{"limit not set", ErrConfig}
)

// kind is the type of the sentinels: a text, and the wider kind it belongs to.
type kind struct {
	text  string
	wider error
}

func (k *kind) Error() string { return k.text }
func (k *kind) Unwrap() error { return k.wider }

// An ExceededError says which budget ran out. It matches [ErrExceeded] and [ErrRefused]; for [Time]
// it matches [context.DeadlineExceeded] as well.
type ExceededError struct {
	Op       string   // the operation: "safezip.Extract"
	Resource Resource // what ran out
	Limit    int64    // how much there was, in the resource's unit; of Time in nanoseconds
	// how much the input would have needed at least, always more than Limit, held at 2^63-1; of
	// Time how long it had run
	Used     int64
	Envelope bool // the limit is that of an envelope (With), not the operation's own
	// the place in the input as it stands there, such as the name of an entry; may be empty, and
	// may be hostile
	Where string
	// the exported option that sets the limit, such as "MaxEntryBytes"; empty where it is the field
	// of Limits, and where nothing sets it
	Option string
	// how such input can be taken all the same, where it is not by raising the field or the option
	Hint string
}

// Error says the operation, the resource, the amount, the limit, the place and what to do:
//
//	safezip.Extract: output bytes: needs at least 10485761 B, the limit is 10 MiB, at "a.txt"; if such input is expected, raise OutputBytes
//
// Where is quoted and cut as by [Quote].
func (e *ExceededError) Error() string {
	if e == nil {
		return nilText
	}
	var s strings.Builder
	if e.Op != "" {
		s.WriteString(printable(e.Op) + ": ")
	}
	s.WriteString(e.Resource.String() + ": ")
	if e.Resource == Time {
		s.WriteString("took ")
	} else {
		s.WriteString("needs at least ")
	}
	s.WriteString(e.Resource.format(e.Used))
	if e.Envelope {
		s.WriteString(", the envelope's limit is ")
	} else {
		s.WriteString(", the limit is ")
	}
	s.WriteString(e.Resource.format(e.Limit))
	if e.Where != "" {
		s.WriteString(", at " + Quote(e.Where))
	}
	s.WriteString("; " + e.remedy())
	return clip(s.String())
}

// remedy says what the owner of the limit can do.
func (e *ExceededError) remedy() string {
	switch {
	case e.Hint != "":
		return printable(e.Hint)
	case e.Envelope:
		return "if such input is expected, raise " + e.Resource.field() + " in the limits given to limits.With"
	case e.Option != "":
		return "if such input is expected, raise " + printable(e.Option)
	default:
		return "if such input is expected, raise " + e.Resource.field()
	}
}

// Is matches ErrExceeded, ErrRefused and, if the resource is Time, context.DeadlineExceeded.
func (e *ExceededError) Is(target error) bool {
	return target == ErrExceeded || target == ErrRefused || (e.Timeout() && target == context.DeadlineExceeded)
}

// Timeout reports whether it was the time that ran out, as net.Error has it.
func (e *ExceededError) Timeout() bool { return e != nil && e.Resource == Time }

// At returns err with where as its place if err is an [*ExceededError] that names none yet; any
// other error comes back unchanged. It copies: the error of a [Budget] is shared by all who spend
// from it.
func At(err error, where string) error {
	e, ok := err.(*ExceededError) //nolint:errorlint // An error that wraps a refusal says more than its place, and must not be peeled off.
	if !ok || e.Where != "" {
		return err
	}
	placed := *e
	placed.Where = where
	return &placed
}

// canceledError is what an operation ends with when the context it was started under is done and no
// budget is the reason. It is a refusal only if its cause is one.
type canceledError struct {
	op    string
	err   error // context.Canceled or context.DeadlineExceeded
	cause error // context.Cause, which may be the same
}

func newCanceledError(ctx context.Context, op string) error {
	return &canceledError{op, ctx.Err(), context.Cause(ctx)}
}

func (e *canceledError) Error() string {
	text := printable(e.op) + ": stopped by the caller's context: " + e.err.Error()
	if cause := e.cause.Error(); cause != e.err.Error() {
		text += ": " + printable(cause)
	}
	return clip(text)
}

// Unwrap returns both, so that errors.Is finds context.Canceled whatever cause the caller gave.
func (e *canceledError) Unwrap() []error { return []error{e.err, e.cause} }

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
