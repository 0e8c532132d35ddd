package zipscan

import "github.com/seed73825598/airlock/limits"

// The local header (APPNOTE 4.3.7) stands before each entry's data and repeats what the central
// directory says of it. Programs that read from the start of a file believe this one; so each field
// that changes what is unpacked must be the same in both. The MS-DOS time is not compared: the
// JDK's zip file system rounds it one way here and another way there.

const localLen = 30

// readLocal reads the local header of e, whose signature has been seen, compares it with the
// central directory, and sets e.DataOffset.
func (s *scanner) readLocal(e *Entry) error {
	if err := s.Budget.Spend(limits.Steps, 1); err != nil {
		return err
	}
	b, err := s.near.at(e.HeaderOffset, localLen)
	if err != nil {
		return s.unread(err, "the local header", e.Name, e.HeaderOffset)
	}
	nameLen, extraLen := int(le16(b[26:])), int(le16(b[28:]))
	total := localLen + nameLen + extraLen
	if b, err = s.near.at(e.HeaderOffset, total); err != nil {
		return s.unread(err, "the local header", e.Name, e.HeaderOffset)
	}
	e.DataOffset = e.HeaderOffset + int64(total)
	name := b[localLen : localLen+nameLen]
	var x extra
	if err := s.readExtra(&x, e, e.HeaderOffset, b[localLen+nameLen:]); err != nil {
		return err
	}
	return s.compareLocal(e, &x, b, name)
}

// compareLocal holds each field of the local header b against the central directory.
func (s *scanner) compareLocal(e *Entry, x *extra, b, name []byte) error {
	mismatch := func(format string, args ...any) error {
		return s.report(HeaderMismatch, e.Name, e.HeaderOffset, format, args...)
	}
	flags, method, crc := le16(b[6:]), le16(b[8:]), le32(b[14:])
	if string(name) != e.Name {
		if err := mismatch("the local header names the entry %s", limits.Quote(string(name))); err != nil {
			return err
		}
	}
	if (flags^e.Flags)&^flagLevel != 0 {
		if flags&(flagEncrypted|flagStrong|flagMasked) != 0 {
			if err := s.report(Encrypted, e.Name, e.HeaderOffset, "flags %#04x in the local header",
				flags); err != nil {
				return err
			}
		}
		if err := mismatch("flags %#04x in the local header, %#04x in the central directory", flags,
			e.Flags); err != nil {
			return err
		}
	}
	if method != e.Method {
		if err := mismatch("method %d in the local header, %d in the central directory", method, e.Method); err != nil {
			return err
		}
	}
	// Under bit 3 the header may leave CRC and sizes to the descriptor, as zeros; what it does say
	// must be true all the same.
	streamed := e.Flags&flagDescriptor != 0
	if crc != e.CRC32 && (!streamed || crc != 0) {
		if err := mismatch("CRC-32 %08x in the local header, %08x in the central directory", crc, e.CRC32); err != nil {
			return err
		}
	}
	size, compressed := uint64(le32(b[22:])), uint64(le32(b[18:]))
	openSize, openCompressed := x.has64 && size == max32, x.has64 && compressed == max32
	if problem := x.resolveLocal64(&size, &compressed, openSize, openCompressed); problem != "" {
		if err := mismatch("zip64 extra field: %s", problem); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		what string
		here uint64
		want int64
	}{{"size", size, e.Size}, {"compressed size", compressed, e.CompressedSize}} {
		if clamp(f.here) != f.want && (!streamed || f.here != 0) {
			if err := mismatch("%s %d in the local header, %d in the central directory", f.what, f.here,
				f.want); err != nil {
				return err
			}
		}
	}
	return nil
}

// resolveLocal64 reads the zip64 block of a local header. A writer that does not know the sizes yet
// leaves room for them there without leaving the header's fields open; so a block that holds only
// zeros, or one that nothing refers to and that repeats the header, says nothing new.
func (x *extra) resolveLocal64(size, compressed *uint64, openSize, openCompressed bool) string {
	if !x.has64 {
		return ""
	}
	return x.resolve64(field64{size, openSize, 8}, field64{compressed, openCompressed, 8})
}
