package rematch

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// pieces are what patterns and texts of a random test are made of.
type pieces struct {
	parts, middle, repeats, text []string
	required                     string
}

// TestAtRandom compares searches of long texts with regexp, under memory for all states, for a few
// and for none, with patterns and texts of random pieces: where every match contains a literal, and
// where much of the text is beyond ASCII. The second of two searches takes as many steps as the
// first.
func TestAtRandom(t *testing.T) {
	for name, of := range map[string]pieces{
		"required": {
			parts: []string{"a", "[ab]", "[^a]", `\s`, `\S`, `\b`, "k", ".", `[\s\S]`, "(a|b)", "(?:é|ab)", "(?:a.)", "(?m:^)",
				"(?m:$)"},
			middle:   []string{"key", "(key)", "(?:key)+", "key|.key"},
			repeats:  []string{"", "", "", "*", "+", "?", "{0,70}", "{3}", "*?", "+?", "{2,80}?"},
			text:     []string{"a", "b", "k", " ", "\n", "é", "\xff", "ab ", "ke", "key"},
			required: "key",
		},
		"beyond ASCII": {
			parts: []string{"é", "[а-я]", `\pL`, "[^я]", "日", "[日本]", ".", "a", `\s`, `\b`, "(я|é)", "[\U0001F600-\U0001F64F]",
				`[^\x00-\x7f]`, `\x{FFFD}`},
			middle:  []string{"", "я", "(?i)Я", "(\\pL)"},
			repeats: []string{"", "", "", "*", "+", "{2,9}", "{3}", "*?", "+?"},
			text: []string{"é", "я", "Я", "яя ", "日", "日本", " ", "\n", "a", "ab", "\U0001F603", "\xff", "\xd1",
				"\xe6\x97", "\x80", "word word word word word "},
		},
	} {
		t.Run(name, func(t *testing.T) { of.compare(t) })
	}
}

func (x *pieces) compare(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	pick := func(of []string) string { return of[r.IntN(len(of))] }
	part := func() string {
		var b strings.Builder
		for range r.IntN(4) {
			b.WriteString(pick(x.parts) + pick(x.repeats))
		}
		return b.String()
	}
	rounds := 1000
	if testing.Short() {
		rounds = 100
	}
	for range rounds {
		pattern := part() + pick(x.middle) + part()
		std, err := regexp.Compile(pattern)
		if err != nil {
			continue // A repeat of an assertion.
		}
		o := Options{Required: x.required, Longest: r.IntN(4) == 0}
		switch r.IntN(4) {
		case 0:
			o.CacheBytes = 1 << 20
		case 1:
			o.CacheBytes = 100_000
		case 2:
			o.CacheBytes, o.TableBytes = 1<<20, 1<<14
		}
		if o.Longest {
			std.Longest()
		}
		p := compile(t, pattern, o)
		var b strings.Builder
		for b.Len() < 300+r.IntN(900) {
			b.WriteString(strings.Repeat(pick(x.text), 1+r.IntN(40)))
		}
		text := b.String()
		for _, slots := range []int{2, p.slots} {
			var cold int64
			want := fmt.Sprint(firstPositions(std.FindAllStringSubmatchIndex(text, -1), slots))
			for turn := range 2 {
				run := p.Begin()
				got, steps := allMatches(t, p, &run, text, slots)
				run.End()
				if fmt.Sprint(got) != want {
					t.Fatalf("%s on %q, %+v: %v; want %v", pattern, text, o, got, want)
				}
				if turn > 0 && steps != cold {
					t.Fatalf("%s on %q, %+v: %d steps at first, %d later", pattern, text, o, cold, steps)
				}
				cold = steps
			}
		}
	}
}

// firstPositions returns the first positions of each match.
func firstPositions(all [][]int, n int) [][]int {
	for i := range all {
		all[i] = all[i][:n]
	}
	return all
}
