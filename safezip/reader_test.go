package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// openReader opens an archive and closes it when the test ends.
func openReader(t testing.TB, data []byte, lim limits.Limits, opts ...safezip.Option) *safezip.Reader {
	t.Helper()
	r, err := safezip.NewReader(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

// TestReaderFS has testing/fstest ask every benign archive, with the defaults.
func TestReaderFS(t *testing.T) {
	check := func(c ziptest.Case) {
		t.Run(c.Name, func(t *testing.T) {
			r := openReader(t, c.Data, sensible, c.Options()...)
			var paths []string
			for e := range r.Entries() {
				if e.Path != "." {
					paths = append(paths, e.Path)
				}
			}
			if err := fstest.TestFS(r, paths...); err != nil {
				t.Error(err)
			}
			report, err := safezip.Inspect(t.Context(), bytes.NewReader(c.Data), int64(len(c.Data)), sensible,
				c.Options()...)
			if err != nil {
				t.Fatal(err)
			}
			got := r.Report()
			if got.Entries != report.Entries || got.Files != report.Files || got.Dirs != report.Dirs ||
				got.Bytes != report.Bytes || got.ArchiveBytes != report.ArchiveBytes {
				t.Errorf("the Reader reports %+v, Inspect %+v", got, report)
			}
		})
	}
	for _, c := range benign() {
		if len(c.Data) < 256<<10 {
			check(c)
		}
	}
	for c := range ziptest.BenignUnicode() {
		check(c)
	}
}

// TestReaderVerdict holds the verdict on each hostile archive against that of Extract.
func TestReaderVerdict(t *testing.T) {
	for i, c := range hostile() {
		if testing.Short() && i%4 > 0 {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			_, _, want := extract(t, c.Data, sensible)
			err := readAll(t, c.Data, sensible)
			if err == nil || !errors.Is(err, limits.ErrRefused) {
				t.Fatalf("the Reader says %v, Extract %v", err, want)
			}
			var rule, wanted *safezip.RuleError
			if errors.As(want, &wanted) != errors.As(err, &rule) || rule != nil && rule.Rule != wanted.Rule {
				t.Errorf("the Reader says %v, Extract %v", err, want)
			}
		})
	}
}

// readAll opens an archive and reads all that is in it.
func readAll(t testing.TB, data []byte, lim limits.Limits, opts ...safezip.Option) error {
	r, err := safezip.NewReader(t.Context(), bytes.NewReader(data), int64(len(data)), lim, opts...)
	if err != nil {
		if r != nil {
			t.Error("a Reader beside an error")
		}
		return err
	}
	defer r.Close()
	for e := range r.Entries() {
		f, err := r.Open(e.Path)
		if err != nil {
			return err
		}
		if e.Dir {
			continue
		}
		n, err := io.Copy(io.Discard, f)
		if err != nil {
			if n >= e.Size && e.Size > 0 {
				t.Errorf("%s: all %d bytes came before %v", e.Path, n, err)
			}
			return err
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
	return nil
}

// TestReaderSticky reads on after a refusal.
func TestReaderSticky(t *testing.T) {
	wrong := zipbuild.File{Name: "wrong", Data: []byte("goods"), Raw: []byte("evils")}
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "right", Data: []byte("right")}, wrong}}.Bytes()
	r := openReader(t, data, sensible)
	for _, harmless := range []string{"missing", "right/x", "../x", "/x", "right/"} {
		if _, err := r.ReadFile(harmless); !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", harmless, err)
		}
	}
	if _, err := r.CopyEntry(t.Context(), failingWriter{}, "right"); !errors.Is(err, errFull) {
		t.Errorf("a writer that fails: %v", err)
	}
	if _, err := r.CopyEntry(t.Context(), nil, "right"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("without a writer: %v", err)
	}
	if got, err := r.ReadFile("right"); err != nil || string(got) != "right" {
		t.Fatalf("%q, %v", got, err)
	}
	got, first := r.ReadFile("wrong")
	if got != nil {
		t.Errorf("%q beside %v", got, first)
	}
	ruleOf(t, first, safezip.RuleChecksum)
	var path *fs.PathError
	if !errors.As(first, &path) || path.Path != "wrong" {
		t.Errorf("%v is no *fs.PathError of wrong", first)
	}
	for name, call := range readerCalls(t.Context(), r) {
		if err := call(); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s after a refusal: %v", name, err)
		} else {
			ruleOf(t, err, safezip.RuleChecksum)
		}
	}
}

