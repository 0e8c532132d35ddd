package zipscan

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
)

func TestCentralDirectory(t *testing.T) {
	central := []place{{Malformed, "a", oneDir}}
	second := int64(twoDir + centralSize + 1)
	inSecond := func(edit func(h *zipbuild.Header)) zipbuild.Archive {
		return two(func(a *zipbuild.Archive) { a.Files[1].EditCentral = edit })
	}
	runFindings(t, []findingCase{
		{name: "no signature", archive: inSecond(func(h *zipbuild.Header) { h.Signature = "PK\x01\x03" }),
			want: []place{{Malformed, "", second}}, stopped: true,
			says: "header 2 of 2 in the central directory has no signature"},
		{name: "local signature", archive: inSecond(func(h *zipbuild.Header) { h.Signature = localSignature }),
			want: []place{{Malformed, "", second}}, stopped: true},
		{name: "name longer than the directory", archive: inSecond(func(h *zipbuild.Header) { h.NameLen = 2 }),
			want: []place{{Malformed, "", second}}, stopped: true, says: "header 2 of 2 reaches past"},
		{name: "name of the greatest length", archive: inSecond(func(h *zipbuild.Header) { h.NameLen = max16 }),
			want: []place{{Malformed, "", second}}, stopped: true},
		{name: "extra longer than the directory", archive: inSecond(func(h *zipbuild.Header) { h.ExtraLen = 1 }),
			want: []place{{Malformed, "", second}}, stopped: true},
		{name: "name that swallows half of the next header", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].EditCentral = func(h *zipbuild.Header) { h.NameLen = 20 }
		}), want: []place{{Malformed, "", twoDir + centralSize + 20}}, stopped: true,
			says: "ends within header 2 of 2"},
		{name: "fewer entries counted than there are", archive: two(func(a *zipbuild.Archive) {
			a.EditEnd = func(e *zipbuild.End) { e.Count, e.OnDisk = 1, 1 }
		}), want: []place{{Malformed, "", second}}, stopped: true, says: "goes on after the 1 entries"},
		{name: "bytes after the last header",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.InDir = []byte("xyz") }),
			want:    []place{{Gap, "", oneEnd}}},
		{name: "signature after the last header",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
				a.InDir = []byte(signatureSignature +
					"\x04\x00abcd")
			}), want: []place{{Gap, "", oneEnd}}, says: "digital signature"},
		{name: "local header after the last header",
			archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) { a.InDir = []byte("x" + localSignature) }),
			want:    []place{{HiddenEntry, "", oneEnd}}},

		{name: "starts on another disk", archive: editCentral(func(h *zipbuild.Header) { h.Disk = 1 }), want: central,
			stopped: true, says: "disk 1"},
		{name: "disk left to a zip64 block that is not there",
			archive: editCentral(func(h *zipbuild.Header) { h.Disk = max16 }), want: central, stopped: true},
		{name: "disk left to the zip64 block", archive: editCentral(func(h *zipbuild.Header) {
			h.Disk, h.Extra = max16, zipbuild.Block(idZip64, uint32(0))
		})},
		{name: "disk left to a zip64 block that says another", archive: editCentral(func(h *zipbuild.Header) {
			h.Disk, h.Extra = max16, zipbuild.Block(idZip64, uint32(2))
		}), want: central, stopped: true},
		{name: "size left to a zip64 block that is not there",
			archive: editCentral(func(h *zipbuild.Header) { h.Size = max32 }), want: central, stopped: true},
		{name: "compressed size left to a zip64 block that is not there",
			archive: editCentral(func(h *zipbuild.Header) { h.CompressedSize = max32 }), want: central, stopped: true},
		{name: "offset left to a zip64 block that is not there",
			archive: editCentral(func(h *zipbuild.Header) { h.Offset = max32 }), want: central, stopped: true},

		{name: "compressed size larger than the file",
			archive: editCentral(func(h *zipbuild.Header) { h.CompressedSize, h.Size = 1000, 1000 }), want: central,
			stopped: true, says: "do not fit"},
		{name: "compressed size of 2^63", archive: editCentral(func(h *zipbuild.Header) {
			h.CompressedSize,
				h.Wide = 1<<63, true
		}), want: central, stopped: true},
		{name: "compressed size of 2^64-1", archive: editCentral(func(h *zipbuild.Header) {
			h.CompressedSize,
				h.Wide = math.MaxUint64, true
		}), want: central, stopped: true},
		{name: "size of 2^63", archive: editCentral(func(h *zipbuild.Header) { h.Size, h.Wide = 1<<63, true }),
			want: central, stopped: true, says: "larger than any file"},
		{name: "size of 2^64-1", archive: editCentral(func(h *zipbuild.Header) {
			h.Size, h.Wide = math.MaxUint64,
				true
		}), want: central, stopped: true},
		{name: "offset larger than the file", archive: editCentral(func(h *zipbuild.Header) { h.Offset = 1000 }),
			want: central, stopped: true},
		{name: "offset of 2^63", archive: editCentral(func(h *zipbuild.Header) { h.Offset, h.Wide = 1<<63, true }),
			want: central, stopped: true},
		{name: "offset of 2^64-1", archive: editCentral(func(h *zipbuild.Header) {
			h.Offset, h.Wide = math.MaxUint64,
				true
		}), want: central, stopped: true},

		{name: "encrypted", archive: editBoth(func(h *zipbuild.Header) { h.Flags |= flagEncrypted }),
			want: []place{{Encrypted, "a", oneDir}}},
		{name: "strongly encrypted", archive: editBoth(func(h *zipbuild.Header) { h.Flags |= flagStrong }),
			want: []place{{Encrypted, "a", oneDir}}},
		{name: "masked header", archive: editBoth(func(h *zipbuild.Header) { h.Flags |= flagMasked }),
			want: []place{{Encrypted, "a", oneDir}}},
		{name: "AES", archive: editBoth(func(h *zipbuild.Header) { h.Method = methodAES }),
			want: []place{{Encrypted, "a", oneDir}}},
		{name: "bzip2", archive: editBoth(func(h *zipbuild.Header) { h.Method = 12 }),
			want: []place{{UnsupportedMethod, "a", oneDir}}},
		{name: "deflate64", archive: editBoth(func(h *zipbuild.Header) { h.Method = 9 }),
			want: []place{{UnsupportedMethod, "a", oneDir}}},
		{name: "the greatest method", archive: editBoth(func(h *zipbuild.Header) { h.Method = max16 }),
			want: []place{{UnsupportedMethod, "a", oneDir}}},
		{name: "patch", archive: editBoth(func(h *zipbuild.Header) { h.Flags |= flagPatch }),
			want: []place{{UnsupportedMethod, "a", oneDir}}},
		{name: "newest version", archive: editCentral(func(h *zipbuild.Header) { h.Version = maxVersion })},
		{name: "newest version, made for another system",
			archive: editCentral(func(h *zipbuild.Header) { h.Version = 0x0a00 | maxVersion })},
		{name: "version after the newest", archive: editCentral(func(h *zipbuild.Header) {
			h.Version = maxVersion +
				1
		}), want: []place{{UnsupportedMethod, "a", oneDir}}, says: "6.4"},
		{name: "stored, and a size that is not that of the data",
			archive: editBoth(func(h *zipbuild.Header) { h.Size++ }), want: []place{{SizeMismatch, "a", oneDir}}},
		{name: "deflate level bits", archive: editBoth(func(h *zipbuild.Header) { h.Flags |= 6 })},
	})
}

