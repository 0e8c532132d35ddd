package whole

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"io"
	"iter"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/unicodeid"
)

// parts is an archive of documents.
func parts(t *testing.T, documents ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i, text := range documents {
		f, err := w.Create(string(rune('a'+i)) + ".xml")
		if err == nil {
			_, err = io.WriteString(f, text)
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

var (
	archiveLimits  = limits.Limits{OutputBytes: limits.MiB, Items: 100, MemoryBytes: 64 * limits.MiB, Time: time.Minute}
	documentLimits = limits.Limits{InputBytes: limits.MiB, Items: 100, MemoryBytes: 64 * limits.MiB, Time: time.Minute}
	patternLimits  = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	nameLimits     = limits.Limits{InputBytes: 256, Items: 64}
)

// pool returns a context whose operations need a place in a new pool.
func pool(t *testing.T, l limits.PoolLimits) (context.Context, *limits.Pool) {
	t.Helper()
	p, err := limits.NewPool(l)
	if err != nil {
		t.Fatal(err)
	}
	return limits.WithPool(t.Context(), p), p
}

// wantEmpty fails if an operation has a place in the pool or waits for one.
func wantEmpty(t *testing.T, p *limits.Pool) {
	t.Helper()
	if s := p.Stats(); s.Operations != 0 || s.MemoryBytes != 0 || s.Waiting != 0 {
		t.Errorf("the pool is not empty: %+v", s)
	}
}

// kindOf says in which way an operation ended.
func kindOf(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, limits.ErrRefused) && errors.Is(err, limits.ErrExceeded):
		return "refused exceeded"
	case errors.Is(err, limits.ErrRefused):
		return "refused"
	}
	return err.Error()
}

// TestPoolDoesNotMakeARequestWaitForItself nests the operations of all packages under the envelope
// of one request, in a pool with room for one.
func TestPoolDoesNotMakeARequestWaitForItself(t *testing.T) {
	ctx, p := pool(t, limits.PoolLimits{Operations: 1, MemoryBytes: 256 * limits.MiB,
		MaxWait: time.Millisecond})
	ctx, end, err := limits.With(ctx, limits.Limits{MemoryBytes: 256 * limits.MiB})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	profile, err := unicodeid.New(nameLimits)
	if err != nil {
		t.Fatal(err)
	}
	data := parts(t, "<order name='Ωmega'/>", "<order name='αlpha'/>")
	inside := 0
	// While the archive is extracted a document is read, and while its tokens are read a pattern is
	// matched, and for each match a name is looked up.
	read := func(safezip.Entry) bool {
		tokens, err := safexml.NewTokenizer(ctx, strings.NewReader("<order name='Ωmega'/>"), documentLimits)
		if err != nil {
			t.Fatal(err)
		}
		for err = tokens.Next(); err == nil; err = tokens.Next() {
			re, err := saferegex.Compile(ctx, `\p{L}+`, patternLimits)
			if err != nil {
				t.Fatal(err)
			}
			err = re.Each(ctx, "Ωmega αlpha", func(m saferegex.Match) error {
				_, err := profile.Lookup(ctx, m.Text())
				inside++
				if s := p.Stats(); s.Operations != 1 || s.Waiting != 0 {
					t.Errorf("%+v", s)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		if !errors.Is(err, io.EOF) {
			t.Error(err)
		}
		return true
	}
	_, err = safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)),
		archiveLimits, safezip.Select(read))
	if err != nil {
		t.Fatal(err)
	}
	if inside == 0 {
		t.Error("nothing was nested")
	}
	if s := p.Stats(); s.Admitted != 1 || s.Busy != 0 {
		t.Errorf("%+v", s)
	}
	end()
	wantEmpty(t, p)
}

// TestPoolGetsBackWhatPackagesTake runs an operation of each package to each of its ends. The next
// one must find the only place free.
func TestPoolGetsBackWhatPackagesTake(t *testing.T) {
	profile, err := unicodeid.New(nameLimits)
	if err != nil {
		t.Fatal(err)
	}
	re := saferegex.MustCompile(`(x+x+)+y|Ω`, patternLimits)
	few := saferegex.MustCompile(`(x+x+)+y`, limits.Limits{InputBytes: limits.MiB, Steps: 1000, Time: time.Minute})
	good, bad := parts(t, "<a/>"), []byte("no archive")
	unzip := func(ctx context.Context, data []byte, opts ...safezip.Option) error {
		_, err := safezip.Extract(ctx, filepath.Join(t.TempDir(), "out"), bytes.NewReader(data), int64(len(data)),
			archiveLimits, opts...)
		return err
	}
	rows := func(names ...string) iter.Seq2[unicodeid.Row, error] {
		return func(yield func(unicodeid.Row, error) bool) {
			for _, name := range names {
				if !yield(unicodeid.Row{ID: name, Name: name}, nil) {
					return
				}
			}
		}
	}
	auditLimits := limits.Limits{Items: 3, Time: time.Minute}
	for name, tc := range map[string]struct {
		run  func(ctx context.Context) error
		want string // the kinds of the error; "panic"
	}{
		"safezip":          {func(ctx context.Context) error { return unzip(ctx, good) }, ""},
		"safezip, refused": {func(ctx context.Context) error { return unzip(ctx, bad) }, "refused"},
		"safezip, panic": {func(ctx context.Context) error {
			return unzip(ctx, good, safezip.Select(func(safezip.Entry) bool { panic("user") }))
		}, "panic"},
		"safezip, inspect": {func(ctx context.Context) error {
			_, err := safezip.Inspect(ctx, bytes.NewReader(good), int64(len(good)), archiveLimits)
			return err
		}, ""},
		"safexml": {func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, strings.NewReader("<a/>"), documentLimits)
			return err
		}, ""},
		"safexml, refused": {func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, strings.NewReader("<a>"), documentLimits)
			return err
		}, "refused"},
		"safexml, exceeded": {func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, strings.NewReader("<a>"+strings.Repeat("<b/>", 100)+"</a>"), documentLimits)
			return err
		}, "refused exceeded"},
		"safexml, a source that panics": {func(ctx context.Context) error {
			_, err := safexml.Validate(ctx, source(func() { panic("user") }), documentLimits)
			return err
		}, "panic"},
		"safexml, Unmarshal": {func(ctx context.Context) error {
			var v struct{}
			return safexml.Unmarshal(ctx, []byte("<a/>"), &v, documentLimits)
		}, ""},
		"safexml, Decoder that is left": {func(ctx context.Context) error {
			d, err := safexml.NewDecoder(ctx, strings.NewReader("<a><b/></a>"), documentLimits)
			if err == nil {
				_, err = d.Token()
			}
			return err
		}, ""},
		"safexml, Tokenizer that is left": {func(ctx context.Context) error {
			tokens, err := safexml.NewTokenizer(ctx, strings.NewReader("<a><b/></a>"), documentLimits)
			if err == nil {
				err = tokens.Next()
			}
			return err
		}, ""},
		"saferegex": {func(ctx context.Context) error { _, err := re.MatchString(ctx, "xxx"); return err }, ""},
		"saferegex, refused": {func(ctx context.Context) error {
			_, err := few.MatchString(ctx, strings.Repeat("x", 10_000))
			return err
		}, "refused exceeded"},
		"saferegex, compile": {func(ctx context.Context) error {
			_, err := saferegex.Compile(ctx, "(", patternLimits)
			return err
		}, "refused"},
		"saferegex, panic": {func(ctx context.Context) error {
			return re.Each(ctx, "Ω", func(saferegex.Match) error { panic("user") })
		}, "panic"},
		"saferegex, replace": {func(ctx context.Context) error {
			_, err := re.ReplaceAllString(ctx, "ΩΩ", "$1")
			return err
		}, ""},
		"unicodeid": {func(ctx context.Context) error {
			_, err := profile.Register(ctx, "Владимир")
			return err
		}, ""},
		"unicodeid, refused": {func(ctx context.Context) error {
			_, err := profile.Register(ctx, "a\u202eb")
			return err
		}, "refused"},
		"unicodeid, no key": {func(ctx context.Context) error {
			_, err := profile.Lookup(ctx, "Вл\u0378")
			return err
		}, "refused"},
		"unicodeid, audit": {func(ctx context.Context) error {
			return profile.Audit(ctx, rows("Ωmega", "a\u202eb", "Ωmega"), auditLimits,
				func(unicodeid.Finding) error { return nil })
		}, ""},
		"unicodeid, too many": {func(ctx context.Context) error {
			return profile.Audit(ctx, rows("a", "b", "c", "d"), auditLimits,
				func(unicodeid.Finding) error { return nil })
		}, "refused exceeded"},
		"unicodeid, words": {func(ctx context.Context) error {
			_, err := unicodeid.ParseWords(ctx, strings.NewReader("admin\n"), documentLimits)
			return err
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			all, p := pool(t, limits.PoolLimits{Operations: 1, MemoryBytes: limits.GiB,
				MaxWait: time.Millisecond})
			ctx, cancel := context.WithCancel(all)
			defer cancel()
			func() {
				defer func() {
					if v := recover(); v != nil && (tc.want != "panic" || v != "user") {
						t.Errorf("panic: %v", v)
					}
				}()
				if err := tc.run(ctx); tc.want == "panic" {
					t.Errorf("no panic, but %v", err)
				} else if got := kindOf(err); got != tc.want {
					t.Errorf("got %v, want %q", err, tc.want)
				}
			}()
			if p.Stats().Admitted == 0 {
				t.Error("it took no place: the test tests nothing")
			}
			cancel() // An operation that was left in the middle has nothing else to end it.
			for end := time.Now().Add(10 * time.Second); time.Now().Before(end) && p.Stats().Operations > 0; {
				time.Sleep(time.Millisecond)
			}
			wantEmpty(t, p)
			// Canceled while it waits.
			first, err := limits.Limits{}.Start(all, "first")
			if err != nil {
				t.Fatal(err)
			}
			defer first.Close()
			ctx, cancel = context.WithTimeout(all, time.Microsecond)
			defer cancel()
			if err := tc.run(ctx); !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, limits.ErrBusy) {
				t.Errorf("with no place in time: %v", err)
			}
			first.Close()
			wantEmpty(t, p)
		})
	}
}

// source is a reader that gives nothing.
type source func()

func (s source) Read([]byte) (int, error) { s(); return 0, io.EOF }
