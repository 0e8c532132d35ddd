package reliability

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// archive is made once: a file of 256 MiB of zeros, and many names.
var archive = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 100_000 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("some/folder/of/names/%d", i)}); err != nil {
			panic(err)
		}
	}
	f, err := w.Create("zeros")
	block := make([]byte, 1<<20)
	for range 256 {
		if err == nil {
			_, err = f.Write(block)
		}
	}
	if err := errors.Join(err, w.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
})

// packed is the archive in a file.
func packed(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.zip")
	if err := os.WriteFile(path, archive(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipOperations() []operation {
	unpack := func(f func(ctx context.Context, dir string, src *bytes.Reader, lim limits.Limits) error,
	) func(*testing.T, context.Context, limits.Limits) error {
		return func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			return f(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(archive()), lim)
		}
	}
	return []operation{
		{name: "safezip.Extract", slow: unpack(func(ctx context.Context, dir string, src *bytes.Reader,
			lim limits.Limits) error {
			_, err := safezip.Extract(ctx, dir, src, src.Size(), lim)
			return err
		})},
		{name: "safezip.ExtractStream", slow: unpack(func(ctx context.Context, dir string, src *bytes.Reader,
			lim limits.Limits) error {
			_, err := safezip.ExtractStream(ctx, dir, src, lim)
			return err
		})},
		{name: "safezip.ExtractFile", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safezip.ExtractFile(ctx, filepath.Join(t.TempDir(), "out"), packed(t), lim)
			return err
		}},
		{name: "safezip.ExtractRoot", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			root, err := os.OpenRoot(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			_, err = safezip.ExtractRoot(ctx, root, bytes.NewReader(archive()), int64(len(archive())), lim)
			return err
		}},
		{name: "safezip.Inspect", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(archive()), int64(len(archive())), lim)
			return err
		}},
		{name: "safezip.NewReader", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			return readAll(safezip.NewReader(ctx, bytes.NewReader(archive()), int64(len(archive())), lim))
		}},
		{name: "safezip.OpenStream", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			return readAll(safezip.OpenStream(ctx, bytes.NewReader(archive()), lim))
		}},
		{name: "safezip.OpenFile", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			return readAll(safezip.OpenFile(ctx, packed(t), lim))
		}},
		{name: "safezip.Reader.CopyEntry", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			r, err := safezip.NewReader(ctx, bytes.NewReader(archive()), int64(len(archive())), lim)
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = r.CopyEntry(ctx, io.Discard, "zeros")
			return err
		}},
		{name: "safezip.Reader.OpenArchive", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			var b bytes.Buffer
			w := zip.NewWriter(&b)
			f, err := w.Create("inner.zip")
			if err == nil {
				_, err = f.Write(archive())
			}
			if err := errors.Join(err, w.Close()); err != nil {
				return err
			}
			r, err := safezip.NewReader(ctx, bytes.NewReader(b.Bytes()), int64(b.Len()), lim)
			if err != nil {
				return err
			}
			defer r.Close()
			return readAll(r.OpenArchive(ctx, "inner.zip"))
		}},
		{name: "safezip.NewWriter", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			w, err := safezip.NewWriter(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			defer func() { _ = w.Close() }()
			if err := w.WriteFile("a", noise()); err != nil {
				return err
			}
			_, err = w.Finish()
			return err
		}},
		{name: "safezip.Pack", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safezip.Pack(ctx, io.Discard, fstest.MapFS{"a": {Data: noise()}}, lim)
			return err
		}},
		{name: "decompress.NewReader", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			r, err := decompress.NewReader(ctx, bytes.NewReader(gzipped()), decompress.Gzip, lim)
			if err != nil {
				return err
			}
			defer r.Close()
			_, err = io.Copy(io.Discard, r)
			return err
		}},
		{name: "decompress.Bytes", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := decompress.Bytes(ctx, gzipped(), decompress.Gzip, lim)
			return err
		}},
		{name: "safezip.InspectFile", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safezip.InspectFile(ctx, packed(t), lim)
			return err
		}},
	}
}

// readAll reads the file of zeros of an archive.
func readAll(r *safezip.Reader, err error) error {
	if err != nil {
		return err
	}
	defer r.Close()
	f, err := r.Open("zeros")
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}

// noise is 32 MiB that no encoder makes smaller.
var noise = sync.OnceValue(func() []byte {
	b := make([]byte, 32<<20)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(b)
	return b
})

// gzipped becomes 256 MiB.
var gzipped = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	block := make([]byte, 1<<20)
	for range 256 {
		if _, err := w.Write(block); err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
})
