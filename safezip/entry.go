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
	// the name for the methods of a Reader: slash-separated and as fs.ValidPath has it, without what
	// StripPrefix takes away. Select and Inspect leave it empty
	Path           string
	Link           string // under UnsafeSymlinks, the target of a link in a Reader
	Size           int64  // unpacked, as declared; bytes
	CompressedSize int64  // bytes
	// the name ends in a slash; with RuleBackslash lifted, a backslash counts as well, and with
	// RuleTypeMismatch lifted, the attributes of an entry without data
	Dir bool
	// type and permission bits as declared, 0 for what was not; never written to disk as they are
	Mode     fs.FileMode
	Modified time.Time // UTC; the zero Time if there is none
}

// entryOf is an entry as the caller sees it.
func entryOf(e *tree.Entry) Entry {
	return Entry{Name: e.Name, Path: e.Path, Size: e.Size, CompressedSize: e.CompressedSize, Dir: e.Dir, Mode: e.Mode,
		Modified: e.Modified}
}

// entry is what the archive says of entry i.
func (a *archive) entry(i int32) tree.Entry {
	e := &a.zip.Entries[i]
	mode := fs.FileMode(e.Mode).Perm()
	lifted := a.config.Names.Lifted
	dir := strings.HasSuffix(e.Name, "/") || lifted[RuleBackslash] && strings.HasSuffix(e.Name, `\`) ||
		lifted[RuleTypeMismatch] && isDirectory(e)
	switch {
	case e.Kinds&zipscan.KindSymlink != 0:
		mode |= fs.ModeSymlink
	case e.Kinds&(zipscan.KindSpecial|zipscan.KindLinked) != 0:
		mode |= fs.ModeIrregular
	case dir || e.Kinds&zipscan.KindDir != 0:
		mode |= fs.ModeDir
	}
	return tree.Entry{Name: e.Name, Size: e.Size, CompressedSize: e.CompressedSize, Dir: dir, Mode: mode,
		Modified: e.Modified, CRC32: e.CRC32, UTF8: e.UTF8(), Offset: e.CentralOffset}
}
