package saferegex_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// pieces reads a text in pieces of so many bytes, the last together with io.EOF.
type pieces struct {
	text string
	size int
}

func (p *pieces) Read(into []byte) (int, error) {
	n := copy(into[:min(len(into), p.size)], p.text)
	p.text = p.text[n:]
	if p.text == "" {
		return n, io.EOF
	}
	return n, nil
}

// redacted compares Redact at several splits with ReplaceAll on the whole text.
func redacted(t *testing.T, re *saferegex.Regexp, text, template string) {
	t.Helper()
	want, err := re.ReplaceAllString(t.Context(), text, template)
	if err != nil {
		t.Fatal(err)
	}
	for _, size := range []int{1, 2, 3, 7, 64, len(text) + 1} {
		var out strings.Builder
		if _, err := re.Redact(t.Context(), &out, &pieces{text, size}, template, limits.MiB); err != nil {
			t.Fatalf("%s in %q by %d: %v", re, text, size, err)
		}
		if out.String() != want {
			t.Fatalf("%s in %q by %d: %q, want %q", re, text, size, out.String(), want)
		}
	}
	// Under a small window the same comes out, or there is a refusal and a part of it.
	for _, window := range []limits.Bytes{1, 3, 10, 100} {
		sameRedaction(t, re, text, template, want, window, 1, 5, len(text)+1)
	}
}

// sameRedaction compares Redact by pieces of several sizes with that by the first size: the same
// output and the same refusal, and want or its beginning.
func sameRedaction(t *testing.T, re *saferegex.Regexp, text, template, want string, window limits.Bytes, sizes ...int) {
	t.Helper()
	first, failed := "", error(nil)
	for i, size := range sizes {
		var out strings.Builder
		_, err := re.Redact(t.Context(), &out, &pieces{text, size}, template, window)
		if i == 0 {
			first, failed = out.String(), err
		}
		if out.String() != first || (err == nil) != (failed == nil) || err != nil && err.Error() != failed.Error() {
			t.Fatalf("%s in %q by %d under %v: %q and %v, by %d %q and %v", re, text, size, window, out.String(), err,
				sizes[0], first, failed)
		}
		if err == nil && out.String() != want || !strings.HasPrefix(want, out.String()) {
			t.Fatalf("%s in %q by %d under %v: %q, want %q or its beginning", re, text, size, window, out.String(), want)
		}
	}
}

// redactedLong compares Redact on a text of which much is held at once, where an automaton reads
// ahead, with Redact by single bytes, where none does.
func redactedLong(t *testing.T, re *saferegex.Regexp, text, template string) {
	t.Helper()
	text = text[:min(len(text), 4000)]
	want, err := re.ReplaceAllString(t.Context(), text, template)
	if err != nil {
		t.Fatal(err)
	}
	for _, window := range []limits.Bytes{600, limits.MiB} {
		sameRedaction(t, re, text, template, want, window, 1, 150, 1111, len(text)+1)
	}
}

// TestRedactAhead has texts of thousands of bytes, with long pieces that nothing matches in, that
// much begins in, and that is open for longer than a window.
func TestRedactAhead(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	parts := []string{"secret", "token=abc", " ", "\n", "é", "\xff", "日本", "x y z ", "aab", strings.Repeat("-", 130),
		strings.Repeat("a", 200), strings.Repeat("a ", 100) + "z ",
		strings.Repeat("lorem ipsum ", 40), strings.Repeat("é", 70), "key: \"" + strings.Repeat("k", 600)}
	for _, pattern := range []string{`secret|token=\w+`, `(?i)(?:secret|token)\s*[=:]\s*\S{1,100}`, `\bsecret\b`,
		`(?m)^secret.*$`, `(?m)^\s*a+b`, `"[^"]*"`, `x[^z]*z`, `a{150,}`, `\w+@\w+`, `é+a`, `(?i)key: "k+-`, `\Bab|\bto`,
		`(?:$|x) y`, `[^\n]*token`,
		`(?:\ba )*\bz`} {
		for _, opts := range [][]saferegex.Option{nil, {saferegex.Longest()}, {saferegex.Bytes()}} {
			re, err := saferegex.Compile(t.Context(), pattern, jobLimits, opts...)
			if err != nil {
				if len(opts) > 0 {
					continue // A pattern beyond ASCII is none of bytes.
				}
				t.Fatal(err)
			}
			for range 2 {
				var text strings.Builder
				for text.Len() < 3000 {
					text.WriteString(parts[r.IntN(len(parts))])
				}
				redactedLong(t, re, text.String(), "<$0>")
			}
		}
	}
}

