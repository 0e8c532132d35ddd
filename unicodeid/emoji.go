package unicodeid

import (
	"strings"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// emoji marks the characters of well-formed emoji, cluster by cluster, so that the other rules pass over them.
func (c *checker) emoji() {
	i := 0
	for cluster := range ucd.Clusters(c.name) {
		n := 0
		for range cluster {
			n++
		}
		if isEmoji(c.chars[i : i+n]) {
			for k := i; k < i+n; k++ {
				c.chars[k].skip = true
			}
		}
		i += n
	}
}

const (
	emojiJoiner   = '\u200d'
	emojiSelector = '\ufe0f'
	keycap        = '\u20e3'
	tagFirst      = '\U000e0020'
	tagLast       = '\U000e007e'
	tagEnd        = '\U000e007f'
	blackFlag     = '\U0001f3f4'
)

// isEmoji reports whether a whole cluster is one emoji of the form that UTS 51 calls possible (ED-16): a flag of two regional indicators, a keycap,
// or elements with joiners between them.
func isEmoji(cluster []char) bool {
	switch {
	case len(cluster) == 2 && cluster[0].props.Grapheme() == layout.GraphemeRegional:
		return cluster[1].props.Grapheme() == layout.GraphemeRegional
	case len(cluster) == 3 && cluster[1].r == emojiSelector && cluster[2].r == keycap:
		return cluster[0].r == '#' || cluster[0].r == '*' || cluster[0].props.Digit() != layout.NoDigit && cluster[0].r < 0x80
	}
	for {
		n := element(cluster)
		if n == 0 {
			return false
		}
		if cluster = cluster[n:]; len(cluster) == 0 {
			return true
		}
		if cluster[0].r != emojiJoiner {
			return false
		}
		cluster = cluster[1:]
	}
}

// element returns the length of the emoji at the start: a pictograph with a selector, a modifier, or the tags of a flag. One without a selector must
// be shown as emoji by default.
func element(s []char) int {
	if len(s) == 0 || !s[0].props.Has(layout.Emoji) || s[0].r < 0x80 || s[0].props.Grapheme() == layout.GraphemeRegional {
		return 0
	}
	switch {
	case len(s) > 1 && s[1].r == emojiSelector:
		return 2
	case len(s) > 1 && s[0].props.Has(layout.EmojiBase) && s[1].props.Has(layout.EmojiModifier):
		return 2
	case len(s) > 1 && s[0].r == blackFlag && s[1].r >= tagFirst && s[1].r <= tagLast:
		return subdivision(s)
	case s[0].props.Has(layout.EmojiPresentation):
		return 1
	}
	return 0
}

// subdivision returns the length of the flag of a part of a country, of which three are in use: tags could spell anything, unseen.
func subdivision(s []char) int {
	var tags strings.Builder
	for i := 1; i < len(s); i++ {
		switch r := s[i].r; {
		case r == tagEnd:
			switch tags.String() {
			case "gbeng", "gbsct", "gbwls":
				return i + 1
			}
			return 0
		case r >= tagFirst && r <= tagLast:
			tags.WriteRune(r - 0xE0000)
		default:
			return 0
		}
	}
	return 0
}
