package relations

import (
	"errors"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
)

// FuzzRegexBudget gives a pattern budgets at random: it answers as regexp does or not at all.
func FuzzRegexBudget(f *testing.F) {
	for c := range regextest.Hostile() {
		if len(c.Pattern) <= 100 && len(c.Text) <= 1000 {
			f.Add(c.Pattern, c.Text, uint16(1000), uint8(2))
		}
	}
	f.Add(`(a|aa)*c`, "aaaaab", uint16(20), uint8(0))
	f.Add(`\b(\w)(\w*)\b`, "one two", uint16(60), uint8(5))
	f.Fuzz(func(t *testing.T, pattern, text string, steps uint16, memory uint8) {
		if len(pattern) > 100 || len(text) > 1000 {
			return
		}
		re, err := saferegex.Compile(t.Context(), pattern, limits.Limits{InputBytes: limits.MiB, Steps: 1 + int64(steps),
			MemoryBytes: 16 * limits.KiB << (memory % 8), Time: time.Minute})
		if err != nil {
			return
		}
		peer := regexp.MustCompile(pattern)
		loc, err := re.FindStringSubmatchIndex(t.Context(), text)
		if want := peer.FindStringSubmatchIndex(text); err == nil && !slices.Equal(loc, want) {
			t.Fatalf("%q in %q with %d steps: %v, want %v", pattern, text, steps, loc, want)
		}
		refusedOrNil(t, err)
		all, err := re.FindAllStringIndex(t.Context(), text, -1)
		if want := peer.FindAllStringIndex(text, -1); err == nil && !slices.EqualFunc(all, want, slices.Equal) {
			t.Fatalf("all %q in %q with %d steps: %v, want %v", pattern, text, steps, all, want)
		}
		refusedOrNil(t, err)
	})
}

// refusedOrNil fails for an error that is no spent budget.
func refusedOrNil(t *testing.T, err error) {
	t.Helper()
	if _, spent := errors.AsType[*limits.ExceededError](err); err != nil && !spent {
		t.Fatalf("%v; want an answer or a spent budget", err)
	}
}