func TestRedact(t *testing.T) {
	texts := []string{"", "a", "secret", "a secret\nsecrets\n\nno", "aaaa b ab aab", "éa\xffbé\n", "x\r\ny", "日本 ab 語",
		"user", "secure secre",
		strings.Repeat("word 42\n", 50), "ab ab\nab", "\xc3", "aab\n"}
	for _, pattern := range []string{`secret`, `(s)ecret|a`, `a*`, `a+b`, `a|ab`, `ab|a`, `^`, `$`, `(?m)^`, `(?m)$`, `\b`,
		`\ba`, `(?m)^a.*$`, `\Aa`, `b\z`, `.`, `(?s).`, `\w+`, `(\w+) (\w+)`, `[^a]`, `é`, `(?i)AB`, `()`, `a|`, `(a|b)*?b`,
		`(?:a{2,3}|b)+`, `\d+\n`, `本.*`, `\B`, `x?`} {
		for _, opts := range [][]saferegex.Option{nil, {saferegex.Longest()}, {saferegex.Bytes()}} {
			if testing.Short() && len(opts) > 0 {
				continue
			}
			re, err := saferegex.Compile(t.Context(), pattern, jobLimits, opts...)
			if err != nil {
				if len(opts) > 0 {
					continue // A pattern beyond ASCII is none of bytes.
				}
				t.Fatal(err)
			}
			for _, text := range texts {
				for _, template := range []string{"", "[$1|$2]é$$"} {
					redacted(t, re, text, template)
				}
			}
		}
	}
}

func FuzzRedact(f *testing.F) {
	f.Add(`a*b|c`, "aabcab\nc", "<$0>")
	f.Add(`(?m)^(\w+)=(.*)$`, "a=b\nc=\n", "$1=***")
	f.Add(`\b(é|\xff)`, "é \xff\xc3", "")
	f.Fuzz(func(t *testing.T, pattern, text, template string) {
		if len(pattern) > 60 || len(text) > 300 || len(template) > 20 {
			return
		}
		for _, opts := range [][]saferegex.Option{nil, {saferegex.Bytes()}, {saferegex.Longest()}} {
			if re, err := saferegex.Compile(t.Context(), pattern, jobLimits, opts...); err == nil {
				redacted(t, re, text, template)
				redactedLong(t, re, strings.Repeat(text, 20)+strings.Repeat(text+template, 2), template)
			}
		}
	})
}

