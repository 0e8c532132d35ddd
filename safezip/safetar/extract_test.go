package safetar_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// archiveOf returns an archive of files that hold their names.
func archiveOf(names ...string) []byte {
	var headers []tarbuild.Header
	for _, name := range names {
		h := tarbuild.Header{Name: name, Data: []byte(name)}
		if strings.HasSuffix(name, "/") {
			h = tarbuild.Header{Name: name, Type: tarbuild.TypeDir, Mode: "0000755"}
		}
		headers = append(headers, h)
	}
	return tarbuild.Archive(headers...)
}

// unpacked extracts and lists what there is, directories with a slash.
func unpacked(t *testing.T, data []byte, opts ...safetar.Option) ([]string, *safetar.Report, error) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	r, err := safetar.Extract(t.Context(), dir, bytes.NewReader(data), tartest.Limits(), opts...)
	if err != nil {
		return nil, nil, err
	}
	var names []string
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		name, relErr := filepath.Rel(dir, path)
		if err != nil || relErr != nil || name == "." {
			return errors.Join(err, relErr)
		}
		name = filepath.ToSlash(name)
		if d.IsDir() {
			name += "/"
		}
		names = append(names, name)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names, r, nil
}

func TestOptions(t *testing.T) {
	data := archiveOf("top/", "top/a", "top/d/b")
	for _, test := range []struct {
		name string
		opts []safetar.Option
		want []string
		rule limits.Rule
	}{
		{"none", nil, []string{"top/", "top/a", "top/d/", "top/d/b"}, ""},
		{"strip", []safetar.Option{safetar.StripPrefix("top")}, []string{"a", "d/", "d/b"}, ""},
		{"strip deeper, selected", []safetar.Option{safetar.StripPrefix("top/d/"),
			safetar.Select(func(e safetar.Entry) bool { return strings.HasPrefix(e.Name, "top/d") })}, []string{"b"}, ""},
		{"select", []safetar.Option{safetar.Select(func(e safetar.Entry) bool { return e.Name == "top/d/b" })},
			[]string{"top/", "top/d/", "top/d/b"}, ""},
		{"entry too large", []safetar.Option{safetar.MaxEntryBytes(4)}, nil, "limit"},
	} {
		names, r, err := unpacked(t, data, test.opts...)
		switch {
		case test.rule == "limit":
			refusedFor(t, err, "")
		case test.rule != "":
			refusedFor(t, err, test.rule)
		case err != nil || !slices.Equal(names, test.want):
			t.Errorf("%s: %q, error %v; want %q", test.name, names, err, test.want)
		case int(r.Files+r.Dirs) != len(names):
			t.Errorf("%s: %d files and %d directories; there are %q", test.name, r.Files, r.Dirs, names)
		}
	}
}

// outsidePrefix: an entry beside the prefix is refused, whether it is selected or not.
func outsidePrefix(t *testing.T) {
	data := archiveOf("top/", "top/a", "top/d/b")
	none := safetar.Select(func(safetar.Entry) bool { return false })
	for _, opts := range [][]safetar.Option{
		{safetar.StripPrefix("top/d")}, {safetar.StripPrefix("other"), none}, {safetar.StripPrefix("TOP")},
		{safetar.StripPrefix("to")},
	} {
		_, _, err := unpacked(t, data, opts...)
		refusedFor(t, err, safetar.RuleOutsidePrefix)
	}
}

func TestModesAndTimes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out")
	data := tarbuild.Archive(tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir},
		tarbuild.Header{Name: "d/x", Mode: "0004755"},
		tarbuild.Header{Name: "d/old", Time: tarbuild.Octal(0)})
	r, err := safetar.Extract(t.Context(), dir, bytes.NewReader(data), tartest.Limits(), safetar.KeepTimes(),
		safetar.UnsafeKeepExecutable(),
		safetar.Modes(0o640, 0o750), safetar.Sync())
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Notes) != 1 || r.Notes[0].Where != "d/old" {
		t.Errorf("notes %v", r.Notes)
	}
	for name, want := range map[string]fs.FileMode{"d": 0o750 | fs.ModeDir, "d/x": 0o751, "d/old": 0o640} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode(); got&^0o022 != want&^0o022 {
			t.Errorf("%s: mode %v, want %v", name, got, want)
		}
		if name != "d/old" && info.ModTime().Unix() != 0o14616140632 {
			t.Errorf("%s: time %v", name, info.ModTime())
		}
	}
}

