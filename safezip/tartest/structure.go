package tartest

import (
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func hostileHeaders() []recipe {
	size := func(name, field string) recipe {
		return archive(safetar.RuleNumberFormat, name, edited(func(h *tarbuild.Header) { h.Size = field }))
	}
	mode := func(name, field string) recipe {
		return archive(safetar.RuleNumberFormat, name, edited(func(h *tarbuild.Header) { h.Mode = field }))
	}
	bit := edited(func(h *tarbuild.Header) { h.Sum = "0000000\x00" })
	later := tarbuild.Archive(file("a"), file("b"))
	later[2*tarbuild.BlockSize] ^= 1
	return []recipe{
		archive(safetar.RuleHeaderChecksum, "zero", bit),
		archive(safetar.RuleHeaderChecksum, "not-octal", edited(func(h *tarbuild.Header) { h.Sum = "xxxxxx\x00 " })),
		raw(safetar.RuleHeaderChecksum, "one-bit-of-the-second", later...),
		raw(safetar.RuleHeaderChecksum, "text", []byte(strings.Repeat("this is no archive. ", 100))...),
		raw(safetar.RuleHeaderChecksum, "zip", append([]byte("PK\x03\x04"), make([]byte, 1020)...)...),
		size("size-not-octal", "00000000099"),
		size("size-not-terminated", "000000000115"),
		size("size-blank", "            "),
		size("size-below-zero", tarbuild.Binary(-77)),
		size("size-above-2^63", "\x80\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x4d"),
		size("size-2^63", "\x80\x00\x00\x00\x80\x00\x00\x00\x00\x00\x00\x00"),
		size("size-two-numbers", "115 0000115"),
		size("size-minus", "-0000000115"),
		size("size-hexadecimal", "0x4d"),
		mode("mode-not-octal", "0000888"),
		mode("mode-not-terminated", "00000644"),
		archive(safetar.RuleNumberFormat, "pax-size-negative", tarbuild.Pax("size", "-1"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-size-2^63", tarbuild.Pax("size", "9223372036854775808"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-size-octal", tarbuild.Pax("size", "0x4d"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-size-plus", tarbuild.Pax("size", "+77"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-time", tarbuild.Pax("mtime", "yesterday"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-access-time", tarbuild.Pax("atime", "a", "path", "a"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-change-time", tarbuild.Pax("ctime", "1.5.5"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-owner", tarbuild.Pax("uid", "root"), file("a")),
		archive(safetar.RuleNumberFormat, "pax-group-2^63", tarbuild.Pax("gid", "9223372036854775808"), file("a")),
		archive(safetar.RuleNumberFormat, "device", device(file("a"), "0000008")),
		archive(safetar.RuleNumberFormat, "device-of-gnu", device(gnu(file("a")), "a")),
		archive(safetar.RuleNumberFormat, "star-time", star(file("a"), "prefix", "yesterday")),
		archive(safetar.RuleOldFormat, "owner-without-magic", edited(func(h *tarbuild.Header) {
			h.Magic, h.Edit = tarbuild.Old, func(b []byte) { copy(b[265:], "root") }
		})),
		archive(safetar.RuleOldFormat, "device-without-magic", edited(func(h *tarbuild.Header) {
			h.Magic, h.Edit = tarbuild.Old, func(b []byte) { copy(b[329:], "0000001") }
		})),
		archive(safetar.RuleOldFormat, "blanks", edited(func(h *tarbuild.Header) { h.Magic = "        " })),
		archive(safetar.RuleOldFormat, "other-magic", edited(func(h *tarbuild.Header) { h.Magic = "ustar00\x00" })),
		archive(safetar.RuleOldFormat, "upper-case", edited(func(h *tarbuild.Header) { h.Magic = "USTAR\x0000" })),
		archive(safetar.RuleMalformed, "gnu-with-prefix",
			edited(func(h *tarbuild.Header) { h.Magic, h.Prefix = tarbuild.GNU, "other" })),
		archive(safetar.RuleInvalidName, "file-of-the-name-of-the-root", file(".")),
		archive(safetar.RuleMalformed, "star-with-a-long-prefix", star(file("a"), strings.Repeat("p/", 70), "")),
	}
}

// goesOn returns a record that says it is so long, and goes on in its padding.
func goesOn(h tarbuild.Header, size int) tarbuild.Header {
	h.Size = tarbuild.Octal(int64(size))
	return h
}

// ofGNU returns a header with something in the fields that GNU tar has for sparse files.
func ofGNU(h tarbuild.Header, at int, field string) tarbuild.Header {
	h.Edit = func(b []byte) { copy(b[at:], field) }
	return h
}

func hostileRecords() []recipe {
	pax := func(name string, body string) recipe {
		return archive(safetar.RuleMalformed, name, tarbuild.Header{Name: "pax", Type: tarbuild.TypePax, Data: []byte(body)},
			file("a"))
	}
	inner := tarbuild.Open(file("hidden"))
	sized := func(name, size string, data []byte, keys ...string) recipe {
		return archive(safetar.RulePaxConflict, name, tarbuild.Pax(keys...),
			edited(func(h *tarbuild.Header) { h.Size, h.Data = size, data }))
	}
	return []recipe{
		// The family of CVE-2025-62518: a reader of the pax size skips the archive within, a reader of
		// the header's does not.
		sized("size-0-and-an-archive-inside", tarbuild.Octal(0), inner, "size", "1024"),
		sized("size-smaller", tarbuild.Octal(1024), inner, "size", "0"),
		sized("size-larger", tarbuild.Octal(10), text, "size", "77"),
		sized("size-largest-octal", "77777777777", inner, "size", "1024"),
		archive(safetar.RulePaxConflict, "size-of-a-directory", tarbuild.Pax("size", "1024"), dir("d/")),
		archive(safetar.RulePaxConflict, "size-huge-and-header-not-zero", tarbuild.Pax("size", "8589934592"), file("a")),
		archive(safetar.RulePaxConflict, "path-and-long-name", tarbuild.Pax("path", "a"), tarbuild.LongName("b"),
			gnu(file("c"))),
		archive(safetar.RulePaxConflict, "long-name-and-path", tarbuild.LongName("b"), tarbuild.Pax("path", "a"),
			gnu(file("c"))),
		archive(safetar.RulePaxConflict, "link-and-long-link", tarbuild.LongLink("b"), tarbuild.Pax("linkpath", "a"),
			link(tarbuild.TypeSymlink, "c", "d")),
		archive(safetar.RulePaxConflict, "global-path", tarbuild.Global("path", "evil"), file("a")),
		archive(safetar.RulePaxConflict, "global-size", tarbuild.Global("size", "0"), file("a")),
		archive(safetar.RuleDuplicateRecord, "key-twice", tarbuild.Pax("path", "a", "path", "b"), file("c")),
		archive(safetar.RuleDuplicateRecord, "size-twice", tarbuild.Pax("size", "77", "size", "77"), file("c")),
		archive(safetar.RuleDuplicateRecord, "two-pax-headers", tarbuild.Pax("path", "a"), tarbuild.Pax("mtime", "1"),
			file("c")),
		archive(safetar.RuleDuplicateRecord, "two-long-names", tarbuild.LongName("a"), tarbuild.LongName("b"),
			gnu(file("c"))),
		archive(safetar.RuleDuplicateRecord, "two-long-links", tarbuild.LongLink("a"), tarbuild.LongLink("b"),
			gnu(link(tarbuild.TypeSymlink, "c", "d"))),
		archive(safetar.RuleDuplicateRecord, "comment-twice", tarbuild.Global("comment", "a", "comment", "b"), file("c")),
		archive(safetar.RuleRecordOrder, "global-within", tarbuild.Pax("path", "a"), tarbuild.Global("comment", "b"),
			file("c")),
		archive(safetar.RuleRecordOrder, "global-after-long-name", tarbuild.LongName("a"), tarbuild.Global("comment", "b"),
			gnu(file("c"))),
		archive(safetar.RuleRecordOrder, "pax-and-long-name", tarbuild.Pax("mtime", "1"), tarbuild.LongName("b"),
			gnu(file("c"))),
		archive(safetar.RuleRecordOrder, "long-name-and-pax", tarbuild.LongName("b"), tarbuild.Pax("mtime", "1"),
			gnu(file("c"))),
		archive(safetar.RuleRecordTarget, "pax-at-the-end", file("a"), tarbuild.Pax("path", "b")),
		archive(safetar.RuleRecordTarget, "global-at-the-end", file("a"), tarbuild.Global("comment", "c0ffee")),
		archive(safetar.RuleRecordTarget, "pax-alone", tarbuild.Pax("path", "b")),
		archive(safetar.RuleRecordTarget, "long-name-at-the-end", file("a"), tarbuild.LongName("b")),
		pax("pax-too-long", "99 path=a\n"),
		pax("pax-too-short", "5 path=a\n"),
		pax("pax-no-length", "path=a\n"),
		pax("pax-no-equals", "8 patha\n"),
		pax("pax-no-newline", "10 path=ab"),
		pax("pax-zero-padded", "010 path=a\n"),
		pax("pax-nul-at-the-end", "10 path=a\n\x00"),
		pax("pax-empty-key", "4 =\n"),
		archive(safetar.RuleMalformed, "pax-owner-with-nul", tarbuild.Pax("uname", "root\x00"), file("a")),
		archive(safetar.RuleMalformed, "pax-link-of-a-file-with-nul", tarbuild.Pax("linkpath", "a\x00b"), file("a")),
		archive(safetar.RuleMalformed, "pax-empty-path", tarbuild.Pax("path", ""), file("a")),
		archive(safetar.RuleMalformed, "long-name-empty", tarbuild.LongName(""), gnu(file("a"))),
		archive(safetar.RuleMalformed, "long-name-with-nul", tarbuild.LongName("a\x00b"), gnu(file("a"))),
		archive(safetar.RuleMalformed, "long-name-goes-on", goesOn(tarbuild.LongName("a.txt/../../evil"), len("a.txt")),
			gnu(file("c"))),
		archive(safetar.RuleMalformed, "long-link-goes-on", goesOn(tarbuild.LongLink("a/../../evil"), 1),
			gnu(link(tarbuild.TypeSymlink, "c", "d"))),
		archive(safetar.RuleMalformed, "pax-goes-on", goesOn(tarbuild.Pax("comment", "x", "path", "evil"),
			len(tarbuild.Records("comment", "x"))), file("c")),
		archive(safetar.RuleMalformed, "global-goes-on", goesOn(tarbuild.Global("comment", "x", "path", "evil"),
			len(tarbuild.Records("comment", "x"))), file("c")),
		archive(safetar.RuleMalformed, "record-too-large", tarbuild.Header{Name: "pax", Type: tarbuild.TypePax,
			Size: tarbuild.Octal(1<<20 + 1)}, file("a")),
		archive(safetar.RuleGlobalHeader, "owner", tarbuild.Global("uname", "root"), file("a")),
		archive(safetar.RuleGlobalHeader, "time", tarbuild.Global("comment", "x", "mtime", "1"), file("a")),
		archive(safetar.RuleGlobalHeader, "vendor", tarbuild.Global("SCHILY.xattr.user.a", "1"), file("a")),
		archive(safetar.RuleVendorKeys, "unknown", tarbuild.Pax("ACME.content", "other"), file("a")),
		archive(safetar.RuleVendorKeys, "lower-case", tarbuild.Pax("filetype", "dir"), file("a")),
		archive(safetar.RuleVendorKeys, "among-others", tarbuild.Pax("mtime", "1", "SCHILY.filetype", "link", "path", "b"),
			file("a")),
		archive(safetar.RuleSparse, "pax-0.0", tarbuild.Pax("GNU.sparse.size", "1000", "GNU.sparse.numblocks", "0"),
			file("a")),
		archive(safetar.RuleSparse, "pax-1.0", tarbuild.Pax("GNU.sparse.major", "1", "GNU.sparse.minor", "0",
			"GNU.sparse.name", "b", "GNU.sparse.realsize", "1000"), file("a")),
		archive(safetar.RuleSparse, "star", tarbuild.Pax("SCHILY.realsize", "1000"), file("a")),
		archive(safetar.RuleSparse, "gnu-type", gnu(edited(func(h *tarbuild.Header) { h.Type = tarbuild.TypeSparse }))),
		archive(safetar.RuleSparse, "size-of-a-file-of-gnu", gnu(ofGNU(file("a"), 483, tarbuild.Octal(5)))),
		archive(safetar.RuleSparse, "pieces-of-a-file-of-gnu", gnu(ofGNU(file("a"), 386, tarbuild.Octal(0)+"\x00"+
			tarbuild.Octal(1000)))),
		archive(safetar.RuleSparse, "more-pieces-of-a-file-of-gnu", gnu(ofGNU(file("a"), 482, "1"))),
		archive(safetar.RuleSparse, "global", tarbuild.Global("GNU.sparse.name", "b"), file("a")),
	}
}

func hostileTypes() []recipe {
	typed := func(rule limits.Rule, name string, kind byte) recipe {
		return archive(rule, name, edited(func(h *tarbuild.Header) { h.Type, h.Data = kind, nil }))
	}
	data := func(rule limits.Rule, name string, h tarbuild.Header) recipe {
		h.Data = tarbuild.Open(file("hidden"))
		return archive(rule, name, h)
	}
	return []recipe{
		typed(safetar.RuleSpecialFile, "character-device", tarbuild.TypeChar),
		typed(safetar.RuleSpecialFile, "block-device", tarbuild.TypeBlock),
		typed(safetar.RuleSpecialFile, "fifo", tarbuild.TypeFIFO),
		archive(safetar.RuleSpecialFile, "hard-link", file("a"), link(tarbuild.TypeHardLink, "b", "a")),
		archive(safetar.RuleSpecialFile, "hard-link-out", link(tarbuild.TypeHardLink, "b", "/etc/passwd")),
		archive(safetar.RuleSymlink, "inside", file("a"), link(tarbuild.TypeSymlink, "b", "a")),
		archive(safetar.RuleSymlink, "out", link(tarbuild.TypeSymlink, "b", "../../etc"), file("b/evil")),
		archive(safetar.RuleSymlink, "absolute", link(tarbuild.TypeSymlink, "b", "/etc")),
		typed(safetar.RuleUnknownType, "contiguous", '7'),
		typed(safetar.RuleUnknownType, "dump-directory", 'D'),
		typed(safetar.RuleUnknownType, "multi-volume", 'M'),
		typed(safetar.RuleUnknownType, "volume-label", 'V'),
		typed(safetar.RuleUnknownType, "solaris-pax", 'X'),
		typed(safetar.RuleUnknownType, "not-ascii", 0xff),
		data(safetar.RuleSizeOnLink, "hard-link", link(tarbuild.TypeHardLink, "b", "a")),
		data(safetar.RuleSizeOnLink, "symlink", link(tarbuild.TypeSymlink, "b", "a")),
		archive(safetar.RuleSizeOnLink, "without-data", tarbuild.Header{Name: "b", Type: tarbuild.TypeHardLink, Link: "a",
			Size: tarbuild.Octal(512)}),
		data(safetar.RuleDirectoryWithData, "headers-inside", dir("d/")),
		archive(safetar.RuleDirectoryWithData, "size-alone", tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir,
			Size: tarbuild.Octal(4096)}),
		data(safetar.RuleDirectoryWithData, "without-slash", dir("d")),
		archive(safetar.RuleTypeMismatch, "file-with-slash", file("a/")),
		archive(safetar.RuleTypeMismatch, "old-type-with-slash", tarbuild.Header{Name: "d/", Type: tarbuild.OldType}),
		archive(safetar.RuleTypeMismatch, "file-with-slash-in-pax", tarbuild.Pax("path", "a/"), file("a")),
		archive(safetar.RuleTypeMismatch, "file-with-slash-in-long-name", tarbuild.LongName("a/"), gnu(file("a"))),
		archive(safetar.RuleTypeMismatch, "link-with-slash", link(tarbuild.TypeSymlink, "a/", "b")),
		archive(safetar.RuleTypeMismatch, "empty-file-with-target", file("a"), link(tarbuild.TypeFile, "b", "a")),
		archive(safetar.RuleTypeMismatch, "old-type-with-target", file("a"), link(tarbuild.OldType, "b", "a")),
		archive(safetar.RuleTypeMismatch, "old-type-with-slash-under-pax", tarbuild.Pax("path", "a"),
			tarbuild.Header{Name: "d/", Type: tarbuild.OldType, Data: file("hidden").Bytes()}),
		archive(safetar.RuleTypeMismatch, "old-type-with-slash-under-long-name", tarbuild.LongName("a"),
			gnu(tarbuild.Header{Name: "d/", Type: tarbuild.OldType, Data: file("hidden").Bytes()})),
		archive(safetar.RuleTypeMismatch, "v7-directory-under-pax", tarbuild.Pax("path", "a"),
			tarbuild.Header{Name: "d/", Type: tarbuild.OldType, Magic: tarbuild.Old}),
		archive(safetar.RuleTypeMismatch, "v7-file-that-pax-makes-a-directory", tarbuild.Pax("path", "a/"),
			tarbuild.Header{Name: "d", Type: tarbuild.OldType, Magic: tarbuild.Old}),
		archive(safetar.RuleTypeMismatch, "target-in-pax", tarbuild.Pax("linkpath", "/etc/passwd"),
			link(tarbuild.TypeFile, "b", "")),
		archive(safetar.RuleTypeMismatch, "target-in-long-link", tarbuild.LongLink("/etc/passwd"),
			gnu(link(tarbuild.TypeFile, "b", ""))),
		archive(safetar.RuleTypeMismatch, "symlink-whose-target-is-in-pax-alone", file("a"), tarbuild.Pax("linkpath", "a"),
			link(tarbuild.TypeSymlink, "b", "")),
		archive(safetar.RuleTypeMismatch, "hard-link-whose-target-is-in-pax-alone", file("a"), tarbuild.Pax("linkpath", "a"),
			link(tarbuild.TypeHardLink, "b", "")),
		archive(safetar.RuleTypeMismatch, "symlink-whose-target-is-in-long-link-alone", file("a"), tarbuild.LongLink("a"),
			gnu(link(tarbuild.TypeSymlink, "b", ""))),
		archive(safetar.RuleTypeMismatch, "hard-link-whose-target-is-in-long-link-alone", file("a"),
			tarbuild.LongLink("a"), gnu(link(tarbuild.TypeHardLink, "b", ""))),
	}
}

func hostileEnds() []recipe {
	whole := tarbuild.Archive(file("a"), file("b"))
	open := tarbuild.Open(file("a"))
	zeros := func(n int) []byte { return make([]byte, n) }
	plus := func(parts ...[]byte) []byte {
		var b []byte
		for _, p := range parts {
			b = append(b, p...)
		}
		return b
	}
	return []recipe{
		raw(safetar.RuleMissingEnd, "empty"),
		raw(safetar.RuleMissingEnd, "none", open...),
		raw(safetar.RuleMissingEnd, "one-block", plus(open, zeros(512))...),
		raw(safetar.RuleMissingEnd, "one-block-between", plus(open, zeros(512), whole)...),
		raw(safetar.RuleTrailingData, "another-archive", plus(whole, whole)...),
		raw(safetar.RuleTrailingData, "a-byte", plus(whole, []byte{1})...),
		raw(safetar.RuleTrailingData, "after-padding", plus(whole, zeros(9216), open)...),
		raw(safetar.RuleTrailingData, "zip", plus(whole, []byte("PK\x05\x06"), zeros(18))...),
		raw(safetar.RuleTruncated, "in-header", whole[:300]...),
		raw(safetar.RuleTruncated, "in-second-header", whole[:1024+300]...),
		raw(safetar.RuleTruncated, "in-data", whole[:512+20]...),
		raw(safetar.RuleTruncated, "before-data", whole[:512]...),
		raw(safetar.RuleTruncated, "in-padding", whole[:512+100]...),
		raw(safetar.RuleTruncated, "in-pax", tarbuild.Open(tarbuild.Pax("path", "a"), file("b"))[:520]...),
		raw(safetar.RuleTruncated, "in-zeros", whole[:len(whole)-600]...),
		archive(safetar.RuleTruncated, "size-larger-than-the-archive",
			edited(func(h *tarbuild.Header) { h.Size = tarbuild.Octal(1 << 20) })),
	}
}

func bombs() []recipe {
	declared := func(name, size string) recipe {
		return archive("", name, edited(func(h *tarbuild.Header) { h.Size = size }))
	}
	return []recipe{
		declared("size-of-8-gib", "77777777777"),
		declared("size-of-2^63-1", tarbuild.Binary(1<<63-1)),
		archive("", "pax-size", tarbuild.Pax("size", "9223372036854775807"),
			edited(func(h *tarbuild.Header) { h.Size = tarbuild.Octal(0) })),
		{"", "many-entries", func() []byte {
			var headers []tarbuild.Header
			for i := range 501 {
				headers = append(headers, tarbuild.Header{Name: "f" + strings.Repeat("x", i%50) + tarbuild.Octal(int64(i))})
			}
			return compressed(tarbuild.Archive(headers...))
		}},
		{"", "directory-said-many-times", func() []byte {
			var headers []tarbuild.Header
			for range 501 {
				headers = append(headers, dir("d/"))
			}
			return compressed(tarbuild.Archive(headers...))
		}},
		{"", "implied-directories", func() []byte {
			var headers []tarbuild.Header
			for i := range 50 {
				headers = append(headers, file(tarbuild.Octal(int64(i))+strings.Repeat("/d", 20)+"/f"))
			}
			return compressed(tarbuild.Archive(headers...))
		}},
		named("", "deep", strings.Repeat("d/", 1000)+"f"),
		{"", "files-of-zeros", func() []byte {
			var headers []tarbuild.Header
			for i := range 5 {
				headers = append(headers, tarbuild.Header{Name: tarbuild.Octal(int64(i)), Data: make([]byte, 1<<20)})
			}
			return compressed(tarbuild.Archive(headers...))
		}},
		{"", "zeros-after-the-end", func() []byte {
			return compressed(
				append(tarbuild.Archive(file("a")), make([]byte, 8<<20)...))
		}},
		{"", "records", func() []byte {
			var headers []tarbuild.Header
			for range 8 {
				headers = append(headers, tarbuild.Global("comment", strings.Repeat("c", 1<<20-100)))
			}
			return compressed(tarbuild.Archive(headers...))
		}},
	}
}
