package zipscan

import "github.com/seed73825598/airlock/limits"

// The zip64 end records (APPNOTE 4.3.14 and 4.3.15): a locator of 20 bytes just before the end
// record, which points to a record of its own. Some readers look for it always, some only if a
// field of the end record says so; some believe its values, some only those that the end record
// leaves open. All of them read the same here, because a locator is always read, its record must
// stand directly before it, and each field of the end record either repeats the value or leaves it
// open.

const (
	locatorLen = 20
	end64Len   = 56
	end64Fixed = end64Len - 12 // what the record's own size field counts
)

// readEnd64 reads the zip64 end records, if there are any, into s.end.
func (s *scanner) readEnd64() error {
	e := &s.end
	at := e.offset - locatorLen
	if at < 0 {
		return nil
	}
	found, err := s.near.startsWith(at, locatorSignature)
	if err != nil {
		return s.unread(err, "the zip64 locator", "", at)
	}
	if !found {
		return nil
	}
	if err := s.Budget.Spend(limits.Steps, 2); err != nil {
		return err
	}
	b, err := s.near.at(at, locatorLen)
	if err != nil {
		return s.unread(err, "the zip64 locator", "", at)
	}
	disk, offset, disks := le32(b[4:]), clamp(le64(b[8:])), le32(b[16:])
	switch {
	case disk == 0 && disks == 0:
		return s.fatal("", at, "the zip64 locator counts no disk, as that of OneDrive above 4 GiB: some programs find no "+
			"file in such an archive")
	case disk != 0 || disks != 1:
		return s.fatal("", at, "the zip64 locator speaks of disk %d of %d", disk, disks)
	}
	start, err := s.findEnd64(at, offset)
	if err != nil {
		return err
	}
	b, err = s.near.at(start, end64Len)
	if err != nil {
		return s.unread(err, "the zip64 end of central directory record", "", start)
	}
	e.start, e.wide, e.located = start, true, offset
	for _, f := range []struct {
		name string
		own  *int64
		open int64 // the value that leaves the field to the wide one
		wide int64
	}{
		{"disk", &e.disk, max16, int64(le32(b[16:]))},
		{"directory disk", &e.dirDisk, max16, int64(le32(b[20:]))},
		{"entries on this disk", &e.onDisk, max16, clamp(le64(b[24:]))},
		{"entries", &e.count, max16, clamp(le64(b[32:]))},
		{"directory size", &e.dirSize, max32, clamp(le64(b[40:]))},
		{"directory offset", &e.dirOffset, max32, clamp(le64(b[48:]))},
	} {
		if *f.own != f.open && *f.own != f.wide {
			return s.fatal("", e.offset, "%s: %d in the end record, %d in the zip64 end record", f.name, *f.own, f.wide)
		}
		*f.own = f.wide
	}
	return nil
}

// findEnd64 returns where the zip64 end record stands: where the locator says, counted from the
// archive's own start, and directly before the locator. A record elsewhere could be a second
// directory that only some readers open.
func (s *scanner) findEnd64(locator int64, stated int64) (int64, error) {
	const where = "the zip64 end of central directory record"
	if locator < end64Len {
		return 0, s.fatal("", locator, "there is no room for %s before its locator", where)
	}
	start := locator - end64Len
	if stated < start {
		// Either something was put before the archive, and the record stands where it must, or the
		// record is longer than usual.
		found, err := s.near.startsWith(start, end64Signature)
		if err != nil {
			return 0, s.unread(err, where, "", start)
		}
		if !found {
			start = stated
		}
	}
	b, err := s.near.at(start, end64Len)
	if err != nil {
		return 0, s.unread(err, where, "", start)
	}
	if string(b[:4]) != end64Signature || stated > start {
		return 0, s.fatal("", locator, "the locator says offset %d, and %s does not stand there", stated, where)
	}
	extra := locator - start - end64Len
	if size := clamp(le64(b[4:])); size != end64Fixed+extra {
		return 0, s.fatal("", start, "%s says it is %d bytes long, and there are %d up to its locator", where, size,
			end64Fixed+extra)
	}
	if extra > 0 {
		return start, s.report(ExtraField, "", start+end64Len,
			"%s carries %d bytes of extensible data, which hardly any reader looks at", where, extra)
	}
	return start, nil
}
