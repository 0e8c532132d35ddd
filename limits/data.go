package limits

import (
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
)

// A record is an error or an event as data: a group in a log, an object in JSON. Its keys are lower
// case and stay as they are. Text in it is quoted or escaped, and cut.
type record []slog.Attr

// text adds a text, unless it is empty.
func (r record) text(key, value string) record {
	if value == "" {
		return r
	}
	return append(r, slog.String(key, value))
}

// name adds a name that a program has chosen, unless it is empty. It is escaped and cut like a
// quoted text all the same.
func (r record) name(key, value string) record {
	value = printable(value)
	return r.text(key, value[:min(len(value), quoteBytes)])
}

// number adds a number, unless it is zero.
func (r record) number(key string, n int64) record {
	if n == 0 {
		return r
	}
	return append(r, slog.Int64(key, n))
}

// place adds where in the input something is: the offset always, -1 if it is not known.
func (r record) place(where string, offset int64, line, column int) record {
	if where != "" {
		where = Quote(where)
	}
	return append(r.text("where", where), slog.Int64("offset", offset)).number("line", int64(line)).
		number("column", int64(column))
}

// LogValue is the record in a log.
func (r record) LogValue() slog.Value { return slog.GroupValue(r...) }

// MarshalJSON writes the members in their order. A duration is a number of nanoseconds, under a key
// that says so.
func (r record) MarshalJSON() ([]byte, error) {
	var s strings.Builder
	for i, a := range r {
		key, value := a.Key, a.Value.Any()
		if a.Value.Kind() == slog.KindDuration {
			key, value = key+"_ns", int64(a.Value.Duration())
		}
		text, err := json.Marshal(value)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			s.WriteByte(',')
		}
		s.WriteString(`"` + key + `":`)
		s.Write(text)
	}
	return []byte("{" + s.String() + "}"), nil
}

// record is a RuleError as data.
func (e *RuleError) record() record {
	if e == nil {
		return nil
	}
	return record(nil).name("op", e.Op).name("rule", string(e.Rule)).
		place(e.Where, e.Offset, e.Line, e.Column).text("detail", clip(printable(e.Detail)))
}

// LogValue makes a RuleError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *RuleError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, rule, where (quoted and cut as by [Quote]),
// offset (-1 if it is not known), line, column and detail. Those that are not known are left out.
func (e *RuleError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// record is an ExceededError as data.
func (e *ExceededError) record() record {
	if e == nil {
		return nil
	}
	where := e.Where
	if where != "" {
		where = Quote(where)
	}
	r := append(record(nil).name("op", e.Op), slog.String("resource", e.Resource.Key()),
		slog.Int64("limit", e.Limit), slog.Int64("used", e.Used), slog.Bool("envelope", e.Envelope))
	return r.text("where", where).name("option", e.Option).text("hint", clip(printable(e.Hint)))
}

// LogValue makes an ExceededError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *ExceededError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, resource (as [Resource.Key] has it), limit and
// used (in the resource's unit, of time in nanoseconds), envelope, where (quoted and cut as by
// [Quote]), option and hint. Empty texts are left out.
func (e *ExceededError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// record is a BusyError as data.
func (e *BusyError) record() record {
	if e == nil {
		return nil
	}
	return append(record(nil).name("op", e.Op), slog.Int64("memory", int64(e.MemoryBytes)),
		slog.Duration("waited", e.Waited), slog.Any("pool", e.Pool.record()))
}

// LogValue makes a BusyError a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e *BusyError) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, memory, waited_ns and pool, which is as
// PoolStats has it.
func (e *BusyError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// record is PoolStats as data.
func (s PoolStats) record() record {
	return record{
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
func (e *ConfigError) record() record {
	if e == nil {
		return nil
	}
	const most = 32
	problems := make([]record, 0, min(len(e.Problems), most))
	for _, p := range e.Problems[:min(len(e.Problems), most)] {
		problems = append(problems, record{slog.String("field", clip(printable(p.Field))),
			slog.String("reason", clip(printable(p.Reason))), slog.Bool("unset", p.Unset)})
	}
	return append(record(nil).name("op", e.Op), slog.Any("problems", problems)).
		number("more", int64(len(e.Problems)-len(problems)))
}

// LogValue makes a ConfigError a [slog.LogValuer]: a group with its op and its text.
func (e *ConfigError) LogValue() slog.Value {
	if e == nil {
		return slog.GroupValue()
	}
	whole := ConfigError{Problems: e.Problems}
	return record(nil).name("op", e.Op).text("problems", whole.Error()).LogValue()
}

// MarshalJSON writes an object with the members op and problems, a list of objects with field,
// reason and unset. There are at most 32 of them; more says how many are left out.
func (e *ConfigError) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }

// MarshalJSON writes an object with the members input, output, items, depth, steps, memory and
// elapsed_ns, all of them.
func (u Usage) MarshalJSON() ([]byte, error) {
	var r record
	for resource := InputBytes; resource < Time; resource++ {
		r = append(r, slog.Int64(resource.Key(), u.Of(resource)))
	}
	return append(r, slog.Duration("elapsed", u.Elapsed)).MarshalJSON()
}

// record is an Event as data.
func (e Event) record() record {
	r := append(record(nil).name("op", e.Op), slog.String("kind", e.Kind.String()))
	if e.Resource != 0 {
		r = append(r, slog.String("resource", e.Resource.Key()), slog.Int64("used", e.Used),
			slog.Int64("limit", e.Limit))
	}
	if rule, ok := errors.AsType[*RuleError](e.Err); ok {
		r = r.name("rule", string(rule.Rule))
	}
	r = r.text("limits", e.Limits.String())
	r = append(r, slog.Any("usage", e.Usage))
	if e.Err != nil {
		r = r.text("error", clip(printable(e.Err.Error())))
	}
	return r
}

// LogValue makes an Event a [slog.LogValuer]: a group with the members of MarshalJSON.
func (e Event) LogValue() slog.Value { return e.record().LogValue() }

// MarshalJSON writes an object with the members op, kind, resource, used and limit (if a limit is
// what it is about), rule (if one was broken), limits (as [Limits.String] has them), usage and
// error (its text, escaped and cut at 1 KiB).
func (e Event) MarshalJSON() ([]byte, error) { return e.record().MarshalJSON() }
