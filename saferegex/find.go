package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Find returns the leftmost match in b, a part of b, or nil if there is none.
func (re *Regexp) Find(ctx context.Context, b []byte) ([]byte, error) {
	var loc [2]int
	found, err := find(ctx, re, "saferegex.Find", b, loc[:])
	if !found {
		return nil, err
	}
	return b[loc[0]:loc[1]:loc[1]], nil
}

// FindIndex returns where the leftmost match in b begins and ends, or nil if there is none.
func (re *Regexp) FindIndex(ctx context.Context, b []byte) ([]int, error) {
	return findIndex(ctx, re, "saferegex.FindIndex", b)
}

// FindString returns the leftmost match in s, and "" both for an empty match and for none:
// [Regexp.FindStringIndex] tells the two apart.
func (re *Regexp) FindString(ctx context.Context, s string) (string, error) {
	var loc [2]int
	found, err := find(ctx, re, "saferegex.FindString", s, loc[:])
	if !found {
		return "", err
	}
	return s[loc[0]:loc[1]], nil
}

// FindStringIndex returns where the leftmost match in s begins and ends, or nil if there is none.
func (re *Regexp) FindStringIndex(ctx context.Context, s string) ([]int, error) {
	return findIndex(ctx, re, "saferegex.FindStringIndex", s)
}

// FindSubmatch returns the leftmost match in b and its groups, parts of b and nil for a group that
// took no part; or nil if there is no match.
func (re *Regexp) FindSubmatch(ctx context.Context, b []byte) ([][]byte, error) {
	loc, err := findSubmatch(ctx, re, "saferegex.FindSubmatch", b)
	if loc == nil {
		return nil, err
	}
	return partsOfBytes(b, loc), nil
}

// FindSubmatchIndex returns where the leftmost match in b and its groups begin and end, -1 for a
// group that took no part; or nil if there is no match.
func (re *Regexp) FindSubmatchIndex(ctx context.Context, b []byte) ([]int, error) {
	return findSubmatch(ctx, re, "saferegex.FindSubmatchIndex", b)
}

// FindStringSubmatch returns the leftmost match in s and its groups, "" for a group that took no
// part; or nil if there is no match.
func (re *Regexp) FindStringSubmatch(ctx context.Context, s string) ([]string, error) {
	loc, err := findSubmatch(ctx, re, "saferegex.FindStringSubmatch", s)
	if loc == nil {
		return nil, err
	}
	return partsOfString(s, loc), nil
}

// FindStringSubmatchIndex returns where the leftmost match in s and its groups begin and end, -1
// for a group that took no part; or nil if there is no match.
func (re *Regexp) FindStringSubmatchIndex(ctx context.Context, s string) ([]int, error) {
	return findSubmatch(ctx, re, "saferegex.FindStringSubmatchIndex", s)
}

// find fills caps with the leftmost match and reports whether there is one.
func find[T rematch.Text](ctx context.Context, re *Regexp, op string, in T, caps []int) (bool, error) {
	if found, done := quick(ctx, re, in, false, caps); done {
		return found, nil
	}
	return findMetered(ctx, re, op, in, caps)
}

func findMetered[T rematch.Text](ctx context.Context, re *Regexp, op string, in T, caps []int) (bool, error) {
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
		found, err = text.find(&run, &m, 0, caps)
		run.End()
	}
	if found && err == nil {
		err = text.narrowAll(&m, caps)
	}
	if found && err == nil {
		err = m.Spend(limits.Items, 1)
	}
	if err := m.Finish(err); err != nil {
		return false, err
	}
	return found, nil
}

func findIndex[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) ([]int, error) {
	var loc [2]int
	found, err := find(ctx, re, op, in, loc[:])
	if !found {
		return nil, err
	}
	return []int{loc[0], loc[1]}, nil
}

func findSubmatch[T rematch.Text](ctx context.Context, re *Regexp, op string, in T) ([]int, error) {
	// A text without a match costs no allocation, unless there are many groups.
	var few [16]int
	loc := few[:min(re.slots(), len(few))]
	if len(loc) < re.slots() {
		loc = make([]int, re.slots())
	}
	found, err := find(ctx, re, op, in, loc)
	if !found {
		return nil, err
	}
	return append([]int(nil), loc...), nil
}

// slots returns the number of positions in a match with all its groups.
func (re *Regexp) slots() int { return 2 * (re.NumSubexp() + 1) }

// partsOfBytes returns the match and its groups.
func partsOfBytes(b []byte, loc []int) [][]byte {
	parts := make([][]byte, len(loc)/2)
	for i := range parts {
		if from, to := loc[2*i], loc[2*i+1]; from >= 0 {
			parts[i] = b[from:to:to]
		}
	}
	return parts
}

// partsOfString returns the match and its groups.
func partsOfString(s string, loc []int) []string {
	parts := make([]string, len(loc)/2)
	for i := range parts {
		if from, to := loc[2*i], loc[2*i+1]; from >= 0 {
			parts[i] = s[from:to]
		}
	}
	return parts
}
