package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// manyPatterns returns n patterns as filters have them: words with something around them.
func manyPatterns(n int) []string {
	// The same patterns each time.
	r := rand.New(rand.NewPCG(3, 4))
	word := func() string {
		b := make([]byte, 4+r.IntN(8))
		for i := range b {
			b[i] = 'a' + byte(r.IntN(26))
		}
		return string(b)
	}
	shapes := []string{`%s`, `(?i)%s`, `\b%s\b`, `%s[0-9]{1,3}`, `^%s`, `%s\s+(\w+)`, `(?:%s|un%[1]s)ing$`, `[^a-z]%s`}
	patterns := make([]string, n)
	for i := range patterns {
		patterns[i] = fmt.Sprintf(shapes[i%len(shapes)], word())
	}
	return patterns
}

// manyText returns a text of at least n bytes in which some of the patterns match.
func manyText(patterns []string, n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		word := strings.Trim(patterns[(i*97)%len(patterns)], `(?i)\b%^$[]:`)
		b.WriteString(letters(20)[i%10:] + " " + word + " 42 é\n")
	}
	return b.String()
}

// TestManyPatterns compares 10,000 patterns with regexp's answers.
func TestManyPatterns(t *testing.T) {
	t.Parallel()
	most := 10_000
	if testing.Short() {
		most = 2000 // regexp takes its time.
	}
	patterns := manyPatterns(most)
	began := time.Now()
	set, err := regexset.Compile(t.Context(), patterns, limits.Limits{InputBytes: limits.MiB, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("compiled in %v: %+v", time.Since(began), set.Stats())
	std := make([]*regexp.Regexp, len(patterns))
	for i, pattern := range patterns {
		std[i] = regexp.MustCompile(pattern)
	}
	for _, text := range []string{"", manyText(patterns, 300), manyText(patterns[8:], 100) + "\xff",
		"- " + strings.TrimLeft(patterns[7], "[^a-z]") + "\n"} {
		var want []int
		for i, re := range std {
			if re.MatchString(text) {
				want = append(want, i)
			}
		}
		got, err := set.Match(t.Context(), text)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%.50q: %v, %v; want %v", text, got, err, want)
		}
		if text != "" && len(want) == 0 {
			t.Errorf("%.50q: no pattern matches, which shows little", text)
		}
	}
	if set.Len() != len(patterns) || set.Pattern(most-1) != patterns[most-1] || set.Pattern(-1) != "" ||
		set.Pattern(most) != "" {
		t.Error("Len or Pattern is wrong")
	}
}

// TestConcurrent has sets compiled, used and closed by several goroutines at once.
func TestConcurrent(t *testing.T) {
	t.Parallel()
	patterns := append(manyPatterns(200), `\Béé`, `[\pL]{1,500}!`)
	text := manyText(patterns, 3000) + "aéé!"
	set, err := regexset.Compile(t.Context(), patterns, wide)
	if err != nil {
		t.Fatal(err)
	}
	want, err := set.Match(t.Context(), text)
	if err != nil || len(want) < 3 {
		t.Fatal(want, err)
	}
	matches := 0
	if err := set.Each(t.Context(), text, func(regexset.SetMatch) error { matches++; return nil }); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for range 4 {
				if got, err := set.Match(t.Context(), text); err != nil || !slices.Equal(got, want) {
					t.Errorf("%v, %v; want %v", got, err, want)
				}
				n := 0
				if err := set.Each(t.Context(), text,
					func(regexset.SetMatch) error { n++; return nil }); err != nil || n != matches {
					t.Errorf("%d matches, %v; want %d", n, err, matches)
				}
				own, err := regexset.Compile(t.Context(), patterns[g*20:], wide)
				if err != nil {
					t.Error(err)
					continue
				}
				wg.Go(func() { _ = own.Close() })
				// It is closed at any time: there is the whole answer, or none.
				got, err := own.Match(t.Context(), text)
				var shifted []int
				for _, i := range want {
					if i >= g*20 {
						shifted = append(shifted, i-g*20)
					}
				}
				if err == nil && !slices.Equal(got, shifted) || err != nil &&
					(got != nil || !errors.Is(err, limits.ErrConfig)) {
					t.Errorf("%v, %v; want %v", got, err, shifted)
				}
				_ = own.Stats()
			}
		})
	}
	wg.Wait()
}

// TestUnusable has every method of a set that is none answer with a ConfigError.
func TestUnusable(t *testing.T) {
	closed, err := regexset.Compile(t.Context(), []string{"a"}, wide)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := closed.Close(); err != nil {
			t.Error(err)
		}
	}
	if x := closed.Stats(); x.Patterns != 1 || x.RE2Bytes != 0 || closed.Len() != 1 {
		t.Errorf("%+v", x)
	}
	for name, set := range map[string]*regexset.Set{"nil": nil, "zero": {}, "closed": closed} {
		_, err := set.Match(t.Context(), "a")
		errEach := set.Each(t.Context(), "a", func(regexset.SetMatch) error { return nil })
		if !errors.Is(err, limits.ErrConfig) || !errors.Is(errEach, limits.ErrConfig) {
			t.Errorf("%s: %v, %v", name, err, errEach)
		}
		if name == "closed" {
			continue
		}
		if x := set.Stats(); x.Patterns != 0 || x.Process.MaxBytes != regexset.ProcessBytes || set.Len() != 0 ||
			set.Pattern(0) != "" || set.Close() != nil {
			t.Errorf("%s: %+v", name, x)
		}
	}
	set, err := regexset.Compile(t.Context(), []string{"a"}, wide)
	if err != nil {
		t.Fatal(err)
	}
	if err := set.Each(t.Context(), "a", nil); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil function: %v", err)
	}
	//nolint:staticcheck // A nil context is what is tested.
	if _, err := set.Match(nil, "a"); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil context: %v", err)
	}
	//nolint:staticcheck // A nil context is what is tested.
	if _, err := regexset.Compile(nil, []string{"a"}, wide); !errors.Is(err, limits.ErrConfig) {
		t.Errorf("a nil context: %v", err)
	}
}

