package ziptest

import (
	"bytes"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// both applies a change to both headers.
func both(change func(h *zipbuild.Header)) func(f *zipbuild.File) {
	return func(f *zipbuild.File) { f.EditLocal, f.EditCentral = change, change }
}

func hostileData() []recipe {
	const longSize = 5000 * 28
	long := bytes.Repeat([]byte("a line that compresses well\n"), longSize/28)
	sized := func(method uint16, data []byte, size uint64) zipbuild.File {
		f := zipbuild.File{Name: "a", Method: method, Data: data}
		both(func(h *zipbuild.Header) { h.Size = size })(&f)
		return f
	}
	raw := func(raw []byte) zipbuild.File {
		f := file("a")
		f.Raw = raw
		return f
	}
	deflated := zipbuild.Deflated(long)
	damaged := bytes.Clone(deflated)
	damaged[len(damaged)/2] ^= 0x55
	stored := file("a")
	stored.Method = zipbuild.Store
	return []recipe{
		archive(safezip.RuleCompressedSlack, "one-byte", edited("a", func(f *zipbuild.File) { f.Slack = []byte{0} })),
		archive(safezip.RuleCompressedSlack, "a-program",
			edited("a", func(f *zipbuild.File) { f.Slack = bytes.Repeat([]byte("#!/bin/sh\n"), 4000) })),
		archive(safezip.RuleCompressedSlack, "second-stream",
			edited("a", func(f *zipbuild.File) { f.Slack = deflated })),
		archive(safezip.RuleCompressedSlack, "empty-file", zipbuild.File{Name: "a", Method: zipbuild.Deflate,
			Slack: []byte("hidden")}),
		archive(safezip.RuleCompressedSlack, "streamed", edited("a", func(f *zipbuild.File) {
			f.Slack,
				f.Descriptor = []byte("hidden"), zipbuild.Signed32
		})),
		archive(safezip.RuleCompressedSlack, "zip-in-slack",
			edited("a", func(f *zipbuild.File) { f.Slack = zipbuild.Archive{Files: []zipbuild.File{file("b")}}.Bytes() })),

		archive(safezip.RuleChecksum, "one-bit", edited("a", both(func(h *zipbuild.Header) { h.CRC ^= 1 }))),
		archive(safezip.RuleChecksum, "zero", edited("a", both(func(h *zipbuild.Header) { h.CRC = 0 }))),
		archive(safezip.RuleChecksum, "stored", zipbuild.File{Name: "a", Data: []byte("goods"), Raw: []byte("evils")}),
		archive(safezip.RuleChecksum, "empty-file", zipbuild.File{Name: "a", EditLocal: wrongCRC,
			EditCentral: wrongCRC}),
		archive(safezip.RuleChecksum, "directory", zipbuild.File{Name: "d/", EditLocal: wrongCRC,
			EditCentral: wrongCRC}),
		archive(safezip.RuleChecksum, "last-of-many", file("a"), file("b"),
			edited("c", both(func(h *zipbuild.Header) { h.CRC++ }))),

		archive(safezip.RuleSizeMismatch, "one-more-than-declared", sized(zipbuild.Deflate, long, longSize-1)),
		archive(safezip.RuleSizeMismatch, "much-more-than-declared", sized(zipbuild.Deflate, long, 1)),
		archive(safezip.RuleSizeMismatch, "declared-empty", sized(zipbuild.Deflate, long, 0)),
		archive(safezip.RuleSizeMismatch, "one-less-than-declared", sized(zipbuild.Deflate, long, longSize+1)),
		archive(safezip.RuleSizeMismatch, "impossible-ratio", sized(zipbuild.Deflate, []byte("x"), 1<<20)),
		archive(safezip.RuleSizeMismatch, "stored-larger", sized(zipbuild.Store, long, longSize+1)),
		archive(safezip.RuleSizeMismatch, "stored-smaller", sized(zipbuild.Store, long, 10)),
		archive(safezip.RuleSizeMismatch, "streamed", edited("a", func(f *zipbuild.File) {
			f.Descriptor = zipbuild.Plain32
			f.EditCentral = func(h *zipbuild.Header) { h.Size-- }
			f.EditDescriptor = f.EditCentral
		})),

		archive(safezip.RuleMalformed, "deflate-cut-off", raw(zipbuild.Deflated(file("a").Data)[:20])),
		archive(safezip.RuleMalformed, "deflate-reserved-block", raw([]byte{7, 0, 0, 0})),
		archive(safezip.RuleMalformed, "deflate-stored-length", raw([]byte{1, 1, 0, 0, 0, 'x'})),
		archive(safezip.RuleMalformed, "deflate-distance-too-far", raw([]byte{0x4b, 0x04, 0x62, 0xff, 0xff, 0xff})),
		archive(safezip.RuleMalformed, "deflate-damaged", zipbuild.File{Name: "a", Method: zipbuild.Deflate,
			Data: long, Raw: deflated[:len(deflated)-1]}),

		archive(safezip.RuleEncrypted, "flag",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagEncrypted }))),
		archive(safezip.RuleEncrypted, "strong",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagEncrypted | zipbuild.FlagStrong }))),
		archive(safezip.RuleEncrypted, "strong-alone",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagStrong }))),
		archive(safezip.RuleEncrypted, "masked-headers",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= 1 << 13 }))),
		archive(safezip.RuleEncrypted, "aes", edited("a", both(func(h *zipbuild.Header) { h.Method = 99 }))),
		archive(safezip.RuleEncrypted, "local-flag-alone",
			edited("a", func(f *zipbuild.File) {
				f.EditLocal = func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagEncrypted }
			})),

		archive(safezip.RuleUnsupportedMethod, "shrunk", edited("a", both(func(h *zipbuild.Header) { h.Method = 1 }))),
		archive(safezip.RuleUnsupportedMethod, "deflate64",
			edited("a", both(func(h *zipbuild.Header) { h.Method = 9 }))),
		archive(safezip.RuleUnsupportedMethod, "bzip2", edited("a", both(func(h *zipbuild.Header) { h.Method = 12 }))),
		archive(safezip.RuleUnsupportedMethod, "lzma", edited("a", both(func(h *zipbuild.Header) { h.Method = 14 }))),
		archive(safezip.RuleUnsupportedMethod, "zstd", edited("a", both(func(h *zipbuild.Header) { h.Method = 93 }))),
		archive(safezip.RuleUnsupportedMethod, "unknown",
			edited("a", both(func(h *zipbuild.Header) { h.Method = 0xffff }))),
		archive(safezip.RuleUnsupportedMethod, "patch",
			edited("a", both(func(h *zipbuild.Header) { h.Flags |= 1 << 5 }))),
		archive(safezip.RuleUnsupportedMethod, "future-version",
			edited("a", both(func(h *zipbuild.Header) { h.Version = 200 }))),
	}
}

func wrongCRC(h *zipbuild.Header) { h.CRC = 1 }
