package ziptest

import (
	"strconv"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// badUnicode are names of which each breaks one rule before any other. NFC and NFD spellings are
// escaped, so that no editor changes them.
var badUnicode = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RuleInvisibleCharacter, []string{
		"a\u200bb", "a\u00adb", "\ufeffa", "a\u2060", "a\u3164b", "\u115f", "a\uffa0", "\u2800", "a\u180e",
		"a\ufe0f.txt", "a\U000e0041", "dir\u200d/x", "a\u034fb", "\u2065", "a\ufff0",
		"a\u200cb", "\u1160", "漢\U000e0100", "a\U0001d173", "😀\u200d", "👨\u200da", "🏴\U000e0061\U000e0062\U000e007f",
		"x\u2063y", "a\u17b4",
	}},
	{safezip.RuleBidiControl, []string{"a\u202egpj.exe", "\u200fa", "a\u200e", "\u061ca", "\u2066a\u2069",
		"\u202aa\u202c", "d\u2067/x", "a\u202d", "a\u202bb"}},
	{safezip.RuleLookalikeSeparator, []string{
		"a\u2215b", "..\u2215evil", "a\u2044b", "..\uff0fevil", "a\uff3cb", "a\u29f8b", "a\u2216b",
		"\u2024\u2024/evil", "a\u2025b", "\ufe52", "a\ufe68b", "\uff0e\uff0e/evil",
		"\u2105", "a\u2571b", "a\u29f5b", "\u27cba", "a\u2572b", "..\U0001f67cevil", "a\U0001f67d..\U0001f67db",
		"..\u00a5..\u00a5evil.exe", "a\u00a5..\u00a5b", "日本/..\u00a5x", "..\u20a9evil.exe", "a\u20a9\u2024\u2024\u20a9evil",
	}},
	{safezip.RuleUnassignedCharacter, []string{"a\u0378", "\U0001ffff", "\ufdd0a", "a\u2fe0b", "\U000e1000",
		"a\U0003fffe", "\u0c5b"}},
	{safezip.RuleControlCharacter, []string{"a\u0085b", "a\u009b31m", "\u0080", "a\u2028b", "d\u2029/x"}},
	{safezip.RuleInvalidName, []string{"\xff\xfe", "a\xc0\xafb", "a\xed\xa0\x80", "caf\xe9", "a\xf4\x90\x80\x80",
		"ä/\x80", "a\xe2\x80"}},
	{safezip.RuleReservedName, []string{"COM\u00b9", "lpt\u00b2.txt", "ü/com\u00b3"}},
	{safezip.RuleTrailingDotSpace, []string{"ä.", "日本 ", "ö./x"}},
	{safezip.RulePathTraversal, []string{"ä/../../x", "../日本"}},
}

// unicodePairs are names that are harmless alone and break a rule together.
var unicodePairs = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RuleNormalizationCollision, []string{"\u00e4", "a\u0308"}},
	{safezip.RuleNormalizationCollision, []string{"d\u00e9/x", "de\u0301/y"}},
	{safezip.RuleNormalizationCollision, []string{"\uac00.txt", "\u1100\u1161.txt"}},
	{safezip.RuleNormalizationCollision, []string{"a\u0323\u0301", "a\u0301\u0323"}},
	{safezip.RuleNormalizationCollision, []string{"\u212b", "\u00c5"}},
	{safezip.RuleNormalizationCollision, []string{"👨\u200d👩.png", "👨👩.png"}},
	{safezip.RuleNormalizationCollision, []string{"❤\ufe0f/x", "❤/y"}},
	{safezip.RuleNormalizationCollision, []string{"1\ufe0f\u20e3", "1\u20e3"}},
	{safezip.RuleCaseCollision, []string{"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f a", "🏴 A"}},
	{safezip.RuleCaseCollision, []string{"\u00c4", "\u00e4"}},
	{safezip.RuleCaseCollision, []string{"A\u0308", "\u00e4"}},
	{safezip.RuleCaseCollision, []string{"stra\u00dfe", "STRASSE"}},
	{safezip.RuleCaseCollision, []string{"Σας/x", "σασ/y"}},
	{safezip.RuleCaseCollision, []string{"\u13a0", "\uab70"}},
	{safezip.RuleCaseCollision, []string{"\u0130", "i\u0307"}},
	{safezip.RuleCaseCollision, []string{"\u1fb3", "\u1fbc"}},
	{safezip.RuleNormalizationCollision, []string{"\u212a.txt", "K.txt"}},
	{safezip.RuleCaseCollision, []string{"\ufb01", "fi"}},
	{safezip.RuleCaseCollision, []string{"\u017f", "S"}},
	{safezip.RuleDuplicateName, []string{"ä", "ä"}},
	{safezip.RuleFileDirCollision, []string{"日本", "日本/x"}},
}

