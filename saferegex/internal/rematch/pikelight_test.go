package rematch

import (
	"slices"
	"testing"
)

// TestPikeLight compares the light loop of the machine with the one that notes positions: from
// every position, for parts of the text and for the whole.
func TestPikeLight(t *testing.T) {
	more := []string{`(?:^|a)+b`, `(?:a?b?){30}c`, `[é-ü]x`, `(?:(?:a{0,9}b?){0,9}c?){0,9}d`}
	for _, pattern := range slices.Concat(tabled, more) {
		for _, longest := range []bool{false, true} {
			p := compile(t, pattern, Options{Longest: longest})
			for _, text := range tabledTexts {
				if len(text) > 40 {
					continue
				}
				for from := 0; from <= len(text); from += Width(text, from) {
					for _, q := range []request{{from: from, to: len(text)}, {from: from, to: len(text), anchored: true},
						{from: from, to: len(text), anchored: true, whole: true}, {to: from}} {
						m := free.Meter(t.Context(), "test")
						want := make([]int, p.slots+2) // More than two: with positions.
						wanted, err := pike(p, new(machine), &m, text, q, want)
						if err != nil {
							t.Fatal(err)
						}
						for _, n := range []int{0, 2} {
							caps := make([]int, n)
							found, err := pike(p, new(machine), &m, text, q, caps)
							if err != nil || found != wanted || found && !slices.Equal(caps, want[:n]) {
								t.Errorf("%s (longest %t) on %.20q, %+v: %t, %v, %v; want %t, %v", pattern, longest, text, q, found, caps, err,
									wanted, want[:n])
							}
						}
					}
				}
			}
		}
	}
}
