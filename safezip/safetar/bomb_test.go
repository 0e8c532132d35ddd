package safetar_test

import (
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

const (
	bombFile  = 512 << 10 // bytes of its one file
	bombTotal = 2 << 20   // bytes of tar, most of them zeros after the end
)

// bombBzip2 is what bzip2 -9 makes of bombTar: the standard library has no encoder.
const bombBzip2 = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x58\x05\x10\xdb\x00\x40\x68\xfb\x80\xd0\x00\x10\x00\x40" +
	"\x00\x7f\x80\x00\x08\x62\x00\x9e\x10\x00\x08\x20\x00\x74\x12\x9a\x21\x0d\x0c\x83\x4d\x02\xa5\x46" +
	"\x80\x00\x03\xee\xee\xad\x24\x80\x15\x52\x20\x80\x34\xee\x8d\x33\xc2\x8b\xa0\x40\x00\x24\x55\xf9" +
	"\x13\x42\x19\x5e\x8e\x40\x91\xa2\xbd\x65\x67\x91\x79\x45\x26\xea\x82\x22\x93\x50\x39\x8c\xdb\xdc" +
	"\x7d\x9c\x67\x35\x66\x66\x60\x00\x0f\xc5\xdc\x91\x4e\x14\x24\x16\x01\x44\x36\xc0"

// bombTar is an archive of nothing but a name and zeros.
func bombTar() []byte {
	data := tarbuild.Archive(tarbuild.Header{Name: "zeros", Data: make([]byte, bombFile)})
	return append(data, make([]byte, bombTotal-len(data))...)
}

// TestBombStopsToTheByte: of a plain archive and of each compression, exactly what the input, the
// files and the tar stream take passes, and one byte less is refused for it. No more than a byte
// past InputBytes is taken from the source, and nothing is left.
func TestBombStopsToTheByte(t *testing.T) {
	if plain, err := io.ReadAll(bzip2.NewReader(bytes.NewReader([]byte(bombBzip2)))); err != nil ||
		!bytes.Equal(plain, bombTar()) {
		t.Fatalf("the constant is not the archive: error %v", err)
	}
	// The total of a compressed archive is bounded by OutputBytes, 4 KiB an item and 1 MiB.
	const total = bombTotal - 4<<10 - 1<<20
	for _, form := range []struct {
		name       string
		data       []byte
		compressed bool
	}{
		{"tar", bombTar(), false},
		{"tar.gz", gzipped(t, bombTar()), true},
		{"tar.bz2", []byte(bombBzip2), true},
	} {
		for _, budget := range []struct {
			name     string
			resource limits.Resource
			exact    int64
			told     int64 // the limit of the refusal
			set      func(l *limits.Limits, n int64)
		}{
			{"input", limits.InputBytes, int64(len(form.data)), int64(len(form.data)) - 1,
				func(l *limits.Limits, n int64) { l.InputBytes = limits.Bytes(n) }},
			{"files", limits.OutputBytes, bombFile, bombFile - 1,
				func(l *limits.Limits, n int64) { l.OutputBytes = limits.Bytes(n) }},
			{"tar stream", limits.OutputBytes, total, bombTotal - 1,
				func(l *limits.Limits, n int64) { l.OutputBytes, l.Items = limits.Bytes(n), 1 }},
		} {
			if budget.name == "tar stream" && !form.compressed {
				continue // It is the input.
			}
			t.Run(form.name+", "+budget.name, func(t *testing.T) {
				lim, parent := tartest.Limits(), t.TempDir()
				budget.set(&lim, budget.exact)
				if _, err := safetar.Extract(t.Context(), filepath.Join(parent, "out"), bytes.NewReader(form.data),
					lim); err != nil {
					t.Errorf("at %d bytes: %v", budget.exact, err)
				}
				budget.set(&lim, budget.exact-1)
				src, parent := &countingReader{Reader: bytes.NewReader(form.data)}, t.TempDir()
				_, err := safetar.Extract(t.Context(), filepath.Join(parent, "out"), src, lim)
				exceeds(t, err, budget.resource, budget.told)
				if most := int64(lim.InputBytes) + 1; src.n > most {
					t.Errorf("%d bytes were taken from the source, and %d may be", src.n, most)
				}
				if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
					t.Errorf("%v was left (error %v)", left, err)
				}
			})
		}
	}
}

// TestEndlessSource: a source that never ends is left after InputBytes and one byte.
func TestEndlessSource(t *testing.T) {
	for _, c := range []struct{ name, start, more string }{
		{"tar", string(tarbuild.Open(tarbuild.Header{Name: "zeros", Size: tarbuild.Octal(1 << 30)})), "\x00"},
		{"tar.gz, a long name", "\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\x03", "n"},
		{"tar.gz, stored blocks without data", "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", "\x00\x00\x00\xff\xff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			lim := tartest.Limits()
			lim.InputBytes, lim.OutputBytes = 100_000, limits.GiB*2
			src := &countingReader{Reader: io.MultiReader(strings.NewReader(c.start), &endless{more: c.more})}
			_, err := safetar.Inspect(t.Context(), src, lim)
			exceeds(t, err, limits.InputBytes, int64(lim.InputBytes))
			if most := int64(lim.InputBytes) + 1; src.n != most {
				t.Errorf("%d bytes were taken, want %d", src.n, most)
			}
		})
	}
}

// countingReader counts the bytes that are taken from it.
type countingReader struct {
	io.Reader
	n int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// endless repeats some bytes for ever.
type endless struct {
	more string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, errors.New("nothing is asked for")
	}
	for i := range p {
		p[i] = e.more[e.at%len(e.more)]
		e.at++
	}
	return len(p), nil
}
