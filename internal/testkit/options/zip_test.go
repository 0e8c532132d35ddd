package options

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/codepage"
)

// sizes are the limits of the probes of archives.
var sizes = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Time: time.Minute}

// early is the time of the entries of all archives.
var early = time.Date(2001, 2, 3, 4, 5, 6, 0, time.UTC)

// A member is one entry of an archive.
type member struct {
	name, body string
	mode       fs.FileMode
}

// zipped makes an archive, in the character set of MS-DOS if a name is not ASCII in UTF-8.
func zipped(t *testing.T, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, m := range members {
		h := &zip.FileHeader{Name: m.name, Modified: early, Method: zip.Store, NonUTF8: strings.Contains(m.name, "\x82")}
		h.SetMode(m.mode | 0o644)
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, m.body); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// listing returns the names below a directory, with "x" for a file that can be run, "l" for a link
// and "early" for one that has kept its time.
func listing(t *testing.T, dir string) string {
	t.Helper()
	var list []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == dir || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		item := filepath.ToSlash(name)
		switch {
		case info.Mode().Type() == fs.ModeSymlink:
			item += " l"
		case info.Mode()&0o100 != 0:
			item += " x"
		case info.Mode().Perm() == 0o600:
			item += " private"
		}
		if info.ModTime().Year() == early.Year() {
			item += " early"
		}
		list = append(list, item)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(list, ", ")
}

// unzipped is a probe whose outcome is what of an archive is on disk.
func unzipped(without, with string, o safezip.Option, members ...member) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		dir, archive := filepath.Join(t.TempDir(), "x"), zipped(t, members...)
		_, err := safezip.Extract(t.Context(), dir, bytes.NewReader(archive), int64(len(archive)), sizes, given(yes, o)...)
		if err != nil {
			return outcome(err, "")
		}
		return listing(t, dir)
	}}
}

// packed is a probe whose outcome is what stands in the header of a file that is packed.
func packed(without, with string, o safezip.Option, tell func(*zip.FileHeader) string) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		var b bytes.Buffer
		files := fstest.MapFS{"a": {Data: bytes.Repeat([]byte("a"), 1000), Mode: 0o644, ModTime: time.Now()}}
		if _, err := safezip.Pack(t.Context(), &b, files, sizes, given(yes, o)...); err != nil {
			return outcome(err, "")
		}
		r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
		if err != nil {
			t.Fatal(err)
		}
		return tell(&r.File[0].FileHeader)
	}}
}

// spooled is a probe whose outcome is that a stream, which must be kept for a while, is unpacked.
func spooled(without, with string, o safezip.Option, always ...safezip.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		r, err := safezip.OpenStream(t.Context(), bytes.NewReader(zipped(t, member{name: "a", body: "a"})), sizes,
			given(yes, o, always...)...)
		if errors.Is(err, fs.ErrNotExist) {
			return "no such directory"
		}
		if err != nil {
			return outcome(err, "")
		}
		return outcome(r.Close(), "read")
	}}
}

