package zipscan

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// The central directory (APPNOTE 4.3.12) is what most programs list and what airlock unpacks by. It
// is read in one pass through a buffer; each header is charged to the budget before an entry is
// made of it, so a directory that lies about its size or carries a flood of names, comments and
// extra fields is refused before it has cost more than it may.

const (
	centralLen = 46

	// maxVersion is the newest version that APPNOTE 4.4.3 knows (6.3). An entry that asks for more
	// asks for a format that has no description.
	maxVersion = 63

	// maxDeflateRatio is how many bytes one byte of deflate data can stand for: a match of 258
	// bytes costs two bits at least.
	maxDeflateRatio = 1032

	// deflateExcess is how many bytes longer than its plain bytes, and an eighth of them, deflate
	// data can be. Encoders store what does not compress, at 5 bytes for a block of at most 64 KiB;
	// some end a block at every flush. Empty blocks beyond that would carry bytes that belong to no
	// file.
	deflateExcess = 1024
)

// readDirectory reads every header of the central directory.
func (s *scanner) readDirectory() error {
	count := s.end.count // placeDirectory has bounded it by the size of the directory.
	if s.a.DirectorySize > s.DirectoryBytes {
		return &limits.ExceededError{
			Op: s.Op, Resource: limits.MemoryBytes, Limit: s.DirectoryBytes, Used: s.a.DirectorySize,
			Where: "central directory", Option: "DirectoryBytes",
		}
	}
	if err := s.Budget.Fits(limits.Items, count); err != nil {
		return limits.At(err, "central directory")
	}
	if err := s.hold(count * entryBytes); err != nil {
		return limits.At(err, "central directory")
	}
	s.a.Entries = make([]Entry, 0, count)
	at, end := s.a.DirectoryOffset, s.a.DirectoryOffset+s.a.DirectorySize
	for i := range count {
		next, err := s.readCentral(i, at, end)
		if err != nil {
			return err
		}
		at = next
	}
	// Asked of the whole, so that the refusal says what the archive would need in all.
	if err := s.Budget.Fits(limits.OutputBytes, s.a.Size); err != nil {
		return limits.At(err, s.largest())
	}
	if at == end {
		return nil
	}
	more, err := s.list.startsWith(at, centralSignature)
	if err != nil {
		return s.unread(err, "the central directory", "", at)
	}
	if more {
		return s.fatal("", at, "the central directory goes on after the %d entries that the end record counts", count)
	}
	return s.reportGap(at, end, "after the last header of the central directory")
}

// hold charges what the Archive takes.
func (s *scanner) hold(n int64) error {
	if err := s.Budget.Hold(limits.MemoryBytes, n); err != nil {
		return err
	}
	s.a.Held += n
	return nil
}

// readCentral reads header i at the offset at and returns where the next one starts.
func (s *scanner) readCentral(i, at, end int64) (int64, error) {
	if err := s.Budget.Spend(limits.Steps, 1); err != nil {
		return 0, err
	}
	if end-at < centralLen {
		return 0, s.fatal("", at, "the central directory ends within header %d of %d", i+1, s.end.count)
	}
	b, err := s.list.at(at, centralLen)
	if err != nil {
		return 0, s.unread(err, "the central directory", "", at)
	}
	if string(b[:4]) != centralSignature {
		return 0, s.fatal("", at, "header %d of %d in the central directory has no signature", i+1, s.end.count)
	}
	nameLen, extraLen, commentLen := int(le16(b[28:])), int(le16(b[30:])), int(le16(b[32:]))
	total := centralLen + nameLen + extraLen + commentLen
	if int64(total) > end-at {
		return 0, s.fatal("", at, "header %d of %d reaches past the end of the central directory", i+1, s.end.count)
	}
	if b, err = s.list.at(at, total); err != nil {
		return 0, s.unread(err, "the central directory", "", at)
	}
	name, err := s.keepName(b[centralLen:centralLen+nameLen], end-at-centralLen*(s.end.count-i))
	if err != nil {
		return 0, err
	}
	// It is counted once it has been read whole.
	e := &s.a.Entries[:len(s.a.Entries)+1][len(s.a.Entries)]
	*e = Entry{
		Name:          name,
		CentralOffset: at,
		Flags:         le16(b[8:]),
		Method:        le16(b[10:]),
		CRC32:         le32(b[16:]),
	}
	e.Kinds, e.Mode = kindOfAttributes(le16(b[4:]), le32(b[38:]))
	var x extra
	if err := s.readExtra(&x, e, at, b[centralLen+nameLen:centralLen+nameLen+extraLen]); err != nil {
		return 0, err
	}
	e.Modified = x.modified(le16(b[14:]), le16(b[12:]))
	if err := s.resolveCentral(e, &x, b); err != nil {
		return 0, err
	}
	if err := s.checkCentral(e, le16(b[6:])); err != nil {
		return 0, err
	}
	s.a.Entries = s.a.Entries[:len(s.a.Entries)+1]
	return at + int64(total), nil
}

