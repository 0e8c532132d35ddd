package tree

import (
	"io/fs"
	"time"
)

// An Entry is what an archive says of one of its entries, whatever the format.
type Entry struct {
	Name           string // as it stands in the archive
	Path           string // the path that it is reached by, where that is known
	Size           int64  // unpacked, as declared
	CompressedSize int64
	Dir            bool        // the name ends in a separator
	Mode           fs.FileMode // type and permission bits as declared
	Modified       time.Time   // the zero Time if there is none
	CRC32          uint32
	UTF8           bool // the entry says that its name is UTF-8
	// UnicodeName is a second name, in an extra field whose checksum is that of Name; empty for
	// none or one that is the same.
	UnicodeName string
	Link        string // the target of a link
	Method      uint16
	Encrypted   bool
	Offset      int64 // of its header
}

// Kind is what a node becomes on disk.
type Kind uint8

// The kinds of a node on disk.
const (
	File Kind = iota
	Dir
	Link
)
