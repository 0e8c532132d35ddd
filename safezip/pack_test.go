package safezip_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// packable is a tree with an empty directory, an executable file and times.
func packable(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, d := range []string{"empty", "d/e/f"} {
		if err := os.MkdirAll(filepath.Join(dir, d), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range map[string]string{"a": "A", "d/e/f/long": strings.Repeat("long ", 50_000), "d/none": "",
		"z.png": "\x89PNG"} {
		writeFile(t, filepath.Join(dir, name), []byte(data))
	}
	if err := os.Chmod(filepath.Join(dir, "a"), 0o700); err != nil {
		t.Fatal(err)
	}
	return dir
}

// pack packs the directory through an os.Root.
func pack(t *testing.T, dir string, lim limits.Limits, opts ...safezip.Option) ([]byte, *safezip.Report, error) {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	var buf bytes.Buffer
	r, err := safezip.Pack(t.Context(), &buf, root.FS(), lim, opts...)
	if (r == nil) != (err != nil) {
		t.Errorf("report %v beside %v", r, err)
	}
	return buf.Bytes(), r, err
}

func TestPack(t *testing.T) {
	dir := packable(t)
	want := map[string]string{"a": "A", "d/": "", "d/e/": "", "d/e/f/": "", "d/e/f/long": strings.Repeat("long ", 50_000),
		"d/none": "", "empty/": "", "z.png": "\x89PNG"}
	for name, opts := range map[string][]safezip.Option{
		"default": nil,
		"stored":  {safezip.StoreFunc(func(e safezip.Entry) bool { return e.Path == "z.png" || e.Size > 1000 })},
	} {
		data, report, err := pack(t, dir, writing, opts...)
		if err != nil {
			t.Fatal(err)
		}
		if got := contents(t, data); !maps.Equal(got, want) {
			t.Errorf("%s: %q", name, slices.Sorted(maps.Keys(got)))
		}
		if report.Files != 4 || report.Dirs != 4 || report.Entries != 8 || report.Bytes != 250_005 {
			t.Errorf("%s: %+v", name, report)
		}
		z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
			if f.Method == zip.Store && f.Flags&8 != 0 {
				t.Errorf("%s is stored and has a descriptor", f.Name)
			}
			if f.Name == "a" && runtime.GOOS != "windows" && f.Mode() != 0o755 || time.Since(f.Modified) > time.Hour {
				t.Errorf("%s: %v, %v", f.Name, f.Mode(), f.Modified)
			}
		}
		if wanted := slices.Sorted(maps.Keys(want)); !slices.Equal(names, wanted) {
			t.Errorf("%s: the order is %q, want %q", name, names, wanted)
		}
		again := filepath.Join(t.TempDir(), "out")
		if _, err := safezip.Extract(t.Context(), again, bytes.NewReader(data), int64(len(data)), sensible); err != nil {
			t.Error(err)
		}
		fixed := append(opts, safezip.FixedTime(time.Unix(1e9, 0)))
		one, _, err := pack(t, dir, writing, fixed...)
		if err != nil {
			t.Fatal(err)
		}
		two, _, err := pack(t, again, writing, append(fixed, safezip.Select(func(safezip.Entry) bool { return true }))...)
		if err != nil {
			t.Fatal(err)
		}
		if len(one) != len(two) { // The execute bit of "a" is not kept by Extract.
			t.Errorf("%s: the same tree gives %d and %d bytes", name, len(one), len(two))
		}
	}
}

// TestPackRefuses packs what is neither a file nor a directory, and names that no Reader takes.
func TestPackRefuses(t *testing.T) {
	file := &fstest.MapFile{Data: []byte("x")}
	for name, c := range map[string]struct {
		fsys fstest.MapFS
		rule limits.Rule
	}{
		"link":      {fstest.MapFS{"a": file, "d/l": {Data: []byte("../a"), Mode: fs.ModeSymlink}}, safezip.RuleSpecialFile},
		"device":    {fstest.MapFS{"d/dev": {Mode: fs.ModeDevice}}, safezip.RuleSpecialFile},
		"fifo":      {fstest.MapFS{"p": {Mode: fs.ModeNamedPipe}}, safezip.RuleSpecialFile},
		"backslash": {fstest.MapFS{`a\b`: file}, safezip.RuleBackslash},
		"case":      {fstest.MapFS{"d/a": file, "d/A": file}, safezip.RuleCaseCollision},
		"reserved":  {fstest.MapFS{"nul": file}, safezip.RuleReservedName},
		"unicode":   {fstest.MapFS{"é": file}, safezip.RuleNonASCII},
	} {
		for _, opts := range [][]safezip.Option{nil, {safezip.UnsafeSymlinks()}} {
			var buf bytes.Buffer
			_, err := safezip.Pack(t.Context(), &buf, c.fsys, writing, opts...)
			if err == nil {
				t.Errorf("%s: packed", name)
				continue
			}
			ruleOf(t, err, c.rule)
			if _, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len())); err == nil {
				t.Errorf("%s: an archive after an error", name)
			}
		}
		// Left out, it is in no way.
		keep := safezip.Select(func(e safezip.Entry) bool { return e.Name == "a" })
		if _, err := safezip.Pack(t.Context(), io.Discard, c.fsys, writing, keep); err != nil {
			t.Errorf("%s, left out: %v", name, err)
		}
	}
	if _, err := safezip.Pack(t.Context(), io.Discard, nil, writing); !errors.Is(err, limits.ErrConfig) {
		t.Error(err)
	}
	var notes *safezip.Report
	old := fstest.MapFS{"a": {ModTime: time.Unix(0, 0)}, "b": {ModTime: time.Unix(1e9, 0)}, "c": {}}
	notes, err := safezip.Pack(t.Context(), io.Discard, old, writing)
	if err != nil || len(notes.Notes) != 1 || notes.Notes[0].Where != "a" {
		t.Errorf("%+v, %v", notes, err)
	}
}

// changingFS is a file system whose files are not what they were when they were looked at.
type changingFS struct {
	fstest.MapFS
	change func(name string, f fs.File) fs.File
}

func (c changingFS) Open(name string) (fs.File, error) {
	f, err := c.MapFS.Open(name)
	if err != nil || name == "." {
		return f, err
	}
	return c.change(name, f), nil
}

// otherFile reads or describes something else.
type otherFile struct {
	fs.File
	data io.Reader
	stat func(calls int) fs.FileInfo
	n    int
}

func (o *otherFile) Read(p []byte) (int, error) {
	if o.data == nil {
		return o.File.Read(p)
	}
	return o.data.Read(p)
}

func (o *otherFile) Stat() (fs.FileInfo, error) {
	o.n++
	if o.stat == nil {
		return o.File.Stat()
	}
	return o.stat(o.n), nil
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// TestPackChanging packs files that change while they are read.
func TestPackChanging(t *testing.T) {
	files := fstest.MapFS{"file": {Data: []byte("0123456789")}, "other": {Data: []byte("01234567890")},
		"link": {Mode: fs.ModeSymlink}}
	info := func(name string) fs.FileInfo {
		i, err := fs.Lstat(files, name)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	only := safezip.Select(func(e safezip.Entry) bool { return e.Name == "file" })
	stored := safezip.StoreFunc(func(safezip.Entry) bool { return true })
	opened := 0
	for name, change := range map[string]func(f fs.File) fs.File{
		"grows for ever": func(f fs.File) fs.File { return &otherFile{File: f, data: zeros{}} },
		"grows by one":   func(f fs.File) fs.File { return &otherFile{File: f, data: strings.NewReader("0123456789x")} },
		"shrinks":        func(f fs.File) fs.File { return &otherFile{File: f, data: strings.NewReader("0")} },
		"is another when it is opened": func(f fs.File) fs.File {
			return &otherFile{File: f, stat: func(int) fs.FileInfo { return info("other") }}
		},
		"is another when it has been read": func(f fs.File) fs.File {
			return &otherFile{File: f, stat: func(n int) fs.FileInfo {
				if n > 1 {
					return info("other")
				}
				return info("file")
			}}
		},
		"reads nothing": func(f fs.File) fs.File { return &otherFile{File: f, data: iotestNothing{}} },
	} {
		for _, opts := range [][]safezip.Option{{only}, {only, stored}} {
			fsys := changingFS{files, func(_ string, f fs.File) fs.File { return change(f) }}
			_, err := safezip.Pack(t.Context(), io.Discard, fsys, writing, opts...)
			var path *fs.PathError
			if !errors.As(err, &path) || path.Path != "file" || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	// The second reading of a stored file differs, and has the same size.
	fsys := changingFS{files, func(_ string, f fs.File) fs.File {
		opened++
		return &otherFile{File: f, data: strings.NewReader(fmt.Sprintf("012345678%d", opened))}
	}}
	if _, err := safezip.Pack(t.Context(), io.Discard, fsys, writing, only, stored); err == nil {
		t.Error("two readings that differ")
	}
	// A link in the place of the file.
	fsys = changingFS{files, func(_ string, f fs.File) fs.File {
		return &otherFile{File: f, stat: func(int) fs.FileInfo { return info("link") }}
	}}
	_, err := safezip.Pack(t.Context(), io.Discard, fsys, writing, only)
	ruleOf(t, err, safezip.RuleSpecialFile)
}

type iotestNothing struct{}

func (iotestNothing) Read([]byte) (int, error) { return 0, nil }

// exchangingFS has the file exchanged for a link between look and open.
type exchangingFS struct {
	fs.FS
	dir string
}

func (e exchangingFS) Open(name string) (fs.File, error) {
	if name == "file" {
		path := filepath.Join(e.dir, name)
		if err := errors.Join(os.Remove(path), os.Symlink(filepath.Join(e.dir, "..", "secret"), path)); err != nil {
			return nil, err
		}
	}
	return e.FS.Open(name)
}

// TestPackExchanged exchanges a file for a link that leads out of the tree, after it was looked at:
// os.DirFS follows it, and an os.Root does not.
func TestPackExchanged(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links take a privilege there")
	}
	for _, rooted := range []bool{false, true} {
		parent := t.TempDir()
		dir := filepath.Join(parent, "tree")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		writeFile(t, filepath.Join(parent, "secret"), []byte("secret"))
		writeFile(t, filepath.Join(dir, "file"), []byte("public"))
		now := time.Unix(1e9, 0)
		if err := errors.Join(os.Chtimes(filepath.Join(dir, "file"), now, now),
			os.Chtimes(filepath.Join(parent, "secret"), now, now)); err != nil {
			t.Fatal(err)
		}
		fsys := os.DirFS(dir)
		if rooted {
			root, err := os.OpenRoot(dir)
			if err != nil {
				t.Fatal(err)
			}
			defer root.Close()
			fsys = root.FS()
		}
		var buf bytes.Buffer
		_, err := safezip.Pack(t.Context(), &buf, exchangingFS{fsys, dir}, writing,
			safezip.StoreFunc(func(safezip.Entry) bool { return true }))
		if err == nil || bytes.Contains(buf.Bytes(), []byte("secret")) {
			t.Errorf("rooted %v: %v", rooted, err)
		}
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
			_, err = safezip.Pack(t.Context(), &out, root.FS(), writing, safezip.Select(func(e safezip.Entry) bool {
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
