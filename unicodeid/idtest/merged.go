package idtest

import (
	"iter"
	"slices"
)

// apart are names of different keys that a table takes for one another if its column compares by a
// collation of a language, or cannot hold every character: marks, kinds of kana, letters beyond the
// first 65,536 code points, letters with a stroke.
var apart = [...][2]string{
	{"fjosé", "fjose"}, {"façadek", "facadek"}, {"ñuqueb", "nuqueb"}, {"ångelst", "angelst"}, {"jürgenz", "jurgenz"},
	{"sørenqk", "sorenqk"}, {"łukaszqk", "lukaszqk"}, {"đorđetk", "dordetk"}, {"çelikqk", "celikqk"},
	{"ænnekts", "aennekts"},
	{"nguyễnqk", "nguyenqk"}, {"zażółćk", "zazolck"}, {"þorqkst", "thorqkst"}, {"œdipeqk", "oedipeqk"},
	{"ёлкащж", "елкащж"}, {"йодщжб", "иодщжб"}, {"їжакщж", "іжакщж"}, {"ζωήπξ", "ζωηπξ"},
	{"きつたねむ", "きったねむ"}, {"かきのねむ", "がきのねむ"}, {"さくらねむ", "サクラネム"}, {"はなふねむ", "ばなぶねむ"}, {"ハハネム", "パパネム"},
	{"𠮷田花子", "𠮟田花子"}, {"𠀋山月", "𠀌山月"}, {"王𡈽一", "王𡘙一"},
	{"مُحَمَّدزس", "محمدزس"}, {"أحمدزس", "احمدزس"}, {"فاطمةزس", "فاطمهزس"}, {"שָׁלוֹםכט", "שלוםכט"},
	{"किरणचट", "कीरणचट"}, {"ज़ाकिरचट", "जाकिरचट"}, {"สมชายนฟ", "สมช้ายนฟ"},
}

// merged signs one name of each pair up, tries the other, and signs that up as well: it must open
// no account but its own.
func (a *attack) merged() {
	a.t.Helper()
	for _, pair := range &apart {
		for _, order := range [][2]string{{pair[0], pair[1]}, {pair[1] + pair[1], pair[0] + pair[0]}} {
			name, other := order[0], order[1]
			id, ok := a.signUp(name)
			if !ok {
				continue // The store refuses such letters.
			}
			a.attempts++
			if reached, _ := a.opens(other, id); reached {
				a.fail(strangers, "%+q opens the account of %+q, and has another key", other, name)
				continue
			}
			otherID, ok := a.signUp(other)
			if !ok {
				continue
			}
			if otherID == id {
				a.fail(strangers, "the sign-ups of %+q and %+q, which have different keys, returned the same account %q", name,
					other, id)
			} else if reached, _ := a.opens(other, id); reached {
				a.fail(strangers, "%+q opens the account of %+q, and has another key", other, name)
			} else if reached, _ := a.opens(name, otherID); reached {
				a.fail(strangers, "%+q opens the account of %+q, and has another key", name, other)
			}
		}
	}
}

// Apart yields pairs of good names of different keys that CheckStore tries: for a test of a column
// by itself.
func Apart() iter.Seq[[2]string] { return slices.Values(apart[:]) }