// TestLimits: exactly each limit passes, and one less is refused for it.
func TestLimits(t *testing.T) {
	data := tarbuild.Archive(tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir},
		tarbuild.Header{Name: "d/e/a", Data: make([]byte, 5000)},
		tarbuild.Pax("path", "d/b"), tarbuild.Header{Name: "b", Data: []byte("x")})
	used := limittable.Used(t, func(ctx context.Context) error {
		_, err := safetar.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), tartest.Limits())
		return err
	})
	// Four headers and two blocks of zeros, 79 and 1 for data, and 1 for a record.
	if used.Items != 4 || used.OutputBytes != 5001 || int(used.InputBytes) != len(data) || used.Depth != 3 ||
		used.Steps != 4+2+79+1+1 {
		t.Errorf("usage %v", used)
	}
	rows := limittable.Rows(used, limittable.Fields{
		Required: []limits.Resource{limits.InputBytes, limits.OutputBytes, limits.Items, limits.Time}})
	limittable.Check(t, tartest.Limits(), rows, func(t *testing.T, lim limits.Limits) error {
		_, err := safetar.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), lim)
		return err
	})
	t.Run("Time", func(t *testing.T) {
		lim := tartest.Limits()
		lim.Time = time.Millisecond
		_, err := safetar.Extract(t.Context(), filepath.Join(t.TempDir(), "out"), slow{bytes.NewReader(data)}, lim)
		exceeds(t, err, limits.Time, int64(lim.Time))
	})
}

// TestLimitsTable holds the table in the package comment to what the package does.
func TestLimitsTable(t *testing.T) {
	full := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Depth: 10, Steps: 1e6,
		MemoryBytes: limits.MiB, Time: time.Minute}
	limittable.Document(t, full, [...]string{"none", "none", "none",
		fmt.Sprintf("%d (DefaultDepth)", safetar.DefaultDepth),
		fmt.Sprintf("%d Mi (DefaultSteps) + one for each 32 bytes that a compressed archive may become",
			safetar.DefaultSteps>>20),
		fmt.Sprintf("%v (DefaultMemoryBytes)", safetar.DefaultMemoryBytes), "none",
	}, func(t *testing.T, lim limits.Limits) error {
		_, err := safetar.Inspect(t.Context(), bytes.NewReader(archiveOf("d/a", "b")), lim)
		return err
	})
}

// exceeds fails t unless err says that n of the resource were not enough.
func exceeds(t *testing.T, err error, resource limits.Resource, n int64) {
	t.Helper()
	exceeded, ok := errors.AsType[*limits.ExceededError](err)
	if !ok || exceeded.Resource != resource || exceeded.Limit != n {
		t.Errorf("%v; want that %v %d is exceeded", err, resource, n)
	}
}

// slow is a source that thinks before it gives anything.
type slow struct{ io.Reader }

func (s slow) Read(p []byte) (int, error) {
	time.Sleep(2 * time.Millisecond)
	return s.Reader.Read(p)
}

// TestMistakes are told before the input is touched.
func TestMistakes(t *testing.T) {
	_, err := safetar.Extract(t.Context(), "out", panicking{}, limits.Limits{}, nil,
		safetar.UnsafeAllow(safetar.RulePaxConflict, "none"),
		safetar.Compressed(decompress.Deflate), safetar.FixedTime(time.Time{}), safetar.Progress(nil), safetar.Select(nil))
	for _, part := range []string{"InputBytes is not set", "OutputBytes", "Items", "Time", "an Option is nil",
		"pax-conflict", "\"none\"",
		"Compressed", "FixedTime", "Progress", "Select"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not say %q", err, part)
		}
	}
	if !errors.Is(err, limits.ErrUnset) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("the kind of %v", err)
	}
	if _, err := safetar.Inspect(t.Context(), nil, tartest.Limits()); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil source: %v", err)
	}
	if _, err := safetar.ExtractRoot(t.Context(), nil, strings.NewReader(""), tartest.Limits()); !errors.Is(err,
		limits.ErrConfig) {
		t.Errorf("a nil root: %v", err)
	}
}

