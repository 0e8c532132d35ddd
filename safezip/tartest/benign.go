package tartest

import (
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func benignStructure() []recipe {
	zeros := func(n int) recipe {
		return recipe{safetar.RuleTrailingData, "padded-by-" + tarbuild.Octal(int64(n)),
			func() []byte { return append(tarbuild.Archive(file("a")), make([]byte, n)...) }}
	}
	signed := file("a\x7f")
	signed.Name = "a"
	return []recipe{
		archive(safetar.RuleHeaderChecksum, "usual", file("a")),
		archive(safetar.RuleHeaderChecksum, "seven-digits",
			edited(func(h *tarbuild.Header) { h.Sum = sumOf(file("a"), "%07o\x00") })),
		archive(safetar.RuleHeaderChecksum, "spaces-before",
			edited(func(h *tarbuild.Header) { h.Sum = sumOf(file("a"), "%6o\x00 ") })),
		archive(safetar.RuleNumberFormat, "spaces",
			edited(func(h *tarbuild.Header) { h.Size, h.Mode = "        115 ", "   644 " })),
		archive(safetar.RuleNumberFormat, "space-at-the-end", edited(func(h *tarbuild.Header) { h.Size = "00000000115 " })),
		archive(safetar.RuleNumberFormat, "base-256",
			edited(func(h *tarbuild.Header) { h.Size = tarbuild.Binary(int64(len(text))) })),
		archive(safetar.RuleNumberFormat, "time-before-1970",
			edited(func(h *tarbuild.Header) { h.Time = tarbuild.Binary(-86400) })),
		archive(safetar.RuleNumberFormat, "nothing", tarbuild.Header{Name: "a", Edit: func(b []byte) {
			clear(b[108:136]) // Owner and size.
			clear(b[136:148])
		}}),
		archive(safetar.RuleNumberFormat, "device-of-spaces", device(file("a"), "       ")),
		archive(safetar.RuleNumberFormat, "device-below-zero", device(file("a"), "\xff\xff\xff\xff\xff\xff\xff\xff")),
		archive(safetar.RuleNumberFormat, "star", star(file("a"), "prefix", "14616140632 ")),
		archive(safetar.RuleNumberFormat, "pax-owner", tarbuild.Pax("uid", "4294967294", "gid", "65534", "atime", "-1.5",
			"ctime", "1"), file("a")),
		archive(safetar.RulePaxConflict, "the-same-size", tarbuild.Pax("size", "77"), file("a")),
		archive(safetar.RulePaxConflict, "path-instead-of-the-name", tarbuild.Pax("path", "the/real/name"), file("a")),
		archive(safetar.RuleMalformed, "long-name-without-nul", tarbuild.Header{Name: "././@LongLink",
			Type: tarbuild.TypeLongName, Magic: tarbuild.GNU, Data: []byte(strings.Repeat("n", 120))}, gnu(file("n"))),
		archive(safetar.RuleMalformed, "padding-of-a-file", edited(func(h *tarbuild.Header) {
			h.Data, h.Size = []byte("abcdef"), tarbuild.Octal(3)
		})),
		archive(safetar.RuleSparse, "names-and-devices-of-gnu", gnu(device(file("a"), "0000001"))),
		archive(safetar.RulePaxConflict, "long-name-and-long-link-alone", tarbuild.LongName(strings.Repeat("n", 120)),
			gnu(file("n"))),
		archive(safetar.RuleDuplicateRecord, "each-its-own", tarbuild.Pax("path", "b"), file("a"), tarbuild.Pax("path", "c"),
			file("a")),
		archive(safetar.RuleRecordOrder, "global-then-pax", tarbuild.Global("comment", "c0ffee"), tarbuild.Pax("path", "b"),
			file("a")),
		archive(safetar.RuleRecordTarget, "global-before-the-last", file("a"), tarbuild.Global("comment", "c0ffee"),
			file("b")),
		archive(safetar.RuleMalformed, "pax-empty-value", tarbuild.Pax("uname", "", "path", "b"), file("a")),
		archive(safetar.RuleMalformed, "pax-value-with-newline", tarbuild.Pax("comment", "a\nb=c\n"), file("a")),
		archive(safetar.RuleMalformed, "pax-empty", tarbuild.Pax(), file("a")),
		archive(safetar.RuleGlobalHeader, "comment", tarbuild.Global("comment", "c0ffee"), file("a")),
		archive(safetar.RuleVendorKeys, "attributes", tarbuild.Pax("SCHILY.xattr.user.a", "b", "LIBARCHIVE.creationtime", "1",
			"SCHILY.dev", "1", "SCHILY.ino", "2", "SCHILY.nlink", "1", "atime", "1.5", "ctime", "1.25"), file("a")),
		archive(safetar.RuleSparse, "zeros", tarbuild.Header{Name: "a", Data: make([]byte, 100_000)}),
		archive(safetar.RuleSpecialFile, "owner", edited(func(h *tarbuild.Header) { h.Mode = "0004755" })),
		archive(safetar.RuleSymlink, "link-field-of-a-file", edited(func(h *tarbuild.Header) { h.Link = "target" })),
		archive(safetar.RuleUnknownType, "old-type", edited(func(h *tarbuild.Header) { h.Type = tarbuild.OldType })),
		archive(safetar.RuleSizeOnLink, "empty-file", tarbuild.Header{Name: "a"}),
		archive(safetar.RuleDirectoryWithData, "empty-directory", dir("d")),
		archive(safetar.RuleTypeMismatch, "directory-without-slash", dir("d"), file("d/a")),
		archive(safetar.RuleOldFormat, "gnu", gnu(file("a"))),
		archive(safetar.RuleOldFormat, "v7", edited(func(h *tarbuild.Header) { h.Magic = tarbuild.Old })),
		archive(safetar.RuleOldFormat, "v7-type",
			edited(func(h *tarbuild.Header) { h.Magic, h.Type = tarbuild.Old, tarbuild.OldType })),
		archive(safetar.RuleOldFormat, "v7-of-gnu-tar", edited(func(h *tarbuild.Header) {
			h.Magic, h.Edit = tarbuild.Old, func(b []byte) { copy(b[329:], "0000000\x000000000") }
		})),
		archive(safetar.RuleOldFormat, "v7-directory", tarbuild.Header{Name: "d/", Magic: tarbuild.Old,
			Type: tarbuild.OldType}, file("d/a")),
		archive(safetar.RuleTypeMismatch, "old-type-under-pax", tarbuild.Pax("path", "a"),
			edited(func(h *tarbuild.Header) { h.Type = tarbuild.OldType })),
		archive(safetar.RuleTypeMismatch, "name-cut-off-at-a-slash",
			tarbuild.Pax("path", strings.Repeat("n", 99)+"/a"),
			edited(func(h *tarbuild.Header) { h.Name = strings.Repeat("n", 99) + "/" })),
		archive(safetar.RuleInvalidName, "root-without-slash", dir("."), file("./a")),
		archive(safetar.RuleTruncated, "full-blocks", tarbuild.Header{Name: "a", Data: make([]byte, 1024)}),
		archive(safetar.RuleMissingEnd, "nothing"),
		zeros(8192), zeros(1), zeros(511),
		archive(safetar.RuleNumberFormat, "pax-time", tarbuild.Pax("mtime", "-1.5"), file("a"),
			tarbuild.Pax("mtime", "1700000000.123456789"), file("b")),
	}
}

func hostileLinks() []recipe {
	symlink := func(name string, headers ...tarbuild.Header) recipe {
		return archive(safetar.RuleSymlink, name, headers...)
	}
	hard := func(name string, headers ...tarbuild.Header) recipe {
		return archive(safetar.RuleSpecialFile, name, headers...)
	}
	return []recipe{
		symlink("absolute-file", link(tarbuild.TypeSymlink, "b", "/etc/passwd")),
		symlink("parent-itself", link(tarbuild.TypeSymlink, "b", "../b")),
		symlink("to-nothing", link(tarbuild.TypeSymlink, "b", "a")),
		symlink("circle", link(tarbuild.TypeSymlink, "a", "b"), link(tarbuild.TypeSymlink, "b", "a")),
		symlink("empty", link(tarbuild.TypeSymlink, "b", "")),
		symlink("chain-out", dir("d/"), link(tarbuild.TypeSymlink, "a", "d"), link(tarbuild.TypeSymlink, "b", "a/../..")),
		symlink("out-by-its-text", file("d/e/f/x"), file("d/y"), link(tarbuild.TypeSymlink, "a", "d/e/f"),
			link(tarbuild.TypeSymlink, "b", "a/../../y")),
		symlink("out-by-its-text-from-below", file("d/e/f/x"), file("d/y"), link(tarbuild.TypeSymlink, "a", "d/e/f"),
			link(tarbuild.TypeSymlink, "d/b", "../a/../../../d/y")),
		symlink("two-places-by-its-text", file("d/e/x"), file("d/y"), file("y"), link(tarbuild.TypeSymlink, "a", "d/e"),
			link(tarbuild.TypeSymlink, "b", "a/../y")),
		symlink("to-a-file-with-slash", file("a"), link(tarbuild.TypeSymlink, "b", "a/")),
		archive(safetar.RuleFileDirCollision, "through-a-link", dir("d/"), link(tarbuild.TypeSymlink, "a", "d"),
			file("a/evil")),
		archive(safetar.RuleDuplicateName, "link-then-file", file("x"), link(tarbuild.TypeSymlink, "a", "x"), file("a")),
		archive(safetar.RuleAbsolutePath, "hard-link", link(tarbuild.TypeHardLink, "b", "/etc/passwd")),
		hard("to-nothing", link(tarbuild.TypeHardLink, "b", "a")),
		hard("to-a-later-file", link(tarbuild.TypeHardLink, "b", "a"), file("a")),
		hard("to-a-directory", dir("d/"), link(tarbuild.TypeHardLink, "b", "d")),
		hard("to-itself", link(tarbuild.TypeHardLink, "b", "b")),
		hard("to-a-link", file("a"), link(tarbuild.TypeSymlink, "s", "a"), link(tarbuild.TypeHardLink, "b", "s")),
		archive(safetar.RulePathTraversal, "hard-out", file("a"), link(tarbuild.TypeHardLink, "b", "../a")),
	}
}

func benignLinks() []recipe {
	return []recipe{
		archive(safetar.RuleSymlink, "to-a-file", file("a"), link(tarbuild.TypeSymlink, "b", "a")),
		archive(safetar.RuleSymlink, "to-a-directory-that-comes-later", link(tarbuild.TypeSymlink, "b", "d"), dir("d/"),
			file("d/a")),
		archive(safetar.RuleSymlink, "dots-and-slashes", file("d/a"), link(tarbuild.TypeSymlink, "b", "./d/a"),
			link(tarbuild.TypeSymlink, "c", "d/"), link(tarbuild.TypeSymlink, "d/here", "."),
			link(tarbuild.TypeSymlink, "d/up", "../d//./a")),
		archive(safetar.RuleSymlink, "up-through-a-link", file("d/a"), dir("e/"), link(tarbuild.TypeSymlink, "f", "e"),
			link(tarbuild.TypeSymlink, "g", "f/../d/a")),
		archive(safetar.RuleSymlink, "long", tarbuild.LongLink(strings.Repeat("n", 120)),
			gnu(link(tarbuild.TypeSymlink, "b", "n")),
			tarbuild.LongName(strings.Repeat("n", 120)), gnu(file("n"))),
		archive(safetar.RuleTypeMismatch, "long-target-in-long-link-alone", tarbuild.LongName(strings.Repeat("n", 120)),
			gnu(file("n")), tarbuild.LongLink(strings.Repeat("n", 120)), gnu(link(tarbuild.TypeSymlink, "b", "")),
			tarbuild.LongLink(strings.Repeat("n", 120)), gnu(link(tarbuild.TypeHardLink, "c", ""))),
		archive(safetar.RuleTypeMismatch, "long-target-in-pax-alone", tarbuild.Pax("path", strings.Repeat("n", 100)),
			file("n"), tarbuild.Pax("linkpath", strings.Repeat("n", 100)), link(tarbuild.TypeSymlink, "b", "")),
		archive(safetar.RuleTypeMismatch, "target-beyond-ascii-in-pax-alone", tarbuild.Pax("path", "\u65e5\u672c"),
			file("x"), tarbuild.Pax("linkpath", "\u65e5\u672c"), link(tarbuild.TypeSymlink, "b", "")),
		archive(safetar.RuleTypeMismatch, "target-in-pax-and-in-part-in-the-header", file("a/\u65e5"),
			tarbuild.Pax("linkpath", "a/\u65e5"), link(tarbuild.TypeSymlink, "b", "a/")),
		archive(safetar.RuleSpecialFile, "hard-link", file("d/a"), link(tarbuild.TypeHardLink, "b", "d/a")),
		archive(safetar.RuleSpecialFile, "hard-link-with-dot", file("./a"), link(tarbuild.TypeHardLink, "./e/b", "./a")),
		archive(safetar.RuleSpecialFile, "hard-link-to-a-hard-link", file("a"), link(tarbuild.TypeHardLink, "b", "a"),
			link(tarbuild.TypeHardLink, "c", "b")),
	}
}
