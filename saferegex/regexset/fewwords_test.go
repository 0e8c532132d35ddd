package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// fewWords are n words of seven letters, each with a rare letter in it or none.
func fewWords(n int, rare bool) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("s%ct%cone", "aehilnorst"[i%10], "aehilnorst"[i/10])
		if rare {
			words[i] = "q" + words[i][1:]
		}
	}
	return words
}

// TestFewWords searches for a few words one after the other, and for more of them in one pass.
func TestFewWords(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		words  int
		rare   bool
		inPass bool
	}{
		{1, false, false}, {3, false, false}, {5, false, true}, {30, false, true},
		{1, true, false}, {5, true, false}, {16, true, false}, {30, true, true},
	} {
		words := fewWords(tc.words, tc.rare)
		set, err := regexset.Compile(t.Context(), words, wide)
		if err != nil {
			t.Fatal(err)
		}
		if s := set.Stats(); s.Literals > 0 != tc.inPass || s.RE2Bytes != 0 {
			t.Errorf("%d words, rare letters %t: %+v", tc.words, tc.rare, s)
		}
		for _, size := range []int{0, 7, 300, 2000, 2800, 4090, 4096, 5000, 70_000} {
			for _, in := range []int{0, size / 2, size} {
				word := words[len(words)/2]
				text := strings.Repeat(".", in) + word + strings.Repeat("qs", (size-in)/2) + words[0]
				var want []int
				for i, word := range words {
					if strings.Contains(text, word) {
						want = append(want, i)
					}
				}
				if got, err := set.Match(t.Context(), text); err != nil || !slices.Equal(got, want) {
					t.Errorf("%d words in %d bytes: %v, %v; want %v", tc.words, len(text), got, err, want)
				}
			}
		}
	}
}

// TestFewWordsPay has calls without a meter refused for as many steps as those with one.
func TestFewWordsPay(t *testing.T) {
	t.Parallel()
	tried := 0
	for _, n := range []int{1, 4, 16} {
		words := fewWords(n, true)
		for _, size := range []int{300, 1300, 2700, 4000, 4080} {
			for _, piece := range []string{"q", "qatone ", "x"} {
				text := strings.Repeat(piece, size/len(piece))
				steps := stepsOf(t, words, text)
				for _, most := range []int64{steps - 1, steps, steps + int64(n), steps + 2*int64(n)} {
					lim := wide
					lim.Steps = most
					set, err := regexset.Compile(t.Context(), words, lim)
					if errors.Is(err, limits.ErrExceeded) {
						continue
					}
					if err != nil {
						t.Fatal(err)
					}
					tried++
					_, err = set.Match(t.Context(), text)
					if errors.Is(err, limits.ErrExceeded) != (most < steps) {
						t.Errorf("%d words in %d bytes of %.9q take %d steps; with %d: %v", n, size, text, steps, most, err)
					}
				}
			}
		}
	}
	if tried < 30 {
		t.Errorf("%d cases", tried)
	}
}

// stepsOf returns the steps of a call with a meter.
func stepsOf(t *testing.T, words []string, text string) int64 {
	t.Helper()
	set, err := regexset.Compile(t.Context(), words, wide)
	if err != nil {
		t.Fatal(err)
	}
	var steps int64
	ctx := limits.WithObserver(t.Context(), limits.Observer{Func: func(_ context.Context, e limits.Event) {
		steps = e.Usage.Steps
	}})
	if _, err := set.Match(ctx, text); err != nil {
		t.Fatal(err)
	}
	return steps
}