var errFull = errors.New("full")

type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errFull }

// readerCalls are all calls of a Reader that can fail, on the name "right".
func readerCalls(ctx context.Context, r *safezip.Reader) map[string]func() error {
	return map[string]func() error{
		"Open":        func() error { _, err := r.Open("right"); return err },
		"ReadFile":    func() error { _, err := r.ReadFile("right"); return err },
		"ReadDir":     func() error { _, err := r.ReadDir("."); return err },
		"Stat":        func() error { _, err := r.Stat("right"); return err },
		"Lstat":       func() error { _, err := r.Lstat("right"); return err },
		"ReadLink":    func() error { _, err := r.ReadLink("right"); return err },
		"Glob":        func() error { _, err := r.Glob("*"); return err },
		"Sub":         func() error { _, err := r.Sub("."); return err },
		"CopyEntry":   func() error { _, err := r.CopyEntry(ctx, io.Discard, "right"); return err },
		"OpenArchive": func() error { _, err := r.OpenArchive(ctx, "right"); return err },
	}
}

// TestReaderClosed calls everything after Close, on the end of the context, and of no Reader.
func TestReaderClosed(t *testing.T) {
	data := zipbuild.Archive{Files: []zipbuild.File{{Name: "right", Data: []byte("right")}, {Name: "d/"}}}.Bytes()
	ctx, cancel := context.WithCancelCause(t.Context())
	open := func(ctx context.Context) (*safezip.Reader, fs.File) {
		r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), sensible)
		if err != nil {
			t.Fatal(err)
		}
		f, err := r.Open("right")
		if err != nil {
			t.Fatal(err)
		}
		if n, err := f.Read(make([]byte, 2)); n != 2 || err != nil {
			t.Fatal(n, err)
		}
		return r, f
	}
	closed, file := open(t.Context())
	if err := errors.Join(closed.Close(), closed.Close()); err != nil {
		t.Error(err)
	}
	ended, endedFile := open(ctx)
	mine := errors.New("mine")
	cancel(mine)
	for _, c := range []struct {
		name string
		r    *safezip.Reader
		want error
	}{
		{"closed", closed, fs.ErrClosed}, {"ended", ended, context.Canceled}, {"ended", ended, mine},
		{"nil", nil, limits.ErrConfig}, {"zero", new(safezip.Reader), limits.ErrConfig},
	} {
		for name, call := range readerCalls(t.Context(), c.r) {
			if err := call(); !errors.Is(err, c.want) || errors.Is(err, limits.ErrRefused) ||
				c.want != limits.ErrConfig && errors.Is(err, limits.ErrConfig) { //nolint:errorlint // A sentinel of the table.
				t.Errorf("%s of a Reader that is %s: %v", name, c.name, err)
			}
		}
		if c.r.Report() == nil || c.r.Context().Err() == nil {
			t.Errorf("%s: no report, or a context that goes on", c.name)
		}
		for range c.r.Entries() {
			if c.want == limits.ErrConfig { //nolint:errorlint // A sentinel of the table.
				t.Errorf("%s: an entry", c.name)
			}
		}
	}
	for name, f := range map[string]fs.File{"closed": file, "ended": endedFile} {
		if n, err := f.Read(make([]byte, 1)); n != 0 || err == nil || errors.Is(err, io.EOF) {
			t.Errorf("a File of a Reader that is %s: %d, %v", name, n, err)
		}
		if _, err := f.Stat(); err == nil {
			t.Errorf("Stat of a File of a Reader that is %s", name)
		}
		if err := errors.Join(f.Close(), f.Close()); err != nil {
			t.Error(err)
		}
	}
	if _, err := file.Read(nil); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("a File after Close: %v", err)
	}
	if err := (*safezip.Reader)(nil).Close(); !errors.Is(err, limits.ErrConfig) {
		t.Error(err)
	}
	if err := ended.Close(); err != nil {
		t.Error(err)
	}
}

