package saferegex

import (
	"log/slog"

	"github.com/seed73825598/airlock/limits"
)

// Stats says what a pattern has become, so that it can be logged.
type Stats struct {
	Instructions int // of the program; what an operation costs at worst grows with it
	Groups       int // that capture
	Classes      int // of characters that the program tells apart
	// held by the compiled pattern, as accounted; each operation holds its own besides
	MemoryBytes limits.Bytes
	// "literal", "one-pass", "automaton" or "machine": the fastest that the pattern allows
	Engine string
	// the options that are flags, as a group would set them: "ims" for all three, "" for none
	Flags string
}

// Stats returns what the pattern has become. Of a nil Regexp it is empty.
func (re *Regexp) Stats() Stats {
	if re == nil || re.prog == nil {
		return Stats{}
	}
	return Stats{
		Instructions: re.prog.Size(),
		Groups:       re.NumSubexp(),
		Classes:      re.prog.Classes(),
		MemoryBytes:  limits.Bytes(re.prog.Bytes()),
		Engine:       re.prog.Engine(),
		Flags:        re.flags.String(),
	}
}

// LogValue makes Stats a [slog.LogValuer]: a group of its fields.
func (s Stats) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("instructions", s.Instructions),
		slog.Int("groups", s.Groups),
		slog.Int("classes", s.Classes),
		slog.Int64("memory", int64(s.MemoryBytes)),
		slog.String("engine", s.Engine),
		slog.String("flags", s.Flags),
	)
}
