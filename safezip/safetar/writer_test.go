package safetar_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

func writing() limits.Limits {
	return limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute}
}

// longNames are names that headers hold in different ways.
var longNames = []string{
	"a", "d/b", strings.Repeat("n", 100), strings.Repeat("d/", 60) + "f", strings.Repeat("n", 101),
	strings.Repeat("p", 155) + "/" + strings.Repeat("n", 100),
	strings.Repeat("p", 156) + "/n", "ä/ö", "日本語" + strings.Repeat("x", 100), strings.Repeat("q", 200) + "/" +
		strings.Repeat("n", 150),
}

// deep lets the long names be.
func deep() limits.Limits {
	lim := tartest.Limits()
	lim.Depth = 100
	return lim
}

// written writes an archive of the names and a link.
func written(t *testing.T) []byte {
	t.Helper()
	var out bytes.Buffer
	lim := writing()
	lim.Depth = 100
	w, err := safetar.NewWriter(t.Context(), &out, lim, tartest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Mkdir("empty"); err != nil {
		t.Fatal(err)
	}
	for i, name := range longNames {
		f, err := w.Create(safetar.Entry{Name: name, Size: int64(len(name) * i), Mode: fs.FileMode(0o644 | i%2*0o111),
			Modified: time.Unix(int64(i)*1e9, 5)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, strings.Repeat(name, i)); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	f, err := w.Create(safetar.Entry{Path: "link", Mode: fs.ModeSymlink, Link: longNames[9]})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := w.Finish()
	if err != nil {
		t.Fatal(err)
	}
	if int(r.Entries) != len(longNames)+2 || int(r.ArchiveBytes) != out.Len() {
		t.Errorf("report %+v for %d bytes", r, out.Len())
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
	return out.Bytes()
}

// TestWriterIsRead: what a Writer writes, safetar, archive/tar and other programs read alike.
func TestWriterIsRead(t *testing.T) {
	data := written(t)
	if _, err := safetar.Inspect(t.Context(), bytes.NewReader(data), deep(), tartest.Options()...); err != nil {
		t.Fatal(err)
	}
	peer := tar.NewReader(bytes.NewReader(data))
	var names []string
	for {
		h, err := peer.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, h.Name)
	}
	if want := append(append([]string{"empty/"}, longNames...), "link"); !slices.Equal(names, want) {
		t.Errorf("%q, want %q", names, want)
	}
	archive := filepath.Join(t.TempDir(), "a.tar")
	if err := os.WriteFile(archive, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, reader := range readers {
		t.Run(reader.program, func(t *testing.T) {
			need.Program(t, reader.program, reader.debian)
			dir := t.TempDir()
			runReader(t, append(slices.Clone(reader.command), archive, dir)...)
			got := filesBelow(t, dir)
			for i, name := range longNames {
				if want := strings.Repeat(name, i); got[name] != want {
					t.Errorf("%.60q has %d bytes, want %d", name, len(got[name]), len(want))
				}
			}
		})
	}
}

// readers are other programs that read tar archives.
var readers = []struct {
	program, debian string
	command         []string // and then an archive and a directory, or several of both
	script          bool     // that takes several
}{
	{"tar", "tar", []string{"sh", "-c", `tar -xf "$0" -C "$1"`}, false},
	{"bsdtar", "libarchive-tools", []string{"sh", "-c", `bsdtar -xf "$0" -C "$1"`}, false},
	{"busybox", "busybox", []string{"sh", "-c", `busybox tar -xf "$0" -C "$1"`}, false},
	{"python3", "python3", []string{"python3", "-c", `
import sys, tarfile
for archive, dir in zip(sys.argv[1::2], sys.argv[2::2]):
    try:
        with tarfile.open(archive) as t:
            t.extractall(dir)
    except Exception as e:
        sys.exit(archive + ": " + repr(e))
`}, true},
}

// runReader has a program unpack archives into directories, which alternate.
func runReader(t *testing.T, argv ...string) {
	t.Helper()
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v: %v: %s", argv, err, out)
	}
}

// filesBelow returns the regular files below a directory, by their paths.
func filesBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		name, relErr := filepath.Rel(dir, path)
		files[filepath.ToSlash(name)] = string(data)
		return errors.Join(err, relErr)
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestWriterRefuses: a refused name writes nothing and ends nothing; broken promises end the
// Writer.
func TestWriterRefuses(t *testing.T) {
	var out bytes.Buffer
	w, err := safetar.NewWriter(t.Context(), &out, writing())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.WriteFile("a", []byte("x")); err != nil {
		t.Fatal(err)
	}
	for name, rule := range map[string]limits.Rule{
		"../evil": safetar.RulePathTraversal, "/etc": safetar.RuleAbsolutePath, "a": safetar.RuleDuplicateName,
		"A":   safetar.RuleCaseCollision,
		"a/b": safetar.RuleFileDirCollision, "CON": safetar.RuleReservedName, "ä": safetar.RuleNonASCII,
		"b/": safetar.RuleInvalidName, "": safetar.RuleInvalidName,
	} {
		refusedFor(t, w.WriteFile(name, nil), rule)
	}
	for e, rule := range map[safetar.Rule]safetar.Entry{
		safetar.RuleSymlink:     {Name: "l", Mode: fs.ModeSymlink, Link: "a"},
		safetar.RuleSpecialFile: {Name: "l", Mode: fs.ModeNamedPipe},
	} {
		_, err := w.Create(rule)
		refusedFor(t, err, e)
	}
	f, err := w.Create(safetar.Entry{Name: "b", Size: 3})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Mkdir("d"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("Mkdir while a file is open: %v", err)
	}
	_, err = f.Write([]byte("four"))
	refusedFor(t, err, safetar.RuleSizeMismatch)
	_, err = w.Finish()
	refusedFor(t, err, safetar.RuleSizeMismatch)
	if err := w.Close(); !errors.Is(err, safetar.ErrUnfinished) {
		t.Errorf("Close: %v", err)
	}
	if err := w.WriteFile("c", nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}

	w, err = safetar.NewWriter(t.Context(), io.Discard, writing())
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if f, err = w.Create(safetar.Entry{Name: "b", Size: 3}); err != nil {
		t.Fatal(err)
	}
	refusedFor(t, f.Close(), safetar.RuleSizeMismatch)
	for _, w := range []*safetar.Writer{nil, {}} {
		_, createErr := w.Create(safetar.Entry{})
		_, finishErr := w.Finish()
		for _, err := range []error{createErr, finishErr, w.Mkdir("d"), w.WriteFile("f", nil), w.Close()} {
			if !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%v", err)
			}
		}
		if w.Context().Err() == nil {
			t.Error("Context")
		}
	}
}

// TestWriterLargeSize: a size that ustar does not hold goes to a pax header, which readers take.
func TestWriterLargeSize(t *testing.T) {
	var out bytes.Buffer
	w, err := safetar.NewWriter(t.Context(), &out, limits.Limits{InputBytes: math.MaxInt64, Items: 10, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Create(safetar.Entry{Name: "large", Size: 1 << 40}); err != nil {
		t.Fatal(err)
	}
	_ = w.Close()
	if out.Len() == 0 { // Headers wait in a buffer; what is there shows that nothing half was written.
		return
	}
	h, err := tar.NewReader(&out).Next()
	if err != nil || h.Size != 1<<40 {
		t.Errorf("%+v, %v", h, err)
	}
}

func TestPack(t *testing.T) {
	tree := fstest.MapFS{
		"a":       {Data: []byte("one"), ModTime: time.Unix(1e9, 0)},
		"d/b":     {Data: make([]byte, 100_000), ModTime: time.Unix(1e9, 0)},
		"d/empty": {Mode: fs.ModeDir | 0o755}, "x": {Mode: 0o755, Data: []byte("#!")},
	}
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		r, err := safetar.Pack(t.Context(), out, tree, writing(), safetar.FixedTime(time.Unix(1e9, 0)))
		if err != nil {
			t.Fatal(err)
		}
		if r.Files != 3 || r.Dirs != 2 || r.Bytes != 100_005 {
			t.Errorf("%+v", r)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same tree gives other bytes")
	}
	dir := filepath.Join(t.TempDir(), "out")
	if _, err := safetar.Extract(t.Context(), dir, &first, tartest.Limits(), safetar.UnsafeKeepExecutable()); err != nil {
		t.Fatal(err)
	}
	got := filesBelow(t, dir)
	for name, f := range tree {
		if f.Mode.IsDir() {
			continue
		}
		if got[name] != string(f.Data) {
			t.Errorf("%s has %d bytes", name, len(got[name]))
		}
	}
	_, err := safetar.Pack(t.Context(), io.Discard, fstest.MapFS{"l": {Mode: fs.ModeSymlink, Data: []byte("a")}},
		writing())
	refusedFor(t, err, safetar.RuleSpecialFile)
	_, err = safetar.Pack(t.Context(), io.Discard, fstest.MapFS{"CON": {}}, writing())
	refusedFor(t, err, safetar.RuleReservedName)
	for _, name := range []string{"caf\xe9", "d/caf\xe9", "caf\xe9/x"} { // Package fs opens no such file.
		_, err = safetar.Pack(t.Context(), io.Discard, fstest.MapFS{name: {}}, writing(), safetar.UnicodeNames())
		refusedFor(t, err, safetar.RuleInvalidName)
	}
	if _, err := safetar.Pack(t.Context(), io.Discard, nil, writing()); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil tree: %v", err)
	}
	r, err := safetar.Pack(t.Context(), io.Discard, tree, writing(),
		safetar.Select(func(e safetar.Entry) bool { return e.Name != "d/" }))
	if err != nil || r.Entries != 2 {
		t.Errorf("selected: %+v, %v", r, err)
	}
}

// TestPackExchangedDirectory exchanges a directory for a link to another one of the tree, which
// Select leaves out, after it was looked at. A directory that gets another file is packed.
func TestPackExchangedDirectory(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links take a privilege there")
	}
	for name, change := range map[string]func(dir string) error{
		"a link": func(dir string) error {
			return errors.Join(os.Rename(dir+"/public", dir+"/was"), os.Symlink("secret", dir+"/public"))
		},
		"another directory": func(dir string) error {
			return errors.Join(os.Rename(dir+"/public", dir+"/was"), os.Rename(dir+"/secret", dir+"/public"))
		},
		"a file": func(dir string) error {
			return errors.Join(os.Rename(dir+"/public", dir+"/was"), os.WriteFile(dir+"/public", []byte("x"), 0o600))
		},
		"nothing":      func(string) error { return nil },
		"another file": func(dir string) error { return os.WriteFile(dir+"/public/more", nil, 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			if err := errors.Join(os.Mkdir(dir+"/public", 0o700), os.Mkdir(dir+"/secret", 0o700),
				os.WriteFile(dir+"/secret/key", []byte("x"), 0o600)); err != nil {
				t.Fatal(err)
			}
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			var out bytes.Buffer
			_, err = safetar.Pack(t.Context(), &out, root.FS(), writing(), safetar.Select(func(e safetar.Entry) bool {
				if e.Path == "public" {
					if err := change(dir); err != nil {
						t.Error(err)
					}
				}
				return e.Path != "secret" && e.Path != "was"
			}))
			good := name == "nothing" || name == "another file"
			if _, isPath := errors.AsType[*fs.PathError](err); good != (err == nil) || !good && !isPath ||
				bytes.Contains(out.Bytes(), []byte("key")) {
				t.Errorf("%v", err)
			}
		})
	}
}

// lateWriter takes what it gets, and the end of the operation comes meanwhile.
type lateWriter struct{ late func() }

func (w lateWriter) Write(p []byte) (int, error) {
	w.late()
	return len(p), nil
}

// TestWriterLate: an archive whose last bytes were written when the operation had ended is not
// finished, and its Writer gives everything back. Its clock stands still while the Writer works, so
// that a busy machine does not matter.
func TestWriterLate(t *testing.T) { synctest.Test(t, testWriterLate) }

func testWriterLate(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(limits.WithPool(t.Context(), pool))
	defer cancel()
	short := writing()
	short.Time = 200 * time.Millisecond
	var w *safetar.Writer
	for name, test := range map[string]struct {
		lim  limits.Limits
		late func()
		want error
	}{
		"in time":   {writing(), func() {}, nil},
		"cancelled": {writing(), cancel, context.Canceled},
		"too slow":  {short, func() { <-w.Context().Done() }, limits.ErrExceeded},
	} {
		ctx := ctx
		if name != "cancelled" {
			ctx = limits.WithPool(t.Context(), pool)
		}
		if w, err = safetar.NewWriter(ctx, lateWriter{test.late}, test.lim); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteFile("a", []byte("data")); err != nil { // It waits in a buffer.
			t.Fatal(err)
		}
		r, err := w.Finish()
		if !errors.Is(err, test.want) || (r == nil) != (err != nil) {
			t.Errorf("%s: %v; want %v", name, err, test.want)
		}
		if err := w.Close(); errors.Is(err, safetar.ErrUnfinished) != (test.want != nil) {
			t.Errorf("%s: Close: %v", name, err)
		}
	}
}
