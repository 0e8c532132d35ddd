package saferegex_test

import (
	"encoding/json"
	"errors"
	"flag"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

var jobLimits = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}

func TestPattern(t *testing.T) {
	var config struct {
		Name, Other saferegex.Pattern
	}
	if err := json.Unmarshal([]byte(`{"Name": "^[a-z]+$"}`), &config); err != nil {
		t.Fatal(err)
	}
	re, err := config.Name.Compile(t.Context(), jobLimits)
	if err != nil || re.String() != "^[a-z]+$" {
		t.Errorf("%v, error %v", re, err)
	}
	if _, err := config.Other.Compile(t.Context(), jobLimits); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a pattern that is not set: %v", err)
	}
	for name, c := range map[string]struct {
		text string
		kind error
	}{
		"empty":    {``, limits.ErrConfig},
		"syntax":   {`(a`, limits.ErrRefused},
		"too long": {strings.Repeat("a", int(saferegex.DefaultPatternBytes)+1), limits.ErrRefused},
		"large":    {`((a{100}){100}){100}`, limits.ErrRefused},
	} {
		p := saferegex.Pattern("before")
		if err := p.UnmarshalText([]byte(c.text)); !errors.Is(err, c.kind) || p != "before" {
			t.Errorf("%s: %v, and the pattern is %q", name, err, p)
		}
	}
	var fromFlag saferegex.Pattern
	set := flag.NewFlagSet("", flag.ContinueOnError)
	set.TextVar(&fromFlag, "match", saferegex.Pattern("x"), "")
	if err := set.Parse([]string{"-match", "a+"}); err != nil || fromFlag != "a+" {
		t.Errorf("from a flag: %q, error %v", fromFlag, err)
	}
	var none *saferegex.Pattern
	if err := none.UnmarshalText([]byte("a")); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil Pattern: %v", err)
	}
}

