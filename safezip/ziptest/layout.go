package ziptest

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// lone returns a local header with its data, which no central directory lists.
func lone() []byte {
	data := []byte("nobody lists this")
	h := zipbuild.Header{Version: 20, Name: "evil", CRC: zipbuild.CRC(data), Size: uint64(len(data)),
		CompressedSize: uint64(len(data))}
	return append(zipbuild.LocalHeader(h), data...)
}

// hostileLayout have bytes that belong to two records, or to none.
func hostileLayout() []recipe {
	list := []recipe{
		archive(safezip.RuleOverlap, "two-share-one", file("a"), shares("a", "b", 1)),
		archive(safezip.RuleOverlap, "same-name-in-both", file("a"), shares("a", "a2", 1)),
		archive(safezip.RuleOverlap, "into-next", edited("a", func(f *zipbuild.File) {
			grow := func(h *zipbuild.Header) { h.CompressedSize += 20 }
			f.EditLocal, f.EditCentral = grow, grow
		}), file("b")),
		archive(safezip.RuleOverlap, "into-directory",
			edited("a", both(func(h *zipbuild.Header) { h.CompressedSize += 20 }))),
		archive(safezip.RuleOverlap, "into-descriptor", edited("a", func(f *zipbuild.File) {
			f.Descriptor = zipbuild.Signed32
			f.EditCentral = func(h *zipbuild.Header) { h.CompressedSize += 20 }
		}), file("b")),
		{safezip.RuleOverlap, "full", fullOverlap},
		{safezip.RuleOverlap, "quoted", quotedOverlap},

		archive(safezip.RuleHiddenEntry, "between", file("a"), hidden(), file("b")),
		archive(safezip.RuleHiddenEntry, "first", hidden(), file("b")),
		archive(safezip.RuleHiddenEntry, "last", file("a"), hidden()),
		archive(safezip.RuleHiddenEntry, "same-name", file("a"),
			edited("a", func(f *zipbuild.File) { f.Hidden = true })),
		archive(safezip.RuleHiddenEntry, "alone", hidden()),
		archive(safezip.RuleHiddenEntry, "after-descriptor", edited("a", func(f *zipbuild.File) {
			f.Descriptor,
				f.After = zipbuild.Plain32, lone()
		})),
		whole(safezip.RuleHiddenEntry, "before-directory", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			BeforeDir: lone()}),
		whole(safezip.RuleHiddenEntry, "before-everything", zipbuild.Archive{Prefix: lone(),
			Files: []zipbuild.File{file("a")}}),
		whole(safezip.RuleHiddenEntry, "after-everything", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: lone()}),
		whole(safezip.RuleHiddenEntry, "stray-central-record", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			AfterDir: zipbuild.CentralHeader(zipbuild.Header{Name: "evil"})}),

		archive(safezip.RuleGap, "between", edited("a", func(f *zipbuild.File) { f.After = []byte{0} }), file("b")),
		archive(safezip.RuleGap, "last", edited("a", func(f *zipbuild.File) { f.After = []byte("payload") })),
		archive(safezip.RuleGap, "large",
			edited("a", func(f *zipbuild.File) { f.After = bytes.Repeat([]byte("payload "), 10000) }), file("b")),
		archive(safezip.RuleGap, "unannounced-descriptor", edited("a", func(f *zipbuild.File) {
			f.Descriptor = zipbuild.Signed32
			f.EditLocal = func(h *zipbuild.Header) { *h = honest(*f, h) }
			f.EditCentral = func(h *zipbuild.Header) { h.Flags &^= zipbuild.FlagDescriptor }
		})),
		whole(safezip.RuleGap, "before-directory", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			BeforeDir: []byte("signing block")}),
		whole(safezip.RuleGap, "within-directory", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			InDir: []byte("stray")}),
		whole(safezip.RuleGap, "digital-signature", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			InDir: []byte("PK\x05\x05\x04\x00sign")}),
		whole(safezip.RuleGap, "after-directory", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			AfterDir: []byte("stray")}),

		whole(safezip.RulePrefixData, "script", zipbuild.Archive{Prefix: []byte("#!/bin/sh\nexec evil\n"),
			Files: []zipbuild.File{file("a")}}),
		whole(safezip.RulePrefixData, "image",
			zipbuild.Archive{Prefix: []byte("GIF89a" + strings.Repeat("\x00", 500)), Files: []zipbuild.File{file("a"),
				file("b")}}),
		whole(safezip.RulePrefixData, "empty-archive", zipbuild.Archive{Prefix: []byte("MZ")}),
		whole(safezip.RulePrefixData, "zip64", zipbuild.Archive{Prefix: []byte("MZ"),
			Files: []zipbuild.File{file("a")}, Zip64: true}),
		archive(safezip.RulePrefixData, "counted-by-the-offsets",
			edited("a", func(f *zipbuild.File) { f.Before = []byte("MZ") })),

		whole(safezip.RuleTrailingData, "one-byte", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: []byte{1}}),
		whole(safezip.RuleTrailingData, "zeros-and-one-byte", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: append(make([]byte, 500), 1)}),
		whole(safezip.RuleMalformed, "too-many-zeros", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: make([]byte, 65536)}),
		whole(safezip.RuleMalformed, "too-many-zeros-with-comment", zipbuild.Archive{
			Files: []zipbuild.File{file("a")}, Comment: "a comment", Trailing: make([]byte, 65535-8)}),
		archive(safezip.RulePrefixData, "split-marker-twice",
			edited("a", func(f *zipbuild.File) { f.Before = []byte("PK\x07\x08PK\x07\x08") })),
		archive(safezip.RulePrefixData, "split-marker-that-is-none",
			edited("a", func(f *zipbuild.File) { f.Before = []byte("PK\x07\x09") })),
		archive(safezip.RuleGap, "split-marker-before-the-second",
			file("a"), edited("b", func(f *zipbuild.File) { f.Before = []byte("PK\x07\x08") })),
		whole(safezip.RuleTrailingData, "line", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: []byte("\n")}),
		whole(safezip.RuleTrailingData, "after-comment", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Comment: "hello", Trailing: []byte("payload")}),
		whole(safezip.RuleTrailingData, "large", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: bytes.Repeat([]byte("x"), 60000)}),
		whole(safezip.RuleMalformed, "too-much-trailing-data", zipbuild.Archive{Files: []zipbuild.File{file("a")},
			Trailing: bytes.Repeat([]byte("x"), 70000)}),
	}
	return list
}

