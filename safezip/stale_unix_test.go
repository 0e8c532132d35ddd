//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package safezip_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/safezip"
)

// random is the random part of a staging directory's name.
const random = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// plant makes a directory in the form of a staging directory, changed by hand.
func plant(t *testing.T, parent, name string, mode os.FileMode, lock bool) string {
	t.Helper()
	dir := filepath.Join(parent, name)
	if err := os.MkdirAll(filepath.Join(dir, "tree", "d"), 0o700); err != nil {
		t.Fatal(err)
	}
	if lock {
		if err := os.WriteFile(filepath.Join(dir, "lock"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(dir, mode); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestRemoveStale leaves alone whatever is not ours beyond doubt.
func TestRemoveStale(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	stale := plant(t, parent, ".out.safezip-"+random, 0o700, true)
	other := plant(t, parent, ".other.safezip-"+random, 0o700, true)
	strangers := []string{
		plant(t, parent, ".stranger.safezip-"+random, 0o700, false),
		plant(t, parent, ".open.safezip-"+random, 0o755, true),
		plant(t, parent, ".short.safezip-"+random[1:], 0o700, true),
		plant(t, parent, ".lower.safezip-"+strings.ToLower(random), 0o700, true),
		plant(t, parent, "visible.safezip-"+random, 0o700, true),
		plant(t, parent, ".held.safezip-"+random, 0o700, true),
		plant(t, parent, "elsewhere", 0o700, true),
	}
	held, err := os.OpenFile(filepath.Join(parent, ".held.safezip-"+random, "lock"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := syscall.Flock(int(held.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("elsewhere", filepath.Join(parent, ".link.safezip-"+random)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(parent, ".file.safezip-"+random), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	lockLink := plant(t, parent, ".lock-link.safezip-"+random, 0o700, false)
	if err := os.Symlink("../elsewhere/lock", filepath.Join(lockLink, "lock")); err != nil {
		t.Fatal(err)
	}
	strangers = append(strangers, lockLink)
	if os.Geteuid() == 0 { // Only the superuser can make a directory that belongs to another user.
		theirs := plant(t, parent, ".theirs.safezip-"+random, 0o700, true)
		if err := os.Chown(theirs, 12345, 12345); err != nil {
			t.Fatal(err)
		}
		strangers = append(strangers, theirs)
	}
	if n, err := safezip.RemoveStale(dir, time.Hour); n != 0 || err != nil {
		t.Errorf("young: %d, %v", n, err)
	}
	before := readTree(t, parent)
	if n, err := safezip.RemoveStale(dir, 0); n != 2 || err != nil {
		t.Errorf("%d, %v; want 2", n, err)
	}
	for name := range before {
		if strings.HasPrefix(name, filepath.Base(stale)+"/") || strings.HasPrefix(name, filepath.Base(other)+"/") {
			delete(before, name)
		}
	}
	if diff := cmp.Diff(before, readTree(t, parent)); diff != "" {
		t.Errorf("what is left (-want +got):\n%s", diff)
	}
	for _, stranger := range strangers {
		if _, err := os.Stat(stranger); err != nil {
			t.Error(err)
		}
	}
	if err := held.Close(); err != nil {
		t.Fatal(err)
	}
	if n, err := safezip.RemoveStale(dir, 0); n != 1 || err != nil {
		t.Errorf("after the lock was given up: %d, %v; want 1", n, err)
	}
	if _, err := safezip.RemoveStale(filepath.Join(parent, "missing", "out"), 0); err == nil {
		t.Error("no error without a directory to look in")
	}
}

// TestKilled kills a child process in the middle of an extraction and removes what it has left: not
// while it lives, but then.
func TestKilled(t *testing.T) {
	data := many(4)
	if dir := os.Getenv(childDirectory); dir != "" {
		src := readerAt(func(p []byte, off int64) (int, error) {
			if left, _ := filepath.Glob(filepath.Join(filepath.Dir(dir), ".out.safezip-*", "tree", "*",
				"*")); len(left) > 0 {
				time.Sleep(time.Minute)
			}
			return bytes.NewReader(data).ReadAt(p, off)
		})
		_, err := safezip.Extract(t.Context(), dir, src, int64(len(data)), sensible, safezip.Workers(1))
		t.Fatalf("the child was not killed: %v", err)
	}
	parent := t.TempDir()
	dir := filepath.Join(parent, "out")
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestKilled$")
	cmd.Env = append(os.Environ(), childDirectory+"="+dir)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for start := time.Now(); ; time.Sleep(5 * time.Millisecond) {
		if left, _ := filepath.Glob(filepath.Join(parent, ".out.safezip-*", "tree", "*", "*")); len(left) > 0 {
			break
		}
		if time.Since(start) > time.Minute {
			t.Fatal("the child does not unpack")
		}
	}
	if n, err := safezip.RemoveStale(dir, 0); n != 0 || err != nil {
		t.Errorf("while the child lives: %d, %v; want 0", n, err)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // It has been killed.
	if n, err := safezip.RemoveStale(dir, 0); n != 1 || err != nil {
		t.Errorf("%d, %v; want 1", n, err)
	}
	if left := readTree(t, parent); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}
