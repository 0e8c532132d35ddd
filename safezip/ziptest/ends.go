package ziptest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// hostileEnds have end records that lie, contradict each other, or come more than once.
func hostileEnds() []recipe {
	two := []zipbuild.File{file("a"), file("b")}
	end := func(name string, zip64 bool, change func(e *zipbuild.End)) recipe {
		return whole(safezip.RuleMalformed, "end-"+name, zipbuild.Archive{Files: two, Zip64: zip64, EditEnd: change})
	}
	list := []recipe{
		end("disk", false, func(e *zipbuild.End) { e.Disk = 1 }),
		end("directory-disk", false, func(e *zipbuild.End) { e.DirDisk = 1 }),
		end("split", false, func(e *zipbuild.End) { e.OnDisk = 1 }),
		end("count-less", false, func(e *zipbuild.End) { e.Count, e.OnDisk = 1, 1 }),
		end("count-more", false, func(e *zipbuild.End) { e.Count, e.OnDisk = 3, 3 }),
		end("count-zero", false, func(e *zipbuild.End) { e.Count, e.OnDisk = 0, 0 }),
		end("count-max", false, func(e *zipbuild.End) { e.Count, e.OnDisk = 0xffff, 0xffff }),
		end("size-more", false, func(e *zipbuild.End) { e.DirSize++ }),
		end("size-max", false, func(e *zipbuild.End) { e.DirSize = 0xffffffff }),
		end("offset-more", false, func(e *zipbuild.End) { e.DirOffset++ }),
		end("offset-max", false, func(e *zipbuild.End) { e.DirOffset = 0xffffffff }),
		end("comment-cut-off", false, func(e *zipbuild.End) { e.CommentLen = 5 }),
		end("zip64-count", true, func(e *zipbuild.End) { e.Count64 = 1 << 40; e.OnDisk64 = 1 << 40 }),
		end("zip64-count-2^64-1", true, func(e *zipbuild.End) { e.Count64, e.OnDisk64 = 1<<64-1, 1<<64-1 }),
		end("zip64-size-2^63", true, func(e *zipbuild.End) { e.DirSize64 = 1 << 63 }),
		end("zip64-offset-2^64-1", true, func(e *zipbuild.End) { e.DirOffset64 = 1<<64 - 1 }),
		end("zip64-offset-wraps", true, func(e *zipbuild.End) { e.DirOffset64 = -e.DirSize64 }),
		end("zip64-disk", true, func(e *zipbuild.End) { e.Disk64 = 1 }),
		end("zip64-record-size", true, func(e *zipbuild.End) { e.RecordSize64 = 45 }),
		end("zip64-record-size-2^64-1", true, func(e *zipbuild.End) { e.RecordSize64 = 1<<64 - 1 }),
		end("zip64-locator-disk", true, func(e *zipbuild.End) { e.LocatorDisk = 1 }),
		end("zip64-locator-disks", true, func(e *zipbuild.End) { e.LocatorDisks = 2 }),
		end("zip64-locator-disks-max", true, func(e *zipbuild.End) { e.LocatorDisks = 0xffffffff }),
		end("zip64-locator-no-disks", true, func(e *zipbuild.End) { e.LocatorDisks = 0 }),
		end("zip64-locator-no-disks-that-repeats", true, func(e *zipbuild.End) {
			//nolint:gosec // A small archive.
			e.Count, e.OnDisk, e.DirSize, e.DirOffset = 2, 2, uint32(e.DirSize64), uint32(e.DirOffset64)
			e.LocatorDisks = 0
		}),
		end("zip64-locator-too-far", true, func(e *zipbuild.End) { e.LocatorOffset++ }),
		end("zip64-locator-2^64-1", true, func(e *zipbuild.End) { e.LocatorOffset = 1<<64 - 1 }),
		end("zip64-contradicts-count", true, func(e *zipbuild.End) { e.Count, e.OnDisk = 1, 1 }),
		end("zip64-contradicts-size", true, func(e *zipbuild.End) { e.DirSize = 46 }),
		end("zip64-contradicts-offset", true, func(e *zipbuild.End) { e.DirOffset = 0 }),
		{safezip.RuleMalformed, "empty", func() []byte { return nil }},
		{safezip.RuleMalformed, "text", func() []byte { return []byte("<!doctype html><title>404 Not Found</title>") }},
		{safezip.RuleMalformed, "zeros", func() []byte { return make([]byte, 70000) }},

		whole(safezip.RuleGap, "end-directory-size-less", zipbuild.Archive{Files: two,
			EditEnd: func(e *zipbuild.End) { e.DirSize-- }}),
		whole(safezip.RuleEndRecordAmbiguous, "in-comment", zipbuild.Archive{Files: two,
			Comment: string(zipbuild.Archive{}.Bytes())}),
		whole(safezip.RuleEndRecordAmbiguous, "archive-in-comment", zipbuild.Archive{Files: two,
			Comment: string(zipbuild.Archive{Files: []zipbuild.File{file("evil")}}.Bytes())}),
		whole(safezip.RuleEndRecordAmbiguous, "signature-in-comment", zipbuild.Archive{Files: two,
			Comment: "see PK\x05\x06"}),
		whole(safezip.RuleEndRecordAmbiguous, "signature-after", zipbuild.Archive{Files: two,
			Trailing: []byte("PK\x05\x06")}),
		{safezip.RuleEndRecordAmbiguous, "swallowed-by-a-comment", swallowed},
		{safezip.RuleEndRecordAmbiguous, "two-directories", twoDirectories},
		{safezip.RuleEndRecordAmbiguous, "zip64-locator-to-another", elsewhere},
	}
	// Cut off at every boundary between two records, and within each.
	full := zipbuild.Archive{Files: two, Zip64: true, Comment: "comment"}.Bytes()
	seen := map[int]bool{len(full): true}
	for _, signature := range []string{"PK\x01\x02", "PK\x03\x04", "PK\x05\x06", "PK\x06\x06", "PK\x06\x07"} {
		for at := bytes.Index(full, []byte(signature)); at >= 0; {
			for _, n := range []int{at, at + 2, at + 4, at + 20} {
				if !seen[n] {
					seen[n] = true
					list = append(list, recipe{safezip.RuleMalformed, "cut-off-at-" + strconv.Itoa(n),
						func() []byte { return full[:n] }})
				}
			}
			next := bytes.Index(full[at+4:], []byte(signature))
			if next < 0 {
				break
			}
			at += 4 + next
		}
	}
	return list
}

