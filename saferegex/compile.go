package saferegex

import (
	"context"
	"regexp/syntax"

	"github.com/seed73825598/airlock/internal/rematch"
	"github.com/seed73825598/airlock/limits"
)

// Compile reads a pattern in the syntax of the regexp package. lim bounds both this call and each later operation with the pattern: InputBytes and Time must be set, the package comment has the defaults of the others.
//
// The pattern may be hostile. It is looked at three times before work is spent on it: its length, nesting, groups and repeats before it is parsed, the size of its program before that is made, and the program itself. Each look refuses with its own rule, a [*RuleError]; what ran out besides is a
// [*limits.ExceededError]. A pattern that Go cannot read is a [*SyntaxError]. All of them match [limits.ErrRefused].
func Compile(ctx context.Context, pattern string, lim limits.Limits, opts ...Option) (*Regexp, error) {
	const op = "saferegex.Compile"
	c, err := configure(op, lim, opts)
	if err != nil {
		return nil, err
	}
	m := c.lim.Meter(ctx, op)
	re, err := c.compile(&m, pattern)
	if err == nil {
		err = m.Err()
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	return re, nil
}

// MustCompile is [Compile] for a pattern that stands in the source, as a variable of a package. It panics if the pattern cannot be compiled.
func MustCompile(pattern string, lim limits.Limits, opts ...Option) *Regexp {
	re, err := Compile(context.Background(), pattern, lim, opts...)
	if err != nil {
		panic(err.Error())
	}
	return re
}

// compile is Compile inside of its meter.
func (c *config) compile(m *limits.Meter, pattern string) (*Regexp, error) {
	if err := m.Err(); err != nil {
		return nil, err
	}
	flags := syntax.Perl
	if c.posix {
		flags = syntax.POSIX
	}
	tree, err := syntax.Parse(pattern, flags)
	if err != nil {
		return nil, err
	}
	names := tree.CapNames()
	std, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	prog, err := rematch.New(std, rematch.Options{Longest: c.longest}, m)
	if err != nil {
		return nil, err
	}
	return &Regexp{expr: pattern, lim: c.lim, prog: prog, names: names, posix: c.posix, long: c.longest}, nil
}
