// Package zipbuild writes zip files byte by byte, honest and dishonest ones, for tests. Every field
// of every record can be set to anything: the builder first works out what an honest packer would
// write and then lets the caller change it. It checks nothing, so what it makes can be as wrong as
// an attacker needs it.
package zipbuild

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"time"
)

// Compression methods.
const (
	Store   = 0
	Deflate = 8
)

// Bits of the general purpose flag.
const (
	FlagEncrypted  = 1 << 0
	FlagDescriptor = 1 << 3
	FlagStrong     = 1 << 6
	FlagUTF8       = 1 << 11
)

// An Archive is a zip file to be.
type Archive struct {
	Prefix []byte // before everything; the offsets do not count it
	Files  []File
	// the order of the central directory, as indices into Files; nil means the order of the data
	Order     []int
	BeforeDir []byte // between the last entry and the central directory
	InDir     []byte // after the last header of the central directory, counted in its size
	AfterDir  []byte // between the central directory and the end records
	Zip64     bool   // with zip64 end records
	Zip64Data []byte // extensible data in the zip64 end record
	Comment   string
	Trailing  []byte       // after everything
	EditEnd   func(e *End) // changes the end records
}

// End holds what the end records say.
type End struct {
	Disk, DirDisk, OnDisk, Count uint16
	DirSize, DirOffset           uint32
	CommentLen                   uint16

	Disk64, DirDisk64         uint32
	OnDisk64, Count64         uint64
	DirSize64, DirOffset64    uint64
	RecordSize64              uint64
	LocatorDisk, LocatorDisks uint32
	LocatorOffset             uint64
}

// Modified is the time of every entry: files that differ only in their time would make a test
// depend on the clock.
var modified = time.Date(2024, 5, 6, 7, 8, 10, 0, time.UTC)

// Bytes returns the archive.
func (a Archive) Bytes() []byte {
	w := &bytes.Buffer{}
	w.Write(a.Prefix)
	base := w.Len()
	central := make([]Header, len(a.Files))
	for i := range a.Files {
		central[i] = a.Files[i].write(w, base, central)
	}
	w.Write(a.BeforeDir)
	dir := w.Len()
	order := a.Order
	if order == nil {
		for i := range a.Files {
			order = append(order, i)
		}
	}
	count := 0
	for _, i := range order {
		if !a.Files[i].Hidden {
			central[i].writeCentral(w)
			count++
		}
	}
	w.Write(a.InDir)
	e := End{
		OnDisk: clamp16(count), Count: clamp16(count), OnDisk64: uint64(count), Count64: uint64(count),
		DirSize64: uint64(w.Len() - dir), DirOffset64: uint64(dir - base), //nolint:gosec // Lengths.
		RecordSize64: uint64(44 + len(a.Zip64Data)), LocatorDisks: 1, CommentLen: clamp16(len(a.Comment)),
	}
	e.DirSize, e.DirOffset = uint32(e.DirSize64), uint32(e.DirOffset64) //nolint:gosec // Archives of tests are small.
	w.Write(a.AfterDir)
	e.LocatorOffset = uint64(w.Len() - base) //nolint:gosec // A length.
	if a.Zip64 {
		e.OnDisk, e.Count, e.DirSize, e.DirOffset = 0xffff, 0xffff, 0xffffffff, 0xffffffff
	}
	if a.EditEnd != nil {
		a.EditEnd(&e)
	}
	if a.Zip64 {
		put(w, "PK\x06\x06", e.RecordSize64, uint16(45), uint16(45), e.Disk64, e.DirDisk64, e.OnDisk64, e.Count64,
			e.DirSize64, e.DirOffset64, a.Zip64Data)
		put(w, "PK\x06\x07", e.LocatorDisk, e.LocatorOffset, e.LocatorDisks)
	}
	put(w, "PK\x05\x06", e.Disk, e.DirDisk, e.OnDisk, e.Count, e.DirSize, e.DirOffset, e.CommentLen,
		[]byte(a.Comment), a.Trailing)
	return w.Bytes()
}

// CRC returns the checksum of an entry's data.
func CRC(data []byte) uint32 { return crc32.ChecksumIEEE(data) }

// put appends values in little-endian order; a string or slice as it is.
func put(w *bytes.Buffer, values ...any) {
	for _, v := range values {
		switch v := v.(type) {
		case string:
			w.WriteString(v)
		case []byte:
			w.Write(v)
		case uint16:
			w.Write(binary.LittleEndian.AppendUint16(nil, v))
		case uint32:
			w.Write(binary.LittleEndian.AppendUint32(nil, v))
		case uint64:
			w.Write(binary.LittleEndian.AppendUint64(nil, v))
		default:
			panic("zipbuild: a value of a type that no record holds")
		}
	}
}

func clamp16(n int) uint16 { return uint16(min(n, 0xffff)) } //nolint:gosec // Clamped.
