package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Expand appends template to dst with its variables replaced by groups of a match, which is one
// that [Regexp.FindSubmatchIndex] has found in src, and returns the result. A variable is $name or
// ${name}, where a name of digits is the number of a group; $name takes as many letters, digits and
// underscores as there are, so $1x is ${1x}. $$ is a dollar sign. A name of no group that took part
// in the match is empty.
//
// src counts against InputBytes, and what is appended against OutputBytes. A match that does not
// lie within src is a [*limits.ConfigError].
func (re *Regexp) Expand(ctx context.Context, dst, template, src []byte, match []int) ([]byte, error) {
	return expand(ctx, re, "saferegex.Expand", dst, string(template), src, match)
}

// ExpandString is [Regexp.Expand] for a template and a text that are strings.
func (re *Regexp) ExpandString(ctx context.Context, dst []byte, template, src string, match []int) ([]byte, error) {
	return expand(ctx, re, "saferegex.ExpandString", dst, template, src, match)
}

func expand[T rematch.Text](ctx context.Context, re *Regexp, op string, dst []byte, template string, src T,
	match []int) ([]byte, error) {
	if !validMatch(match, len(src)) {
		return nil, setup.Misuse(op, "match",
			"is not one of the text: pass what FindSubmatchIndex returned for it")
	}
	if err := re.usable(op); err != nil {
		return nil, err
	}
	m := re.making.Meter(ctx, op)
	defer finish(&m)
	var pieces []piece
	var out output
	err := admit(ctx, &m, len(src))
	if err == nil {
		pieces, err = re.parseTemplate(&m, template)
	}
	if err == nil {
		err = appendPieces(&m, &out, pieces, src, match)
	}
	if err == nil {
		dst, err = out.join(&m, dst)
	}
	if err := m.Finish(err); err != nil {
		return nil, err
	}
	return dst, nil
}

// validMatch reports whether loc can be a match in a text of n bytes, as [Regexp.Expand] is given
// one from outside.
func validMatch(loc []int, n int) bool {
	if len(loc)%2 != 0 {
		return false
	}
	for i := 0; i < len(loc); i += 2 {
		if from, to := loc[i], loc[i+1]; from >= 0 && (to < from || to > n) {
			return false
		}
	}
	return true
}