// TestRedactAtOnce: what cannot be in a match is written before the next read.
func TestRedactAtOnce(t *testing.T) {
	re := saferegex.MustCompile(`token=\w+`, jobLimits)
	var out bytes.Buffer
	asked := 0
	src := readerFunc(func(p []byte) (int, error) {
		asked++
		switch asked {
		case 1:
			return copy(p, "login ann\ntok"), nil
		case 2:
			if out.String() != "login ann\n" {
				t.Errorf("before the second read %q is written", out.String())
			}
			return copy(p, "en=abc"), nil
		case 3:
			if out.String() != "login ann\n" {
				t.Errorf("before the third read %q is written", out.String())
			}
			return copy(p, "def\n"), nil
		case 4:
			if out.String() != "login ann\n***\n" {
				t.Errorf("before the last read %q is written", out.String())
			}
		}
		return 0, io.EOF
	})
	if _, err := re.Redact(t.Context(), &out, src, "***", 100); err != nil {
		t.Error(err)
	}
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestRedactFailures(t *testing.T) {
	ctx := t.Context()
	re := saferegex.MustCompile(`secret`, jobLimits)
	own := errors.New("own")
	var out strings.Builder
	_, err := re.Redact(ctx, &out, io.MultiReader(strings.NewReader("a secret secr"), iotest.ErrReader(own)), "***", 10)
	if !errors.Is(err, own) || out.String() != "a *** " {
		t.Errorf("a reader that fails: %v, and %q is written", err, out.String())
	}
	out.Reset()
	_, err = re.Redact(ctx, &out, iotest.DataErrReader(
		io.MultiReader(strings.NewReader("a secret "), iotest.ErrReader(own))),
		"***", 10)
	if !errors.Is(err, own) || out.String() != "a *** " {
		t.Errorf("data with an error: %v, and %q is written", err, out.String())
	}
	if _, err := re.Redact(ctx, failing{own}, strings.NewReader("a secret"), "***", 10); !errors.Is(err, own) {
		t.Errorf("a writer that fails: %v", err)
	}
	if _, err := re.Redact(ctx, failing{nil}, strings.NewReader("a secret"), "***", 10); !errors.Is(err,
		io.ErrShortWrite) {
		t.Errorf("a writer that writes less: %v", err)
	}
	if _, err := re.Redact(ctx, &out, readerFunc(func([]byte) (int, error) { return 0, nil }), "", 10); !errors.Is(err,
		io.ErrNoProgress) {
		t.Errorf("a reader that returns nothing: %v", err)
	}
	if _, err := re.Redact(ctx, &out, readerFunc(func(p []byte) (int, error) { return len(p) + 1, nil }), "",
		10); err == nil {
		t.Error("a reader that counts wrong is believed")
	}
	for name, f := range map[string]func() error{
		"no window":    func() error { _, err := re.Redact(ctx, &out, strings.NewReader(""), "", 0); return err },
		"large window": func() error { _, err := re.Redact(ctx, &out, strings.NewReader(""), "", limits.TiB); return err },
		"no writer":    func() error { _, err := re.Redact(ctx, nil, strings.NewReader(""), "", 1); return err },
		"no reader":    func() error { _, err := re.Redact(ctx, &out, nil, "", 1); return err },
		"no Regexp": func() error {
			_, err := (*saferegex.Regexp)(nil).Redact(ctx, &out, strings.NewReader(""), "", 1)
			return err
		},
	} {
		if err := f(); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%s: %v", name, err)
		}
	}
	few := saferegex.MustCompile(`secret`, limits.Limits{InputBytes: 8, Time: jobLimits.Time})
	if _, err := few.Redact(ctx, io.Discard, strings.NewReader("12345678"), "", 10); err != nil {
		t.Errorf("exactly InputBytes: %v", err)
	}
	if _, err := few.Redact(ctx, io.Discard, strings.NewReader("123456789"), "", 10); !errors.Is(err, limits.ErrExceeded) {
		t.Errorf("a byte more than InputBytes: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write(p []byte) (int, error) { return len(p) - 1, f.err }

// TestRedactMemory copies far more than is held.
func TestRedactMemory(t *testing.T) {
	const size = 20 << 20
	lim := limits.Limits{InputBytes: size, MemoryBytes: limits.MiB, Time: jobLimits.Time}
	re := saferegex.MustCompile(`password=\S+`, lim)
	line := "2026-01-01 login user=ann password=hunter2 from=10.0.0.1 and more words to fill a line\n"
	src := io.LimitReader(&endless{line: line}, size)
	usage, err := re.Redact(t.Context(), io.Discard, src, "password=***", 64*limits.KiB)
	if err != nil || usage.InputBytes != size || usage.Steps < size || usage.MemoryBytes > limits.MiB {
		t.Errorf("%+v, error %v", usage, err)
	}
}

type endless struct {
	line string
	at   int
}

func (e *endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		k := copy(p[n:], e.line[e.at:])
		n += k
		e.at = (e.at + k) % len(e.line)
	}
	return n, nil
}