// One byte of deflate data stands for at most 1032 bytes; so the size that a bomb declares tells
// before a byte is inflated.
func TestDeflateRatio(t *testing.T) {
	deflated := func(size uint64) zipbuild.Archive {
		return one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.Method, f.Raw = zipbuild.Deflate, []byte{3, 0}
			f.EditLocal = func(h *zipbuild.Header) { h.Size = size }
			f.EditCentral = f.EditLocal
		})
	}
	runFindings(t, []findingCase{
		{name: "as much as two bytes can hold, rounded up", archive: deflated(3*maxDeflateRatio - 1)},
		{name: "one byte more", archive: deflated(3 * maxDeflateRatio),
			want: []place{{SizeMismatch, "a", localSize + 1 + 2}}},
	})
}

// Where deflate can do no better, zlib's own best is the proof that the ratio refuses no real file.
func TestDeflateRatioOfZeros(t *testing.T) {
	data := make([]byte, 4<<20)
	raw := zipbuild.Deflated(data)
	if len(data)/maxDeflateRatio > len(raw) {
		t.Fatalf("%d zeros become %d bytes", len(data), len(raw))
	}
	scanAll(t, zipbuild.Archive{Files: []zipbuild.File{{Name: "zeros", Data: data, Raw: raw,
		Method: zipbuild.Deflate}}}.Bytes()).mustBeClean(t)
}

