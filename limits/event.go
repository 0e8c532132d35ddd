package limits

import (
	"errors"
	"log/slog"

	"github.com/seed73825598/airlock/internal/record"
)

// An Event is what an [Observer] is told. An operation that ends without a call to Close or Finish
// tells nothing of its end.
type Event struct {
	Op   string
	Kind EventKind
	// Resource, Used and Limit are the soft limit that was passed, once for each resource; at the
	// end of an operation that a limit has stopped, they are those of the refusal, and otherwise
	// zero.
	Resource    Resource
	Used, Limit int64
	// Limits are the operation's own, with the defaults of its package filled in.
	Limits Limits
	// Usage is what the operation had cost by then.
	Usage Usage
	// Err is what ended the operation before its end: a refusal, the error given to Fail or Finish,
	// or that of the caller's context. It is nil if there was none.
	Err error
}

// An EventKind says what an [Event] is about.
type EventKind uint8

// The kinds of event.
const (
	SoftLimitPassed EventKind = iota + 1 // a resource has passed its soft limit; the work goes on
	OperationEnded                       // a Budget was closed or a Meter finished
)

// String returns "soft limit passed" or "operation ended".
func (k EventKind) String() string {
	switch k {
	case SoftLimitPassed:
		return "soft limit passed"
	case OperationEnded:
		return "operation ended"
	default:
		return "unknown event"
	}
}

// record is an Event as data.
func (e Event) record() record.Record {
	r := append(named(nil, "op", e.Op), slog.String("kind", e.Kind.String()))
	if e.Resource != 0 {
		r = append(r, slog.String("resource", e.Resource.Key()), slog.Int64("used", e.Used),
			slog.Int64("limit", e.Limit))
	}
	if rule, ok := errors.AsType[*RuleError](e.Err); ok {
		r = named(r, "rule", string(rule.Rule))
	}
	r = r.Text("limits", e.Limits.String())
	r = append(r, slog.Any("usage", e.Usage))
	if e.Err != nil {
		r = r.Text("error", clip(printable(e.Err.Error())))
	}
	return r
}

// LogValue makes an Event a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e Event) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, kind, resource, used and limit (if a limit is
// what it is about), rule (if one was broken), limits (as [Limits.String] has them), usage and
// error (its text, escaped and cut at 1 KiB).
func (e Event) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }
