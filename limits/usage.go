package limits

import (
	"log/slog"
	"time"

	"github.com/seed73825598/airlock/internal/record"
)

// Usage is what an operation has cost: the totals of what it spent, the deepest nesting it asked
// for, the most memory it held at once, and the time that has passed. The amount that a refused
// call asked for is not in it, so no field exceeds its limit except Elapsed.
type Usage struct {
	InputBytes  Bytes
	OutputBytes Bytes
	Items       int64
	Depth       int64 // the deepest that passed
	Steps       int64
	MemoryBytes Bytes // the peak, not what is held now
	Elapsed     time.Duration
}

// newUsage fills a Usage from amounts by Resource.
func newUsage(used *[resourceCount]int64) Usage {
	return Usage{
		InputBytes:  Bytes(used[InputBytes]),
		OutputBytes: Bytes(used[OutputBytes]),
		Items:       used[Items],
		Depth:       used[Depth],
		Steps:       used[Steps],
		MemoryBytes: Bytes(used[MemoryBytes]),
		Elapsed:     time.Duration(used[Time]),
	}
}

// Of returns the amount of one resource, of Time in nanoseconds; 0 for what is no resource.
func (u Usage) Of(r Resource) int64 {
	switch r {
	case InputBytes:
		return int64(u.InputBytes)
	case OutputBytes:
		return int64(u.OutputBytes)
	case Items:
		return u.Items
	case Depth:
		return u.Depth
	case Steps:
		return u.Steps
	case MemoryBytes:
		return int64(u.MemoryBytes)
	case Time:
		return int64(u.Elapsed)
	default:
		return 0
	}
}

// LogValue makes Usage a [slog.LogValuer]: a group of plain numbers under the keys of [Parse] and a
// duration, without what is zero.
func (u Usage) LogValue() slog.Value {
	var attrs []slog.Attr
	for r := InputBytes; r < Time; r++ {
		if n := u.Of(r); n != 0 {
			attrs = append(attrs, slog.Int64(resourceNames[r].key, n))
		}
	}
	if u.Elapsed != 0 {
		attrs = append(attrs, slog.Duration(resourceNames[Time].key, u.Elapsed))
	}
	return slog.GroupValue(attrs...)
}

// MarshalJSON writes an object with the members input, output, items, depth, steps, memory and
// elapsed_ns, all of them.
func (u Usage) MarshalJSON() ([]byte, error) {
	var r record.Record
	for resource := InputBytes; resource < Time; resource++ {
		r = append(r, slog.Int64(resource.Key(), u.Of(resource)))
	}
	return append(r, slog.Duration("elapsed", u.Elapsed)).MarshalJSON()
}
