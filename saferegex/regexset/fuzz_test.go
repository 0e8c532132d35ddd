package regexset_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// FuzzSet compares what a set says of three patterns with what each of them says alone in regexp,
// and where they match.
func FuzzSet(f *testing.F) {
	for i, pattern := range meanings {
		f.Add(pattern, meanings[(i*7+1)%len(meanings)], meaningTexts[i%len(meaningTexts)])
	}
	lim := limits.Limits{InputBytes: limits.MiB, Time: time.Minute, Steps: 20_000_000}
	f.Fuzz(func(t *testing.T, a, b, text string) {
		if len(a) > 150 || len(b) > 150 || len(text) > 1000 {
			return
		}
		patterns := []string{a, b, a + b}
		set, err := regexset.Compile(t.Context(), patterns, lim)
		var want []string
		var indexes []int
		for i, pattern := range patterns {
			re, stdErr := regexp.Compile(pattern)
			if stdErr != nil {
				if !errors.Is(err, limits.ErrRefused) {
					t.Fatalf("regexp refuses %q: %v; the set says %v", pattern, stdErr, err)
				}
				return
			}
			if re.MatchString(text) {
				indexes = append(indexes, i)
			}
			for _, loc := range re.FindAllStringIndex(text, -1) {
				want = append(want, fmt.Sprint(i, loc))
			}
		}
		if errors.Is(err, limits.ErrExceeded) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		defer set.Close()
		found, err := set.Match(t.Context(), text)
		if err != nil && !errors.Is(err, limits.ErrExceeded) || err == nil && !slices.Equal(found, indexes) {
			t.Fatalf("%q in %q: %v, %v; regexp says %v", patterns, text, found, err, indexes)
		}
		var got []string
		err = set.Each(context.Background(), text, func(x regexset.SetMatch) error {
			got = append(got, fmt.Sprint(x.Pattern, []int{x.Start(), x.End()}))
			return nil
		})
		if err != nil && !errors.Is(err, limits.ErrExceeded) || err == nil && !slices.Equal(got, want) {
			t.Fatalf("%q in %q: %v, %v; regexp says %v", patterns, text, got, err, want)
		}
	})
}
