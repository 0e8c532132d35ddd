package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// readerAt is an io.ReaderAt in a function.
type readerAt func(p []byte, off int64) (int, error)

func (f readerAt) ReadAt(p []byte, off int64) (int, error) { return f(p, off) }

// many is an archive of n files of 100 KB that hardly compress.
func many(n int) []byte {
	var files []zipbuild.File
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(i * i >> 3)
	}
	for i := range n {
		noise[0] = byte(i)
		files = append(files, zipbuild.File{Name: "dir" + string(rune('a'+i%7)) + "/file" + string(rune('a'+i)),
			Method: zipbuild.Deflate, Data: bytes.Clone(noise)})
	}
	return zipbuild.Archive{Files: files}.Bytes()
}

// TestNothingLeft ends extractions in every way but success, at every read of the archive, and
// finds nothing left.
func TestNothingLeft(t *testing.T) {
	data := many(8)
	environment := errors.New("the disk is on fire")
	for _, workers := range []int{1, 4} {
		if testing.Short() && workers == 1 {
			continue
		}
		for name, end := range map[string]func(cancel func()) (int, error){
			"cancelled":   func(cancel func()) (int, error) { cancel(); return 0, nil },
			"read error":  func(func()) (int, error) { return 0, environment },
			"source ends": func(func()) (int, error) { return 0, io.EOF },
			"panic":       func(func()) (int, error) { panic(environment) },
			"goexit":      func(func()) (int, error) { runtime.Goexit(); return 0, nil },
		} {
			for at := int64(1); ; at++ {
				if done := endAt(t, name, data, at, end, safezip.Workers(workers)); done {
					if at < 10 {
						t.Errorf("%s: the archive is read only %d times", name, at)
					}
					break
				}
			}
		}
	}
}

// endAt has the archive's source end the extraction at its n-th read. It reports whether there were
// fewer reads.
func endAt(t *testing.T, name string, data []byte, n int64, end func(cancel func()) (int, error),
	opts ...safezip.Option) bool {
	t.Helper()
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var reads atomic.Int64
	src := readerAt(func(p []byte, off int64) (int, error) {
		if reads.Add(1) == n {
			if _, err := end(cancel); err != nil {
				return 0, err
			}
		}
		return bytes.NewReader(data).ReadAt(p, off)
	})
	var err error
	var panicked any
	finished := make(chan struct{})
	go func() { // A goroutine of its own, because Goexit would end the test's.
		defer close(finished)
		defer func() { panicked = recover() }()
		err = errors.New("Extract did not return")
		_, err = safezip.Extract(ctx, dir, src, int64(len(data)), sensible, opts...)
	}()
	<-finished
	if reads.Load() < n {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return true
	}
	if _, statErr := os.Lstat(dir); statErr == nil && name == "cancelled" && err == nil {
		return false // Cancelled by its last read, an extraction may be complete.
	}
	ziptest.AssertContained(t, dir)
	if _, statErr := os.Lstat(dir); !errors.Is(statErr, fs.ErrNotExist) {
		t.Errorf("%s at read %d: the directory exists (%v)", name, n, err)
	}
	if err == nil && panicked == nil {
		t.Errorf("%s at read %d: no error", name, n)
	}
	switch name {
	case "cancelled":
		if !errors.Is(err, context.Canceled) || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("cancelled: %v", err)
		}
	case "read error":
		if err == nil || !strings.Contains(err.Error(), "on fire") || errors.Is(err, limits.ErrRefused) ||
			errors.Is(err, limits.ErrConfig) {
			t.Errorf("read error: %v", err)
		}
	case "source ends":
		var rule *safezip.RuleError
		if !errors.As(err, &rule) || rule.Rule != safezip.RuleMalformed {
			t.Errorf("source ends: %v", err)
		}
	}
	return false
}

// TestCallbackPanics has callbacks panic and finds the panic passed on and nothing left.
func TestCallbackPanics(t *testing.T) {
	data := many(8)
	for name, option := range map[string]safezip.Option{
		"Progress": safezip.Progress(func(safezip.Done) { panic("mine") }),
		"Select":   safezip.Select(func(safezip.Entry) bool { panic("mine") }),
	} {
		for _, workers := range []int{1, 4} {
			dir := filepath.Join(t.TempDir(), "out")
			func() {
				defer func() {
					if v := recover(); v != "mine" {
						t.Errorf("%s: recovered %v", name, v)
					}
				}()
				_, err := safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), sensible, option,
					safezip.Workers(workers))
				t.Errorf("%s: no panic, but %v", name, err)
			}()
			ziptest.AssertContained(t, dir)
			if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("%s: the directory exists (%v)", name, err)
			}
		}
	}
}

