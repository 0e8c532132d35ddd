package reliability

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

func nameOperations() []operation {
	name := sync.OnceValue(func() string { return strings.Repeat("é", 8<<20) })
	profile := func(t *testing.T, lim limits.Limits) *unicodeid.Profile {
		t.Helper()
		p, err := unicodeid.New(lim)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	var rows iter.Seq2[unicodeid.Row, error] = func(yield func(unicodeid.Row, error) bool) {
		for i := range 10_000_000 {
			name := fmt.Sprintf("имя%d", i)
			if !yield(unicodeid.Row{ID: name, Name: name}, nil) {
				return
			}
		}
	}
	return []operation{
		{name: "unicodeid.Profile.Register", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := profile(t, lim).Register(ctx, name())
			return err
		}},
		{name: "unicodeid.Profile.UnsafeAdopt", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, _, err := profile(t, lim).UnsafeAdopt(ctx, name())
			return err
		}},
		{name: "unicodeid.Profile.Lookup", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := profile(t, lim).Lookup(ctx, name())
			return err
		}},
		{name: "unicodeid.Profile.Audit", counts: limits.Items, slow: func(t *testing.T, ctx context.Context,
			lim limits.Limits) error {
			small := limits.Limits{InputBytes: 255, Items: 64}
			lim.InputBytes, lim.OutputBytes, lim.Depth, lim.Steps = 0, 0, 0, 0
			return profile(t, small).Audit(ctx, rows, lim, func(unicodeid.Finding) error { return nil })
		}},
		{name: "unicodeid.ParseWords", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := unicodeid.ParseWords(ctx, strings.NewReader(strings.Repeat("administrator\n", 1<<20)), lim)
			return err
		}},
	}
}
