package ziptest

import (
	"bytes"
	"encoding/binary"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/safezip"
)

// descriptor returns a data descriptor of the given shape.
func descriptor(shape zipbuild.Descriptor, crc uint32, compressed, size uint64) []byte {
	var b []byte
	if shape == zipbuild.Signed32 || shape == zipbuild.Signed64 {
		b = append(b, "PK\x07\x08"...)
	}
	b = binary.LittleEndian.AppendUint32(b, crc)
	for _, n := range []uint64{compressed, size} {
		if shape == zipbuild.Plain64 || shape == zipbuild.Signed64 {
			b = binary.LittleEndian.AppendUint64(b, n)
		} else {
			b = binary.LittleEndian.AppendUint32(b, uint32(n)) //nolint:gosec // Small, or cut on purpose.
		}
	}
	return b
}

// streamedStored is a stored entry with its sizes after its data.
func streamedStored(name string, data []byte) zipbuild.File {
	return zipbuild.File{Name: name, Data: data, Descriptor: zipbuild.Signed32}
}

// hostileStreamed hold a second end in the stored data of a streamed entry: a reader from the front
// sees a short file there, and after it an entry that the directory does not list.
func hostileStreamed() []recipe {
	head := []byte("GIF89a, or so it seems to a scanner that reads the whole")
	k, crc := uint64(len(head)), zipbuild.CRC(head)
	var list []recipe
	for _, s := range shapes {
		for _, lie := range []struct {
			name             string
			crc              uint32
			compressed, size uint64
		}{
			{"all-true", crc, k, k}, {"crc-alone", crc, 7, 9}, {"sizes-alone", ^crc, k, k},
		} {
			d := descriptor(s.shape, lie.crc, lie.compressed, lie.size)
			name := "in-stored-data-" + s.name + "-" + lie.name
			list = append(list,
				archive(safezip.RuleHiddenEntry, name, streamedStored("a", bytes.Join([][]byte{head, d, lone()}, nil)),
					file("b")))
		}
		d := descriptor(s.shape, crc, k, k)
		list = append(list, archive(safezip.RuleHiddenEntry, "in-stored-data-"+s.name+"-before-directory",
			streamedStored("a", bytes.Join([][]byte{head, d, zipbuild.CentralHeader(zipbuild.Header{Name: "evil"})},
				nil))))
	}
	return append(list,
		archive(safezip.RuleHiddenEntry, "in-stored-data-deep", streamedStored("a", bytes.Join([][]byte{
			bytes.Repeat(head, 5000), descriptor(zipbuild.Signed64, zipbuild.CRC(bytes.Repeat(head, 5000)), 1, 2),
			lone()}, nil))),
		archive(safezip.RuleHiddenEntry, "in-stored-data-of-nothing", streamedStored("a",
			append(descriptor(zipbuild.Signed32, 0, 0, 0), lone()...))),
		archive(safezip.RuleHiddenEntry, "in-stored-data-into-the-true-descriptor", signatureAtTheEnd(head)))
}

// signatureAtTheEnd returns an entry whose data ends in the signature of a descriptor: with the
// true one, which has no signature, it is one of a file that is four bytes shorter. The four bytes
// after head are those for which both have the same CRC-32.
func signatureAtTheEnd(head []byte) zipbuild.File {
	data := append(binary.LittleEndian.AppendUint32(bytes.Clone(head), 0x4f455aaa), "PK\x07\x08"...)
	return zipbuild.File{Name: "a", Data: data, Descriptor: zipbuild.Plain32}
}

// benignStreamed are archives within stored, streamed entries, as archiver, yazl, fflate,
// client-zip and jszip write them, and data that only looks like a descriptor.
func benignStreamed() []recipe {
	streamed := edited("x", func(f *zipbuild.File) { f.Descriptor = zipbuild.Signed32 })
	inner := zipbuild.Archive{Files: []zipbuild.File{streamed, file("y"), streamedStored("z", []byte("stored"))}}.Bytes()
	wide := edited("x", func(f *zipbuild.File) { f.Descriptor = zipbuild.Plain64 })
	other := zipbuild.Archive{Files: []zipbuild.File{wide, {Name: "d/"}, streamedStored("e", nil)}}.Bytes()
	nested := zipbuild.Archive{Files: []zipbuild.File{streamedStored("inner.zip", inner),
		streamedStored("other.zip", other)}}.Bytes()
	head := []byte("a text about zip files")
	k, crc := uint64(len(head)), zipbuild.CRC(head)
	return []recipe{
		archive(safezip.RuleHiddenEntry, "archive-in-stored-data", streamedStored("inner.zip", inner),
			streamedStored("other.zip", other)),
		archive(safezip.RuleHiddenEntry, "archive-in-archive-in-stored-data", streamedStored("nested.zip", nested)),
		archive(safezip.RuleHiddenEntry, "plain-signature-in-stored-data", streamedStored("a",
			[]byte("see PK\x07\x08 in APPNOTE.TXT, section 4.3.9, and PK\x03\x04 in 4.3.7"))),
		archive(safezip.RuleHiddenEntry, "one-size-in-stored-data", streamedStored("a", bytes.Join([][]byte{head,
			descriptor(zipbuild.Signed32, crc+1, k, k+1), lone()}, nil))),
		// Its size is in the local header: there is one end.
		archive(safezip.RuleHiddenEntry, "descriptor-in-data-of-known-size", zipbuild.File{Name: "a",
			Data: bytes.Join([][]byte{head, descriptor(zipbuild.Signed32, crc, k, k), lone()}, nil)}),
		// Deflate data ends by itself.
		archive(safezip.RuleHiddenEntry, "descriptor-in-deflated-data", zipbuild.File{Name: "a",
			Method: zipbuild.Deflate, Descriptor: zipbuild.Signed32,
			Data: bytes.Join([][]byte{head, descriptor(zipbuild.Signed32, crc, k, k), lone()}, nil)}),
	}
}

// emptyBlocks returns n deflate blocks of nothing, of which the last ends the stream.
func emptyBlocks(n int) []byte {
	return append(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, n-1), 1, 0, 0, 0xff, 0xff)
}

// hostileBlocks carry more deflate data than any file needs.
func hostileBlocks() []recipe {
	many := zipbuild.File{Name: "a", Method: zipbuild.Deflate, Raw: emptyBlocks(1 << 14)}
	dynamic := edited("a", func(f *zipbuild.File) {
		f.Raw = append(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 300), zipbuild.Deflated(f.Data)...)
	})
	short := zipbuild.File{Name: "a", Method: zipbuild.Deflate, Raw: emptyBlocks(205)} // 1,025 bytes for nothing
	streamed := many
	streamed.Descriptor = zipbuild.Signed64
	return []recipe{
		archive(safezip.RuleCompressedSlack, "empty-blocks", many),
		archive(safezip.RuleCompressedSlack, "empty-blocks-before-data", dynamic),
		archive(safezip.RuleCompressedSlack, "empty-blocks-just-too-many", short),
		archive(safezip.RuleCompressedSlack, "empty-blocks-streamed", streamed),
	}
}

// benignBlocks are what encoders that flush often write.
func benignBlocks() []recipe {
	return []recipe{
		archive(safezip.RuleCompressedSlack, "flushed-204-times", zipbuild.File{Name: "a", Method: zipbuild.Deflate,
			Raw: emptyBlocks(204)}),
		archive(safezip.RuleCompressedSlack, "flushed-before-data", edited("a", func(f *zipbuild.File) {
			f.Raw = append(bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 100), zipbuild.Deflated(f.Data)...)
		})),
	}
}
