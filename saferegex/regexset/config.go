package regexset

import (
	"context"
	"math"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// Defaults of the limits and options that may stay unset, and the ceilings of the options.
const (
	DefaultOutputBytes  = 64 * limits.MiB
	DefaultItems        = 100_000
	DefaultDepth        = saferegex.DefaultDepth
	DefaultSteps        = 100_000_000
	DefaultMemoryBytes  = 128 * limits.MiB
	DefaultPatterns     = 10_000
	DefaultSetBytes     = 64 * limits.MiB
	DefaultPatternBytes = saferegex.DefaultPatternBytes
	DefaultProgramSize  = saferegex.DefaultProgramSize
	DefaultGroups       = saferegex.DefaultGroups

	// MaxInputBytes is the longest text that a set answers for, whatever InputBytes may be: RE2
	// reads it in one go.
	MaxInputBytes = 64 * limits.MiB
	// MaxPatterns is the ceiling of Patterns.
	MaxPatterns = 100_000
	// MaxSetBytes is the ceiling of SetBytes.
	MaxSetBytes = 512 * limits.MiB
)

// config is the validated form of limits and options: made once for a set, and not changed after
// that.
type config struct {
	lim      limits.Limits
	copying  limits.Limits // of Redact
	patterns int
	setBytes limits.Bytes
	longest  bool
	full     bool               // matches are whole texts
	each     []saferegex.Option // for each pattern alone
	allRE2   bool               // every pattern that RE2 can have goes to it; for tests
	problems setup.Problems
}

// defaults of the limits that are not required.
var defaults = limits.Limits{
	OutputBytes: DefaultOutputBytes,
	Items:       DefaultItems,
	Depth:       DefaultDepth,
	Steps:       DefaultSteps,
	MemoryBytes: DefaultMemoryBytes,
}

// configure applies options and defaults. Every mistake in them is reported at once, before a
// pattern is looked at.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{lim: lim.Or(defaults), patterns: DefaultPatterns, setBytes: DefaultSetBytes}
	setup.Apply(&c.problems, c, opts)
	if err := c.problems.Err(op, lim, limits.InputBytes, limits.Time); err != nil {
		return nil, err
	}
	c.copying = c.lim
	if lim.OutputBytes == 0 {
		c.copying.OutputBytes = limits.Bytes(grown(int64(DefaultOutputBytes), 2, lim.InputBytes))
	}
	if lim.Steps == 0 {
		c.copying.Steps = grown(DefaultSteps, 256, lim.InputBytes)
	}
	return c, nil
}

// grown is a default that grows with InputBytes.
func grown(least, times int64, input limits.Bytes) int64 {
	if input < 0 || int64(input) > (math.MaxInt64-least)/times {
		return limits.UnsafeUnlimited
	}
	return least + times*int64(input)
}

// engineLimits are the limits of one pattern's own engine. Its memory is that of a single pattern:
// a set has many of them, and what an automaton keeps between calls grows with it.
func (c *config) engineLimits() limits.Limits {
	l := c.lim
	if l.MemoryBytes == limits.UnsafeUnlimited || l.MemoryBytes > saferegex.DefaultMemoryBytes {
		l.MemoryBytes = saferegex.DefaultMemoryBytes
	}
	// A match is an item of the set's operation, and counted there.
	l.Items = limits.UnsafeUnlimited
	return l
}

// bare is a context without its values: what an engine costs that is made anew in one call and
// found ready in the next is charged at a fixed price, and must not be charged a second time to an
// envelope or shown to an observer.
type bare struct{ context.Context }

func (bare) Value(any) any { return nil }
