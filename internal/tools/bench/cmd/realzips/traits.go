package main

import (
	"bytes"
	"encoding/binary"
	"io"
	"math"
	"slices"
)

// The hosts of a "version made by" (APPNOTE 4.4.2) and the flag bits (4.4.4) that packers differ
// in.
const (
	hostDOS  = 0
	hostUnix = 3
	hostNTFS = 11

	bitDescriptor = 1 << 3
	bitUTF8       = 1 << 11
)

// A header is what the central directory, or the local header, says of one entry, taken at its
// word.
type header struct {
	host, version byte // made by; zero in a local header
	needed        uint16
	flags         uint16
	method        uint16
	date          uint16
	external      uint32
	name          string
	extra         []byte
	offset        int64
}

// has reports whether the extra fields have the id, up to the first that is cut off.
func (h *header) has(id uint16) bool { return h.field(id) != nil }

// field returns the content of the extra field id, or nil.
func (h *header) field(id uint16) []byte {
	for b := h.extra; len(b) >= 4; {
		n := int(binary.LittleEndian.Uint16(b[2:])) + 4
		if n > len(b) {
			return nil
		}
		if binary.LittleEndian.Uint16(b) == id {
			return b[4:n:n]
		}
		b = b[n:]
	}
	return nil
}

// offset64 returns the local header's offset from the zip64 field (APPNOTE 4.5.3), in which it
// stands after those of the two sizes that do not fit into their fields.
func (h *header) offset64(sizes []byte) int64 {
	b := h.field(0x0001)
	for ; len(sizes) >= 4; sizes = sizes[4:] {
		if binary.LittleEndian.Uint32(sizes) == math.MaxUint32 && len(b) >= 8 {
			b = b[8:]
		}
	}
	if len(b) < 8 {
		return -1
	}
	//nolint:gosec // An offset beyond 2^63 is negative, and nothing is read there.
	return int64(binary.LittleEndian.Uint64(b))
}

// traits are the marks that a packer leaves. They are read without judging: a broken archive has a
// packer too.
type traits struct {
	start   [8]byte // of the file
	central []header
	local   []header // of the first entries
	signed  bool     // an APK signing block stands before the central directory
}

// The most that is read of an archive for its traits.
const (
	maxTail      = 1<<16 + endSize + 20 // comment, end record and zip64 locator
	maxDirectory = 4 << 20
	maxLocal     = 16
	centralSize  = 46
	localSize    = 30
	end64Size    = 56
	locatorSize  = 20
)

// first returns the first entry, empty if there is none.
func (t *traits) first() header {
	if len(t.central) == 0 {
		return header{}
	}
	return t.central[0]
}

// any reports whether what holds of one of the headers that were read.
func (t *traits) any(what func(h *header) bool) bool {
	is := func(h header) bool { return what(&h) }
	return slices.ContainsFunc(t.central, is) || slices.ContainsFunc(t.local, is)
}

// anyHas reports whether an entry has the extra field.
func (t *traits) anyHas(id uint16) bool {
	return t.any(func(h *header) bool { return h.has(id) })
}

// readTraits reads what it can of an archive; what it cannot stays empty.
func readTraits(src io.ReaderAt, size int64) *traits {
	t := new(traits)
	copy(t.start[:], readAt(src, size, 0, 8))
	tailAt := max(0, size-maxTail)
	tail := readAt(src, size, tailAt, maxTail)
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || len(tail)-at < endSize {
		return t
	}
	end := tail[at:]
	length, offset := int64(binary.LittleEndian.Uint32(end[12:])), int64(binary.LittleEndian.Uint32(end[16:]))
	directoryEnd := tailAt + int64(at)
	if zip64 := readEnd64(src, size, directoryEnd); zip64 != nil {
		//nolint:gosec // Taken at its word, like all else.
		length, offset = int64(binary.LittleEndian.Uint64(zip64[40:])), int64(binary.LittleEndian.Uint64(zip64[48:]))
		directoryEnd -= end64Size + locatorSize
	}
	start := directoryEnd - length
	base := start - offset // not 0 if something was put before the archive
	if string(readAt(src, size, start, 4)) != "PK\x01\x02" {
		start, base = offset, 0 // something lies between directory and end
	}
	block := readAt(src, size, start-16, 16)
	t.signed = string(block) == "APK Sig Block 42"
	t.readCentral(readAt(src, size, start, min(length, maxDirectory)))
	for _, h := range t.central[:min(maxLocal, len(t.central))] {
		t.readLocal(src, size, base+h.offset)
	}
	return t
}

// readEnd64 returns the zip64 end record (APPNOTE 4.3.14) that an end record at off belongs to, or
// nil if there is none.
func readEnd64(src io.ReaderAt, size, off int64) []byte {
	locator := readAt(src, size, off-locatorSize, locatorSize)
	if len(locator) < locatorSize || string(locator[:4]) != "PK\x06\x07" {
		return nil
	}
	record := readAt(src, size, off-locatorSize-end64Size, end64Size)
	if len(record) < end64Size || string(record[:4]) != "PK\x06\x06" {
		return nil
	}
	return record
}

// readCentral reads the headers of the central directory, up to the first that is none.
func (t *traits) readCentral(b []byte) {
	le := binary.LittleEndian
	for len(b) >= centralSize && string(b[:4]) == "PK\x01\x02" {
		name := centralSize + int(le.Uint16(b[28:]))
		extra := name + int(le.Uint16(b[30:]))
		next := extra + int(le.Uint16(b[32:]))
		if next > len(b) {
			return
		}
		h := header{
			version: b[4], host: b[5], needed: le.Uint16(b[6:]), flags: le.Uint16(b[8:]), method: le.Uint16(b[10:]),
			date:     le.Uint16(b[14:]),
			external: le.Uint32(b[38:]), offset: int64(le.Uint32(b[42:])), name: string(b[centralSize:name]),
			extra: b[name:extra:extra],
		}
		if h.offset == math.MaxUint32 {
			h.offset = h.offset64(b[20:28])
		}
		t.central = append(t.central, h)
		b = b[next:]
	}
}

// readLocal reads one local header, if there is one.
func (t *traits) readLocal(src io.ReaderAt, size, at int64) {
	le := binary.LittleEndian
	b := readAt(src, size, at, localSize)
	if len(b) < localSize || string(b[:4]) != "PK\x03\x04" {
		return
	}
	name, extra := int64(le.Uint16(b[26:])), int64(le.Uint16(b[28:]))
	rest := readAt(src, size, at+localSize, name+extra)
	if int64(len(rest)) == name+extra {
		t.local = append(t.local, header{
			needed: le.Uint16(b[4:]), flags: le.Uint16(b[6:]), method: le.Uint16(b[8:]), date: le.Uint16(b[12:]),
			name: string(rest[:name]), extra: rest[name:], offset: at,
		})
	}
}

// readAt returns up to n bytes at off, fewer at the end of the file, and none if off lies outside
// or cannot be read.
func readAt(src io.ReaderAt, size, off, n int64) []byte {
	if off < 0 || off >= size || n <= 0 {
		return nil
	}
	b := make([]byte, min(n, size-off))
	if _, err := src.ReadAt(b, off); err != nil {
		return nil
	}
	return b
}
