package limits

import (
	"cmp"
	"math"
	"strconv"
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

// value returns the field of r, or 0 for what is no resource.
func (l *Limits) value(r Resource) int64 {
	switch r {
	case InputBytes:
		return int64(l.InputBytes)
	case OutputBytes:
		return int64(l.OutputBytes)
	case Items:
		return l.Items
	case Depth:
		return l.Depth
	case Steps:
		return l.Steps
	case MemoryBytes:
		return int64(l.MemoryBytes)
	case Time:
		return int64(l.Time)
	default:
		return 0
	}
}

// values returns the fields by Resource.
func (l *Limits) values() (values [resourceCount]int64) {
	for r := InputBytes; r <= Time; r++ {
		values[r] = l.value(r)
	}
	return values
}

// unlimited is the ceiling of a resource that is UnsafeUnlimited: as far as can be counted.
const unlimited = math.MaxInt64

// normalize turns the fields into ceilings, the most that may be used: UnsafeUnlimited becomes
// 2^63-1, and an unset field stays zero, so that whatever is asked of it ends where a refusal is
// worded, which tells the two apart. It reports false and changes nothing if Check would find a
// field that holds no valid budget. The usual limits pass with one look at all signs together,
// because this is done for every match and every name.
func (l *Limits) normalize() bool {
	if int64(l.InputBytes|l.OutputBytes|l.MemoryBytes)|l.Items|l.Depth|l.Steps|int64(l.Time) >= 0 {
		return l.Time == 0 || l.Time >= minTime
	}
	values := l.values()
	for r, v := range values {
		switch {
		case v == UnsafeUnlimited:
			values[r] = unlimited
		case v < 0:
			return false
		}
	}
	ceilings := limitsOf(&values)
	if !ceilings.normalize() {
		return false
	}
	*l = ceilings
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
	for r := InputBytes; r <= Time; r++ {
		v := l.value(r)
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
