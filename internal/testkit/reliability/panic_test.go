package reliability

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/unicodeid"
)

// A callback is one way in which an operation calls the caller's code. run calls boom from there.
type callback struct {
	name string // the operation, then the callback
	run  func(t *testing.T, ctx context.Context, boom func()) error
}

// TestPanics has every callback of every operation panic. The operation before it has taken its
// place in a Pool of one; the next one must find the place free at once, and nothing may be left of
// memory, goroutines, descriptors or files.
func TestPanics(t *testing.T) {
	list := append(callbacks(t), observers()...)
	for _, c := range list {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			t.Chdir(dir)
			pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB,
				MaxWait: time.Millisecond})
			if err != nil {
				t.Fatal(err)
			}
			ctx, cancel, err := limits.With(limits.WithPool(t.Context(), pool),
				limits.Limits{MemoryBytes: limits.GiB, Steps: 1 << 40})
			if err != nil {
				t.Fatal(err)
			}
			goroutines := runtime.NumGoroutine()
			called := panics(t, func(boom func()) error { return c.run(t, ctx, boom) })
			if !called {
				t.Fatal("the callback was not called: the test tests nothing")
			}
			// The end of an extraction is told when the directory is there, whole.
			whole := strings.Contains(c.name, limits.OperationEnded.String())
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 && !whole {
				t.Errorf("%d files are left: %v (error %v)", len(left), left, err)
			}
			cancel()
			if s := pool.Stats(); s.Operations != 0 || s.MemoryBytes != 0 {
				t.Errorf("the Pool still holds %d places and %v", s.Operations, s.MemoryBytes)
			}
			settled(t, goroutines)

			// Without an envelope the place belongs to the operation alone.
			ctx = limits.WithPool(t.Context(), pool)
			if err := os.RemoveAll("out"); err != nil {
				t.Fatal(err)
			}
			panics(t, func(boom func()) error { return c.run(t, ctx, boom) })
			if s := pool.Stats(); s.Operations != 0 || s.MemoryBytes != 0 {
				t.Errorf("without an envelope: the Pool still holds %d places and %v", s.Operations, s.MemoryBytes)
			}
			if err := os.RemoveAll("out"); err != nil {
				t.Fatal(err)
			}
			if err := c.run(t, ctx, func() {}); err != nil {
				t.Errorf("the next operation: %v", err)
			}
		})
	}
}

// panics runs an operation whose callback panics once, and says whether it was called. The panic
// must come through as it is.
func panics(t *testing.T, run func(boom func()) error) (called bool) {
	t.Helper()
	defer func() {
		if v := recover(); called && v != "the caller's" {
			t.Errorf("the panic came through as %v", v)
		}
	}()
	err := run(func() {
		if !called {
			called = true
			panic("the caller's")
		}
	})
	if called {
		t.Errorf("the panic did not come through: %v", err)
	}
	return called
}

// settled waits until the goroutines of the operation have ended.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 10_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// A source calls boom when it has given half of its data.
type halfway struct {
	io.Reader
	left int
	boom func()
}

func half(data []byte, boom func()) *halfway {
	return &halfway{bytes.NewReader(data), len(data) / 2, boom}
}

func (h *halfway) Read(p []byte) (int, error) {
	if h.left <= 0 {
		h.boom()
	}
	n, err := h.Reader.Read(p[:min(len(p), max(1, h.left))])
	h.left -= n
	return n, err
}

// An at calls boom on its second call.
type at struct {
	io.ReaderAt
	calls int
	boom  func()
}

func (a *at) ReadAt(p []byte, off int64) (int, error) {
	if a.calls++; a.calls == 2 {
		a.boom()
	}
	return a.ReaderAt.ReadAt(p, off)
}

var (
	zipLimits  = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Time: time.Minute}
	xmlLimits  = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	nameLimits = limits.Limits{InputBytes: 255, Items: 64}
	wordLimits = limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute}
)

// unpackedTo removes what an operation that went well has made.
func unpackedTo(dir string, err error) error {
	return errors.Join(err, os.RemoveAll(dir))
}

