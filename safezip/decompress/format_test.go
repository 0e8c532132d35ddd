package decompress_test

import (
	"bytes"
	"context"
	"encoding/hex"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// hexReader decodes hexadecimal digits: a form that another library decodes.
type hexReader struct {
	io.Reader
	closed *int
}

func (h hexReader) Close() error { *h.closed++; return nil }

func hexFormat(t *testing.T, closed *int, memory *limits.Bytes) decompress.Format {
	t.Helper()
	f, err := decompress.NewFormat("x-hex", []byte("6865"), func(src io.Reader, m limits.Bytes) (io.ReadCloser, error) {
		*memory = m
		return hexReader{hex.NewDecoder(src), closed}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestNewFormat(t *testing.T) {
	var closed int
	var memory limits.Bytes
	f := hexFormat(t, &closed, &memory)
	if f.String() != "x-hex" || f == decompress.Gzip || f == hexFormat(t, &closed, &memory) {
		t.Errorf("the format is %v, or another one", f)
	}
	lim := sensible()
	lim.MemoryBytes = 5 * limits.MiB
	r, err := decompress.NewReader(t.Context(), strings.NewReader("68656c6c6f"), f, lim)
	if err != nil {
		t.Fatal(err)
	}
	out, err := readAll(r, 2)
	if string(out) != "hello" || !errors.Is(err, io.EOF) || closed != 1 || memory != 5*limits.MiB {
		t.Errorf("%q, error %v, closed %d times, memory %v", out, err, closed, memory)
	}
	if used := r.Usage(); used.Steps != 1 || used.OutputBytes != 5 || used.InputBytes != 10 ||
		used.MemoryBytes != 5*limits.MiB {
		t.Errorf("usage %v", used)
	}
	if err := r.Close(); err != nil || closed != 1 {
		t.Errorf("closed %d times, error %v", closed, err)
	}
	if got, err := decompress.Bytes(t.Context(), []byte("68656c6c6f"), f, lim); err != nil || string(got) != "hello" ||
		memory != 5*limits.MiB/2 {
		t.Errorf("%q, error %v, memory %v", got, err, memory)
	}
	_, err = decompress.Bytes(t.Context(), []byte("68zz"), f, sensible())
	refusedFor(t, err, decompress.RuleMalformed)
	lim.OutputBytes = 4
	_, err = decompress.Bytes(t.Context(), []byte("68656c6c6f"), f, lim)
	refusedFor(t, err, "")
	lim.OutputBytes, lim.InputBytes = 100, 9
	_, err = decompress.Bytes(t.Context(), []byte("68656c6c6f"), f, lim)
	refusedFor(t, err, "")

	r, err = decompress.NewReader(t.Context(), strings.NewReader("68656c6c6f"), f, sensible())
	if err != nil {
		t.Fatal(err)
	}
	closed = 0
	_, _ = r.Read(make([]byte, 1))
	if err := r.Close(); err != nil || closed != 1 {
		t.Errorf("a Reader that was closed early closed its decoder %d times, error %v", closed, err)
	}
}

// TestNewFormatWrong: decoders that go wrong end the operation and nothing else.
func TestNewFormatWrong(t *testing.T) {
	broken := errors.New("window \x1b[31m too large")
	for name, test := range map[string]struct {
		open func(io.Reader, limits.Bytes) (io.ReadCloser, error)
		kind error
	}{
		"open fails": {func(io.Reader, limits.Bytes) (io.ReadCloser, error) { return nil, broken }, limits.ErrRefused},
		"open says config": {func(io.Reader, limits.Bytes) (io.ReadCloser, error) { return nil, &limits.ConfigError{} },
			limits.ErrConfig},
		"nil decoder": {func(io.Reader, limits.Bytes) (io.ReadCloser, error) { return nil, nil }, limits.ErrConfig},
		"idle": {func(io.Reader, limits.Bytes) (io.ReadCloser, error) {
			return io.NopCloser(idle{}), nil
		}, io.ErrNoProgress},
		"stops early": {func(io.Reader, limits.Bytes) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("x")), nil
		}, limits.ErrRefused},
	} {
		f, err := decompress.NewFormat("x", nil, test.open)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := decompress.Bytes(t.Context(), []byte("data"), f, sensible()); !errors.Is(err, test.kind) ||
			strings.Contains(err.Error(), "\x1b") {
			t.Errorf("%s: %v", name, err)
		}
	}
	open := func(io.Reader, limits.Bytes) (io.ReadCloser, error) { return nil, nil }
	for _, name := range []string{"", "Zstd", "z std", strings.Repeat("z", 65), "z\n"} {
		if _, err := decompress.NewFormat(name, nil, open); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("the name %q: %v", name, err)
		}
	}
	if _, err := decompress.NewFormat("z", make([]byte, 17), nil); err == nil || !strings.Contains(err.Error(), "magic") ||
		!strings.Contains(err.Error(), "open") {
		t.Errorf("magic and open: %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestDetect(t *testing.T) {
	var closed int
	var memory limits.Bytes
	h := hexFormat(t, &closed, &memory)
	for _, test := range []struct {
		prefix  string
		formats []decompress.Format
		want    decompress.Format
	}{
		{"\x1f\x8b\x08\x00", nil, decompress.Gzip},
		{"\x1f", nil, decompress.Format{}},
		{"", nil, decompress.Format{}},
		{"BZh91AY&SYrest", nil, decompress.Bzip2},
		{"BZh9\x17rE8P\x90", nil, decompress.Bzip2},
		{"BZh9", nil, decompress.Bzip2},
		{"BZh9999999 a name in a tar", nil, decompress.Format{}},
		{"BZh0", nil, decompress.Format{}},
		{"x\x9c\x00", nil, decompress.Format{}},
		{"x\x9c\x00", []decompress.Format{decompress.Zlib}, decompress.Zlib},
		{"xml", []decompress.Format{decompress.Zlib}, decompress.Format{}},
		{"anything", []decompress.Format{decompress.Deflate, {}}, decompress.Format{}},
		{"68656c6c6f", nil, decompress.Format{}},
		{"68656c6c6f", []decompress.Format{decompress.Gzip, h}, h},
		{"\x1f\x8b", []decompress.Format{decompress.Bzip2}, decompress.Format{}},
	} {
		if got, ok := decompress.Detect([]byte(test.prefix), test.formats...); got != test.want ||
			ok != (got != decompress.Format{}) {
			t.Errorf("%q among %v: %v, %t; want %v", test.prefix, test.formats, got, ok, test.want)
		}
	}
}

func TestContentCodings(t *testing.T) {
	var closed int
	var memory limits.Bytes
	codings, err := decompress.ContentCodings(sensible(), decompress.Gzip, decompress.Zlib, hexFormat(t, &closed, &memory))
	if err != nil || len(codings) != 4 {
		t.Fatalf("%d codings, error %v", len(codings), err)
	}
	for name, body := range map[string]string{
		"gzip": string(zipped(t, []byte("hello"))), "x-gzip": string(zipped(t, []byte("hello"))), "x-hex": "68656c6c6f",
		"deflate": "x\x9c\xcb\x48\xcd\xc9\xc9\x07\x00\x06\x2c\x02\x15",
	} {
		r, err := codings[name](t.Context(), strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(r); err != nil || string(got) != "hello" {
			t.Errorf("%s: %q, error %v", name, got, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := codings["gzip"](canceled(), bytes.NewReader(nil)); !errors.Is(err, context.Canceled) {
		t.Errorf("under a context that has ended: %v", err)
	}
	for _, formats := range [][]decompress.Format{{decompress.Bzip2}, {decompress.Deflate}, {{}},
		{decompress.Gzip, decompress.Gzip}} {
		if _, err := decompress.ContentCodings(sensible(), formats...); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%v: %v", formats, err)
		}
	}
	if _, err := decompress.ContentCodings(limits.Limits{}); !errors.Is(err, limits.ErrUnset) {
		t.Errorf("without limits: %v", err)
	}
	if codings, err := decompress.ContentCodings(sensible()); err != nil || len(codings) != 3 {
		t.Errorf("by default: %d codings, error %v", len(codings), err)
	}
}

func canceled() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return ctx
}
