package idtest

import (
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/testkit/caselist"
	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// The words of Options.
var (
	reservedWords  = []string{"admin", "root", "support", "scope", "all", "go", "mail", "exact:signin"}
	blockedPhrases = []string{"free money", "casino", "porn"}
)

// reserved spells the reserved words in every case, form, script and place.
func reserved(yield func(Case) bool) {
	const rule = unicodeid.RuleReserved
	caselist.Chain(
		list(rule, "case", "", "admin", "ADMIN", "aDmIn", " Root ", "SUPPORT"),
		list(rule, "token", "", "the-admin", "admin.1", "root_user", "x-support-x", "ADMIN-team", "my.scope"),
		list(rule, "split", "", "ad-min", "s-u-p-p-o-r-t", "r.o.o.t", "a_d_m_i_n"),
		list(rule, "leet", "", "4dm1n", "adm1n", "r00t", "5upp0rt", "5c0p3", "R0OT", "adm-1n", "4dm1n.x"),
		list(rule, "letters", "", "admın", "adrnin", "adrnın", "ADMlN", "admln", "suppoгt", "rооt", "ѕсоре", "ЅСОРЕ",
			"ꓮꓓꓟꓲꓠ"),
		list(rule, "alternative", "", "all", "aIl", "a1l", "AII", "a11", "g0", "6o", "9o.x", "ma1l", "MAlL", "the-mai1",
			"signin", "SignIn", "g0-90", "x.al1", "адміn-аll"),
		list(rule, "marks", "", "admín", "suppọrt", "ȧdmin", "x-scópe", "admİn", "а\u0306дmin-admin\u0323"),
		list(rule, "ticks", "", "adminʼ", "ꜝadmin", "ad\u02bcmin", "x.ʻroot", "rootˀ", "support一", "all\u02bc"),
		list(rule, "strokes", "", "ad巾in", "卂dmin", "su尸port", "r口ot", "aclmin", "гоот"),
		list(rule, "form", "", "ａｄｍｉｎ", "𝐚𝐝𝐦𝐢𝐧", "ⓡⓞⓞⓣ", "ad\u00admin", "ro\u200bot", "\u2060scope", "ʳoot"),
		substituted(rule, reservedWords[:4]),
	)(yield)
}

func blocked(yield func(Case) bool) {
	const rule = unicodeid.RuleBlocked
	caselist.Chain(
		list(rule, "inside", "", "casino", "mycasino", "casinos", "CasinoRoyale", "bigcasinowin", "freemoney",
			"getfreemoneynow"),
		list(rule, "split", "", "cas-ino", "c.a.s.i.n.o", "free-money", "my_free.money", "x-cas_ino-x"),
		list(rule, "leet", "", "c4s1no", "mycas1n0", "fr33m0n3y", "ca5ino"),
		list(rule, "form", "", "ｃａｓｉｎｏ", "ca\u200bsino", "casıno", "саѕіno", "casiпo-casino", "mycaslno", "frеemoney"),
		list(rule, "alternative", "", "porn", "p0rn", "xp0rnx", "PORN", "p.o.r.n", "pогn", "mypornbox"),
		substituted(rule, blockedPhrases[1:2]),
	)(yield)
}

// substituted yields each word with each character that looks like one of its letters, or is a form
// of one, in that letter's place.
func substituted(rule limits.Rule, words []string) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		for r := range codePoints(isSeen) {
			if r < utf8.RuneSelf || rule == unicodeid.RuleBlocked && ucd.Of(r).Category().Punctuation() {
				continue // A sign that looks like a letter separates, where phrases are looked for.
			}
			for _, letter := range plain(r) {
				for _, word := range words {
					i := strings.IndexRune(word, letter)
					if i < 0 {
						continue
					}
					raw := word[:i] + string(r) + word[i+1:]
					if !yield(Case{Name: fmt.Sprintf("%s/%s-in-%s-%d", rule, codePoint(r), word, i), Rule: rule,
						Raw: raw}) {
						return
					}
					break
				}
			}
		}
	}
}

// plain returns the small letters a to z that r looks like or is a form of, each once.
func plain(r rune) string {
	looks, form := ucd.FoldedSkeleton(string(r)), ucd.FoldKey(ucd.NFKC(string(r)))
	var letters string
	for _, s := range []string{looks, form} {
		if len(s) == 1 && s[0] >= 'a' && s[0] <= 'z' && !strings.Contains(letters, s) {
			letters += s
		}
	}
	return letters
}

// tooLong goes over each unit that names are counted in, at one more than the limit.
func tooLong(yield func(Case) bool) {
	list(unicodeid.RuleTooLong, "units", "",
		// bytes, code points, grapheme clusters
		strings.Repeat("a", 256), strings.Repeat("a", 65), strings.Repeat("a", 33),
		strings.Repeat("я", 33), strings.Repeat("中", 33), strings.Repeat("𠮷", 33), strings.Repeat("가", 33),
		strings.Repeat("a\u0301", 33), strings.Repeat("ก\u0e49", 33), strings.Repeat("नि", 33),
		strings.Repeat("𠮷", 64), strings.Repeat("中", 86), "a"+strings.Repeat("\u0301", 64),
		strings.Repeat("a", 1<<16), strings.Repeat(" ", 60)+victim, victim+strings.Repeat("\u200b", 64),
	)(yield)
}

// expansions are short until they are mapped: they pass every limit on the raw name, and not the
// same limit on the key.
func expansions(yield func(Case) bool) {
	for r := range codePoints(isSeen) {
		mapped := utf8.RuneCountInString(ucd.NFKC(string(r)))
		if mapped < 3 || ucd.Of(r).Has(layout.Canonical) {
			continue
		}
		n := 64/mapped + 2
		if !yield(Case{Name: fmt.Sprintf("too-long/%d-times-%s", n, codePoint(r)), Rule: unicodeid.RuleTooLong,
			Raw: strings.Repeat(string(r), n)}) {
			return
		}
	}
}
