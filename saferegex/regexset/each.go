package regexset

import (
	"context"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/internal/share"
)

// A SetMatch is one match of one pattern that [Set.Each] hands to its function. It stays valid
// after the function has returned.
type SetMatch struct {
	Pattern         int // its index
	saferegex.Match     // where, and the groups
}

// Each calls f for each match in text: pattern by pattern in the order of their indexes, and those
// of one pattern from left to right, the same matches as [saferegex.Regexp.Each] has. If f returns
// an error, Each stops and returns it as it is. f is not interrupted; Time is looked at each time
// it returns.
func (s *Set) Each(ctx context.Context, text string, f func(SetMatch) error) error {
	const op = "regexset.Each"
	if f == nil {
		return setup.Misuse(op, "the function", "is nil")
	}
	if err := s.usable(op); err != nil {
		return err
	}
	o, err := begin(ctx, op, s.c.lim, needsClock|needsEnvelope)
	if err != nil {
		return err
	}
	// f may panic: the operation is ended all the same, so that an envelope gets its memory back.
	defer func() { _ = o.end(nil) }()
	found, err := s.match(o, text)
	if err != nil {
		return o.end(err)
	}
	for _, i := range found {
		stopped, err := s.each(o, i, text, f)
		if stopped {
			_ = o.end(nil)
			return err
		}
		if err != nil {
			return o.end(err)
		}
	}
	return o.end(nil)
}

// each hands over the matches of one pattern, and reports whether f has stopped it.
func (s *Set) each(o *operation, i int, text string, f func(SetMatch) error) (stopped bool, err error) {
	re, err := s.located(o, i)
	if err != nil {
		return false, err
	}
	err = re.Each(o.ctx, text, func(x saferegex.Match) error {
		if err := o.meter.Spend(limits.Items, 1); err != nil {
			return err
		}
		if err := o.meter.Spend(limits.OutputBytes, int64(x.End()-x.Start())); err != nil {
			return err
		}
		err := f(SetMatch{i, x})
		stopped = err != nil
		return err
	})
	return stopped, err
}

// located returns the engine that finds where a pattern matches.
func (s *Set) located(o *operation, i int) (*saferegex.Regexp, error) {
	if re := s.patterns[i].re; re != nil {
		return re, nil
	}
	made, err := s.made(o, i)
	return made.re, err
}

// made returns the engine of a pattern that is not kept with the set. Making it costs the same
// steps whether it is made now or was a call before, so that the first call costs what the last
// does.
func (s *Set) made(o *operation, i int) (kept, error) {
	p := &s.patterns[i]
	if err := o.meter.Step(p.cost); err != nil {
		return kept{}, err
	}
	if k := s.cache.get(i); k.re != nil {
		return k, nil
	}
	var made share.Compiled
	ctx := share.With(bare{o.ctx}, &made)
	var re *saferegex.Regexp
	var err error
	if p.whole != "" {
		re, err = s.c.compileWhole(ctx, p.whole, saferegex.MaxProgramSize)
	} else {
		re, err = saferegex.Compile(ctx, p.text, s.c.engineLimits(), s.c.each...)
	}
	if err != nil {
		return kept{}, err
	}
	k := kept{re, made.Program}
	s.cache.put(i, k)
	return k, nil
}
