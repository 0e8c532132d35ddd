package saferegex_test

import (
	"context"
	"errors"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

var errWhy = errors.New("the client went away")

// TestCanceled has every operation end with the context's own error, which is no refusal, both when
// it is done before and when it ends in between.
func TestCanceled(t *testing.T) {
	re := saferegex.MustCompile("(a|aa)*(c)", limits.Limits{InputBytes: limits.GiB, Time: time.Minute})
	text := strings.Repeat("a", 1<<20)
	for _, op := range operations {
		for _, when := range []string{"before", "between"} {
			ctx, cancel := context.WithCancelCause(t.Context())
			in := "ac"
			if when == "between" {
				in = text
				ctx = &endsAfter{Context: ctx, looks: 2, end: func() { cancel(errWhy) }}
			} else {
				cancel(errWhy)
			}
			_, err := op.ours(ctx, re, in)
			if !errors.Is(err, context.Canceled) || !errors.Is(err, errWhy) || errors.Is(err, limits.ErrRefused) ||
				errors.Is(err, limits.ErrConfig) {
				t.Errorf("%s, ended %s: %v", op.name, when, err)
			}
			cancel(nil)
		}
	}
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errWhy)
	if re, err := saferegex.Compile(ctx, "a", wide); re != nil || !errors.Is(err, errWhy) ||
		errors.Is(err, limits.ErrRefused) {
		t.Errorf("Compile: %v, %v", re, err)
	}
}

// endsAfter is a context that ends when it is asked for the nth time.
type endsAfter struct {
	context.Context
	looks int
	end   func()
}

func (c *endsAfter) Err() error {
	if c.looks--; c.looks < 0 {
		c.end()
	}
	return c.Context.Err()
}

// TestNotCompiled has a nil and a zero Regexp, and a nil context, function or reader, answer with
// the caller's mistake.
func TestNotCompiled(t *testing.T) {
	for _, re := range []*saferegex.Regexp{nil, new(saferegex.Regexp)} {
		for _, op := range operations {
			if _, err := op.ours(t.Context(), re, "text"); !errors.Is(err, limits.ErrConfig) ||
				errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: %v", op.name, err)
			}
		}
		prefix, complete := re.LiteralPrefix()
		text, err := re.MarshalText()
		if re.String() != "" || re.NumSubexp() != 0 || len(re.SubexpNames()) != 0 || re.SubexpIndex("x") != -1 ||
			prefix != "" || complete || len(text) != 0 || err != nil || re.Stats() != (saferegex.Stats{}) {
			t.Error("a Regexp that was not compiled has properties")
		}
	}
	re := saferegex.MustCompile("a(b)?", wide)
	var none context.Context
	for _, op := range operations {
		if _, err := op.ours(none, re, "ab"); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s without a context: %v", op.name, err)
		}
	}
	for name, err := range map[string]error{
		"Each":                 re.Each(t.Context(), "a", nil),
		"ReplaceAllFunc":       second(re.ReplaceAllFunc(t.Context(), []byte("a"), nil)),
		"ReplaceAllStringFunc": second(re.ReplaceAllStringFunc(t.Context(), "a", nil)),
		"MatchReader":          second(re.MatchReader(t.Context(), nil)),
		"Expand":               second(re.ExpandString(t.Context(), nil, "$1", "ab", []int{0, 2, 1, 3})),
		"Expand, odd":          second(re.ExpandString(t.Context(), nil, "$1", "ab", []int{0})),
		"Expand, backwards":    second(re.ExpandString(t.Context(), nil, "$1", "ab", []int{2, 1})),
	} {
		if !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second[T any](_ T, err error) error { return err }

// TestPanickingCallbacks lets a panic of a callback through, and leaves the envelope and the
// pattern in order.
func TestPanickingCallbacks(t *testing.T) {
	re := saferegex.MustCompile(`(\w)+`, wide)
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{MemoryBytes: 64 * limits.KiB, Steps: 1e9})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	for range 100 {
		for _, call := range []func() error{
			func() error { return re.Each(ctx, "one two", func(saferegex.Match) error { panic("each") }) },
			func() error {
				return second(re.ReplaceAllStringFunc(ctx, "one two", func(string) string { panic("func") }))
			},
			func() error { return second(re.MatchReader(ctx, panicReader{})) },
		} {
			func() {
				defer func() {
					if recover() == nil {
						t.Error("the panic did not come through")
					}
				}()
				if err := call(); err != nil {
					t.Error(err)
				}
			}()
		}
	}
	if found, err := re.FindStringSubmatch(ctx, "abc"); err != nil || len(found) != 2 {
		t.Errorf("afterwards: %v, %v", found, err)
	}
}

type panicReader struct{}

func (panicReader) ReadRune() (rune, int, error) { panic("reader") }

