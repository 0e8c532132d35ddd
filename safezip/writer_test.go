package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// writing are limits that no test of writing meets.
var writing = limits.Limits{InputBytes: limits.GiB, Items: 10_000, Time: time.Minute}

// newWriter begins an archive in memory.
func newWriter(t testing.TB, lim limits.Limits, opts ...safezip.Option) (*safezip.Writer, *bytes.Buffer) {
	t.Helper()
	var buf bytes.Buffer
	w, err := safezip.NewWriter(t.Context(), &buf, lim, opts...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = w.Close() })
	return w, &buf
}

// contents returns all files of an archive, and the directories that have entries, with a slash.
func contents(t testing.TB, data []byte, opts ...safezip.Option) map[string]string {
	t.Helper()
	r := openReader(t, data, sensible, opts...)
	all := map[string]string{}
	for e := range r.Entries() {
		if e.Dir {
			all[e.Path+"/"] = ""
			continue
		}
		b, err := r.ReadFile(e.Path)
		if err != nil {
			t.Fatal(err)
		}
		all[e.Path] = string(b)
	}
	return all
}

func TestWriter(t *testing.T) {
	long := strings.Repeat("compresses well ", 100_000)
	modified := time.Date(2024, 2, 29, 23, 59, 59, 0, time.UTC)
	for name, opts := range map[string][]safezip.Option{
		"default": nil,
		"fast":    {safezip.Level(1)},
		"stored":  {safezip.StoreFunc(func(safezip.Entry) bool { return true })},
		"mixed":   {safezip.StoreFunc(func(e safezip.Entry) bool { return e.Size > 0 })},
	} {
		t.Run(name, func(t *testing.T) {
			w, buf := newWriter(t, writing, opts...)
			create := func(e safezip.Entry, parts ...string) {
				t.Helper()
				f, err := w.Create(e)
				if err != nil {
					t.Fatal(err)
				}
				for _, p := range parts {
					if n, err := io.WriteString(f, p); n != len(p) || err != nil {
						t.Fatal(n, err)
					}
				}
				if err := errors.Join(f.Close(), f.Close()); err != nil {
					t.Fatal(err)
				}
			}
			create(safezip.Entry{Name: "a/long", Modified: modified}, long[:1], long[1:100_000], long[100_000:])
			create(safezip.Entry{Name: "empty"})
			create(safezip.Entry{Name: "a/nothing"}, "", "")
			create(safezip.Entry{Name: "ignored", Path: "run", Mode: 0o4700, Size: 2}, "#!")
			if err := errors.Join(w.Mkdir("a"), w.Mkdir("b/c/"), w.WriteFile("b/whole", []byte(long)),
				w.WriteFile("b/none", nil)); err != nil {
				t.Fatal(err)
			}
			report, err := w.Finish()
			if err != nil {
				t.Fatal(err)
			}
			if report.Entries != 8 || report.Files != 6 || report.Dirs != 3 || report.ArchiveBytes != int64(buf.Len()) ||
				report.Bytes != int64(2*len(long)+2) {
				t.Errorf("%+v", report)
			}
			want := map[string]string{"a/long": long, "empty": "", "a/nothing": "", "run": "#!", "a/": "", "b/c/": "",
				"b/whole": long, "b/none": ""}
			if got := contents(t, buf.Bytes()); !maps.Equal(got, want) {
				t.Errorf("read back: %q", slices.Sorted(maps.Keys(got)))
			}
			z, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len()))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range z.File {
				if f.Method == zip.Store && f.Flags&8 != 0 {
					t.Errorf("%s is stored and has a descriptor", f.Name)
				}
				if f.Name == "a/long" && (!f.Modified.Equal(modified) || f.Mode() != 0o644) ||
					f.Name == "run" && f.Mode() != 0o755 {
					t.Errorf("%s: %v, %v", f.Name, f.Modified, f.Mode())
				}
				if strings.HasSuffix(f.Name, "/") != f.Mode().IsDir() {
					t.Errorf("%s: %v", f.Name, f.Mode())
				}
			}
			for e := range openReader(t, buf.Bytes(), sensible).Entries() {
				if e.Modified.IsZero() != (e.Name != "a/long") {
					t.Errorf("%s: %v", e.Name, e.Modified)
				}
			}
			if err := errors.Join(w.Close(), w.Close()); err != nil {
				t.Error(err)
			}
		})
	}
}

