package saferegex_test

import (
	"context"
	"errors"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// TestLane has short operations, which go without a meter, refused and charged as all others are.
func TestLane(t *testing.T) {
	const pattern = `^(\w+)@(\w+)\.com$`
	text := "someone@example.com"
	calls := map[string]func(ctx context.Context, re *saferegex.Regexp) error{
		"Match": func(ctx context.Context, re *saferegex.Regexp) error { _, err := re.MatchString(ctx, text); return err },
		"FullMatch": func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FullMatchString(ctx, text)
			return err
		},
		"Find": func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindStringIndex(ctx, text)
			return err
		},
		"FindSubmatch": func(ctx context.Context, re *saferegex.Regexp) error {
			_, err := re.FindStringSubmatch(ctx, text)
			return err
		},
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, call := range calls {
		for _, tc := range []struct {
			name string
			ctx  context.Context
			lim  limits.Limits
			want error
		}{
			{"enough of everything", t.Context(), wide, nil},
			{"exactly as long", t.Context(), limits.Limits{InputBytes: limits.Bytes(len(text)), Time: time.Minute}, nil},
			{"a byte too long", t.Context(), limits.Limits{InputBytes: limits.Bytes(len(text) - 1), Time: time.Minute},
				limits.ErrExceeded},
			{"a context that has ended", canceled, wide, context.Canceled},
			{"no context", nil, wide, limits.ErrConfig},
		} {
			re := saferegex.MustCompile(pattern, tc.lim)
			if err := call(tc.ctx, re); !errors.Is(err, tc.want) {
				t.Errorf("%s with %s: %v", name, tc.name, err)
			}
		}
		if err := call(t.Context(), new(saferegex.Regexp)); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s of a zero Regexp: %v", name, err)
		}
		// An envelope and an observer are told.
		re := saferegex.MustCompile(pattern, wide)
		var used limits.Usage
		watched := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
			used = e.Usage
		}})
		if err := call(watched, re); err != nil || used.Steps < int64(len(text)) || int(used.InputBytes) != len(text) {
			t.Errorf("%s: %v, an observer is told of %+v", name, err, used)
		}
		ctx, stop, err := limits.With(t.Context(), limits.Limits{Steps: used.Steps - 1})
		if err != nil {
			t.Fatal(err)
		}
		if err := call(ctx, re); !errors.Is(err, limits.ErrExceeded) {
			t.Errorf("%s in an envelope with a step too few: %v", name, err)
		}
		stop()
	}
}

// TestLaneOverAllMatches has find-all and replace on short texts refused and charged as all others
// are, and answer as regexp does, with a match and without one.
func TestLaneOverAllMatches(t *testing.T) {
	const pattern = `(\d+)-`
	std := regexp.MustCompile(pattern)
	type call struct {
		name      string
		got, want func(ctx context.Context, re *saferegex.Regexp, text string) (any, error)
	}
	want := func(f func(text string) any) func(context.Context, *saferegex.Regexp, string) (any, error) {
		return func(_ context.Context, _ *saferegex.Regexp, text string) (any, error) { return f(text), nil }
	}
	for _, c := range []call{
		{"FindAllString", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.FindAllString(ctx, text, -1)
		}, want(func(text string) any { return std.FindAllString(text, -1) })},
		{"FindAllSubmatchIndex", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.FindAllSubmatchIndex(ctx, []byte(text), -1)
		}, want(func(text string) any { return std.FindAllSubmatchIndex([]byte(text), -1) })},
		{"ReplaceAllString", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.ReplaceAllString(ctx, text, "x")
		}, want(func(text string) any { return std.ReplaceAllString(text, "x") })},
		{"ReplaceAllString with a group", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.ReplaceAllString(ctx, text, "<$1>")
		}, want(func(text string) any { return std.ReplaceAllString(text, "<$1>") })},
		{"ReplaceAllLiteral", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.ReplaceAllLiteral(ctx, []byte(text), []byte("$1"))
		}, want(func(text string) any { return std.ReplaceAllLiteral([]byte(text), []byte("$1")) })},
		{"ReplaceAllStringFunc", func(ctx context.Context, re *saferegex.Regexp, text string) (any, error) {
			return re.ReplaceAllStringFunc(ctx, text, strings.ToUpper)
		}, want(func(text string) any { return std.ReplaceAllStringFunc(text, strings.ToUpper) })},
	} {
		for _, text := range []string{"", "x", "1-", "a 12 b", "a 12- 3- b", strings.Repeat("1", 128),
			strings.Repeat("1", 129), strings.Repeat(".", 126) + "1-", strings.Repeat(".", 127) + "1-"} {
			re := saferegex.MustCompile(pattern, wide)
			want, _ := c.want(t.Context(), re, text)
			if got, err := c.got(t.Context(), re, text); err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s of %.20q: %q, %v; want %q", c.name, text, got, err, want)
			}
			var steps int64
			watched := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
				steps = e.Usage.Steps
			}})
			if _, err := c.got(watched, re, text); err != nil || steps < int64(len(text)) {
				t.Errorf("%s of %.20q: %v, an observer is told of %d steps", c.name, text, err, steps)
			}
			if _, err := c.got(nil, re, text); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s without a context: %v", c.name, err)
			}
			if _, err := c.got(t.Context(), new(saferegex.Regexp), text); !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s of a zero Regexp: %v", c.name, err)
			}
			if len(text) > 1 {
				short := wide
				short.InputBytes = limits.Bytes(len(text) - 1)
				if _, err := c.got(t.Context(), saferegex.MustCompile(pattern, short), text); !errors.Is(err, limits.ErrExceeded) {
					t.Errorf("%s of a byte too much: %v", c.name, err)
				}
				short = wide
				short.OutputBytes = limits.Bytes(len(text) - 1)
				_, err := c.got(t.Context(), saferegex.MustCompile(pattern, short), text)
				if strings.HasPrefix(c.name, "Replace") && !std.MatchString(text) && !errors.Is(err, limits.ErrExceeded) {
					t.Errorf("%s with an output of a byte too much: %v", c.name, err)
				}
			}
		}
	}
}
