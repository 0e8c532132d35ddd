package unicodeid

import (
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
)

// emoji marks the characters of well-formed emoji, cluster by cluster, so that the other rules pass
// over them.
func (c *checker) emoji() {
	i, turn := 0, 0
	for cluster := range ucd.Clusters(c.name) {
		if turn++; c.stop(turn) {
			return
		}
		n := utf8.RuneCountInString(cluster)
		if ucd.IsEmoji(cluster) {
			for k := i; k < i+n; k++ {
				c.chars[k].skip = true
			}
		}
		i += n
	}
}
