package saferegex

import "github.com/seed73825598/airlock/limits"

// An Option changes one thing about a pattern. Options are validated before the pattern is looked
// at; a mistake in one is a *limits.ConfigError.
type Option func(*config)

// PatternBytes bounds the length of the pattern, from 1 to MaxPatternBytes; the default is
// DefaultPatternBytes.
func PatternBytes(n limits.Bytes) Option {
	return func(c *config) {
		if c.problems.Between("PatternBytes", int64(n), 1, int64(MaxPatternBytes)) {
			c.patternBytes = n
		}
	}
}

// ProgramSize bounds the number of instructions that the pattern becomes, from 1 to MaxProgramSize;
// the default is DefaultProgramSize. About one instruction is needed for each character and each
// operator, as many times as counted repetition demands: (abc){100} takes 300. The worst cost of a
// text grows with it, and so does the memory of each operation.
func ProgramSize(n int) Option {
	return func(c *config) {
		if c.problems.Between("ProgramSize", int64(n), 1, MaxProgramSize) {
			c.programSize = n
		}
	}
}

// Groups bounds the number of groups that capture, from 1 to MaxGroups; the default is
// DefaultGroups. A pattern may use (?:...) as often as it likes.
func Groups(n int) Option {
	return func(c *config) {
		if c.problems.Between("Groups", int64(n), 1, MaxGroups) {
			c.groups = n
		}
	}
}

// Longest prefers the longest of the matches that begin leftmost, instead of the first one in the
// order of the alternatives. It is what (*regexp.Regexp).Longest does.
func Longest() Option {
	return func(c *config) { c.longest = true }
}

// POSIX takes the pattern for a POSIX extended regular expression (egrep) and prefers the longest
// of the leftmost matches, as regexp.CompilePOSIX does.
func POSIX() Option {
	return func(c *config) { c.posix, c.longest = true, true }
}
