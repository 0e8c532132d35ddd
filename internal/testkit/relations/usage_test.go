package relations

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

// operations take any bytes, and say by their limits alone what they may use.
var operations = []struct {
	name string
	// the resources of which it needs exactly what it has used
	counts []limits.Resource
	run    func(ctx context.Context, data []byte, lim limits.Limits) error
}{
	{"safezip.Inspect", []limits.Resource{limits.Items, limits.Depth, limits.Steps},
		func(ctx context.Context, data []byte, lim limits.Limits) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), lim)
			return err
		}},
	{"safexml.Validate", []limits.Resource{limits.InputBytes, limits.Items, limits.Depth, limits.Steps},
		func(ctx context.Context, data []byte, lim limits.Limits) error {
			_, err := safexml.Validate(ctx, bytes.NewReader(data), lim)
			return err
		}},
	{"unicodeid.Register", []limits.Resource{limits.Steps, limits.MemoryBytes},
		func(ctx context.Context, data []byte, lim limits.Limits) error {
			p, err := unicodeid.New(lim, unicodeid.Reserved("admin"))
			if err == nil {
				_, err = p.Register(ctx, string(data))
			}
			return err
		}},
	{"unicodeid.Lookup", []limits.Resource{limits.Steps, limits.MemoryBytes},
		func(ctx context.Context, data []byte, lim limits.Limits) error {
			p, err := unicodeid.New(lim)
			if err == nil {
				_, err = p.Lookup(ctx, string(data))
			}
			return err
		}},
}

// FuzzExactUsage runs an operation, gives it what it has used as its limits, and then one less of
// each resource.
func FuzzExactUsage(f *testing.F) {
	for which, seed := range []string{"PK\x05\x06" + strings.Repeat("\x00", 18), "<a b='c'><d>text</d><!-- x --></a>",
		"ƝHHHHHHAndrea", "Straße"} {
		f.Add(uint8(which), []byte(seed))
	}
	start := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 10_000, Depth: 16, Steps: 1 << 20,
		MemoryBytes: 64 * limits.MiB, Time: time.Minute}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		op := operations[int(which)%len(operations)]
		var used limits.Usage
		ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
			used = e.Usage
		}})
		if op.run(ctx, data, start) != nil {
			return
		}
		need := used // Those that follow are observed as well.
		exact := start
		for _, r := range op.counts {
			if n := need.Of(r); n > 0 {
				set(&exact, r, n)
			}
		}
		if err := op.run(ctx, data, exact); err != nil {
			t.Fatalf("%s of %q has used %+v, and with that: %v", op.name, data, need, err)
		}
		for _, r := range op.counts {
			if need.Of(r) < 2 {
				continue // One less would be no limit.
			}
			less := exact
			set(&less, r, need.Of(r)-1)
			err := op.run(ctx, data, less)
			if e, ok := errors.AsType[*limits.ExceededError](err); !ok || e.Resource != r {
				t.Fatalf("%s of %q with one less of %v than %d: %v", op.name, data, r, need.Of(r), err)
			}
		}
	})
}

// set sets one field.
func set(l *limits.Limits, r limits.Resource, n int64) {
	switch r {
	case limits.InputBytes:
		l.InputBytes = limits.Bytes(n)
	case limits.OutputBytes:
		l.OutputBytes = limits.Bytes(n)
	case limits.Items:
		l.Items = n
	case limits.Depth:
		l.Depth = n
	case limits.Steps:
		l.Steps = n
	case limits.MemoryBytes:
		l.MemoryBytes = limits.Bytes(n)
	case limits.Time:
		l.Time = time.Duration(n)
	}
}
