package tartest

import (
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// named returns a recipe for an archive of one file of the name.
func named(rule limits.Rule, name, entry string) recipe { return archive(rule, name, long(entry)...) }

// long returns a file whose name is in a pax header if its own does not hold it.
func long(name string) []tarbuild.Header {
	if len(name) <= 100 {
		return []tarbuild.Header{file(name)}
	}
	return []tarbuild.Header{tarbuild.Pax("path", name), file(name[:100])}
}

func hostileNames() []recipe {
	component := strings.Repeat("n", 256)
	return []recipe{
		named(safetar.RulePathTraversal, "parent", "../evil"),
		named(safetar.RulePathTraversal, "parent-twice", "../../etc/cron.d/evil"),
		named(safetar.RulePathTraversal, "inside", "a/../../evil"),
		named(safetar.RulePathTraversal, "within", "a/b/../c"),
		named(safetar.RulePathTraversal, "at-the-end", "a/.."),
		named(safetar.RulePathTraversal, "backslash", `..\evil`),
		archive(safetar.RulePathTraversal, "in-pax", tarbuild.Pax("path", "../evil"), file("a")),
		archive(safetar.RulePathTraversal, "in-long-name", tarbuild.LongName("../evil"), gnu(file("a"))),
		archive(safetar.RulePathTraversal, "in-prefix", edited(func(h *tarbuild.Header) { h.Prefix = ".." })),
		archive(safetar.RulePathTraversal, "directory", dir("../d/")),
		archive(safetar.RulePathTraversal, "second", file("a"), file("../b")),
		named(safetar.RuleAbsolutePath, "root", "/etc/passwd"),
		named(safetar.RuleAbsolutePath, "root-dot", "/./etc/passwd"),
		named(safetar.RuleAbsolutePath, "backslash", `\evil`),
		archive(safetar.RuleAbsolutePath, "in-prefix", edited(func(h *tarbuild.Header) { h.Prefix = "/etc" })),
		named(safetar.RuleDriveOrUNC, "drive", `C:\evil`),
		named(safetar.RuleDriveOrUNC, "drive-relative", "c:evil"),
		named(safetar.RuleDriveOrUNC, "share", `\\server\share\evil`),
		named(safetar.RuleDriveOrUNC, "two-slashes", "//server/share/evil"),
		named(safetar.RuleControlCharacter, "newline", "a\nb"),
		named(safetar.RuleControlCharacter, "escape", "a\x1b[2Jb"),
		named(safetar.RuleControlCharacter, "del", "a\x7f"),
		named(safetar.RuleInvalidName, "empty", ""),
		named(safetar.RuleInvalidName, "empty-component", "a//b"),
		named(safetar.RuleInvalidName, "dot-component", "a/./b"),
		archive(safetar.RuleInvalidName, "nul-in-pax", tarbuild.Pax("path", "a\x00b"), file("a")),
		named(safetar.RuleBackslash, "directory", `a\b`),
		named(safetar.RuleBackslash, "at-the-end", `a\`),
		archive(safetar.RuleBackslash, "in-directory", dir(`a\b/`)),
		named(safetar.RuleReservedName, "nul", "NUL"),
		named(safetar.RuleReservedName, "extension", "con.txt"),
		named(safetar.RuleReservedName, "inside", "a/lpt1/b"),
		named(safetar.RuleTrailingDotSpace, "dot", "a.exe."),
		named(safetar.RuleTrailingDotSpace, "space", "a.exe "),
		named(safetar.RuleTrailingDotSpace, "inside", "a./b"),
		named(safetar.RuleIllegalCharacter, "stream", "ab:c"),
		named(safetar.RuleIllegalCharacter, "wildcard", "a*"),
		named(safetar.RuleIllegalCharacter, "quote", `a"b`),
		named(safetar.RuleLongName, "component", component),
		named(safetar.RuleLongName, "path", strings.Repeat(strings.Repeat("n", 200)+"/", 21)+"a"),
		archive(safetar.RuleLongName, "in-long-name", tarbuild.LongName(component), gnu(file("a"))),
		named(safetar.RuleNonASCII, "letter", "ä"),
		named(safetar.RuleNonASCII, "directory", "ä/b"),
		archive(safetar.RuleNonASCII, "in-pax", tarbuild.Pax("path", "日本"), file("a")),
		archive(safetar.RuleCaseCollision, "files", file("a"), file("A")),
		archive(safetar.RuleCaseCollision, "directories", file("d/a"), file("D/b")),
		archive(safetar.RuleCaseCollision, "file-and-directory", file("d"), file("D/b")),
		archive(safetar.RuleShortNameCollision, "directory", file("Program Files/x"), file("PROGRA~1/y")),
		archive(safetar.RuleShortNameCollision, "file", file("d/REPORT~1.DOC"), file("d/report-final.docx")),
		archive(safetar.RuleShortNameCollision, "of-a-dot-file", file(".htaccess"), file("HTACCE~1")),
		archive(safetar.RuleDuplicateName, "files", file("a"), file("a")),
		archive(safetar.RuleDuplicateName, "dot", file("a"), file("./a")),
		archive(safetar.RuleDuplicateName, "by-pax", file("a"), tarbuild.Pax("path", "a"), file("b")),
		archive(safetar.RuleDuplicateName, "directory-of-another-mode", dir("d/"),
			tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir, Mode: "0000700"}),
		archive(safetar.RuleFileDirCollision, "file-then-inside", file("a"), file("a/b")),
		archive(safetar.RuleFileDirCollision, "inside-then-file", file("a/b"), file("a")),
		archive(safetar.RuleFileDirCollision, "file-then-directory", file("a"), dir("a/")),
	}
}

// gnu gives a header the magic of GNU tar.
func gnu(h tarbuild.Header) tarbuild.Header {
	h.Magic = tarbuild.GNU
	return h
}

func benignNames() []recipe {
	component := strings.Repeat("n", 255)
	return []recipe{
		named(safetar.RulePathTraversal, "dots-in-a-name", "a..b/...c"),
		archive(safetar.RulePathTraversal, "dot-slash", dir("./"), file("./a"), dir("./d/"), file("./d/b")),
		named(safetar.RuleAbsolutePath, "slashes-inside", "etc/passwd"),
		named(safetar.RuleDriveOrUNC, "one-letter", "C/evil"),
		named(safetar.RuleControlCharacter, "space", "a b"),
		named(safetar.RuleInvalidName, "leading-dot", ".a/.b"),
		archive(safetar.RuleInvalidName, "prefix-and-name-full", tarbuild.Header{Name: strings.Repeat("n", 100),
			Prefix: strings.Repeat("p", 155), Data: text}),
		named(safetar.RuleBackslash, "slash", "a/b"),
		named(safetar.RuleReservedName, "longer", "console.txt"),
		named(safetar.RuleTrailingDotSpace, "leading", " a/.b"),
		named(safetar.RuleIllegalCharacter, "legal", "a+b=c&(d)[e]{f}~!@#$%^'`,;"),
		named(safetar.RuleLongName, "component", component),
		archive(safetar.RuleLongName, "long-name", tarbuild.LongName(component), gnu(file(component[:100]))),
		named(safetar.RuleNonASCII, "tilde", "a~b"),
		archive(safetar.RuleCaseCollision, "other-names", file("a"), file("b"), file("aA")),
		archive(safetar.RuleShortNameCollision, "in-another-directory", file("PROGRA~1/x"), file("d/Program Files/y")),
		archive(safetar.RuleDuplicateName, "directory-twice", dir("d/"), file("d/a"), dir("d/")),
		archive(safetar.RuleDuplicateName, "root-twice", dir("./"), file("a"), dir("./")),
		archive(safetar.RuleFileDirCollision, "directory-after-its-files", file("d/a"), dir("d/")),
	}
}

func hostileUnicode() []recipe {
	return []recipe{
		named(safetar.RuleInvisibleCharacter, "zero-width-space", "a\u200bb"),
		named(safetar.RuleInvisibleCharacter, "filler", "a\u3164"),
		named(safetar.RuleInvisibleCharacter, "tag", "a\U000e0041"),
		named(safetar.RuleBidiControl, "override", "exe.\u202egpj"),
		named(safetar.RuleBidiControl, "isolate", "a\u2066b"),
		named(safetar.RuleBidiControl, "mark", "a\u200fb"),
		named(safetar.RuleLookalikeSeparator, "fullwidth-slash", "a\uff0fb"),
		named(safetar.RuleLookalikeSeparator, "division-slash", "a\u2215b"),
		named(safetar.RuleLookalikeSeparator, "two-dot-leader", "\u2025/a"),
		named(safetar.RuleUnassignedCharacter, "plane-14", "a\U000e1000"),
		named(safetar.RuleUnassignedCharacter, "greek", "a\u0378"),
		named(safetar.RuleUnassignedCharacter, "noncharacter", "a\uffff"),
		archive(safetar.RuleNormalizationCollision, "composed", file("\u00e4"), file("a\u0308")),
		archive(safetar.RuleNormalizationCollision, "angstrom", file("\u212b"), file("\u00c5")),
		archive(safetar.RuleNormalizationCollision, "directories", file("\u00e4/a"), file("a\u0308/b")),
		archive(safetar.RuleNormalizationCollision, "joiner-in-emoji", file("👨\u200d👩"), file("👨👩")),
		archive(safetar.RuleNormalizationCollision, "selector-in-emoji", file("❤\ufe0f/a"), file("❤/b")),
		archive(safetar.RuleCaseCollision, "selector-and-case", file("❤\ufe0f a"), file("❤ A")),
		named(safetar.RuleLookalikeSeparator, "yen", "..\u00a5evil"),
		named(safetar.RuleLookalikeSeparator, "won-below", "a/b\u20a9..\u20a9c"),
		named(safetar.RuleLookalikeSeparator, "box-drawing", "..\u2572evil"),
		archive(safetar.RuleNameEncoding, "binary", tarbuild.Pax("hdrcharset", "BINARY", "path", "\xe4"), file("a")),
		archive(safetar.RuleNameEncoding, "latin-1", tarbuild.Pax("hdrcharset", "ISO-IR 8859 1 1998", "path", "\xe4"),
			file("a")),
		archive(safetar.RuleNameEncoding, "in-directory", tarbuild.Pax("hdrcharset", "BINARY", "path", "\xe4/b"), file("a")),
		archive(safetar.RuleInvalidName, "not-utf-8", file("a\xff")),
		archive(safetar.RuleCaseCollision, "beyond-ascii", file("Ä"), file("ä")),
	}
}

func benignUnicode() []recipe {
	return []recipe{
		named(safetar.RuleInvisibleCharacter, "emoji", "👩\u200d👩\u200d👧.png"),
		named(safetar.RuleBidiControl, "hebrew", "שלום"),
		named(safetar.RuleLookalikeSeparator, "katakana-no", "ノ/a"),
		named(safetar.RuleUnassignedCharacter, "assigned", "aͷ"),
		named(safetar.RuleNormalizationCollision, "decomposed-alone", "a\u0308"),
		archive(safetar.RuleNormalizationCollision, "emoji", file("👨\u200d👩"), file("👨\u200d👩\u200d👧"), file("👨"),
			file("❤\ufe0f")),
		named(safetar.RuleLookalikeSeparator, "price", "¥500..¥600/₩1"),
		archive(safetar.RuleNameEncoding, "utf-8", tarbuild.Pax("hdrcharset", "ISO-IR 10646 2000 UTF-8", "path", "ä"),
			file("a")),
		archive(safetar.RuleNameEncoding, "binary-ascii", tarbuild.Pax("hdrcharset", "BINARY", "path", "b"), file("a")),
		archive(safetar.RuleNonASCII, "in-long-name", tarbuild.LongName("ä"), gnu(file("a"))),
	}
}
