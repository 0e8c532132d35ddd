package regexset

import (
	"context"
	"errors"
	"math"
	"regexp/syntax"
	"strconv"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/internal/literal"
	"github.com/seed73825598/airlock/saferegex/internal/share"
)

// The charge for a pattern: by byte when it is parsed once more and written for RE2, by
// instruction when RE2 compiles it and when an engine is made for its positions.
const (
	patternSteps = 16
	instSteps    = 16
)

// maxPatternInsts is the largest program that a single pattern may have in RE2. A larger one is
// left to the engine of package saferegex, which does not write repeats of large classes out byte
// by byte.
const maxPatternInsts = 25_000

// Compile makes a set of patterns in the syntax of the regexp package. lim bounds both this call
// and each later operation with the set: InputBytes and Time must be set, the package comment has
// the defaults of the others.
//
// Each pattern is first compiled by [saferegex.Compile] under the same limits, so that it may be
// hostile. A refusal is a [*PatternError] that says which pattern it is and wraps why;
// [RuleTooManyPatterns] and [RuleSetTooLarge] are about the patterns together. All refusals match
// [limits.ErrRefused]. An [*EngineError] says that RE2 has no memory to work in.
//
// No pattern is a set as well, which nothing matches.
func Compile(ctx context.Context, patterns []string, lim limits.Limits, opts ...Option) (*Set, error) {
	const op = "regexset.Compile"
	c, err := configure(op, lim, opts)
	if err != nil {
		return nil, err
	}
	o, err := begin(ctx, op, c.lim, needsClock|needsEnvelope)
	if err != nil {
		return nil, err
	}
	defer o.finish() // An observer may panic.
	s, err := c.compile(o, patterns)
	if err := o.end(err); err != nil {
		return nil, err
	}
	return s, nil
}

// compile is Compile inside of its operation.
func (c *config) compile(o *operation, patterns []string) (*Set, error) {
	if n := len(patterns); n > c.patterns {
		limit := strconv.Itoa(c.patterns)
		return nil, refuse(o.op, RuleTooManyPatterns, limits.Items, "Patterns", strconv.Itoa(n)+" patterns", "",
			int64(n), int64(c.patterns), limit)
	}
	b := builder{c: c, o: o, set: &Set{c: c, patterns: make([]pattern, 0, len(patterns))}}
	for i, text := range patterns {
		if err := b.add(text); err != nil {
			return nil, &PatternError{Op: o.op, Index: i, Pattern: text, Err: o.named(err)}
		}
	}
	if err := b.finish(); err != nil {
		return nil, err
	}
	b.set.stats.Patterns = len(patterns)
	return b.set, nil
}

// builder collects the patterns of a set, and decides by what each of them is found.
type builder struct {
	c        *config
	o        *operation
	set      *Set
	compiled []share.Compiled
	literals []literal.Set
	size     int64    // instructions of all patterns
	texts    []string // for RE2
	ids      []int    // the patterns they were made from
	insts    int64
}

// add admits a pattern and puts it into the set.
func (b *builder) add(text string) error {
	var made share.Compiled
	re, err := saferegex.Compile(share.With(b.o.ctx, &made), text, b.c.engineLimits(), b.c.each...)
	if err != nil {
		return err
	}
	p := pattern{text: text, re: re}
	if b.c.full {
		if p.re, p.whole, made, err = b.whole(re, made.Tree); err != nil {
			return err
		}
	}
	stats := p.re.Stats()
	b.size += int64(stats.Instructions) - 1 // One that fails is shared.
	if need := needBytes(b.size); need > int64(b.c.setBytes) {
		return b.tooLarge(text, need)
	}
	p.cost = int64(len(text))*patternSteps + int64(stats.Instructions)*instSteps
	if p.prog = made.Program; !p.prog.Anchored() {
		p.most = literal.Longest(made.Tree)
	}
	lits := literal.Of(made.Tree)
	if err := b.o.meter.Step(p.cost + lits.Work/patternSteps); err != nil {
		return err
	}
	if !b.c.allRE2 {
		p.by, p.begins = foundBy(made.Program, lits)
	}
	b.compiled, b.literals = append(b.compiled, made), append(b.literals, lits)
	b.set.patterns = append(b.set.patterns, p)
	return b.o.meter.Err()
}

// whole compiles a pattern anew so that it matches whole texts. It has been admitted already, and
// is written from its tree, in the syntax that has groups without capture: flags and options stand
// in it then.
func (b *builder) whole(re *saferegex.Regexp, tree *syntax.Regexp) (*saferegex.Regexp, string, share.Compiled, error) {
	text := `\A(?:` + tree.String() + `)\z`
	var made share.Compiled
	ctx := share.With(b.o.ctx, &made)
	whole, err := b.c.compileWhole(ctx, text, min(2*re.Stats().Instructions+64, saferegex.MaxProgramSize))
	return whole, text, made, err
}

// compileWhole compiles what whole has written.
func (c *config) compileWhole(ctx context.Context, text string, size int) (*saferegex.Regexp, error) {
	lim := c.engineLimits()
	lim.Depth = limits.UnsafeUnlimited
	opts := []saferegex.Option{saferegex.PatternBytes(saferegex.MaxPatternBytes), saferegex.Groups(saferegex.MaxGroups),
		saferegex.ProgramSize(size)}
	if c.longest {
		opts = append(opts, saferegex.Longest())
	}
	return saferegex.Compile(ctx, text, lim, opts...)
}

// finish makes what finds the patterns.
func (b *builder) finish() error {
	if err := b.searchLiterals(); err != nil {
		return err
	}
	if err := b.chooseRE2(); err != nil {
		return err
	}
	if err := b.keepEngines(); err != nil {
		return err
	}
	if len(b.texts) == 0 {
		b.set.lane = b.set.short()
		return nil
	}
	e, err := newEngine(b.o, b.texts, b.ids, b.insts, b.c.setBytes)
	if errors.Is(err, errTooLarge) {
		// The count of instructions was too low.
		return b.tooLarge("", int64(b.c.setBytes)+1)
	}
	if err != nil {
		return err
	}
	b.set.inRE2 = true
	b.set.engine.Store(e)
	return nil
}

// keepEngines keeps the engines that calls need, as far as half of the memory goes. The others, and
// those that only say where a pattern matches, are made when they are needed.
func (b *builder) keepEngines() error {
	most := int64(b.c.lim.MemoryBytes) / 2
	if b.c.lim.MemoryBytes == limits.UnsafeUnlimited {
		most = math.MaxInt64
	}
	var kept int64
	for i := range b.set.patterns {
		p := &b.set.patterns[i]
		size := int64(p.re.Stats().MemoryBytes)
		if p.by == byExactLiteral || p.by == byRE2 && !p.notWord || size > most-kept {
			p.re, p.prog = nil, nil
			continue
		}
		if err := b.o.meter.Hold(limits.MemoryBytes, size); err != nil {
			return err
		}
		kept += size
	}
	b.set.stats.MemoryBytes += limits.Bytes(kept)
	return nil
}

// tooLarge is the refusal of the patterns together.
func (b *builder) tooLarge(text string, need int64) error {
	return refuse(b.o.op, RuleSetTooLarge, limits.MemoryBytes, "SetBytes",
		limits.Bytes(need).String()+" of memory", text, need, int64(b.c.setBytes), b.c.setBytes.String())
}