// TestWriterRefusesNames tries names that a Reader refuses: nothing is written, nothing ends.
func TestWriterRefusesNames(t *testing.T) {
	w, buf := newWriter(t, writing)
	if err := w.WriteFile("d/file", []byte("x")); err != nil {
		t.Fatal(err)
	}
	if err := w.Mkdir("e"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		rule limits.Rule
	}{
		{"../x", safezip.RulePathTraversal}, {"/x", safezip.RuleAbsolutePath}, {"c:x", safezip.RuleDriveOrUNC},
		{"", safezip.RuleInvalidName}, {"a//b", safezip.RuleInvalidName}, {"x/", safezip.RuleInvalidName},
		{".", safezip.RuleInvalidName}, {"./", safezip.RuleInvalidName}, {"x\n", safezip.RuleControlCharacter},
		{`a\b`, safezip.RuleBackslash}, {"con.txt", safezip.RuleReservedName}, {"a.", safezip.RuleTrailingDotSpace},
		{"a?", safezip.RuleIllegalCharacter}, {"ä", safezip.RuleNonASCII}, {"d/file", safezip.RuleDuplicateName},
		{"D/FILE", safezip.RuleCaseCollision}, {"d/file/x", safezip.RuleFileDirCollision},
		{"d", safezip.RuleFileDirCollision}, {"e", safezip.RuleFileDirCollision},
		{strings.Repeat("x", 300), safezip.RuleLongName}, {strings.Repeat("x/", 40_000) + "x", safezip.RuleLongName},
		{"\xff", safezip.RuleNonASCII},
	} {
		before := buf.Len()
		err := w.WriteFile(c.name, []byte("x"))
		ruleOf(t, err, c.rule)
		if err != nil && len(err.Error()) > 1024 {
			t.Errorf("an error of %d bytes", len(err.Error()))
		}
		if buf.Len() != before {
			t.Errorf("%q has written", c.name)
		}
	}
	for name, rule := range map[string]limits.Rule{"e": safezip.RuleDuplicateName, "d/file": safezip.RuleFileDirCollision,
		"../d": safezip.RulePathTraversal, "": safezip.RuleInvalidName, ".": safezip.RuleInvalidName} {
		ruleOf(t, w.Mkdir(name), rule)
	}
	for _, e := range []struct {
		safezip.Entry
		rule limits.Rule
	}{
		{safezip.Entry{Name: "l", Mode: fs.ModeSymlink}, safezip.RuleSymlink},
		{safezip.Entry{Name: "l", Mode: fs.ModeDevice}, safezip.RuleSpecialFile},
		{safezip.Entry{Name: "l", Modified: time.Date(1979, 12, 31, 0, 0, 0, 0, time.UTC)}, safezip.RuleMalformed},
		{safezip.Entry{Name: "l", Modified: time.Date(2108, 1, 1, 0, 0, 0, 0, time.UTC)}, safezip.RuleMalformed},
	} {
		_, err := w.Create(e.Entry)
		ruleOf(t, err, e.rule)
	}
	for _, e := range []safezip.Entry{{Name: "l", Mode: fs.ModeDir}, {Name: "l", Size: -1}} {
		if _, err := w.Create(e); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if err := w.WriteFile("l", []byte("after all")); err != nil {
		t.Error(err)
	}
	if _, err := w.Finish(); err != nil {
		t.Error(err)
	}
	if got := contents(t, buf.Bytes()); got["l"] != "after all" || len(got) != 3 {
		t.Errorf("%q", got)
	}
}

// TestWriterPromises holds a file to its Size.
func TestWriterPromises(t *testing.T) {
	for name, stored := range map[string]bool{"stored": true, "deflated": false} {
		for _, n := range []int{4, 6} {
			w, buf := newWriter(t, writing, safezip.StoreFunc(func(safezip.Entry) bool { return stored }))
			f, err := w.Create(safezip.Entry{Name: "a", Size: 5})
			if err != nil {
				t.Fatal(err)
			}
			if _, err = f.Write(make([]byte, n)); err == nil {
				err = f.Close()
			}
			ruleOf(t, err, safezip.RuleSizeMismatch)
			ended(t, name, w, buf, safezip.RuleSizeMismatch)
		}
	}
}

// ended asks that a Writer which has had an error writes nothing more.
func ended(t *testing.T, name string, w *safezip.Writer, buf *bytes.Buffer, rule limits.Rule) {
	t.Helper()
	ruleOf(t, w.WriteFile("b", nil), rule)
	ruleOf(t, w.Mkdir("b"), rule)
	_, err := w.Finish()
	ruleOf(t, err, rule)
	if err := w.Close(); !errors.Is(err, safezip.ErrUnfinished) || errors.Is(err, limits.ErrRefused) {
		t.Errorf("%s: Close says %v", name, err)
	}
	if err := w.Close(); err != nil {
		t.Errorf("%s: the second Close says %v", name, err)
	}
	if bytes.Contains(buf.Bytes(), []byte("PK\x01\x02")) || bytes.Contains(buf.Bytes(), []byte("PK\x05\x06")) {
		t.Errorf("%s: a central directory after an error", name)
	}
}

// TestWriterUnfinished closes Writers in every state.
func TestWriterUnfinished(t *testing.T) {
	w, buf := newWriter(t, writing)
	if err := w.WriteFile("a", []byte("data")); err != nil {
		t.Fatal(err)
	}
	f, err := w.Create(safezip.Entry{Name: "b"})
	if err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"Create": func() error { _, err := w.Create(safezip.Entry{Name: "c"}); return err },
		"Mkdir":  func() error { return w.Mkdir("c") },
		"Finish": func() error { _, err := w.Finish(); return err },
	} {
		if err := call(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s beside an open file: %v", name, err)
		}
	}
	if err := w.Close(); !errors.Is(err, safezip.ErrUnfinished) {
		t.Error(err)
	}
	for name, call := range map[string]func() error{
		"Create": func() error { _, err := w.Create(safezip.Entry{Name: "c"}); return err },
		"Mkdir":  func() error { return w.Mkdir("c") },
		"Finish": func() error { _, err := w.Finish(); return err },
		"Write":  func() error { _, err := f.Write([]byte("x")); return err },
		"Close":  func() error { return f.Close() },
	} {
		if err := call(); !errors.Is(err, fs.ErrClosed) || errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s after Close: %v", name, err)
		}
	}
	if _, err := zip.NewReader(bytes.NewReader(buf.Bytes()), int64(buf.Len())); err == nil {
		t.Error("an archive that was not finished opens")
	}

	w, _ = newWriter(t, writing)
	if _, err := w.Finish(); err != nil {
		t.Error(err)
	}
	if _, err := w.Finish(); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	if err := w.WriteFile("a", nil); !errors.Is(err, fs.ErrClosed) {
		t.Error(err)
	}
	for name, w := range map[string]*safezip.Writer{"nil": nil, "zero": {}} {
		_, createErr := w.Create(safezip.Entry{})
		_, finishErr := w.Finish()
		for _, err := range []error{createErr, finishErr, w.Mkdir("a"), w.WriteFile("a", nil), w.Close()} {
			if !errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if w.Context().Err() == nil {
			t.Errorf("%s: a context that goes on", name)
		}
	}
}