// smallArchive holds two folders and three files.
func smallArchive(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"a/one.txt", "a/b/two.txt", "three.txt"} {
		f, err := w.Create(name)
		if err == nil {
			_, err = io.WriteString(f, strings.Repeat(name, 50))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// readOne reads one file of smallArchive.
func readOne(r *safezip.Reader, err error) error {
	if err != nil {
		return err
	}
	_, err = r.ReadFile("three.txt")
	return errors.Join(err, r.Close())
}

// packedFiles are what Pack packs.
var packedFiles = fstest.MapFS{"a": {Data: []byte("alpha")}, "d/b": {Data: []byte("beta")}}

// A tripwire calls boom when something is written.
type tripwire struct{ boom func() }

func (w *tripwire) Write(p []byte) (int, error) {
	w.boom()
	return len(p), nil
}

// A tripFS calls boom when a file is opened.
type tripFS struct {
	fs.FS
	boom func()
}

func (f tripFS) Open(name string) (fs.File, error) {
	f.boom()
	return f.FS.Open(name)
}

// smallTar holds a folder and a file.
func smallTar() []byte {
	return tarbuild.Archive(tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir},
		tarbuild.Header{Name: "d/a", Data: make([]byte, 5000)})
}

// smallGzip is a text that hardly compresses.
func smallGzip() []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	for i := range 2000 {
		_, _ = fmt.Fprint(w, i*i) // To memory.
	}
	_ = w.Close()
	return b.Bytes()
}

// An exploding value panics while it is decoded.
type exploding struct {
	B bomb `xml:"b"`
}

type bomb struct{}

func (b *bomb) UnmarshalText([]byte) error {
	explode()
	return nil
}

// explode is what UnmarshalText calls: encoding/xml makes the value, so that it holds nothing of
// the test's own.
var explode = func() {}

