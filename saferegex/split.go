package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
)

// Split cuts s at each match and returns the parts between, at most n of them if n is positive, the
// last of which is then the whole rest; 0 gives nil. It is (*regexp.Regexp).Split. The parts count
// against OutputBytes.
func (re *Regexp) Split(ctx context.Context, s string, n int) ([]string, error) {
	const op = "saferegex.Split"
	if err := re.usable(op); err != nil {
		return nil, err
	}
	m := re.making.Meter(ctx, op)
	defer finish(&m)
	var parts []string
	err := admit(ctx, &m, len(s))
	if err == nil {
		parts, err = re.split(&m, s, n)
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	return parts, nil
}

func (re *Regexp) split(m *limits.Meter, s string, n int) ([]string, error) {
	switch {
	case n == 0:
		return nil, nil
	case re.expr != "" && s == "":
		return []string{""}, nil
	}
	text, err := read(re, m, s)
	if err != nil {
		return nil, err
	}
	run := re.prog.Begin()
	defer run.End()
	parts := list[string]{bytes: headerBytes}
	add := func(part string) error {
		if err := m.Spend(limits.OutputBytes, int64(len(part))); err != nil {
			return err
		}
		return parts.add(m, part)
	}
	w := walk(&run, text)
	begin, end := 0, 0
	for i := 0; n < 0 || i < n && parts.n < n-1; i++ {
		var loc [2]int
		found, err := w.next(m, loc[:])
		if err != nil {
			return nil, err
		}
		if !found {
			break
		}
		end = loc[0]
		// Before an empty match at the very beginning there is no part.
		if loc[1] != 0 {
			if err := add(s[begin:end]); err != nil {
				return nil, err
			}
		}
		begin = loc[1]
	}
	if end != len(s) {
		if err := add(s[begin:]); err != nil {
			return nil, err
		}
	}
	if parts.n == 0 {
		return []string{}, nil
	}
	return parts.join(m)
}
