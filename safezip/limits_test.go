package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// ordinary is an archive of a few files and directories in every shape that costs something.
func ordinary() []byte {
	return zipbuild.Archive{Files: []zipbuild.File{
		{Name: "d/"},
		{Name: "d/a", Method: zipbuild.Deflate, Data: bytes.Repeat([]byte("line\n"), 1000)},
		{Name: "d/e/f/b", Data: []byte("stored"), Descriptor: zipbuild.Signed32},
		{Name: "c", Method: zipbuild.Deflate, Data: bytes.Repeat([]byte("x"), 65), Descriptor: zipbuild.Plain64},
		{Name: "empty"},
	}, Zip64: true}.Bytes()
}

// cost returns what extracting the archive takes.
func cost(t *testing.T, data []byte, opts ...safezip.Option) limits.Usage {
	t.Helper()
	var usage limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context,
		e limits.Event) {
		usage = e.Usage
	}})
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := safezip.Extract(ctx, dir, bytes.NewReader(data), int64(len(data)), sensible, opts...); err != nil {
		t.Fatal(err)
	}
	return usage
}

// TestCost counts by hand what an archive costs. The numbers are promised by the package comment.
func TestCost(t *testing.T) {
	data := ordinary()
	got := cost(t, data)
	// 1 end record, 2 of zip64, 5 central and 5 local headers, 2 descriptors; 79 blocks of 64 bytes
	// for 5,000, 1 for 6, 2 for 65.
	if want := int64(1 + 2 + 5 + 5 + 2 + 79 + 1 + 2); got.Steps != want {
		t.Errorf("%d steps; want %d", got.Steps, want)
	}
	if want := int64(5 + 2); got.Items != want { // five entries, and the directories d/e and d/e/f
		t.Errorf("%d items; want %d", got.Items, want)
	}
	if want := limits.Bytes(5000 + 6 + 65); got.OutputBytes != want {
		t.Errorf("%d bytes; want %d", got.OutputBytes, want)
	}
	if got.InputBytes != limits.Bytes(len(data)) {
		t.Errorf("%d bytes of input; want %d", got.InputBytes, len(data))
	}
	if got.Depth != 4 {
		t.Errorf("depth %d; want 4", got.Depth)
	}
	for _, workers := range []int{1, 2, 8} {
		again := cost(t, data, safezip.Workers(workers))
		if again.Steps != got.Steps || again.Items != got.Items || again.OutputBytes != got.OutputBytes {
			t.Errorf("%d workers: %+v; want %+v", workers, again, got)
		}
	}
}

// TestLimits passes an archive at exactly each limit, and refuses it one below.
func TestLimits(t *testing.T) {
	data := ordinary()
	one := safezip.Workers(1)
	used := cost(t, data, one)
	base := limits.Limits{OutputBytes: limits.GiB, Items: 1000, Time: time.Minute}
	rows := limittable.Rows(used, limittable.Fields{
		Required: []limits.Resource{limits.OutputBytes, limits.Items, limits.Time}})
	limittable.Check(t, base, rows, func(t *testing.T, lim limits.Limits) error {
		_, _, err := extract(t, data, lim, one)
		if lim.MemoryBytes > 0 {
			return err // Inspect needs no buffers.
		}
		if _, other := inspect(t, data, lim); sameText(err) != sameText(other) {
			t.Errorf("Extract says %v, Inspect %v", err, other)
		}
		return err
	})
	t.Run("Time", outOfTime)
}

// sameText is the text of an error without the name of the operation.
func sameText(err error) string {
	if err == nil {
		return ""
	}
	_, text, _ := strings.Cut(err.Error(), ": ")
	return text
}

