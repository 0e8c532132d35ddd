//go:build !race

// The race detector has pools drop what they hold.

package saferegex_test

import (
	"testing"

	"github.com/seed73825598/airlock/saferegex"
)

// TestAllocations has operations that find nothing, or only whether there is something, allocate
// nothing.
func TestAllocations(t *testing.T) {
	for _, pattern := range []string{`^(\d{4})-(\d{2})-(\d{2})$`, `(\w+)=(\w+)`, `needle`, `(?:a|ab)c$`} {
		re := saferegex.MustCompile(pattern, wide)
		for name, call := range map[string]func() error{
			"MatchString":     func() error { return second(re.MatchString(t.Context(), "2026/11/29 none")) },
			"FullMatchString": func() error { return second(re.FullMatchString(t.Context(), "2026/11/29 none")) },
			"FindStringSubmatchIndex": func() error {
				return second(
					re.FindStringSubmatchIndex(t.Context(), "2026/11/29 none"))
			},
		} {
			if n := testing.AllocsPerRun(100, func() {
				if err := call(); err != nil {
					t.Fatal(err)
				}
			}); n >= 1 {
				t.Errorf("%s of %s: %.1f allocations", name, pattern, n)
			}
		}
	}
}
