package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// streamed unpacks a stream and checks that nothing of the spool is left, and nothing of the tree
// after an error.
func streamed(ctx context.Context, t *testing.T, src io.Reader, lim limits.Limits, opts ...safezip.Option) (string,
	error) {
	t.Helper()
	spool := t.TempDir()
	dir := filepath.Join(t.TempDir(), "out")
	defer func() {
		if left := readTree(t, spool); len(left) > 0 {
			t.Errorf("the spool is left: %v", left)
		}
		ziptest.AssertContained(t, dir)
	}()
	r, err := safezip.ExtractStream(ctx, dir, src, lim, append(opts, safezip.TempDir(spool))...)
	if err != nil {
		if _, statErr := os.Lstat(dir); r != nil || !errors.Is(statErr, fs.ErrNotExist) {
			t.Errorf("after an error: report %v, directory %v", r, statErr)
		}
	}
	return dir, err
}

func TestExtractStream(t *testing.T) {
	data := ordinary()
	lim := sensible
	lim.InputBytes = limits.Bytes(len(data))
	for name, src := range map[string]io.Reader{
		"whole":         bytes.NewReader(data),
		"byte by byte":  iotest.OneByteReader(bytes.NewReader(data)),
		"data with EOF": iotest.DataErrReader(bytes.NewReader(data)),
	} {
		t.Run(name, func(t *testing.T) {
			dir, err := streamed(t.Context(), t, src, lim)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(readByGo(t, data), readTree(t, dir)); diff != "" {
				t.Errorf("tree (-want +got):\n%s", diff)
			}
		})
	}
}

// TestExtractStreamBound reads one byte past the limit, and no more.
func TestExtractStreamBound(t *testing.T) {
	lim := sensible
	lim.InputBytes = 100_000
	endless := &countingReader{}
	_, err := streamed(t.Context(), t, endless, lim)
	limittable.Exceeds(t, err, limits.InputBytes, 100_000)
	if endless.n != 100_001 {
		t.Errorf("%d bytes of the stream were read; want 100,001", endless.n)
	}
	data := ordinary()
	lim.InputBytes = limits.Bytes(len(data) - 1)
	_, err = streamed(t.Context(), t, bytes.NewReader(data), lim)
	limittable.Exceeds(t, err, limits.InputBytes, int64(len(data)-1))
}

// countingReader is an endless stream of zeros that counts what is taken.
type countingReader struct{ n int }

func (r *countingReader) Read(p []byte) (int, error) {
	r.n += len(p)
	clear(p)
	return len(p), nil
}

func TestExtractStreamErrors(t *testing.T) {
	lim := sensible
	lim.InputBytes = limits.MiB
	broken := errors.New("the connection is gone")
	_, err := streamed(t.Context(), t, io.MultiReader(bytes.NewReader(make([]byte, 1000)), iotest.ErrReader(broken)),
		lim)
	if !errors.Is(err, broken) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
		t.Errorf("%v; want the stream's error", err)
	}

	_, err = streamed(t.Context(), t, readerFunc(func([]byte) (int, error) { return 0, nil }), lim)
	if !errors.Is(err, io.ErrNoProgress) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("%v; want no progress", err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	_, err = streamed(ctx, t, readerFunc(func(p []byte) (int, error) { cancel(); return len(p[:1]), nil }), lim)
	if !errors.Is(err, context.Canceled) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("%v; want the cancelled context", err)
	}

	slow := lim
	slow.Time = 5 * time.Millisecond
	_, err = streamed(t.Context(), t,
		readerFunc(func(p []byte) (int, error) { time.Sleep(2 * time.Millisecond); return 1, nil }), slow)
	limittable.Exceeds(t, err, limits.Time, int64(slow.Time))

	func() {
		defer func() {
			if v := recover(); v != "mine" {
				t.Errorf("recovered %v", v)
			}
		}()
		_, _ = streamed(t.Context(), t, readerFunc(func([]byte) (int, error) { panic("mine") }), lim)
	}()

	for _, c := range hostile() {
		if c.Rule == safezip.RuleOverlap || c.Rule == safezip.RuleChecksum {
			_, err = streamed(t.Context(), t, bytes.NewReader(c.Data), lim)
			ruleOf(t, err, c.Rule)
		}
	}
	_, err = streamed(t.Context(), t, bytes.NewReader(ordinary()), sensible)
	if !errors.Is(err, limits.ErrUnset) {
		t.Errorf("without InputBytes: %v", err)
	}
	_, err = streamed(t.Context(), t, nil, lim)
	if !errors.Is(err, limits.ErrConfig) {
		t.Errorf("without a stream: %v", err)
	}
	_, err = safezip.ExtractStream(t.Context(), filepath.Join(t.TempDir(), "out"), bytes.NewReader(ordinary()), lim,
		safezip.TempDir(filepath.Join(t.TempDir(), "missing")), safezip.SpoolBytes(1))
	if !errors.Is(err, fs.ErrNotExist) || errors.Is(err, limits.ErrConfig) {
		t.Errorf("without a spool: %v", err)
	}
	_, err = safezip.ExtractStream(t.Context(), filepath.Join(t.TempDir(), "out"), bytes.NewReader(ordinary()), lim,
		safezip.TempDir(""))
	if !errors.Is(err, limits.ErrConfig) {
		t.Errorf("with an empty TempDir: %v", err)
	}
}

// readerFunc is an io.Reader in a function.
type readerFunc func(p []byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }
