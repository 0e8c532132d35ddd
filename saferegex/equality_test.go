package saferegex_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"reflect"
	"regexp"
	"regexp/syntax"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/regexdata"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// all has every case of re2-exhaustive.txt.bz2 compared, which takes a while, instead of a sample.
var all = flag.Bool("all", false, "compare every case of the exhaustive data, not a sample of the patterns")

// wide is more than any case of the tests takes that is not about limits.
var wide = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}

// A pair is the same pattern compiled by the package and by regexp.
type pair struct {
	ours *saferegex.Regexp
	std  *regexp.Regexp
	full *regexp.Regexp // the pattern with anchors at both ends, once fullMatch has made it
}

// compilePair compiles a pattern with both. It fails if one accepts what the other refuses.
func compilePair(pattern string, posix, longest bool) (*pair, error) {
	var opts []saferegex.Option
	compile := regexp.Compile
	if posix {
		opts = append(opts, saferegex.POSIX())
		compile = regexp.CompilePOSIX
	}
	if longest {
		opts = append(opts, saferegex.Longest())
	}
	std, stdErr := compile(pattern)
	ours, err := saferegex.Compile(context.Background(), pattern, wide, opts...)
	if (stdErr == nil) != (err == nil) {
		return nil, fmt.Errorf("regexp says %q, saferegex %q", fmt.Sprint(stdErr), fmt.Sprint(err))
	}
	if err != nil {
		return nil, nil
	}
	if longest {
		std.Longest()
	}
	return &pair{ours: ours, std: std}, nil
}

// operation is one method of both, by name. Each returns what it found as text, so that nil and
// empty are told apart.
type operation struct {
	name string
	std  func(p *pair, s string) any
	ours func(ctx context.Context, re *saferegex.Regexp, s string) (any, error)
}

const template = "<$0|${1}x|$name|$$>"

// anyOf drops the static type.
func anyOf[T any](v T, err error) (any, error) { return v, err }

// operations holds every method that looks at a text.
var operations = []operation{
	{"Match",
		func(p *pair, s string) any { return p.std.Match([]byte(s)) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.Match(ctx, []byte(s)))
		}},
	{"MatchString",
		func(p *pair, s string) any { return p.std.MatchString(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.MatchString(ctx, s))
		}},
	{"FindString",
		func(p *pair, s string) any { return p.std.FindString(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindString(ctx, s))
		}},
	{"FindStringIndex",
		func(p *pair, s string) any { return p.std.FindStringIndex(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindStringIndex(ctx, s))
		}},
	{"FindStringSubmatchIndex",
		func(p *pair, s string) any { return p.std.FindStringSubmatchIndex(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindStringSubmatchIndex(ctx, s))
		}},
	{"FindSubmatch",
		func(p *pair, s string) any { return p.std.FindSubmatch([]byte(s)) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindSubmatch(ctx, []byte(s)))
		}},
	{"FindAllStringIndex",
		func(p *pair, s string) any { return p.std.FindAllStringIndex(s, -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllStringIndex(ctx, s, -1))
		}},
	{"FindAllString(2)",
		func(p *pair, s string) any { return p.std.FindAllString(s, 2) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllString(ctx, s, 2))
		}},
	{"FindAllSubmatchIndex",
		func(p *pair, s string) any { return p.std.FindAllSubmatchIndex([]byte(s), -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllSubmatchIndex(ctx, []byte(s), -1))
		}},
	{"FullMatchString",
		func(p *pair, s string) any { return p.fullMatch().MatchString(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FullMatchString(ctx, s))
		}},
	{"FindReaderSubmatchIndex",
		func(p *pair, s string) any { return p.std.FindReaderSubmatchIndex(strings.NewReader(s)) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindReaderSubmatchIndex(ctx, strings.NewReader(s)))
		}},
	{"ReplaceAllString",
		func(p *pair, s string) any { return p.std.ReplaceAllString(s, template) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.ReplaceAllString(ctx, s, template))
		}},
	{"ReplaceAllLiteral",
		func(p *pair, s string) any {
			return string(p.std.ReplaceAllLiteral([]byte(s), []byte(template)))
		},
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			out, err := re.ReplaceAllLiteral(ctx, []byte(s), []byte(template))
			return string(out), err
		}},
	{"ReplaceAllStringFunc",
		func(p *pair, s string) any { return p.std.ReplaceAllStringFunc(s, strings.ToUpper) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.ReplaceAllStringFunc(ctx, s, strings.ToUpper))
		}},
	{"Split(-1)",
		func(p *pair, s string) any { return p.std.Split(s, -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.Split(ctx, s, -1))
		}},
	{"Split(2)",
		func(p *pair, s string) any { return p.std.Split(s, 2) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.Split(ctx, s, 2))
		}},
	{"Each",
		func(p *pair, s string) any { return p.std.FindAllStringSubmatchIndex(s, -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			var all [][]int
			err := re.Each(ctx, s, func(x saferegex.Match) error {
				var loc []int
				for n := range re.NumSubexp() + 1 {
					from, to := x.Index(n)
					loc = append(loc, from, to)
				}
				all = append(all, loc)
				return nil
			})
			return all, err
		}},
}

// fullMatch is what FullMatch is said to be. The pattern is written anew from its tree, because \Q
// without \E would quote what is put after it.
func (p *pair) fullMatch() *regexp.Regexp {
	if p.full != nil {
		return p.full
	}
	tree, err := syntax.Parse(p.std.String(), syntax.Perl)
	if err != nil {
		tree, err = syntax.Parse(p.std.String(), syntax.POSIX)
	}
	if err != nil {
		panic(err)
	}
	p.full = regexp.MustCompile(`\A(?:` + tree.String() + `)\z`)
	return p.full
}

