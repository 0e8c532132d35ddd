package faults_test

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/faults"
	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// every is how many system calls lie from one that is tried to the next: 1 tries all of them.
var every = flag.Int("every", 97, "try each n-th system call of an operation")

// An operation is one line of the table. Later ones join it here.
type operation struct {
	name   string
	call   string            // what the victim does
	bad    bool              // with an archive whose last entry is damaged, so that all is undone
	before map[string]string // what dir holds before; nil if it does not exist
	after  map[string]string // and after success
	inject []string          // faults in every run
	killed bool              // a kill may leave anything below dir, as documented
}

var (
	unpacked = map[string]string{"a": "alpha", "d/": "", "d/b": "beta", "d/e/": "", "d/e/c": "gamma", "d/link": "-> b"}
	old      = map[string]string{"a": "old", "uploads/": "", "uploads/1": "mine", "etc/": "", "etc/settings.ini": "k=v",
		"etc/other": "gone"}
	replaced = merged(unpacked, map[string]string{"uploads/": "", "uploads/1": "mine", "etc/": "",
		"etc/settings.ini": "k=v"})
	others = map[string]string{"mine": "stays"}
)

var operations = []operation{
	{name: "ExtractFile", call: "ExtractFile", after: unpacked},
	{name: "ExtractFile, synced", call: "Sync", after: unpacked},
	{name: "ExtractFile, undone", call: "ExtractFile", bad: true},
	{name: "ExtractStream", call: "ExtractStream", after: unpacked},
	{name: "ExtractRoot", call: "ExtractRoot", before: others, after: merged(others, unpacked), killed: true},
	{name: "ExtractRoot, undone", call: "ExtractRoot", before: others, bad: true, killed: true},
	{name: "Replace", call: "Replace", before: old, after: replaced},
	{name: "Replace, undone", call: "Replace", before: old, bad: true},
	{name: "OpenStream", call: "OpenStream"},
	{name: "OpenStream, refused", call: "OpenStream", bad: true},
	{name: "Pack", call: "Pack", before: old, after: old},
	{name: "Replace by two renames", call: "Replace", before: old, after: replaced,
		inject: []string{"renameat2:error=EINVAL"}},
	{name: "Replace, not taken back", call: "Replace", before: old, after: replaced,
		inject: []string{"renameat2:error=EIO:when=2+"}},
}

func merged(trees ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, tree := range trees {
		maps.Copy(all, tree)
	}
	return all
}

// errnos are the errors of a system that has too little of something, or is broken.
var errnos = []string{"ENOSPC", "EIO", "EMFILE", "EACCES", "EDQUOT", "EINTR", "ENOMEM"}

// runtimeCalls are the Go runtime's own, which no operation makes.
var runtimeCalls = []string{"futex", "mmap", "munmap", "madvise", "nanosleep", "clock_gettime", "sched_yield",
	"getrandom", "tgkill", "getpid", "gettid", "clone", "clone3", "rt_sigprocmask", "rt_sigaction", "rt_sigreturn",
	"sigaltstack", "epoll_create1", "epoll_ctl", "epoll_pwait", "eventfd2", "prctl", "rseq", "set_robust_list",
	"timer_create", "timer_settime", "timer_delete", "setitimer", "fcntl",
	// the names of 32 bits
	"futex_time64", "mmap2", "clock_gettime64", "fcntl64", "timer_settime64", "set_thread_area"}

// program is the victim, which build builds once.
var program string

var build = sync.OnceValue(func() error {
	out, err := exec.Command("go", "build", "-o", program, "./victim").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
})

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		dir, err := os.MkdirTemp("", "faults")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(dir) }() // Nothing of it is wanted.
		program = filepath.Join(dir, "victim")
		return m.Run()
	}())
}

// A bench is where one operation is tried again and again.
type bench struct {
	operation
	victim  faults.Victim
	archive string
	parent  string
}

func newBench(t *testing.T, op operation) *bench {
	t.Helper()
	strace(t)
	if err := build(); err != nil {
		t.Fatal(err)
	}
	b := &bench{operation: op, victim: faults.Victim{Program: program, Inject: op.inject},
		archive: filepath.Join(t.TempDir(), "a.zip"), parent: t.TempDir()}
	files := []zipbuild.File{{Name: "a", Data: []byte("alpha")},
		{Name: "d/b", Data: []byte("beta"), Method: zipbuild.Deflate},
		{Name: "d/e/c", Data: []byte("gamma")}, {Name: "d/link", Data: []byte("b"), Mode: 0o120777}}
	if op.bad {
		files = append(files, zipbuild.File{Name: "z", Data: []byte("goods"), Raw: []byte("evils")})
	}
	if err := os.WriteFile(b.archive, zipbuild.Archive{Files: files}.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return b
}

// strace skips the test if strace is not there, or may not trace here.
func strace(t *testing.T) {
	t.Helper()
	need.Program(t, "strace", "strace")
	if out, err := exec.Command("strace", "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("strace cannot trace here: %v: %s", err, out)
		}
		t.Skipf("strace cannot trace here: %s", out)
	}
}

func (b *bench) dir() string { return filepath.Join(b.parent, "out") }

// args are those of the victim.
func (b *bench) args() []string { return []string{b.call, b.dir(), b.archive} }

