package whole

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
	"github.com/seed73825598/airlock/unicodeid"
)

var long = flag.Bool("long", false, "run ten thousand operations of every kind")

// state is all that an operation could leave.
type state struct {
	goroutines, descriptors, files int
	heap                           int64
}

// more reports whether s holds anything that old did not.
func (s state) more(old state) bool {
	return s.goroutines > old.goroutines || s.descriptors > old.descriptors || s.files > old.files ||
		s.heap > old.heap+1<<20
}

// now returns the state of the process after everything that waits to be collected has been. files
// are those below dir.
func now(t *testing.T, dir string) state {
	t.Helper()
	for range 3 {
		runtime.GC() // Objects with a cleanup, and those in a pool, go with the second collection.
		time.Sleep(10 * time.Millisecond)
	}
	open, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Fatal(err)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return state{runtime.NumGoroutine(), len(open), len(left), int64(sample[0].Value.Uint64())}
}

// TestLeaks runs three hundred operations of every kind, ten thousand with -long, half of them
// refused or canceled, and finds the process as it was.
func TestLeaks(t *testing.T) {
	dir := t.TempDir()
	warm, n := 100, 300
	switch {
	case *long:
		n = 10_000
	case testing.Short():
		warm, n = 50, 50
	}
	for _, kind := range kinds(t, dir) {
		t.Run(kind.name, func(t *testing.T) {
			round := func(times int) {
				for i := range times {
					ctx, cancel := context.WithCancel(t.Context())
					if i%4 == 3 {
						cancel()
					}
					err := kind.run(ctx, i%4 == 1)
					cancel()
					if wrong := i%2 > 0; wrong != (err != nil) {
						t.Fatalf("operation %d: %v", i, err)
					}
				}
			}
			round(warm) // Everything that is made once is there now.
			before := now(t, dir)
			round(n)
			after := now(t, dir)
			for try := 0; try < 100 && after.more(before); try++ {
				after = now(t, dir) // On a busy machine the last goroutines need a while to end.
			}
			if after.more(before) {
				t.Errorf("before %+v, after %+v", before, after)
			}
			t.Logf("%d operations: before %+v, after %+v", n, before, after)
		})
	}
}

// A kind is one kind of operation; bad has it meet an input that is refused.
type kind struct {
	name string
	run  func(ctx context.Context, bad bool) error
}

