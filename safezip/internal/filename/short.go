package filename

import (
	"strings"
	"unicode/utf8"
)

// Windows gives a file whose name does not fit into eight characters, a dot and three more a second
// name that does: the start of the name, a tilde and a number (PROGRA~1), or, when several names
// start alike, two letters and four hexadecimal digits of a hash (PR1A2B~1). A program that creates
// a file of that name afterwards opens the first one.

// A ShortKey is what the short names of two files are compared by: that part of the name which the
// long name decides.
type ShortKey struct {
	Stem   string // before the tilde, in lower case; of a hashed name its first two characters
	Ext    string // at most three characters, in lower case
	Digits int    // of the number
	Hashed bool   // four hexadecimal digits follow the two characters
}

// Short returns the keys of a name that has the form of a short one: one, or two if its stem can be
// a hash as well. It returns nil for every other name.
func Short(component string) []ShortKey {
	if strings.IndexByte(component, '~') < 0 {
		return nil // As nearly every name.
	}
	stem, ext, _ := strings.Cut(component, ".")
	tilde := strings.LastIndexByte(stem, '~')
	if tilde < 1 || len(ext) > 3 && utf8.RuneCountInString(ext) > 3 || strings.Contains(ext, ".") {
		return nil
	}
	number := stem[tilde+1:]
	if number == "" || number[0] == '0' || strings.Trim(number, "0123456789") != "" {
		return nil
	}
	key := ShortKey{Stem: shortened(stem[:tilde]), Ext: shortened(ext), Digits: len(number)}
	if len(key.Stem)+1+len(number) > shortStem {
		return nil
	}
	keys := []ShortKey{key}
	if len(key.Stem) == 6 && len(number) == 1 && strings.Trim(key.Stem[2:], "0123456789abcdef") == "" {
		key.Stem, key.Hashed = key.Stem[:2], true
		keys = append(keys, key)
	}
	return keys
}

const shortStem = 8

// ShortOf returns the keys of every short name that Windows can make for a name, or nil for a name
// that is short enough as it is.
func ShortOf(component string) []ShortKey {
	name := strings.TrimLeft(component, ".")
	stem, ext := name, ""
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		stem, ext = name[:dot], name[dot+1:]
	}
	long := len(name) < len(component) || strings.ContainsAny(stem, ". ") || strings.Contains(ext, " ")
	stem, ext = shortened(stem), shortened(ext)
	if !long && len(stem) <= shortStem && len(ext) <= 3 && !strings.ContainsAny(component, replaced) &&
		!strings.ContainsFunc(component, beyondASCII) {
		return nil
	}
	ext = ext[:min(len(ext), 3)]
	var keys []ShortKey
	for digits := 1; digits < shortStem-1; digits++ {
		keys = append(keys, ShortKey{Stem: stem[:min(len(stem), shortStem-1-digits)], Ext: ext, Digits: digits})
	}
	return append(keys, ShortKey{Stem: stem[:min(len(stem), 2)], Ext: ext, Digits: 1, Hashed: true})
}

// replaced are the characters that a long name may hold and a short one may not. Each becomes an
// underscore.
const replaced = "+,;=[]"

// shortened returns the characters that a short name keeps of s, in lower case, one byte each. A
// character beyond ASCII becomes one or another under each code page: all are taken for one.
func shortened(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '.':
			return -1
		case r >= utf8.RuneSelf || strings.ContainsRune(replaced, r):
			return '_'
		case r >= 'A' && r <= 'Z':
			return r + ('a' - 'A')
		}
		return r
	}, s)
}