func TestCompilef(t *testing.T) {
	ctx := t.Context()
	hostile := `.*|a-z\E](?i)$1{3}`
	re, err := saferegex.Compilef(ctx, jobLimits, `^%s*(%d|%%)$`, hostile, saferegex.CaseInsensitive(), -5)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		hostile + hostile + "-5": true, hostile + "%": true, strings.ToUpper(hostile) + "%": true, "%": true,
		"anything": false, "5": false, hostile: false,
	} {
		if got, err := re.MatchString(ctx, text); err != nil || got != want {
			t.Errorf("%q: %v, want %v (error %v)", text, got, want, err)
		}
	}
	for name, f := range map[string]func() error{
		"in a class":     func() error { _, err := saferegex.Compilef(ctx, jobLimits, `[%s]`, "a"); return err },
		"end of a range": func() error { _, err := saferegex.Compilef(ctx, jobLimits, `[a-%s]`, "z"); return err },
		"quoted":         func() error { _, err := saferegex.Compilef(ctx, jobLimits, `\Q%s\E`, "a"); return err },
		"backslash":      func() error { _, err := saferegex.Compilef(ctx, jobLimits, `\%s`, "d"); return err },
		"group's name":   func() error { _, err := saferegex.Compilef(ctx, jobLimits, `(?P<%s>a)`, "a"); return err },
		"flags":          func() error { _, err := saferegex.Compilef(ctx, jobLimits, `(?%s)a`, "i"); return err },
		"repeat":         func() error { _, err := saferegex.Compilef(ctx, jobLimits, `a{%d}`, 3); return err },
		"repeat's end":   func() error { _, err := saferegex.Compilef(ctx, jobLimits, `a{1,%d}`, 3); return err },
		"class name":     func() error { _, err := saferegex.Compilef(ctx, jobLimits, `\p{%s}`, "L"); return err },
		"number":         func() error { _, err := saferegex.Compilef(ctx, jobLimits, `\x{%s}`, "41"); return err },
		"few":            func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%s%s`, "a"); return err },
		"many":           func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%s`, "a", "b"); return err },
		"type":           func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%s`, 5); return err },
		"other type":     func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%d`, "5"); return err },
		"verb":           func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%v`, "a"); return err },
		"width":          func() error { _, err := saferegex.Compilef(ctx, jobLimits, `%5d`, 5); return err },
		"percent":        func() error { _, err := saferegex.Compilef(ctx, jobLimits, `a%`); return err },
		"no pattern":     func() error { _, err := saferegex.Compilef(ctx, jobLimits, `(%s`, "a"); return err },
		"POSIX": func() error {
			_, err := saferegex.Compilef(ctx, jobLimits, `%s`, "a",
				saferegex.POSIX())
			return err
		},
	} {
		if err := f(); !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := saferegex.Compilef(ctx, jobLimits, `%s`, "\xff"); !errors.Is(err, limits.ErrRefused) {
		t.Errorf("an argument that is no UTF-8: %v", err)
	}
	if text, err := saferegex.Format(`a{x%s%%`, "b*"); err != nil || text != `a{x(?:b\*)%` {
		t.Errorf("Format: %q, error %v", text, err)
	}
}

func TestBytes(t *testing.T) {
	ctx := t.Context()
	for _, c := range []struct{ pattern, text, want string }{
		{`\xBC`, "a\xbcb", "\xbc"}, {`.`, "é", "\xc3"}, {`^..$`, "é", "é"}, {`[^a]`, "a\xff", "\xff"},
		{`[\x80-\xff]+`, "abc\x80\xffd", "\x80\xff"}, {`[a-\xff]+`, "A~\x7f\x80\xfe", "~\x7f\x80\xfe"},
		{`[\x{e9}]`, "\xe9", "\xe9"}, {`\351`, "\xe9", "\xe9"}, {`(?i)k`, "\u212aK", "K"}, {`(?i)\xe9`, "\xc9\xe9", "\xe9"},
		{`(?i)[\xe0-\xfe]`, "\xc9\xe9", "\xe9"}, {`\Qa\x\E.`, "a\\x\xff", "a\\x\xff"}, {`[]\xff]+`, "]\xff", "]\xff"},
		{`[^]\xff]`, "]\xffa", "a"}, {`[a-c-\xff]+`, "b-\xffd", "b-\xff"}, {`[[:alpha:]\x80]+`, "ab\x80", "ab\x80"},
		{`[\d-\xff]+`, "5-\xff", "5-\xff"}, {`\W`, "a\x90", "\x90"}, {`\x41+`, "\xffAA", "AA"}, {`a\z`, "\xffa", "a"},
		{`\bb`, "\xe9b", "b"}, {`(?s).*`, strings.Repeat("\xff\x00a", 100), strings.Repeat("\xff\x00a", 100)},
	} {
		re, err := saferegex.Compile(ctx, c.pattern, jobLimits, saferegex.Bytes())
		if err != nil {
			t.Errorf("%s: %v", c.pattern, err)
			continue
		}
		if got, err := re.FindString(ctx, c.text); err != nil || got != c.want {
			t.Errorf("%s in %q: %q, want %q (error %v)", c.pattern, c.text, got, c.want, err)
		}
	}
	for _, pattern := range []string{"é", `[é]`, `\pL`, `\PL`, `\p{Latin}`, `[\p{L}]`, `\x{100}`, `[a-\x{3b1}]`, `\Qé\E`} {
		_, err := saferegex.Compile(ctx, pattern, jobLimits, saferegex.Bytes())
		if rule, is := errors.AsType[*saferegex.RuleError](err); !is || rule.Rule != saferegex.RuleByteClass {
			t.Errorf("%s: %v", pattern, err)
		}
	}
	_, err := saferegex.Compile(ctx, `\xff(a`, jobLimits, saferegex.Bytes())
	if e, is := errors.AsType[*saferegex.SyntaxError](err); !is || e.Offset != 4 || e.Pattern != `\xff(a` {
		t.Errorf("a mistake is told of %+v", e)
	}
	re := saferegex.MustCompile(`a|\xff`, jobLimits, saferegex.Bytes())
	if _, err := re.UnsafeStd(); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("UnsafeStd: %v", err)
	}
	if _, err := re.MatchReader(ctx, strings.NewReader("a")); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("MatchReader: %v", err)
	}
	if got, err := re.ReplaceAllString(ctx, "é\xffa\xfe", "<$0>"); err != nil || got != "é<\xff><a>\xfe" {
		t.Errorf("ReplaceAllString: %q, error %v", got, err)
	}
	if got, err := re.FindAllStringIndex(ctx, "é\xffa\xfea", -1); err != nil ||
		!cmp.Equal(got, [][]int{{2, 3}, {3, 4}, {5, 6}}) {
		t.Errorf("FindAllStringIndex: %v, error %v", got, err)
	}
	if got, err := re.Split(ctx, "\xfea\xfd\xffb", -1); err != nil || !cmp.Equal(got, []string{"\xfe", "\xfd", "b"}) {
		t.Errorf("Split: %q, error %v", got, err)
	}
}

func TestReplaceAllSubmatchFunc(t *testing.T) {
	re := saferegex.MustCompile(`(\w+)=(\w*)`, jobLimits)
	ctx := t.Context()
	mask := func(m saferegex.Match) (string, error) {
		return m.Group(1) + "=$1" + strings.Repeat("*", len(m.Group(2))), nil
	}
	if got, err := re.ReplaceAllStringSubmatchFunc(ctx, "a=bc, d=", mask); err != nil || got != "a=$1**, d=$1" {
		t.Errorf("%q, error %v", got, err)
	}
	got, err := re.ReplaceAllSubmatchFunc(ctx, []byte("a=bc"), func(m saferegex.Match) ([]byte, error) {
		return []byte(m.Group(2)), nil
	})
	if err != nil || string(got) != "bc" {
		t.Errorf("%q, error %v", got, err)
	}
	own := errors.New("own")
	if got, err := re.ReplaceAllSubmatchFunc(ctx, []byte("a=bc"), func(saferegex.Match) ([]byte, error) {
		return nil, own
	}); !errors.Is(err, own) || got != nil {
		t.Errorf("%q, error %v", got, err)
	}
	if _, err := re.ReplaceAllSubmatchFunc(ctx, nil, nil); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("without a function: %v", err)
	}
}

func TestUnsafeStd(t *testing.T) {
	for _, c := range []struct {
		pattern string
		opts    []saferegex.Option
		want    string
	}{
		{`a|ab`, nil, "a"}, {`a|ab`, []saferegex.Option{saferegex.Longest()}, "ab"},
		{`a|ab`, []saferegex.Option{saferegex.POSIX(), saferegex.CaseInsensitive()}, "AB"},
	} {
		std, err := saferegex.MustCompile(c.pattern, jobLimits, c.opts...).UnsafeStd()
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ToLower(c.want + "b")
		if strings.ToUpper(c.want) == c.want {
			text = strings.ToUpper(text)
		}
		if got := std.FindString(text); got != c.want {
			t.Errorf("%s: %q, want %q", c.pattern, got, c.want)
		}
	}
}

func TestQuoteMeta(t *testing.T) {
	for _, s := range []string{"", "a.b*c", `\E`, "é"} {
		if got := saferegex.QuoteMeta(s); got != regexp.QuoteMeta(s) {
			t.Errorf("%q: %q", s, got)
		}
	}
}

// TestSyntaxErrorOffsets: every mistake has a place, and the parser's own error is found.
func TestSyntaxErrorOffsets(t *testing.T) {
	for _, c := range []struct {
		pattern string
		offset  int
	}{
		{`a(b`, 1}, {`((a)`, 0}, {`ab)c)`, 2}, {`a**`, 2}, {`*a`, 0}, {`a|*|*`, 2}, {`x[b-a]`, 2}, {`[a`, 0},
		{`ab\`, 2}, {`a(?=b)`, 1}, {`a\k`, 1}, {"ab\xff", 2}, {`a{1001}b{1001}`, 1}, {`\pX\pL`, 0}, {`a+\8`, 2},
		{`(?P<n`, 0}, {`x(?z)`, 1},
	} {
		_, err := saferegex.Compile(t.Context(), c.pattern, jobLimits)
		e, is := errors.AsType[*saferegex.SyntaxError](err)
		if !is || e.Offset != c.offset {
			t.Errorf("%q: %v, want offset %d", c.pattern, err, c.offset)
			continue
		}
		if _, is := errors.AsType[*syntax.Error](err); !is {
			t.Errorf("%q: errors.As finds no *syntax.Error", c.pattern)
		}
		if rule, is := errors.AsType[*saferegex.RuleError](err); !is || rule.Rule != saferegex.RuleInvalidSyntax ||
			!errors.Is(err, limits.ErrRefused) {
			t.Errorf("%q: errors.As finds %v", c.pattern, rule)
		}
	}
}