// hidden returns an entry that the central directory does not list.
func hidden() zipbuild.File {
	return edited("evil", func(f *zipbuild.File) { f.Hidden = true })
}

// shares returns an entry of another name that points to an earlier entry's local header.
func shares(of, name string, number int) zipbuild.File {
	f := file(of)
	f.Name, f.Shares = name, number
	f.EditCentral = func(h *zipbuild.Header) { h.Name = name }
	return f
}

// honest returns the local header that an entry without a data descriptor has.
func honest(f zipbuild.File, h *zipbuild.Header) zipbuild.Header {
	local := *h
	local.Flags &^= zipbuild.FlagDescriptor
	local.CRC, local.Size, local.CompressedSize = zipbuild.CRC(f.Data), uint64(len(f.Data)),
		uint64(len(zipbuild.Deflated(f.Data)))
	return local
}

// fullOverlap is a bomb in which a hundred entries share one file: each byte of it inflates a
// hundred times.
func fullOverlap() []byte {
	zeros := make([]byte, 1<<20)
	kernel := zipbuild.File{Name: "0", Method: zipbuild.Deflate, Data: zeros, Raw: zipbuild.Deflated(zeros)}
	files := []zipbuild.File{kernel}
	for i := range 99 {
		f := kernel
		f.Name = strings.Repeat("n", i+1)
		f.Shares = 1
		files = append(files, f)
	}
	return zipbuild.Archive{Files: files}.Bytes()
}

// quotedOverlap is the bomb that works where local headers are compared: each entry's data starts
// with a stored deflate block that quotes the local header of the next entry, and goes on with that
// entry's data. Local headers and names all agree.
func quotedOverlap() []byte {
	const n = 50
	plain := make([]byte, 1<<20)
	raw := zipbuild.Deflated(plain)
	type layer struct{ header, raw, data []byte }
	layers := make([]layer, n)
	for i := n - 1; i >= 0; i-- {
		l := layer{raw: raw, data: plain}
		if i < n-1 {
			next := layers[i+1] //nolint:gosec // Within n, as the condition says.
			size := len(next.header)
			//nolint:gosec // The bytes of a length.
			quote := []byte{0, byte(size), byte(size >> 8), ^byte(size), ^byte(size >> 8)}
			l.raw = append(append(quote, next.header...), next.raw...)
			l.data = append(bytes.Clone(next.header), next.data...)
		}
		l.header = zipbuild.LocalHeader(quoteHeader(i, l.raw, l.data))
		layers[i] = l
	}
	var list []zipbuild.File
	offset := uint64(0)
	for i, l := range layers {
		h := quoteHeader(i, l.raw, l.data)
		h.Offset = offset
		f := zipbuild.File{Name: h.Name, Shares: 1, EditCentral: func(c *zipbuild.Header) { *c = h }}
		if i == 0 {
			f = zipbuild.File{Name: h.Name, Method: zipbuild.Deflate, Data: l.data, Raw: l.raw}
			f.EditLocal = func(c *zipbuild.Header) { *c = h }
			f.EditCentral = f.EditLocal
		}
		list = append(list, f)
		offset += uint64(len(l.header)) + 5
	}
	return zipbuild.Archive{Files: list}.Bytes()
}

func quoteHeader(i int, raw, data []byte) zipbuild.Header {
	return zipbuild.Header{
		Creator: 20, Version: 20, Method: zipbuild.Deflate, Name: "q" + strconv.Itoa(i),
		CRC: zipbuild.CRC(data), CompressedSize: uint64(len(raw)), Size: uint64(len(data)),
	}
}
