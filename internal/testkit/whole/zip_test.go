//go:build !race

package whole

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"testing"
	"testing/fstest"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// manyEntries returns an archive of n small files.
func manyEntries(t *testing.T, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range n {
		f, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("directory/of/some/depth/file-%06d.txt", i)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readerOperations serve and write archives in memory.
func readerOperations(t *testing.T, lim limits.Limits) []operation {
	t.Helper()
	const large = 12 << 20
	names := manyEntries(t, 50_000)
	file := zipbuild.File{Name: "large", Data: bytes.Repeat([]byte("some text "), large/10), Method: zipbuild.Deflate}
	big := zipbuild.Archive{Files: []zipbuild.File{file}}.Bytes()
	inner := zipbuild.Archive{Files: []zipbuild.File{{Name: "large",
		Data: bytes.Repeat([]byte{1, 2, 3}, large/6)}}}.Bytes()
	nested := zipbuild.Archive{Files: []zipbuild.File{{Name: "in.zip", Data: inner}}}.Bytes()
	open := func(name string, data []byte, use func(ctx context.Context, r *safezip.Reader) error) operation {
		return operation{name, func(ctx context.Context) error {
			r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), lim, safezip.SpoolBytes(large))
			if err != nil {
				return err
			}
			defer r.Close()
			return use(ctx, r)
		}}
	}
	writing := limits.Limits{InputBytes: lim.OutputBytes, Items: lim.Items, Time: lim.Time}
	written := func(name string, use func(w *safezip.Writer) error, opts ...safezip.Option) operation {
		return operation{name, func(ctx context.Context) error {
			w, err := safezip.NewWriter(ctx, io.Discard, writing, opts...)
			if err != nil {
				return err
			}
			defer w.Close()
			if err := use(w); err != nil {
				return err
			}
			_, err = w.Finish()
			return err
		}}
	}
	store := safezip.StoreFunc(func(safezip.Entry) bool { return true })
	part := make([]byte, 100_000)
	return []operation{
		open("read many entries", names, func(_ context.Context, r *safezip.Reader) error {
			_, err := r.ReadDir("directory/of/some/depth")
			return err
		}),
		open("glob many entries", names, func(_ context.Context, r *safezip.Reader) error {
			_, err := r.Glob("*/*/*/*/*")
			return err
		}),
		open("read a large file", big, func(_ context.Context, r *safezip.Reader) error {
			_, err := r.ReadFile("large")
			return err
		}),
		open("an archive inside", nested, func(ctx context.Context, r *safezip.Reader) error {
			in, err := r.OpenArchive(ctx, "in.zip")
			if err != nil {
				return err
			}
			_, err = in.CopyEntry(ctx, io.Discard, "large")
			return err
		}),
		{"a stream in memory", func(ctx context.Context) error {
			streamed := lim
			streamed.InputBytes = lim.OutputBytes
			r, err := safezip.OpenStream(ctx, bytes.NewReader(inner), streamed, safezip.SpoolBytes(large))
			if err == nil {
				err = r.Close()
			}
			return err
		}},
		written("write a file", func(w *safezip.Writer) error { return w.WriteFile("a", part) }),
		written("write many names", func(w *safezip.Writer) error {
			for i := range 50_000 {
				if err := w.WriteFile(fmt.Sprintf("directory/file-%06d", i), nil); err != nil {
					return err
				}
			}
			return nil
		}),
		written("hold a stored file back", func(w *safezip.Writer) error {
			f, err := w.Create(safezip.Entry{Name: "a"})
			if err != nil {
				return err
			}
			for range 80 {
				if _, err := f.Write(part); err != nil {
					return err
				}
			}
			return f.Close()
		}, store),
		{"pack many names", func(ctx context.Context) error {
			tree := fstest.MapFS{}
			for i := range 5000 {
				tree[fmt.Sprintf("file-%06d", i)] = &fstest.MapFile{}
			}
			_, err := safezip.Pack(ctx, io.Discard, tree, writing)
			return err
		}},
	}
}
