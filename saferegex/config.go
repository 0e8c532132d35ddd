package saferegex

import (
	"math"
	"regexp/syntax"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// Defaults of the limits and options that may stay unset, and the ceilings of the options.
// The default of Items has no constant: it is InputBytes and one more.
const (
	DefaultOutputBytes  = 64 * limits.MiB
	DefaultDepth        = 100
	DefaultSteps        = 100_000_000
	DefaultMemoryBytes  = 8 * limits.MiB
	DefaultPatternBytes = 32 * limits.KiB
	DefaultProgramSize  = 10_000
	DefaultGroups       = 250

	// MaxPatternBytes is the ceiling of PatternBytes.
	MaxPatternBytes = 1 * limits.MiB
	// MaxProgramSize is the ceiling of ProgramSize.
	MaxProgramSize = 1_000_000
	// MaxGroups is the ceiling of Groups.
	MaxGroups = 10_000

	// DefaultItems was the default of Items.
	//
	// Deprecated: as many matches are allowed as a text of InputBytes can have.
	DefaultItems = 100_000
)

// config is the validated form of limits and options: made once for a pattern, and not changed
// after that.
type config struct {
	op           string
	lim          limits.Limits
	making       limits.Limits // of operations that make output
	copying      limits.Limits // of Redact
	patternBytes limits.Bytes
	programSize  int
	groups       int
	longest      bool
	posix        bool
	bytes        bool
	flags        flags
	tree         *syntax.Regexp // of the pattern, once it is parsed
	problems     setup.Problems
}

// configure applies options and defaults. Every mistake in them is reported at once, before the
// pattern is looked at.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	defaults := limits.Limits{OutputBytes: DefaultOutputBytes, Items: defaultItems(lim.InputBytes), Depth: DefaultDepth,
		Steps: DefaultSteps, MemoryBytes: DefaultMemoryBytes}
	c := &config{op: op, lim: lim.Or(defaults), patternBytes: DefaultPatternBytes, programSize: DefaultProgramSize,
		groups: DefaultGroups}
	setup.Apply(&c.problems, c, opts)
	if err := c.problems.Err(op, lim, limits.InputBytes, limits.Time); err != nil {
		return nil, err
	}
	if lim.MemoryBytes == 0 && c.bytes {
		c.lim.MemoryBytes = plus(DefaultMemoryBytes, 4, c.lim.InputBytes)
	}
	c.making = c.lim
	if lim.MemoryBytes == 0 {
		// Output is held twice, in blocks and as a whole, while these are joined.
		c.making.MemoryBytes = plus(c.lim.MemoryBytes, 2, c.lim.OutputBytes)
	}
	c.copying = c.lim
	if lim.OutputBytes == 0 {
		c.copying.OutputBytes = plus(DefaultOutputBytes, 2, c.lim.InputBytes)
	}
	if lim.Steps == 0 {
		c.copying.Steps = int64(plus(DefaultSteps, 16, c.lim.InputBytes))
	}
	return c, nil
}

// defaultItems is the default of Items: as many matches as a text of InputBytes can have, for it is
// memory and output that bound them.
func defaultItems(input limits.Bytes) int64 {
	if input < 0 || input == math.MaxInt64 {
		return limits.UnsafeUnlimited
	}
	return int64(input) + 1
}

// plus is a default that grows with another limit.
func plus(memory, times, grows limits.Bytes) limits.Bytes {
	if memory < 0 || grows < 0 || grows > (math.MaxInt64-memory)/times {
		return limits.UnsafeUnlimited
	}
	return memory + times*grows
}
