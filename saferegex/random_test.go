package saferegex_test

import (
	"errors"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/regexdata"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// TestRandomPatterns compares patterns that a grammar makes at random, of every construct of the
// syntax in every place, on texts of the same few characters. -all makes a hundred times as many.
func TestRandomPatterns(t *testing.T) {
	patterns := 300
	switch {
	case *all:
		patterns *= 100
	case testing.Short():
		patterns /= 5
	}
	c := tally{t: t}
	for n := range patterns {
		w := regexdata.NewWriter(n)
		pattern := w.Pattern(1 + w.IntN(4))
		if _, err := saferegex.Compile(t.Context(), pattern, wide); errors.Is(err, limits.ErrRefused) {
			continue // The rules for patterns refuse what costs too much, as \PL a dozen times.
		}
		texts := make([]string, 4)
		for i := range texts {
			texts[i] = w.Text()
		}
		c.pattern(pattern, texts)
		for range 3 {
			which, memory := uint8(w.IntN(256)), uint8(w.IntN(256))
			tryOperation(t, pattern, w.Text(), which, w.IntN(2) == 0, memory)
		}
	}
	if c.cases < 50*patterns {
		t.Errorf("%d cases of %d patterns: too many do not compile", c.cases, patterns)
	}
	c.print("random patterns")
}
