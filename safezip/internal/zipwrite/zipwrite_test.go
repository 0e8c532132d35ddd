package zipwrite_test

import (
	"io"
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// sparse is a file of a few records with nothing but zeros between them.
type sparse struct {
	parts map[int64][]byte
	size  int64
}

func (s *sparse) add(b []byte)  { s.parts[s.size] = b; s.size += int64(len(b)) }
func (s *sparse) skip(n int64)  { s.size += n }
func (s *sparse) offset() int64 { return s.size }
func newSparse() *sparse        { return &sparse{parts: map[int64][]byte{}} }

func (s *sparse) ReadAt(p []byte, off int64) (int, error) {
	clear(p)
	n := min(int64(len(p)), s.size-off)
	for at, b := range s.parts {
		// The part of b that p covers.
		from, to := max(at, off), min(at+int64(len(b)), off+n)
		if from < to {
			copy(p[from-off:to-off], b[from-at:to-at])
		}
	}
	if n < int64(len(p)) {
		return int(n), io.EOF
	}
	return int(n), nil
}

// TestScanned has zipscan read what is encoded, with sizes and offsets on both sides of 32 bits: it
// finds nothing to say, and the same numbers.
func TestScanned(t *testing.T) {
	const gib4 = 1 << 32
	modified := time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)
	for name, headers := range map[string][]zipwrite.Header{
		"nothing": {},
		"small": {
			{Name: "stored", Size: 5, CompressedSize: 5, CRC32: 1, Mode: 0o100644, Modified: modified},
			{Name: "d/", Mode: 0o040755, Modified: modified},
			{Name: "streamed", Method: zipwrite.Deflate, Size: 50, CompressedSize: 20, CRC32: 2, Streamed: true},
			{Name: "é", Mode: 0o120777, Size: 1, CompressedSize: 1},
			{Name: "wide", Method: zipwrite.Deflate, Size: 50, CompressedSize: 20, Streamed: true, Wide: true},
		},
		"just below": {{Name: "a", Size: math.MaxUint32 - 1, CompressedSize: math.MaxUint32 - 1}, {Name: "b"}},
		"just large": {{Name: "a", Size: math.MaxUint32, CompressedSize: math.MaxUint32}, {Name: "b"}},
		"large": {
			{Name: "stored", Size: 5 * gib4, CompressedSize: 5 * gib4, Modified: modified},
			{Name: "streamed", Method: zipwrite.Deflate, Size: 3 * gib4, CompressedSize: gib4 / 2, Streamed: true},
			{Name: "promised", Method: zipwrite.Deflate, Size: 3 * gib4, CompressedSize: gib4 / 2, Streamed: true, Wide: true},
			{Name: "far", Size: 1, CompressedSize: 1, Modified: time.Date(2107, 12, 31, 23, 59, 58, 0, time.UTC)},
		},
	} {
		t.Run(name, func(t *testing.T) {
			file := newSparse()
			for i := range headers {
				h := &headers[i]
				h.Offset = file.offset()
				file.add(h.AppendLocal(nil))
				file.skip(h.CompressedSize)
				if h.Streamed {
					file.add(h.AppendDescriptor(nil))
				}
			}
			start := file.offset()
			for i := range headers {
				b := headers[i].AppendCentral(nil)
				if int64(len(b)) > zipwrite.CentralBytes(headers[i].Name) {
					t.Errorf("a header of %d bytes", len(b))
				}
				file.add(b)
			}
			file.add(zipwrite.AppendEnd(nil, int64(len(headers)), file.offset()-start, start))

			b, err := limits.Limits{OutputBytes: limits.UnsafeUnlimited, Items: 100, Steps: 1000, MemoryBytes: limits.MiB}.
				Start(t.Context(), "test")
			if err != nil {
				t.Fatal(err)
			}
			defer b.Close()
			a, err := zipscan.Scan(file, file.size, zipscan.Config{Op: "test", Budget: b, DirectoryBytes: math.MaxInt64,
				Report: func(f zipscan.Finding) error { t.Errorf("%+v", f); return nil }})
			if err != nil {
				t.Fatal(err)
			}
			var got []zipwrite.Header
			for _, e := range a.Entries {
				got = append(got, zipwrite.Header{Name: e.Name, Modified: e.Modified, Size: e.Size,
					CompressedSize: e.CompressedSize, Offset: e.HeaderOffset, CRC32: e.CRC32, Method: e.Method})
			}
			var want []zipwrite.Header
			for _, h := range headers {
				h.Mode, h.Streamed, h.Wide = 0, false, false
				want = append(want, h)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("-written +scanned:\n%s", diff)
			}
		})
	}
}

func TestHasTime(t *testing.T) {
	east := time.FixedZone("east", 3600)
	for _, c := range []struct {
		time time.Time
		want bool
	}{
		{time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC), true},
		{time.Date(1980, 1, 1, 0, 0, 0, 0, east), false},
		{time.Date(2107, 12, 31, 23, 59, 59, 0, time.UTC), true},
		{time.Date(2108, 1, 1, 0, 30, 0, 0, east), true},
		{time.Date(2108, 1, 1, 0, 0, 0, 0, time.UTC), false},
		{time.Time{}, false},
	} {
		if got := zipwrite.HasTime(c.time); got != c.want {
			t.Errorf("%v: %v", c.time, got)
		}
	}
}