// TestEnvironment: errors of the source and of the file system are the environment's, and leave
// nothing.
func TestEnvironment(t *testing.T) {
	broken := errors.New("the line is dead")
	data := archiveOf("a", "b")
	parent := t.TempDir()
	for _, n := range []int{0, 100, 512, 520, 1024, len(data)} {
		src := io.MultiReader(bytes.NewReader(data[:n]), failing{broken})
		_, err := safetar.Extract(t.Context(), filepath.Join(parent, "out"), src, tartest.Limits())
		if !errors.Is(err, broken) || errors.Is(err, limits.ErrRefused) || strings.Contains(err.Error(), "writing") {
			t.Errorf("after %d bytes: %v", n, err)
		}
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("%v was left (error %v)", left, err)
	}
	if _, err := safetar.Extract(t.Context(), parent, bytes.NewReader(data), tartest.Limits()); !errors.Is(err,
		fs.ErrExist) {
		t.Errorf("into a directory that exists: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := safetar.Extract(ctx, filepath.Join(parent, "out"), bytes.NewReader(data), tartest.Limits()); !errors.Is(
		err, context.Canceled) {
		t.Errorf("under a context that has ended: %v", err)
	}
	if _, err := safetar.ExtractFile(t.Context(), filepath.Join(parent, "out"), filepath.Join(parent, "none"),
		tartest.Limits()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// TestCompressed: what Compressed names is decompressed, and nothing else.
func TestCompressed(t *testing.T) {
	data := gzipped(t, archiveOf("a"))
	if _, _, err := unpacked(t, data, safetar.Compressed()); err == nil {
		t.Error("gzip is accepted where nothing compressed is")
	}
	_, _, err := unpacked(t, append(data, make([]byte, 1000)...), safetar.Compressed(decompress.Bzip2))
	refusedFor(t, err, safetar.RuleHeaderChecksum)
	if names, _, err := unpacked(t, append(gzipped(t, archiveOf("a")), gzipped(t, nil)...),
		safetar.Multistream()); err != nil || len(names) != 1 {
		t.Errorf("two members: %q, error %v", names, err)
	}
}

// presetDictionary: zlib is the one format that has them.
func presetDictionary(t *testing.T) {
	for _, start := range []string{"\x78\xbb\x00\x00\x00\x00", "\x78\x20\x00\x00\x00\x01",
		"\x78\x7d\xff\xff\xff\xff\x4b\x04\x00"} {
		_, _, err := unpacked(t, []byte(start), safetar.Compressed(decompress.Zlib))
		refusedFor(t, err, safetar.RulePresetDictionary)
	}
}

// TestInflated: what a compression may become is bounded by OutputBytes, headers and padding, to
// the byte.
func TestInflated(t *testing.T) {
	lim := tartest.Limits()
	most := int64(lim.OutputBytes) + 4096*lim.Items + 1<<20
	whole := archiveOf("a")
	for more := range int64(2) {
		data := gzipped(t, append(bytes.Clone(whole), make([]byte, most-int64(len(whole))+more)...))
		_, err := safetar.Inspect(t.Context(), bytes.NewReader(data), lim)
		exceeded, ok := errors.AsType[*limits.ExceededError](err)
		if more == 0 && err != nil || more == 1 && (!ok || exceeded.Resource != limits.OutputBytes ||
			exceeded.Limit != most) {
			t.Errorf("%d bytes more than may be: %v", more, err)
		}
	}
}

// TestProgress: the last call says all.
func TestProgress(t *testing.T) {
	var last safetar.Done
	if _, _, err := unpacked(t, archiveOf("a", "bb", "d/"),
		safetar.Progress(func(d safetar.Done) { last = d })); err != nil {
		t.Fatal(err)
	}
	if want := (safetar.Done{Entries: 3, TotalEntries: 3, Bytes: 3, TotalBytes: 3}); last != want {
		t.Errorf("%+v, want %+v", last, want)
	}
}

// TestInspectSeesAll: Inspect lists what else is wrong, as far as the stream can be read.
func TestInspectSeesAll(t *testing.T) {
	data := tarbuild.Archive(tarbuild.Header{Name: "../a"}, tarbuild.Header{Name: "CON"},
		tarbuild.Header{Name: "s", Type: tarbuild.TypeSymlink, Link: "x"},
		tarbuild.Header{Name: "ok"}, tarbuild.Header{Name: "f", Type: tarbuild.TypeFIFO},
		tarbuild.Header{Name: "../never-seen"})
	r, err := safetar.Inspect(t.Context(), bytes.NewReader(data), tartest.Limits())
	refusedFor(t, err, safetar.RulePathTraversal)
	var rules []safetar.Rule
	for _, f := range r.Findings {
		rules = append(rules, f.Rule)
	}
	if want := []safetar.Rule{safetar.RulePathTraversal, safetar.RuleReservedName, safetar.RuleSymlink,
		safetar.RuleSpecialFile}; !slices.Equal(rules, want) {
		t.Errorf("%q, want %q", rules, want)
	}
}

// site makes a directory that holds "uploads/photo" and "old".
func site(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	for _, name := range []string{"uploads/photo", "old"} {
		if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// keptName: an archive may not bring anything at a place that is kept, in any case of letters.
func keptName(t *testing.T) {
	dir := site(t)
	for _, names := range [][]string{{"a", "uploads/evil"}, {"uploads/"}, {"Uploads/x"}} {
		_, err := safetar.Extract(t.Context(), dir, bytes.NewReader(archiveOf(names...)), tartest.Limits(),
			safetar.Replace("uploads"))
		refusedFor(t, err, safetar.RuleKeptName)
		if _, err := os.Stat(filepath.Join(dir, "old")); err != nil {
			t.Error(err)
		}
	}
}

// TestReplace: the new tree takes the place of the old one, and what is kept moves over.
func TestReplace(t *testing.T) {
	dir := site(t)
	replace := func(names ...string) (*safetar.Report, error) {
		return safetar.Extract(t.Context(), dir, bytes.NewReader(archiveOf(names...)), tartest.Limits(),
			safetar.Replace("uploads", "none"))
	}
	r, err := replace("index", "uploads2/x")
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Notes) != 1 || !strings.Contains(r.Notes[0].Detail, "none") {
		t.Errorf("notes %v", r.Notes)
	}
	for name, there := range map[string]bool{"index": true, "uploads/photo": true, "old": false} {
		if _, err := os.Stat(filepath.Join(dir, name)); (err == nil) != there {
			t.Errorf("%s: %v", name, err)
		}
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if _, err := safetar.ExtractRoot(t.Context(), root, bytes.NewReader(nil), tartest.Limits(),
		safetar.Replace()); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("ExtractRoot: %v", err)
	}
}
