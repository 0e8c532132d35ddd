package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// literalPatterns have literals of every kind, in what they are to the matches and in where they
// are looked for.
var literalPatterns = []string{
	`password`, `secret|token|credential`, `(?i)authorization`, `(?i)bearer [a-z0-9]{4,}`, `\bselect\b.*\bfrom\b`,
	`[a-z]+@example\.com`, `(?i)[0-9a-f]{8}-kiosk`, `^GET /index`, `(?m)^Host: (.*)$`, `\Ahttp(?:s)?://`,
	`(?i)\Apost `, `key=[^&]*&`, `(?:foo|ba[rz])qux[0-9]`, `x{12}y`, `(?i)straße`, `(?i)stress`, `Kelvin(?i:kelvin)`,
	`q[\s\S]{0,1000}zzz`, `begin[\s\S]*end`, `aaaaaaaa`, `aaaaaaaab`, `aaaaaaaa$`, `日本語`, `(?i)ΣΊΣΥΦΟΣ`, "xx\uFFFDyy",
	`[\x{FFFD}]abcdef`,
	`\x{D800}abcdefgh|zzzzzzzz`, `abcd(?:efgh)?`, `(abcdefgh)+`, `(?:abcdefgh){2,}`, `(?:abcdefgh)*x`, `nothing at all`,
	`.`, ``,
	`[0-9]+`, `\z`, `long` + strings.Repeat("er", 40), `(?s)first.*last\z`, `word\b`, `\Bboundary`,
}

// literalTexts have these literals, in every case, near their ends and far from each other.
var literalTexts = []string{
	"", "password", "PASSWORD", "my token is", "Authorization: Bearer abcd1234", "AUTHORIZATION", "select a from b",
	"xselect a from b", "SELECT a FROM b", "me@example.com", "0123abcd-KIOSK", "0123abcd-\u212aio\u017fk",
	"GET /index.html",
	" GET /index.html", "Host: x\nHost: y", "a\nHost: z", "https://", "xhttp://", "POST /", "pOsT /", "key=1&", "key=1",
	"fooqux1 barqux2 bazqux", strings.Repeat("x", 30) + "y", "STRASSE STRAẞE", "\u017ftreſs", "STRESS", "KelvinKELVIN",
	"kelvinkelvin", "q" + strings.Repeat("-", 900) + "zzz", "q" + strings.Repeat("-", 1100) + "zzz",
	"begin" + strings.Repeat("begin ", 3000), "begin" + strings.Repeat("begin ", 3000) + "end", strings.Repeat("a", 2000),
	strings.Repeat("a", 2000) + "b", strings.Repeat("a", 2000) + "bb", "日本語", "日本", "σίσυφος Σίσυφος", "xx\uFFFDyy",
	"xx\xffyy", "\xffabcdef",
	"abcdefgh", "abcdefghabcdefgh", "abcd", "\xed\xa0\x80abcdefgh", "long" + strings.Repeat("er", 40),
	"long" + strings.Repeat("er", 39), "first" + strings.Repeat("first ", 400) + "last", "first last ", "words word",
	"wordy", "boundary aboundary",
}

// TestLiterals compares sets of such patterns with regexp, whole and each pattern among many, with
// and without FullMatch and flags.
func TestLiterals(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		opts []regexset.Option
		std  func(pattern string) string
	}{
		{"plain", nil, func(p string) string { return p }},
		{"FullMatch", []regexset.Option{regexset.FullMatch()}, func(p string) string { return `\A(?:` + p + `)\z` }},
		{"CaseInsensitive", []regexset.Option{regexset.CaseInsensitive()}, func(p string) string { return `(?i)` + p }},
		{"MultiLine and DotAll", []regexset.Option{regexset.MultiLine(), regexset.DotAll()},
			func(p string) string { return `(?ms)` + p }},
		{"all", []regexset.Option{regexset.FullMatch(), regexset.CaseInsensitive(), regexset.MultiLine(), regexset.DotAll()},
			func(p string) string { return `\A(?ims:` + p + `)\z` }},
	} {
		if testing.Short() && len(c.opts) == 1 {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			std := make([]*regexp.Regexp, len(literalPatterns))
			for i, p := range literalPatterns {
				std[i] = regexp.MustCompile(c.std(p))
			}
			set, err := regexset.Compile(t.Context(), literalPatterns, wide, c.opts...)
			if err != nil {
				t.Fatal(err)
			}
			if x := set.Stats(); x.Literals < 10 || x.RE2Bytes != 0 {
				t.Errorf("%+v: patterns are not looked for by their literals", x)
			}
			for n, text := range slices.Concat(literalTexts, mixed(literalTexts)) {
				if n >= len(literalTexts) && (n%sample != 0 || testing.Short() && n%10 > 0) {
					continue
				}
				var want []int
				var places, found []string
				for i, re := range std {
					if re.MatchString(text) {
						want = append(want, i)
					}
					for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
						places = append(places, fmt.Sprint(i, loc[:2], len(loc)))
					}
				}
				got, err := set.Match(t.Context(), text)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("%.60q: %v, %v; want %v", text, got, err, want)
				}
				first, ok, err := set.First(t.Context(), text)
				if err != nil || ok != (len(want) > 0) || ok && first != want[0] {
					t.Errorf("%.60q: first %d, %t, %v; want %v", text, first, ok, err, want)
				}
				err = set.Each(t.Context(), text, func(x regexset.SetMatch) error {
					n := 0
					for ; n < 2; n++ {
						if from, _ := x.Index(n); from < 0 && n > std[x.Pattern].NumSubexp() {
							break
						}
					}
					found = append(found, fmt.Sprint(x.Pattern, []int{x.Start(), x.End()}, 2*(std[x.Pattern].NumSubexp()+1)))
					return nil
				})
				if err != nil || !slices.Equal(found, places) {
					t.Errorf("%.60q: each: %v, %v; want %v", text, found, err, places)
				}
			}
		})
	}
}

