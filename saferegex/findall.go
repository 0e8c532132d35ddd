package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// FindAll returns the matches in b from left to right, at most n of them if n is not negative, or
// nil if there is none. They do not overlap; an empty match right behind another match is left out.
func (re *Regexp) FindAll(ctx context.Context, b []byte, n int) ([][]byte, error) {
	var all [][]byte
	err := findAll(ctx, re, "saferegex.FindAll", b, n, 2, headerBytes,
		func(loc []int) { all = append(all, b[loc[0]:loc[1]:loc[1]]) })
	if err != nil {
		return nil, err
	}
	return all, nil
}

// FindAllIndex is [Regexp.FindAll] with the matches as [Regexp.FindIndex] returns them.
func (re *Regexp) FindAllIndex(ctx context.Context, b []byte, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllIndex", b, n, 2)
}

// FindAllString returns the matches in s from left to right, at most n of them if n is not
// negative, or nil if there is none. They do not overlap; an empty match right behind another match
// is left out.
func (re *Regexp) FindAllString(ctx context.Context, s string, n int) ([]string, error) {
	var all []string
	err := findAll(ctx, re, "saferegex.FindAllString", s, n, 2, headerBytes,
		func(loc []int) { all = append(all, s[loc[0]:loc[1]]) })
	if err != nil {
		return nil, err
	}
	return all, nil
}

// FindAllStringIndex is [Regexp.FindAllString] with the matches as [Regexp.FindStringIndex] returns
// them.
func (re *Regexp) FindAllStringIndex(ctx context.Context, s string, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllStringIndex", s, n, 2)
}

// FindAllSubmatch is [Regexp.FindAll] with the matches as [Regexp.FindSubmatch] returns them.
func (re *Regexp) FindAllSubmatch(ctx context.Context, b []byte, n int) ([][][]byte, error) {
	var all [][][]byte
	slots := re.slots()
	err := findAll(ctx, re, "saferegex.FindAllSubmatch", b, n, slots, headerBytes+slots/2*headerBytes,
		func(loc []int) { all = append(all, partsOfBytes(b, loc)) })
	if err != nil {
		return nil, err
	}
	return all, nil
}

// FindAllSubmatchIndex is [Regexp.FindAll] with the matches as [Regexp.FindSubmatchIndex] returns
// them.
func (re *Regexp) FindAllSubmatchIndex(ctx context.Context, b []byte, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllSubmatchIndex", b, n, re.slots())
}

// FindAllStringSubmatch is [Regexp.FindAllString] with the matches as [Regexp.FindStringSubmatch]
// returns them.
func (re *Regexp) FindAllStringSubmatch(ctx context.Context, s string, n int) ([][]string, error) {
	var all [][]string
	slots := re.slots()
	err := findAll(ctx, re, "saferegex.FindAllStringSubmatch", s, n, slots, headerBytes+slots/2*headerBytes,
		func(loc []int) { all = append(all, partsOfString(s, loc)) })
	if err != nil {
		return nil, err
	}
	return all, nil
}

// FindAllStringSubmatchIndex is [Regexp.FindAllString] with the matches as
// [Regexp.FindStringSubmatchIndex] returns them.
func (re *Regexp) FindAllStringSubmatchIndex(ctx context.Context, s string, n int) ([][]int, error) {
	return findAllIndex(ctx, re, "saferegex.FindAllStringSubmatchIndex", s, n, re.slots())
}

// findAll hands the first n matches to deliver, or all if n is negative. Each is accounted for with
// so many bytes of memory, the place in the result's own slice and what append makes too much of it
// included.
func findAll[T rematch.Text](ctx context.Context, re *Regexp, op string, in T, n, slots, bytes int,
	deliver func(loc []int)) error {
	if err := re.usable(op); err != nil {
		return err
	}
	m := re.lim.Meter(ctx, op)
	err := admit(ctx, &m, len(in))
	if err == nil {
		run := re.prog.Begin()
		w := walk(&run, in)
		err = w.collect(&m, n, make([]int, slots), bytes, deliver)
		run.End()
	}
	return m.Finish(err)
}

func (w *matches[T]) collect(m *limits.Meter, n int, loc []int, bytes int, deliver func(loc []int)) error {
	for i := 0; i != n; i++ {
		found, err := w.next(m, loc)
		if err != nil || !found {
			return err
		}
		if err := m.Hold(limits.MemoryBytes, int64(bytes)); err != nil {
			return err
		}
		deliver(loc)
	}
	return nil
}

func findAllIndex[T rematch.Text](ctx context.Context, re *Regexp, op string, in T, n, slots int) ([][]int, error) {
	var all [][]int
	err := findAll(ctx, re, op, in, n, slots, headerBytes+slots*positionBytes,
		func(loc []int) { all = append(all, append([]int(nil), loc...)) })
	if err != nil {
		return nil, err
	}
	return all, nil
}
