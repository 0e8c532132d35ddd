//go:build linux && !race

package reliability

import (
	"context"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/unicodeid"
)

// dearTexts are inputs of unicodeid and saferegex.
func dearTexts() []dear {
	register := func(text string, opts ...unicodeid.Option) func(context.Context, limits.Limits) error {
		return func(ctx context.Context, lim limits.Limits) error {
			p, err := unicodeid.New(lim, append(opts, unicodeid.Graphemes(1<<20))...)
			if err != nil {
				return err
			}
			_, err = p.Register(ctx, text)
			return err
		}
	}
	return []dear{
		{"name: marks on one letter", 200_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return register("a" + strings.Repeat("\u0301\u0302", n/2))
		}},
		{"name: restricted marks", 200_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return register("a" + strings.Repeat("\u1dd3\u1dd4", n/2))
		}},
		{"name: replacement characters", 200_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return register(strings.Repeat("\ufffd", n))
		}},
		{"name: joined emoji", 200_000, 0, func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
			return register("a"+strings.Repeat("\U0001F468\u200d", n/2), unicodeid.AllowEmoji())
		}},
		{"name: the beginning of a word", 20_000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return register(strings.Repeat("a", n), unicodeid.Blocked(strings.Repeat("a", 60)+"b"))
			}},
		{"pattern: states of the longest match", 20_000, 10_000_000,
			func(t *testing.T, n int) func(context.Context, limits.Limits) error {
				return matched(t, `(?:[ab]{0,100}|a*b*){0,5}z`, strings.Repeat("ab", n/2), saferegex.Longest())
			}},
		{"pattern: names of classes", 30_000, 10_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return func(ctx context.Context, lim limits.Limits) error {
					_, err := saferegex.Compile(ctx, "["+strings.Repeat("[:", n/2)+"]", lim, saferegex.PatternBytes(limits.MiB))
					return err
				}
			}},
		{"pattern: an open match byte by byte", 4000, 1_000_000,
			func(_ *testing.T, n int) func(context.Context, limits.Limits) error {
				return func(ctx context.Context, lim limits.Limits) error {
					re, err := saferegex.Compile(ctx, `a[^b]{0,900}b`, lim)
					if err != nil {
						return err
					}
					text := iotest.OneByteReader(strings.NewReader(strings.Repeat("a", n)))
					_, err = re.Redact(ctx, io.Discard, text, "", 64*limits.KiB)
					return err
				}
			}},
	}
}

func matched(t *testing.T, pattern, text string, opts ...saferegex.Option) func(context.Context, limits.Limits) error {
	t.Helper()
	return func(ctx context.Context, lim limits.Limits) error {
		re, err := saferegex.Compile(ctx, pattern, lim, opts...)
		if err != nil {
			return err
		}
		_, err = re.FindStringIndex(ctx, text)
		return err
	}
}
