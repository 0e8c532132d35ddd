package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

var redactLimits = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}

// united replaces what the matches of all patterns cover, found one pattern after the other.
func united(t *testing.T, patterns []string, text, repl string) string {
	t.Helper()
	var spans [][]int
	for _, pattern := range patterns {
		re, err := saferegex.Compile(t.Context(), pattern, redactLimits)
		if err != nil {
			t.Fatal(err)
		}
		found, err := re.FindAllStringIndex(t.Context(), text, -1)
		if err != nil {
			t.Fatal(err)
		}
		spans = append(spans, found...)
	}
	slices.SortFunc(spans, func(a, b []int) int { return a[0] - b[0] })
	var out strings.Builder
	at, covered := 0, -1
	for _, x := range spans {
		if x[0] > covered {
			out.WriteString(text[at:x[0]] + repl)
		}
		covered = max(covered, x[1])
		at = max(at, covered)
	}
	return out.String() + text[at:]
}

// pieces reads a text in pieces of so many bytes.
type pieces struct {
	text string
	size int
}

func (p *pieces) Read(into []byte) (int, error) {
	n := copy(into[:min(len(into), p.size)], p.text)
	p.text = p.text[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// redacted compares Redact at several splits with what FindAll of each pattern says.
func redacted(t *testing.T, s *regexset.Set, patterns []string, text string) {
	t.Helper()
	want := united(t, patterns, text, "***")
	for _, window := range []limits.Bytes{1, 4, 20, 200, limits.MiB} {
		first, failed := "", error(nil)
		for i, size := range []int{1, 3, 50, len(text) + 1} {
			var out strings.Builder
			_, err := s.Redact(t.Context(), &out, &pieces{text, size}, "***", window)
			if i == 0 {
				first, failed = out.String(), err
			}
			if out.String() != first || fmt.Sprint(err) != fmt.Sprint(failed) {
				t.Fatalf("%q in %q by %d under %v: %q and %v, by 1 %q and %v", patterns, text, size, window, out.String(),
					err, first, failed)
			}
			if err == nil && out.String() != want || err != nil && window == limits.MiB ||
				!strings.HasPrefix(want, out.String()) {
				t.Fatalf("%q in %q by %d under %v: %q and %v, want %q", patterns, text, size, window, out.String(), err, want)
			}
		}
	}
}

var redactSets = [][]string{
	{`secret`, `secrets?`, `cre`}, {`(?i)key=\w{1,8}`, `token`, `[0-9]{4}-[0-9]{4}`}, {`a*`, `b+`}, {``, `x`},
	{`\Astart`, `end\z`, `(?m)^line$`}, {`.*password.*`, `user`}, {`\bab`, `ab\b`, `abc`}, {`[a-c]{1,5}d`, `dd+`},
	{`(?i)kiss`, `mask`}, {`é+`, `日本`, `\xff`}, {`foo.{0,20}bar`, `bar.{0,5}foo`, `oba`}, {},
}

func TestRedact(t *testing.T) {
	texts := []string{"", "secrets and secret", "KEY=abcdefghij token1234-5678", "aabbxab", "start\nline\nend",
		"ab abc cab",
		"the password is\nuser password", "abcabcd dddd", "\u212ai\u017fs and kiss MASK ma\u017fk", "ééé 日本語 \xff\xc3",
		"aé\x80\x80\xe6\x97bb日\xf0\x9f\x98é 日日 cab", "\u017f kiss \u212a1s ks ſ",
		"foo and then bar then foobarfoo", strings.Repeat("nothing to see here ", 30) + "secret" +
			strings.Repeat(" more", 40)}
	for _, patterns := range redactSets {
		s := made(t, patterns, redactLimits)
		for _, text := range texts {
			redacted(t, s, patterns, text)
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add(`a*b|c`, `bc`, "aabcab\nc")
	f.Add(`(?i)secret`, `[a-z]{1,3}=x`, "the SECRET abc=x")
	f.Fuzz(func(t *testing.T, one, other, text string) {
		if len(one) > 40 || len(other) > 40 || len(text) > 200 {
			return
		}
		patterns := []string{one, other, "secret", `(?i)token=\w{1,9}`}
		s, err := regexset.Compile(t.Context(), patterns, redactLimits)
		if err != nil {
			return
		}
		redacted(t, s, patterns, text)
	})
}

func TestRedactFailures(t *testing.T) {
	ctx := t.Context()
	s := made(t, []string{"secret"}, redactLimits)
	own := errors.New("own")
	var out strings.Builder
	_, err := s.Redact(ctx, &out, io.MultiReader(strings.NewReader("a secret "+strings.Repeat("b", 200)),
		iotest.ErrReader(own)), "***", 10)
	if !errors.Is(err, own) || !strings.HasPrefix(out.String(), "a *** b") {
		t.Errorf("a reader that fails: %v, and %q is written", err, out.String())
	}
	for name, f := range map[string]func() error{
		"no window": func() error { _, err := s.Redact(ctx, &out, strings.NewReader(""), "", 0); return err },
		"no writer": func() error { _, err := s.Redact(ctx, nil, strings.NewReader(""), "", 1); return err },
		"no reader": func() error { _, err := s.Redact(ctx, &out, nil, "", 1); return err },
		"no Set": func() error {
			_, err := (*regexset.Set)(nil).Redact(ctx, &out, strings.NewReader(""), "", 1)
			return err
		},
	} {
		if err := f(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := s.Redact(gone, &out, strings.NewReader("x"), "", 1); !errors.Is(err, context.Canceled) {
		t.Errorf("under a context that is done: %v", err)
	}
}

// Secrets of several kinds out of a log.
func ExampleSet_Redact() {
	ctx := context.Background()
	set, err := regexset.Compile(ctx, []string{`(?i)password=\S+`, `ghp_[0-9A-Za-z]{36}`, `[0-9]{4}( [0-9]{4}){3}`},
		limits.Limits{InputBytes: limits.GiB, Time: time.Minute})
	if err != nil {
		fmt.Println(err)
		return
	}
	log := strings.NewReader("login Password=hunter2\ncard 4111 1111 1111 1111 ok\n")
	var out strings.Builder
	_, err = set.Redact(ctx, &out, log, "***", 64*limits.KiB)
	fmt.Print(out.String())
	fmt.Println(err)
	// Output:
	// login ***
	// card *** ok
	// <nil>
}

// made compiles a set.
func made(t *testing.T, patterns []string, lim limits.Limits) *regexset.Set {
	t.Helper()
	s, err := regexset.Compile(t.Context(), patterns, lim)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
