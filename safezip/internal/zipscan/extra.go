package zipscan

import (
	"bytes"
	"fmt"
	"hash/crc32"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed73825598/airlock/limits"
)

// Extra fields (APPNOTE 4.5) are a list of blocks, each an id, a length and that many bytes. They
// can say a second time what an entry is called, how large it is and what it is; a reader that
// looks at a block another one misses reads another archive. So the list must be whole (only zeros
// may pad it), no id may come twice, and every block that has a say is held against the header.

// Ids of the blocks that have a say.
const (
	idZip64       = 0x0001 // sizes and offsets, APPNOTE 4.5.3
	idNTFS        = 0x000a // times, APPNOTE 4.5.5
	idUnix        = 0x000d // times, owner, link target or device, APPNOTE 4.5.7
	idTimestamp   = 0x5455 // times, Info-ZIP
	idUnicodePath = 0x7075 // the name in UTF-8, APPNOTE 4.6.9
	idASi         = 0x756e // mode, owner and link target, ASi Unix
	idLibarchive  = 0x6c78 // the central directory's attributes ahead of it, libarchive
)

// extra is what the extra fields of one header say.
type extra struct {
	zip64 []byte
	has64 bool
	mtime time.Time
}

// idSet remembers which ids one header has used: a flood of blocks is checked in one pass.
type idSet struct {
	bits [1 << 10]uint64
	used []uint16
}

func (s *idSet) add(id uint16) (fresh bool) {
	word, bit := &s.bits[id>>6], uint64(1)<<(id&63)
	if *word&bit != 0 {
		return false
	}
	*word |= bit
	s.used = append(s.used, id)
	return true
}

func (s *idSet) clear() {
	for _, id := range s.used {
		s.bits[id>>6] = 0
	}
	s.used = s.used[:0]
}

// readExtra reads into x the extra fields b of a header of e that stands at off.
func (s *scanner) readExtra(x *extra, e *Entry, off int64, b []byte) error {
	if len(b) == 0 {
		return nil
	}
	defer s.seen.clear()
	for len(b) > 0 {
		if len(b) < 4 || le16(b) == 0 && le16(b[2:]) == 0 {
			// Aligned archives (zipalign and its like) are padded with zeros, which every reader
			// skips.
			if len(bytes.TrimLeft(b, "\x00")) != 0 {
				return s.report(ExtraField, e.Name, off, "%d stray bytes at the end of the extra fields", len(b))
			}
			return nil
		}
		id, n := le16(b), int(le16(b[2:]))
		if n > len(b)-4 {
			return s.report(ExtraField, e.Name, off,
				"extra field 0x%04x says it is %d bytes long, and %d are left", id, n, len(b)-4)
		}
		if !s.seen.add(id) {
			if err := s.report(ExtraField, e.Name, off, "extra field 0x%04x comes twice", id); err != nil {
				return err
			}
		}
		if err := s.readBlock(x, e, off, id, b[4:4+n]); err != nil {
			return err
		}
		b = b[4+n:]
	}
	return nil
}

// readBlock takes from one block what it says about e.
func (s *scanner) readBlock(x *extra, e *Entry, off int64, id uint16, b []byte) error {
	switch id {
	case idZip64:
		x.zip64, x.has64 = b, true
	case idTimestamp:
		if len(b) >= 5 && b[0]&1 != 0 {
			//nolint:gosec // The field is a signed 32-bit count of seconds.
			x.mtime = time.Unix(int64(int32(le32(b[1:]))), 0).UTC()
		}
	case idNTFS:
		if x.mtime.IsZero() && len(b) >= 16 && le16(b[4:]) == 1 && le16(b[6:]) >= 8 {
			x.mtime = timeOfNTFS(le64(b[8:]))
		}
	case idUnicodePath:
		// The name may be said again here, in UTF-8. A reader that prefers this one must read the
		// same.
		return s.readUnicodePath(e, off, b)
	case idUnix:
		if len(b) > 12 {
			e.Kinds |= KindLinked
		}
	case idASi:
		if len(b) >= 14 {
			if k := kindOfMode(le16(b[4:])); k == KindFIFO {
				e.Kinds |= KindSpecial // Only the attributes say what a packer read from.
			} else {
				e.Kinds |= k
			}
			if len(b) > 14 {
				e.Kinds |= KindLinked
			}
		}
	case idLibarchive:
		e.Kinds |= kindOfLibarchive(b)
	}
	return nil
}

// readUnicodePath reads the Unicode path block of a header of e. The central directory's comes
// first. One that differs from the name can be its reading in the packer's own encoding, if it
// belongs to the name (its checksum is the name's) and the name does not say that it is UTF-8;
// whether it is, package tree decides. The local header must have the same.
func (s *scanner) readUnicodePath(e *Entry, off int64, b []byte) error {
	if len(b) >= 5 && b[0] == 1 {
		switch name := string(b[5:]); {
		case name == e.Name || name != "" && name == e.UnicodeName:
			return nil
		case off == e.CentralOffset && name != "" && !e.UTF8() && isBeyondASCII(e.Name) && le32(b[1:]) == crc32.ChecksumIEEE(
			[]byte(e.Name)):
			if err := s.hold(int64(len(name))); err != nil {
				return err
			}
			e.UnicodeName = name
			return nil
		}
	}
	// A version and a checksum stand before the name.
	return s.report(UnicodePath, e.Name, off, "the Unicode path extra field holds %s",
		limits.Quote(string(b[min(len(b), 5):])))
}

func isBeyondASCII(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// A field64 is a field of a header that the zip64 block may widen: open says that the header leaves
// it to the block.
type field64 struct {
	value *uint64
	open  bool
	bytes int
}

// resolve64 gives each open field its value from the zip64 block, in which only the open ones
// stand, in order (APPNOTE 4.5.3). Some programs write all of them, and some readers expect all of
// them: so if the block holds more than it must, then the reading by fixed places has to give the
// same values. It returns what is wrong, or "".
func (x *extra) resolve64(fields ...field64) string {
	b := x.zip64
	for _, f := range fields {
		if !f.open {
			continue
		}
		if len(b) < f.bytes {
			return fmt.Sprintf("%d bytes do not hold every size and offset that the header leaves to it", len(x.zip64))
		}
		*f.value = leN(b, f.bytes)
		b = b[f.bytes:]
	}
	if len(b) == 0 || len(bytes.TrimLeft(b, "\x00")) == 0 {
		return ""
	}
	b = x.zip64
	for _, f := range fields {
		if len(b) < f.bytes {
			break
		}
		if v := leN(b, f.bytes); v != *f.value {
			return fmt.Sprintf("it says %d where the header says %d", v, *f.value)
		}
		b = b[f.bytes:]
	}
	if len(b) > 0 {
		return fmt.Sprintf("%d stray bytes at its end", len(b))
	}
	return ""
}

func leN(b []byte, n int) uint64 {
	if n == 4 {
		return uint64(le32(b))
	}
	return le64(b)
}
