package regexset_test

import (
	"flag"
	"fmt"
	"io"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/regexdata"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// all has every pattern of re2-exhaustive.txt.bz2 compared, which takes a while, instead of a
// sample.
var all = flag.Bool("all", false, "compare every case of the exhaustive data, not a sample")

// wide is more than any case of the tests takes that is not about limits.
var wide = limits.Limits{InputBytes: regexset.MaxInputBytes, Time: time.Minute}

// tally counts cases and differences, and shows the first of them.
type tally struct {
	t                  *testing.T
	sets, cases, diffs int
}

func (c *tally) difference(format string, args ...any) {
	c.diffs++
	if c.diffs <= 20 {
		c.t.Errorf(format, args...)
	}
}

// compare makes a set of the patterns that regexp reads, and compares what it says of each text
// with what each pattern alone says.
func (c *tally) compare(patterns, texts []string, compile func(string) (*regexp.Regexp, error),
	opts ...regexset.Option) {
	var std []*regexp.Regexp
	var read []string
	for _, pattern := range patterns {
		re, err := compile(pattern)
		if err == nil {
			std, read = append(std, re), append(read, pattern)
			continue
		}
		if _, err := regexset.Compile(c.t.Context(), []string{"a", pattern}, wide, opts...); err == nil {
			c.difference("%q is accepted; regexp says %v", pattern, err)
		}
	}
	c.sets++
	c.ask(std, read, texts, opts)
	if c.sets%4 == 0 {
		c.ask(std, read, texts, append(slices.Clone(opts), regexset.AllRE2()))
	}
}

// ask is compare for patterns that are read and options.
func (c *tally) ask(std []*regexp.Regexp, read, texts []string, opts []regexset.Option) {
	set, err := regexset.Compile(c.t.Context(), read, wide, opts...)
	if err != nil {
		c.difference("%d patterns such as %q: %v", len(read), read[:min(len(read), 3)], err)
		return
	}
	defer set.Close()
	for n, text := range texts {
		if n%sample != c.sets%sample {
			continue
		}
		var want []int
		for i, re := range std {
			c.cases++
			if re.MatchString(text) {
				want = append(want, i)
			}
		}
		got, err := set.Match(c.t.Context(), text)
		if err != nil {
			c.difference("%d patterns such as %q in %.100q: %v", len(read), read[:min(len(read), 3)], text, err)
			continue
		}
		first, ok, err := set.First(c.t.Context(), text)
		if err != nil || ok != (len(want) > 0) || ok && first != want[0] || !ok && first != -1 {
			c.difference("the first of %v in %.100q: %d, %t, %v", want, text, first, ok, err)
		}
		if slices.Equal(got, want) {
			continue
		}
		for i, re := range read {
			if slices.Contains(got, i) != slices.Contains(want, i) {
				c.difference("%q in %.100q: %t; regexp says %t", re, text, slices.Contains(got, i),
					slices.Contains(want, i))
			}
		}
	}
}

func (c *tally) print(name string, least int) {
	c.t.Logf("%s: sets=%d cases=%d diffs=%d", name, c.sets, c.cases, c.diffs)
	if c.cases < least/sample {
		c.t.Errorf("%s: %d cases, fewer than %d: the data was not read", name, c.cases, least)
	}
}

// spoiled adds to texts what they become with characters beyond ASCII and with bytes that are no
// characters.
func spoiled(texts []string) []string {
	all := slices.Clone(texts)
	for i, text := range texts {
		half := len(text) / 2
		switch i % 4 {
		case 0:
			all = append(all, text[:half]+"é"+text[half:])
		case 1:
			all = append(all, text[:half]+"\xff"+text[half:])
		case 2:
			all = append(all, "\n"+text+"\n", text+"\xe2\x82")
		case 3:
			all = append(all, "\xc3"+text, text+" \u00a0K")
		}
	}
	return all
}

func TestSearch(t *testing.T) {
	c := tally{t: t}
	regexdata.EachBlock(t, regexdata.Open(t, "re2-search.txt"), 1, func(b regexdata.Block) {
		c.compare(b.Patterns, spoiled(b.Texts), regexp.Compile)
	})
	c.print("re2-search.txt", 1000)
}

// TestExhaustive compares on a sample of RE2's exhaustive data: every way to put a few operators
// and letters together, on every short text.
func TestExhaustive(t *testing.T) {
	t.Parallel()
	c := tally{t: t}
	// Most of the time goes into unpacking the file: the sample is from its first third.
	most, every, cases := int64(16<<20), 20, 50_000
	switch {
	case *all:
		most, every = math.MaxInt64, 1
	case testing.Short():
		most, cases = 4<<20, 10_000
	}
	data := io.LimitReader(regexdata.Open(t, "re2-exhaustive.txt.bz2"), most)
	regexdata.EachBlock(t, data, every, func(b regexdata.Block) { c.compare(b.Patterns, b.Texts, regexp.Compile) })
	c.print("re2-exhaustive.txt.bz2", cases)
}

// TestFowler compares on Glenn Fowler's data for POSIX, read as Perl's syntax, without case and as
// POSIX.
func TestFowler(t *testing.T) {
	t.Parallel()
	c := tally{t: t}
	for _, name := range []string{"basic.dat", "nullsubexpr.dat", "repetition.dat"} {
		var patterns, folded, texts []string
		regexdata.EachFowler(t, name, func(_, pattern, text string) {
			patterns, texts = append(patterns, pattern), append(texts, text)
			folded = append(folded, "(?i)"+pattern)
		})
		// The counted repeats of the last file make many states of each text.
		if name != "repetition.dat" {
			c.compare(folded, texts, regexp.Compile)
			texts = spoiled(texts)
		}
		c.compare(patterns, texts, regexp.Compile)
		c.compare(patterns, texts, regexp.CompilePOSIX, regexset.POSIX())
	}
	c.print("fowler", 50_000)
}

// meanings are patterns whose meaning RE2 and Go could see differently.
var meanings = []string{
	``, `^`, `$`, `^$`, `\A`, `\z`, `\A\z`, `a$`, `^a`, `(?m)^a`, `(?m)a$`, `(?m)^$`, `(?m)^`, `(?m)$`,
	`(?m:^)a(?-m:$)`, `(?s).`, `.`, `(?s)a.b`, `a.b`, `(?s)^.$`, `^.$`, `^..$`, `^...$`,
	`\b`, `\B`, `\bа`, `а\b`, `a\b`, `\ba`, `\Ba`, `a\B`, `\B\B`, `^\B`, `\B$`, `^\B$`, `(?:\B|x)`, `é\B`, `\Bé`,
	`é\b`, `\bé\b`, `[^\n]`, `[^a]`, `[^é]`,
	`(?i)k`, `(?i)s`, `(?i)K`, `(?i)ſ`, `(?i)σ`, `(?i)ς`, `(?i)ß`, `(?i)ı`, `(?i)İ`, `(?i)[k-l]`, `(?i)[^k]`,
	`(?i)straße`, `(?i)é`, `(?i)Ǆ`, `(?i)ᲀ`, `(?i)ꭰ`, `(?i)θ`, `(?i)µ`, `(?i)å`,
	`\pL`, `\PL`, `\p{Greek}`, `\P{Greek}`, `\p{Lu}`, `(?i)\p{Lu}`, `\pN+`, `[[:alpha:]]`, `[[:^alpha:]]`, `\d`, `\D`,
	`\w`, `\W`, `\s`, `\S`, `[\pL\d]`, `[^\pL\d]`, `\p{Any}`, `\P{Any}`, `[\s\S]`, `\p{Zs}`,
	`\x{FFFD}`, `[\x{FFFD}]`, `[^\x{FFFD}]`, `\x{D800}`, `[\x{D800}-\x{DFFF}]`, `[^\x{D800}-\x{DFFF}]`, `\x{10FFFF}`,
	`\x00`, `\x7f`, `\x80`, `[\x00-\x{7f}]`, `[\x{80}-\x{10FFFF}]`, `\xff`, `[\x{fffe}-\x{10001}]`,
	`(a|b)*?c`, `(?U)a+`, `a{0}`, `a{0}b`, `(?:a{0,2}){3}b`, `(?:){5}`, `(?:a*)*`, `(?:a*)+`, `(?:^)*`, `(?:\b)+a`,
	`(?:$)?`, `(|a)*`, `(|a)+b`, `(?:(?:a?)*)*$`, `x{2,}`, `(?:ab){2,3}`, `[a-b]{3}$`, `(?:a{10}){10}`,
	`\Qa.b\E`, `\Q\E`, `\.`, `\\`, `[\]\-^]`, `[-a]`, `\x{2e}`, `\t`, `\v`, `"`, `\/`, `\{`, ` `, `#a`,
	`(?P<n>a)(?P<m>b)`, `a|b|c`, `a|ab|abc`, `abc|abd`, `a||b`, `(?:|a)b`,
	`[^\x00-\x{10FFFF}]`, `a[^\x00-\x{10FFFF}]`, `a|[^\x00-\x{10FFFF}]`, `(?:[^\x00-\x{10FFFF}])?a`, `\pL{3}`,
	`(?i)(?:abc|abd|k){2}`, `.{3}`, `(?s).{3}`, `^.{2,4}$`, `a\z`, `\Aa`, `a\n`, `(?m)a$\n^b`,
}

var meaningTexts = []string{
	"", "a", "b", "ab", "abc", "aab", "\n", "a\n", "\na", "a\nb", "\n\n", "é", "aé", "éa", "é b", "éé", "日本", "а",
	"k", "K", "\u212a", "s", "ſ", "S", "σ", "ς", "Σ", "ß", "ẞ", "ı", "İ", "i", "I", "ǅ", "Ǆ", "ǆ", "в", "ᲀ", "Ꭰ",
	"ꭰ", "Ω", "Ω", "ϴ", "μ", "µ", "Å", "STRASSE", "straße", "STRAẞE",
	"\xff", "a\xffb", "\xc3", "\xe2\x82", "a\xe2\x82b", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf", "\ufffd",
	"a\ufffd", "\x00", "\x7f", "\u0080", "\U0010ffff", "\ufffe", "\U00010000", "aaaa", "aaaaaaaaaaaa",
	strings.Repeat("a", 100), "a.b", "a b", "a\tb", "\v", "\u00a0", "\u2028", "a\r\nb", "x y", "_", "9", "٣",
	"a-b", `\`, `"`, "#a", "{", "/", "]",
}

// TestMeaning compares on patterns that RE2 and Go might read differently: all in one set, and each
// alone.
func TestMeaning(t *testing.T) {
	t.Parallel()
	c := tally{t: t}
	c.compare(meanings, meaningTexts, regexp.Compile)
	c.compare(slices.Concat(meanings, meanings), meaningTexts, regexp.Compile)
	var folded, lines, within []string
	for _, pattern := range meanings {
		c.compare([]string{pattern}, meaningTexts, regexp.Compile)
		folded, lines, within = append(folded, "(?i)"+pattern), append(lines, "(?m)"+pattern),
			append(within, "(?:"+pattern+")x|y")
	}
	c.compare(folded, meaningTexts, regexp.Compile)
	c.compare(lines, meaningTexts, regexp.Compile)
	c.compare(within, meaningTexts, regexp.Compile)
	c.print("meaning", 20_000)
}

// TestEach compares the matches of every pattern with regexp's.
func TestEach(t *testing.T) {
	t.Parallel()
	for _, longest := range []bool{false, true} {
		var opts []regexset.Option
		if longest {
			opts = append(opts, regexset.Longest())
		}
		set, err := regexset.Compile(t.Context(), meanings, wide, opts...)
		if err != nil {
			t.Fatal(err)
		}
		groups := make([]int, len(meanings))
		std := make([]*regexp.Regexp, len(meanings))
		for i, pattern := range meanings {
			std[i] = regexp.MustCompile(pattern)
			groups[i] = std[i].NumSubexp()
			if longest {
				std[i].Longest()
			}
		}
		found := 0
		for _, text := range meaningTexts {
			var want, got []string
			for i, re := range std {
				for _, loc := range re.FindAllStringSubmatchIndex(text, -1) {
					want = append(want, fmt.Sprint(i, loc))
				}
			}
			err := set.Each(t.Context(), text, func(x regexset.SetMatch) error {
				var loc []int
				for n := range groups[x.Pattern] + 1 {
					from, to := x.Index(n)
					loc = append(loc, from, to)
				}
				got = append(got, fmt.Sprint(x.Pattern, loc))
				return nil
			})
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%q: %v, %v; regexp says %v", text, got, err, want)
			}
			found += len(got)
		}
		t.Logf("longest %t: %d matches", longest, found)
	}
}
