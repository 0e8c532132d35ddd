package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// nested is an archive with a file "f" and, if depth is above zero, an archive "in.zip" of the same
// kind.
func nested(depth int) []byte {
	a := zipbuild.Archive{Files: []zipbuild.File{{Name: "f", Data: fmt.Append(nil, depth)}}}
	if depth > 0 {
		a.Files = append(a.Files, zipbuild.File{Name: "in.zip", Data: nested(depth - 1), Method: zipbuild.Deflate})
	}
	return a.Bytes()
}

// TestOpenArchive goes down as far as Nesting lets it, in memory and in files.
func TestOpenArchive(t *testing.T) {
	spools := t.TempDir()
	for _, spool := range []limits.Bytes{1, limits.MiB} {
		for most := range 6 {
			r := openReader(t, nested(6), sensible, safezip.Nesting(most), safezip.SpoolBytes(spool),
				safezip.TempDir(spools), safezip.Select(func(e safezip.Entry) bool { return e.Size >= 0 }))
			for depth := 0; ; depth++ {
				got, err := r.ReadFile("f")
				if err != nil || string(got) != fmt.Sprint(6-depth) {
					t.Errorf("%d deep: %q, %v", depth, got, err)
				}
				if err := fstest.TestFS(r, "f", "in.zip"); err != nil {
					t.Error(err)
				}
				in, err := r.OpenArchive(t.Context(), "in.zip")
				if err == nil {
					r = in
					continue
				}
				var exceeded *limits.ExceededError
				if !errors.As(err, &exceeded) || exceeded.Resource != limits.Depth || exceeded.Option != "Nesting" ||
					exceeded.Limit != int64(most) || depth != most {
					t.Errorf("%d deep with Nesting %d: %v", depth, most, err)
				}
				if _, again := r.ReadFile("f"); !errors.Is(again, limits.ErrExceeded) {
					t.Errorf("after a refusal: %v", again)
				}
				break
			}
		}
	}
	if left, err := os.ReadDir(spools); err != nil || len(left) > 0 {
		t.Errorf("left: %v, %v", left, err)
	}
}

// TestOpenArchiveOptions: what is about the outer archive alone does not reach the one inside.
func TestOpenArchiveOptions(t *testing.T) {
	archive := func(dir string, more ...zipbuild.File) []byte {
		return zipbuild.Archive{Files: append(more, zipbuild.File{Name: dir + "/f", Data: []byte("x")})}.Bytes()
	}
	for _, test := range []struct {
		name  string
		outer []byte
		path  string // of the archive inside
		opt   safezip.Option
	}{
		{"StripTop", archive("top", zipbuild.File{Name: "top/in.zip", Data: archive("inside")}), "in.zip",
			safezip.StripTop()},
		{"StripPrefix", archive("top", zipbuild.File{Name: "top/in.zip", Data: archive("inside")}), "in.zip",
			safezip.StripPrefix("top")},
		{"Select", archive("top", zipbuild.File{Name: "in.zip", Data: archive("inside")}), "in.zip",
			safezip.Select(func(e safezip.Entry) bool { return e.Name == "in.zip" })},
		{"Replace", archive("top", zipbuild.File{Name: "in.zip", Data: archive("kept")}), "in.zip", safezip.Replace("kept")},
	} {
		t.Run(test.name, func(t *testing.T) {
			in, err := openReader(t, test.outer, sensible, test.opt).OpenArchive(t.Context(), test.path)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for e := range in.Entries() {
				got = append(got, e.Path)
			}
			if len(got) != 1 || got[0] != "inside/f" && got[0] != "kept/f" || in.Report().Stripped != "" {
				t.Errorf("%q, stripped %q", got, in.Report().Stripped)
			}
		})
	}
}

