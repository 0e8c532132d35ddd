package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// inhabited is a directory with things in it.
func inhabited(t *testing.T) (dir string, root *os.Root) {
	t.Helper()
	dir = t.TempDir()
	outside := t.TempDir()
	for _, err := range []error{
		os.WriteFile(filepath.Join(dir, "mine"), []byte("precious"), 0o600),
		os.Mkdir(filepath.Join(dir, "folder"), 0o700),
		os.WriteFile(filepath.Join(dir, "folder", "inner"), []byte("precious"), 0o600),
		os.Symlink("folder", filepath.Join(dir, "link")),
		os.Symlink(outside, filepath.Join(dir, "out")),
		os.Symlink("nowhere", filepath.Join(dir, "dangling")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = root.Close() })
	return dir, root
}

func intoRoot(ctx context.Context, root *os.Root, data []byte, opts ...safezip.Option) error {
	_, err := safezip.ExtractRoot(ctx, root, bytes.NewReader(data), int64(len(data)), sensible, opts...)
	return err
}

func TestExtractRoot(t *testing.T) {
	dir, root := inhabited(t)
	want := readTree(t, dir)
	data := ordinary()
	if err := intoRoot(t.Context(), root, data, safezip.Sync(), safezip.KeepTimes()); err != nil {
		t.Fatal(err)
	}
	maps.Copy(want, readByGo(t, data))
	if diff := cmp.Diff(want, readTree(t, dir)); diff != "" {
		t.Errorf("tree (-want +got):\n%s", diff)
	}
	if err := intoRoot(t.Context(), root, data); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a second time: %v", err)
	}
	if diff := cmp.Diff(want, readTree(t, dir)); diff != "" {
		t.Errorf("tree after the second time (-want +got):\n%s", diff)
	}
}

// TestExtractRootTouchesNothing has every kind of name in the way, last of all, and finds what was
// there and nothing else.
func TestExtractRootTouchesNothing(t *testing.T) {
	for _, name := range []string{"mine", "folder", "folder/", "folder/new", "folder/inner", "link", "link/",
		"link/new", "out/evil", "out", "dangling", "dangling/x", "mine/x"} {
		t.Run(filepath.Base(name)+"-"+filepath.Dir(name), func(t *testing.T) {
			dir, root := inhabited(t)
			before := readTree(t, dir)
			outside, err := os.Readlink(filepath.Join(dir, "out"))
			if err != nil {
				t.Fatal(err)
			}
			data := zipbuild.Archive{Files: []zipbuild.File{{Name: "a"}, {Name: "d/e/f"}, {Name: "z/"},
				{Name: name}}}.Bytes()
			err = intoRoot(t.Context(), root, data)
			if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
				t.Errorf("%v; want the environment's error", err)
			}
			if diff := cmp.Diff(before, readTree(t, dir)); diff != "" {
				t.Errorf("tree (-before +after):\n%s", diff)
			}
			if left := readTree(t, outside); len(left) > 0 {
				t.Errorf("written outside: %v", left)
			}
		})
	}
}

// TestExtractRootCleansUp ends extractions in every way but success.
func TestExtractRootCleansUp(t *testing.T) {
	data := many(8)
	for name, end := range map[string]func(cancel func()) error{
		"cancelled": func(cancel func()) error { cancel(); return nil },
		"error":     func(func()) error { return errors.New("broken") },
		"panic":     func(func()) error { panic("mine") },
	} {
		for n := int64(1); ; n++ {
			dir, root := inhabited(t)
			before := readTree(t, dir)
			ctx, cancel := context.WithCancel(t.Context())
			var reads atomic.Int64
			src := readerAt(func(p []byte, off int64) (int, error) {
				if reads.Add(1) == n {
					if err := end(cancel); err != nil {
						return 0, err
					}
				}
				return bytes.NewReader(data).ReadAt(p, off)
			})
			var err error
			func() {
				defer func() { _ = recover() }()
				err = errors.New("panic")
				_, err = safezip.ExtractRoot(ctx, root, src, int64(len(data)), sensible)
			}()
			cancel()
			if reads.Load() < n {
				break
			}
			if err == nil && name == "cancelled" {
				continue // Cancelled by its last read, an extraction may be complete.
			}
			if err == nil {
				t.Errorf("%s at read %d: no error", name, n)
			}
			if diff := cmp.Diff(before, readTree(t, dir)); diff != "" {
				t.Errorf("%s at read %d (-before +after):\n%s", name, n, diff)
			}
		}
	}
	for i, c := range hostile() {
		if testing.Short() && i%8 > 0 {
			continue
		}
		dir, root := inhabited(t)
		before := readTree(t, dir)
		if err := intoRoot(t.Context(), root, c.Data); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", c.Name, err)
		}
		if diff := cmp.Diff(before, readTree(t, dir)); diff != "" {
			t.Errorf("%s (-before +after):\n%s", c.Name, diff)
		}
	}
}

// TestExtractRootLeavesOthersFiles finds a file that another program has put into a directory of
// ours, and says so.
func TestExtractRootLeavesOthersFiles(t *testing.T) {
	dir, root := inhabited(t)
	wrong := func(h *zipbuild.Header) { h.CRC++ }
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "d/a"}, {Name: "d/b", EditLocal: wrong, EditCentral: wrong,
		Data: []byte("b")}}}.Bytes()
	src := readerAt(func(p []byte, off int64) (int, error) {
		if _, err := os.Stat(filepath.Join(dir, "d")); err == nil {
			_ = os.WriteFile(filepath.Join(dir, "d", "theirs"), []byte("precious"), 0o600)
		}
		return bytes.NewReader(data).ReadAt(p, off)
	})
	_, err := safezip.ExtractRoot(t.Context(), root, src, int64(len(data)), sensible, safezip.Workers(1))
	ruleOf(t, err, safezip.RuleChecksum)
	if content, readErr := os.ReadFile(filepath.Join(dir, "d", "theirs")); readErr != nil ||
		string(content) != "precious" {
		t.Errorf("the other's file: %q, %v (%v)", content, readErr, err)
	}
}

// TestExtractRootKeepsItsTime leaves the time of the caller's directory alone, whatever the archive
// says of its root.
func TestExtractRootKeepsItsTime(t *testing.T) {
	dir, root := inhabited(t)
	old := zipbuild.Block(0x5455, []byte{1}, uint32(946684798))
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "./", Extra: old}, {Name: "./d/", Extra: old}}}.Bytes()
	if err := intoRoot(t.Context(), root, data, safezip.KeepTimes()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{".": false, "d": true} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.ModTime().Unix() == 946684798; got != want {
			t.Errorf("%s has the archive's time: %v, want %v", name, got, want)
		}
	}
}

func TestExtractRootNil(t *testing.T) {
	if err := intoRoot(t.Context(), nil, ordinary()); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("%v; want a mistake in the configuration", err)
	}
}
