package zipscan

import (
	"time"
)

// Bits of the general purpose flag (APPNOTE 4.4.4).
const (
	flagEncrypted  = 1 << 0
	flagDescriptor = 1 << 3
	flagPatch      = 1 << 5
	flagStrong     = 1 << 6
	flagUTF8       = 1 << 11
	flagMasked     = 1 << 13

	// flagLevel is how hard an encoder tried, which changes nothing for a reader.
	flagLevel = 1<<1 | 1<<2
)

// Compression methods (APPNOTE 4.4.5).
const (
	Store   = 0
	Deflate = 8

	methodAES = 99
)

// An Entry is one entry of the archive: what the central directory says of it, and where its data
// lies.
type Entry struct {
	Name string // as it stands in the archive
	// UnicodeName is the name in an extra field (0x7075) of an entry that does not say that its name
	// is UTF-8, if it differs and its checksum is that of Name; empty for none.
	UnicodeName    string
	Modified       time.Time
	Size           int64 // unpacked, as declared
	CompressedSize int64
	CentralOffset  int64 // of its central directory header
	HeaderOffset   int64 // of its local header
	DataOffset     int64
	CRC32          uint32
	Method         uint16
	Flags          uint16
	Mode           uint16 // permission bits, if the archive was made on a Unix-like system
	// what its attributes and extra fields claim it to be; the name has a say of its own
	Kinds Kind
}

// Streamed reports whether a data descriptor follows the entry's data (APPNOTE 4.4.4, bit 3).
func (e *Entry) Streamed() bool { return e.Flags&flagDescriptor != 0 }

// Encrypted reports whether the entry says that its data is encrypted.
func (e *Entry) Encrypted() bool {
	return e.Flags&(flagEncrypted|flagStrong|flagMasked) != 0 || e.Method == methodAES
}

// UTF8 reports whether the entry's name claims to be UTF-8 (APPNOTE 4.4.4, bit 11).
func (e *Entry) UTF8() bool { return e.Flags&flagUTF8 != 0 }

// entryBytes is what one entry takes in memory beside its name: itself and its place in the order
// by offset.
const entryBytes = 120