func zipProbes() map[string]probe {
	a, missing := member{name: "a", body: "aaaa"}, filepath.Join(os.TempDir(), "airlock-no-such-directory")
	method := func(h *zip.FileHeader) string {
		return map[uint16]string{zip.Store: "stored", zip.Deflate: "deflated"}[h.Method]
	}
	notB := func(e safezip.Entry) bool { return e.Name != "b" }
	progress := 0
	told := unzipped("a", "a", safezip.Progress(func(safezip.Done) { progress++ }), a)
	quiet := told.run
	told.without, told.with = "0 calls", "1 calls"
	told.run = func(t *testing.T, yes bool) string {
		progress = 0
		quiet(t, yes)
		return map[bool]string{false: "0 calls", true: "1 calls"}[progress > 0]
	}
	replaced := probe{without: "error", with: "a", run: func(t *testing.T, yes bool) string {
		dir, archive := t.TempDir(), zipped(t, a)
		if err := os.WriteFile(filepath.Join(dir, "old"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := safezip.Extract(t.Context(), dir, bytes.NewReader(archive), int64(len(archive)), sizes,
			given(yes, safezip.Replace())...)
		if err != nil {
			return "error"
		}
		return listing(t, dir)
	}}
	nested := probe{without: "opened", with: "depth Nesting", run: func(t *testing.T, yes bool) string {
		archive := zipped(t, member{name: "b.zip", body: string(zipped(t, a))})
		r, err := safezip.NewReader(t.Context(), bytes.NewReader(archive), int64(len(archive)), sizes,
			given(yes, safezip.Nesting(0))...)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		_, err = r.OpenArchive(t.Context(), "b.zip")
		return outcome(err, "opened")
	}}
	sized := probe{without: "as it is", with: "another size", run: func(t *testing.T, yes bool) string {
		var text strings.Builder
		for i := range 2000 {
			text.WriteString(strconv.Itoa(i * i % 1009))
		}
		files := fstest.MapFS{"a": {Data: []byte(text.String()), Mode: 0o644, ModTime: early}}
		size := func(opts ...safezip.Option) int {
			var b bytes.Buffer
			if _, err := safezip.Pack(t.Context(), &b, files, sizes, opts...); err != nil {
				t.Fatal(err)
			}
			return b.Len()
		}
		if size() != size(given(yes, safezip.Level(1))...) {
			return "another size"
		}
		return "as it is"
	}}
	return map[string]probe{
		"safezip.Progress":       told,
		"safezip.Replace":        replaced,
		"safezip.Nesting":        nested,
		"safezip.MaxEntryBytes":  unzipped("a", "output MaxEntryBytes", safezip.MaxEntryBytes(3), a),
		"safezip.DirectoryBytes": unzipped("a, b", "memory DirectoryBytes", safezip.DirectoryBytes(50), a, member{name: "b"}),
		"safezip.Select":         unzipped("a, b", "a", safezip.Select(notB), a, member{name: "b"}),
		"safezip.StripPrefix":    unzipped("t/a", "a", safezip.StripPrefix("t"), member{name: "t/a"}),
		"safezip.StripTop":       unzipped("t/a", "a", safezip.StripTop(), member{name: "t/a"}),
		"safezip.SkipMacOS":      unzipped("__MACOSX/._a, a", "a", safezip.SkipMacOS(), a, member{name: "__MACOSX/._a"}),
		"safezip.NameDecoder": unzipped("non-ascii", "caf", safezip.NameDecoder("x", func(b []byte) (string, error) {
			return strings.TrimSuffix(string(b), "\x82"), nil
		}), member{name: "caf\x82"}),
		"codepage.NameEncoding": unzipped("non-ascii", "café", codepage.NameEncoding(codepage.CP437),
			member{name: "caf\x82"}),
		"safezip.KeepTimes":    unzipped("a", "a early", safezip.KeepTimes(), a),
		"safezip.Modes":        unzipped("a", "a private", safezip.Modes(0o600, 0o700), a),
		"safezip.UnicodeNames": unzipped("non-ascii", "é", safezip.UnicodeNames(), member{name: "é"}),
		"safezip.TempDir":      spooled("read", "no such directory", safezip.TempDir(missing), safezip.SpoolBytes(1)),
		"safezip.SpoolBytes":   spooled("read", "no such directory", safezip.SpoolBytes(1), safezip.TempDir(missing)),
		"safezip.UnsafeAllow": unzipped("illegal-character", "a<b",
			safezip.UnsafeAllow(safezip.RuleIllegalCharacter), member{name: "a<b"}),
		"safezip.UnsafeSymlinks": unzipped("symlink", "a, b l", safezip.UnsafeSymlinks(), a,
			member{"b", "a", fs.ModeSymlink}),
		"safezip.UnsafeKeepExecutable": unzipped("a", "a x", safezip.UnsafeKeepExecutable(), member{"a", "", 0o755}),
		"safezip.Level":                sized,
		"safezip.StoreFunc": packed("deflated", "stored", safezip.StoreFunc(func(safezip.Entry) bool { return true }),
			method),
		"safezip.FixedTime": packed("now", "early", safezip.FixedTime(early), func(h *zip.FileHeader) string {
			return map[bool]string{false: "now", true: "early"}[h.Modified.Year() == early.Year()]
		}),
	}
}
