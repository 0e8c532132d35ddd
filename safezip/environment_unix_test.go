//go:build unix

package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
	"time"

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

// TestRaceForDirectories has an attacker who runs as the same user exchange directories for links
// while an archive is unpacked. The plain loop writes through them; Extract never does, whether it
// succeeds or fails.
func TestRaceForDirectories(t *testing.T) {
	var files []zipbuild.File
	for i := range 400 {
		files = append(files, zipbuild.File{Name: "d" + strconv.Itoa(i%4) + "/f" + strconv.Itoa(i), Data: []byte("x")})
	}
	data := zipbuild.Archive{Files: files}.Bytes()
	naive := func(_ context.Context, dir string) error { return unpackNaively(dir, data) }
	safe := func(ctx context.Context, dir string) error {
		_, err := safezip.Extract(ctx, dir, bytes.NewReader(data), int64(len(data)), sensible)
		return err
	}
	// The attack works on the plain loop, or it proves nothing about Extract.
	beaten, rounds := 0, 0
	for start := time.Now(); beaten < 5; rounds++ {
		if time.Since(start) > time.Minute {
			t.Fatalf("the attack worked %d times in %d rounds on the plain loop: it is too weak to show anything",
				beaten, rounds)
		}
		if written, _ := underAttack(t, naive, "out"); written {
			beaten++
		}
	}
	hit := 0
	for n := 0; n < 4*rounds || hit < 10; n++ {
		written, exchanged := underAttack(t, safe, ".out.safezip-*/tree")
		if written {
			t.Fatal("Extract wrote through a link")
		}
		hit += min(exchanged, 1)
		if n > 1000*rounds {
			t.Fatalf("the attack hit Extract %d times in %d rounds: it is too slow to show anything", hit, n)
		}
	}
	t.Logf("the plain loop was beaten in %d of %d rounds, Extract in 0, %d of them hit", beaten, rounds, hit)
}

// underAttack unpacks into "out" while the directories below those that match the pattern are
// exchanged for links to a victim, and reports whether anything was written there, and how many
// directories were exchanged.
func underAttack(t *testing.T, unpack func(ctx context.Context, dir string) error, pattern string) (written bool,
	exchanged int) {
	t.Helper()
	parent, victim := t.TempDir(), t.TempDir()
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			dirs, _ := filepath.Glob(filepath.Join(parent, pattern, "d?"))
			for _, dir := range dirs {
				if os.Rename(dir, filepath.Join(parent, "moved"+strconv.Itoa(i))) == nil &&
					os.Symlink(victim, dir) == nil {
					exchanged++
				}
			}
		}
	}()
	// An error is as good as success: only what it wrote counts.
	_ = unpack(t.Context(), filepath.Join(parent, "out"))
	close(stop)
	<-stopped
	entries, err := os.ReadDir(victim)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries) > 0, exchanged
}

// unpackNaively is what the documentation of archive/zip leads to.
func unpackNaively(dir string, data []byte) error {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, f := range r.File {
		name := filepath.Join(dir, f.Name)
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			return err
		}
		src, err := f.Open()
		if err != nil {
			return err
		}
		dst, err := os.Create(name)
		if err != nil {
			return err
		}
		if _, err := io.Copy(dst, src); err != nil { //nolint:gosec // The plain loop's fault is the point here.
			return err
		}
		if err := errors.Join(dst.Close(), src.Close()); err != nil {
			return err
		}
	}
	return nil
}
