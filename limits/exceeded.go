package limits

import (
	"context"
	"log/slog"
	"strings"

	"github.com/seed73825598/airlock/internal/record"
)

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
	// where in the input, in its own words, such as the name of an entry; may be empty, and may be
	// hostile
	Where string
	// the exported option that sets the limit, such as "MaxEntryBytes"; empty where it is the field
	// of Limits, and where nothing sets it
	Option string
	// how such input can be taken all the same, where it is not by raising the field or the option
	Hint string
}

// Error says the operation, the resource, the amount, the limit, where in the input and what to do:
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

// in returns the refusal as that of another operation, because each error names the call that
// returns it.
func (e *ExceededError) in(op string) *ExceededError {
	if e.Op == op {
		return e
	}
	other := *e
	other.Op = op
	return &other
}

// At returns err with Where set if err is an [*ExceededError] without a Where; any other error
// comes back unchanged. It copies: the error of a [Budget] is shared by all who spend from it.
func At(err error, where string) error {
	//nolint:errorlint // An error that wraps a refusal says more than where, and must not be peeled off.
	e, ok := err.(*ExceededError)
	if !ok || e.Where != "" {
		return err
	}
	placed := *e
	placed.Where = where
	return &placed
}

// record is an ExceededError as data.
func (e *ExceededError) record() record.Record {
	if e == nil {
		return nil
	}
	where := e.Where
	if where != "" {
		where = Quote(where)
	}
	r := append(named(nil, "op", e.Op), slog.String("resource", e.Resource.Key()),
		slog.Int64("limit", e.Limit), slog.Int64("used", e.Used), slog.Bool("envelope", e.Envelope))
	return named(r.Text("where", where), "option", e.Option).Text("hint", clip(printable(e.Hint)))
}

// LogValue makes an ExceededError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *ExceededError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, resource (as [Resource.Key] has it), limit and
// used (in the resource's unit, of time in nanoseconds), envelope, where (quoted and cut as by
// [Quote]), option and hint. Empty texts are left out.
func (e *ExceededError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }
