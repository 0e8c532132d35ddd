package safetar_test

import (
	"archive/tar"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

func TestStripTop(t *testing.T) {
	strip, skip := safetar.StripTop(), safetar.SkipMacOS()
	for name, test := range map[string]struct {
		files    []string
		opts     []safetar.Option
		want     []string
		stripped string
	}{
		"one top":                 {[]string{"top/", "top/a", "top/d/b"}, nil, []string{"a", "d/", "d/b"}, "top"},
		"one top, implied":        {[]string{"top/a", "top/top/a"}, nil, []string{"a", "top/", "top/a"}, "top"},
		"the root as well":        {[]string{"./", "./top/", "./top/a"}, nil, []string{"a"}, "top"},
		"the top after its files": {[]string{"top/a", "top/"}, nil, []string{"a"}, "top"},
		"the top twice":           {[]string{"top/", "top/a", "top/"}, nil, []string{"a"}, "top"},
		"an empty top":            {[]string{"top/"}, nil, nil, "top"},
		"two tops": {[]string{"top/a", "other/b"}, nil, []string{"other/", "other/b", "top/", "top/a"},
			""},
		"a file beside it":             {[]string{"top/a", "b"}, nil, []string{"b", "top/", "top/a"}, ""},
		"one file":                     {[]string{"a"}, nil, []string{"a"}, ""},
		"nothing":                      {nil, nil, nil, ""},
		"macOS beside it":              {[]string{"top/a", "__MACOSX/top/._a"}, []safetar.Option{skip}, []string{"a"}, "top"},
		"macOS beside it, not skipped": {[]string{"top/a", ".DS_Store"}, nil, []string{".DS_Store", "top/", "top/a"}, ""},
		"a name of the stage's own": {[]string{"tree/old", "tree/tree/a"}, nil, []string{"old", "tree/", "tree/a"},
			"tree"},
		"Select leaves out all": {[]string{"top/a"}, []safetar.Option{
			safetar.Select(func(safetar.Entry) bool { return false })}, nil, "top"},
		"Select is asked afterwards": {[]string{"top/a", "b"}, []safetar.Option{
			safetar.Select(func(e safetar.Entry) bool { return e.Name == "top/a" })}, []string{"top/", "top/a"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			data := archiveOf(test.files...)
			opts := append([]safetar.Option{strip, safetar.Sync(), safetar.KeepTimes()}, test.opts...)
			names, r, err := unpacked(t, data, opts...)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(names, test.want) || r.Stripped != test.stripped || int(r.Files+r.Dirs) != len(names) {
				t.Errorf("%q, stripped %q, %d files and %d directories; want %q, stripped %q", names, r.Stripped, r.Files,
					r.Dirs, test.want, test.stripped)
			}
			seen, err := safetar.Inspect(t.Context(), bytes.NewReader(data), tartest.Limits(), opts...)
			if err != nil || seen.Stripped != r.Stripped || seen.Files != r.Files || seen.Dirs != r.Dirs ||
				seen.Bytes != r.Bytes {
				t.Errorf("Inspect: %+v, error %v; Extract: %+v", seen, err, r)
			}
		})
	}
}

// TestStripTopLinks: links that stay within the top directory lead to the same after it is
// stripped; others are refused.
func TestStripTopLinks(t *testing.T) {
	symlink := func(name, target string) tarbuild.Header {
		return tarbuild.Header{Name: name, Type: tarbuild.TypeSymlink, Link: target}
	}
	file := tarbuild.Header{Name: "top/d/a", Data: []byte("data")}
	dir := filepath.Join(t.TempDir(), "out")
	opts := []safetar.Option{safetar.StripTop(), safetar.UnsafeSymlinks(), safetar.UnsafeHardLinks()}
	data := tarbuild.Archive(file, symlink("top/s", "d/a"), symlink("top/d/up", "../d/a"), symlink("top/e/over", "../s"),
		tarbuild.Header{Name: "top/h", Type: tarbuild.TypeHardLink, Link: "top/d/a"})
	r, err := safetar.Extract(t.Context(), dir, bytes.NewReader(data), tartest.Limits(), opts...)
	if err != nil || r.Stripped != "top" {
		t.Fatalf("%+v, error %v", r, err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range []string{"d/a", "s", "d/up", "e/over", "h"} {
		if got, err := root.ReadFile(name); err != nil || string(got) != "data" {
			t.Errorf("%s: %q, error %v", name, got, err)
		}
	}
	for _, target := range []string{"../top/d/a", "..", "../x", "/top/d/a"} {
		data := tarbuild.Archive(file, symlink("top/s", target))
		_, _, err := unpacked(t, data, opts...)
		refusedFor(t, err, safetar.RuleSymlink)
		_, err = safetar.Inspect(t.Context(), bytes.NewReader(data), tartest.Limits(), opts...)
		refusedFor(t, err, safetar.RuleSymlink)
	}
	// A link is no top directory.
	names, r, err := unpacked(t, tarbuild.Archive(file, symlink("s", "top")), opts...)
	if err != nil || r.Stripped != "" || !slices.Contains(names, "top/d/a") {
		t.Errorf("a link beside the top: %q, %v", names, err)
	}
}

// TestStripTopReplace: what is kept is looked for below the top directory, and nothing is left
// beside the new tree.
func TestStripTopReplace(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "site")
	if err := os.MkdirAll(filepath.Join(dir, "uploads", "photo"), 0o755); err != nil {
		t.Fatal(err)
	}
	opts := []safetar.Option{safetar.StripTop(), safetar.Replace("uploads")}
	_, err := safetar.Extract(t.Context(), dir, bytes.NewReader(archiveOf("top/a", "top/uploads/evil")), tartest.Limits(),
		opts...)
	refusedFor(t, err, safetar.RuleKeptName)
	r, err := safetar.Extract(t.Context(), dir, bytes.NewReader(archiveOf("uploads/a", "uploads/b/c")), tartest.Limits(),
		opts...)
	if err != nil || r.Stripped != "uploads" {
		t.Fatalf("%+v, error %v", r, err)
	}
	for _, name := range []string{"a", "b/c", "uploads/photo"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) != 1 {
		t.Errorf("%v was left (error %v)", left, err)
	}
}

// TestStripTopKilled: a stage of a process that was killed between the renames is removed.
func TestStripTopKilled(t *testing.T) {
	for _, parts := range [][]string{{"old/top"}, {"old", "tree"}} {
		parent := t.TempDir()
		stage := filepath.Join(parent, ".out.safezip-"+strings.Repeat("A", 26))
		for _, part := range parts {
			if err := os.MkdirAll(filepath.Join(stage, part), 0o700); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(stage, "lock"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		n, err := safezip.RemoveStale(filepath.Join(parent, "out"), 0*time.Second)
		if errors.Is(err, errors.ErrUnsupported) {
			t.Skip("stages are not removed on this system")
		}
		if left, _ := os.ReadDir(parent); err != nil || n != 1 || len(left) > 0 {
			t.Errorf("%q: %d removed, %v left, error %v", parts, n, left, err)
		}
	}
}

func TestStripTopMistakes(t *testing.T) {
	root, err := os.OpenRoot(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	lim := tartest.Limits()
	_, rootErr := safetar.ExtractRoot(t.Context(), root, panicking{}, lim, safetar.StripTop())
	_, readerErr := safetar.NewReader(t.Context(), panicking{}, lim, safetar.StripTop())
	_, prefixErr := safetar.Inspect(t.Context(), panicking{}, lim, safetar.StripTop(), safetar.StripPrefix("a"))
	_, stripErr := safetar.NewWriter(t.Context(), &bytes.Buffer{}, lim, safetar.StripTop())
	_, skipErr := safetar.NewWriter(t.Context(), &bytes.Buffer{}, lim, safetar.SkipMacOS())
	for what, err := range map[string]error{"ExtractRoot": rootErr, "NewReader": readerErr, "StripPrefix": prefixErr,
		"NewWriter with StripTop": stripErr, "NewWriter with SkipMacOS": skipErr} {
		if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestSkipMacOS(t *testing.T) {
	skip := safetar.SkipMacOS()
	left := []string{"__MACOSX/", "__MACOSX/._a", ".DS_Store", "d/.DS_Store", "d/._b", "Icon\r", "d/Icon\r", "d/._d/x"}
	data := archiveOf(append([]string{"a", "d/c", "d/x._y", "d/DS_Store"}, left...)...)
	names, r, err := unpacked(t, data, skip)
	if want := []string{"a", "d/", "d/DS_Store", "d/c", "d/x._y"}; err != nil || !slices.Equal(names, want) ||
		len(r.Notes) != len(left) {
		t.Fatalf("%q, %+v, error %v; want %q", names, r, err, want)
	}
	if int(r.Files+r.Dirs) != len(names) || r.Entries != 12 {
		t.Errorf("%+v", r)
	}
	reader, err := safetar.NewReader(t.Context(), bytes.NewReader(data), tartest.Limits(), skip)
	if err != nil {
		t.Fatal(err)
	}
	defer reader.Close()
	var handed []string
	for e, err := reader.Next(); err == nil; e, err = reader.Next() {
		handed = append(handed, e.Path)
	}
	if want := []string{"a", "d/c", "d/x._y", "d/DS_Store"}; !slices.Equal(handed, want) {
		t.Errorf("a Reader hands out %q, want %q", handed, want)
	}
	// Select is not asked about what is left out.
	_, _, err = unpacked(t, data, skip, safetar.Select(func(e safetar.Entry) bool {
		if slices.Contains(left, e.Name) {
			t.Errorf("Select is asked about %q", e.Name)
		}
		return true
	}))
	if err != nil {
		t.Error(err)
	}
	_, _, err = unpacked(t, archiveOf("Icon\r"))
	refusedFor(t, err, safetar.RuleControlCharacter)
}

// TestSkipMacOSIsNoWayRound: names that are left out are under every rule but those about spelling.
func TestSkipMacOSIsNoWayRound(t *testing.T) {
	link := func(kind byte, name, target string) []byte {
		return tarbuild.Archive(tarbuild.Header{Name: "._f", Data: []byte("x")},
			tarbuild.Header{Name: name, Type: kind, Link: target})
	}
	for _, test := range []struct {
		data []byte
		rule limits.Rule
	}{
		{archiveOf("__MACOSX/../x"), safetar.RulePathTraversal},
		{archiveOf("../._x"), safetar.RulePathTraversal},
		{archiveOf("/__MACOSX/x"), safetar.RuleAbsolutePath},
		{archiveOf(`__MACOSX\..\x`), safetar.RulePathTraversal},
		{archiveOf("c:/._x"), safetar.RuleDriveOrUNC},
		{archiveOf("._a", "._a"), safetar.RuleDuplicateName},
		{archiveOf("._a", "._A"), safetar.RuleCaseCollision},
		{archiveOf("._a", "._a/b"), safetar.RuleFileDirCollision},
		{archiveOf("__MACOSX/a", "__macosx/a"), safetar.RuleCaseCollision},
		{link(tarbuild.TypeFIFO, "._p", ""), safetar.RuleSpecialFile},
		{link(tarbuild.TypeSymlink, "._s", "../out"), safetar.RuleSymlink},
		{link(tarbuild.TypeSymlink, "s", "._f"), safetar.RuleSymlink},
		{link(tarbuild.TypeHardLink, "h", "._f"), safetar.RuleSpecialFile},
	} {
		opts := []safetar.Option{safetar.SkipMacOS(), safetar.UnsafeSymlinks(), safetar.UnsafeHardLinks()}
		_, _, err := unpacked(t, test.data, opts...)
		refusedFor(t, err, test.rule)
		_, err = safetar.Inspect(t.Context(), bytes.NewReader(test.data), tartest.Limits(), opts...)
		refusedFor(t, err, test.rule)
	}
	lim := tartest.Limits()
	lim.OutputBytes = 2
	_, err := safetar.Inspect(t.Context(), bytes.NewReader(archiveOf("._abc")), lim, safetar.SkipMacOS())
	if !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("the size of what is left out: %v", err)
	}
}

// TestPrefixComesTwice: a directory above the prefix that is stripped may be said again, and is
// made by neither.
func TestPrefixComesTwice(t *testing.T) {
	names, r, err := unpacked(t, archiveOf("./", "top/", "top/d/", "top/d/a", "top/", "top/d/", "./"),
		safetar.StripPrefix("top/d"))
	if err != nil || !slices.Equal(names, []string{"a"}) || r.Files != 1 || r.Dirs != 0 {
		t.Errorf("%q, %+v, error %v", names, r, err)
	}
}

// TestWords tells what was sent in the place of a tar archive.
func TestWords(t *testing.T) {
	long := strings.Repeat("x", 600)
	for data, what := range map[string]string{
		"PK\x03\x04" + long: "a zip file", "PK\x03\x04": "a zip file", "\xfd7zXZ\x00": "an xz file",
		"!<arch>\n" + long: "an ar archive", "<!DOCTYPE html>": "an HTML page", "": "the archive is empty",
		"hello": "cut off within a header", "hello" + long: "the checksum of its first header",
		strings.Repeat("\x00", 257) + "ustar" + long: "the checksum of its first header",
	} {
		_, err := safetar.Inspect(t.Context(), strings.NewReader(data), tartest.Limits())
		if rule, ok := errors.AsType[*safetar.RuleError](err); !ok || !strings.Contains(rule.Detail, what) {
			t.Errorf("%.10q: %v", data, err)
		}
	}
}

// TestLinkInRecord: a link whose target stands in a record alone is let in as Rust and Go write it,
// with a note.
func TestLinkInRecord(t *testing.T) {
	opts := []safetar.Option{safetar.UnsafeSymlinks(), safetar.UnicodeNames()}
	for name, target := range map[string]string{"long": strings.Repeat("n", 100), "beyond ASCII": "\u65e5\u672c"} {
		t.Run(name, func(t *testing.T) {
			var buf bytes.Buffer
			w := tar.NewWriter(&buf)
			if err := errors.Join(w.WriteHeader(&tar.Header{Name: target, Mode: 0o644}),
				w.WriteHeader(&tar.Header{Name: "b", Typeflag: tar.TypeSymlink, Linkname: target}), w.Close()); err != nil {
				t.Fatal(err)
			}
			data := buf.Bytes()
			if name == "long" { // Go writes the beginning of the target.
				data = tarbuild.Archive(tarbuild.LongName(target), tarbuild.Header{Name: "n", Magic: tarbuild.GNU},
					tarbuild.LongLink(target), tarbuild.Header{Name: "b", Type: tarbuild.TypeSymlink, Magic: tarbuild.GNU})
			}
			_, r, err := unpacked(t, data, opts...)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(r.Notes, func(n safezip.Finding) bool {
				return n.Where == "b" && strings.Contains(n.Detail, "in a record alone")
			}) {
				t.Errorf("no note: %v", r.Notes)
			}
		})
	}
}