// namesRoom is how many bytes of names are allocated at once.
const namesRoom = 16 << 10

// keepName returns a name as a string, for which it holds memory. At most most bytes of names can
// still come, this one among them.
func (s *scanner) keepName(name []byte, most int64) (string, error) {
	if err := s.hold(int64(len(name))); err != nil {
		return "", err
	}
	if s.names.Cap()-s.names.Len() < len(name) {
		s.names = strings.Builder{}
		s.names.Grow(max(len(name), int(min(most, namesRoom))))
	}
	start := s.names.Len()
	s.names.Write(name)
	return s.names.String()[start:], nil
}

// resolveCentral takes sizes and offset from the header b, and from the zip64 extra field (APPNOTE
// 4.5.3) what b leaves open.
func (s *scanner) resolveCentral(e *Entry, x *extra, b []byte) error {
	compressed, size, disk, offset := uint64(le32(b[20:])), uint64(le32(b[24:])), uint64(le16(b[34:])),
		uint64(le32(b[42:]))
	if problem := x.resolve64(
		field64{&size, size == max32, 8}, field64{&compressed, compressed == max32, 8},
		field64{&offset, offset == max32, 8}, field64{&disk, disk == max16, 4},
	); problem != "" {
		return s.fatal(e.Name, e.CentralOffset, "zip64 extra field: %s", problem)
	}
	if disk != 0 {
		return s.fatal(e.Name, e.CentralOffset, "the entry starts on disk %d of an archive that is one file", disk)
	}
	if size > math.MaxInt64 {
		return s.fatal(e.Name, e.CentralOffset, "a size of %d is larger than any file", size)
	}
	e.Size, e.CompressedSize, e.HeaderOffset = clamp(size), clamp(compressed), clamp(offset)
	if e.CompressedSize > s.size || e.HeaderOffset > s.size-s.base {
		return s.fatal(e.Name, e.CentralOffset,
			"%d bytes of data after a header at offset %d do not fit into a file of %d bytes", e.CompressedSize,
			e.HeaderOffset, s.size)
	}
	e.HeaderOffset += s.base
	return nil
}

// checkCentral checks what one header says by itself, and adds its size to the total.
func (s *scanner) checkCentral(e *Entry, version uint16) error {
	report := func(rule limits.Rule, format string, args ...any) error {
		return s.report(rule, e.Name, e.CentralOffset, format, args...)
	}
	var err error
	switch {
	case e.Flags&(flagEncrypted|flagStrong|flagMasked) != 0 || e.Method == methodAES:
		err = report(Encrypted, "flags %#04x, method %d", e.Flags, e.Method)
	case e.Method != Store && e.Method != Deflate:
		err = report(UnsupportedMethod, "method %d (%s); 0 (stored) and 8 (deflate) are read", e.Method,
			MethodName(e.Method))
	case e.Flags&flagPatch != 0:
		err = report(UnsupportedMethod, "compressed patched data (flag bit 5)")
	case version&0xff > maxVersion:
		err = report(UnsupportedMethod, "needs version %d.%d of the format; 6.3 is the newest", version&0xff/10,
			version&0xff%10)
	case e.Method == Store && e.Size != e.CompressedSize:
		err = report(SizeMismatch, "stored, but %d bytes are said to become %d", e.CompressedSize, e.Size)
	case e.Method == Deflate && e.Size/maxDeflateRatio > e.CompressedSize:
		err = report(SizeMismatch, "%d bytes of deflate data cannot become %d", e.CompressedSize, e.Size)
	case e.Method == Deflate && e.CompressedSize-e.Size > deflateExcess+e.Size/8:
		err = report(CompressedSlack, "%d bytes of deflate data for %d bytes: more than any encoder writes, in blocks of "+
			"nothing", e.CompressedSize, e.Size)
	}
	if err != nil {
		return err
	}
	if e.Size > math.MaxInt64-s.a.Size {
		s.a.Size = math.MaxInt64
	} else {
		s.a.Size += e.Size
	}
	return nil
}

// largest returns the name of the entry that becomes the largest, or "" if there is none.
func (s *scanner) largest() string {
	if len(s.a.Entries) == 0 {
		return ""
	}
	e := slices.MaxFunc(s.a.Entries, func(a, b Entry) int { return cmp.Compare(a.Size, b.Size) })
	return e.Name
}
