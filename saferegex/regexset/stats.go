package regexset

import (
	"log/slog"

	"github.com/seed73825598/airlock/limits"
)

// Stats says what a set has become, so that it can be logged.
type Stats struct {
	Patterns int // of the set
	Literals int // patterns that are looked for by their literals, all of them at once
	Alone    int // patterns that are each matched by its own engine, in every text
	// patterns with \B, which are matched by their own engines in text that is not ASCII
	BeyondASCII int
	// what RE2 may hold for the set; 0 if it has none of its patterns, or it is closed
	RE2Bytes    limits.Bytes
	MemoryBytes limits.Bytes // held by the search for literals, and by the engines of single patterns that are kept
	Process     ProcessStats // what RE2 holds for all sets of the process
}

// Stats returns what the set has become. Of a nil Set only the part about the process is filled in.
func (s *Set) Stats() Stats {
	if s == nil || s.c == nil {
		return Stats{Process: shared.stats()}
	}
	x := s.stats
	x.Alone, x.BeyondASCII = len(s.always), len(s.beyondASCII)
	if e := s.engine.Load(); e != nil {
		x.RE2Bytes = limits.Bytes(e.held)
	}
	x.MemoryBytes += s.cache.size()
	x.Process = shared.stats()
	return x
}

// LogValue makes Stats a [slog.LogValuer]: a group of its fields.
func (s Stats) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("patterns", s.Patterns),
		slog.Int("literals", s.Literals),
		slog.Int("alone", s.Alone),
		slog.Int("beyond_ascii", s.BeyondASCII),
		slog.Int64("re2", int64(s.RE2Bytes)),
		slog.Int64("memory", int64(s.MemoryBytes)),
		slog.Int64("process_held", int64(s.Process.HeldBytes)),
		slog.Int64("process_peak", int64(s.Process.PeakBytes)),
		slog.Bool("process_failed", s.Process.Failed),
	)
}
