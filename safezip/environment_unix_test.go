//go:build unix

package safezip_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// childDirectory names, in the environment of the test's own child process, where to unpack.
const childDirectory = "SAFEZIP_TEST_CHILD_DIRECTORY"

// TestDiskFull has writes fail in the middle of a file, in a child process that may not make files
// over 64 KiB. That is the environment's error and not the archive's, and nothing is left.
func TestDiskFull(t *testing.T) {
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "d/small", Data: []byte("x")},
		{Name: "d/large", Method: zipbuild.Deflate, Data: make([]byte, 1<<20)}, {Name: "last"}}}.Bytes()
	if dir := os.Getenv(childDirectory); dir != "" {
		signal.Ignore(syscall.SIGXFSZ)
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 64 << 10, Max: 64 << 10}); err != nil {
			t.Fatal(err)
		}
		for _, workers := range []int{1, 2} {
			_, err := safezip.Extract(t.Context(), dir, bytes.NewReader(data), int64(len(data)), sensible,
				safezip.Workers(workers))
			for _, kind := range []error{limits.ErrRefused, limits.ErrExceeded, limits.ErrConfig, limits.ErrUnset} {
				if errors.Is(err, kind) {
					t.Errorf("%v matches %v", err, kind)
				}
			}
			if !errors.Is(err, syscall.EFBIG) {
				t.Errorf("%v; want EFBIG", err)
			}
			ziptest.AssertContained(t, dir)
			if _, err := os.Lstat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the directory exists (%v)", err)
			}
		}
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestDiskFull$", "-test.v")
	cmd.Env = append(os.Environ(), childDirectory+"="+filepath.Join(t.TempDir(), "out"))
	if out, err := cmd.CombinedOutput(); err != nil || !bytes.Contains(out, []byte("PASS: TestDiskFull")) {
		t.Errorf("%v\n%s", err, out)
	}
}

// TestNotRegular refuses to open what is not a file, without waiting for it.
func TestNotRegular(t *testing.T) {
	dir := t.TempDir()
	fifo := filepath.Join(dir, "fifo")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fifo, dir, os.DevNull, filepath.Join(dir, "missing")} {
		_, err := safezip.ExtractFile(t.Context(), filepath.Join(dir, "out"), name, sensible)
		if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v; want the environment's error", name, err)
		}
		if _, err := safezip.InspectFile(t.Context(), name, sensible); err == nil ||
			errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("InspectFile: %s: %v; want the environment's error", name, err)
		}
		if _, err := safezip.ExtractFile(t.Context(), filepath.Join(dir, "out"), name,
			limits.Limits{}); !errors.Is(err, limits.ErrUnset) {
			t.Errorf("%s without limits: %v; want that said first", name, err)
		}
	}
}
