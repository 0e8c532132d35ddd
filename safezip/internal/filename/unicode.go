package filename

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
)

// braille is U+2800, which is blank and no Default_Ignorable_Code_Point.
const braille = '\u2800'

// unicode checks a path beyond ASCII, which is valid UTF-8. It reports each rule once, at the first
// character that breaks it.
func (c *checker) unicode(path string) {
	at := 0
	for cluster := range ucd.Clusters(path) {
		if len(cluster) > 1 { // ASCII has been checked.
			emoji := ucd.IsEmoji(cluster)
			for i, r := range cluster {
				if rule, what := suspect(r, emoji); rule != "" && !c.has(rule) {
					c.add(Problem{rule, fmt.Sprintf("byte %d is U+%04X, %s", at+i, r, what)})
				}
			}
		}
		at += len(cluster)
	}
	for component := range strings.SplitSeq(path, "/") {
		if isDots(component) {
			c.once(Problem{LookalikeSeparator, "a component is made of dots that normalization turns into plain ones"})
			break
		}
	}
	c.currency(path)
}

// currency looks for ".." beside a yen or won sign. Windows gives a program that asks for names in
// the code page of Japan or Korea a backslash for them. Elsewhere people write them before prices.
func (c *checker) currency(path string) {
	if !strings.ContainsFunc(path, isCurrency) {
		return
	}
	for component := range strings.FieldsFuncSeq(path, func(r rune) bool { return isSeparator(r) || isCurrency(r) }) {
		if component == ".." || isDots(component) {
			c.once(Problem{LookalikeSeparator,
				`".." beside a yen or won sign, which Windows in Japan or Korea makes a backslash`})
			return
		}
	}
}

func isCurrency(r rune) bool { return r == '\u00a5' || r == '\u20a9' }

// suspect returns the rule that a character breaks, or "". In an emoji, joiners, selectors and tags
// change what is seen.
func suspect(r rune, emoji bool) (limits.Rule, string) {
	p := ucd.Of(r)
	switch {
	case r < utf8.RuneSelf:
		return "", ""
	case p.Category() == layout.Cc, p.Category() == layout.Zl, p.Category() == layout.Zp:
		return ControlCharacter, "a control character or line separator"
	case p.Has(layout.BidiControl):
		return BidiControl, "which changes the order in which the name is shown"
	case p.Has(layout.DefaultIgnorable) || r == braille:
		if emoji {
			return "", ""
		}
		return InvisibleCharacter, "which is not seen"
	case p.Category() == layout.Cn:
		return UnassignedCharacter, "which Unicode " + ucd.Version + " has not assigned"
	case isLookalikeSeparator(r, p):
		return LookalikeSeparator, "which looks like a separator or dot, or becomes one when it is normalized"
	}
	return "", ""
}

// isLookalikeSeparator reports what compatibility normalization makes a slash, a backslash or dots
// (but for the ellipsis and the fullwidth full stop, which people write), and signs that look like
// a slash or a backslash. Letters that do (a katakana no) are letters.
func isLookalikeSeparator(r rune, p ucd.Props) bool {
	if !p.Category().Punctuation() {
		return false
	}
	if p.Has(layout.NFKCNo) {
		to := ucd.NFKC(string(r))
		return strings.ContainsAny(to, `/\`) || (to == "." || to == "..") && r != fullwidthStop
	}
	if !p.Has(layout.Confusable) {
		return strings.ContainsRune(moreSlashes, r)
	}
	look := ucd.Skeleton(string(r))
	return look == "/" || look == `\`
}

// moreSlashes are signs that look like slashes and are in no list of confusable characters: the box
// drawing backslash, and the very heavy ones.
const moreSlashes = "\u2572\U0001f67c\U0001f67d"

const fullwidthStop = '\uff0e'

// isDots reports a component beyond ASCII that normalizes to "." or "..".
func isDots(component string) bool {
	// No character vanishes in normalization: two dots come from two characters at most.
	if len(component) < 3 || component[0] < utf8.RuneSelf && component[0] != '.' || utf8.RuneCountInString(component) > 2 {
		return false
	}
	to := ucd.NFKC(component)
	return to == "." || to == ".."
}

// Normalized reports whether two components, which differ, are one in canonical composition and
// without what is not seen: the same text, spelt in two ways.
func Normalized(a, b string) bool { return ucd.NFC(seen(a)) == ucd.NFC(seen(b)) }
