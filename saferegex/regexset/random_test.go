package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/regexdata"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// TestRandomSets compares sets of patterns that a grammar makes at random with a loop of regexp.
func TestRandomSets(t *testing.T) {
	sets, cases := 40, 0
	if *all {
		sets *= 50
	}
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute}
	for n := range sets {
		w := regexdata.NewWriter(n)
		patterns := make([]string, 1+w.IntN(30))
		alone := make([]*regexp.Regexp, len(patterns))
		for i := range patterns {
			patterns[i] = w.Pattern(w.IntN(3))
			alone[i] = regexp.MustCompile(patterns[i])
		}
		set, err := regexset.Compile(t.Context(), patterns, lim)
		if errors.Is(err, limits.ErrRefused) {
			continue // The rules for patterns refuse what costs too much, as \PL a dozen times.
		}
		if err != nil {
			t.Fatal(err)
		}
		for range 20 {
			cases++
			sameAsAlone(t, set, alone, w.Text())
		}
		set.Close()
	}
	if cases < 10*sets {
		t.Errorf("%d cases of %d sets: too many do not compile", cases, sets)
	}
}

// sameAsAlone holds Match, First and Each of a set to what each of its patterns says in regexp.
func sameAsAlone(t *testing.T, set *regexset.Set, alone []*regexp.Regexp, text string) {
	t.Helper()
	var matching []int
	var matches []string
	for i, re := range alone {
		if re.MatchString(text) {
			matching = append(matching, i)
		}
		for _, loc := range re.FindAllStringIndex(text, -1) {
			matches = append(matches, fmt.Sprint(i, loc))
		}
	}
	found, err := set.Match(t.Context(), text)
	if err != nil || !slices.Equal(found, matching) {
		t.Errorf("Match of %q in %q: %v, %v; regexp says %v", alone, text, found, err, matching)
	}
	first, ok, err := set.First(t.Context(), text)
	if err != nil || ok != (len(matching) > 0) || ok && first != matching[0] {
		t.Errorf("First of %q in %q: %d, %t, %v; regexp says %v", alone, text, first, ok, err, matching)
	}
	var got []string
	err = set.Each(context.Background(), text, func(x regexset.SetMatch) error {
		got = append(got, fmt.Sprint(x.Pattern, []int{x.Start(), x.End()}))
		return nil
	})
	if err != nil || !slices.Equal(got, matches) {
		t.Errorf("Each of %q in %q: %v, %v; regexp says %v", alone, text, got, err, matches)
	}
}