func callbacks(t *testing.T) []callback {
	data := smallArchive(t)
	size := int64(len(data))
	doc := []byte("<a><b>text</b><c href='x'/></a>")
	var list []callback
	add := func(name string, run func(t *testing.T, ctx context.Context, boom func()) error) {
		list = append(list, callback{name, run})
	}
	zipped := func(name string, opt func(boom func()) safezip.Option) {
		add("safezip.Extract "+name, func(_ *testing.T, ctx context.Context, boom func()) error {
			_, err := safezip.Extract(ctx, "out", bytes.NewReader(data), size, zipLimits, opt(boom))
			return unpackedTo("out", err)
		})
	}
	zipped("Select", func(boom func()) safezip.Option {
		return safezip.Select(func(safezip.Entry) bool { boom(); return true })
	})
	zipped("Progress", func(boom func()) safezip.Option {
		return safezip.Progress(func(safezip.Done) { boom() })
	})
	add("safezip.Extract ReaderAt", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safezip.Extract(ctx, "out", &at{bytes.NewReader(data), 0, boom}, size, zipLimits,
			safezip.Workers(1))
		return unpackedTo("out", err)
	})
	add("safezip.ExtractStream Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safezip.ExtractStream(ctx, "out", half(data, boom), zipLimits, safezip.TempDir("."))
		return unpackedTo("out", err)
	})
	add("safezip.ExtractRoot Progress", func(t *testing.T, ctx context.Context, boom func()) error {
		root, err := os.OpenRoot(".")
		if err != nil {
			t.Fatal(err)
		}
		defer root.Close()
		_, err = safezip.ExtractRoot(ctx, root, bytes.NewReader(data), size, zipLimits,
			safezip.Progress(func(safezip.Done) { boom() }))
		made, globErr := filepath.Glob("*")
		for _, name := range made {
			globErr = errors.Join(globErr, os.RemoveAll(name))
		}
		return errors.Join(err, globErr)
	})
	add("safezip.Inspect ReaderAt", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safezip.Inspect(ctx, &at{bytes.NewReader(data), 0, boom}, size, zipLimits)
		return err
	})
	add("safezip.OpenStream Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		return readOne(safezip.OpenStream(ctx, half(data, boom), zipLimits, safezip.TempDir(".")))
	})
	add("safezip.NewReader ReaderAt", func(_ *testing.T, ctx context.Context, boom func()) error {
		return readOne(safezip.NewReader(ctx, &at{bytes.NewReader(data), 0, boom}, size, zipLimits))
	})
	add("safezip.CopyEntry Writer", func(_ *testing.T, ctx context.Context, boom func()) error {
		r, err := safezip.NewReader(ctx, bytes.NewReader(data), size, zipLimits)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // Only read from.
		_, err = r.CopyEntry(ctx, &tripwire{boom}, "three.txt")
		return err
	})
	add("safezip.Pack Writer", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safezip.Pack(ctx, &tripwire{boom}, packedFiles, zipLimits)
		return err
	})
	add("safezip.Pack FS", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safezip.Pack(ctx, io.Discard, tripFS{packedFiles, boom}, zipLimits)
		return err
	})
	add("safetar.Extract Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safetar.Extract(ctx, "out", half(smallTar(), boom), zipLimits)
		return unpackedTo("out", err)
	})
	add("safetar.Extract Select", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safetar.Extract(ctx, "out", bytes.NewReader(smallTar()), zipLimits,
			safetar.Select(func(safetar.Entry) bool { boom(); return true }))
		return unpackedTo("out", err)
	})
	add("safetar.NewReader Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		r, err := safetar.NewReader(ctx, half(smallTar(), boom), zipLimits)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // Only read from.
		for err == nil {
			_, err = r.Next()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	})
	add("safetar.Pack Writer", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safetar.Pack(ctx, &tripwire{boom}, packedFiles, zipLimits)
		return err
	})
	add("decompress.NewReader Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		r, err := decompress.NewReader(ctx, half(smallGzip(), boom), decompress.Gzip, zipLimits)
		if err != nil {
			return err
		}
		defer func() { _ = r.Close() }() // Only read from.
		_, err = io.Copy(io.Discard, r)
		return err
	})
	add("safexml.Validate Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safexml.Validate(ctx, half(doc, boom), xmlLimits)
		return err
	})
	add("safexml.NewReader Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		r, err := safexml.NewReader(ctx, half(doc, boom), xmlLimits)
		if err == nil {
			_, err = io.Copy(io.Discard, r)
		}
		return err
	})
	add("safexml.NewDecoder Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		d, err := safexml.NewDecoder(ctx, half(doc, boom), xmlLimits)
		for err == nil {
			_, err = d.Token()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	})
	add("safexml.NewTokenizer Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		tokens, err := safexml.NewTokenizer(ctx, half(doc, boom), xmlLimits)
		for err == nil {
			err = tokens.Next()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	})
	add("safexml.Decode Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safexml.Decode[struct{}](ctx, half(doc, boom), xmlLimits)
		return err
	})
	add("safexml.Unmarshal UnmarshalText", func(_ *testing.T, ctx context.Context, boom func()) error {
		explode = boom
		defer func() { explode = func() {} }()
		var v exploding
		return safexml.Unmarshal(ctx, doc, &v, xmlLimits)
	})
	add("safexml.EachRecord Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safexml.EachRecord(ctx, half(doc, boom), "a", xmlLimits, func(struct{}) error { return nil })
		return err
	})
	add("safexml.EachRecord f", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := safexml.EachRecord(ctx, bytes.NewReader(doc), "a", xmlLimits, func(struct{}) error { boom(); return nil })
		return err
	})
	add("safexml.Tokenizer.Decode UnmarshalText", func(_ *testing.T, ctx context.Context, boom func()) error {
		explode = boom
		defer func() { explode = func() {} }()
		tokens, err := safexml.NewTokenizer(ctx, bytes.NewReader(doc), xmlLimits)
		if err == nil {
			err = tokens.Next()
		}
		if err == nil {
			err = tokens.Decode(new(exploding))
		}
		for err == nil {
			err = tokens.Next()
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		return err
	})
	add("safexml.EachReference f", func(_ *testing.T, ctx context.Context, boom func()) error {
		fetching := "<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='x'/></a>"
		return safexml.EachReference(ctx, strings.NewReader(fetching), xmlLimits,
			func(safexml.Reference) error { boom(); return nil })
	})
	re := saferegex.MustCompile(`(a)|é`, xmlLimits)
	add("saferegex.Regexp.Each f", func(_ *testing.T, ctx context.Context, boom func()) error {
		return re.Each(ctx, "baé", func(saferegex.Match) error { boom(); return nil })
	})
	add("saferegex.Regexp.ReplaceAllFunc repl", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := re.ReplaceAllFunc(ctx, []byte("baé"), func(b []byte) []byte { boom(); return b })
		return err
	})
	add("saferegex.Regexp.ReplaceAllStringFunc repl", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := re.ReplaceAllStringFunc(ctx, "baé", func(s string) string { boom(); return s })
		return err
	})
	add("saferegex.Regexp.MatchReader ReadRune", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := re.MatchReader(ctx, runes(boom))
		return err
	})
	set, err := regexset.Compile(t.Context(), []string{"a+", "é"}, xmlLimits)
	if err != nil {
		t.Fatal(err)
	}
	add("regexset.Set.Each f", func(_ *testing.T, ctx context.Context, boom func()) error {
		return set.Each(ctx, "baé", func(regexset.SetMatch) error { boom(); return nil })
	})
	add("unicodeid.Profile.Register WordList", func(t *testing.T, ctx context.Context, boom func()) error {
		words, err := unicodeid.ParseWords(t.Context(), strings.NewReader("admin\n"), wordLimits)
		if err != nil {
			t.Fatal(err)
		}
		p, err := unicodeid.New(nameLimits, unicodeid.WordList(func() *unicodeid.Words { boom(); return words }))
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Register(ctx, "Владимир")
		return err
	})
	add("unicodeid.Profile.Audit rows", func(t *testing.T, ctx context.Context, boom func()) error {
		p, err := unicodeid.New(nameLimits)
		if err != nil {
			t.Fatal(err)
		}
		var rows iter.Seq2[unicodeid.Row, error] = func(yield func(unicodeid.Row, error) bool) {
			if yield(unicodeid.Row{ID: "1", Name: "a"}, nil) {
				boom()
			}
		}
		return p.Audit(ctx, rows, limits.Limits{Items: 100, Time: time.Minute}, func(unicodeid.Finding) error { return nil })
	})
	add("unicodeid.Profile.Audit f", func(t *testing.T, ctx context.Context, boom func()) error {
		p, err := unicodeid.New(nameLimits)
		if err != nil {
			t.Fatal(err)
		}
		var rows iter.Seq2[unicodeid.Row, error] = func(yield func(unicodeid.Row, error) bool) {
			_ = yield(unicodeid.Row{ID: "1", Name: "a"}, nil) && yield(unicodeid.Row{ID: "2", Name: "A"}, nil)
		}
		return p.Audit(ctx, rows, limits.Limits{Items: 100, Time: time.Minute},
			func(unicodeid.Finding) error { boom(); return nil })
	})
	add("unicodeid.ParseWords Reader", func(_ *testing.T, ctx context.Context, boom func()) error {
		_, err := unicodeid.ParseWords(ctx, half([]byte("admin\nroot\n"), boom), wordLimits)
		return err
	})
	return list
}

