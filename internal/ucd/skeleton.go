package ucd

import "github.com/seed73825598/airlock/internal/ucd/layout"

// Skeleton returns what s is compared by where it may only look the same (UTS 39, section 4): decomposed, without the code points
// that nobody sees, every lookalike replaced by its prototype, decomposed again. Two strings of equal skeletons are lookalikes. It is not
// for showing: the skeleton of "m" is "rn".
func Skeleton(s string) string {
	var shown []rune
	for _, r := range NFD(nil, s) {
		p := Of(r)
		switch {
		case p.Has(layout.DefaultIgnorable):
		case p.Has(layout.Confusable):
			for _, q := range confusables.of(r) {
				shown = append(shown, q)
			}
		default:
			shown = append(shown, r)
		}
	}
	return string(NFD(nil, string(shown)))
}
