package ziptest

import (
	"archive/zip"
	"bytes"
	"strings"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// benignStructure come close to breaking a rule of the structure.
func benignStructure() []recipe {
	timestamp := func(local, central []byte) zipbuild.File {
		return edited("a", func(f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Extra = local }
			f.EditCentral = func(h *zipbuild.Header) { h.Extra = central }
		})
	}
	streamed := func(shape zipbuild.Descriptor) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.Descriptor = shape })
	}
	inner := zipbuild.Archive{Files: []zipbuild.File{file("x")}, Comment: "inner"}.Bytes()
	list := []recipe{
		archive(safezip.RuleOverlap, "back-to-back", file("a"), zipbuild.File{Name: "b"}, zipbuild.File{Name: "c"}),
		whole(safezip.RuleOverlap, "directory-in-another-order", zipbuild.Archive{Files: []zipbuild.File{file("a"),
			file("b"), file("c")}, Order: []int{2, 0, 1}}),
		archive(safezip.RuleCompressedSlack, "stored-blocks", zipbuild.File{Name: "a", Method: zipbuild.Deflate,
			Data: []byte("hi"), Raw: []byte{0, 1, 0, 0xfe, 0xff, 'h', 1, 1, 0, 0xfe, 0xff, 'i'}}),
		archive(safezip.RuleChecksum, "of-nothing-is-zero", zipbuild.File{Name: "a"}, zipbuild.File{Name: "b",
			Method: zipbuild.Deflate}),
		archive(safezip.RuleSizeMismatch, "high-ratio", zipbuild.File{Name: "a", Method: zipbuild.Deflate,
			Data: make([]byte, 1<<20)}),
		archive(safezip.RuleMalformed, "zip64-fields", edited("a", func(f *zipbuild.File) { f.Zip64 = true })),
		whole(safezip.RuleMalformed, "zip64-everywhere",
			zipbuild.Archive{Files: []zipbuild.File{edited("a", func(f *zipbuild.File) { f.Zip64 = true })},
				Zip64: true}),
		whole(safezip.RuleMalformed, "zip64-end-that-repeats", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Zip64: true, EditEnd: func(e *zipbuild.End) {
				//nolint:gosec // A small archive.
				e.Count, e.OnDisk, e.DirSize, e.DirOffset = 1, 1, uint32(e.DirSize64), uint32(e.DirOffset64)
			}}),
		whole(safezip.RuleMalformed, "nothing", zipbuild.Archive{}),
		archive(safezip.RuleMalformed, "zip64-repeats-the-header", edited("a", func(f *zipbuild.File) {
			f.EditCentral = func(h *zipbuild.Header) { h.Extra = zipbuild.Block(1, h.Size, h.CompressedSize) }
		})),
		archive(safezip.RuleEncrypted, "compression-level-bits",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= 6 }))),
		archive(safezip.RuleHeaderMismatch, "compression-level-in-one-header",
			edited("a", func(f *zipbuild.File) { f.EditLocal = func(h *zipbuild.Header) { h.Flags |= 2 } })),
		archive(safezip.RuleUnsupportedMethod, "stored-and-deflated", file("a"), zipbuild.File{Name: "b",
			Data: []byte("stored")}),
		archive(safezip.RuleSpecialFile, "plain-unix-times",
			edited("a", func(f *zipbuild.File) { f.Extra = pkUnix("") })),
		archive(safezip.RuleSpecialFile, "fifo-with-data", edited("a", func(f *zipbuild.File) { f.Mode = modeFIFO })),
		archive(safezip.RuleSpecialFile, "fifo-from-standard-input", zipbuild.File{Name: "-", Mode: modeFIFO}),
		archive(safezip.RuleSymlink, "file-that-looks-like-a-target", zipbuild.File{Name: "a",
			Data: []byte("/etc/passwd"), Mode: modeRegular}),
		archive(safezip.RuleTypeMismatch, "agreeing", zipbuild.File{Name: "d/", Mode: modeDir,
			Extra: asi(modeDir, "")}, edited("d/a", func(f *zipbuild.File) {
			f.Mode, f.Extra = modeRegular, asi(modeRegular, "")
		})),
		archive(safezip.RuleTypeMismatch, "mode-of-all-ones", zipbuild.File{Name: "d/", Mode: 0xffff}),
		archive(safezip.RuleTypeMismatch, "permissions-without-a-type",
			edited("a", func(f *zipbuild.File) { f.Mode = 0o600 })),
		archive(safezip.RuleDirectoryWithData, "two-deflated-bytes", zipbuild.File{Name: "d/",
			Method: zipbuild.Deflate, Raw: []byte{3, 0}}),
		archive(safezip.RuleHeaderMismatch, "true-sizes-under-bit-3", edited("a", func(f *zipbuild.File) {
			f.Descriptor = zipbuild.Signed32
			f.EditLocal = func(h *zipbuild.Header) {
				flags := h.Flags
				*h = honest(*f, h)
				h.Flags = flags
				h.Method = f.Method
				h.Name = f.Name
			}
		})),
		archive(safezip.RuleHeaderMismatch, "zip64-local-only", edited("a", func(f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Wide = true }
		})),
		archive(safezip.RuleHeaderMismatch, "version-differs", edited("a", func(f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Version = 10 }
		})),
		archive(safezip.RuleHeaderMismatch, "time-differs", edited("a", func(f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Time++ }
		})),
		archive(safezip.RuleHiddenEntry, "archive-within", zipbuild.File{Name: "inner.zip", Data: inner}, file("b")),
		archive(safezip.RuleHiddenEntry, "archive-within-last", file("b"), zipbuild.File{Name: "inner.zip",
			Data: inner}),
		archive(safezip.RulePrefixData, "program-as-first-entry", zipbuild.File{Name: "setup.exe", Data: []byte("MZ")}),
		whole(safezip.RuleTrailingData, "zeros", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: make([]byte, 10_000)}),
		whole(safezip.RuleTrailingData, "zeros-as-far-as-readers-search", zipbuild.Archive{
			Files: []zipbuild.File{file("a")}, Comment: "a comment", Trailing: make([]byte, 65535-9)}),
		archive(safezip.RulePrefixData, "split-marker",
			edited("a", func(f *zipbuild.File) { f.Before = []byte("PK\x07\x08") }), file("b")),
		archive(safezip.RulePrefixData, "split-marker-of-one-part",
			edited("a", func(f *zipbuild.File) { f.Before = []byte("PK00") })),
		whole(safezip.RuleTrailingData, "comment", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Comment: "that is all"}),
		whole(safezip.RuleEndRecordAmbiguous, "longest-comment", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Comment: strings.Repeat("c", 65535)}),
		archive(safezip.RuleExtraField, "zero-padding",
			edited("a", func(f *zipbuild.File) { f.Extra = make([]byte, 3) }),
			edited("b", func(f *zipbuild.File) { f.Extra = make([]byte, 9) })),
		archive(safezip.RuleExtraField, "many-ids", edited("a", func(f *zipbuild.File) { f.Extra = ids(2000) })),
		archive(safezip.RuleExtraField, "times-of-different-lengths",
			timestamp(zipbuild.Block(0x5455, []byte{3}, uint32(1), uint32(2)), zipbuild.Block(0x5455, []byte{3},
				uint32(1)))),
		archive(safezip.RuleUnicodePath, "agrees", edited("a", func(f *zipbuild.File) {
			f.Extra = zipbuild.Block(0x7075, []byte{1}, zipbuild.CRC([]byte("a")), "a")
		})),
	}
	for _, s := range shapes {
		other := streamed(s.shape)
		other.Name = "b"
		list = append(list,
			archive(safezip.RuleDescriptorMismatch, s.name, streamed(s.shape), other),
			archive(safezip.RuleGap, s.name+"-last", file("b"), streamed(s.shape)))
	}
	return list
}

