package saferegex_test

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// TestWords compares lists of many words with regexp, which prefers the word that comes first, and
// not the one that ends first or is longest.
func TestWords(t *testing.T) {
	some := manyWords(100)
	lists := []string{
		"abcd|bc|c|abc|b|bcde|xyzabc|zabcdef|é|日本|日|aa|aaa|aaaa|q[rst]|uv?|wx??y",
		"foobar|foo|bar|foob|obar|ob|oba|fo|o|arfoo|barfoo|rf|f|a|r|b",
		strings.Join(some, "|"),
		strings.Join(reversed(some), "|"),
		"(?:" + strings.Join(some[:50], "|") + ")-(?:" + strings.Join(some[50:60], "|") + ")",
	}
	if testing.Short() {
		lists = lists[:3]
	}
	texts := []string{"", "a", "abcd", "xyzabcdef", "zabcdefg", "foobarfoo barfoobar", "qrqsqt uv u wxy wy", "éé日本日",
		"aaaaaaa",
		strings.Join(some, " "), strings.Join(some, "-"), strings.Repeat("abc foo ", 2000), "\xff日\xe6b"}
	for _, list := range lists {
		p, err := compilePair(list, false, false)
		if err != nil {
			t.Fatal(err)
		}
		if engine := p.ours.Stats().Engine; engine != "literal" {
			t.Errorf("%.40s… is run as %q", list, engine)
		}
		for _, text := range texts {
			for _, difference := range p.differences(text) {
				t.Error(difference)
			}
		}
	}
	// A few words, all beyond ASCII, and the same texts in a longer one.
	beyond := strings.Repeat("x\xe6日é 本語\xc3", 30)
	for _, few := range []string{"日本|日|語日", "本|日本語|é", "é|éé|ü日", "日|日"} {
		p, err := compilePair(few, false, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range append(texts, "日本日本語é語日") {
			for _, difference := range slices.Concat(p.differences(text), p.differences(beyond+text+beyond)) {
				t.Error(difference)
			}
		}
	}
	// Neither of these is a list of words alone.
	for _, pattern := range []string{"(?i)" + lists[0], `\b(?:` + lists[0] + `)\b`, "(" + lists[0] + ")", lists[0] + "|",
		lists[0] + "|x+"} {
		p, err := compilePair(pattern, false, false)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range texts {
			for _, difference := range p.differences(text) {
				t.Error(difference)
			}
		}
	}
}

// TestWordsCost has a list of words cost two steps a byte, however many words there are.
func TestWordsCost(t *testing.T) {
	text := prose(100_000)
	lim := limits.Limits{InputBytes: limits.MiB, Time: wide.Time}
	for _, n := range []int{20, 500, 3000} {
		list := make([]string, n)
		for i := range list {
			list[i] = fmt.Sprintf("w%03x", i*7)
		}
		pattern := strings.Join(list, "|")
		re, err := saferegex.Compile(t.Context(), pattern, lim, saferegex.ProgramSize(20_000))
		if err != nil {
			t.Fatal(err)
		}
		used := limittable.Used(t, func(ctx context.Context) error { return second(re.MatchString(ctx, text)) })
		if used.Steps > 2*int64(len(text)) || regexp.MustCompile(pattern).MatchString(text[:2000]) {
			t.Errorf("%d words: %d steps for %d bytes", n, used.Steps, len(text))
		}
	}
}

func reversed(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}
