package regexset

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// An Option changes one thing about a set. Options are validated before a pattern is looked at; a
// mistake in one is a *limits.ConfigError.
type Option func(*config)

// Patterns bounds the number of patterns, from 1 to MaxPatterns; the default is DefaultPatterns.
func Patterns(n int) Option {
	return func(c *config) {
		if c.problems.Between("Patterns", int64(n), 1, MaxPatterns) {
			c.patterns = n
		}
	}
}

// SetBytes bounds what RE2 may hold for the set, its program and the states of its automaton
// together, from 1 to MaxSetBytes; the default is DefaultSetBytes. A set takes what its patterns
// need, 8 MiB and about 256 bytes for each of their characters, and not more than this.
func SetBytes(n limits.Bytes) Option {
	return func(c *config) {
		if c.problems.Between("SetBytes", int64(n), 1, int64(MaxSetBytes)) {
			c.setBytes = n
		}
	}
}

// PatternBytes bounds the length of each pattern, from 1 to saferegex.MaxPatternBytes; the default
// is DefaultPatternBytes.
func PatternBytes(n limits.Bytes) Option {
	return func(c *config) {
		if c.problems.Between("PatternBytes", int64(n), 1, int64(saferegex.MaxPatternBytes)) {
			c.each = append(c.each, saferegex.PatternBytes(n))
		}
	}
}

// ProgramSize bounds the number of instructions that each pattern becomes, from 1 to
// saferegex.MaxProgramSize; the default is DefaultProgramSize.
func ProgramSize(n int) Option {
	return func(c *config) {
		if c.problems.Between("ProgramSize", int64(n), 1, saferegex.MaxProgramSize) {
			c.each = append(c.each, saferegex.ProgramSize(n))
		}
	}
}

// Groups bounds the number of groups that capture in each pattern, from 1 to saferegex.MaxGroups;
// the default is DefaultGroups.
func Groups(n int) Option {
	return func(c *config) {
		if c.problems.Between("Groups", int64(n), 1, saferegex.MaxGroups) {
			c.each = append(c.each, saferegex.Groups(n))
		}
	}
}

// Longest has Each prefer the longest of the matches that begin leftmost, as saferegex.Longest
// does. Which patterns match is the same.
func Longest() Option {
	return func(c *config) { c.each = append(c.each, saferegex.Longest()) }
}

// POSIX takes the patterns for POSIX extended regular expressions (egrep), as saferegex.POSIX does.
func POSIX() Option {
	return func(c *config) { c.posix, c.each = true, append(c.each, saferegex.POSIX()) }
}
