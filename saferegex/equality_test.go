package saferegex_test

import (
	"bufio"
	"compress/bzip2"
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// all has every case of re2-exhaustive.txt.bz2 compared, which takes a while, instead of a sample.
var all = flag.Bool("all", false, "compare every case of the exhaustive data, not one in fifty patterns")

// wide is more than any case of the tests takes that is not about limits.
var wide = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}

// A pair is the same pattern compiled by the package and by regexp.
type pair struct {
	ours *saferegex.Regexp
	std  *regexp.Regexp
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
		return nil, fmt.Errorf("regexp says %v, saferegex %v", stdErr, err)
	}
	if err != nil {
		return nil, nil
	}
	if longest {
		std.Longest()
	}
	return &pair{ours, std}, nil
}

// operation is one method of both, by name. Each returns what it found as text, so that nil and empty are told apart.
type operation struct {
	name string
	std  func(re *regexp.Regexp, s string) any
	ours func(ctx context.Context, re *saferegex.Regexp, s string) (any, error)
}

const template = "<$0|${1}x|$name|$$>"

// anyOf drops the static type.
func anyOf[T any](v T, err error) (any, error) { return v, err }

// operations holds every method that looks at a text.
var operations = []operation{
	{"Match",
		func(re *regexp.Regexp, s string) any { return re.Match([]byte(s)) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.Match(ctx, []byte(s)))
		}},
	{"MatchString",
		func(re *regexp.Regexp, s string) any { return re.MatchString(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.MatchString(ctx, s))
		}},
	{"FindString",
		func(re *regexp.Regexp, s string) any { return re.FindString(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindString(ctx, s))
		}},
	{"FindStringIndex",
		func(re *regexp.Regexp, s string) any { return re.FindStringIndex(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindStringIndex(ctx, s))
		}},
	{"FindStringSubmatchIndex",
		func(re *regexp.Regexp, s string) any { return re.FindStringSubmatchIndex(s) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindStringSubmatchIndex(ctx, s))
		}},
	{"FindSubmatch",
		func(re *regexp.Regexp, s string) any { return re.FindSubmatch([]byte(s)) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindSubmatch(ctx, []byte(s)))
		}},
	{"FindAllStringIndex",
		func(re *regexp.Regexp, s string) any { return re.FindAllStringIndex(s, -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllStringIndex(ctx, s, -1))
		}},
	{"FindAllString(2)",
		func(re *regexp.Regexp, s string) any { return re.FindAllString(s, 2) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllString(ctx, s, 2))
		}},
	{"FindAllSubmatchIndex",
		func(re *regexp.Regexp, s string) any { return re.FindAllSubmatchIndex([]byte(s), -1) },
		func(ctx context.Context, re *saferegex.Regexp, s string) (any, error) {
			return anyOf(re.FindAllSubmatchIndex(ctx, []byte(s), -1))
		}},
}

// differences compares every operation on one text.
func (p *pair) differences(s string) []string {
	var found []string
	for _, op := range operations {
		want := op.std(p.std, s)
		got, err := op.ours(context.Background(), p.ours, s)
		if err != nil || !reflect.DeepEqual(got, want) {
			found = append(found, fmt.Sprintf("%s of %q in %q: %#v, %v; regexp says %#v", op.name, p.std, s, got, err, want))
		}
	}
	return found
}

// testdata opens a file of the regexp package's own tests.
func testdata(t *testing.T, name string) io.Reader {
	t.Helper()
	root, err := exec.CommandContext(t.Context(), "go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(strings.TrimSpace(string(root)), "src", "regexp", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if strings.HasSuffix(name, ".bz2") {
		return bzip2.NewReader(f)
	}
	return f
}

// A block of RE2's data is a list of texts and of patterns that are tried on each of them.
type block struct {
	texts, patterns []string
}

// eachBlock reads RE2's data. The results in it are not used: regexp, which is held to them by its own tests, is asked instead, and for more than is in them.
func eachBlock(t *testing.T, r io.Reader, f func(block)) {
	t.Helper()
	var b block
	var into *[]string
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 1<<16), 1<<24)
	for scanner.Scan() {
		line := scanner.Text()
		switch {
		case line == "strings":
			if len(b.patterns) > 0 {
				f(b)
			}
			b = block{}
			into = &b.texts
		case line == "regexps":
			into = &b.patterns
		case strings.HasPrefix(line, `"`):
			text, err := strconv.Unquote(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			*into = append(*into, text)
		}
	}
	if err := scanner.Err(); err != nil {
		t.Fatal(err)
	}
	f(b)
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
			c.cases++
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
	eachBlock(t, testdata(t, "re2-search.txt"), func(b block) {
		for _, pattern := range b.patterns {
			c.pattern(pattern, b.texts)
		}
	})
	c.print("re2-search.txt")
}
