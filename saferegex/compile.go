package saferegex

import (
	"context"
	"errors"
	"regexp/syntax"

	"github.com/seed73825598/airlock/limits"
	literals "github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
	"github.com/seed73825598/airlock/saferegex/internal/share"
)

// The charge for compiling by instruction, and how far the estimate of their number may be too
// high.
const (
	compileSteps  = 16
	compileBytes  = 192
	estimateSlack = 64
)

// Compile reads a pattern in the syntax of the regexp package. lim bounds both this call and each
// later operation with the pattern: InputBytes and Time must be set, the package comment has the
// defaults of the others.
//
// The pattern may be hostile. It is looked at three times before work is spent on it: its length,
// nesting, groups and repeats before it is parsed, the size of its program before that is made, and
// the program itself. Each look refuses with its own rule, a [*RuleError]; what ran out besides is
// a [*limits.ExceededError]. A pattern that Go cannot read is a [*SyntaxError]. All of them match
// [limits.ErrRefused].
func Compile(ctx context.Context, pattern string, lim limits.Limits, opts ...Option) (*Regexp, error) {
	const op = "saferegex.Compile"
	c, err := configure(op, lim, opts)
	if err != nil {
		return nil, err
	}
	m := c.lim.Meter(ctx, op)
	defer finish(&m)
	re, err := c.compile(&m, pattern)
	if err == nil {
		err = m.Err()
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	share.Leave(ctx, c.tree, re.prog)
	return re, nil
}

// MustCompile is [Compile] for a pattern that stands in the source, as a variable of a package. It
// panics if the pattern cannot be compiled.
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
	if n := int64(len(pattern)); n > int64(c.patternBytes) {
		return nil, c.refuse(RulePatternTooLong, limits.InputBytes, "PatternBytes", "bytes", pattern, -1, n,
			int64(c.patternBytes))
	}
	written := pattern
	if c.bytes {
		// Mistakes are told of the pattern as it was given.
		if _, err := c.parse(m, pattern); err != nil {
			return nil, err
		}
		var err error
		if written, err = c.bytePattern(m, pattern); err != nil {
			return nil, err
		}
	}
	tree, err := c.parse(m, written)
	if err != nil {
		return nil, err
	}
	c.tree = tree
	std, err := c.program(m, pattern, tree)
	if err != nil {
		return nil, err
	}
	o := rematch.Options{Longest: c.longest, CacheBytes: c.cacheBytes(), TableBytes: c.cacheBytes() / tablesPerCache,
		Words: literals.Words(tree)}
	known := literals.Of(tree)
	o.Must = known.Must
	if len(known.Literals) == 1 && !known.Fold {
		o.Required, o.MatchBytes = known.Literals[0], literals.Longest(tree)
	}
	if err := m.Step(known.Work / compileSteps); err != nil {
		return nil, err
	}
	prog, err := rematch.New(std, o, m)
	if errors.Is(err, rematch.ErrClasses) {
		return nil, &RuleError{Op: c.op, Rule: RuleProgramTooLarge, Where: pattern, Offset: -1, Detail: err.Error()}
	}
	if err != nil {
		return nil, err
	}
	return &Regexp{expr: pattern, lim: c.lim, making: c.making, copying: c.copying, prog: prog, names: tree.CapNames(),
		posix: c.posix, longest: c.longest, bytes: c.bytes, flags: c.flags, lane: c.short(prog, prog.Slots())}, nil
}

// parse reads the pattern, once it is known what that takes.
func (c *config) parse(m *limits.Meter, pattern string) (*syntax.Regexp, error) {
	s := scan{c: c, pattern: pattern, fold: c.flags.fold}
	if err := s.read(); err != nil {
		return nil, err
	}
	if size := s.size(); size/slack > int64(max(c.programSize, DefaultProgramSize)) {
		return nil, c.tooLarge(pattern, size)
	}
	if err := m.Step(s.steps()); err != nil {
		return nil, err
	}
	if err := m.Hold(limits.MemoryBytes, s.memory()); err != nil {
		return nil, err
	}
	defer m.Release(limits.MemoryBytes, s.memory())
	tree, err := syntax.Parse(pattern, syntaxFlags(c.posix, c.flags))
	if err != nil {
		return nil, s.syntaxError(err)
	}
	return tree, m.Err()
}

// program writes the repeats out and makes instructions, once it is known how many.
func (c *config) program(m *limits.Meter, pattern string, tree *syntax.Regexp) (*syntax.Prog, error) {
	most := int64(c.programSize)
	size := add(estimate(tree).insts, 2) // One instruction fails, and one matches.
	if size-most > most/8+estimateSlack {
		return nil, c.tooLarge(pattern, size)
	}
	if err := m.Step(times(size, compileSteps)); err != nil {
		return nil, err
	}
	memory := times(size, compileBytes)
	if err := m.Hold(limits.MemoryBytes, memory); err != nil {
		return nil, err
	}
	defer m.Release(limits.MemoryBytes, memory)
	std, err := syntax.Compile(tree.Simplify())
	if err != nil {
		return nil, err
	}
	if n := int64(len(std.Inst)); n > most {
		return nil, c.tooLarge(pattern, n)
	}
	return std, m.Err()
}

// tooLarge is the refusal of a program.
func (c *config) tooLarge(pattern string, size int64) error {
	return c.refuse(RuleProgramTooLarge, limits.Items, "ProgramSize", "instructions", pattern, -1, size,
		int64(c.programSize))
}

// tablesPerCache is how many tables of a pattern would take as much memory as the states of one
// automaton: a table is made with the pattern and kept.
const tablesPerCache = 64

// cacheBytes is the budget for the states of one automaton: a quarter of the memory, because an
// operation has up to two of them and finds up to as many states there from others.
func (c *config) cacheBytes() int64 {
	if c.lim.MemoryBytes == limits.UnsafeUnlimited {
		return maxCacheBytes
	}
	return min(int64(c.lim.MemoryBytes)/4, maxCacheBytes)
}

// maxCacheBytes bounds what is kept between operations, whatever the memory of one may be.
const maxCacheBytes = 16 << 20
