package limits

import (
	"log/slog"
	"time"

	"github.com/seed73825598/airlock/internal/record"
)

// PoolStats is what a [Pool] holds at one moment, and what it has seen since it was made.
type PoolStats struct {
	Limits      PoolLimits // as given to NewPool, with the defaults filled in
	Operations  int64      // that have a place now, an envelope counting as one
	MemoryBytes Bytes      // that they have declared together; 0 where the Pool does not cap memory
	Waiting     int64      // that wait now

	Admitted    int64         // places given so far
	Busy        int64         // operations that got none in time
	Left        int64         // operations whose context ended while they waited
	Waited      time.Duration // by all that were admitted, together
	LongestWait time.Duration // by one that was admitted
}

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
