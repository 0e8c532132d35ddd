package rematch

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// allMatches finds all matches of a program, as the find-all operations do, with so many positions
// each.
func allMatches(t testing.TB, p *Program, r *Run, text string, slots int) (all [][]int, steps int64) {
	t.Helper()
	m := free.Meter(t.Context(), "test")
	last := -1
	for pos := 0; pos <= len(text); {
		caps := make([]int, slots)
		found, err := Find(r, &m, text, pos, caps)
		if err != nil {
			t.Fatal(err)
		}
		if !found {
			break
		}
		again := false
		if caps[1] == pos {
			again = caps[0] == last
			pos += Width(text, pos)
		} else {
			pos = caps[1]
		}
		last = caps[1]
		if !again {
			all = append(all, caps)
		}
	}
	return all, m.Usage().Steps
}

// quadratic is a pattern of which every match costs regexp a look at the rest of the text.
const quadratic = `[ab]*c|a`

// TestSweep has a sweep begun before the first search, in place of after many, and compares all
// matches with those of regexp. Blocks are long, and so are some texts.
func TestSweep(t *testing.T) {
	texts := []string{
		"", "a", "aaaa", "abcabc", "aab\nb\n", "foo bar baz", "äöü\xffa\xe2\x82日本", "xaaay",
		strings.Repeat("ab ", 3*sweepBlock/3+5), strings.Repeat("é", sweepBlock), strings.Repeat("日", sweepBlock) +
			"a\n" + strings.Repeat("b", sweepBlock),
		strings.Repeat("a", 2*sweepBlock), strings.Repeat("a", 2*sweepBlock+1), strings.Repeat("a\n", sweepBlock),
	}
	for _, pattern := range []string{
		"a", "a*", "a*?", "(a|ab)(c|bcd)?", quadratic, "(?m)^.*$", "(?m)$", `\b\w+\b`, `\B`, "(|a)+", "(a*)*",
		`(\w)(\w*)`, `\pL+`, "[^a]+", "(?s).{5}", "(a)|(b)|(é)|(日)", "^a", "a$", "(?:(a)|b)*",
	} {
		p := compile(t, pattern, Options{CacheBytes: 1 << 20})
		std := regexp.MustCompile(pattern)
		for _, text := range texts {
			if pattern == quadratic && len(text) > 1000 {
				continue // Too slow for regexp; TestAllMatchesAreLinear has it.
			}
			for _, slots := range []int{2, p.slots} {
				r := p.Begin()
				m := free.Meter(t.Context(), "test")
				if err := trySweep(&r, &m, text, 0); err != nil || !r.swept {
					t.Fatalf("%q: the sweep was not begun: %v", pattern, err)
				}
				got, _ := allMatches(t, p, &r, text, slots)
				want := std.FindAllStringSubmatchIndex(text, -1)
				for i := range want {
					want[i] = want[i][:slots]
				}
				if !r.swept || !slices.EqualFunc(got, want, slices.Equal) {
					t.Errorf("%q in %d bytes: swept %t, %s; want %s", pattern, len(text), r.swept, short(got),
						short(want))
				}
				r.End()
			}
		}
	}
}

func short(all [][]int) string {
	s := fmt.Sprint(all)
	return s[:min(len(s), 200)]
}

// TestAllMatchesAreLinear doubles texts on which every single search reads to their end.
func TestAllMatchesAreLinear(t *testing.T) {
	for _, pattern := range []string{quadratic, `(a*)c|a`, `a.*\d|a`, `(?:a*\z|a*b)c|(a)`, `(?:[ab]*c)?`} {
		p := compile(t, pattern, Options{CacheBytes: 1 << 20})
		cost := func(n int) int64 {
			r := p.Begin()
			defer r.End()
			all, steps := allMatches(t, p, &r, strings.Repeat("a", n), p.slots)
			if len(all) < n {
				t.Fatalf("%q finds %d matches in %d bytes", pattern, len(all), n)
			}
			return steps
		}
		if small, large := cost(20_000), cost(40_000); large > 2*small+small/4 {
			t.Errorf("%q: %d steps for 20,000 bytes, %d for twice as many", pattern, small, large)
		}
	}
}