// TestReaderWithheld reads entries whose last check fails, in parts of every size.
func TestReaderWithheld(t *testing.T) {
	long := bytes.Repeat([]byte("withheld "), 20_000)
	broken := func(f zipbuild.File) []byte {
		f.Name = "right"
		f.EditCentral = func(h *zipbuild.Header) { h.CRC ^= 1 }
		f.EditLocal = f.EditCentral
		return zipbuild.Archive{Files: []zipbuild.File{f}}.Bytes()
	}
	for name, f := range map[string]zipbuild.File{
		"stored":   {Data: long},
		"deflated": {Data: long, Method: zipbuild.Deflate},
		"one":      {Data: []byte("x"), Method: zipbuild.Deflate},
		"two":      {Data: []byte("xy")},
		"empty":    {},
	} {
		data := broken(f)
		for _, part := range []int{1, 7, 4096, 1 << 20} {
			if part == 1 && len(f.Data) > 100 {
				continue
			}
			r := openReader(t, data, sensible)
			file, err := r.Open("right")
			if err != nil {
				t.Fatal(err)
			}
			n, err := io.CopyBuffer(struct{ io.Writer }{io.Discard}, struct{ io.Reader }{file}, make([]byte, part))
			ruleOf(t, err, safezip.RuleChecksum)
			if n >= int64(len(f.Data)) && n > 0 {
				t.Errorf("%s, in parts of %d: %d bytes of %d came out", name, part, n, len(f.Data))
			}
			if _, again := file.Read(make([]byte, 1)); !errors.Is(again, limits.ErrRefused) {
				t.Errorf("%s: read again: %v", name, again)
			}
		}
		r := openReader(t, data, sensible)
		var out bytes.Buffer
		_, err := r.CopyEntry(t.Context(), &out, "right")
		ruleOf(t, err, safezip.RuleChecksum)
		if out.Len() > 0 && out.Len() >= len(f.Data) {
			t.Errorf("%s: CopyEntry wrote %d bytes of %d", name, out.Len(), len(f.Data))
		}
	}
}

// TestReaderBudgets asks what opening and reading cost.
func TestReaderBudgets(t *testing.T) {
	content := bytes.Repeat([]byte("a line\n"), 1000)
	data := zipbuild.Archive{Files: []zipbuild.File{
		{Name: "a", Data: content, Method: zipbuild.Deflate}, {Name: "d/b", Data: content},
	}}.Bytes()
	var last limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		last = e.Usage
	}})
	use := func(lim limits.Limits, reads int) error {
		r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), lim)
		if err != nil {
			return err
		}
		defer r.Close()
		for range reads {
			if _, err := r.ReadFile("a"); err != nil {
				return err
			}
		}
		return nil
	}
	if err := use(sensible, 0); err != nil {
		t.Fatal(err)
	}
	opened := last
	if opened.OutputBytes != 14_000 || opened.Items != 3 || opened.InputBytes != limits.Bytes(len(data)) {
		t.Errorf("opening cost %+v", opened)
	}
	if err := use(sensible, 10); err != nil {
		t.Fatal(err)
	}
	if last.OutputBytes != opened.OutputBytes || last.Steps-opened.Steps < 10*110 ||
		last.Steps-opened.Steps > 10*115 {
		t.Errorf("reading ten times cost %+v, opening %+v", last, opened)
	}
	exact := limits.Limits{InputBytes: last.InputBytes, OutputBytes: last.OutputBytes, Items: last.Items,
		Depth: last.Depth, Steps: last.Steps, MemoryBytes: last.MemoryBytes, Time: time.Minute}
	if err := use(exact, 10); err != nil {
		t.Errorf("with what it used as its limits: %v", err)
	}
	for _, c := range lessOf {
		less := exact
		c.take(&less)
		var exceeded *limits.ExceededError
		if err := use(less, 10); !errors.As(err, &exceeded) || exceeded.Resource != c.what {
			t.Errorf("with one less of %v: %v", c.what, err)
		}
	}
	endless := sensible
	endless.Steps = 10_000
	if err := use(endless, 1_000_000); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("reading for ever: %v", err)
	}
}

