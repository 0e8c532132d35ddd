package saferegex_test

import (
	"context"
	"errors"
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
