package regexset

import (
	"context"
	"fmt"

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
	patterns int
	setBytes limits.Bytes
	posix    bool
	each     []saferegex.Option // for each pattern alone
	problems []limits.FieldProblem
}

// configure applies options and defaults. Every mistake in them is reported at once, before a
// pattern is looked at.
func configure(op string, lim limits.Limits, opts []Option) (*config, error) {
	c := &config{lim: lim, patterns: DefaultPatterns, setBytes: DefaultSetBytes}
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

// bare is a context without its values: what an engine costs that is made anew in one call and
// found ready in the next is charged at a fixed price, and must not be charged a second time to an
// envelope or shown to an observer.
type bare struct{ context.Context }

func (bare) Value(any) any { return nil }
