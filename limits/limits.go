package limits

import (
	"cmp"
	"log/slog"
	"math"
	"strconv"
	"strings"
	"time"
)

// UnsafeUnlimited on a field of [Limits] means that there is no budget, for input you trust. It is
// counted all the same, up to 2^63-1. It is not -1: the ContentLength of a chunked request is -1,
// and copying it into a field must not open the gate. As text it is "unsafe-unlimited", which a
// flag or a configuration file cannot say: only [UnsafeParse] and [UnsafeParseBytes] read it.
const UnsafeUnlimited = math.MinInt64

// minTime is the shortest Time that is believed. Below it a unit was forgotten: a Time of 30 is 30
// ns.
const minTime = time.Millisecond

// Limits says how much one operation may cost. A field is a budget if it is positive, unset if it
// is zero, and no budget if it is [UnsafeUnlimited]; every other number, and a Time below 1 ms, is
// an error that matches [ErrUnset]. Which fields are required and what the others default to stands
// in the comment of each package that takes Limits.
//
// A Limits is a plain value: copy it, compare it with ==, keep it in a variable. It reads and
// writes the form of [Parse] as text.
type Limits struct {
	// InputBytes is how much may be read from the untrusted source.
	InputBytes Bytes
	// OutputBytes is how much may be produced from it by expansion (inflating, replacing), in
	// total.
	OutputBytes Bytes
	// Items is how many archive entries, XML nodes, matches or code points there may be.
	Items int64
	// Depth is the deepest nesting allowed at once: path components, elements, groups of a pattern,
	// marks on one base.
	Depth int64
	// Steps is deterministic work: the same input costs the same on every machine, warm or cold, so
	// a test can assert it. Each package says what one step is.
	Steps int64
	// MemoryBytes is how much the operation may hold at once. It is accounted, not measured.
	MemoryBytes Bytes
	// Time is the wall clock inside the operation's calls, at least 1 ms.
	Time time.Duration
}

// Or returns l with each field that is unset (0) taken from defaults. [UnsafeUnlimited] is set and
// stays. Nothing is validated: [Limits.Check] does that.
func (l Limits) Or(defaults Limits) Limits {
	return Limits{
		InputBytes:  cmp.Or(l.InputBytes, defaults.InputBytes),
		OutputBytes: cmp.Or(l.OutputBytes, defaults.OutputBytes),
		Items:       cmp.Or(l.Items, defaults.Items),
		Depth:       cmp.Or(l.Depth, defaults.Depth),
		Steps:       cmp.Or(l.Steps, defaults.Steps),
		MemoryBytes: cmp.Or(l.MemoryBytes, defaults.MemoryBytes),
		Time:        cmp.Or(l.Time, defaults.Time),
	}
}

// values returns the fields by Resource. It is inlined where a Meter is made.
func (l *Limits) values() [resourceCount]int64 {
	return [resourceCount]int64{
		InputBytes:  int64(l.InputBytes),
		OutputBytes: int64(l.OutputBytes),
		Items:       l.Items,
		Depth:       l.Depth,
		Steps:       l.Steps,
		MemoryBytes: int64(l.MemoryBytes),
		Time:        int64(l.Time),
	}
}

// unlimited is the ceiling of a resource that is UnsafeUnlimited: as far as can be counted.
const unlimited = math.MaxInt64

// normalize turns the fields of Limits into ceilings, the most that may be used: UnsafeUnlimited
// becomes 2^63-1, and an unset field stays zero, so that whatever is asked of it ends where a
// refusal is worded, which tells the two apart. It reports false and changes nothing if Check would
// find a field that holds no valid budget. The usual limits pass with one look at all signs
// together, because this is done for every match and every name.
func normalize(v *[resourceCount]int64) bool {
	if v[InputBytes]|v[OutputBytes]|v[Items]|v[Depth]|v[Steps]|v[MemoryBytes]|v[Time] >= 0 {
		return v[Time] == 0 || v[Time] >= int64(minTime)
	}
	ceilings := *v
	for r, n := range ceilings {
		switch {
		case n == UnsafeUnlimited:
			ceilings[r] = unlimited
		case n < 0:
			return false
		}
	}
	if !normalize(&ceilings) {
		return false
	}
	*v = ceilings
	return true
}

