package regexset

import (
	"context"
	"math"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Bounds of the short lane, as those of package saferegex.
const (
	lanePatterns = 24
	laneSteps    = 65_535
	laneMemory   = 64 * limits.KiB
)

// short returns one more than how long a text may be for a call to go without a meter: one with few
// patterns, which are found one after the other, and of which it is known beforehand that it stays
// below every limit, and below the first look of a meter. A meter and its operation cost more than
// three short patterns do.
func (s *Set) short() int {
	n := int64(len(s.patterns))
	lim := s.c.lim
	under := func(limit, need int64) bool { return limit < 0 || limit >= need }
	if n == 0 || n > lanePatterns || len(s.always) != len(s.patterns) || !under(lim.Items, n) ||
		!under(int64(lim.OutputBytes), n*indexBytes) || !under(int64(lim.MemoryBytes), int64(laneMemory)) {
		return 0
	}
	steps := int64(laneSteps)
	if lim.Steps >= 0 {
		steps = min(steps, lim.Steps)
	}
	most := math.MaxInt
	if lim.InputBytes >= 0 {
		most = int(min(lim.InputBytes, MaxInputBytes))
	}
	for i := range s.patterns {
		if s.patterns[i].prog == nil {
			return 0
		}
		most = min(most, s.patterns[i].prog.QuickBytes(steps/n, 0))
	}
	return max(most+1, 0)
}

// quick calls f for the patterns that match in a short text, in ascending order, until it returns
// false. If done is false, the call needs a meter.
func (s *Set) quick(ctx context.Context, text string, f func(i int) bool) (done bool) {
	if ctx == nil || len(text) >= s.lane || ctx.Err() != nil || limits.Metered(ctx) {
		return false
	}
	for i := range s.patterns {
		found, done := rematch.Quick(s.patterns[i].prog, text, false, nil)
		if !done {
			return false
		}
		if found && !f(i) {
			break
		}
	}
	return true
}
