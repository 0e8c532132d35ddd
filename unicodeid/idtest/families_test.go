package idtest

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestStops breaks off in every family, at its first cases and in the middle, as a range statement
// may.
func TestStops(t *testing.T) {
	for _, family := range append(families(), people, neighbours) {
		var all []Case
		for c := range family {
			all = append(all, c)
		}
		if len(all) < 3 {
			t.Errorf("a family of %d cases", len(all))
			continue
		}
		for _, n := range []int{1, 2, len(all) / 2} {
			var some []Case
			for c := range family {
				if some = append(some, c); len(some) == n {
					break
				}
			}
			if diff := cmp.Diff(all[n-1], some[n-1]); diff != "" || len(some) != n {
				t.Errorf("case %d of the family of %s (-first time +second):\n%s", n, all[0].Name, diff)
			}
		}
	}
}
