package limits

import (
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/internal/record"
)

// A BusyError says that a [Pool] had no place for an operation in time: nothing has been done, and
// the same call may succeed later. It matches [ErrBusy], and neither [ErrRefused] nor [ErrConfig].
type BusyError struct {
	Op string // the operation: "safezip.Extract"
	// what was asked for beside one operation; 0 where the Pool does not cap memory
	MemoryBytes Bytes
	Waited      time.Duration // how long it waited; 0 if as many as may wait did so already
	// what there is, Pool.Limits included, and what was taken of it at that moment
	Pool PoolStats
}

// Error says the operation, what was asked, how long, and what there is:
//
//	safezip.Extract: busy: no room in the Pool for one operation and 64 MiB after 2s; 8 of 8 operations run, 256 MiB of 256 MiB are taken, 3 of 100 wait; try again later
func (e *BusyError) Error() string {
	if e == nil {
		return nilText
	}
	var s strings.Builder
	if e.Op != "" {
		s.WriteString(printable(e.Op) + ": ")
	}
	s.WriteString("busy: no room in the Pool for one operation")
	if e.Pool.Limits.MemoryBytes > 0 {
		s.WriteString(" and " + e.MemoryBytes.String())
	}
	if e.Waited > 0 {
		s.WriteString(" after " + Time.format(int64(e.Waited)))
	} else {
		s.WriteString(", nor to wait for it")
	}
	s.WriteString("; " + part(strconv.FormatInt(e.Pool.Operations, 10), e.Pool.Limits.Operations,
		strconv.FormatInt(e.Pool.Limits.Operations, 10)) + " operations run")
	if e.Pool.Limits.MemoryBytes > 0 {
		s.WriteString(", " + part(e.Pool.MemoryBytes.String(), 1, e.Pool.Limits.MemoryBytes.String()) + " are taken")
	}
	s.WriteString(", " + part(strconv.FormatInt(e.Pool.Waiting, 10), e.Pool.Limits.Waiting,
		strconv.FormatInt(e.Pool.Limits.Waiting, 10)) + " wait; try again later")
	return clip(s.String())
}

// part says how much of what there is, where there is a limit.
func part(n string, limit int64, of string) string {
	if limit <= 0 {
		return n
	}
	return n + " of " + of
}

// Is matches ErrBusy.
func (e *BusyError) Is(target error) bool { return target == ErrBusy }

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
