package idtest

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/unicodeid"
)

// recommended are the scripts whose letters UTS 39 recommends for identifiers.
var recommended = strings.Fields("Latn Grek Cyrl Armn Geor Hebr Arab Thaa Ethi Deva Beng Guru Gujr Orya Taml Telu " +
	"Knda Mlym Sinh Thai Laoo Tibt Mymr Khmr Hani Hira Kana Bopo Hang")

// together reports whether a name may hold letters of both scripts (UTS 39, section 5.2): the
// systems of Chinese, Japanese and Korean, and Latin beside one of them.
func together(a, b string) bool {
	for _, system := range []string{"Latn Hani Hira Kana", "Latn Hani Bopo", "Latn Hani Hang"} {
		s := strings.Fields(system)
		if slices.Contains(s, a) && slices.Contains(s, b) {
			return true
		}
	}
	return false
}

// isLetter reports a letter that a name may hold as it is.
func isLetter(r rune, p ucd.Props) bool {
	return p.Has(layout.Allowed|layout.Main) && p.Category().Letter() &&
		!p.Has(layout.NFKCNo|layout.NFCNo|layout.NFCMaybe|layout.DefaultIgnorable) && r != braille
}

// isWord reports letters of one script.
func isWord(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	shared := ucd.ScriptsOf(ucd.Of(first))
	for _, r := range s {
		if !isLetter(r, ucd.Of(r)) {
			return false
		}
		shared = shared.And(ucd.ScriptsOf(ucd.Of(r)))
	}
	return !shared.Empty()
}

// recommendedScripts returns a function that names the recommended scripts which a letter belongs
// to.
func recommendedScripts() func(r rune) []string {
	sets := make([]ucd.Scripts, len(recommended))
	for i, name := range recommended {
		sets[i], _ = ucd.Script(name)
	}
	return func(r rune) []string {
		scripts := ucd.ScriptsOf(ucd.Of(r))
		var names []string
		for i, name := range recommended {
			if !scripts.And(sets[i]).Empty() {
				names = append(names, name)
			}
		}
		return names
	}
}

// mixedScripts has a name for every two scripts that are not written together: a letter of one,
// which belongs to no other, and a letter of the other.
func mixedScripts(yield func(Case) bool) {
	letters := map[string]string{}
	of := recommendedScripts()
	for r := range codePoints(isLetter) {
		if scripts := of(r); len(scripts) == 1 && letters[scripts[0]] == "" {
			letters[scripts[0]] = string(r)
		}
	}
	for _, a := range recommended {
		for _, b := range recommended {
			if a == b || together(a, b) {
				continue
			}
			if !yield(Case{Name: "mixed-script/" + a + "-" + b, Rule: unicodeid.RuleMixedScript, Raw: letters[a] +
				letters[b] + letters[a]}) {
				return
			}
		}
	}
	// Latin stands beside each of these, and they do not stand beside each other.
	list(unicodeid.RuleMixedScript, "three", "", "aひ가", "aㄅ가", "aカㄅ", "漢ㄅカ", "漢가ひ", "漢字я", "あя")(yield)
}

// mixedLetters puts each letter that looks like a Latin one among Latin ones, where the rule of
// scripts must stop it; those of Chinese, Japanese and Korean may stand there, and so must
// conflict.
func mixedLetters(yield func(Case) bool) {
	of := recommendedScripts()
	for r := range codePoints(isLetter) {
		like := ucd.FoldedSkeleton(string(r))
		scripts := of(r)
		if len(like) != 1 || !ucd.Of(rune(like[0])).Has(layout.Allowed) || len(scripts) == 0 ||
			slices.Contains(scripts, "Latn") {
			continue
		}
		c := Case{Name: "mixed-script/" + codePoint(r) + "-as-" + like, Rule: unicodeid.RuleMixedScript, Raw: "ab" +
			string(r) + "yz"}
		if slices.ContainsFunc(scripts, func(s string) bool { return together("Latn", s) }) {
			c.Rule, c.Like = "", "ab"+like+"yz"
		}
		if !yield(c) {
			return
		}
	}
}

// foreignLookalikes are whole words of one script that read as words of another.
func foreignLookalikes(yield func(Case) bool) {
	for _, pair := range [][2]string{
		// Cyrillic
		{"аррӏе", "apple"}, {"рауе", "paye"}, {"еріс", "epic"}, {"ехресс", "expecc"}, {"соса", "coca"},
		{"ѕех", "sex"}, {"орӏ", "opl"},
		{"οο", "oo"}, {"κο", "ĸo"}, {"Ροο", "Poo"}, {"ΡΑΤΟ", "PATO"}, {"ΝΙΚΟ", "NIKO"}, // Greek
		{"օօ", "oo"}, {"սո", "un"}, {"հօ", "ho"}, // Armenian
		{"paypaI", "paypal"}, {"PAYPAl", "PAYPAL"}, {"rnary", "mary"}, {"vvill", "will"}, {"l1l", "lll"},
		{"b0b", "bOb"}, {"paypa1", "paypal"}, {"mıke", "mike"}, {"Iain", "lain"}, {"earnest", "eamest"},
	} {
		if !yield(Case{Name: "lookalike/" + pair[0] + "-as-" + pair[1], Raw: pair[0], Like: pair[1]}) {
			return
		}
	}
}

// lookalikes has a name of three times the same letter for each that has a prototype, after three
// times the prototype.
func lookalikes(yield func(Case) bool) {
	for r := range codePoints(func(r rune, p ucd.Props) bool { return isLetter(r, p) && p.Has(layout.Confusable) }) {
		like := ucd.Skeleton(string(r))
		if like == string(r) || !isWord(like) {
			continue
		}
		if !yield(Case{Name: "lookalike/" + codePoint(r), Raw: strings.Repeat(string(r), 3),
			Like: strings.Repeat(like, 3)}) {
			return
		}
	}
}

// composed has each canonical spelling of a letter beside the composed one.
func composed(yield func(Case) bool) {
	for r := range codePoints(func(_ rune, p ucd.Props) bool { return p.Has(layout.Canonical) }) {
		like := ucd.NFC(string(r))
		first, size := utf8.DecodeRuneInString(like)
		if isCompatibility(r, ucd.Of(r)) || size != len(like) || !isLetter(first, ucd.Of(first)) {
			continue
		}
		raw := string(ucd.NFD(nil, like))
		if like != string(r) { // A letter that never stands in composed text.
			raw = string(r)
		}
		if !yield(Case{Name: "spelling/" + codePoint(r), Raw: raw, Like: like}) {
			return
		}
	}
}

// cases has each letter with a folding beside what it folds to.
func cases(yield func(Case) bool) {
	for r := range codePoints(func(r rune, p ucd.Props) bool { return isLetter(r, p) && p.Has(layout.Folds) }) {
		like := ucd.NFC(ucd.Fold(string(r)))
		if like == string(r) || !isWord(like) {
			continue
		}
		if !yield(Case{Name: "case/" + codePoint(r), Raw: strings.Repeat(string(r), 2), Like: strings.Repeat(like,
			2)}) {
			return
		}
	}
}
