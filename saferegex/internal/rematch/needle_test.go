package rematch

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestNeedle compares a needle with strings.Index, on texts that are made of its parts, where its
// rarest byte is everywhere and nowhere, and around the ends of blocks.
func TestNeedle(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, text := range []string{"a", "ab", "aab", "key", "Sherlock Holmes", "Шерлок Холмс", "夏洛克·福尔摩斯", "\x00\xff",
		strings.Repeat("a", 200) + "z", "z" + strings.Repeat("a", 200), strings.Repeat("ab", 64), "\xa0\xa0\xd0"} {
		n := newNeedle(text)
		check := func(in string) {
			t.Helper()
			m := free.Meter(t.Context(), "test")
			want := strings.Index(in, text)
			if got, err := index(&m, in, 0, &n); got != want || err != nil {
				t.Fatalf("%.20q is at %d of a string of %d bytes, %v; want %d", text, got, len(in), err, want)
			}
			if got, err := index(&m, []byte(in), 0, &n); got != want || err != nil {
				t.Fatalf("%.20q is at %d of %d bytes, %v; want %d", text, got, len(in), err, want)
			}
		}
		for range 2000 {
			var b strings.Builder
			for range r.IntN(20) {
				from := r.IntN(len(text))
				b.WriteString(text[from : from+r.IntN(min(len(text)-from, 6)+1)])
			}
			check(b.String())
			check(b.String() + text)
			check(b.String() + text[1:])
		}
		check(strings.Repeat(string(n.rare), 3*indexBlock) + text)
		for shift := range len(text) + 1 {
			check(strings.Repeat(".", indexBlock-shift) + text)
		}
	}
}
