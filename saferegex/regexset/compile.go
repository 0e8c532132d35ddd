package regexset

import (
	"context"
	"errors"
	"regexp/syntax"
	"strconv"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// What a pattern is charged for: by byte when it is parsed once more and written for RE2, by
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
	o, err := begin(ctx, op, c.lim, true)
	if err != nil {
		return nil, err
	}
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
	b := builder{c: c, o: o, set: &Set{c: c, patterns: make([]pattern, 0, len(patterns)),
		own: map[int]*saferegex.Regexp{}}}
	for i, text := range patterns {
		if err := b.add(text); err != nil {
			return nil, &PatternError{Op: o.op, Index: i, Pattern: text, Err: o.named(err)}
		}
	}
	if len(b.texts) > 0 {
		e, err := newEngine(o, b.texts, b.ids, b.insts, c.setBytes)
		if errors.Is(err, errTooLarge) {
			// The count of instructions was too low.
			return nil, b.tooLarge("", int64(c.setBytes)+1)
		}
		if err != nil {
			return nil, err
		}
		b.set.inRE2 = true
		b.set.engine.Store(e)
	}
	b.set.stats.Patterns = len(patterns)
	return b.set, nil
}

// builder collects the patterns of a set.
type builder struct {
	c     *config
	o     *operation
	set   *Set
	texts []string // for RE2
	ids   []int    // the patterns they were made from
	insts int64
}

// add admits a pattern and puts it into the set.
func (b *builder) add(text string) error {
	i := len(b.set.patterns)
	re, err := saferegex.Compile(b.o.ctx, text, b.c.engineLimits(), b.c.each...)
	if err != nil {
		return err
	}
	stats := re.Stats()
	cost := int64(len(text))*patternSteps + int64(stats.Instructions)*instSteps
	b.set.patterns = append(b.set.patterns, pattern{text, cost})
	if err := b.o.meter.Step(cost); err != nil {
		return err
	}
	flags := syntax.Perl
	if b.c.posix {
		flags = syntax.POSIX
	}
	tree, err := syntax.Parse(text, flags)
	if err != nil {
		return err
	}
	r := render(tree, maxPatternInsts)
	if r.refused || r.notWord {
		// It is needed in every call, or in all with text beyond ASCII, and so it is kept.
		if err := b.o.meter.Hold(limits.MemoryBytes, int64(stats.MemoryBytes)); err != nil {
			return err
		}
		b.set.own[i] = re
		b.set.stats.MemoryBytes += stats.MemoryBytes
	}
	if r.refused {
		b.set.always = append(b.set.always, i)
		return b.o.meter.Err()
	}
	if r.notWord {
		b.set.beyondASCII = append(b.set.beyondASCII, i)
	}
	if err := b.o.meter.Hold(limits.MemoryBytes, int64(len(r.text))); err != nil {
		return err
	}
	b.texts, b.ids, b.insts = append(b.texts, r.text), append(b.ids, i), b.insts+r.insts+1
	if need := needBytes(b.insts); need > int64(b.c.setBytes) {
		return b.tooLarge(text, need)
	}
	return b.o.meter.Err()
}

// tooLarge is the refusal of the patterns together.
func (b *builder) tooLarge(text string, need int64) error {
	return refuse(b.o.op, RuleSetTooLarge, limits.MemoryBytes, "SetBytes",
		limits.Bytes(need).String()+" of RE2's memory", text, need, int64(b.c.setBytes), b.c.setBytes.String())
}
