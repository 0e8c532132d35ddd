package decompress_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

var errEnd, errEOF = io.EOF, io.EOF

// zipped returns data as a gzip member.
func zipped(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

var lines = bytes.Repeat([]byte("a line that compresses well\n"), 10_000)

func sensible() limits.Limits { return limits.Limits{OutputBytes: limits.MiB, Time: time.Minute} }

// TestLimits: exactly each limit passes, and one less is refused for it.
func TestLimits(t *testing.T) {
	data := zipped(t, lines)
	r, err := decompress.NewReader(t.Context(), bytes.NewReader(data), decompress.Gzip, sensible())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Fatal(err)
	}
	used := r.Usage()
	if int(used.OutputBytes) != len(lines) || int(used.InputBytes) != len(data) || used.Items != 1 || used.Depth != 1 ||
		used.Steps != int64(len(lines)+63)/64+3 { // header, trailer, and the empty block that compress/flate ends with
		t.Errorf("usage %v", used)
	}
	rows := limittable.Rows(used, limittable.Fields{Required: []limits.Resource{limits.OutputBytes, limits.Time}})
	limittable.Check(t, sensible(), rows,
		func(t *testing.T, lim limits.Limits) error {
			out, err := unzipped(t, data, lim)
			switch {
			case errors.Is(err, io.EOF) && bytes.Equal(out, lines):
				return nil
			case errors.Is(err, limits.ErrExceeded) && int(lim.OutputBytes) < len(lines) &&
				!bytes.Equal(out, lines[:lim.OutputBytes]):
				t.Errorf("%d bytes come out under a limit of %d", len(out), lim.OutputBytes)
			}
			return err
		})
	t.Run("Items", func(t *testing.T) {
		three := slices.Concat(data, data, data)
		lim := sensible()
		lim.Items = 3
		if _, err := unzipped(t, three, lim, decompress.Multistream()); !errors.Is(err, io.EOF) {
			t.Errorf("three members at 3: %v", err)
		}
		lim.Items = 2
		_, err := unzipped(t, three, lim, decompress.Multistream())
		exceeds(t, err, limits.Items, 2)
	})
	t.Run("Depth", func(t *testing.T) {
		// A stream in a stream comes out as data: the least depth suffices.
		lim := sensible()
		lim.Depth = 1
		if out, err := unzipped(t, zipped(t, data), lim); !errors.Is(err, io.EOF) || !bytes.Equal(out, data) {
			t.Errorf("a stream in a stream at 1: %d bytes, error %v", len(out), err)
		}
	})
	t.Run("Time", func(t *testing.T) {
		lim := sensible()
		lim.Time = time.Millisecond
		r, err := decompress.NewReader(t.Context(), slow{}, decompress.Gzip, lim)
		if err == nil {
			_, err = readAll(r, 1<<16)
		}
		exceeds(t, err, limits.Time, int64(lim.Time))
	})
}

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	full := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 10, Depth: 1, Steps: 1e6,
		MemoryBytes: limits.MiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"OutputBytes + OutputBytes/1024 + 64 KiB", "none",
		fmt.Sprintf("%d Mi (DefaultItems)", decompress.DefaultItems>>20), "1",
		fmt.Sprintf("%d Mi (DefaultSteps) + OutputBytes/64", decompress.DefaultSteps>>20),
		fmt.Sprintf("%v (DefaultMemoryBytes)", decompress.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		_, err := decompress.Bytes(t.Context(), zipped(t, lines), decompress.Gzip, lim)
		return err
	})
}

// slow is a source that never ends and gives a byte in 2 ms.
type slow struct{}

func (slow) Read(p []byte) (int, error) {
	time.Sleep(2 * time.Millisecond)
	p[0] = 0x1f
	return 1, nil
}

// unzipped reads all of data.
func unzipped(t *testing.T, data []byte, lim limits.Limits, opts ...decompress.Option) ([]byte, error) {
	t.Helper()
	r, err := decompress.NewReader(t.Context(), bytes.NewReader(data), decompress.Gzip, lim, opts...)
	if err != nil {
		return nil, err
	}
	return readAll(r, 1<<16)
}

// exceeds fails t unless err says that n of the resource were not enough.
func exceeds(t *testing.T, err error, resource limits.Resource, n int64) {
	t.Helper()
	exceeded, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || exceeded.Resource != resource || exceeded.Limit != n {
		t.Errorf("%v; want that %v %d is exceeded", err, resource, n)
	}
}

