// Package caselist makes the cases of the …test packages out of lists, and a corpus out of cases.
package caselist

import (
	"iter"
	"slices"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// Name returns the name of a case: the rule, and what is special about it. Where no rule is broken,
// a limit stands in its place.
func Name(rule limits.Rule, special string) string {
	if rule == "" {
		rule = "limit"
	}
	return string(rule) + "/" + special
}

// All yields what finish makes of each recipe of several lists. A list is made when its turn comes.
func All[Recipe, Case any](finish func(Recipe) Case, lists ...func() []Recipe) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, list := range lists {
			for _, recipe := range list() {
				if !yield(finish(recipe)) {
					return
				}
			}
		}
	}
}

// Chain yields the cases of several sequences.
func Chain[Case any](sequences ...iter.Seq[Case]) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for _, sequence := range sequences {
			for c := range sequence {
				if !yield(c) {
					return
				}
			}
		}
	}
}

// seedBytes is how long a case of a corpus is at most.
const seedBytes = 64 << 10

// Seed adds the data of every case of at most 64 KiB to the corpus of a fuzz target that takes a
// []byte.
func Seed[Case any](f *testing.F, data func(Case) []byte, sequences ...iter.Seq[Case]) {
	f.Helper()
	for c := range Chain(sequences...) {
		if b := data(c); len(b) <= seedBytes {
			f.Add(slices.Clone(b))
		}
	}
}
