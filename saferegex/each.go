package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
)

// A Match is one match in a text that [Regexp.Each] hands to its function. It stays valid after the
// function has returned.
type Match struct {
	text  string
	loc   []int
	names []string
}

// Text returns the match.
func (x Match) Text() string { return x.Group(0) }

// Start returns where the match begins, in bytes.
func (x Match) Start() int { from, _ := x.Index(0); return from }

// End returns where the match ends, in bytes.
func (x Match) End() int { _, to := x.Index(0); return to }

// Group returns the text of a group, the whole match for 0. It is "" for a group that took no part
// in the match, or that the pattern does not have; [Match.Index] tells these from an empty group.
func (x Match) Group(n int) string {
	from, to := x.Index(n)
	if from < 0 {
		return ""
	}
	return x.text[from:to]
}

// Named returns the text of the group with a name, "" if there is none.
func (x Match) Named(name string) string {
	if name != "" {
		for n, has := range x.names {
			if has == name {
				return x.Group(n)
			}
		}
	}
	return ""
}

// Index returns where a group begins and ends, in bytes; -1 and -1 for a group that took no part in
// the match, or that the pattern does not have.
func (x Match) Index(n int) (from, to int) {
	if n < 0 || n >= len(x.loc)/2 {
		return -1, -1
	}
	return x.loc[2*n], x.loc[2*n+1]
}

// Each calls f for each match in s from left to right, the same matches as
// [Regexp.FindAllStringSubmatch] has, without keeping them. If f returns an error, Each stops and
// returns it as it is. f is not interrupted; Time is looked at each time it returns.
func (re *Regexp) Each(ctx context.Context, s string, f func(Match) error) error {
	const op = "saferegex.Each"
	if f == nil {
		return nilFunction(op)
	}
	if err := re.usable(op); err != nil {
		return err
	}
	m := re.lim.Meter(ctx, op)
	defer finish(&m)
	err := admit(ctx, &m, len(s))
	var text readable[string]
	if err == nil {
		text, err = read(re, &m, s)
	}
	if err == nil {
		run := re.prog.Begin()
		err = re.each(&m, walk(&run, text), f)
		run.End()
	}
	return m.Finish(err)
}

func (re *Regexp) each(m *limits.Meter, w matches[string], f func(Match) error) error {
	for {
		// The positions belong to the match, and are garbage when f drops it.
		loc := make([]int, re.slots())
		found, err := w.next(m, loc)
		if err != nil || !found {
			return err
		}
		if err := f(Match{text: w.in, loc: loc, names: re.names}); err != nil {
			return err
		}
		if err := m.Err(); err != nil {
			return err
		}
	}
}