func kinds(t *testing.T, dir string) []kind {
	var good, bad []byte
	for c := range ziptest.Benign() {
		if len(c.Data) < 4096 && good == nil {
			good = c.Data
		}
	}
	for c := range ziptest.Hostile() {
		if strings.HasPrefix(c.Name, "crc") || strings.HasPrefix(c.Name, "data-mismatch") || bad == nil {
			bad = c.Data
		}
	}
	lim := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Steps: 1 << 20, Time: time.Minute}
	doc := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	var wrapped bytes.Buffer
	inside := fstest.MapFS{"good.zip": {Data: good}, "bad.zip": {Data: bad}}
	if _, err := safezip.Pack(t.Context(), &wrapped, inside, limits.Limits{InputBytes: limits.MiB, Items: 10,
		Time: time.Minute}); err != nil {
		t.Fatal(err)
	}
	outer := wrapped.Bytes()
	choose := func(wrong bool, right, other []byte) []byte {
		if wrong {
			return other
		}
		return right
	}
	re := saferegex.MustCompile(`(a|b)*c$`, limits.Limits{InputBytes: limits.MiB, Steps: 20_000, Time: time.Minute})
	names, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64})
	if err != nil {
		t.Fatal(err)
	}
	document, broken := []byte("<a><b c='d'>text</b></a>"), []byte("<a><b c='d'>text</b></a><a/>")
	text, long := strings.Repeat("ab", 500)+"c", strings.Repeat("ab", 50_000)
	return []kind{
		{"safezip.Extract", func(ctx context.Context, wrong bool) error {
			out := dir + "/out"
			data := choose(wrong, good, bad)
			_, err := safezip.Extract(ctx, out, bytes.NewReader(data), int64(len(data)), lim)
			return errors.Join(err, os.RemoveAll(out))
		}},
		{"safezip.ExtractStream", func(ctx context.Context, wrong bool) error {
			out := dir + "/out"
			_, err := safezip.ExtractStream(ctx, out, bytes.NewReader(choose(wrong, good, bad)), lim,
				safezip.TempDir(dir))
			return errors.Join(err, os.RemoveAll(out))
		}},
		{"safezip.Inspect", func(ctx context.Context, wrong bool) error {
			data := choose(wrong, good, bad)
			_, err := safezip.Inspect(ctx, bytes.NewReader(data), int64(len(data)), lim)
			return err
		}},
		{"safezip.NewReader", func(ctx context.Context, wrong bool) error {
			data := choose(wrong, good, bad)
			r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), lim)
			return errors.Join(err, readThrough(ctx, r))
		}},
		{"safezip.OpenStream", func(ctx context.Context, wrong bool) error {
			r, err := safezip.OpenStream(ctx, bytes.NewReader(choose(wrong, good, bad)), lim, safezip.TempDir(dir),
				safezip.SpoolBytes(1))
			return errors.Join(err, readThrough(ctx, r))
		}},
		{"safezip.OpenArchive", func(ctx context.Context, wrong bool) error {
			r, err := safezip.NewReader(ctx, bytes.NewReader(outer), int64(len(outer)), lim, safezip.TempDir(dir),
				safezip.SpoolBytes(1))
			if err != nil {
				return err
			}
			name := "good.zip"
			if wrong {
				name = "bad.zip"
			}
			in, err := r.OpenArchive(ctx, name)
			return errors.Join(err, readThrough(ctx, in), r.Close())
		}},
		{"safezip.NewWriter", func(ctx context.Context, wrong bool) error {
			w, err := safezip.NewWriter(ctx, io.Discard, lim)
			if err != nil {
				return err
			}
			if wrong {
				return errors.Join(w.WriteFile("../a", nil), w.Close())
			}
			_, err = w.Finish()
			return errors.Join(err, w.Close())
		}},
		{"safezip.Pack", func(ctx context.Context, wrong bool) error {
			name := "a"
			if wrong {
				name = "nul"
			}
			_, err := safezip.Pack(ctx, io.Discard, fstest.MapFS{name: {Data: []byte("data")}}, lim)
			return err
		}},
		{"safexml.Validate", func(ctx context.Context, wrong bool) error {
			_, err := safexml.Validate(ctx, bytes.NewReader(choose(wrong, document, broken)), doc)
			return err
		}},
		{"safexml.Unmarshal", func(ctx context.Context, wrong bool) error {
			var v struct{ B string }
			return safexml.Unmarshal(ctx, choose(wrong, document, broken), &v, doc)
		}},
		{"safexml.EachRecord", func(ctx context.Context, wrong bool) error {
			_, err := safexml.EachRecord(ctx, bytes.NewReader(choose(wrong, document, broken)), "a", doc,
				func(struct{}) error { return nil })
			return err
		}},
		{"safexml.NewReader", func(ctx context.Context, wrong bool) error {
			r, err := safexml.NewReader(ctx, bytes.NewReader(choose(wrong, document, broken)), doc)
			if err != nil {
				return err
			}
			_, err = io.Copy(io.Discard, r)
			return err
		}},
		{"safexml.SVG", func(ctx context.Context, wrong bool) error {
			drawing := choose(wrong, []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"),
				[]byte("<svg xmlns='http://www.w3.org/2000/svg' onload=''/>"))
			_, err := safexml.Validate(ctx, bytes.NewReader(drawing), doc, safexml.SVG())
			return err
		}},
		{"saferegex.Compile", func(ctx context.Context, wrong bool) error {
			_, err := saferegex.Compile(ctx, string(choose(wrong, []byte("a+b"), []byte("(a"))), doc)
			return err
		}},
		{"saferegex.MatchString", func(ctx context.Context, wrong bool) error {
			s := text
			if wrong {
				s = long
			}
			_, err := re.MatchString(ctx, s)
			return err
		}},
		{"saferegex.FindAll", func(ctx context.Context, wrong bool) error {
			s := text
			if wrong {
				s = long
			}
			_, err := re.FindAllString(ctx, s, -1)
			return err
		}},
		{"unicodeid.Register", func(ctx context.Context, wrong bool) error {
			_, err := names.Register(ctx, string(choose(wrong, []byte("José"), []byte("Jo\u200bse"))))
			return err
		}},
		{"limits.With", func(ctx context.Context, wrong bool) error {
			inside, cancel, err := limits.With(ctx, limits.Limits{Steps: 1000, Time: time.Minute})
			defer cancel()
			if err != nil {
				return err
			}
			b, err := lim.Start(inside, "whole.test")
			if err != nil {
				return err
			}
			defer b.Close()
			if wrong {
				return b.Spend(limits.Steps, 2000)
			}
			return errors.Join(b.Spend(limits.Steps, 10), b.Err(), ctx.Err())
		}},
	}
}

// readThrough reads all that an archive holds, and closes it.
func readThrough(ctx context.Context, r *safezip.Reader) error {
	if r == nil {
		return nil
	}
	err := fs.WalkDir(r, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			_, err = r.CopyEntry(ctx, io.Discard, name)
		}
		return err
	})
	return errors.Join(err, r.Close())
}
