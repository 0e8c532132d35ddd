package unicodeid

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestFoldedKey: where folding is said to be all that it takes, the mapping does nothing else.
func TestFoldedKey(t *testing.T) {
	t.Parallel()
	told := 0
	check := func(s string) {
		key, ok := foldedKey(s)
		if !ok {
			return
		}
		told++
		m := mapper{max: 1 << 20}
		if want, f := m.key(s); f != nil || want != key {
			t.Errorf("%+q folds to %+q, and its key is %+q (%v)", s, key, want, f)
		}
	}
	for r := range rune(utf8.MaxRune + 1) {
		if r%20 != 0 && isAlike(r) || !utf8.ValidRune(r) {
			continue
		}
		for _, s := range []string{string(r), "A" + string(r) + "\u0301", "ᄀ" + string(r), string(r) + "ς"} {
			check(s)
		}
	}
	random, from := rand.New(rand.NewPCG(16, 0)), pieces()
	for range 50_000 {
		var s strings.Builder
		for range 1 + random.IntN(3) {
			s.WriteString(from[random.IntN(len(from))])
		}
		check(s.String())
	}
	if told < 10_000 {
		t.Errorf("%d strings are folded alone", told)
	}
}
