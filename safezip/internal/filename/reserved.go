package filename

import (
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

// isReserved reports a component that Windows takes for a device: opening it opens the console, a
// port or nothing at all, in whatever directory it seems to stand. Case does not matter, nor does
// an extension, nor a stream, nor spaces before either.
func isReserved(s string) bool {
	if i := strings.IndexAny(s, ".:"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimRight(s, " ")
	switch len(s) {
	case 3:
		return fold(s) == "con" || fold(s) == "prn" || fold(s) == "aux" || fold(s) == "nul"
	case 4:
		return isPort(fold(s[:3])) && s[3] >= '0' && s[3] <= '9'
	case 5:
		// COM¹, COM² and COM³ are ports as well: ISO 8859-1 had these digits.
		return isPort(fold(s[:3])) && (s[3:] == "¹" || s[3:] == "²" || s[3:] == "³")
	case 6:
		return fold(s) == "conin$" || fold(s) == "clock$"
	case 7:
		return fold(s) == "conout$"
	}
	return false
}

func isPort(s string) bool { return s == "com" || s == "lpt" }

func fold(s string) string { return strings.ToLower(s) }

// Key returns what a component is compared by: two components with the same key are one file on
// some file system. Case is folded in full and composition is normalized (Windows, macOS; NFC, not
// NFKC: no file system takes ² for 2), what is not seen is skipped (Android, HFS+), and a dot or
// space at the end is dropped (Windows). The short names (8.3) that Windows invents for files that
// are there are a matter of their own; see Short.
func Key(component string) string {
	if isKey(component) {
		return component
	}
	if strings.ContainsFunc(component, beyondASCII) {
		component = strings.TrimRight(seen(component), ". ")
		return ucd.FoldKey(component)
	}
	return fold(strings.TrimRight(component, ". "))
}

// seen is a component without the characters that HFS+ or a directory of Linux that folds case
// skips in a comparison: joiners and selectors, which stand in emoji, and others that are not seen.
func seen(component string) string {
	return strings.Map(func(r rune) rune {
		if r >= utf8.RuneSelf && ucd.Of(r).Has(layout.DefaultIgnorable) {
			return -1
		}
		return r
	}, component)
}

// isKey reports a component that is certainly its own key: ASCII without capitals, and without a
// dot or space at the end.
func isKey(component string) bool {
	for i := range len(component) {
		if c := component[i]; c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf {
			return false
		}
	}
	return component != "" && component[len(component)-1] != '.' && component[len(component)-1] != ' '
}