func TestLocalHeader(t *testing.T) {
	mismatch := []place{{HeaderMismatch, "a", 0}}
	streamed := func(edit func(h *zipbuild.Header)) zipbuild.Archive {
		return one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Descriptor, f.EditLocal = zipbuild.Signed32, edit })
	}
	runFindings(t, []findingCase{
		{name: "another name", archive: editLocal(func(h *zipbuild.Header) { h.Name = "b" }), want: mismatch,
			says: `names the entry "b"`},
		{name: "a name with a terminal sequence", archive: editLocal(func(h *zipbuild.Header) { h.Name = "\x1b" }),
			want: mismatch, says: `names the entry "\x1b"`},
		{name: "another case", archive: editLocal(func(h *zipbuild.Header) { h.Name = "A" }), want: mismatch},
		{name: "another method", archive: editLocal(func(h *zipbuild.Header) { h.Method = zipbuild.Deflate }),
			want: mismatch, says: "method 8 in the local header, 0"},
		{name: "another CRC", archive: editLocal(func(h *zipbuild.Header) { h.CRC++ }), want: mismatch},
		{name: "no CRC", archive: editLocal(func(h *zipbuild.Header) { h.CRC = 0 }), want: mismatch},
		{name: "another size", archive: editLocal(func(h *zipbuild.Header) { h.Size++ }), want: mismatch,
			says: "size 12 in the local header, 11"},
		{name: "another compressed size", archive: editLocal(func(h *zipbuild.Header) { h.CompressedSize = 0 }),
			want: mismatch, says: "compressed size 0"},
		{name: "another flag", archive: editLocal(func(h *zipbuild.Header) { h.Flags ^= flagUTF8 }), want: mismatch},
		{name: "a descriptor that the central directory does not know of",
			archive: editLocal(func(h *zipbuild.Header) { h.Flags ^= flagDescriptor }), want: mismatch},
		{name: "encrypted here only", archive: editLocal(func(h *zipbuild.Header) { h.Flags |= flagEncrypted }),
			want: []place{{Encrypted, "a", 0}, {HeaderMismatch, "a", 0}}},
		{name: "another time", archive: editLocal(func(h *zipbuild.Header) { h.Time++ })},
		{name: "another date", archive: editLocal(func(h *zipbuild.Header) { h.Date++ })},
		{name: "everything at once", archive: editLocal(func(h *zipbuild.Header) {
			h.Name, h.Flags, h.Method, h.Time, h.CRC, h.Size, h.CompressedSize = "b", 1<<12, 8, 0, 1, 2, 3
		}), want: []place{mismatch[0], mismatch[0], mismatch[0], mismatch[0], mismatch[0], mismatch[0]}},
		{name: "another version", archive: editLocal(func(h *zipbuild.Header) { h.Version = 10 })},
		{name: "no signature", archive: editLocal(func(h *zipbuild.Header) { h.Signature = "PK\x03\x05" }),
			want: []place{{Malformed, "a", oneDir}, {Gap, "", 0}}},
		{name: "name longer than the file", archive: editLocal(func(h *zipbuild.Header) { h.NameLen = 200 }),
			want: []place{{Malformed, "a", 0}}, stopped: true, says: "cut off by the end of the file"},
		{name: "extra longer than the file", archive: editLocal(func(h *zipbuild.Header) { h.ExtraLen = max16 }),
			want: []place{{Malformed, "a", 0}}, stopped: true},

		{name: "true values before a descriptor", archive: streamed(func(h *zipbuild.Header) {
			h.CRC, h.Size, h.CompressedSize = zipbuild.CRC([]byte("hello world")), 11, 11
		})},
		{name: "true size alone before a descriptor", archive: streamed(func(h *zipbuild.Header) { h.Size = 11 })},
		{name: "wrong CRC before a descriptor", archive: streamed(func(h *zipbuild.Header) { h.CRC = 1 }),
			want: mismatch},
		{name: "wrong size before a descriptor", archive: streamed(func(h *zipbuild.Header) { h.Size = 1 }),
			want: mismatch},
		{name: "wrong compressed size before a descriptor",
			archive: streamed(func(h *zipbuild.Header) { h.CompressedSize = 1 }), want: mismatch},
		{name: "all ones before a descriptor, without a zip64 block",
			archive: streamed(func(h *zipbuild.Header) { h.Size = max32 }), want: mismatch},
	})
}

