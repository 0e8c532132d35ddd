package unicodeid

import (
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// marksInOne is the most nonspacing marks that one composed letter holds.
const marksInOne = 3

// simple reports a name in which every other check would find nothing: recommended letters of one
// script that are composed already, and ASCII digits in a left-to-right name. It is the policy in
// one pass for what nearly everybody is called; what it does not report is looked at by the checks
// one by one.
func (c *checker) simple() bool {
	one := everything
	n := 0
	var rightToLeft, leftToRight bool
	for _, r := range c.name {
		if n++; c.stop(n) {
			return false
		}
		p := ucd.Of(r)
		if !p.Has(layout.Allowed|layout.Main) || p.Has(layout.NFCNo|layout.NFCMaybe|layout.NFKCNo|layout.DefaultIgnorable) {
			return false
		}
		if !p.Category().Letter() && (r < '0' || r > '9') {
			return false
		}
		if p.Has(layout.Canonical) && c.p.lim.Depth != limits.UnsafeUnlimited && c.p.lim.Depth < marksInOne {
			return false
		}
		switch p.Bidi() {
		case layout.BidiL, layout.BidiEN:
			leftToRight = true
		case layout.BidiR, layout.BidiAL:
			rightToLeft = true
		default:
			return false
		}
		one = one.And(ucd.ScriptsOf(p))
	}
	return n >= c.p.minGraphemes && n <= c.p.graphemes && !one.Empty() && (!leftToRight || !rightToLeft)
}