// TestNoGoroutineLeft counts goroutines and descriptors after extractions that ended in all ways.
func TestNoGoroutineLeft(t *testing.T) {
	data := many(8)
	before := runtime.NumGoroutine()
	for i := range 50 {
		ctx, cancel := context.WithCancel(t.Context())
		var opts []safezip.Option
		if i%2 == 0 {
			opts = append(opts, safezip.Progress(func(safezip.Done) { cancel() }))
		}
		_, _ = safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)),
			sensible, opts...)
		cancel()
	}
	for wait := time.Millisecond; runtime.NumGoroutine() > before; wait *= 2 {
		if wait > 5*time.Second {
			t.Fatalf("%d goroutines before, %d after", before, runtime.NumGoroutine())
		}
		time.Sleep(wait)
	}
}

// TestTarget refuses targets that exist or cannot be made, before it looks at the archive, as the
// environment's error.
func TestTarget(t *testing.T) {
	parent := t.TempDir()
	for _, err := range []error{
		os.WriteFile(filepath.Join(parent, "file"), nil, 0o600),
		os.Mkdir(filepath.Join(parent, "dir"), 0o700),
		os.Symlink("dir", filepath.Join(parent, "link")),
		os.Symlink("nowhere", filepath.Join(parent, "dangling")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, want := range map[string]error{
		"file": fs.ErrExist, "dir": fs.ErrExist, "link": fs.ErrExist, "dangling": fs.ErrExist, "dir/": fs.ErrExist,
		"dir/..": fs.ErrExist, ".": fs.ErrExist,
		"missing/out": fs.ErrNotExist, "dangling/out": fs.ErrNotExist,
		"file/out": nil,
	} {
		t.Run(strings.ReplaceAll(name, "/", "|"), func(t *testing.T) {
			before := readTree(t, parent)
			_, err := safezip.Extract(t.Context(), parent+"/"+name, bytes.NewReader(nil), 0, sensible)
			if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) || want != nil &&
				!errors.Is(err, want) {
				t.Errorf("%v; want %v", err, want)
			}
			if diff := cmp.Diff(before, readTree(t, parent)); diff != "" {
				t.Errorf("the directory changed:\n%s", diff)
			}
		})
	}
	if _, err := safezip.Extract(t.Context(), "", bytes.NewReader(nil), 0, sensible); err == nil {
		t.Error("the empty name was taken")
	}
}

// TestTargetNames unpacks into directories with difficult names, absolute and relative.
func TestTargetNames(t *testing.T) {
	t.Chdir(t.TempDir())
	data := ordinary()
	for _, dir := range []string{"out", "./out2", "out3/", strings.Repeat("n", 255), strings.Repeat("ü", 127), "a b",
		"-rf", ".hidden", "out\nline"} {
		if _, err := safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), sensible); err != nil {
			t.Errorf("%q: %v", dir, err)
			continue
		}
		if diff := cmp.Diff(readByGo(t, data), readTree(t, dir)); diff != "" {
			t.Errorf("%q: %s", dir, diff)
		}
	}
}

// TestSameTarget has many extractions race for one directory: one wins, whole, and the others leave
// nothing.
func TestSameTarget(t *testing.T) {
	data := many(4)
	dir := filepath.Join(t.TempDir(), "out")
	var won atomic.Int64
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			switch _, err := safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), sensible); {
			case err == nil:
				won.Add(1)
			case errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig):
				t.Errorf("%v; want the environment's error", err)
			}
		})
	}
	wg.Wait()
	if won.Load() != 1 {
		t.Errorf("%d extractions won", won.Load())
	}
	ziptest.AssertContained(t, dir)
	if diff := cmp.Diff(readByGo(t, data), readTree(t, dir)); diff != "" {
		t.Errorf("the tree is not whole:\n%s", diff)
	}
}

// TestWorkersAgree refuses archives with several bad entries with the same error for any number of
// workers.
func TestWorkersAgree(t *testing.T) {
	files := make([]zipbuild.File, 40)
	for i := range files {
		files[i] = zipbuild.File{Name: "f" + strconv.Itoa(i), Method: zipbuild.Deflate,
			Data: bytes.Repeat([]byte{byte(i)}, 1000*(i%9))}
	}
	wrong := func(h *zipbuild.Header) { h.CRC++ }
	for _, bad := range [][]int{{39}, {0, 39}, {7, 8, 30}, {38, 39}, {20, 21, 22, 23, 24, 25}} {
		broken := append([]zipbuild.File(nil), files...)
		for _, i := range bad {
			broken[i].EditLocal, broken[i].EditCentral = wrong, wrong
		}
		data := zipbuild.Archive{Files: broken}.Bytes()
		_, _, first := extract(t, data, sensible, safezip.Workers(1))
		if first == nil || !strings.Contains(first.Error(), `"`+files[bad[0]].Name+`"`) {
			t.Fatalf("%v: %v", bad, first)
		}
		rounds := 5
		if testing.Short() {
			rounds = 1
		}
		for _, workers := range []int{2, 3, 8, 64} {
			for range rounds {
				if _, _, err := extract(t, data, sensible, safezip.Workers(workers)); err == nil ||
					err.Error() != first.Error() {
					t.Errorf("%v with %d workers: %v; want %v", bad, workers, err, first)
				}
			}
		}
	}
}
