package limits

import (
	"math"
	"strconv"
	"time"
)

// UnsafeUnlimited on a field of [Limits] means that there is no budget, for input you trust. It is counted all the same, up to 2^63-1. It is not -1: the ContentLength of a chunked request is -1, and copying it into a field must not open the gate.
const UnsafeUnlimited = math.MinInt64

// minTime is the shortest Time that is believed. Below it a unit was forgotten: a Time of 30 is 30 ns.
const minTime = time.Millisecond

// Limits says how much one operation may cost. A field is a budget if it is positive, unset if it is zero, and no budget if it is [UnsafeUnlimited]; every other number, and a Time below 1 ms, is an error that matches [ErrUnset].
// Which fields are required and what the others default to stands in the comment of each package that takes Limits.
//
// A Limits is a plain value: copy it, compare it with ==, keep it in a variable. It reads and writes the form of [Parse] as text.
type Limits struct {
	// InputBytes is how much may be read from the untrusted source.
	InputBytes Bytes
	// OutputBytes is how much may be produced from it by expansion (inflating, replacing), in total.
	OutputBytes Bytes
	// Items is how many archive entries, XML nodes, matches or code points there may be.
	Items int64
	// Depth is the deepest nesting allowed at once: path components, elements, groups of a pattern, marks on one base.
	Depth int64
	// Steps is deterministic work: the same input costs the same on every machine, warm or cold, so a test can assert it. Each package says what one step is.
	Steps int64
	// MemoryBytes is how much the operation may hold at once. It is accounted, not measured.
	MemoryBytes Bytes
	// Time is the wall clock inside the operation's calls, at least 1 ms.
	Time time.Duration
}

// values returns the fields by Resource.
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

// noBudget is the ceiling of a resource that is not set. Every amount, zero included, is more than what is left of it.
const noBudget = -1

// unlimited is the ceiling of a resource that is UnsafeUnlimited: as far as can be counted.
const unlimited = math.MaxInt64

// ceilings returns the most that may be used of each resource: the field, 2^63-1 for UnsafeUnlimited, noBudget for an unset field. The fields must have been checked.
func (l *Limits) ceilings() [resourceCount]int64 {
	most := l.values()
	for r, v := range most {
		switch v {
		case 0:
			most[r] = noBudget
		case UnsafeUnlimited:
			most[r] = unlimited
		}
	}
	return most
}

// Check returns a [*ConfigError] that names every required field that is not set and every field that holds no valid budget, or nil. op is the operation it is for.
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
			problems = append(problems, FieldProblem{Field: r.String(), Reason: "is no resource, so it cannot be required"})
		}
	}
	for i, v := range l.values() {
		r := Resource(i)
		p := FieldProblem{Unset: true}
		switch {
		case v == UnsafeUnlimited, v == 0 && !needed[i]:
			continue
		case v == 0:
			p = unsetProblem(r)
		case v < 0 && r == Time:
			p.Field, p.Reason = r.field(), invalidReason(time.Duration(v).String())
		case v < 0:
			p.Field, p.Reason = r.field(), invalidReason(strconv.FormatInt(v, 10))
		case r == Time && v < int64(minTime):
			p.Field, p.Reason = r.field(), "is "+time.Duration(v).String()+": is a unit missing? at least "+minTime.String()
		default:
			continue
		}
		p.Field = prefix + p.Field
		problems = append(problems, p)
	}
	return problems
}

// valid reports whether problems would find nothing wrong with the numbers themselves. It is the cheap half, for a Meter.
func (l *Limits) valid() bool {
	for _, v := range l.values() {
		if v < 0 && v != UnsafeUnlimited {
			return false
		}
	}
	return l.Time <= 0 || l.Time >= minTime
}
