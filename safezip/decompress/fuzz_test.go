package decompress_test

import (
	"bytes"
	"compress/bzip2"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/decompress/decompresstest"
)

// FuzzBytes: what is accepted, the standard library reads to the same bytes; every error is a
// refusal; one member is read alike with and without Multistream.
func FuzzBytes(f *testing.F) {
	decompresstest.Seed(f)
	peers := map[decompress.Format]func(io.Reader) (io.Reader, error){
		decompress.Gzip:    func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		decompress.Zlib:    func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		decompress.Deflate: func(r io.Reader) (io.Reader, error) { return flate.NewReader(r), nil },
		decompress.Bzip2:   func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil },
	}
	lim := limits.Limits{OutputBytes: limits.MiB, Time: time.Minute}
	f.Fuzz(func(t *testing.T, data []byte) {
		for format, open := range peers {
			one, err := decompress.Bytes(t.Context(), data, format, lim)
			several, severalErr := decompress.Bytes(t.Context(), data, format, lim, decompress.Multistream())
			for _, err := range []error{err, severalErr} {
				if err != nil && !errors.Is(err, limits.ErrRefused) {
					t.Fatalf("%v: the error %v is no refusal", format, err)
				}
			}
			if err == nil && (severalErr != nil || !bytes.Equal(one, several)) {
				t.Fatalf("%v: %d bytes, and under Multistream %d, error %v", format, len(one), len(several), severalErr)
			}
			if severalErr != nil {
				continue
			}
			src := bytes.NewReader(data)
			peer, err := open(src)
			if errors.Is(err, gzip.ErrHeader) { // It takes no name of more than 511 bytes.
				continue
			}
			if err != nil {
				t.Fatalf("%v: accepted, and the standard library: %v", format, err)
			}
			want, err := io.ReadAll(peer)
			if errors.Is(err, gzip.ErrHeader) {
				continue
			}
			if err != nil || !bytes.Equal(several, want) || src.Len() > 0 {
				t.Fatalf("%v: %d bytes; the standard library: %d, error %v, and %d bytes left", format, len(several), len(want),
					err, src.Len())
			}
		}
	})
}
