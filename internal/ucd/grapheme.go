package ucd

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// Clusters yields the extended grapheme clusters of s (UAX 29 of Unicode 15.0), what a reader takes
// for one character. It is our own and not a module's: the property is four bits in a table that is
// here anyway, and the count of a name's characters must not change with an update.
func Clusters(s string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for len(s) > 0 {
			n := FirstCluster(s)
			if !yield(s[:n]) {
				return
			}
			s = s[n:]
		}
	}
}

// FirstCluster returns the length of the first grapheme cluster of s, 0 of an empty one.
func FirstCluster(s string) int {
	r, n := utf8.DecodeRuneInString(s)
	p := Of(r)
	before := p.Grapheme()
	// An emoji, and what extends it, stand before the joiner (GB11).
	pictograph := p.Has(layout.ExtendedPictographic)
	joined := false // After such a joiner.
	// An odd number of regional indicators stands before (GB12, GB13).
	regional := before == layout.GraphemeRegional
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		p := Of(r)
		after := p.Grapheme()
		emoji := p.Has(layout.ExtendedPictographic)
		together := joined && emoji || regional && after == layout.GraphemeRegional
		if !together && breaks(before, after) {
			return n
		}
		joined = pictograph && after == layout.GraphemeZWJ
		pictograph = emoji || pictograph && after == layout.GraphemeExtend
		regional = after == layout.GraphemeRegional && !regional
		before = after
		n += size
	}
	return n
}

// breaks reports whether a cluster ends between two code points, as far as these two tell (GB3 to
// GB9b, GB999).
func breaks(before, after layout.Grapheme) bool {
	switch before {
	case layout.GraphemeCR:
		return after != layout.GraphemeLF
	case layout.GraphemeLF, layout.GraphemeControl:
		return true
	case layout.GraphemePrepend:
		return after == layout.GraphemeCR || after == layout.GraphemeLF || after == layout.GraphemeControl
	case layout.GraphemeL:
		if after == layout.GraphemeL || after == layout.GraphemeV || after == layout.GraphemeLV ||
			after == layout.GraphemeLVT {
			return false
		}
	case layout.GraphemeLV, layout.GraphemeV:
		if after == layout.GraphemeV || after == layout.GraphemeT {
			return false
		}
	case layout.GraphemeLVT, layout.GraphemeT:
		if after == layout.GraphemeT {
			return false
		}
	case layout.GraphemeOther, layout.GraphemeExtend, layout.GraphemeZWJ, layout.GraphemeRegional,
		layout.GraphemeSpacingMark:
	}
	return after != layout.GraphemeExtend && after != layout.GraphemeZWJ && after != layout.GraphemeSpacingMark
}