// TestOptionLimits does the same for the limits that are options.
func TestOptionLimits(t *testing.T) {
	data := ordinary()
	directory := int64(0)
	for i := range 5 {
		directory += 46 + int64(len([]string{"d/", "d/a", "d/e/f/b", "c", "empty"}[i]))
	}
	for _, test := range []struct {
		name     string
		option   func(n int64) safezip.Option
		n        int64
		resource limits.Resource
	}{
		{"MaxEntryBytes", func(n int64) safezip.Option { return safezip.MaxEntryBytes(limits.Bytes(n)) }, 5000,
			limits.OutputBytes},
		{"DirectoryBytes", func(n int64) safezip.Option { return safezip.DirectoryBytes(limits.Bytes(n)) }, directory,
			limits.MemoryBytes},
	} {
		t.Run(test.name, func(t *testing.T) {
			if _, _, err := extract(t, data, sensible, test.option(test.n)); err != nil {
				t.Errorf("at %d: %v", test.n, err)
			}
			_, _, err := extract(t, data, sensible, test.option(test.n-1))
			limittable.Exceeds(t, err, test.resource, test.n-1)
			if err != nil && (!strings.Contains(err.Error(), `"`) || !strings.HasSuffix(err.Error(),
				"raise "+test.name)) {
				t.Errorf("%q does not say where, or what to raise", err)
			}
		})
	}
}

// outOfTime refuses an archive whose source is slow, and calls it neither the environment's nor the
// caller's fault.
func outOfTime(t *testing.T) {
	lim := sensible
	lim.Time = 20 * time.Millisecond
	data := ordinary()
	src := readerAt(func(p []byte, off int64) (int, error) {
		time.Sleep(15 * time.Millisecond)
		return bytes.NewReader(data).ReadAt(p, off)
	})
	_, err := safezip.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), src, int64(len(data)), lim)
	limittable.Exceeds(t, err, limits.Time, int64(lim.Time))
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v does not match context.DeadlineExceeded", err)
	}
}

// TestRequired refuses limits that are missing or are no limits, whatever the archive.
func TestRequired(t *testing.T) {
	for name, lim := range map[string]limits.Limits{
		"zero":        {},
		"no output":   {Items: 1, Time: time.Second},
		"no items":    {OutputBytes: 1, Time: time.Second},
		"no time":     {OutputBytes: 1, Items: 1},
		"minus one":   {OutputBytes: -1, Items: 1, Time: time.Second},
		"minus depth": {OutputBytes: 1, Items: 1, Time: time.Second, Depth: -5},
		"no unit":     {OutputBytes: 1, Items: 1, Time: 30},
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := extract(t, ordinary(), lim)
			var config *limits.ConfigError
			if !errors.As(err, &config) || !errors.Is(err, limits.ErrUnset) || !errors.Is(err, limits.ErrConfig) ||
				errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v; want an unset limit", err)
			}
			if _, err := inspect(t, ordinary(), lim); !errors.Is(err, limits.ErrUnset) {
				t.Errorf("Inspect: %v; want an unset limit", err)
			}
		})
	}
}

// TestUnlimited takes limits.UnsafeUnlimited for each field.
func TestUnlimited(t *testing.T) {
	const none = limits.UnsafeUnlimited
	all := limits.Limits{InputBytes: none, OutputBytes: none, Items: none, Depth: none, Steps: none,
		MemoryBytes: none, Time: none}
	if _, _, err := extract(t, ordinary(), all); err != nil {
		t.Error(err)
	}
	if _, _, err := extract(t, ordinary(), limits.Limits{OutputBytes: none, Items: none, Time: none}); err != nil {
		t.Error(err)
	}
	if _, _, err := extract(t, ordinary(), limits.Limits{OutputBytes: math.MaxInt64, Items: math.MaxInt64,
		Time: math.MaxInt64, Steps: math.MaxInt64}); err != nil {
		t.Error(err)
	}
}

// TestDefaultMemoryBytes opens an archive with as many entries as the default directory holds
// within the default memory.
func TestDefaultMemoryBytes(t *testing.T) {
	files := make([]zipbuild.File, 60_000)
	for i := range files {
		files[i].Name = "d" + strings.Repeat("i", 3) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) +
			string(rune('a'+i/676%26)) + string(rune('a'+i/17576))
	}
	data := zipbuild.Archive{Files: files}.Bytes()
	lim := limits.Limits{OutputBytes: 1, Items: 60_000, Time: time.Minute}
	if _, err := inspect(t, data, lim); err != nil {
		t.Error(err)
	}
	lim.Items--
	_, err := inspect(t, data, lim)
	limittable.Exceeds(t, err, limits.Items, lim.Items)
}
