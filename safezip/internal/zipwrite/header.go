package zipwrite

import (
	"encoding/binary"
	"math"
	"time"
)

// Compression methods (APPNOTE 4.4.5).
const (
	Store   = 0
	Deflate = 8
)

// Header is what the headers of one entry say.
type Header struct {
	Name           string // with a slash at the end for a directory
	Modified       time.Time
	Size           int64
	CompressedSize int64
	Offset         int64 // of the local header
	CRC32          uint32
	Mode           uint16 // a Unix mode, type bits included
	Method         uint16
	// CRC-32 and sizes follow the data in a descriptor; the local header leaves them open
	Streamed bool
	// the local header has said that the descriptor's sizes take 8 bytes each
	Wide bool
}

const (
	localSignature    = "PK\x03\x04"
	dataSignature     = "PK\x07\x08"
	centralSignature  = "PK\x01\x02"
	endSignature      = "PK\x05\x06"
	end64Signature    = "PK\x06\x06"
	locatorSignature  = "PK\x06\x07"
	flagDescriptor    = 1 << 3
	flagUTF8          = 1 << 11
	idZip64           = 0x0001
	idTimestamp       = 0x5455
	madeOnUnix        = 3 << 8
	attributeDOSDir   = 0x10
	version20         = 20 // deflate, directories (APPNOTE 4.4.3.2)
	version45         = 45 // zip64
	unixDirectory     = 0x4000
	unixType          = 0xf000
	end64Remaining    = 44
	localHeaderLen    = 30
	centralHeaderLen  = 46
	timestampLen      = 9
	zip64Local        = 20
	zip64CentralMost  = 28
	max16             = math.MaxUint16
	max32             = math.MaxUint32
	lastTimestamp     = math.MaxInt32
	firstDOSYear      = 1980
	lastDOSYear       = 2107
	secondsPerDOSTick = 2
)

// CentralBytes returns how long the central directory's header of an entry becomes at most.
func CentralBytes(name string) int64 {
	return centralHeaderLen + timestampLen + zip64CentralMost + int64(len(name))
}

// HasTime reports whether the headers can hold a time: the MS-DOS fields know the years from 1980
// to 2107 (APPNOTE 4.4.6).
func HasTime(t time.Time) bool {
	year := t.UTC().Year()
	return year >= firstDOSYear && year <= lastDOSYear
}

// large reports whether 32 bits do not hold a number. The largest that they could hold stands for
// "see the zip64 field".
func large(n int64) bool { return n >= max32 }

// low returns what a field of 32 bits says of a number.
func low(n int64) uint32 {
	if large(n) {
		return max32
	}
	return uint32(n) //nolint:gosec // Sizes and offsets are not negative, and large ones are gone.
}

func (h *Header) flags() uint16 {
	var flags uint16
	if h.Streamed {
		flags |= flagDescriptor
	}
	for i := range len(h.Name) {
		if h.Name[i] >= 0x80 {
			return flags | flagUTF8
		}
	}
	return flags
}

// version is the version of the format that a reader needs (APPNOTE 4.4.3).
func (h *Header) version() uint16 {
	if h.Wide || large(h.Size) || large(h.CompressedSize) || large(h.Offset) {
		return version45
	}
	return version20
}

// AppendLocal appends the local header. Under Streamed it leaves CRC-32 and sizes open as zeros.
func (h *Header) AppendLocal(b []byte) []byte {
	crc, size, compressed := h.CRC32, h.Size, h.CompressedSize
	if h.Streamed {
		crc, size, compressed = 0, 0, 0
	}
	wide := h.Wide || large(size) || large(compressed)
	var extra []byte
	version := uint16(version20)
	size32, compressed32 := low(size), low(compressed)
	if wide {
		// In a local header both sizes stand in the field (APPNOTE 4.5.3).
		version, size32, compressed32 = version45, max32, max32
		extra = binary.LittleEndian.AppendUint16(extra, idZip64)
		extra = binary.LittleEndian.AppendUint16(extra, zip64Local-4)
		extra = binary.LittleEndian.AppendUint64(extra, uint64(size))
		extra = binary.LittleEndian.AppendUint64(extra, uint64(compressed))
	}
	extra = h.appendTimestamp(extra)
	date, clock := h.dosTime()

	b = append(b, localSignature...)
	b = binary.LittleEndian.AppendUint16(b, version)
	b = binary.LittleEndian.AppendUint16(b, h.flags())
	b = binary.LittleEndian.AppendUint16(b, h.Method)
	b = binary.LittleEndian.AppendUint16(b, clock)
	b = binary.LittleEndian.AppendUint16(b, date)
	b = binary.LittleEndian.AppendUint32(b, crc)
	b = binary.LittleEndian.AppendUint32(b, compressed32)
	b = binary.LittleEndian.AppendUint32(b, size32)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(h.Name))) //nolint:gosec // The caller has held it to 65,535 bytes.
	b = binary.LittleEndian.AppendUint16(b, uint16(len(extra)))  //nolint:gosec // At most 29 bytes.
	b = append(b, h.Name...)
	return append(b, extra...)
}