// mixed joins each text with others.
func mixed(texts []string) []string {
	var all []string
	for i, text := range texts {
		all = append(all, text+" "+texts[(i*7+3)%len(texts)]+texts[(i*11+5)%len(texts)])
	}
	return all
}

// TestStepsOfSets has each call cost the same steps, the first on a new set and those after it, and
// whatever texts were in between.
func TestStepsOfSets(t *testing.T) {
	t.Parallel()
	steps := func(set *regexset.Set, text string, first bool) int64 {
		return limittable.Used(t, func(ctx context.Context) error {
			if first {
				_, _, err := set.First(ctx, text)
				return err
			}
			_, err := set.Match(ctx, text)
			return err
		}).Steps
	}
	compile := func() *regexset.Set {
		set, err := regexset.Compile(t.Context(), literalPatterns, wide)
		if err != nil {
			t.Fatal(err)
		}
		return set
	}
	warm := compile()
	for _, first := range []bool{false, true} {
		for _, text := range literalTexts {
			steps(warm, text, first)
		}
		for i, text := range literalTexts {
			again := steps(warm, text, first)
			if i%5 != 0 {
				continue
			}
			if cold := steps(compile(), text, first); cold != again {
				t.Errorf("first %t: %.40q: %d steps, and %d on a new set", first, text, again, cold)
			}
		}
	}
}

// TestLiteralsAreStopped refuses texts that are made to be slow: where a literal stands everywhere,
// and each look at it reads far.
func TestLiteralsAreStopped(t *testing.T) {
	t.Parallel()
	patterns := []string{`begin[\s\S]{0,900}end`, `beg[a-z ]*!`, `(?i)BEGIN .*x`, `other`, `words`, `here`}
	lim := wide
	lim.Steps = 1_000_000
	set, err := regexset.Compile(t.Context(), patterns, lim)
	if err != nil {
		t.Fatal(err)
	}
	_, err = set.Match(t.Context(), strings.Repeat("begin ", 150_000))
	exceeds(t, err, "regexset.Match", limits.Steps, lim.Steps)
	_, _, err = set.First(t.Context(), strings.Repeat("begin ", 150_000))
	exceeds(t, err, "regexset.First", limits.Steps, lim.Steps)
	// Each byte costs some hundred steps, as many as there are beginnings of the first pattern in
	// reach.
	lim.Steps = 500 * 90_000
	if set, err = regexset.Compile(t.Context(), patterns, lim); err != nil {
		t.Fatal(err)
	}
	if found, err := set.Match(t.Context(), strings.Repeat("begin ", 15_000)); err != nil || len(found) != 0 {
		t.Errorf("%v, %v", found, err)
	}
}

// TestSetPanics gives the place in a Pool back where an observer panics.
func TestSetPanics(t *testing.T) {
	t.Parallel()
	pool, err := limits.NewPool(limits.PoolLimits{Operations: 1, Waiting: 1, MaxWait: 1e9})
	if err != nil {
		t.Fatal(err)
	}
	armed := false
	ctx := limits.WithObserver(limits.WithPool(t.Context(), pool), limits.Observer{
		Soft: limits.Limits{InputBytes: 1, Steps: 1, MemoryBytes: 1},
		Func: func(context.Context, limits.Event) {
			if armed {
				panic("observer")
			}
		}})
	set, err := regexset.Compile(ctx, literalPatterns, wide)
	if err != nil {
		t.Fatal(err)
	}
	for name, call := range map[string]func() error{
		"Compile": func() error { _, err := regexset.Compile(ctx, literalPatterns, wide); return err },
		"Match":   func() error { _, err := set.Match(ctx, "a password"); return err },
		"First":   func() error { _, _, err := set.First(ctx, "a password"); return err },
		"Each":    func() error { return set.Each(ctx, "a password", func(regexset.SetMatch) error { return nil }) },
	} {
		func() {
			defer func() {
				armed = false
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			armed = true
			if err := call(); err != nil {
				t.Error(err)
			}
		}()
		if _, err := set.Match(ctx, "x"); err != nil {
			t.Errorf("after %s: %v", name, err)
		}
		if s := pool.Stats(); s.Operations != 0 {
			t.Errorf("after %s: %+v", name, s)
		}
	}
}

// TestFirstOfNone has a set that matches nothing, and sets that were not compiled.
func TestFirstOfNone(t *testing.T) {
	t.Parallel()
	var none *regexset.Set
	if i, ok, err := none.First(t.Context(), "x"); i != -1 || ok || !errors.Is(err, limits.ErrConfig) {
		t.Error(i, ok, err)
	}
	set, err := regexset.Compile(t.Context(), nil, wide)
	if err != nil {
		t.Fatal(err)
	}
	if i, ok, err := set.First(t.Context(), "x"); i != -1 || ok || err != nil {
		t.Error(i, ok, err)
	}
	if err := set.Close(); err != nil {
		t.Fatal(err)
	}
	if i, ok, err := set.First(t.Context(), "x"); i != -1 || ok || !errors.Is(err, limits.ErrConfig) {
		t.Error(i, ok, err)
	}
}
