package limits

import (
	"errors"
	"log/slog"

	"github.com/seed73825598/airlock/internal/record"
)

// named adds a name that a program has chosen, unless it is empty. It is escaped and cut like a
// quoted text all the same.
func named(r record.Record, key, value string) record.Record {
	value = printable(value)
	return r.Text(key, value[:min(len(value), quoteBytes)])
}

// placed adds where in the input something is: the offset always, -1 if it is not known.
func placed(r record.Record, where string, offset int64, line, column int) record.Record {
	if where != "" {
		where = Quote(where)
	}
	return append(r.Text("where", where), slog.Int64("offset", offset)).Number("line", int64(line)).
		Number("column", int64(column))
}

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

// record is a BusyError as data.
func (e *BusyError) record() record.Record {
	if e == nil {
		return nil
	}
	return append(named(nil, "op", e.Op), slog.Int64("memory", int64(e.MemoryBytes)),
		slog.Duration("waited", e.Waited), slog.Any("pool", e.Pool.record()))
}

// LogValue makes a BusyError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *BusyError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, memory, waited_ns and pool, which is as
// PoolStats has it.
func (e *BusyError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// record is PoolStats as data.
func (s PoolStats) record() record.Record {
	return record.Record{
		slog.Int64("operations", s.Operations),
		slog.Int64("memory", int64(s.MemoryBytes)),
		slog.Int64("waiting", s.Waiting),
		slog.Int64("admitted", s.Admitted),
		slog.Int64("busy", s.Busy),
		slog.Int64("left", s.Left),
		slog.Duration("waited", s.Waited),
		slog.Duration("longest", s.LongestWait),
	}
}

// LogValue makes PoolStats a [slog.LogValuer]: a group of plain numbers and durations.
func (s PoolStats) LogValue() slog.Value { return s.record().LogValue() }

// MarshalJSON writes an object with the members operations, memory, waiting, admitted, busy, left,
// waited_ns and longest_ns. The limits of the Pool are not in it.
func (s PoolStats) MarshalJSON() ([]byte, error) { return s.record().MarshalJSON() }

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

// MarshalJSON writes an object with the members input, output, items, depth, steps, memory and
// elapsed_ns, all of them.
func (u Usage) MarshalJSON() ([]byte, error) {
	var r record.Record
	for resource := InputBytes; resource < Time; resource++ {
		r = append(r, slog.Int64(resource.Key(), u.Of(resource)))
	}
	return append(r, slog.Duration("elapsed", u.Elapsed)).MarshalJSON()
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
