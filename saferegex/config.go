package saferegex

import (
	"fmt"

	"github.com/seed73825598/airlock/limits"
)

// Defaults of the limits and options that may stay unset, and the ceilings of the options.
const (
	DefaultOutputBytes  = 64 * limits.MiB
	DefaultItems        = 100_000
	DefaultDepth        = 100
	DefaultSteps        = 100_000_000
	DefaultMemoryBytes  = 8 * limits.MiB
	DefaultPatternBytes = 4 * limits.KiB
	DefaultProgramSize  = 10_000
	DefaultGroups       = 100

	// MaxPatternBytes is the ceiling of PatternBytes.
	MaxPatternBytes = 1 * limits.MiB
	// MaxProgramSize is the ceiling of ProgramSize.
	MaxProgramSize = 1_000_000
	// MaxGroups is the ceiling of Groups.
	MaxGroups = 10_000
)

// config is the validated form of limits and options: made once for a pattern, and not changed
// after that.
type config struct {
	op           string
	lim          limits.Limits
	patternBytes limits.Bytes
	programSize  int
	groups       int
	longest      bool
	posix        bool
	flags        flags
	problems     []limits.FieldProblem
}

// configure applies options and defaults. Every mistake in them is reported at once, before the
// pattern is looked at.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{op: op, lim: lim, patternBytes: DefaultPatternBytes, programSize: DefaultProgramSize,
		groups: DefaultGroups}
	for _, opt := range opts {
		if opt == nil {
			c.problem("an Option", "is nil")
			continue
		}
		opt(c)
	}
	if len(c.problems) > 0 {
		return nil, &limits.ConfigError{Op: op, Problems: c.problems}
	}
	if err := lim.Check(op, limits.InputBytes, limits.Time); err != nil {
		return nil, err
	}
	l := &c.lim
	if l.OutputBytes == 0 {
		l.OutputBytes = DefaultOutputBytes
	}
	if l.Items == 0 {
		l.Items = DefaultItems
	}
	if l.Depth == 0 {
		l.Depth = DefaultDepth
	}
	if l.Steps == 0 {
		l.Steps = DefaultSteps
	}
	if l.MemoryBytes == 0 {
		l.MemoryBytes = DefaultMemoryBytes
	}
	return c, nil
}

// problem notes a mistake in the options.
func (c *config) problem(field, format string, args ...any) {
	c.problems = append(c.problems, limits.FieldProblem{Field: field, Reason: fmt.Sprintf(format, args...)})
}

// within notes a problem unless 1 <= v <= ceiling.
func (c *config) within(field string, v, ceiling int64) bool {
	if v < 1 || v > ceiling {
		c.problem(field, "is %d: not between 1 and %d", v, ceiling)
		return false
	}
	return true
}
