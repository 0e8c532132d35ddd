package packing_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/packing"
)

func of(t *testing.T, fsys fs.FS, l limits.Limits) *packing.Tree {
	t.Helper()
	l.Steps, l.Time = 1e6, time.Minute
	b, err := l.Start(t.Context(), "test")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { b.Close() })
	return &packing.Tree{Op: "test", FS: fsys, Budget: b, Whole: true}
}

// TestList sorts a directory of several batches, holds memory for each name, and stops at one entry
// beyond Items.
func TestList(t *testing.T) {
	const count = 600
	files := fstest.MapFS{}
	for i := range count {
		files[strconv.Itoa(i)] = &fstest.MapFile{}
	}
	tree := of(t, files, limits.Limits{Items: count, MemoryBytes: limits.MiB})
	entries, held, err := tree.List(".", nil)
	if err != nil || len(entries) != count || held < count*128 {
		t.Fatalf("%d entries, %d bytes, %v", len(entries), held, err)
	}
	for i := range count - 1 {
		if entries[i].Name() >= entries[i+1].Name() {
			t.Errorf("%s before %s", entries[i].Name(), entries[i+1].Name())
		}
	}
	for _, c := range []struct {
		resource limits.Resource
		limits   limits.Limits
	}{
		{limits.Items, limits.Limits{Items: count - 1, MemoryBytes: limits.MiB}},
		{limits.MemoryBytes, limits.Limits{Items: count, MemoryBytes: limits.Bytes(held - 1)}},
	} {
		_, _, err := of(t, files, c.limits).List(".", nil)
		if e, ok := errors.AsType[*limits.ExceededError](err); !ok || e.Resource != c.resource {
			t.Errorf("%v, want %v", err, c.resource)
		}
	}
}

// TestSelect: not all of a directory is packed if a caller selects, so Items does not bound it.
func TestSelect(t *testing.T) {
	tree := of(t, fstest.MapFS{"a": {}, "b": {}}, limits.Limits{Items: 1, MemoryBytes: limits.MiB})
	tree.Whole = false
	if entries, _, err := tree.List(".", nil); err != nil || len(entries) != 2 {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

// odd is a directory with one entry of a name of its own.
type odd struct{ name string }

func (o odd) Open(string) (fs.File, error)       { return o, nil }
func (o odd) Stat() (fs.FileInfo, error)         { return nil, fs.ErrInvalid }
func (o odd) Read([]byte) (int, error)           { return 0, fs.ErrInvalid }
func (o odd) Close() error                       { return nil }
func (o odd) ReadDir(int) ([]fs.DirEntry, error) { return []fs.DirEntry{o}, nil }
func (o odd) Name() string                       { return o.name }
func (o odd) IsDir() bool                        { return false }
func (o odd) Type() fs.FileMode                  { return 0 }
func (o odd) Info() (fs.FileInfo, error)         { return nil, fs.ErrInvalid }

// TestNames: a name that leads elsewhere is an error of the file system, and a directory without an
// end is one for the budget.
func TestNames(t *testing.T) {
	enough := limits.Limits{Items: 1000, MemoryBytes: limits.MiB}
	for _, name := range []string{"", "..", "a/b", "/a"} {
		if _, _, err := of(t, odd{name}, enough).List(".", nil); err == nil || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if _, _, err := of(t, odd{"a"}, enough).List(".", nil); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("a directory without an end: %v", err)
	}
}

// TestSame finds a file that has grown, has been exchanged, or is none.
func TestSame(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("a", "one")
	look, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	tree := of(t, os.DirFS(dir), limits.Limits{Items: 10, MemoryBytes: limits.MiB})
	same := func() (fs.FileMode, error) {
		f, err := tree.FS.Open("a")
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Close() }()
		return tree.Same("a", f, look)
	}
	if kind, err := same(); kind != 0 || err != nil {
		t.Errorf("an unchanged file: %v, %v", kind, err)
	}
	write("a", "longer")
	if _, err := same(); !errors.Is(err, packing.ErrChanged) {
		t.Errorf("a file that has grown: %v", err)
	}
	write("b", "two")
	if err := os.Rename(filepath.Join(dir, "b"), path); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, look.ModTime(), look.ModTime()); err != nil {
		t.Fatal(err)
	}
	if _, err := same(); !errors.Is(err, packing.ErrChanged) {
		t.Errorf("another file of the same size and time: %v", err)
	}
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	if kind, err := same(); kind != fs.ModeDir || err != nil {
		t.Errorf("a directory: %v, %v", kind, err)
	}
}

// TestFailed quotes a name that could forge a line of a log, and drops the path of the file system.
func TestFailed(t *testing.T) {
	tree := of(t, fstest.MapFS{}, limits.Limits{Items: 1, MemoryBytes: limits.MiB})
	err := tree.Failed("open", "a\nb", &fs.PathError{Op: "open", Path: "/secret/a\nb", Err: fs.ErrPermission})
	if !errors.Is(err, fs.ErrPermission) || strings.Contains(err.Error(), "\n") ||
		strings.Contains(err.Error(), "secret") {
		t.Error(err)
	}
	if err := tree.Failed("open", "a", fs.ErrPermission); err.Error() != "test: open a: permission denied" {
		t.Error(err)
	}
}