// swallowed is an archive whose end record is repeated by an earlier one, which stands in the last
// entry's data and declares the rest of the file to be its comment. Readers that search forward
// open another directory.
func swallowed() []byte {
	inner := zipbuild.Archive{Files: []zipbuild.File{file("evil")}}.Bytes()
	a := zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: inner}}}
	// The length of the comment depends only on where the inner archive ends, which its value does
	// not move.
	whole := a.Bytes()
	at := bytes.Index(whole, []byte("PK\x05\x06"))
	rest := len(whole) - at - 22
	inner[len(inner)-2], inner[len(inner)-1] = byte(rest), byte(rest>>8) //nolint:gosec // The bytes of a length.
	return zipbuild.Archive{Files: []zipbuild.File{{Name: "a", Data: inner}}}.Bytes()
}

// twoDirectories is an archive with one central directory where the end record says, and another
// where it ends.
func twoDirectories() []byte {
	first := zipbuild.CentralHeader(zipbuild.Header{Creator: 20, Version: 20, Name: "good", Offset: 0})
	return zipbuild.Archive{
		Files:     []zipbuild.File{{Name: "evil"}},
		BeforeDir: first,
		EditEnd:   func(e *zipbuild.End) { e.DirOffset -= uint32(len(first)) }, //nolint:gosec // A short header.
	}.Bytes()
}

// elsewhere is an archive whose zip64 locator points to a zip64 end record within the data of an
// entry.
func elsewhere() []byte {
	record := "PK\x06\x06" + "\x2c" + strings.Repeat("\x00", 51)
	return zipbuild.Archive{
		Files:   []zipbuild.File{{Name: "a", Data: []byte(record)}},
		Zip64:   true,
		EditEnd: func(e *zipbuild.End) { e.LocatorOffset = 31 },
	}.Bytes()
}

// hostileExtras have extra fields that are broken or say something else than the header.
func hostileExtras() []recipe {
	extra := func(b []byte) zipbuild.File { return edited("a", func(f *zipbuild.File) { f.Extra = b }) }
	localOnly := func(b []byte) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.EditLocal = func(h *zipbuild.Header) { h.Extra = b } })
	}
	path := func(crc uint32, name string) []byte {
		return zipbuild.Block(0x7075, []byte{1}, crc, name)
	}
	return []recipe{
		archive(safezip.RuleExtraField, "too-long", extra([]byte{0x55, 0x54, 0x10, 0x00, 1})),
		archive(safezip.RuleExtraField, "one-too-long", extra([]byte{0x55, 0x54, 0x02, 0x00, 1})),
		archive(safezip.RuleExtraField, "stray-bytes", extra(append(zipbuild.Block(0x5455, []byte{1}, uint32(1)), 1,
			2, 3))),
		archive(safezip.RuleExtraField, "stray-alone", extra([]byte{9})),
		archive(safezip.RuleExtraField, "twice", extra(append(zipbuild.Block(0x5455, []byte{1}, uint32(1)),
			zipbuild.Block(0x5455, []byte{1}, uint32(2))...))),
		archive(safezip.RuleExtraField, "zip64-twice", edited("a", func(f *zipbuild.File) {
			f.Zip64, f.Extra = true, zipbuild.Block(1, uint64(1), uint64(2))
		})),
		archive(safezip.RuleExtraField, "zeros-then-bytes", extra([]byte{0, 0, 0, 0, 0, 0, 0, 1})),
		archive(safezip.RuleExtraField, "local-only", localOnly([]byte{1, 2, 3})),
		archive(safezip.RuleExtraField, "many-ids-then-twice", extra(append(ids(2000), ids(1)...))),
		whole(safezip.RuleExtraField, "zip64-extensible-data", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Zip64: true, Zip64Data: []byte("hidden")}),

		archive(safezip.RuleUnicodePath, "other-name", extra(path(zipbuild.CRC([]byte("a")), "b"))),
		archive(safezip.RuleUnicodePath, "traversal", extra(path(zipbuild.CRC([]byte("a")), "../../evil"))),
		archive(safezip.RuleUnicodePath, "stale", extra(path(7, "b"))),
		archive(safezip.RuleUnicodePath, "beyond-ascii", extra(path(zipbuild.CRC([]byte("a")), "ä"))),
		archive(safezip.RuleUnicodePath, "empty", extra(path(zipbuild.CRC([]byte("a")), ""))),
		archive(safezip.RuleUnicodePath, "short", extra(zipbuild.Block(0x7075, []byte{1, 2}))),
		archive(safezip.RuleUnicodePath, "version", extra(zipbuild.Block(0x7075, []byte{2}, zipbuild.CRC([]byte("a")),
			"a"))),
		archive(safezip.RuleUnicodePath, "local-only", localOnly(path(zipbuild.CRC([]byte("a")), "b"))),
	}
}

// ids returns n empty extra fields.
func ids(n int) []byte {
	var b []byte
	for i := range n {
		b = append(b, zipbuild.Block(uint16(0x8000+i))...)
	}
	return b
}
