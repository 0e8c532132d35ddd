package inflate

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
)

// free is a budget that never runs out.
func free(t testing.TB) *limits.Budget {
	t.Helper()
	b, err := limits.Limits{Steps: limits.UnsafeUnlimited}.Start(context.Background(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return b
}

// A verdict is what a decoder makes of a stream.
type verdict struct {
	out      []byte
	err      error // nil for a whole stream
	consumed int64 // of a whole stream
}

// drain reads the stream that d is at.
func drain(d *Decoder) verdict {
	var v verdict
	for {
		p, err := d.Next()
		v.out = append(v.out, p...)
		switch {
		case errors.Is(err, io.EOF):
			v.consumed = d.Consumed()
			return v
		case err != nil:
			v.err = err
			return v
		case len(v.out) > 1<<26:
			v.err = errTooLong
			return v
		}
	}
}

var errTooLong = errors.New("longer than a test wants it")

// oracle is what compress/flate makes of data.
func oracle(data []byte) verdict {
	src := bytes.NewReader(data)
	var v verdict
	v.out, v.err = io.ReadAll(io.LimitReader(flate.NewReader(src), 1<<26+1))
	v.consumed = int64(len(data) - src.Len())
	return v
}

// compare fails t unless a Decoder and compress/flate make the same of data: output, verdict, bytes
// taken, and whether the stream is broken or cut off.
func compare(t *testing.T, d *Decoder, b *limits.Budget, data []byte, sources ...func(io.Reader) io.Reader) {
	t.Helper()
	want := oracle(data)
	whole := func(r io.Reader) io.Reader { return r }
	sources = append(sources, whole, whole)
	for i, source := range sources {
		if i == len(sources)-1 {
			d = New() // One that has its first buffers.
		}
		d.Reset(b, source(bytes.NewReader(data)))
		got := drain(d)
		if (got.err == nil) != (want.err == nil) {
			t.Fatalf("source %d: error %v; compress/flate: %v", i, got.err, want.err)
		}
		if got.err == nil && (!bytes.Equal(got.out, want.out) || got.consumed != want.consumed) {
			t.Fatalf("source %d: %d bytes from %d; compress/flate: %d from %d, the same bytes: %t", i, len(got.out),
				got.consumed, len(want.out), want.consumed, bytes.Equal(got.out, want.out))
		}
		// A code without an end of block is refused at once here and as soon as it is used there. Of a
		// stream that is cut off, compress/flate leaves the last bits alone if they are fewer than those
		// of the end of block, whatever they say.
		more := errors.Is(want.err, io.ErrUnexpectedEOF) && bytes.HasPrefix(got.out, want.out)
		if !bytes.HasPrefix(want.out, got.out) && !more {
			t.Fatalf("source %d: %d bytes before the error %v; compress/flate: %d other ones before %v", i, len(got.out),
				got.err, len(want.out), want.err)
		}
		if corrupt, ok := errors.AsType[*CorruptError](got.err); got.err != nil && !ok &&
			!errors.Is(got.err, io.ErrUnexpectedEOF) {
			t.Fatalf("source %d: the error %v has another type", i, got.err)
		} else if ok && (corrupt.Offset < 0 || corrupt.Offset > int64(len(data))) {
			t.Fatalf("source %d: %v at offset %d of %d", i, corrupt, corrupt.Offset, len(data))
		}
	}
}

// pieces are sources that give their bytes in other pieces.
var pieces = []func(io.Reader) io.Reader{
	iotest.OneByteReader,
	iotest.DataErrReader,
	func(r io.Reader) io.Reader { return &sevens{r} },
}

// sevens gives seven bytes at a time, and sometimes none.
type sevens struct{ src io.Reader }

func (s *sevens) Read(p []byte) (int, error) { return s.src.Read(p[:min(7, len(p))]) }
