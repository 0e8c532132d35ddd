package ucd

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd/layout"
)

const (
	emojiJoiner   = '\u200d'
	emojiSelector = '\ufe0f'
	keycap        = '\u20e3'
	tagFirst      = '\U000e0020'
	tagLast       = '\U000e007e'
	tagEnd        = '\U000e007f'
	blackFlag     = '\U0001f3f4'
	regionalA     = '\U0001f1e6'
)

// IsEmoji reports whether a whole grapheme cluster is one emoji of the form that UTS 51 calls
// possible (ED-16): a flag of two regional indicators, a keycap, or elements with joiners between
// them. An invisible character in such a cluster changes the picture that people see. Two regional
// indicators must be a flag of Unicode 15.0: any others are shown as two letters in boxes.
func IsEmoji(cluster string) bool {
	first, n := utf8.DecodeRuneInString(cluster)
	p := Of(first)
	if p.Grapheme() == layout.GraphemeRegional {
		second, m := utf8.DecodeRuneInString(cluster[n:])
		return n+m == len(cluster) && Of(second).Grapheme() == layout.GraphemeRegional && isFlag(first, second)
	}
	if first < utf8.RuneSelf {
		return (first == '#' || first == '*' || first >= '0' && first <= '9') &&
			cluster[n:] == string(emojiSelector)+string(keycap)
	}
	for {
		rest, ok := emojiElement(cluster)
		if !ok || rest == "" {
			return ok
		}
		if rest, ok = strings.CutPrefix(rest, string(emojiJoiner)); !ok {
			return false
		}
		cluster = rest
	}
}

// isFlag reports two regional indicators that are shown as a flag.
func isFlag(first, second rune) bool { return flags[first-regionalA]>>(second-regionalA)&1 == 1 }

// emojiElement cuts the emoji at the start off: a pictograph with a selector, a modifier, or the
// tags of a flag. One without a selector must be shown as emoji by default.
func emojiElement(s string) (rest string, ok bool) {
	first, n := utf8.DecodeRuneInString(s)
	p := Of(first)
	if !p.Has(layout.Emoji) || first < utf8.RuneSelf || p.Grapheme() == layout.GraphemeRegional {
		return "", false
	}
	second, m := utf8.DecodeRuneInString(s[n:])
	switch {
	case second == emojiSelector, p.Has(layout.EmojiBase) && Of(second).Has(layout.EmojiModifier):
		return s[n+m:], true
	case first == blackFlag && second >= tagFirst && second <= tagLast:
		return subdivision(s[n:])
	}
	return s[n:], p.Has(layout.EmojiPresentation)
}

// subdivision cuts the tags of the flag of a part of a country off, of which three are in use: tags
// could spell anything, unseen.
func subdivision(s string) (rest string, ok bool) {
	tags, rest, ok := strings.Cut(s, string(tagEnd))
	spelt := strings.Map(func(r rune) rune { return r - tagFirst + ' ' }, tags)
	return rest, ok && (spelt == "gbeng" || spelt == "gbsct" || spelt == "gbwls")
}
