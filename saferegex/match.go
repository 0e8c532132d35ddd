package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Match reports whether b contains a match. For validation, where nothing may stand around the
// match, use [Regexp.FullMatch].
func (re *Regexp) Match(ctx context.Context, b []byte) (bool, error) {
	return match(ctx, re, "saferegex.Match", b)
}

// MatchString reports whether s contains a match. For validation, where nothing may stand around
// the match, use [Regexp.FullMatchString].
func (re *Regexp) MatchString(ctx context.Context, s string) (bool, error) {
	return match(ctx, re, "saferegex.MatchString", s)
}

// FullMatch reports whether all of b is a match, as if the pattern stood in \A(?:...)\z.
func (re *Regexp) FullMatch(ctx context.Context, b []byte) (bool, error) {
	return fullMatch(ctx, re, "saferegex.FullMatch", b)
}

// FullMatchString reports whether all of s is a match, as if the pattern stood in \A(?:...)\z. It
// does not accept "a\n" for the pattern a$, nor "ab" for the pattern a|ab because a alone matches
// first: it asks whether there is a way to match everything.
func (re *Regexp) FullMatchString(ctx context.Context, s string) (bool, error) {
	return fullMatch(ctx, re, "saferegex.FullMatchString", s)
}

func match[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) (bool, error) {
	if found, done := quick(ctx, re, in, false, nil); done {
		return found, nil
	}
	return matchMetered(ctx, re, op, in)
}

func matchMetered[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) (bool, error) {
	if err := re.usable(op); err != nil {
		return false, err
	}
	m := re.lim.Meter(ctx, op)
	defer finish(&m)
	found, err := false, admit(ctx, &m, len(in))
	var text readable[T]
	if err == nil {
		text, err = read(re, &m, in)
	}
	if err == nil {
		run := re.prog.Begin()
		found, err = text.find(&run, &m, 0, nil)
		run.End()
	}
	if err := m.Finish(err); err != nil {
		return false, err
	}
	return found, nil
}

func fullMatch[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) (bool, error) {
	if found, done := quick(ctx, re, in, true, nil); done {
		return found, nil
	}
	return fullMatchMetered(ctx, re, op, in)
}

func fullMatchMetered[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) (bool, error) {
	if err := re.usable(op); err != nil {
		return false, err
	}
	m := re.lim.Meter(ctx, op)
	defer finish(&m)
	found, err := false, admit(ctx, &m, len(in))
	var text readable[T]
	if err == nil {
		text, err = read(re, &m, in)
	}
	if err == nil {
		run := re.prog.Begin()
		found, err = text.full(&run, &m)
		run.End()
	}
	if err := m.Finish(err); err != nil {
		return false, err
	}
	return found, nil
}