func TestZip64Blocks(t *testing.T) {
	const n = 11
	block := func(values ...any) []byte { return zipbuild.Block(idZip64, values...) }
	central := func(extra []byte, edit func(h *zipbuild.Header)) zipbuild.Archive {
		return editCentral(func(h *zipbuild.Header) {
			h.Extra = extra
			if edit != nil {
				edit(h)
			}
		})
	}
	local := func(extra []byte, edit func(h *zipbuild.Header)) zipbuild.Archive {
		return editLocal(func(h *zipbuild.Header) {
			h.Extra = extra
			if edit != nil {
				edit(h)
			}
		})
	}
	open := func(size, compressed, offset bool) func(h *zipbuild.Header) {
		return func(h *zipbuild.Header) {
			if size {
				h.Size = max32
			}
			if compressed {
				h.CompressedSize = max32
			}
			if offset {
				h.Offset = max32
			}
		}
	}
	wrong := []place{{Malformed, "a", oneDir}}
	mismatch := []place{{HeaderMismatch, "a", 0}}
	u := func(v uint64) uint64 { return v }
	runFindings(t, []findingCase{
		{name: "size alone", archive: central(block(u(n)), open(true, false, false))},
		{name: "compressed size alone", archive: central(block(u(n)), open(false, true, false))},
		{name: "offset alone", archive: central(block(u(0)), open(false, false, true))},
		{name: "all", archive: central(block(u(n), u(n), u(0)), open(true, true, true))},
		{name: "all and the disk", archive: central(block(u(n), u(n), u(0), uint32(0)), open(true, true, true))},
		{name: "offset alone, and all of them in the block", archive: central(block(u(n), u(n), u(0)),
			open(false, false, true)), want: wrong, stopped: true},
		{name: "nothing open, all repeated", archive: central(block(u(n), u(n), u(0), uint32(0)), nil)},
		{name: "nothing open, the size repeated", archive: central(block(u(n)), nil)},
		{name: "nothing open, an empty block", archive: central(block(), nil)},
		{name: "nothing open, zeros", archive: central(block(u(0), u(0)), nil)},
		{name: "size open, both sizes in the block", archive: central(block(u(n), u(n)), open(true, false, false))},
		{name: "too short", archive: central(block(u(n), u(n), uint32(0)), open(true, true, true)), want: wrong,
			stopped: true, says: "20 bytes do not hold every"},
		{name: "too short by all", archive: central(block(), open(true, false, false)), want: wrong, stopped: true},
		{name: "nothing open, another size", archive: central(block(u(n+1)), nil), want: wrong, stopped: true,
			says: "it says 12 where the header says 11"},
		{name: "nothing open, another compressed size", archive: central(block(u(n), u(n+1)), nil), want: wrong,
			stopped: true},
		{name: "size open, another compressed size", archive: central(block(u(n), u(n+1)), open(true, false, false)),
			want: wrong, stopped: true},
		{name: "stray bytes", archive: central(block(u(n), u(n), u(0), uint32(0), []byte("x")),
			open(true, true, true)), want: wrong, stopped: true, says: "1 stray bytes"},
		{name: "a part of a value", archive: central(block(u(n), []byte("xyz")), open(true, false, false)),
			want: wrong, stopped: true},

		{name: "in the local header only", archive: local(block(u(n), u(n)), open(true, true, false))},
		{name: "in the local header only, though nothing is open", archive: local(block(u(n), u(n)), nil)},
		{name: "room left in the local header", archive: local(block(u(0), u(0)), nil)},
		{name: "empty in the local header", archive: local(block(), nil)},
		{name: "another size in the local header", archive: local(block(u(n+1), u(n)), nil), want: mismatch},
		{name: "another size in the local header, open", archive: local(block(u(n+1), u(n)), open(true, true, false)),
			want: mismatch},
		{name: "size of 2^64-1 in the local header, open", archive: local(block(u(math.MaxUint64), u(n)),
			open(true, true, false)), want: mismatch},
		{name: "too short in the local header", archive: local(block(u(n)), open(true, true, false)),
			want: []place{mismatch[0], mismatch[0]}},
		{name: "stray bytes in the local header", archive: local(block(u(n), u(n), []byte("x")),
			open(true, true, false)), want: mismatch},
	})
}

