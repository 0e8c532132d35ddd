package saferegex

import (
	"regexp"
	"regexp/syntax"

	"github.com/seed73825598/airlock/internal/setup"
)

// UnsafeStd returns the same pattern, with its flags and its preference among matches, as a
// *[regexp.Regexp], for a library that wants one. That has no budget and no deadline: every
// guarantee of this package is lost. Its String may differ, where POSIX and flags come together.
//
// Under [Bytes] the regexp package has nothing that is equal, and the error is a
// *limits.ConfigError; it is one as well for a Regexp that [Compile] has not made.
func (re *Regexp) UnsafeStd() (*regexp.Regexp, error) {
	const op = "saferegex.UnsafeStd"
	if err := re.usable(op); err != nil {
		return nil, err
	}
	if re.bytes {
		return nil, setup.Misuse(op, "the Regexp", "is of bytes, which the regexp package does not have")
	}
	std, err := re.std()
	if err == nil && re.longest {
		std.Longest()
	}
	return std, err
}

// std compiles the same pattern with the regexp package.
func (re *Regexp) std() (*regexp.Regexp, error) {
	switch {
	case re.flags == flags{} && re.posix:
		return regexp.CompilePOSIX(re.expr)
	case re.flags == flags{}:
		return regexp.Compile(re.expr)
	}
	// The parser writes flags into the text of its tree, in the syntax that has them.
	tree, err := syntax.Parse(re.expr, syntaxFlags(re.posix, re.flags))
	if err != nil {
		return nil, err
	}
	std, err := regexp.Compile(tree.String())
	if err == nil && re.posix {
		std.Longest()
	}
	return std, err
}
