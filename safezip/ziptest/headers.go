package ziptest

import (
	"strings"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// hostileHeaders have local headers and central directories that disagree, and data descriptors
// that lie.
func hostileHeaders() []recipe {
	local := func(change func(h *zipbuild.Header)) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.EditLocal = change })
	}
	streamed := func(change func(h *zipbuild.Header)) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.Descriptor, f.EditLocal = zipbuild.Signed32, change })
	}
	wide := func(change func(h *zipbuild.Header)) zipbuild.File {
		return edited("a", func(f *zipbuild.File) { f.Zip64, f.EditLocal = true, change })
	}
	return []recipe{
		archive(safezip.RuleHeaderMismatch, "name", local(func(h *zipbuild.Header) { h.Name = "b" })),
		archive(safezip.RuleHeaderMismatch, "name-traversal", local(func(h *zipbuild.Header) { h.Name = "../evil" })),
		archive(safezip.RuleHeaderMismatch, "name-longer", local(func(h *zipbuild.Header) { h.Name = "a.exe" })),
		archive(safezip.RuleHeaderMismatch, "name-empty", local(func(h *zipbuild.Header) { h.Name = "" })),
		archive(safezip.RuleHeaderMismatch, "name-directory", local(func(h *zipbuild.Header) { h.Name = "a/" })),
		archive(safezip.RuleHeaderMismatch, "method", local(func(h *zipbuild.Header) { h.Method = zipbuild.Store })),
		archive(safezip.RuleHeaderMismatch, "flag-utf8",
			local(func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagUTF8 })),
		archive(safezip.RuleHeaderMismatch, "flag-descriptor",
			local(func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagDescriptor })),
		archive(safezip.RuleHeaderMismatch, "crc", local(func(h *zipbuild.Header) { h.CRC++ })),
		archive(safezip.RuleHeaderMismatch, "crc-zero", local(func(h *zipbuild.Header) { h.CRC = 0 })),
		archive(safezip.RuleHeaderMismatch, "size", local(func(h *zipbuild.Header) { h.Size++ })),
		archive(safezip.RuleHeaderMismatch, "size-zero", local(func(h *zipbuild.Header) { h.Size = 0 })),
		archive(safezip.RuleHeaderMismatch, "compressed-size", local(func(h *zipbuild.Header) { h.CompressedSize-- })),
		archive(safezip.RuleHeaderMismatch, "size-open-without-zip64",
			local(func(h *zipbuild.Header) { h.Size = 0xffffffff })),
		archive(safezip.RuleHeaderMismatch, "streamed-crc", streamed(func(h *zipbuild.Header) { h.CRC = 7 })),
		archive(safezip.RuleHeaderMismatch, "streamed-size", streamed(func(h *zipbuild.Header) { h.Size = 7 })),
		archive(safezip.RuleHeaderMismatch, "streamed-compressed-size",
			streamed(func(h *zipbuild.Header) { h.CompressedSize = 7 })),
		archive(safezip.RuleHeaderMismatch, "zip64-size", wide(func(h *zipbuild.Header) { h.Size++ })),
		archive(safezip.RuleHeaderMismatch, "zip64-size-2^63", wide(func(h *zipbuild.Header) { h.Size = 1 << 63 })),
		archive(safezip.RuleHeaderMismatch, "zip64-short", local(func(h *zipbuild.Header) {
			h.Size, h.Extra = 0xffffffff, zipbuild.Block(1, uint32(3))
		})),
		archive(safezip.RuleHeaderMismatch, "zip64-unasked-lie", local(func(h *zipbuild.Header) {
			h.Extra = zipbuild.Block(1, uint64(1), uint64(2))
		})),

		malformedCentral("no-local-header", func(h *zipbuild.Header) { h.Offset++ }),
		malformedCentral("offset-past-directory", func(h *zipbuild.Header) { h.Offset = 1 << 30 }),
		malformedCentral("offset-2^32-1", func(h *zipbuild.Header) { h.Offset = 0xffffffff }),
		malformedCentral("size-2^63", func(h *zipbuild.Header) { h.Wide, h.Size = true, 1<<63 }),
		malformedCentral("size-2^64-1", func(h *zipbuild.Header) { h.Wide, h.Size = true, 1<<64-1 }),
		malformedCentral("compressed-size-2^63-1", func(h *zipbuild.Header) {
			h.Wide, h.CompressedSize = true,
				1<<63-1
		}),
		malformedCentral("compressed-size-2^31", func(h *zipbuild.Header) { h.CompressedSize = 1 << 31 }),
		malformedCentral("offset-2^63-1", func(h *zipbuild.Header) { h.Wide, h.Offset = true, 1<<63-1 }),
		malformedCentral("offset-2^64-1", func(h *zipbuild.Header) { h.Wide, h.Offset = true, 1<<64-1 }),
		malformedCentral("disk", func(h *zipbuild.Header) { h.Disk = 1 }),
		malformedCentral("signature", func(h *zipbuild.Header) { h.Signature = "PK\x01\x03" }),
		malformedCentral("name-too-long", func(h *zipbuild.Header) { h.NameLen = 0xffff }),
		malformedCentral("extra-too-long", func(h *zipbuild.Header) { h.ExtraLen = 0xffff }),
		malformedCentral("zip64-missing", func(h *zipbuild.Header) { h.Size = 0xffffffff }),
		malformedCentral("zip64-short", func(h *zipbuild.Header) {
			h.Size, h.Extra = 0xffffffff,
				zipbuild.Block(1, uint32(3))
		}),
		malformedCentral("zip64-contradicts", func(h *zipbuild.Header) {
			h.Extra = zipbuild.Block(1, h.Size+1,
				h.CompressedSize)
		}),
		malformedCentral("zip64-stray", func(h *zipbuild.Header) {
			h.Extra = zipbuild.Block(1, h.Size, h.CompressedSize, h.Offset, uint32(0), "stray")
		}),
		archive(safezip.RuleMalformed, "local-signature",
			local(func(h *zipbuild.Header) { h.Signature = "PK\x03\x05" })),
		archive(safezip.RuleHeaderMismatch, "name-into-directory", local(func(h *zipbuild.Header) { h.NameLen = 100 })),
	}
}

