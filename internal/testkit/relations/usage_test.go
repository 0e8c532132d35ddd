package relations

import (
	"bytes"
	"context"
	"errors"
	"io"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/unicodeid"
)

// operations take any bytes, and say by their limits alone what they may use.
var operations = []struct {
	name string
	seed string // bytes that it takes
	// the resources of which it needs exactly what it has used
	counts []limits.Resource
	run    func(t *testing.T, ctx context.Context, data []byte, lim limits.Limits) error
}{
	// It asks whether the steps of unpacking would fit as well, and takes fewer.
	{"safezip.Inspect", string(zipped), []limits.Resource{limits.InputBytes, limits.Items, limits.Depth},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), lim)
			return err
		}},
	{"safexml.Validate", "<a b='c'><d>text</d><!-- x --></a>",
		[]limits.Resource{limits.InputBytes, limits.Items, limits.Depth, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			lim.OutputBytes = 0 // Nothing expands.
			_, err := safexml.Validate(ctx, bytes.NewReader(data), lim)
			return err
		}},
	{"unicodeid.Register", "ƝHHHHHHAndrea", []limits.Resource{limits.Steps, limits.MemoryBytes},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			p, err := unicodeid.New(lim, unicodeid.Reserved("admin"))
			if err == nil {
				_, err = p.Register(ctx, string(data))
			}
			return err
		}},
	{"unicodeid.Lookup", "Straße", []limits.Resource{limits.Steps, limits.MemoryBytes},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			p, err := unicodeid.New(lim)
			if err == nil {
				_, err = p.Lookup(ctx, string(data))
			}
			return err
		}},
	{"saferegex.ReplaceAllString", "\x01one two three four",
		[]limits.Resource{limits.OutputBytes, limits.Items, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			re, text, err := pattern(ctx, data, lim)
			if err == nil {
				_, err = re.ReplaceAllString(ctx, string(text), "<$0$1>")
			}
			return err
		}},
	{"saferegex.FindAllSubmatchIndex", "\x00banana", []limits.Resource{limits.Items, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			re, text, err := pattern(ctx, data, lim)
			if err == nil {
				_, err = re.FindAllSubmatchIndex(ctx, text, -1)
			}
			return err
		}},
	{"saferegex.Redact", "\x02abab", []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			re, text, err := pattern(ctx, data, lim)
			if err == nil {
				_, err = re.Redact(ctx, io.Discard, bytes.NewReader(text), "<$1>", limits.KiB)
			}
			return err
		}},
	{"decompress.Bytes", gzipped, []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			lim.Depth = 0
			_, err := decompress.Bytes(ctx, data, decompress.Gzip, lim)
			return err
		}},
	{"safexml.NewReader", "<!DOCTYPE a [<!ENTITY e 'text'>]><a b='&e;'>&e;</a>",
		[]limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Depth, limits.Steps},
		func(_ *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			r, err := safexml.NewReader(ctx, bytes.NewReader(data), lim, safexml.LiteralEntities())
			if err == nil {
				_, err = io.Copy(io.Discard, r)
			}
			return err
		}},
	{"safezip.Extract", string(zipped),
		[]limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Depth, limits.Steps,
			limits.MemoryBytes},
		func(t *testing.T, ctx context.Context, data []byte, lim limits.Limits) error {
			_, err := safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)), lim,
				safezip.Workers(1))
			return err
		}},
}

// errOther ends a run that says nothing about the operation: another one, which it needs, was
// refused.
var errOther = errors.New("refused before the operation")

// patterns are those of the operations of saferegex.
var patterns = []string{`a+`, `(\w+) (\w+)`, `[^b]*b`, `(?i)x|y|zz`, `\bfoo`, `(a|ab)(c|bcd)*$`, ``, `.`}

// pattern compiles the pattern that the first byte of data names. Compile has the limits of the
// operations that follow, and needs others.
func pattern(ctx context.Context, data []byte, lim limits.Limits) (*saferegex.Regexp, []byte, error) {
	if len(data) == 0 {
		return nil, nil, errOther
	}
	re, err := saferegex.Compile(ctx, patterns[int(data[0])%len(patterns)], lim)
	if err != nil {
		return nil, nil, errOther
	}
	return re, data[1:], nil
}

// gzipped and zipped are small archives of files that are compressed.
const gzipped = "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\x4c\x84\x01\x00\xf0\xcd\x11\x4c\x0a\x00\x00\x00"

var zipped = zipbuild.Archive{Files: []zipbuild.File{{Name: "a/b", Data: []byte("text")},
	{Name: "c", Method: zipbuild.Deflate, Data: bytes.Repeat([]byte("x"), 500)}}}.Bytes()

// start is what an operation may use at first.
var start = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 10_000, Depth: 16, Steps: 1 << 20,
	MemoryBytes: 64 * limits.MiB, Time: time.Minute}

// TestSeeds has every operation take its seed, or FuzzExactUsage would say nothing of it.
func TestSeeds(t *testing.T) {
	for _, op := range operations {
		if err := op.run(t, t.Context(), []byte(op.seed), start); err != nil {
			t.Errorf("%s: %v", op.name, err)
		}
	}
}

// FuzzExactUsage runs an operation, gives it what it has used as its limits, and then one less of
// each resource.
func FuzzExactUsage(f *testing.F) {
	for which := range operations {
		f.Add(uint8(which), []byte(operations[which].seed))
	}
	f.Fuzz(func(t *testing.T, which uint8, data []byte) {
		if len(data) > 1<<14 {
			return
		}
		op := operations[int(which)%len(operations)]
		var used limits.Usage
		ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
			used = e.Usage
		}})
		if op.run(t, ctx, data, start) != nil {
			return
		}
		need := used // Those that follow are observed as well.
		exact := start
		for _, r := range op.counts {
			if n := need.Of(r); n > 0 {
				limittable.Set(&exact, r, n)
			}
		}
		if err := op.run(t, ctx, data, exact); err != nil {
			if errors.Is(err, errOther) {
				return
			}
			t.Fatalf("%s of %q has used %+v, and with that: %v", op.name, data, need, err)
		}
		for _, r := range op.counts {
			if need.Of(r) < 2 {
				continue // One less would be no limit.
			}
			less := exact
			limittable.Set(&less, r, need.Of(r)-1)
			err := op.run(t, ctx, data, less)
			if errors.Is(err, errOther) {
				continue
			}
			if e, ok := errors.AsType[*limits.ExceededError](err); !ok || e.Resource != r {
				t.Fatalf("%s of %q with one less of %v than %d: %v", op.name, data, r, need.Of(r), err)
			}
		}
	})
}