// TestInputDefault: a stream that is longer than what it becomes, and 64 KiB, compresses nothing.
func TestInputDefault(t *testing.T) {
	endless := io.MultiReader(bytes.NewReader(zipped(t, nil)[:10]), &stored{})
	lim := limits.Limits{OutputBytes: limits.MiB, Time: time.Minute, Steps: limits.UnsafeUnlimited}
	r, err := decompress.NewReader(t.Context(), endless, decompress.Gzip, lim)
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.Copy(io.Discard, r)
	exceeded, ok := errors.AsType[*limits.ExceededError](err)
	if want := int64(limits.MiB + limits.KiB + 64*limits.KiB); !ok || exceeded.Resource != limits.InputBytes ||
		exceeded.Limit != want {
		t.Errorf("%v; want that %d bytes of input are too many", err, want)
	}
}

// stored is an endless row of empty stored blocks.
type stored struct{ at int }

func (s *stored) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = "\x00\x00\x00\xff\xff"[s.at%5]
		s.at++
	}
	return len(p), nil
}

// TestMistakes tells all at once.
func TestMistakes(t *testing.T) {
	_, err := decompress.NewReader(t.Context(), strings.NewReader(""), decompress.Format{}, limits.Limits{Items: -5}, nil,
		decompress.UnsafeAllow(decompress.RuleChecksum, "no-rule"))
	for _, part := range []string{"OutputBytes is not set", "Time is not set", "Items is -5", "the Format",
		"an Option is nil",
		"cannot lift \"checksum\"", "no rule of this package: \"no-rule\""} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not say %q", err, part)
		}
	}
	if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("the kind of %v", err)
	}
	for name, open := range map[string]func() error{
		"nil source": func() error {
			_, err := decompress.NewReader(t.Context(), nil, decompress.Gzip, sensible())
			return err
		},
		"nil context": func() error {
			//nolint:staticcheck // The mistake is the test.
			_, err := decompress.NewReader(nil, strings.NewReader(""), decompress.Gzip, sensible())
			return err
		},
		"zero Format": func() error {
			_, err := decompress.Bytes(t.Context(), nil, decompress.Format{}, sensible())
			return err
		},
		"nil Reader": func() error { _, err := (*decompress.Reader)(nil).Read(make([]byte, 1)); return err },
		"zero Reader": func() error {
			r := &decompress.Reader{}
			r.Usage()
			<-r.Context().Done()
			if err := r.Close(); !errors.Is(err, limits.ErrConfig) {
				return err
			}
			_, err := r.Read(make([]byte, 1))
			return err
		},
		"nil Close": func() error {
			var r *decompress.Reader
			r.Usage()
			<-r.Context().Done()
			return r.Close()
		},
	} {
		if err := open(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSticky: what ended a Reader is what every later Read returns, until Close.
func TestSticky(t *testing.T) {
	for name, test := range map[string]struct {
		data []byte
		want error
	}{
		"end":     {zipped(t, lines), io.EOF},
		"refused": {zipped(t, lines)[:100], limits.ErrRefused},
	} {
		r, err := decompress.NewReader(t.Context(), bytes.NewReader(test.data), decompress.Gzip, sensible())
		if err != nil {
			t.Fatal(err)
		}
		if n, err := r.Read(nil); n != 0 || err != nil {
			t.Errorf("%s: a Read of nothing: %d, %v", name, n, err)
		}
		_, first := readAll(r, 1<<16)
		_, second := r.Read(make([]byte, 1))
		if !errors.Is(first, test.want) || first != second { //nolint:errorlint // The same one.
			t.Errorf("%s: %v, then %v", name, first, second)
		}
		for range 2 {
			if err := r.Close(); err != nil {
				t.Errorf("%s: Close: %v", name, err)
			}
		}
		_, err = r.Read(make([]byte, 1))
		if !errors.Is(err, fs.ErrClosed) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: after Close: %v", name, err)
		}
	}
}

// pooled returns a context with a pool that has one place.
func pooled(t *testing.T) context.Context {
	t.Helper()
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return limits.WithPool(t.Context(), pool)
}

// free fails t unless the pool has its place back.
func free(ctx context.Context, t *testing.T, after string) {
	t.Helper()
	if _, err := decompress.Bytes(ctx, zipped(t, nil), decompress.Gzip, sensible()); err != nil {
		t.Errorf("after %s: %v", after, err)
	}
}

// TestPlace: a Reader holds its place in a Pool until the end of the stream, an error, a panic of
// the source, the end of the context, or Close; what runs under its Context needs no other.
func TestPlace(t *testing.T) {
	ctx := pooled(t)
	open := func(ctx context.Context, src io.Reader) *decompress.Reader {
		r, err := decompress.NewReader(ctx, src, decompress.Gzip, sensible())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	data := zipped(t, lines)

	r := open(ctx, bytes.NewReader(data))
	if _, err := decompress.Bytes(ctx, data, decompress.Gzip, sensible()); !errors.Is(err, limits.ErrBusy) {
		t.Errorf("while a Reader is open: %v", err)
	}
	if _, err := decompress.Bytes(r.Context(), data, decompress.Gzip, sensible()); err != nil {
		t.Errorf("under the Reader's context: %v", err)
	}
	if _, err := readAll(r, 100); !errors.Is(err, io.EOF) {
		t.Error(err)
	}
	free(ctx, t, "the end")

	r = open(ctx, bytes.NewReader(data))
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	free(ctx, t, "Close")

	r = open(ctx, bytes.NewReader(data[:50]))
	_, _ = readAll(r, 100)
	free(ctx, t, "an error")

	r = open(ctx, panicking{})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of the source is lost")
			}
		}()
		_, _ = r.Read(make([]byte, 1))
	}()
	free(ctx, t, "a panic")

	shorter, cancel := context.WithCancel(ctx)
	r = open(shorter, bytes.NewReader(data))
	done := r.Context().Done()
	cancel()
	<-done
	for range 100 { // The function that waits for the context runs on its own.
		if _, err := decompress.Bytes(ctx, zipped(t, nil), decompress.Gzip, sensible()); err == nil {
			break
		}
	}
	free(ctx, t, "the end of the context")
	_, err := r.Read(make([]byte, 1))
	if !errors.Is(err, context.Canceled) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
		t.Errorf("after the end of the context: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("the source panics") }

// TestSourceError: the error of the source is that of the environment.
func TestSourceError(t *testing.T) {
	broken := errors.New("the line is dead")
	for _, f := range []decompress.Format{decompress.Gzip, decompress.Zlib, decompress.Deflate, decompress.Bzip2} {
		for _, n := range []int{0, 3, 200} {
			data := zipped(t, lines)
			src := io.MultiReader(bytes.NewReader(data[:n]), failing{broken})
			if f != decompress.Gzip {
				src = failing{broken}
			}
			_, err := io.ReadAll(reader(t, src, f))
			if !errors.Is(err, broken) || errors.Is(err, limits.ErrRefused) ||
				!strings.HasPrefix(err.Error(), "decompress.NewReader: reading") {
				t.Errorf("%v after %d bytes: %v", f, n, err)
			}
		}
	}
	// After the stream it is the same: its end was not verified.
	src := io.MultiReader(bytes.NewReader(zipped(t, lines)), failing{broken})
	if _, err := io.ReadAll(reader(t, src, decompress.Gzip)); !errors.Is(err, broken) {
		t.Errorf("after the stream: %v", err)
	}
}

func reader(t *testing.T, src io.Reader, f decompress.Format) *decompress.Reader {
	t.Helper()
	r, err := decompress.NewReader(t.Context(), src, f, sensible())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.Close() })
	return r
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestEnvelope: what a stream becomes counts in the envelope, to the byte.
func TestEnvelope(t *testing.T) {
	ctx, cancel, err := envelope(t.Context(), limits.Limits{OutputBytes: 100_000})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	r, err := decompress.NewReader(ctx, bytes.NewReader(zipped(t, lines)), decompress.Gzip, sensible())
	if err != nil {
		t.Fatal(err)
	}
	out, err := readAll(r, 1<<16)
	exceeded, ok := errors.AsType[*limits.ExceededError](err)
	if len(out) != 100_000 || !ok || !exceeded.Envelope {
		t.Errorf("%d bytes, error %v", len(out), err)
	}
}

