package zipscan

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// The end of central directory record (APPNOTE 4.3.16) is found from the end of the file, and it is
// the first thing two readers can disagree on: some take the last signature they meet, some the
// first whose comment ends with the file, some skip what follows. The states, top to bottom: find
// every signature in the last 22+65535 bytes; choose the one whose comment ends exactly with the
// file; report all that some other reader could have chosen instead; let the zip64 records
// (zip64.go) have their say; place the directory.

const (
	endLen     = 22
	maxComment = max16
)

// endRecord is what the end records say together.
type endRecord struct {
	offset        int64 // of the end of central directory record
	start         int64 // of the first of the end records: where the directory must end
	disk, dirDisk int64 // this disk, and the one on which the directory starts
	onDisk, count int64 // entries on this disk, and in all
	dirSize       int64
	dirOffset     int64
	wide          bool  // there are zip64 end records
	located       int64 // where the locator says that the zip64 end record is
}

// readEnd finds and reads the end records and leaves in s.a where the directory lies.
func (s *scanner) readEnd() error {
	if err := s.Budget.Spend(limits.Steps, 1); err != nil {
		return err
	}
	tailLen := min(s.size, endLen+maxComment)
	tailOff := s.size - tailLen
	tail, err := s.near.at(tailOff, int(tailLen))
	if err != nil {
		return s.unread(err, "the end of the archive", "", tailOff)
	}
	at, err := s.chooseEnd(tail, tailOff)
	if err != nil {
		return err
	}
	b := tail[at:]
	s.end = endRecord{
		offset:    tailOff + int64(at),
		start:     tailOff + int64(at),
		disk:      int64(le16(b[4:])),
		dirDisk:   int64(le16(b[6:])),
		onDisk:    int64(le16(b[8:])),
		count:     int64(le16(b[10:])),
		dirSize:   int64(le32(b[12:])),
		dirOffset: int64(le32(b[16:])),
	}
	if err := s.readEnd64(); err != nil {
		return err
	}
	if err := s.placeDirectory(); err != nil {
		return err
	}
	// Only now it is known what the archive's offsets are counted from. A locator that points
	// anywhere but to the record just before it points to a second one.
	if e := &s.end; e.wide && e.located != e.start-s.base {
		return s.report(EndRecordAmbiguous, "", e.start,
			"the zip64 locator points to offset %d, and its record stands at %d", e.located, e.start-s.base)
	}
	return nil
}

// chooseEnd returns where in tail the end record starts. An attacker who plants a second record (in
// the comment, or before the true one with a comment that swallows it) would have two readers open
// two archives; so every rival is reported.
func (s *scanner) chooseEnd(tail []byte, tailOff int64) (int, error) {
	exact, loose := -1, -1
	var signatures []int
	for at := 0; ; at++ { // Forward, which is much faster to search in.
		i := bytes.Index(tail[at:], []byte(endSignature))
		if i < 0 {
			break
		}
		at += i
		signatures = append(signatures, at)
	}
	slices.Reverse(signatures)
	for _, i := range signatures {
		if len(tail)-i < endLen {
			continue
		}
		switch rest := len(tail) - i - endLen - int(le16(tail[i+20:])); {
		case rest == 0 && exact < 0:
			exact = i
		case rest > 0 && loose < 0:
			loose = i
		}
	}
	chosen := exact
	if chosen < 0 {
		chosen = loose
	}
	if chosen < 0 {
		if len(signatures) > 0 {
			return 0, s.fatal("", tailOff+int64(signatures[0]),
				"the end of central directory record or its comment is cut off by the end of the file")
		}
		what, err := s.nature()
		if err != nil {
			return 0, s.unread(err, "the start of the archive", "", 0)
		}
		return 0, s.fatal("", tailOff, "no end of central directory record in the last %d bytes: %s", len(tail), what)
	}
	for _, i := range signatures {
		rival := i > chosen
		if i < chosen && len(tail)-i >= endLen {
			rival = int(le16(tail[i+20:])) == len(tail)-i-endLen
		}
		if rival {
			if err := s.report(EndRecordAmbiguous, "", tailOff+int64(i),
				"a second end of central directory record beside the one at offset %d",
				tailOff+int64(chosen)); err != nil {
				return 0, err
			}
		}
	}
	if exact < 0 {
		end := tailOff + int64(chosen) + endLen + int64(le16(tail[chosen+20:]))
		rule, what := TrailingData, ""
		after := tail[end-tailOff:]
		if len(bytes.TrimLeft(after, "\x00")) == 0 {
			// bsdtar pads what it writes to a pipe. Every reader finds the end record all the same:
			// comment and zeros are no longer than a comment may be.
			return chosen, s.note(end, "%d zeros follow the end of the archive", len(after))
		}
		if bytes.Contains(after, []byte(localSignature)) ||
			bytes.Contains(after, []byte(centralSignature)) {
			rule, what = HiddenEntry, ", with headers of entries among them"
		}
		if err := s.report(rule, "", end, "%d bytes follow the end of the archive%s", s.size-end, what); err != nil {
			return 0, err
		}
	}
	return chosen, nil
}

