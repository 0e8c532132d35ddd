package saferegex

import (
	"context"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// Bounds of the short lane. A meter looks at clock and context every 65,536 steps: what takes fewer
// is never looked at on its way.
const (
	laneSteps  = 65_535
	laneMemory = 64 * limits.KiB // more than an operation takes that is as short as that
	// laneTry is the most bytes of a text in which operations over all matches look for the first one
	// without a meter. If there is one, it is found twice.
	laneTry = 128
)

// lane says which operations go without a meter: those of which it is known beforehand that they
// stay below every limit, and below the first look of a meter. To make a meter and to settle with
// it takes as long as it takes to read fifty bytes, and most fields of forms are shorter.
type lane struct {
	// one more than the most bytes of a text: for a search without groups, and for one with them
	plain, groups int
	tries         bool // operations over all matches may look for the first one
}

// short returns the lane of a pattern.
func (c *config) short(prog *rematch.Program, slots int) lane {
	if c.bytes || c.lim.MemoryBytes >= 0 && c.lim.MemoryBytes < laneMemory {
		return lane{}
	}
	steps := int64(laneSteps)
	if c.lim.Steps >= 0 {
		steps = min(steps, c.lim.Steps)
	}
	below := func(n int) int {
		if c.lim.InputBytes >= 0 {
			n = int(min(int64(n), int64(c.lim.InputBytes)))
		}
		return max(n+1, 0)
	}
	return lane{
		plain:  below(prog.QuickBytes(steps, 2)),
		groups: below(prog.QuickBytes(steps, slots)),
		tries:  steps == laneSteps && (c.making.OutputBytes < 0 || c.making.OutputBytes >= laneTry),
	}
}

// quick answers in the short lane. If done is false, the operation needs a meter: to be charged to
// what the context carries, to be told that the context has ended, or because it may take longer.
func quick[T rematch.Text](ctx context.Context, re *Regexp, in T, whole bool, caps []int) (found, done bool) {
	if re == nil || ctx == nil {
		return false, false
	}
	below := re.lane.plain
	if len(caps) > 2 {
		below = re.lane.groups
	}
	if len(in) >= below || ctx.Err() != nil || limits.Metered(ctx) {
		return false, false
	}
	return rematch.Quick(re.prog, in, whole, caps)
}

// matchless reports whether a short text is known to have no match: an operation over all matches
// is done with it then. It stays below every limit, its output included, which is the text.
func matchless[T rematch.Text](ctx context.Context, re *Regexp, in T) bool {
	if re == nil || !re.lane.tries || len(in) > laneTry || len(in) == 0 {
		return false
	}
	found, done := quick(ctx, re, in, false, nil)
	return done && !found
}