// TestWriterErrors has the destination fail, panic and be full, and the context end.
func TestWriterErrors(t *testing.T) {
	w, err := safezip.NewWriter(t.Context(), failingWriter{}, writing)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.WriteFile("a", bytes.Repeat([]byte("0123456789abcdef"), 100)); err == nil {
		_, err = w.Finish()
		if !errors.Is(err, errFull) || errors.Is(err, limits.ErrRefused) {
			t.Error(err)
		}
	}
	if err := w.Mkdir("b"); !errors.Is(err, errFull) {
		t.Errorf("after an error: %v", err)
	}
	if err := w.Close(); !errors.Is(err, safezip.ErrUnfinished) {
		t.Error(err)
	}

	ctx, cancel := context.WithCancel(t.Context())
	w, err = safezip.NewWriter(ctx, io.Discard, writing)
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if err := w.WriteFile("a", nil); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if err := w.Close(); !errors.Is(err, safezip.ErrUnfinished) {
		t.Error(err)
	}

	w, err = safezip.NewWriter(t.Context(), panickingWriter{}, writing)
	if err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		_, _ = w.Finish()
	}()
	if err := w.Mkdir("a"); err == nil {
		t.Error("goes on after a panic")
	}
	if err := w.Close(); !errors.Is(err, safezip.ErrUnfinished) {
		t.Error(err)
	}
}

type panickingWriter struct{}

func (panickingWriter) Write([]byte) (int, error) { panic("mine") }

