package decompresstest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/decompress/decompresstest"
)

// inflate is the function under test: it returns what a stream from a user holds.
func inflate(ctx context.Context, f decompress.Format, stream []byte, opts ...decompress.Option) ([]byte, error) {
	return decompress.Bytes(ctx, stream, f, decompresstest.Limits(), opts...)
}

// testInflate asks that what is hostile is refused, and that what is benign is read, to the byte.
// In a file of your own it is TestInflate.
func testInflate(t *testing.T) {
	for c := range decompresstest.Hostile() {
		if data, err := inflate(t.Context(), c.Format, c.Data); data != nil || !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %d bytes, %v; want a refusal", c.Name, len(data), err)
		}
	}
	for c := range decompresstest.Benign() {
		if data, err := inflate(t.Context(), c.Format, c.Data); err != nil || !bytes.Equal(data, c.Want) {
			t.Errorf("%s: %d bytes, %v; want %d", c.Name, len(data), err, len(c.Want))
		}
	}
}

// fuzzInflate looks for a stream that ends in anything but data or a refusal, and for one that
// another reader reads differently. In a file of your own it is FuzzInflate.
func fuzzInflate(f *testing.F) {
	decompresstest.Seed(f)
	f.Fuzz(func(t *testing.T, stream []byte) {
		data, err := inflate(t.Context(), decompress.Gzip, stream)
		if err != nil {
			if !errors.Is(err, limits.ErrRefused) {
				t.Error(err)
			}
			return
		}
		r, err := gzip.NewReader(bytes.NewReader(stream))
		if err != nil {
			return // compress/gzip takes no header with a name of more than 512 bytes.
		}
		if other, err := io.ReadAll(r); err != nil || !bytes.Equal(data, other) {
			t.Errorf("%d bytes, and for compress/gzip %d (%v)", len(data), len(other), err)
		}
	})
}

// A test and a fuzz target of a function that decompresses what users send.
func Example() {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, "hello"); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	for _, stream := range [][]byte{b.Bytes(), b.Bytes()[:b.Len()-1]} {
		data, err := inflate(context.Background(), decompress.Gzip, stream)
		fmt.Printf("%q %v\n", data, err)
	}
	// Output:
	// "hello" <nil>
	// "" decompress.Bytes: malformed (offset 28): the stream is cut off within the gzip trailer
}