func hostileUnicode() []recipe {
	var list []recipe
	for _, group := range badUnicode {
		for i, name := range group.names {
			list = append(list,
				archive(group.rule, "unicode-"+strconv.Itoa(i+1), named(name)),
				archive(group.rule, "unicode-"+strconv.Itoa(i+1)+"-among-others", file("erst"), named(name),
					file("zuletzt")))
		}
	}
	for i, p := range unicodePairs {
		var files []zipbuild.File
		for _, name := range p.names {
			files = append(files, named(name))
		}
		list = append(list, archive(p.rule, "unicode-names-"+strconv.Itoa(i+1), files...))
	}
	for i, name := range []string{"caf\xe9.txt", "\x82.txt", "\x93\xfa\x96\x7b.txt", "ä\xff"} {
		list = append(list, archive(safezip.RuleNameEncoding, "unicode-"+strconv.Itoa(i+1), unflagged(name)))
	}
	// UTF-8 without the flag is held to the same rules.
	for i, name := range []string{"ä/../../x", "日本\u202etxt.exe", "..\uff0fevil"} {
		rule := []limits.Rule{safezip.RulePathTraversal, safezip.RuleBidiControl, safezip.RuleLookalikeSeparator}[i]
		list = append(list, archive(rule, "unicode-unflagged-"+strconv.Itoa(i+1), unflagged(name)))
	}
	for i, second := range []string{"cafe.txt", "café.exe", "../café.txt", "ca/é.txt", "caf\xc3"} {
		list = append(list, archive(safezip.RuleUnicodePath, "unicode-"+strconv.Itoa(i+1),
			withUnicodePath("caf\x82.txt", "caf\x82.txt", second)))
	}
	list = append(list,
		archive(safezip.RuleUnicodePath, "of-another-name", withUnicodePath("caf\x82.txt", "cafe.txt", "café.txt")),
		archive(safezip.RuleUnicodePath, "in-one-header", edited("caf\x82.txt", func(f *zipbuild.File) {
			*f = withUnicodePath("caf\x82.txt", "caf\x82.txt", "café.txt")
			extra := f.Extra
			f.Extra = nil
			f.EditLocal = func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagUTF8; h.Extra = extra }
		})),
		archive(safezip.RuleDuplicateName, "two-unicode-paths", withUnicodePath("caf\x82.txt", "caf\x82.txt", "café.txt"),
			withUnicodePath("caf\x82.txt", "caf\x82.txt", "cafè.txt")),
		archive(safezip.RuleDuplicateName, "two-unicode-paths-below", withUnicodePath("d\x82/x", "d\x82/x", "dé/x"),
			file("y"), withUnicodePath("./d\x82/x", "./d\x82/x", "./dè/x")),
		archive(safezip.RuleDuplicateName, "unicode-path-of-a-name", withUnicodePath("é.txt", "é.txt", "è.txt"),
			named("é.txt")))
	return list
}

// unflagged returns a file whose entry does not say that its name is UTF-8.
func unflagged(name string) zipbuild.File {
	f := named(name)
	f.EditLocal = func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagUTF8 }
	f.EditCentral = f.EditLocal
	return f
}

// withUnicodePath returns such a file with a Unicode path extra field: the checksum of one name,
// and another name.
func withUnicodePath(name, checked, second string) zipbuild.File {
	f := unflagged(name)
	f.Extra = zipbuild.Block(0x7075, []byte{1}, zipbuild.CRC([]byte(checked)), second)
	return f
}

// goodUnicode come close to breaking the rule.
var goodUnicode = []struct {
	rule  limits.Rule
	names []string
}{
	{safezip.RuleInvisibleCharacter, []string{"👨\u200d👩\u200d👧.png", "❤\ufe0f", "1\ufe0f\u20e3",
		"🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", "👍🏽/x", "🇩🇪", "☎"}},
	{safezip.RuleBidiControl, []string{"שלום.txt", "مرحبا/ملف.pdf", "a-שלום"}},
	{safezip.RuleLookalikeSeparator, []string{"ノート.txt", "丿", "１．はじめに.doc", "待って…", "a：b", "½", "¥500..¥600.txt",
		"価格¥.txt", "₩1..5/.₩", "a．b", "٠"}},
	{safezip.RuleUnassignedCharacter, []string{"\U0001fae8", "\U00031350", "\ue000"}},
	{safezip.RuleControlCharacter, []string{"a\u00a0b", "Bildschirmfoto 9.41\u202fPM.png", "全角\u3000空白"}},
	{safezip.RuleInvalidName, []string{"\ufffd", "ä/ö/ü"}},
	{safezip.RuleNormalizationCollision, []string{"A\u0308rger.txt", "u\u0308ber/cafe\u0301", "\u1112\u1161\u11ab",
		"\u00fcber2", "ﬁ", "ｆｉ", "²", "2", "👨\u200d👩.png", "👨\u200d👩\u200d👧.png", "👨.png", "☎\ufe0f", "☎.txt"}},
	{safezip.RuleCaseCollision, []string{"ı", "i", "ä", "a", "Ж/x", "ё", "е"}},
	{safezip.RuleNonASCII, []string{"Übergrößen/straße.txt", "日本語.txt", "Документы/файл", "ελληνικά", "한국어", "हिन्दी",
		"ไทย", "José", "ⴰⵎⴰⵣⵉⵖ"}},
	{safezip.RuleNameEncoding, []string{"naïve"}},
	{safezip.RuleReservedName, []string{"com⁴", "cön"}},
}

func benignUnicode() []recipe {
	var list []recipe
	for _, group := range goodUnicode {
		var files []zipbuild.File
		for _, name := range group.names {
			f := named(name)
			// Of Unix: unzip on Debian takes names from FAT for CP850, whatever the entry says.
			f.Mode = 0o100644
			files = append(files, f)
		}
		list = append(list, archive(group.rule, "unicode-neighbours", files...))
	}
	for i, name := range []string{"Übergrößen/straße.txt", "日本語.txt", "e\u0301.txt", "👍🏽"} {
		list = append(list, archive(safezip.RuleNameEncoding, "unicode-unflagged-"+strconv.Itoa(i+1), unflagged(name)))
	}
	return append(list, archive(safezip.RuleUnicodePath, "unicode-that-agrees",
		withUnicodePath("café.txt", "café.txt", "café.txt")))
}
