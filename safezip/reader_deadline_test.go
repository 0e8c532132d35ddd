package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// A slowOperation is one call that takes long if nothing ends it.
type slowOperation struct {
	name string
	time time.Duration // after which it is in the midst of what it is about
	run  func(ctx context.Context, lim limits.Limits) error
}

// slowOperations are all of Reader, Writer and Pack whose loops an input lengthens.
func slowOperations(t *testing.T) []slowOperation {
	t.Helper()
	const (
		large = 48 << 20
		short = 2 * time.Millisecond
		long  = 400 * time.Millisecond // Opening takes a part of it.
	)
	deflated := zipbuild.Deflated(make([]byte, large))
	big := zipbuild.Archive{Files: []zipbuild.File{
		{Name: "big", Data: make([]byte, large), Raw: deflated, Method: zipbuild.Deflate},
	}}.Bytes()
	many := zipbuild.Archive{}
	tree := fstest.MapFS{}
	for i := range 60_000 {
		name := fmt.Sprintf("d/%05d%s", i, strings.Repeat("x", i%40))
		many.Files = append(many.Files, zipbuild.File{Name: name})
		if i < 20_000 {
			tree[name] = &fstest.MapFile{Data: []byte(name)}
		}
	}
	many.Zip64 = true
	names := many.Bytes()
	bigTree := fstest.MapFS{"big": {Data: make([]byte, large)}}
	reading := func(name string, after time.Duration, data []byte,
		use func(ctx context.Context, r *safezip.Reader) error) slowOperation {
		return slowOperation{name, after, func(ctx context.Context, lim limits.Limits) error {
			r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), lim)
			if err != nil {
				return err
			}
			defer r.Close()
			return use(ctx, r)
		}}
	}
	return []slowOperation{
		reading("NewReader", short, names, func(context.Context, *safezip.Reader) error { return nil }),
		reading("ReadFile", short, big, func(_ context.Context, r *safezip.Reader) error {
			_, err := r.ReadFile("big")
			return err
		}),
		reading("CopyEntry", short, big, func(ctx context.Context, r *safezip.Reader) error {
			_, err := r.CopyEntry(ctx, io.Discard, "big")
			return err
		}),
		reading("OpenArchive", short, big, func(ctx context.Context, r *safezip.Reader) error {
			_, err := r.OpenArchive(ctx, "big")
			return err
		}),
		reading("ReadDir", long, names, func(_ context.Context, r *safezip.Reader) error {
			for range 1000 {
				if _, err := r.ReadDir("d"); err != nil {
					return err
				}
			}
			return nil
		}),
		reading("Glob", long, names, func(_ context.Context, r *safezip.Reader) error {
			for range 1000 {
				if _, err := r.Glob("*/*x*x*x*x*y"); err != nil {
					return err
				}
			}
			return nil
		}),
		{"OpenStream", short, func(ctx context.Context, lim limits.Limits) error {
			r, err := safezip.OpenStream(ctx, &countingReader{}, lim, safezip.TempDir(t.TempDir()))
			if err == nil {
				err = r.Close()
			}
			return err
		}},
		{"Writer", short, func(ctx context.Context, lim limits.Limits) error {
			w, err := safezip.NewWriter(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			defer w.Close()
			return w.WriteFile("big", make([]byte, large))
		}},
		{"Finish", short, func(ctx context.Context, lim limits.Limits) error {
			w, err := safezip.NewWriter(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			defer w.Close()
			for i := range 60_000 {
				if err := w.Mkdir(fmt.Sprint(i)); err != nil {
					return err
				}
			}
			_, err = w.Finish()
			return err
		}},
		{"Pack many", short, func(ctx context.Context, lim limits.Limits) error {
			_, err := safezip.Pack(ctx, io.Discard, tree, lim)
			return err
		}},
		{"Pack one", short, func(ctx context.Context, lim limits.Limits) error {
			_, err := safezip.Pack(ctx, io.Discard, bigTree, lim)
			return err
		}},
	}
}

// TestReaderDeadlines has time run out, and steps, in the middle of everything that takes long.
func TestReaderDeadlines(t *testing.T) {
	unlimited := limits.Limits{InputBytes: limits.UnsafeUnlimited, OutputBytes: limits.UnsafeUnlimited,
		Items: limits.UnsafeUnlimited, Depth: limits.UnsafeUnlimited, Steps: limits.UnsafeUnlimited,
		MemoryBytes: limits.UnsafeUnlimited, Time: limits.UnsafeUnlimited}
	for _, op := range slowOperations(t) {
		t.Run(op.name, func(t *testing.T) {
			inTime, inSteps := unlimited, unlimited
			inTime.Time = op.time
			var over time.Duration
			for range 10 { // A busy machine stops a process for longer than that.
				start := time.Now()
				err := op.run(t.Context(), inTime)
				over = time.Since(start) - inTime.Time
				var exceeded *limits.ExceededError
				if !errors.As(err, &exceeded) || exceeded.Resource != limits.Time {
					t.Fatalf("success after the deadline, or another end: %v", err)
				}
				if over < 50*time.Millisecond {
					break
				}
			}
			if over >= 50*time.Millisecond {
				t.Errorf("ten times it went on for longer than 50ms after the deadline: %v", over)
			}
			if op.name == "OpenStream" {
				return // It pays in InputBytes.
			}
			inSteps.Steps = 5000
			var exceeded *limits.ExceededError
			if err := op.run(t.Context(), inSteps); !errors.As(err, &exceeded) || exceeded.Resource != limits.Steps {
				t.Errorf("with 5,000 steps: %v", err)
			}
		})
	}
}