// A zip64 archive may say in the wide fields what the narrow ones hold as well, but 2^32-1 itself
// means "see there" only where there is a block.
func TestSizeOfAllOnesWithoutBlock(t *testing.T) {
	r := scanAll(t, editBoth(func(h *zipbuild.Header) { h.Size, h.CompressedSize = max32, max32 }).Bytes())
	if diff := cmp.Diff([]place{{Malformed, "a", oneDir}}, r.places()); diff != "" || !Stopped(r.err) {
		t.Errorf("err = %v, findings (-want +got):\n%s", r.err, diff)
	}
}

func TestDescriptor(t *testing.T) {
	const after = oneData + 11 // where the descriptor stands
	shapes := map[string]zipbuild.Descriptor{"plain 32": zipbuild.Plain32, "signed 32": zipbuild.Signed32,
		"plain 64": zipbuild.Plain64, "signed 64": zipbuild.Signed64}
	lengths := map[string]int64{"plain 32": 12, "signed 32": 16, "plain 64": 20, "signed 64": 24}
	wrong := []place{{DescriptorMismatch, "a", after}}
	var cases []findingCase
	for name, shape := range shapes {
		with := func(edit func(h *zipbuild.Header), more func(f *zipbuild.File)) zipbuild.Archive {
			return two(func(a *zipbuild.Archive) {
				a.Files[0].Descriptor, a.Files[0].EditDescriptor = shape, edit
				if more != nil {
					more(&a.Files[0])
				}
			})
		}
		cases = append(cases,
			findingCase{name: name, archive: with(nil, nil)},
			findingCase{name: name + " before the directory",
				archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Descriptor = shape })},
			findingCase{name: name + " deflated",
				archive: with(nil, func(f *zipbuild.File) { f.Method = zipbuild.Deflate })},
			findingCase{name: name + " of nothing", archive: with(nil, func(f *zipbuild.File) { f.Data = nil })},
			findingCase{name: name + " with another CRC", archive: with(func(h *zipbuild.Header) { h.CRC ^= 1 << 31 },
				nil), want: wrong},
			findingCase{name: name + " with another size", archive: with(func(h *zipbuild.Header) { h.Size++ }, nil),
				want: wrong},
			findingCase{name: name + " with another compressed size",
				archive: with(func(h *zipbuild.Header) { h.CompressedSize-- }, nil), want: wrong},
			findingCase{name: name + " and a byte behind",
				archive: with(nil, func(f *zipbuild.File) { f.After = []byte("x") }),
				want:    []place{{Gap, "", after + lengths[name]}}},
			findingCase{name: name + " and many bytes behind",
				archive: with(nil, func(f *zipbuild.File) { f.After = make([]byte, 100) }),
				want:    []place{{Gap, "", after + lengths[name]}}},
			findingCase{name: name + " and a hidden entry behind",
				archive: with(nil, func(f *zipbuild.File) { f.After = zipbuild.LocalHeader(zipbuild.Header{Name: "x"}) }),
				want:    []place{{HiddenEntry, "", after + lengths[name]}}},
		)
	}
	runFindings(t, cases)

	missing := func(after []byte) zipbuild.Archive {
		return two(func(a *zipbuild.Archive) {
			a.Files[0].After = after
			a.Files[0].EditLocal = func(h *zipbuild.Header) { h.Flags |= flagDescriptor }
			a.Files[0].EditCentral = a.Files[0].EditLocal
		})
	}
	runFindings(t, []findingCase{
		{name: "missing", archive: missing(nil), want: wrong, says: "the 0 bytes after the data hold none"},
		{name: "only a part", archive: missing([]byte(dataSignature)), want: []place{wrong[0], {Gap, "", after}}},
		{name: "other bytes instead", archive: missing(bytes.Repeat([]byte("x"), 17)), want: []place{wrong[0],
			{Gap, "", after}}},
		{name: "other bytes of a right length instead", archive: missing(bytes.Repeat([]byte("x"), 16)), want: wrong},
		{name: "signature in place of the CRC", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].Descriptor = zipbuild.Plain32
			a.Files[0].EditDescriptor = func(h *zipbuild.Header) { h.CRC = le32([]byte(dataSignature)) }
			a.Files[0].EditCentral = a.Files[0].EditDescriptor
		}), want: wrong},
		{name: "one that nobody promises", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].Descriptor = zipbuild.Signed32
			a.Files[0].EditLocal = func(h *zipbuild.Header) {
				h.Flags, h.CRC, h.Size, h.CompressedSize = 0, zipbuild.CRC(a.Files[0].Data), 11, 11
			}
			a.Files[0].EditCentral = func(h *zipbuild.Header) { h.Flags = 0 }
		}), want: []place{{Gap, "", after}}},
		{name: "in the way of the next entry", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].Descriptor = zipbuild.Signed32
			a.Files[1].EditCentral = func(h *zipbuild.Header) { h.Offset -= 16 }
		}), want: []place{wrong[0], {Malformed, "b", twoDir + 16 + centralSize + 1}, {HiddenEntry, "", after}}},
	})
}

