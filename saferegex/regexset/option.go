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

// SetBytes bounds what the patterns of the set take together, from 1 to MaxSetBytes; the default is
// DefaultSetBytes. It is 128 bytes for each of their instructions; the table of the search for
// literals; and what RE2 may hold, if it has some of the patterns: its program and the states of
// its automaton.
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
	return func(c *config) { c.longest, c.each = true, append(c.each, saferegex.Longest()) }
}

// POSIX takes the patterns for POSIX extended regular expressions (egrep), as saferegex.POSIX does.
func POSIX() Option {
	return func(c *config) { c.longest, c.each = true, append(c.each, saferegex.POSIX()) }
}

// FullMatch has every pattern match whole texts only, as saferegex.FullMatch does: routes and lists
// of what is allowed want that. Without it a pattern matches wherever it occurs.
func FullMatch() Option {
	return func(c *config) { c.full = true }
}

// CaseInsensitive has all patterns match without regard to case, as saferegex.CaseInsensitive does.
func CaseInsensitive() Option {
	return func(c *config) { c.each = append(c.each, saferegex.CaseInsensitive()) }
}

// MultiLine lets ^ and $ match at the beginning and end of each line as well, in all patterns, as
// saferegex.MultiLine does.
func MultiLine() Option {
	return func(c *config) { c.each = append(c.each, saferegex.MultiLine()) }
}

// DotAll lets . match a newline as well, in all patterns, as saferegex.DotAll does.
func DotAll() Option {
	return func(c *config) { c.each = append(c.each, saferegex.DotAll()) }
}