// TestOpenArchiveBudget adds the archives inside up, and gives back what they hold.
func TestOpenArchiveBudget(t *testing.T) {
	data := nested(1)
	lim := sensible
	r := openReader(t, data, lim)
	in, err := r.OpenArchive(t.Context(), "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	size := int64(1 + len(nested(0)))
	for _, c := range []struct {
		limit func(l *limits.Limits, n int64)
		want  int64
		what  limits.Resource
	}{
		{func(l *limits.Limits, n int64) { l.OutputBytes = limits.Bytes(n) }, size + 1, limits.OutputBytes},
		{func(l *limits.Limits, n int64) { l.Items = n }, 3, limits.Items},
	} {
		for less := range int64(2) {
			lim := sensible
			c.limit(&lim, c.want-less)
			r := openReader(t, data, lim)
			_, err := r.OpenArchive(t.Context(), "in.zip")
			var exceeded *limits.ExceededError
			if less == 0 && err != nil || less == 1 && (!errors.As(err, &exceeded) || exceeded.Resource != c.what) {
				t.Errorf("%v %d: %v", c.what, c.want-less, err)
			}
		}
	}
	if err := in.Close(); err != nil {
		t.Error(err)
	}

	// A thousand archives one after another hold no more than one.
	tight := sensible
	tight.MemoryBytes = 400 * limits.KiB
	tight.OutputBytes = limits.UnsafeUnlimited
	r = openReader(t, data, tight)
	for i := range 1000 {
		in, err := r.OpenArchive(t.Context(), "in.zip")
		if err != nil {
			t.Fatalf("number %d: %v", i, err)
		}
		if _, err := in.ReadFile("f"); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(in.Close(), in.Close()); err != nil {
			t.Fatal(err)
		}
	}
}

// TestOpenArchiveEnds closes and cancels the inner and the outer one.
func TestOpenArchiveEnds(t *testing.T) {
	data := nested(2)
	r := openReader(t, data, sensible)
	ctx, cancel := context.WithCancel(t.Context())
	canceled, err := r.OpenArchive(ctx, "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	deeper, err := canceled.OpenArchive(t.Context(), "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	for _, in := range []*safezip.Reader{canceled, deeper} {
		if _, err := in.ReadFile("f"); !errors.Is(err, context.Canceled) && !errors.Is(err, fs.ErrClosed) {
			t.Errorf("its context has ended: %v", err)
		}
		<-in.Context().Done()
	}
	closed, err := r.OpenArchive(t.Context(), "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	file, err := closed.Open("f")
	if err != nil {
		t.Fatal(err)
	}
	below, err := closed.OpenArchive(t.Context(), "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	if closed.Context().Err() != nil {
		t.Error("its context has ended too soon")
	}
	if err := closed.Close(); err != nil {
		t.Error(err)
	}
	for name, call := range map[string]func() error{
		"closed": func() error { _, err := closed.ReadFile("f"); return err },
		"below":  func() error { _, err := below.ReadFile("f"); return err },
		"file":   func() error { _, err := file.Read(make([]byte, 1)); return err },
	} {
		if err := call(); !errors.Is(err, fs.ErrClosed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if closed.Context().Err() == nil {
		t.Error("its context goes on")
	}
	if _, err := r.ReadFile("f"); err != nil {
		t.Errorf("the outer one after the inner is closed: %v", err)
	}
	last, err := r.OpenArchive(t.Context(), "in.zip")
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if _, err := last.ReadFile("f"); !errors.Is(err, fs.ErrClosed) {
		t.Errorf("the inner one after the outer is closed: %v", err)
	}
	if err := last.Close(); err != nil {
		t.Error(err)
	}
	for name, call := range map[string]func(r *safezip.Reader) error{
		"missing":   func(r *safezip.Reader) error { _, err := r.OpenArchive(t.Context(), "gone"); return err },
		"directory": func(r *safezip.Reader) error { _, err := r.OpenArchive(t.Context(), "."); return err },
		//nolint:staticcheck // The test is about a nil context.
		"nil": func(r *safezip.Reader) error { _, err := r.OpenArchive(nil, "f"); return err },
	} {
		r := openReader(t, data, sensible)
		if err := call(r); err == nil || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := r.ReadFile("f"); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
	}
	r = openReader(t, data, sensible)
	_, err = r.OpenArchive(t.Context(), "f")
	ruleOf(t, err, safezip.RuleMalformed)
}

// gate is a source that panics or fails when it is told to.
type gate struct {
	*bytes.Reader
	mu   sync.Mutex
	fail func() error
}

func (g *gate) ReadAt(p []byte, off int64) (int, error) {
	g.mu.Lock()
	fail := g.fail
	g.mu.Unlock()
	if fail != nil {
		if err := fail(); err != nil {
			return 0, err
		}
	}
	return g.Reader.ReadAt(p, off)
}

func (g *gate) set(fail func() error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.fail = fail
}

// TestReaderPanics has the source and the caller's writer panic and fail, and reads on.
func TestReaderPanics(t *testing.T) {
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB, MaxWait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	ctx := limits.WithPool(t.Context(), pool)
	data := nested(1)
	src := &gate{Reader: bytes.NewReader(data)}
	open := func() (*safezip.Reader, error) {
		return safezip.NewReader(ctx, src, int64(len(data)), sensible)
	}
	panics := func(name string, call func()) {
		t.Helper()
		defer func() {
			if v := recover(); v != "mine" {
				t.Errorf("%s: recovered %v", name, v)
			}
		}()
		call()
	}
	src.set(func() error { panic("mine") })
	panics("NewReader", func() { _, _ = open() })
	src.set(func() error { return errFull })
	if _, err := open(); !errors.Is(err, errFull) || errors.Is(err, limits.ErrRefused) {
		t.Error(err)
	}
	src.set(nil)
	r, err := open()
	if err != nil {
		t.Fatalf("the place is still taken: %v", err)
	}
	for name, call := range readerCalls(ctx, r) {
		src.set(func() error { panic("mine") })
		switch name {
		case "ReadFile":
			panics(name, func() { _, _ = r.ReadFile("f") })
		case "CopyEntry":
			panics(name, func() { _, _ = r.CopyEntry(ctx, io.Discard, "f") })
		case "OpenArchive":
			panics(name, func() { _, _ = r.OpenArchive(ctx, "in.zip") })
		default:
			_ = call()
		}
		src.set(func() error { return errFull })
		if _, err := r.ReadFile("f"); !errors.Is(err, errFull) || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
		src.set(nil)
		panics(name, func() { _, _ = r.CopyEntry(ctx, panickingWriter{}, "f") })
		if got, err := r.ReadFile("f"); err != nil || string(got) != "1" {
			t.Errorf("after a panic in %s: %q, %v", name, got, err)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
	if held := pool.Stats(); held.Operations != 0 || held.MemoryBytes != 0 {
		t.Errorf("still taken: %+v", held)
	}
}

// TestReaderConcurrent reads one archive from several goroutines, and closes it beneath them.
func TestReaderConcurrent(t *testing.T) {
	data, dir := nested(2), t.TempDir()
	name := filepath.Join(dir, "a.zip")
	writeFile(t, name, data)
	rounds := 20
	if testing.Short() {
		rounds = 3
	}
	for range rounds {
		r, err := safezip.OpenFile(t.Context(), name, sensible, safezip.SpoolBytes(1), safezip.TempDir(dir))
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range 4 {
			wg.Go(func() {
				for range 50 {
					err := useAll(t.Context(), r)
					if err != nil && !errors.Is(err, fs.ErrClosed) {
						t.Error(err)
					}
				}
				if i == 0 {
					_ = r.Close()
				}
			})
		}
		wg.Wait()
		if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
			t.Fatal(left, err)
		}
	}
}

// useAll calls what a Reader has, and what is inside.
func useAll(ctx context.Context, r *safezip.Reader) error {
	if err := fs.WalkDir(r, ".", func(_ string, _ fs.DirEntry, err error) error { return err }); err != nil {
		return err
	}
	in, err := r.OpenArchive(ctx, "in.zip")
	if err != nil {
		return err
	}
	_, readErr := in.ReadFile("f")
	_, copyErr := r.CopyEntry(ctx, io.Discard, "f")
	r.Report()
	for _, err := range []error{readErr, copyErr, in.Close()} {
		if err != nil {
			return err
		}
	}
	return nil
}