// lessOf takes one of each resource away.
var lessOf = []struct {
	what limits.Resource
	take func(l *limits.Limits)
}{
	{limits.InputBytes, func(l *limits.Limits) { l.InputBytes-- }},
	{limits.OutputBytes, func(l *limits.Limits) { l.OutputBytes-- }},
	{limits.Items, func(l *limits.Limits) { l.Items-- }},
	{limits.Depth, func(l *limits.Limits) { l.Depth-- }},
	{limits.Steps, func(l *limits.Limits) { l.Steps-- }},
	{limits.MemoryBytes, func(l *limits.Limits) { l.MemoryBytes-- }},
}

// TestReaderTime has time pass between the calls and not in them.
func TestReaderTime(t *testing.T) {
	data := ordinary()
	lim := sensible
	lim.Time = 200 * time.Millisecond
	for range 5 { // A busy machine may take that long for the calls themselves.
		r := openReader(t, data, lim)
		time.Sleep(lim.Time + 50*time.Millisecond)
		if _, err := r.ReadFile("c"); err == nil {
			return
		}
	}
	t.Error("time passes between the calls")
}

// TestReaderPool holds one place for the whole life, and gives it back at its end.
func TestReaderPool(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	outer := limits.WithPool(t.Context(), pool)
	ctx, cancel := context.WithCancel(outer)
	data := ordinary()
	r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), sensible)
	if err != nil {
		t.Fatal(err)
	}
	inspect := func(ctx context.Context) error {
		_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), sensible)
		return err
	}
	if err := inspect(outer); !errors.Is(err, limits.ErrBusy) {
		t.Errorf("beside a Reader: %v", err)
	}
	if err := inspect(r.Context()); err != nil {
		t.Errorf("under the Reader's context: %v", err)
	}
	cancel()
	for range 1000 { // The end of a context is told on another goroutine.
		if err = inspect(outer); err == nil {
			break
		}
	}
	if err != nil {
		t.Errorf("after the end of its context: %v", err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if held := pool.Stats(); held.Operations != 0 || held.MemoryBytes != 0 {
		t.Errorf("still taken: %+v", held)
	}
}

// TestReaderOptions asks what Select, StripPrefix and links make of the file system.
func TestReaderOptions(t *testing.T) {
	const link = 0o120777
	data := zipbuild.Archive{Files: []zipbuild.File{
		{Name: "top/"}, {Name: "top/a", Data: []byte("A")}, {Name: "top/d/b", Data: []byte("B")},
		{Name: "top/l", Data: []byte("d/b"), Mode: link}, {Name: "top/m", Data: []byte("d"), Mode: link},
	}}.Bytes()
	r := openReader(t, data, sensible, safezip.StripPrefix("top"), safezip.UnsafeSymlinks())
	var paths []string
	for e := range r.Entries() {
		paths = append(paths, e.Path)
		if again := slices.Collect(r.Entries()); len(again) != 5 {
			t.Errorf("ranged over inside: %v", again)
		}
	}
	if want := []string{".", "a", "d/b", "l", "m"}; !slices.Equal(paths, want) {
		t.Errorf("paths %q, want %q", paths, want)
	}
	for name, want := range map[string]string{"l": "B", "m/b": "B", "d/b": "B", "a": "A"} {
		if got, err := r.ReadFile(name); err != nil || string(got) != want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	if target, err := r.ReadLink("l"); err != nil || target != "d/b" {
		t.Error(target, err)
	}
	if _, err := r.ReadLink("a"); !errors.Is(err, fs.ErrInvalid) {
		t.Error(err)
	}
	if i, err := r.Lstat("l"); err != nil || i.Mode() != fs.ModeSymlink|0o777 {
		t.Error(i, err)
	}
	if i, err := r.Stat("m"); err != nil || !i.IsDir() || i.Sys() != nil {
		t.Error(i, err)
	}
	if err := fstest.TestFS(r, "a", "d/b", "l", "m"); err != nil {
		t.Error(err)
	}

	r = openReader(t, data, sensible, safezip.UnsafeSymlinks(),
		safezip.Select(func(e safezip.Entry) bool { return strings.HasSuffix(e.Name, "/b") }))
	if err := fstest.TestFS(r, "top/d/b"); err != nil {
		t.Error(err)
	}
	if _, err := r.Stat("top/a"); !errors.Is(err, fs.ErrNotExist) {
		t.Error(err)
	}
	sub, err := r.Sub("top/d")
	if err != nil {
		t.Fatal(err)
	}
	if err := fstest.TestFS(sub, "b"); err != nil {
		t.Error(err)
	}
	if _, err := r.Sub("top/d/b"); err == nil {
		t.Error("a file is no directory")
	}
}

// TestReaderGlob holds Glob against fs.Glob of a file system without the method.
func TestReaderGlob(t *testing.T) {
	names := []string{"a", "b/a", "b/c/a", "b/c/aa", "c", "a-b/x", "aa/x", "aa/y[z"}
	a, plain := zipbuild.Archive{}, fstest.MapFS{}
	for _, name := range names {
		a.Files = append(a.Files, zipbuild.File{Name: name})
		plain[name] = &fstest.MapFile{}
	}
	r := openReader(t, a.Bytes(), sensible)
	for _, pattern := range []string{"*", "a", "b/*", "*/*", "*/x", "b/?/a*", "./*", "./a", ".", "..", "../*", "*/../a",
		"",
		"a/", "b//a", "*//a", "/a", "[a-b]", `aa/y\[z`, "aa/y[[]z", "x/*", "a/*", "b/c/a?", "*/./*", "b/c/[", "missing"} {
		want, wantErr := fs.Glob(onlyFS{plain}, pattern)
		slices.Sort(want)
		got, err := r.Glob(pattern)
		if !slices.Equal(got, want) || (err == nil) != (wantErr == nil) {
			t.Errorf("%q: %q, %v; fs.Glob says %q, %v", pattern, got, err, want, wantErr)
		}
	}
	tight := sensible
	tight.Steps = 200
	r = openReader(t, a.Bytes(), tight)
	var err error
	for range 100 {
		if _, err = r.Glob("*/*/*"); err != nil {
			break
		}
	}
	if !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("many patterns cost nothing: %v", err)
	}
}

// onlyFS hides all methods but Open.
type onlyFS struct{ fs.FS }

// TestReaderManyNames lists a directory that is larger than one run of the sorting.
func TestReaderManyNames(t *testing.T) {
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	const count = 5000
	for i := range count {
		if _, err := w.Create(strings.Repeat("x", i%50) + string(rune('a'+i%26)) + strings.Repeat("y", i/50)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := openReader(t, buf.Bytes(), sensible)
	list, err := r.ReadDir(".")
	if err != nil || len(list) != count ||
		!slices.IsSortedFunc(list, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) }) {
		t.Errorf("%d names, %v", len(list), err)
	}
}

// TestOpenFileAndStream opens files and streams: the file is closed, the spool is gone.
func TestOpenFileAndStream(t *testing.T) {
	data, dir := ordinary(), t.TempDir()
	name := filepath.Join(dir, "a.zip")
	writeFile(t, name, data)
	r, err := safezip.OpenFile(t.Context(), name, sensible)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.ReadFile("c"); err != nil {
		t.Error(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := safezip.OpenFile(t.Context(), dir, sensible); err == nil || errors.Is(err, limits.ErrRefused) {
		t.Errorf("a directory: %v", err)
	}
	lim := sensible
	lim.InputBytes = limits.Bytes(len(data))
	for _, spool := range []limits.Bytes{1, limits.MiB} {
		src := bytes.NewReader(data)
		r, err := safezip.OpenStream(t.Context(), src, lim, safezip.SpoolBytes(spool), safezip.TempDir(dir))
		if err != nil {
			t.Fatal(err)
		}
		if src.Len() != 0 {
			t.Errorf("%d bytes of %d are not read", src.Len(), len(data))
		}
		if err := fstest.TestFS(r, "c", "d/a"); err != nil {
			t.Error(err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
	lim.InputBytes--
	if _, err := safezip.OpenStream(t.Context(), bytes.NewReader(data), lim); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("one byte too long: %v", err)
	}
	if _, err := safezip.OpenStream(t.Context(), bytes.NewReader(data), sensible); !errors.Is(err, limits.ErrUnset) {
		t.Errorf("without InputBytes: %v", err)
	}
	if left, err := filepath.Glob(filepath.Join(dir, "*spool*")); err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
}

func writeFile(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