// TestWriterBudgets uses what writing took as its limits, and one less of each.
func TestWriterBudgets(t *testing.T) {
	var last limits.Usage
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		last = e.Usage
	}})
	use := func(lim limits.Limits, opts ...safezip.Option) error {
		w, err := safezip.NewWriter(ctx, io.Discard, lim, opts...)
		if err != nil {
			return err
		}
		defer w.Close()
		if err := errors.Join(w.WriteFile("a/b", bytes.Repeat([]byte("data "), 1000)), w.Mkdir("a")); err != nil {
			return err
		}
		f, err := w.Create(safezip.Entry{Name: "c"})
		if err != nil {
			return err
		}
		for range 10 {
			if _, err := f.Write([]byte("part")); err != nil {
				return err
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
		_, err = w.Finish()
		return err
	}
	for name, opts := range map[string][]safezip.Option{
		"deflated": nil, "stored": {safezip.StoreFunc(func(safezip.Entry) bool { return true })},
	} {
		if err := use(writing, opts...); err != nil {
			t.Fatal(err)
		}
		if last.InputBytes != 5000+40+3+2+1 || last.Items != 3 {
			t.Errorf("%s: %+v", name, last)
		}
		exact := limits.Limits{InputBytes: last.InputBytes, OutputBytes: last.OutputBytes, Items: last.Items,
			Depth: last.Depth, Steps: last.Steps, MemoryBytes: last.MemoryBytes, Time: time.Minute}
		if err := use(exact, opts...); err != nil {
			t.Errorf("%s, with what it used as its limits: %v", name, err)
		}
		for _, c := range lessOf {
			lim := exact
			c.take(&lim)
			var exceeded *limits.ExceededError
			if err := use(lim, opts...); !errors.As(err, &exceeded) || exceeded.Resource != c.what {
				t.Errorf("%s, with one less of %v: %v", name, c.what, err)
			}
		}
	}
	if err := use(writing, safezip.MaxEntryBytes(39)); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("MaxEntryBytes: %v", err)
	}
	if err := use(writing, safezip.DirectoryBytes(200)); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("DirectoryBytes: %v", err)
	}
	for name, lim := range map[string]limits.Limits{
		"input": {Items: 1, Time: time.Second}, "items": {InputBytes: 1, Time: time.Second},
		"time": {InputBytes: 1, Items: 1},
	} {
		if err := use(lim); !errors.Is(err, limits.ErrUnset) {
			t.Errorf("without %s: %v", name, err)
		}
	}
}

// TestWriterOptions hits and misses each option of writing, and those of the other direction.
func TestWriterOptions(t *testing.T) {
	for name, opt := range map[string]safezip.Option{
		"level 0": safezip.Level(0), "level 10": safezip.Level(10), "nil": safezip.StoreFunc(nil), "no option": nil,
		"1979":       safezip.FixedTime(time.Date(1979, 12, 31, 23, 59, 59, 0, time.UTC)),
		"2108":       safezip.FixedTime(time.Date(2108, 1, 1, 0, 0, 0, 0, time.UTC)),
		"KeepTimes":  safezip.KeepTimes(),
		"Modes":      safezip.Modes(0o600, 0o700),
		"Sync":       safezip.Sync(),
		"Workers":    safezip.Workers(1),
		"TempDir":    safezip.TempDir("x"),
		"SpoolBytes": safezip.SpoolBytes(1),
		"Nesting":    safezip.Nesting(1),
		"prefix":     safezip.StripPrefix("x"),
		"progress":   safezip.Progress(func(safezip.Done) {}),
		"executable": safezip.UnsafeKeepExecutable(),
	} {
		if _, err := safezip.NewWriter(t.Context(), io.Discard, writing, opt); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := safezip.NewWriter(t.Context(), nil, writing); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("without a writer: %v", err)
	}
	data := ordinary()
	for name, opt := range map[string]safezip.Option{
		"Level": safezip.Level(1), "FixedTime": safezip.FixedTime(time.Time{}),
		"StoreFunc": safezip.StoreFunc(func(safezip.Entry) bool { return true }),
		"nesting":   safezip.Nesting(-1), "nesting 17": safezip.Nesting(17), "spool": safezip.SpoolBytes(0),
	} {
		if _, err := safezip.NewReader(t.Context(), bytes.NewReader(data), int64(len(data)), sensible, opt); !errors.Is(err,
			limits.ErrConfig) {
			t.Errorf("%s under NewReader: %v", name, err)
		}
	}

	fixed := time.Date(2020, 1, 2, 3, 4, 5, 6, time.FixedZone("east", 3600))
	w, buf := newWriter(t, writing, safezip.FixedTime(fixed), safezip.UnicodeNames())
	if err := errors.Join(w.WriteFile("ä", nil), w.Mkdir("d")); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	for e := range openReader(t, buf.Bytes(), sensible, safezip.UnicodeNames()).Entries() {
		if want := time.Date(2020, 1, 2, 2, 4, 4, 0, time.UTC); !e.Modified.Equal(want) {
			t.Errorf("%s: %v", e.Name, e.Modified)
		}
	}
}

