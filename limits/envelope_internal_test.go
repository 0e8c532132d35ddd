package limits

import "testing"

// TestRefusedIsGivenBackInside looks into the envelopes inside of one that refuses. Nothing can ask
// them any more, as they have ended with it, and yet their books must be right.
func TestRefusedIsGivenBackInside(t *testing.T) {
	for _, r := range []Resource{OutputBytes, Steps, MemoryBytes} {
		var all []*envelope
		ctx := t.Context()
		for _, most := range []int64{10, 0, 30, 20} {
			l := Limits{Time: UnsafeUnlimited, OutputBytes: Bytes(most), Steps: most, MemoryBytes: Bytes(most)}
			if most == 0 {
				l.Time = minTime * 1e6
			}
			inside, cancel, err := With(ctx, l)
			if err != nil {
				t.Fatal(err)
			}
			defer cancel()
			ctx = inside
			all = append(all, scopeOf(ctx).env)
		}
		innermost := all[len(all)-1]
		for range 2 {
			if e := innermost.take("op", r, 4); e != nil {
				t.Fatal(e)
			}
		}
		if e := innermost.take("op", r, 3); e == nil || e.Limit != 10 || e.Used != 11 {
			t.Errorf("%v: got %v, want the refusal of the outermost envelope", r, e)
		}
		for i, want := range []int64{8, 0, 8, 8} {
			if got := all[i].used[r].Load(); got != want {
				t.Errorf("%v: envelope %d holds %d, want %d", r, i, got, want)
			}
		}
	}
}
