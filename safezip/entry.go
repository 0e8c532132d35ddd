package safezip

import (
	"io/fs"
	"strings"
	"time"

	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// An Entry is what the archive says of one of its entries, as Select sees it.
type Entry struct {
	// as it stands in the archive: hostile text until the archive has been accepted
	Name string
	// the name on disk and for the methods of a Reader: slash-separated and as fs.ValidPath has it,
	// decoded, without what StripPrefix and StripTop take away. It is empty for an entry that
	// SkipMacOS or Select leaves out, for Select itself, and in a refused Inspect
	Path           string
	Link           string // under UnsafeSymlinks, the target of a link in a Reader
	Size           int64  // unpacked, as declared; bytes
	CompressedSize int64  // bytes
	// the name ends in a slash; with RuleBackslash lifted, a backslash counts as well, and with
	// RuleTypeMismatch lifted, the attributes of an entry without data
	Dir bool
	// type and permission bits as declared, 0 for what was not; never written to disk as they are
	Mode      fs.FileMode
	Modified  time.Time // UTC; the zero Time if there is none
	Method    Method
	CRC32     uint32 // of the unpacked data, as declared
	Encrypted bool   // as declared; such an archive is refused
}

// A Method is a compression method, by its number in APPNOTE 4.4.5. Stored (0) and deflate (8) are
// read and written.
type Method uint16

// String returns the method's name, such as "stored", "deflate" or "Deflate64", or "method 99".
func (m Method) String() string {
	if m == 99 {
		return "method 99" // Encrypted: the true one stands elsewhere.
	}
	return zipscan.MethodName(uint16(m))
}

// entryOf is an entry as the caller sees it.
func entryOf(e *tree.Entry) Entry {
	return Entry{Name: e.Name, Path: e.Path, Size: e.Size, CompressedSize: e.CompressedSize, Dir: e.Dir, Mode: e.Mode,
		Modified: e.Modified, Method: Method(e.Method), CRC32: e.CRC32, Encrypted: e.Encrypted}
}

// entry is what the archive says of entry i.
func (a *archive) entry(i int32) tree.Entry {
	e := &a.zip.Entries[i]
	mode := fs.FileMode(e.Mode).Perm()
	lifted := a.config.Names.Lifted
	dir := strings.HasSuffix(e.Name, "/") || strings.HasSuffix(e.Name, `\`) && lifted[RuleBackslash] ||
		isDirectory(e) && lifted[RuleTypeMismatch]
	switch {
	case e.Kinds&zipscan.KindSymlink != 0:
		mode |= fs.ModeSymlink
	case isPiped(e):
	case e.Kinds&(zipscan.KindSpecial|zipscan.KindLinked|zipscan.KindFIFO) != 0:
		mode |= fs.ModeIrregular
	case dir || e.Kinds&zipscan.KindDir != 0:
		mode |= fs.ModeDir
	}
	return tree.Entry{Name: e.Name, Size: e.Size, CompressedSize: e.CompressedSize, Dir: dir, Mode: mode,
		Modified: e.Modified, CRC32: e.CRC32, UTF8: e.UTF8(), Offset: e.CentralOffset, UnicodeName: e.UnicodeName,
		Method: e.Method, Encrypted: e.Encrypted()}
}