// Check returns a [*ConfigError] that names every required field that is not set and every field
// that holds no valid budget, or nil. op is the operation it is for.
func (l Limits) Check(op string, required ...Resource) error {
	if problems := l.problems("", required); problems != nil {
		return &ConfigError{Op: op, Problems: problems}
	}
	return nil
}

// problems is what Check reports, in the order of the fields, with a prefix for their names.
func (l *Limits) problems(prefix string, required []Resource) []FieldProblem {
	var problems []FieldProblem
	var needed [resourceCount]bool
	for _, r := range required {
		if r.known() {
			needed[r] = true
		} else {
			problems = append(problems, FieldProblem{Field: r.String(),
				Reason: "is no resource, so it cannot be required"})
		}
	}
	values := l.values()
	for r := InputBytes; r <= Time; r++ {
		v := values[r]
		p := FieldProblem{Unset: true}
		switch {
		case v == UnsafeUnlimited, v == 0 && !needed[r]:
			continue
		case v == 0:
			p = unsetProblem(r)
		case v < 0 && r == Time:
			p.Field, p.Reason = r.field(), invalidReason(r.format(v))
		case v < 0:
			p.Field, p.Reason = r.field(), invalidReason(strconv.FormatInt(v, 10))
		case r == Time && v < int64(minTime):
			p.Field, p.Reason = r.field(), "is "+r.format(v)+": is a unit missing? at least "+minTime.String()
		default:
			continue
		}
		p.Field = prefix + p.Field
		problems = append(problems, p)
	}
	return problems
}

// limitsOf is the inverse of Limits.values.
func limitsOf(values *[resourceCount]int64) Limits {
	return Limits{
		InputBytes:  Bytes(values[InputBytes]),
		OutputBytes: Bytes(values[OutputBytes]),
		Items:       values[Items],
		Depth:       values[Depth],
		Steps:       values[Steps],
		MemoryBytes: Bytes(values[MemoryBytes]),
		Time:        time.Duration(values[Time]),
	}
}

// String returns the form that [Parse] reads, with the set fields only, in their order. No limits
// at all are "". An [UnsafeUnlimited] field is written as "unsafe-unlimited", which only
// [UnsafeParse] reads: a log must not lie.
func (l Limits) String() string {
	var s strings.Builder
	values := l.values()
	for r := InputBytes; r <= Time; r++ {
		v := values[r]
		if v == 0 {
			continue
		}
		if s.Len() > 0 {
			s.WriteByte(' ')
		}
		s.WriteString(resourceNames[r].key + "=" + r.parseable(v))
	}
	return s.String()
}

// MarshalText returns the form of [Limits.String], in JSON as a string. It fails with a
// [*ConfigError] on limits that [Limits.Check] does not accept and on those that hold
// [UnsafeUnlimited], so that what is written can be read again.
func (l Limits) MarshalText() ([]byte, error) {
	const op = "limits.Limits"
	problems := l.problems("", nil)
	values := l.values()
	for r := InputBytes; r <= Time; r++ {
		if values[r] == UnsafeUnlimited {
			problems = append(problems, FieldProblem{Field: r.field(), Reason: notWritten})
		}
	}
	if problems != nil {
		return nil, &ConfigError{Op: op, Problems: problems}
	}
	return []byte(l.String()), nil
}

// UnmarshalText reads what [Parse] reads, from a JSON string too. It replaces all fields; on an
// error l stays as it was.
func (l *Limits) UnmarshalText(text []byte) error { return l.Set(string(text)) }

// Set makes *Limits a [flag.Value]. It reads what [Parse] reads and replaces all fields, those left
// out become unset; on an error l stays as it was.
func (l *Limits) Set(s string) error {
	if l == nil {
		return misuse("limits.Limits", "the pointer to set", "is nil")
	}
	parsed, err := Parse(s)
	if err != nil {
		return err
	}
	*l = parsed
	return nil
}

// LogValue makes Limits a [slog.LogValuer]: a group with the keys of [Parse] and the set fields
// only.
func (l Limits) LogValue() slog.Value {
	var attrs []slog.Attr
	values := l.values()
	for r := InputBytes; r <= Time; r++ {
		if v := values[r]; v != 0 {
			attrs = append(attrs, slog.String(resourceNames[r].key, r.parseable(v)))
		}
	}
	return slog.GroupValue(attrs...)
}
