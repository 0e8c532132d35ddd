package safetar_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// checkReader: a Reader hands out what Extract has put into dir.
func checkReader(t *testing.T, c tartest.Case, dir string) {
	t.Helper()
	r, err := safetar.NewReader(t.Context(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if n, err := r.Read(make([]byte, 1)); n != 0 || !errors.Is(err, io.EOF) {
		t.Errorf("a Read before the first Next: %d, %v", n, err)
	}
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(e.Path)))
		switch {
		case err != nil:
			t.Errorf("%q is not on disk: %v", e.Path, err)
		case e.Dir != info.IsDir():
			t.Errorf("%q is a directory: %t; on disk: %t", e.Path, e.Dir, info.IsDir())
		case info.Mode().IsRegular() && e.Link == "":
			if want, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(e.Path))); err != nil || !bytes.Equal(got, want) {
				t.Errorf("%q has %d bytes; on disk %d (error %v)", e.Path, len(got), len(want), err)
			}
		}
	}
	if _, err := r.Next(); !errors.Is(err, io.EOF) {
		t.Errorf("after the end: %v", err)
	}
}

// TestReaderRefuses: a Reader ends with the refusal of Extract, and says it again.
func TestReaderRefuses(t *testing.T) {
	for _, set := range kit() {
		for c := range set.cases {
			if !set.hostile {
				continue
			}
			r, err := safetar.NewReader(t.Context(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
			for err == nil {
				_, err = r.Next()
			}
			refusedFor(t, err, c.Rule)
			if r == nil {
				continue
			}
			if _, again := r.Next(); !errors.Is(again, err) {
				t.Errorf("%s: %v, then %v", c.Name, err, again)
			}
			for range 2 {
				if err := r.Close(); err != nil {
					t.Error(err)
				}
			}
			if _, err := r.Next(); !errors.Is(err, fs.ErrClosed) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: after Close: %v", c.Name, err)
			}
		}
	}
}

// TestReaderPlace: a Reader holds its place until Close or the end of its context.
func TestReaderPlace(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx := limits.WithPool(t.Context(), pool)
	data := archiveOf("a", "b")
	open := func(ctx context.Context, src io.Reader) *safetar.Reader {
		r, err := safetar.NewReader(ctx, src, tartest.Limits())
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	free := func(after string) {
		t.Helper()
		if _, err := safetar.Inspect(ctx, bytes.NewReader(data), tartest.Limits()); err != nil {
			t.Errorf("after %s: %v", after, err)
		}
	}
	r := open(ctx, bytes.NewReader(data))
	if _, err := safetar.Inspect(ctx, bytes.NewReader(data), tartest.Limits()); !errors.Is(err, limits.ErrBusy) {
		t.Errorf("while a Reader is open: %v", err)
	}
	if _, err := safetar.Inspect(r.Context(), bytes.NewReader(data), tartest.Limits()); err != nil {
		t.Errorf("under its context: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	free("Close")
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic of the source is lost")
			}
		}()
		_, _ = safetar.NewReader(ctx, panicking{}, tartest.Limits())
	}()
	free("a panic in NewReader")
	r = open(ctx, io.MultiReader(bytes.NewReader(data[:600]), panicking{}))
	func() {
		defer func() { _ = recover() }()
		for {
			if _, err := r.Next(); err != nil {
				return
			}
		}
	}()
	if _, err := r.Next(); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("after a panic: %v", err)
	}
	_ = r.Close()
	free("a panic in Next")
	for _, dir := range []string{"x"} {
		func() {
			defer func() { _ = recover() }()
			_, _ = safetar.Extract(ctx, filepath.Join(t.TempDir(), dir),
				io.MultiReader(bytes.NewReader(data[:600]), panicking{}), tartest.Limits())
		}()
		free("a panic in Extract")
	}
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("the source panics") }

// TestUnmade: nil and zero values answer.
func TestUnmade(t *testing.T) {
	for _, r := range []*safetar.Reader{nil, {}} {
		_, nextErr := r.Next()
		_, readErr := r.Read(nil)
		for _, err := range []error{nextErr, readErr, r.Close()} {
			if !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%v", err)
			}
		}
		if r.Report() == nil || r.Context().Err() == nil {
			t.Error("Report or Context")
		}
	}
}
