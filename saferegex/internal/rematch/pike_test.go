package rematch

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// atoms and texts are small, so that patterns meet their texts often, and runs are long enough for
// one thread to be alone.
var (
	pikeAtoms = []string{`a`, `b`, `[ab]`, `[^a]`, `.`, `é`, `[a-zé]`, `\b`, `\B`, `^`, `$`, `(?m:^)`, `(?m:$)`, `x*`,
		`aa|b`, `[a-z]+`, `\w+ `, `(?s:.){0,4}`}
	pikePieces = []string{"a", "b", "aaaaaaa", "bbb", "é", "日", " ", "\n", "x", "word", "\xff", "\xe2\x82"}
)

// randomPattern returns a pattern of a few atoms.
func randomPattern(r *rand.Rand, depth int) string {
	switch n := r.IntN(10); {
	case depth == 0 || n < 3:
		return pikeAtoms[r.IntN(len(pikeAtoms))]
	case n < 6:
		return randomPattern(r, depth-1) + randomPattern(r, depth-1)
	case n < 7:
		return "(?:" + randomPattern(r, depth-1) + "|" + randomPattern(r, depth-1) + ")"
	case n < 8:
		return "(" + randomPattern(r, depth-1) + ")"
	default:
		return "(?:" + randomPattern(r, depth-1) + ")" + []string{"*", "+", "?", "*?", "+?", "{2,3}"}[r.IntN(6)]
	}
}

// TestPike compares both loops of the machine with regexp on patterns and texts that are made of a
// few pieces.
func TestPike(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	matched := 0
	for range 3000 {
		pattern := randomPattern(r, 4)
		std, err := regexp.Compile(pattern)
		if err != nil {
			t.Fatal(err)
		}
		longest := r.IntN(3) == 0
		if longest {
			std.Longest()
		}
		p := compile(t, pattern, Options{Longest: longest})
		var v machine
		for range 5 {
			var b strings.Builder
			for range r.IntN(20) {
				b.WriteString(pikePieces[r.IntN(len(pikePieces))])
			}
			text := b.String()
			want := std.FindStringSubmatchIndex(text)
			if want != nil {
				matched++
			}
			for _, n := range slices.Compact([]int{0, 2, p.slots}) {
				caps := make([]int, n)
				m := free.Meter(t.Context(), "test")
				found, err := pike(p, &v, &m, text, request{to: len(text)}, caps)
				if err != nil || found != (want != nil) || found && !slices.Equal(caps, want[:n]) {
					t.Fatalf("%q (longest %t) in %q: %t, %v, %v; regexp says %v", pattern, longest, text, found, caps, err, want)
				}
			}
		}
	}
	if matched < 5000 {
		t.Errorf("%d texts matched: that says little", matched)
	}
}