func TestTiling(t *testing.T) {
	long := strings.Repeat("x", 400)
	runFindings(t, []findingCase{
		{name: "other order", archive: two(func(a *zipbuild.Archive) { a.Order = []int{1, 0} })},
		{name: "gap between entries", archive: two(func(a *zipbuild.Archive) { a.Files[1].Before = []byte("x") }),
			want: []place{{Gap, "", secondFile}}},
		{name: "gap before the directory", archive: two(func(a *zipbuild.Archive) { a.BeforeDir = []byte("x") }),
			want: []place{{Gap, "", twoDir}}},
		{name: "gap without entries", archive: zipbuild.Archive{BeforeDir: []byte("x")},
			want: []place{{PrefixData, "", 0}}},
		{name: "hidden entry in front", archive: two(func(a *zipbuild.Archive) { a.Files[0].Hidden = true }),
			want: []place{{HiddenEntry, "", 0}}},
		{name: "hidden entry behind", archive: two(func(a *zipbuild.Archive) { a.Files[1].Hidden = true }),
			want: []place{{HiddenEntry, "", secondFile}}},
		{name: "all hidden", archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Hidden = true }),
			want: []place{{HiddenEntry, "", 0}}},
		{name: "hidden central header",
			archive: two(func(a *zipbuild.Archive) { a.BeforeDir = []byte(centralSignature) }),
			want:    []place{{HiddenEntry, "", twoDir}}},
		{name: "slack that the size counts is data", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].Method,
				a.Files[0].Slack = zipbuild.Deflate, []byte("xx")
		})},

		{name: "full overlap", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			a.Files = append(a.Files, zipbuild.File{Name: "a", Data: []byte("hello world"), Shares: 1})
		}), want: []place{{Overlap, "a", 0}}},
		{name: "full overlap many times", archive: one(func(a *zipbuild.Archive, _ *zipbuild.File) {
			for range 3 {
				a.Files = append(a.Files, zipbuild.File{Name: "a", Data: []byte("hello world"), Shares: 1})
			}
		}), want: []place{{Overlap, "a", 0}, {Overlap, "a", 0}, {Overlap, "a", 0}}},
		{name: "quoted overlap", archive: func() zipbuild.Archive {
			// The data of the first entry holds the second one's header and data.
			inner := append(zipbuild.LocalHeader(zipbuild.Header{Version: 20, Name: "b",
				CRC: zipbuild.CRC([]byte("x")), Size: 1, CompressedSize: 1}), 'x')
			return one(func(a *zipbuild.Archive, f *zipbuild.File) {
				f.Data = append(inner, "tail"...)
				a.Files = append(a.Files, zipbuild.File{Name: "b", Data: []byte("x"), Shares: 1,
					EditCentral: func(h *zipbuild.Header) {
						h.Offset, h.Time, h.Date = oneData, 0, 0
					}})
			})
		}(), want: []place{{Overlap, "b", oneData}}},
		{name: "data longer by one byte than up to the next entry", archive: two(func(a *zipbuild.Archive) {
			a.Files[0].EditLocal = func(h *zipbuild.Header) { h.Size, h.CompressedSize = 12, 12 }
			a.Files[0].EditCentral = a.Files[0].EditLocal
		}), want: []place{{Overlap, "b", secondFile}}},
		{name: "data longer by one byte than up to the directory",
			archive: editBoth(func(h *zipbuild.Header) { h.Size, h.CompressedSize = 12, 12 }),
			want:    []place{{Overlap, "a", 0}}},
		{name: "data that the directory is part of", archive: editBoth(func(h *zipbuild.Header) {
			h.Size,
				h.CompressedSize = 100, 100
		}), want: []place{{Overlap, "a", 0}}},
		{name: "data up to the end of the file and on", archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) {
			f.EditLocal = func(h *zipbuild.Header) { h.Size, h.CompressedSize = oneEnd+endLen, oneEnd+endLen }
			f.EditCentral = f.EditLocal
		}), want: []place{{Overlap, "a", 0}}},
		{name: "local header in the directory", archive: editCentral(func(h *zipbuild.Header) { h.Offset = oneDir }),
			want: []place{{Malformed, "a", oneDir}, {HiddenEntry, "", 0}}},
		{name: "no local header there", archive: editCentral(func(h *zipbuild.Header) { h.Offset = 3 }),
			want: []place{{Malformed, "a", oneDir}, {HiddenEntry, "", 0}}},
		{name: "name over the directory", archive: editLocal(func(h *zipbuild.Header) { h.NameLen = 60 }),
			want: []place{{HeaderMismatch, "a", 0}, {Overlap, "a", 0}}},
		{name: "long data", archive: one(func(_ *zipbuild.Archive, f *zipbuild.File) { f.Data = []byte(long) })},
	})
}