func envelope(ctx context.Context, lim limits.Limits) (context.Context, context.CancelFunc, error) {
	return limits.With(ctx, lim)
}

// TestBytesMemory: the result of the largest OutputBytes fits into the default of MemoryBytes.
func TestBytesMemory(t *testing.T) {
	for _, n := range []int{0, 1, 511, 512, 513, 1 << 20, 1<<20 + 1, 40 << 20} {
		data := make([]byte, n)
		out, err := decompress.Bytes(t.Context(), zipped(t, data), decompress.Gzip,
			limits.Limits{OutputBytes: limits.Bytes(max(n, 1)), Time: time.Minute})
		if err != nil || len(out) != n {
			t.Errorf("%d bytes: %d, error %v", n, len(out), err)
		}
	}
	_, err := decompress.Bytes(t.Context(), zipped(t, make([]byte, 4<<20)), decompress.Gzip,
		limits.Limits{OutputBytes: limits.GiB, MemoryBytes: limits.MiB, Time: time.Minute})
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); !ok || exceeded.Resource != limits.MemoryBytes {
		t.Errorf("%v; want that the memory is not enough", err)
	}
	_, err = decompress.Bytes(t.Context(), zipped(t, lines), decompress.Gzip,
		limits.Limits{OutputBytes: math.MaxInt64, Time: time.Minute})
	if err != nil {
		t.Error(err)
	}
	_, err = decompress.Bytes(t.Context(), zipped(t, lines), decompress.Gzip,
		limits.Limits{OutputBytes: limits.UnsafeUnlimited, Time: time.Minute})
	if err != nil {
		t.Error(err)
	}
}
