package saferegex_test

import (
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// TestAssertionsInLoops: where a loop may go round on an assertion alone, which way has priority
// depends on where the way has been.
func TestAssertionsInLoops(t *testing.T) {
	patterns := []string{
		`(^|a)+`, `(?:^|a)+`, `(?:\b|a)+`, `(?:^|a)*`, `(?:$|a)+`, `(?:^|a)+?`, `(?:a|^)+`, `(?:(?:^)*|a)+b?`,
		`(?m:(?:^|$|a)+)`, `(?:\B|a|b)*c`, `(?:(?:\b|a)(?:|b))+`,
		`(?:|a)+^b`, `(?:^|\b|a){2,}`, `x*(?:^|a)+`, `((^|a)+|b)+`, `(?:(?:a|^)*|$)*`,
	}
	texts := []string{"", "a", "ac", "aac", "caa", "aab", "b", "bab", "a a", "a\na", " ab c"}
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Minute}
	for _, pattern := range patterns {
		re, std := saferegex.MustCompile(pattern, lim), regexp.MustCompile(pattern)
		for _, text := range texts {
			all, err := re.FindAllStringSubmatchIndex(t.Context(), text, -1)
			if diff := cmp.Diff(std.FindAllStringSubmatchIndex(text, -1), all); diff != "" || err != nil {
				t.Errorf("%s on %q (%v): (-regexp +saferegex)\n%s", pattern, text, err, diff)
			}
			one, err := re.FindStringIndex(t.Context(), text)
			if diff := cmp.Diff(std.FindStringIndex(text), one); diff != "" || err != nil {
				t.Errorf("%s on %q (%v): (-regexp +saferegex)\n%s", pattern, text, err, diff)
			}
		}
	}
}
