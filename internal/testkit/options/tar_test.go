package options

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// tarred makes an archive.
func tarred(t *testing.T, members ...member) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, m := range members {
		h := &tar.Header{Name: m.name, Size: int64(len(m.body)), Mode: 0o644 | int64(m.mode.Perm()), ModTime: early}
		switch {
		case m.mode&fs.ModeSymlink != 0:
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, m.body, 0
		case m.mode&fs.ModeIrregular != 0:
			h.Typeflag, h.Linkname, h.Size = tar.TypeLink, m.body, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			if _, err := io.WriteString(w, m.body); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// gzipped compresses each text into a member of its own.
func gzipped(t *testing.T, texts ...[]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	for _, text := range texts {
		w := gzip.NewWriter(&b)
		if _, err := w.Write(text); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// untarred is a probe whose outcome is what of an archive is on disk.
func untarred(without, with string, o safetar.Option, members ...member) probe {
	return untarredFrom(without, with, o, func(t *testing.T) []byte { return tarred(t, members...) })
}

func untarredFrom(without, with string, o safetar.Option, archive func(*testing.T) []byte,
	always ...safetar.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		dir := filepath.Join(t.TempDir(), "x")
		_, err := safetar.Extract(t.Context(), dir, bytes.NewReader(archive(t)), sizes, given(yes, o, always...)...)
		if err != nil {
			return outcome(err, "")
		}
		return listing(t, dir)
	}}
}

func tarProbes() map[string]probe {
	a := member{name: "a", body: "aaaa"}
	notB := func(e safetar.Entry) bool { return e.Name != "b" }
	progress := 0
	told := untarred("a", "a", safetar.Progress(func(safetar.Done) { progress++ }), a)
	quiet := told.run
	told.without, told.with = "quiet", "told"
	told.run = func(t *testing.T, yes bool) string {
		progress = 0
		quiet(t, yes)
		return map[bool]string{false: "quiet", true: "told"}[progress > 0]
	}
	replaced := probe{without: "error", with: "a", run: func(t *testing.T, yes bool) string {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "old"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := safetar.Extract(t.Context(), dir, bytes.NewReader(tarred(t, a)), sizes, given(yes, safetar.Replace())...)
		if err != nil {
			return "error"
		}
		return listing(t, dir)
	}}
	fixed := probe{without: "now", with: "early", run: func(t *testing.T, yes bool) string {
		var b bytes.Buffer
		files := fstest.MapFS{"a": {Mode: 0o644, ModTime: time.Now()}}
		if _, err := safetar.Pack(t.Context(), &b, files, sizes, given(yes, safetar.FixedTime(early))...); err != nil {
			return outcome(err, "")
		}
		h, err := tar.NewReader(&b).Next()
		if err != nil {
			t.Fatal(err)
		}
		return map[bool]string{false: "now", true: "early"}[h.ModTime.Year() == early.Year()]
	}}
	compressed := func(t *testing.T) []byte { return gzipped(t, tarred(t, a)) }
	members := func(t *testing.T) []byte {
		whole := tarred(t, a)
		return gzipped(t, whole[:512], whole[512:])
	}
	return map[string]probe{
		"safetar.Compressed": untarredFrom("a", "truncated", safetar.Compressed(decompress.Bzip2), compressed),
		"safetar.Multistream": untarredFrom("several-members", "a", safetar.Multistream(), members,
			safetar.Compressed(decompress.Gzip)),
		"safetar.UnicodeNames":  untarred("non-ascii", "é", safetar.UnicodeNames(), member{name: "é"}),
		"safetar.Progress":      told,
		"safetar.MaxEntryBytes": untarred("a", "output MaxEntryBytes", safetar.MaxEntryBytes(3), a),
		"safetar.Select":        untarred("a, b", "a", safetar.Select(notB), a, member{name: "b"}),
		"safetar.StripPrefix":   untarred("t/a", "a", safetar.StripPrefix("t"), member{name: "t/a"}),
		"safetar.StripTop":      untarred("t/a", "a", safetar.StripTop(), member{name: "t/a"}),
		"safetar.SkipMacOS":     untarred("._a, a", "a", safetar.SkipMacOS(), member{name: "._a"}, a),
		"safetar.Replace":       replaced,
		"safetar.KeepTimes":     untarred("a", "a early", safetar.KeepTimes(), a),
		"safetar.Modes":         untarred("a", "a private", safetar.Modes(0o600, 0o700), a),
		"safetar.FixedTime":     fixed,
		"safetar.UnsafeAllow": untarred("illegal-character", "a<b",
			safetar.UnsafeAllow(safetar.RuleIllegalCharacter), member{name: "a<b"}),
		"safetar.UnsafeSymlinks": untarred("symlink", "a, b l", safetar.UnsafeSymlinks(), a,
			member{"b", "a", fs.ModeSymlink}),
		"safetar.UnsafeHardLinks": untarred("special-file", "a, b", safetar.UnsafeHardLinks(), a,
			member{"b", "a", fs.ModeIrregular}),
		"safetar.UnsafeKeepExecutable": untarred("a", "a x", safetar.UnsafeKeepExecutable(), member{"a", "", 0o755}),
	}
}

// inflated is a probe whose outcome is what a stream becomes.
func inflated(without, with string, stream func(*testing.T) []byte, o decompress.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		b, err := decompress.Bytes(t.Context(), stream(t), decompress.Gzip, sizes, given(yes, o)...)
		return outcome(err, string(b))
	}}
}

func streamProbes() map[string]probe {
	return map[string]probe{
		"decompress.Multistream": inflated("several-members", "ab", func(t *testing.T) []byte {
			return gzipped(t, []byte("a"), []byte("b"))
		}, decompress.Multistream()),
		"decompress.UnsafeAllow": inflated("trailing-data", "a", func(t *testing.T) []byte {
			return append(gzipped(t, []byte("a")), "tail"...)
		}, decompress.UnsafeAllow(decompress.RuleTrailingData)),
	}
}