// TestEmpty has sets of no patterns, and of patterns that RE2 has none of.
func TestEmpty(t *testing.T) {
	for name, c := range map[string]struct {
		patterns []string
		want     string
		stats    regexset.Stats
	}{
		"none":          {nil, "[]", regexset.Stats{}},
		"alone":         {[]string{`[\pL]{1,500}!`, `zz`}, "[0]", regexset.Stats{Patterns: 2, Alone: 1}},
		"only alone":    {[]string{`[\pL]{1,500}!`}, "[0]", regexset.Stats{Patterns: 1, Alone: 1}},
		"beyond ASCII":  {[]string{`\Bé!`, `é!`, `\B$`}, "[0 1 2]", regexset.Stats{Patterns: 3, BeyondASCII: 2}},
		"the same":      {[]string{`é`, `é`, `\x{e9}`}, "[0 1 2]", regexset.Stats{Patterns: 3}},
		"never matches": {[]string{`[^\x00-\x{10FFFF}]`}, "[]", regexset.Stats{Patterns: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			set, err := regexset.Compile(t.Context(), c.patterns, wide, regexset.AllRE2())
			if err != nil {
				t.Fatal(err)
			}
			if found, err := set.Match(t.Context(), "é!"); err != nil || fmt.Sprint(found) != c.want {
				t.Errorf("%v, %v; want %s", found, err, c.want)
			}
			x := set.Stats()
			if x.Patterns != c.stats.Patterns || x.Alone != c.stats.Alone || x.BeyondASCII != c.stats.BeyondASCII ||
				(x.RE2Bytes > 0) != (len(c.patterns) > c.stats.Alone) ||
				(x.MemoryBytes > 0) != (x.Alone+x.BeyondASCII > 0) {
				t.Errorf("%+v", x)
			}
			if name == "alone" && x.LogValue().Group()[2].String() != "alone=1" {
				t.Error(x.LogValue())
			}
		})
	}
}

// TestEachStops returns the function's error as it is, also one that looks like a refusal, and
// survives its panic.
func TestEachStops(t *testing.T) {
	set, err := regexset.Compile(t.Context(), []string{"b", "a"}, wide)
	if err != nil {
		t.Fatal(err)
	}
	for _, why := range []error{errors.New("enough"), &limits.ExceededError{Envelope: true}} {
		n := 0
		got := set.Each(t.Context(), "aab", func(x regexset.SetMatch) error {
			if n++; n == 2 {
				return why
			}
			return nil
		})
		if got != why || n != 2 { //nolint:errorlint // As it is, not wrapped.
			t.Errorf("%v after %d calls; want %v", got, n, why)
		}
	}
	// An envelope gets back what the operation held.
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{MemoryBytes: 100 * limits.KiB})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	for range 10 {
		func() {
			defer func() {
				if r := recover(); fmt.Sprint(r) != "mine" {
					t.Errorf("recovered %v", r)
				}
			}()
			_ = set.Each(ctx, "aab", func(regexset.SetMatch) error { panic("mine") })
		}()
	}
	if _, err := set.Match(ctx, "aab"); err != nil {
		t.Error(err)
	}
}

// TestEnvelope has a caller's envelope end calls, in the envelope's name.
func TestEnvelope(t *testing.T) {
	set, err := regexset.Compile(t.Context(), []string{"b", "a", `\Bé`}, wide)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel, err := limits.With(t.Context(), limits.Limits{Steps: 1000})
	if err != nil {
		t.Fatal(err)
	}
	defer cancel()
	for range 100 {
		if err = set.Each(ctx, "aabé", func(regexset.SetMatch) error { return nil }); err != nil {
			break
		}
	}
	var exceeded *limits.ExceededError
	if !errors.As(err, &exceeded) || !exceeded.Envelope || exceeded.Limit != 1000 {
		t.Errorf("%v; want the envelope's refusal", err)
	}
}

// TestSameSteps has the first call cost what later ones do, whatever is kept between them.
func TestSameSteps(t *testing.T) {
	patterns := manyPatterns(300)
	text := manyText(patterns, 5000)
	set, err := regexset.Compile(t.Context(), patterns, wide)
	if err != nil {
		t.Fatal(err)
	}
	var spent []int64
	for range 3 {
		lim := limits.Limits{Steps: 1e9}
		ctx, cancel, err := limits.With(t.Context(), lim)
		if err != nil {
			t.Fatal(err)
		}
		var total int64
		ctx = limits.WithObserver(ctx, limits.Observer{Func: func(_ context.Context,
			e limits.Event) {
			total += e.Usage.Steps
		}})
		n := 0
		if err := set.Each(ctx, text, func(regexset.SetMatch) error { n++; return nil }); err != nil || n == 0 {
			t.Fatal(n, err)
		}
		cancel()
		spent = append(spent, total)
	}
	if spent[0] != spent[1] || spent[1] != spent[2] || spent[0] == 0 {
		t.Errorf("%d steps", spent)
	}
}