// malformedCentral returns an archive whose second of three headers in the central directory is
// changed.
func malformedCentral(name string, change func(h *zipbuild.Header)) recipe {
	return archive(safezip.RuleMalformed, "central-"+name, file("first"),
		edited("a", func(f *zipbuild.File) { f.EditCentral = change }), file("last"))
}

// shapes are the four shapes of a data descriptor.
var shapes = []struct {
	name  string
	shape zipbuild.Descriptor
}{
	{"plain32", zipbuild.Plain32}, {"signed32", zipbuild.Signed32}, {"plain64", zipbuild.Plain64},
	{"signed64", zipbuild.Signed64},
}

// hostileDescriptors have data descriptors that lie or are missing.
func hostileDescriptors() []recipe {
	lies := []struct {
		name   string
		change func(h *zipbuild.Header)
	}{
		{"crc", func(h *zipbuild.Header) { h.CRC++ }},
		{"size", func(h *zipbuild.Header) { h.Size++ }},
		{"compressed-size", func(h *zipbuild.Header) { h.CompressedSize-- }},
		{"zeros", func(h *zipbuild.Header) { h.CRC, h.Size, h.CompressedSize = 0, 0, 0 }},
	}
	var list []recipe
	for _, s := range shapes {
		for _, lie := range lies {
			f := edited("a", func(f *zipbuild.File) { f.Descriptor, f.EditDescriptor = s.shape, lie.change })
			list = append(list,
				archive(safezip.RuleDescriptorMismatch, s.name+"-"+lie.name, f),
				archive(safezip.RuleDescriptorMismatch, s.name+"-"+lie.name+"-first", f, file("b")))
		}
	}
	missing := edited("a", func(f *zipbuild.File) {
		f.EditLocal = func(h *zipbuild.Header) { h.Flags |= zipbuild.FlagDescriptor }
		f.EditCentral = f.EditLocal
	})
	cut := missing
	cut.After = []byte("PK\x07\x08" + strings.Repeat("\x00", 6))
	twice := edited("a", func(f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 })
	twice.After = []byte(strings.Repeat("\x00", 8))
	return append(list,
		archive(safezip.RuleDescriptorMismatch, "missing", missing),
		archive(safezip.RuleDescriptorMismatch, "missing-first", missing, file("b")),
		archive(safezip.RuleDescriptorMismatch, "cut-off", cut),
		archive(safezip.RuleDescriptorMismatch, "as-long-as-another-shape", twice),
	)
}