// runes panics on the third rune.
func runes(boom func()) io.RuneReader {
	n := 0
	return readRune(func() (rune, int, error) {
		if n++; n == 3 {
			boom()
		}
		if n > 5 {
			return 0, 0, io.EOF
		}
		return 'x', 1, nil
	})
}

type readRune func() (rune, int, error)

func (f readRune) ReadRune() (rune, int, error) { return f() }

// observers have an observer panic: at a soft limit in the middle of every operation, and at its
// end.
func observers() []callback {
	var list []callback
	small := limits.Limits{InputBytes: 2, OutputBytes: 2, Items: 1, Steps: 1, MemoryBytes: 1}
	for _, kind := range []limits.EventKind{limits.SoftLimitPassed, limits.OperationEnded} {
		for _, op := range quick() {
			list = append(list, callback{op.name + " observer, " + kind.String(),
				func(t *testing.T, ctx context.Context, boom func()) error {
					ctx = limits.WithObserver(ctx, limits.Observer{Soft: small,
						Func: func(_ context.Context, e limits.Event) {
							if e.Kind == kind {
								boom()
							}
						}})
					return op.run(t, ctx, boom)
				}})
		}
	}
	return list
}

// quick runs one operation of each kind on a small input.
func quick() []callback {
	doc := "<a>" + strings.Repeat("<b>text</b>", 20) + "</a>"
	return []callback{
		{"safezip.Extract", func(t *testing.T, ctx context.Context, _ func()) error {
			data := smallArchive(t)
			_, err := safezip.Extract(ctx, "out", bytes.NewReader(data), int64(len(data)), zipLimits)
			return unpackedTo("out", err)
		}},
		{"safezip.Inspect", func(t *testing.T, ctx context.Context, _ func()) error {
			data := smallArchive(t)
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), zipLimits)
			return err
		}},
		{"safexml.Validate", func(_ *testing.T, ctx context.Context, _ func()) error {
			_, err := safexml.Validate(ctx, strings.NewReader(doc), xmlLimits)
			return err
		}},
		{"safexml.Unmarshal", func(_ *testing.T, ctx context.Context, _ func()) error {
			var v struct{}
			return safexml.Unmarshal(ctx, []byte(doc), &v, xmlLimits)
		}},
		{"saferegex.Compile", func(_ *testing.T, ctx context.Context, _ func()) error {
			_, err := saferegex.Compile(ctx, "(a|b)*c", xmlLimits)
			return err
		}},
		{"saferegex.Regexp.FindAllString", func(_ *testing.T, ctx context.Context, _ func()) error {
			re := saferegex.MustCompile("(a|b)", limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 1e6})
			_, err := re.FindAllString(ctx, strings.Repeat("ab", 50), -1)
			return err
		}},
		{"saferegex.Regexp.ReplaceAllString", func(_ *testing.T, ctx context.Context, _ func()) error {
			re := saferegex.MustCompile("(a|b)", limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 1e6})
			_, err := re.ReplaceAllString(ctx, strings.Repeat("ab", 50), "x")
			return err
		}},
		{"unicodeid.Profile.Register", func(t *testing.T, ctx context.Context, _ func()) error {
			p, err := unicodeid.New(nameLimits)
			if err != nil {
				t.Fatal(err)
			}
			_, err = p.Register(ctx, "Владимир")
			return err
		}},
		{"unicodeid.Profile.Lookup", func(t *testing.T, ctx context.Context, _ func()) error {
			p, err := unicodeid.New(nameLimits)
			if err != nil {
				t.Fatal(err)
			}
			_, err = p.Lookup(ctx, "ВЛАДИМИР")
			return err
		}},
	}
}
