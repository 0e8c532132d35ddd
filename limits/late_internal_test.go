package limits

import (
	"errors"
	"testing"
	"time"
)

// TestTimerThatComesLate holds a Budget to its time where the timer does not come round to say that
// it is over, as in a process that gets little of a busy machine: work that goes on is refused, and
// charged for nothing.
func TestTimerThatComesLate(t *testing.T) {
	for _, n := range []int64{1, 7, spentBetweenLooks, 1 << 40} {
		b, err := Limits{Steps: UnsafeUnlimited, Time: time.Hour}.Start(t.Context(), "test")
		if err != nil {
			t.Fatal(err)
		}
		if err := b.Spend(Steps, 1); err != nil {
			t.Fatal(err)
		}
		b.mu.Lock()
		b.clock.limit.after = -1 // The time is over, and the timer is far away.
		b.mu.Unlock()
		var spent int64 = 1
		for ; err == nil && spent <= spentBetweenLooks+2*n; spent += n {
			err = b.Spend(Steps, n)
		}
		exceeded, ok := errors.AsType[*ExceededError](err)
		if !ok || exceeded.Resource != Time || spent > spentBetweenLooks+2*n {
			t.Errorf("%d steps at a time: %v after %d", n, err, spent)
		}
		if used := b.Close().Steps; used != spent-n {
			t.Errorf("%d steps at a time: charged %d, want %d", n, used, spent-n)
		}
		if !errors.Is(b.Err(), ErrExceeded) {
			t.Errorf("%d steps at a time: %v later", n, b.Err())
		}
	}
}