// prepare has the directory be as before the operation, and nothing beside it.
func (b *bench) prepare(t *testing.T) {
	t.Helper()
	entries, err := os.ReadDir(b.parent)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(b.parent, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	if b.before == nil {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(b.before)) {
		path := filepath.Join(b.dir(), name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			if err := os.WriteFile(path, []byte(b.before[name]), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// tree reads a directory; nil if there is none.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		name, err := filepath.Rel(dir, path)
		switch {
		case err != nil:
		case d.IsDir():
			found[filepath.ToSlash(name)+"/"] = ""
		case d.Type() == fs.ModeSymlink:
			var to string
			to, err = os.Readlink(path)
			found[filepath.ToSlash(name)] = "-> " + to
		default:
			var data []byte
			data, err = os.ReadFile(path)
			found[filepath.ToSlash(name)] = string(data)
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// beside is what lies beside the directory.
func (b *bench) beside(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(b.parent)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.Name() != "out" {
			names = append(names, e.Name())
		}
	}
	return names
}

// settled checks that one RemoveStale removes all that is left, and that the directory is whole
// then.
func (b *bench) settled(t *testing.T, what string) {
	t.Helper()
	if _, err := safezip.RemoveStale(b.dir(), 0); err != nil {
		t.Errorf("%s: %v", what, err)
	}
	if left := b.beside(t); len(left) > 0 {
		t.Errorf("%s: RemoveStale leaves %v", what, left)
	}
	got := tree(t, b.dir())
	wasOrIs := cmp.Equal(got, b.before) || b.after != nil && cmp.Equal(got, b.after)
	if !wasOrIs && !b.killed {
		t.Errorf("%s: the directory is neither as before nor whole: %v", what, got)
	}
	if b.killed {
		for name, content := range b.before {
			if got[name] != content {
				t.Errorf("%s: %s was touched", what, name)
			}
		}
	}
}

// TestKilled kills each operation at its system calls.
func TestKilled(t *testing.T) {
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			b := newBench(t, op)
			b.prepare(t)
			points, err := b.victim.Points(filepath.Join(t.TempDir(), "log"), b.args()...)
			if err != nil {
				t.Fatal(err)
			}
			tried := 0
			for i := 0; i < len(points); i += *every {
				b.prepare(t)
				out, err := b.victim.Kill(points[i], b.args()...)
				if err != nil {
					t.Fatal(err)
				}
				if !out.Killed {
					continue // The runtime made one call less this time.
				}
				tried++
				what := points[i].Call + " killed"
				if got := tree(t, b.dir()); !b.killed && b.call != "Replace" && got != nil && !cmp.Equal(got, b.after) {
					t.Errorf("%s: the directory is not whole: %v", what, got)
				}
				b.settled(t, what)
			}
			t.Logf("killed at %d of %d system calls", tried, len(points))
		})
	}
}

// TestFailing has a system call of each operation fail.
func TestFailing(t *testing.T) {
	for _, op := range operations {
		t.Run(op.name, func(t *testing.T) {
			b := newBench(t, op)
			b.prepare(t)
			points, err := b.victim.Points(filepath.Join(t.TempDir(), "log"), b.args()...)
			if err != nil {
				t.Fatal(err)
			}
			points = slices.DeleteFunc(points, func(p faults.Point) bool { return slices.Contains(runtimeCalls, p.Call) })
			tried, n := 0, 0
			for i, p := range points {
				for j := range errnos {
					errno := errnos[(i+j)%len(errnos)] // Another one at each point, whatever the stride.
					if n++; n%*every != 0 {
						continue
					}
					tried++
					b.prepare(t)
					out, err := b.victim.Fail(p, errno, b.args()...)
					if err != nil {
						t.Fatalf("%s %s: %v", p.Call, errno, err)
					}
					b.judge(t, p.Call+" "+errno, out)
				}
			}
			t.Logf("%d of %d faults", tried, n)
		})
	}
}

// judge holds the outcome of an operation with a fault against what is on the disk.
func (b *bench) judge(t *testing.T, what string, out faults.Outcome) {
	t.Helper()
	if out.Refused && !b.bad {
		t.Errorf("%s: the archive is refused: %s", what, out.Error)
	}
	want := b.after
	if out.Error != "" {
		want = b.before
	}
	said := out.Error + strings.Join(out.Notes, " ")
	left := b.beside(t)
	got := tree(t, b.dir())
	switch {
	case cmp.Equal(got, want):
	case out.Error != "" && strings.Contains(said, "left"): // And RemoveStale finishes it.
	default:
		t.Errorf("%s: %v; the directory holds %v", what, out, got)
	}
	for _, name := range left {
		if !strings.Contains(said, name) {
			t.Errorf("%s: %s is left, and not named in %q", what, name, said)
		}
	}
	if b.killed {
		return
	}
	b.settled(t, what)
}

// TestVictim sees each operation succeed, or be refused, without a fault.
func TestVictim(t *testing.T) {
	for _, op := range operations {
		b := newBench(t, op)
		b.prepare(t)
		start := time.Now()
		points, err := b.victim.Points(filepath.Join(t.TempDir(), "log"), b.args()...)
		if err != nil {
			t.Fatal(err)
		}
		want := b.after
		if b.bad {
			want = b.before
		}
		if diff := cmp.Diff(want, tree(t, b.dir())); diff != "" {
			t.Errorf("%s (-want +got):\n%s", op.name, diff)
		}
		if left := b.beside(t); len(left) > 0 {
			t.Errorf("%s leaves %v", op.name, left)
		}
		t.Logf("%s: %d system calls, %v", op.name, len(points), time.Since(start))
	}
}