// TestEachStops returns the function's own error and calls it no more.
func TestEachStops(t *testing.T) {
	re := saferegex.MustCompile(`(?P<word>\w+)( |$)`, wide)
	calls := 0
	err := re.Each(t.Context(), "one two three", func(x saferegex.Match) error {
		calls++
		if calls == 2 {
			if x.Text() != "two " || x.Start() != 4 || x.End() != 8 || x.Named("word") != "two" ||
				x.Group(1) != "two" || x.Group(9) != "" || x.Group(-1) != "" || x.Named("") != "" ||
				x.Named("x") != "" {
				t.Errorf("%+v", x)
			}
			return errWhy
		}
		return nil
	})
	if err != errWhy || calls != 2 { //nolint:errorlint // As it is, not wrapped.
		t.Errorf("%v after %d calls", err, calls)
	}
}

// brokenReader breaks off after some characters.
type brokenReader struct{ *strings.Reader }

func (r brokenReader) ReadRune() (rune, int, error) {
	c, size, err := r.Reader.ReadRune()
	if errors.Is(err, io.EOF) {
		return 0, 0, errWhy
	}
	return c, size, err
}

// latin1 is a reader of a text in which every character is one byte.
type latin1 struct{ text []byte }

func (r *latin1) ReadRune() (rune, int, error) {
	if len(r.text) == 0 {
		return 0, 0, io.EOF
	}
	c := rune(r.text[0])
	r.text = r.text[1:]
	return c, 1, nil
}

// TestReader has no answer for a text that breaks off, counts positions in the reader's measure,
// and stops at InputBytes.
func TestReader(t *testing.T) {
	re := saferegex.MustCompile("(ä+)b?$", limits.Limits{InputBytes: 10, Time: time.Minute})
	//nolint:errorlint // As it is, not wrapped.
	if found, err := re.MatchReader(t.Context(), brokenReader{strings.NewReader("xä")}); found || err != errWhy {
		t.Errorf("%t, %v; want the reader's error", found, err)
	}
	loc, err := re.FindReaderSubmatchIndex(t.Context(), &latin1{[]byte("xx\xe4\xe4b")})
	if err != nil || len(loc) != 4 || loc[0] != 2 || loc[1] != 5 || loc[2] != 2 || loc[3] != 4 {
		t.Errorf("%v, %v", loc, err)
	}
	if loc, err := re.FindReaderIndex(t.Context(), strings.NewReader("12345678ä")); err != nil || loc[0] != 8 ||
		loc[1] != 10 {
		t.Errorf("at the limit: %v, %v", loc, err)
	}
	_, err = re.FindReaderIndex(t.Context(), strings.NewReader("123456789ä"))
	limittable.Exceeds(t, err, limits.InputBytes, 10)
}

// hostileCalls are operations that run for minutes without a budget.
var hostileCalls = []struct {
	pattern, text string
}{
	{`(?:x{0,100}){5}(?:x{0,100}){5}(?:x{0,100}){5}y`, strings.Repeat("x", 1<<17)},
	{`[a-q][^u-z]{200}9|zzzz`, prose(1 << 20)},
	{strings.Join(manyWords(400), "|") + "|[a-z ]{300}!", prose(1 << 20)},
	{strings.Repeat("(x?)", 90), strings.Repeat("x", 1<<20)},
	{`((a*)*)*b`, strings.Repeat("a", 1<<20)},
}

// TestStoppedCalls stops calls of every kind in the middle, by steps, by memory and by the context,
// and finds that no goroutine and next to no memory is left.
func TestStoppedCalls(t *testing.T) {
	var patterns []*saferegex.Regexp
	for _, c := range hostileCalls {
		re, err := saferegex.Compile(t.Context(), c.pattern, limits.Limits{InputBytes: limits.GiB, Time: time.Minute,
			Steps: 200_000, Items: 1e9, OutputBytes: limits.GiB})
		if err != nil {
			t.Fatalf("%.50s: %v", c.pattern, err)
		}
		patterns = append(patterns, re)
	}
	calls := func(n int) {
		for i := range n {
			re, c, op := patterns[i%len(patterns)], hostileCalls[i%len(patterns)],
				operations[i/len(patterns)%len(operations)]
			ctx, cancel := context.WithCancel(t.Context())
			if i%3 == 0 {
				ctx = &endsAfter{Context: ctx, looks: 1, end: cancel}
			}
			_, _ = op.ours(ctx, re, c.text[:1<<16])
			cancel()
		}
	}
	heap := func() uint64 {
		for range 3 {
			runtime.GC()
		}
		var stats runtime.MemStats
		runtime.ReadMemStats(&stats)
		return stats.HeapAlloc
	}
	n := 125_000 / sample
	if testing.Short() {
		n /= 5
	}
	calls(200)
	goroutines, before := runtime.NumGoroutine(), heap()
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() { calls(n) })
	}
	wg.Wait()
	if after := heap(); after > before+uint64(limits.MiB) {
		t.Errorf("the heap grew from %d to %d bytes", before, after)
	}
	if now := runtime.NumGoroutine(); now > goroutines {
		t.Errorf("%d goroutines before, %d after", goroutines, now)
	}
}