// AppendDescriptor appends the data descriptor of a streamed entry, with its signature. Its sizes
// take 8 bytes each if one of them needs them or the local header said so.
func (h *Header) AppendDescriptor(b []byte) []byte {
	b = append(b, dataSignature...)
	b = binary.LittleEndian.AppendUint32(b, h.CRC32)
	if h.Wide || large(h.Size) || large(h.CompressedSize) {
		b = binary.LittleEndian.AppendUint64(b, uint64(h.CompressedSize)) //nolint:gosec // Not negative.
		return binary.LittleEndian.AppendUint64(b, uint64(h.Size))        //nolint:gosec // Not negative.
	}
	b = binary.LittleEndian.AppendUint32(b, low(h.CompressedSize))
	return binary.LittleEndian.AppendUint32(b, low(h.Size))
}

// AppendCentral appends the central directory's header.
func (h *Header) AppendCentral(b []byte) []byte {
	var wide []byte
	for _, n := range []int64{h.Size, h.CompressedSize, h.Offset} {
		if large(n) {
			wide = binary.LittleEndian.AppendUint64(wide, uint64(n)) //nolint:gosec // Not negative.
		}
	}
	var extra []byte
	if len(wide) > 0 {
		extra = binary.LittleEndian.AppendUint16(extra, idZip64)
		extra = binary.LittleEndian.AppendUint16(extra, uint16(len(wide))) //nolint:gosec // At most 24 bytes.
		extra = append(extra, wide...)
	}
	extra = h.appendTimestamp(extra)
	attributes := uint32(h.Mode) << 16
	if h.Mode&unixType == unixDirectory {
		attributes |= attributeDOSDir
	}
	date, clock := h.dosTime()

	b = append(b, centralSignature...)
	b = binary.LittleEndian.AppendUint16(b, madeOnUnix|h.version())
	b = binary.LittleEndian.AppendUint16(b, h.version())
	b = binary.LittleEndian.AppendUint16(b, h.flags())
	b = binary.LittleEndian.AppendUint16(b, h.Method)
	b = binary.LittleEndian.AppendUint16(b, clock)
	b = binary.LittleEndian.AppendUint16(b, date)
	b = binary.LittleEndian.AppendUint32(b, h.CRC32)
	b = binary.LittleEndian.AppendUint32(b, low(h.CompressedSize))
	b = binary.LittleEndian.AppendUint32(b, low(h.Size))
	b = binary.LittleEndian.AppendUint16(b, uint16(len(h.Name))) //nolint:gosec // The caller has held it to 65,535 bytes.
	b = binary.LittleEndian.AppendUint16(b, uint16(len(extra)))  //nolint:gosec // At most 37 bytes.
	b = append(b, 0, 0, 0, 0, 0, 0)                              // comment, disk, internal attributes
	b = binary.LittleEndian.AppendUint32(b, attributes)
	b = binary.LittleEndian.AppendUint32(b, low(h.Offset))
	b = append(b, h.Name...)
	return append(b, extra...)
}

// dosTime returns the MS-DOS fields for the time, in UTC, as those who know no zone read them;
// zeros if there is no time.
func (h *Header) dosTime() (date, clock uint16) {
	if h.Modified.IsZero() {
		return 0, 0
	}
	t := h.Modified.UTC()
	//nolint:gosec // The caller has asked HasTime.
	date = uint16((t.Year()-firstDOSYear)<<9 | int(t.Month())<<5 | t.Day())
	clock = uint16(t.Hour()<<11 | t.Minute()<<5 | t.Second()/secondsPerDOSTick) //nolint:gosec // A time of day.
	return date, clock
}

// appendTimestamp appends Info-ZIP's extended timestamp, which counts seconds and knows the zone,
// if it can hold the time: its 32 bits are signed and end in 2038.
func (h *Header) appendTimestamp(b []byte) []byte {
	seconds := h.Modified.Unix()
	if h.Modified.IsZero() || seconds > lastTimestamp {
		return b
	}
	b = binary.LittleEndian.AppendUint16(b, idTimestamp)
	b = binary.LittleEndian.AppendUint16(b, timestampLen-4)
	b = append(b, 1)                                            // the time of modification alone
	return binary.LittleEndian.AppendUint32(b, uint32(seconds)) //nolint:gosec // From 1980 to 2038.
}
