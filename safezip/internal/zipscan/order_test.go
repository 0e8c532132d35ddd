package zipscan

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestInOrder sorts entries of any order, among them some that claim one offset, as slices.SortFunc
// does.
func TestInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for n := range 200 {
		s := scanner{Config: Config{Budget: start(t, plenty)}}
		want := make([]int32, n)
		for i := range want {
			want[i] = int32(i)
			s.a.Entries = append(s.a.Entries, Entry{HeaderOffset: random.Int64N(int64(n))})
		}
		slices.SortFunc(want, s.a.byOffset)
		if err := s.inOrder(); err != nil || !slices.Equal(s.order, want) {
			t.Fatalf("%d entries: %v, %v, want %v", n, s.order, err, want)
		}
	}
}

// TestInOrderEnds sorts nothing once the caller has gone away.
func TestInOrderEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	b, err := plenty.Start(ctx, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	s := scanner{Config: Config{Budget: b}}
	for i := range 1000 {
		s.a.Entries = append(s.a.Entries, Entry{HeaderOffset: int64(-i)})
	}
	cancel()
	if err := s.inOrder(); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
}