// benignPackers are what common packers write.
func benignPackers() []recipe {
	java := []zipbuild.File{
		{Name: "META-INF/", Extra: zipbuild.Block(0xcafe)},
		edited("META-INF/MANIFEST.MF", func(f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 }),
		edited("A.class", func(f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 }),
	}
	infozip := []zipbuild.File{
		{Name: "d/", Mode: modeDir, Extra: unixExtra(), EditCentral: func(h *zipbuild.Header) { h.External |= dosDir }},
		edited("d/a", func(f *zipbuild.File) { f.Mode, f.Extra = modeRegular, unixExtra() }),
	}
	bsdtar := []zipbuild.File{
		{Name: "./", Mode: modeDir, EditLocal: func(h *zipbuild.Header) { h.Extra = libarchive(modeDir) }},
		edited("./a", func(f *zipbuild.File) {
			f.Mode, f.Descriptor = modeRegular, zipbuild.Signed32
			f.EditLocal = func(h *zipbuild.Header) { h.Extra = libarchive(modeRegular) }
		}),
	}
	sevenZip := []zipbuild.File{{Name: "d/", EditCentral: func(h *zipbuild.Header) { h.External = dosDir }},
		edited("d/a", func(f *zipbuild.File) {
			f.EditCentral = func(h *zipbuild.Header) {
				h.Extra = zipbuild.Block(0x000a, uint32(0), uint16(1), uint16(24), uint64(133594200000000000), uint64(0),
					uint64(0))
			}
		})}
	return []recipe{
		archive(safezip.RuleMalformed, "packer-java", java...),
		archive(safezip.RuleMalformed, "packer-info-zip", infozip...),
		archive(safezip.RuleMalformed, "packer-bsdtar", bsdtar...),
		archive(safezip.RuleMalformed, "packer-7z", sevenZip...),
		{safezip.RuleMalformed, "packer-go", packedByGo},
	}
}

// unixExtra returns the times and owner that Info-ZIP writes.
func unixExtra() []byte {
	return append(zipbuild.Block(0x5455, []byte{1}, uint32(1714979290)), zipbuild.Block(0x7875, []byte{1, 4},
		uint32(1000), []byte{4}, uint32(1000))...)
}

func packedByGo() []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"dir/", "dir/a.txt", "b.txt"} {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2024, 5, 6, 7,
			8, 10, 0, time.UTC)})
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = f.Write([]byte(name))
		}
		if err != nil {
			panic(err) // A bytes.Buffer takes everything, and the names are right.
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
