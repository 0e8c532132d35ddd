package zipscan

import (
	"errors"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// TestOffsetsCut: an archive of more than 4 GiB whose writer kept 32 bits of each offset is told in
// these words, and one that only is as large is not.
func TestOffsetsCut(t *testing.T) {
	const gib4 = 1 << 32
	for _, test := range []struct {
		name string
		hole hole
		rule limits.Rule
		cut  bool
	}{
		{"4 GiB", hole{oneData + 1, gib4}, Malformed, true},
		{"12 GiB", hole{oneData + 1, 3 * gib4}, Malformed, true},
		{"before the archive", hole{0, gib4}, Malformed, true},
		{"4 GiB and a byte", hole{oneData + 1, gib4 + 1}, HiddenEntry, false},
		{"4 GiB less a byte", hole{oneData + 1, gib4 - 1}, HiddenEntry, false},
		{"after the directory", hole{oneEnd, gib4 + 1}, Gap, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := &sparse{one(nil).Bytes(), []hole{test.hole}}
			_, err := scanFrom(t, src, src.size(), false)
			broken, ok := errors.AsType[*limits.RuleError](err)
			if !ok || broken.Rule != test.rule || strings.Contains(err.Error(), "cut its offsets to 32 bits") != test.cut {
				t.Errorf("%v", err)
			}
		})
	}
}
