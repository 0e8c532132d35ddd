package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// FindAll returns the matches in b from left to right, at most n of them if n is not negative, or
// nil if there is none. They do not overlap; an empty match right after another match is left out.
func (re *Regexp) FindAll(ctx context.Context, b []byte, n int) ([][]byte, error) {
	return findAll(ctx, re, "saferegex.FindAll", b, n, 2, 0,
		func(loc []int) []byte { return b[loc[0]:loc[1]:loc[1]] })
}

// FindAllIndex is [Regexp.FindAll] with the matches as [Regexp.FindIndex] returns them.
func (re *Regexp) FindAllIndex(ctx context.Context, b []byte, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllIndex", b, n, 2)
}

// FindAllString returns the matches in s from left to right, at most n of them if n is not
// negative, or nil if there is none. They do not overlap; an empty match right after another match
// is left out.
func (re *Regexp) FindAllString(ctx context.Context, s string, n int) ([]string, error) {
	return findAll(ctx, re, "saferegex.FindAllString", s, n, 2, 0,
		func(loc []int) string { return s[loc[0]:loc[1]] })
}

// FindAllStringIndex is [Regexp.FindAllString] with the matches as [Regexp.FindStringIndex] returns
// them.
func (re *Regexp) FindAllStringIndex(ctx context.Context, s string, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllStringIndex", s, n, 2)
}

// FindAllSubmatch is [Regexp.FindAll] with the matches as [Regexp.FindSubmatch] returns them.
func (re *Regexp) FindAllSubmatch(ctx context.Context, b []byte, n int) ([][][]byte, error) {
	slots := re.slots()
	return findAll(ctx, re, "saferegex.FindAllSubmatch", b, n, slots, slots/2*headerBytes,
		func(loc []int) [][]byte { return partsOfBytes(b, loc) })
}

// FindAllSubmatchIndex is [Regexp.FindAll] with the matches as [Regexp.FindSubmatchIndex] returns
// them.
func (re *Regexp) FindAllSubmatchIndex(ctx context.Context, b []byte, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllSubmatchIndex", b, n, re.slots())
}

// FindAllStringSubmatch is [Regexp.FindAllString] with the matches as [Regexp.FindStringSubmatch]
// returns them.
func (re *Regexp) FindAllStringSubmatch(ctx context.Context, s string, n int) ([][]string, error) {
	slots := re.slots()
	return findAll(ctx, re, "saferegex.FindAllStringSubmatch", s, n, slots, slots/2*headerBytes,
		func(loc []int) []string { return partsOfString(s, loc) })
}

// FindAllStringSubmatchIndex is [Regexp.FindAllString] with the matches as
// [Regexp.FindStringSubmatchIndex] returns them.
func (re *Regexp) FindAllStringSubmatchIndex(ctx context.Context, s string, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllStringSubmatchIndex", s, n, re.slots())
}

// findAll returns what result makes of the first n matches, or of all if n is negative. Each is
// accounted for with its place in the list and so many bytes besides.
func findAll[T rematch.Text, R any](ctx context.Context, re *Regexp, op string, in T, n, slots, beside int,
	result func(loc []int) R) ([]R, error) {
	return collect(ctx, re, op, in, n, slots, func(m *limits.Meter, loc []int) (R, error) {
		if err := m.Hold(limits.MemoryBytes, int64(beside)); err != nil {
			var none R
			return none, err
		}
		return result(loc), nil
	})
}

func findAllIndex[T rematch.Text](ctx context.Context, re *Regexp, op string, in T, n, slots int) ([][]int, error) {
	var p positions
	return collect(ctx, re, op, in, n, slots, p.copyOf)
}

// collect is findAll for results that charge themselves.
func collect[T rematch.Text, R any](ctx context.Context, re *Regexp, op string, in T, n, slots int,
	result func(m *limits.Meter, loc []int) (R, error)) ([]R, error) {
	if matchless(ctx, re, in) {
		return nil, nil
	}
	if err := re.usable(op); err != nil {
		return nil, err
	}
	m := re.lim.Meter(ctx, op)
	defer finish(&m)
	var all []R
	err := admit(ctx, &m, len(in))
	var text readable[T]
	if err == nil {
		text, err = read(re, &m, in)
	}
	if err == nil {
		run := re.prog.Begin()
		all, err = collectIn(&m, walk(&run, text), n, make([]int, slots), result)
		run.End()
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	return all, nil
}

func collectIn[T rematch.Text, R any](m *limits.Meter, w matches[T], n int, loc []int,
	result func(m *limits.Meter, loc []int) (R, error)) ([]R, error) {
	results := list[R]{bytes: headerBytes}
	for i := 0; i != n; i++ {
		found, err := w.next(m, loc)
		if err != nil {
			return nil, err
		}
		if !found {
			break
		}
		one, err := result(m, loc)
		if err != nil {
			return nil, err
		}
		if err := results.add(m, one); err != nil {
			return nil, err
		}
	}
	return results.join(m)
}