// differences compares every operation on one text.
func (p *pair) differences(s string) []string {
	var found []string
	for _, op := range operations {
		want := op.std(p, s)
		got, err := op.ours(context.Background(), p.ours, s)
		if err != nil || !reflect.DeepEqual(got, want) {
			found = append(found, fmt.Sprintf("%s of %q in %q: %#v, %v; regexp says %#v", op.name, p.std, s, got, err,
				want))
		}
	}
	return found
}

// tally counts cases and differences, and shows the first of them.
type tally struct {
	t            *testing.T
	cases, diffs int
}

func (c *tally) difference(text string) {
	c.diffs++
	if c.diffs <= 20 {
		c.t.Error(text)
	}
}

// pattern tries one pattern on all texts, leftmost-first and longest.
func (c *tally) pattern(pattern string, texts []string) {
	for _, longest := range []bool{false, true} {
		p, err := compilePair(pattern, false, longest)
		if err != nil {
			c.difference(fmt.Sprintf("%q: %v", pattern, err))
			continue
		}
		if p == nil {
			continue
		}
		for _, s := range texts {
			c.cases += len(operations)
			for _, d := range p.differences(s) {
				c.difference(d)
			}
		}
	}
}

func (c *tally) print(name string) {
	c.t.Logf("%s: cases=%d diffs=%d", name, c.cases, c.diffs)
}

func TestSearch(t *testing.T) {
	c := tally{t: t}
	regexdata.EachBlock(t, regexdata.Open(t, "re2-search.txt"), 1, func(b regexdata.Block) {
		for _, pattern := range b.Patterns {
			c.pattern(pattern, b.Texts)
		}
	})
	c.print("re2-search.txt")
}

// TestExhaustive compares on RE2's exhaustive data: every way to put a few operators and letters
// together, on every short text. Each case of the data is one text under one pattern; here each is
// tried with every operation, leftmost-first and longest.
func TestExhaustive(t *testing.T) {
	c := tally{t: t}
	texts, patterns := 0, 0
	data := regexdata.Open(t, "re2-exhaustive.txt.bz2")
	if testing.Short() {
		data = io.LimitReader(data, 8<<20) // Most of the time goes into unpacking the file.
	}
	regexdata.EachBlock(t, data, 1, func(b regexdata.Block) {
		for _, pattern := range b.Patterns {
			patterns++
			if *all || patterns%sample == 0 {
				texts += len(b.Texts)
				c.pattern(pattern, b.Texts)
			}
		}
	})
	t.Logf("%d patterns, %d texts under a pattern", patterns, texts)
	c.print("re2-exhaustive.txt.bz2")
}

// TestFowler compares on Glenn Fowler's data for POSIX. Of each line the pattern and the text are
// used, the result is regexp's.
func TestFowler(t *testing.T) {
	c := tally{t: t}
	for _, name := range []string{"basic.dat", "nullsubexpr.dat", "repetition.dat"} {
		regexdata.EachFowler(t, name, func(flags, pattern, text string) {
			if strings.Contains(flags, "i") {
				pattern = "(?i)" + pattern
			}
			c.pattern(pattern, []string{text, text + "\n" + text})
			if p, err := compilePair(pattern, true, true); err != nil {
				c.difference(fmt.Sprintf("%q: %v", pattern, err))
			} else if p != nil {
				for _, d := range p.differences(text) {
					c.difference(d)
				}
			}
		})
	}
	if c.cases < 10_000 {
		t.Errorf("%d cases: the files were not read", c.cases)
	}
	c.print("fowler")
}

// TestSurrogates has characters that no text has match nothing, as regexp does.
func TestSurrogates(t *testing.T) {
	for _, pattern := range []string{`\x{D800}`, `a\x{DFFF}`, `\x{FFFD}`, `a\x{FFFD}b`} {
		p, err := compilePair(pattern, false, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"\uFFFD", "a\uFFFD", "a\uFFFDb", "\xed\xa0\x80", "a\xed\xbf\xbf", "a\xffb", "\xff"} {
			for _, difference := range p.differences(text) {
				// regexp alone is not of one mind: \A(?:\x{D800})\z matches U+FFFD there, and \x{D800} does
				// not.
				if !strings.HasPrefix(difference, "FullMatchString") {
					t.Error(difference)
				}
			}
		}
	}
}

// TestGroupsThatTakeNoPart compares on patterns that are put together from groups which no match
// can enter, or which the compiler drops, and from pieces that different engines run.
func TestGroupsThatTakeNoPart(t *testing.T) {
	pieces := []string{`(a){0}`, `((a)b){0}`, `(?P<n>c){0}`, `(){0}`, `(a{0})`, `([^\x00-\x{10FFFF}])?`, `b`, `bc`, `(b)`,
		`(?:bc|d|ef|gh|ij|kl|mn)`, `中`, `(?:中|b)`, `^`, `\b`, `$`, `(?i:b)`, `b*`, `.*?`, `[b-d]`, `(?:(b){0}|c)`,
		`(?:b(d){0}|b)`}
	texts := []string{"", "b", "abc", "xbc b", "中b", "kl bB\n", strings.Repeat("x", 300) + "bcbc"}
	c := tally{t: t}
	n := 0
	for _, first := range pieces {
		c.pattern(first, texts)
		for _, second := range pieces {
			c.pattern(first+second, texts)
			for _, third := range pieces {
				if n++; *all || n%sample == 0 {
					c.pattern(first+second+third, texts)
				}
			}
		}
	}
	if c.cases < 10_000 {
		t.Errorf("%d cases", c.cases)
	}
	c.print("groups that take no part")
}
