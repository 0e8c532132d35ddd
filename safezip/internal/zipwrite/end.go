package zipwrite

import "encoding/binary"

// AppendEnd appends the end records after a central directory of count headers and size bytes at
// offset; the zip64 ones only if a number needs them.
func AppendEnd(b []byte, count, size, offset int64) []byte {
	count16 := uint16(max16)
	if count < max16 {
		count16 = uint16(count) //nolint:gosec // Just compared.
	}
	if count >= max16 || large(size) || large(offset) {
		b = appendEnd64(b, count, size, offset)
	}
	b = append(b, endSignature...)
	b = append(b, 0, 0, 0, 0) // this disk, and that of the directory
	b = binary.LittleEndian.AppendUint16(b, count16)
	b = binary.LittleEndian.AppendUint16(b, count16)
	b = binary.LittleEndian.AppendUint32(b, low(size))
	b = binary.LittleEndian.AppendUint32(b, low(offset))
	return append(b, 0, 0) // no comment
}

// appendEnd64 appends the zip64 end record and its locator.
func appendEnd64(b []byte, count, size, offset int64) []byte {
	u64 := func(n int64) { b = binary.LittleEndian.AppendUint64(b, uint64(n)) } //nolint:gosec // Not negative.
	b = append(b, end64Signature...)
	u64(end64Remaining)
	b = binary.LittleEndian.AppendUint16(b, madeOnUnix|version45)
	b = binary.LittleEndian.AppendUint16(b, version45)
	b = append(b, 0, 0, 0, 0, 0, 0, 0, 0) // this disk, and that of the directory
	u64(count)
	u64(count)
	u64(size)
	u64(offset)
	b = append(b, locatorSignature...)
	b = append(b, 0, 0, 0, 0)
	u64(offset + size)
	return append(b, 1, 0, 0, 0) // disks in all
}