// TestWriterLinks writes links and has Finish follow them.
func TestWriterLinks(t *testing.T) {
	for target, ok := range map[string]bool{"d/f": true, "d": true, "l": false, "gone": false, "../x": false,
		"/etc/passwd": false, "": false, strings.Repeat("x/", 3000): false} {
		w, buf := newWriter(t, writing, safezip.UnsafeSymlinks())
		if err := w.WriteFile("d/f", []byte("data")); err != nil {
			t.Fatal(err)
		}
		f, err := w.Create(safezip.Entry{Name: "l", Mode: fs.ModeSymlink | 0o777})
		if err != nil {
			t.Fatal(err)
		}
		if _, err = io.WriteString(f, target); err == nil {
			err = f.Close()
		}
		if err == nil {
			_, err = w.Finish()
		}
		if ok != (err == nil) {
			t.Errorf("%.20q: %v", target, err)
		}
		if !ok {
			ruleOf(t, err, safezip.RuleSymlink)
			continue
		}
		r := openReader(t, buf.Bytes(), sensible, safezip.UnsafeSymlinks())
		if got, err := r.ReadLink("l"); got != target || err != nil {
			t.Error(got, err)
		}
	}
}

// TestWriterShortNames: names that are harmless alone and that a Reader refuses together are not
// written either.
func TestWriterShortNames(t *testing.T) {
	for _, test := range []struct {
		names   []string
		refused bool
	}{
		{[]string{"Program Files/x", "PROGRA~1/y"}, true},
		{[]string{"web.config", "WEB~1.CON"}, true},
		{[]string{"a", "a;1"}, true},
		{[]string{"d/a;", "d/a"}, true},
		{[]string{"d/a;1", "d/a;2"}, true},
		{[]string{"PROGRA~1/y", "a;1", "d/a", ";1", "v;1/x", "v"}, false},
	} {
		var buf bytes.Buffer
		w, err := safezip.NewWriter(t.Context(), &buf, writing)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range test.names {
			if err := w.WriteFile(name, nil); err != nil {
				t.Fatal(err)
			}
		}
		_, err = w.Finish()
		r, ok := errors.AsType[*safezip.RuleError](err)
		if ok != test.refused || ok && r.Rule != safezip.RuleShortNameCollision || !ok && err != nil {
			t.Errorf("%q: %v", test.names, err)
		}
		if err := w.Close(); errors.Is(err, safezip.ErrUnfinished) != test.refused {
			t.Errorf("%q: Close: %v", test.names, err)
		}
		if bytes.Contains(buf.Bytes(), []byte("PK\x01\x02")) == test.refused {
			t.Errorf("%q: whether a central directory was written is wrong", test.names)
		}
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
	short := writing
	short.Time = 200 * time.Millisecond
	var w *safezip.Writer
	for name, test := range map[string]struct {
		lim  limits.Limits
		late func()
		want error
	}{
		"in time":   {writing, func() {}, nil},
		"cancelled": {writing, cancel, context.Canceled},
		"too slow":  {short, func() { <-w.Context().Done() }, limits.ErrExceeded},
	} {
		ctx := ctx
		if name != "cancelled" {
			ctx = limits.WithPool(t.Context(), pool)
		}
		if w, err = safezip.NewWriter(ctx, lateWriter{test.late}, test.lim); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteFile("a", []byte("data")); err != nil { // It waits in a buffer.
			t.Fatal(err)
		}
		r, err := w.Finish()
		if !errors.Is(err, test.want) || (r == nil) != (err != nil) {
			t.Errorf("%s: %v; want %v", name, err, test.want)
		}
		if err := w.Close(); errors.Is(err, safezip.ErrUnfinished) != (test.want != nil) {
			t.Errorf("%s: Close: %v", name, err)
		}
	}
}
