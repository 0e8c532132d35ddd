package saferegex

import (
	"github.com/seed73825598/airlock/internal/setup"
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
	problems     setup.Problems
}

// defaults of the limits that are not required.
var defaults = limits.Limits{
	OutputBytes: DefaultOutputBytes,
	Items:       DefaultItems,
	Depth:       DefaultDepth,
	Steps:       DefaultSteps,
	MemoryBytes: DefaultMemoryBytes,
}

// configure applies options and defaults. Every mistake in them is reported at once, before the
// pattern is looked at.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{op: op, lim: lim.Or(defaults), patternBytes: DefaultPatternBytes, programSize: DefaultProgramSize,
		groups: DefaultGroups}
	setup.Apply(&c.problems, c, opts)
	if err := c.problems.Err(op, lim, limits.InputBytes, limits.Time); err != nil {
		return nil, err
	}
	return c, nil
}