// placeDirectory checks what the end records say against the file and finds where the central
// directory starts. The directory ends where the end records begin. If it does not start where they
// say, then something was put before the archive after it was written (a self-extractor), or
// between the directory and its end: two readings, of which at most one holds a directory.
func (s *scanner) placeDirectory() error {
	e := &s.end
	switch {
	case e.disk != 0 || e.dirDisk != 0 || e.onDisk != e.count:
		return s.fatal("", e.offset, "the archive is one part of several: disk %d, directory on disk %d, %d of %d entries "+
			"here", e.disk, e.dirDisk, e.onDisk, e.count)
	case e.dirSize > e.start:
		return s.fatal("", e.offset, "a central directory of %d bytes does not fit before offset %d", e.dirSize,
			e.start)
	case e.dirOffset > e.start-e.dirSize:
		return s.fatal("", e.offset, "a central directory of %d bytes at offset %d would reach past offset %d",
			e.dirSize, e.dirOffset, e.start)
	case e.count > e.dirSize/centralLen:
		return s.fatal("", e.offset, "%d entries do not fit into a central directory of %d bytes", e.count, e.dirSize)
	}
	stated, actual := e.dirOffset, e.start-e.dirSize
	s.a.DirectorySize, s.a.DirectoryOffset = e.dirSize, stated
	if stated == actual {
		return nil
	}
	if !e.wide && (actual-stated)&max32 == 0 {
		return s.fatal("", e.offset, "the directory stands at offset %d, and the end record says %d: an archive of more "+
			"than 4 GiB whose writer cut its offsets to 32 bits, as the macOS Finder does", actual, stated)
	}
	atStated, err := s.near.startsWith(stated, centralSignature)
	if err != nil {
		return s.unread(err, "the central directory", "", stated)
	}
	atActual, err := s.near.startsWith(actual, centralSignature)
	if err != nil {
		return s.unread(err, "the central directory", "", actual)
	}
	switch {
	case atStated && atActual:
		return s.report(EndRecordAmbiguous, "", e.offset,
			"a central directory stands at offset %d, where the end record says, and another at %d, where it ends",
			stated, actual)
	case atActual || e.count == 0 && e.dirSize == 0:
		s.a.DirectoryOffset, s.base = actual, actual-stated
		return s.reportSpace(PrefixData, 0, s.base, "before the archive, which its offsets do not count,")
	case atStated:
		return s.reportGap(stated+e.dirSize, e.start, "between the central directory and its end record")
	}
	return s.fatal("", stated, "no central directory where the end record says")
}

func le16(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
func le32(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }
func le64(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// clamp makes a size or offset of a hostile header safe to calculate with. The largest values wrap
// around in a signed sum, and a wrapped sum passes every limit; held at 2^63-1 they are larger than
// any file and are refused as such.
func clamp(v uint64) int64 { return int64(min(v, math.MaxInt64)) }
