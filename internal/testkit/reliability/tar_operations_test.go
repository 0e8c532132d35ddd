package reliability

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// tarball is a compressed tar archive of many names and a file of 256 MiB.
var tarball = sync.OnceValue(func() []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	w := tar.NewWriter(z)
	var err error
	for i := range 20_000 {
		err = errors.Join(err, w.WriteHeader(&tar.Header{Name: fmt.Sprintf("some/folder/of/names/%d", i), Mode: 0o644}))
	}
	err = errors.Join(err, w.WriteHeader(&tar.Header{Name: "zeros", Mode: 0o644, Size: 256 << 20}))
	block := make([]byte, 1<<20)
	for range 256 {
		if err == nil {
			_, err = w.Write(block)
		}
	}
	if err := errors.Join(err, w.Close(), z.Close()); err != nil {
		panic(err)
	}
	return b.Bytes()
})

func tarOperations() []operation {
	file := func(t *testing.T) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), "a.tgz")
		if err := os.WriteFile(path, tarball(), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return []operation{
		{name: "safetar.Extract", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safetar.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(tarball()), lim)
			return err
		}},
		{name: "safetar.ExtractFile", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safetar.ExtractFile(ctx, filepath.Join(t.TempDir(), "out"), file(t), lim)
			return err
		}},
		{name: "safetar.ExtractRoot", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			root, err := os.OpenRoot(t.TempDir())
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			_, err = safetar.ExtractRoot(ctx, root, bytes.NewReader(tarball()), lim)
			return err
		}},
		{name: "safetar.Inspect", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safetar.Inspect(ctx, bytes.NewReader(tarball()), lim)
			return err
		}},
		{name: "safetar.InspectFile", slow: func(t *testing.T, ctx context.Context, lim limits.Limits) error {
			_, err := safetar.InspectFile(ctx, file(t), lim)
			return err
		}},
		{name: "safetar.NewWriter", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			w, err := safetar.NewWriter(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			defer func() { _ = w.Close() }()
			for i := range 200_000 {
				if err := w.WriteFile(fmt.Sprintf("some/folder/of/names/%d", i), nil); err != nil {
					return err
				}
			}
			_, err = w.Finish()
			return err
		}},
		{name: "safetar.Pack", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			files := fstest.MapFS{}
			for range 32 {
				files[rand.Text()] = &fstest.MapFile{Data: noise()}
			}
			_, err := safetar.Pack(ctx, io.Discard, files, lim)
			return err
		}},
		{name: "safetar.NewReader", slow: func(_ *testing.T, ctx context.Context, lim limits.Limits) error {
			r, err := safetar.NewReader(ctx, bytes.NewReader(tarball()), lim)
			if err != nil {
				return err
			}
			defer r.Close()
			for {
				if _, err := r.Next(); errors.Is(err, io.EOF) {
					return nil
				} else if err != nil {
					return err
				}
			}
		}},
	}
}
