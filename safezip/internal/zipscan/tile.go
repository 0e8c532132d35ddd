package zipscan

import (
	"bytes"

	"github.com/seed73825598/airlock/limits"
)

// A zip bomb without recursion lets many entries share the same data; a hidden entry lies between
// those that the directory lists, for the readers that start at the front. Neither is possible when
// the pieces of the file, laid end to end in the order of their offsets, cover it exactly once.
// That is what tile proves, with one cursor and one pass.

// apkSigningMagic ends the signing block of an Android package (APK Signature Scheme v2).
const apkSigningMagic = "APK Sig Block 42"

// tile reads every local header and descriptor in the order in which they lie in the file.
func (s *scanner) tile() error {
	if err := s.inOrder(); err != nil {
		return err
	}
	cursor := int64(0)
	for n := range s.order {
		end, err := s.place(n, cursor)
		if err != nil {
			return err
		}
		cursor = max(cursor, end)
	}
	switch dir := s.a.DirectoryOffset; {
	case cursor < dir && len(s.order) == 0:
		return s.reportPrefix(dir)
	case cursor < dir:
		return s.reportGap(cursor, dir, "between the last entry and the central directory")
	}
	return nil
}

// place checks that entry n, by place in the file, starts where the one before it ended, and
// returns where it ends.
func (s *scanner) place(n int, cursor int64) (int64, error) {
	e := &s.a.Entries[s.order[n]]
	s.look(e.HeaderOffset, n)
	if e.HeaderOffset >= s.a.DirectoryOffset {
		return cursor, s.report(Malformed, e.Name, e.CentralOffset,
			"its local header would stand at offset %d, not before the central directory", e.HeaderOffset)
	}
	found, err := s.near.startsWith(e.HeaderOffset, localSignature)
	if err != nil {
		return 0, s.unread(err, "the local header", e.Name, e.HeaderOffset)
	}
	if !found {
		return cursor, s.report(Malformed, e.Name, e.CentralOffset, "no local header stands at offset %d",
			e.HeaderOffset)
	}
	switch {
	case e.HeaderOffset < cursor:
		if err := s.report(Overlap, e.Name, e.HeaderOffset, "starts within another entry, which ends at offset %d",
			cursor); err != nil {
			return 0, err
		}
	case e.HeaderOffset > cursor && n == 0:
		if err := s.reportPrefix(e.HeaderOffset); err != nil {
			return 0, err
		}
	case e.HeaderOffset > cursor:
		if err := s.reportGap(cursor, e.HeaderOffset, "between two entries"); err != nil {
			return 0, err
		}
	}
	if err := s.readLocal(e); err != nil {
		return cursor, err
	}
	end, next := e.DataOffset+e.CompressedSize, s.a.DirectoryOffset
	if n+1 < len(s.order) {
		next = min(next, s.a.Entries[s.order[n+1]].HeaderOffset)
	}
	switch {
	case end > s.a.DirectoryOffset:
		return end, s.report(Overlap, e.Name, e.HeaderOffset,
			"its data ends at offset %d, within the central directory, which starts at %d", end, s.a.DirectoryOffset)
	case end > next || e.Flags&flagDescriptor == 0:
		return end, nil // The entry that it reaches into says so when its turn comes.
	}
	s.look(end, n+1)
	return s.readDescriptor(e, end, next)
}

// reportPrefix reports bytes before the first entry of an archive whose offsets count them. If they
// were put there after the archive was written, placeDirectory has said so already.
func (s *scanner) reportPrefix(first int64) error {
	if first == s.base {
		return nil
	}
	if s.base == 0 && first == int64(len(dataSignature)) {
		// A packer that had room for several parts, and needed one (APPNOTE 8.5.4).
		for _, marker := range []string{dataSignature, splitMarker} {
			if found, err := s.near.startsWith(0, marker); err != nil {
				return err
			} else if found {
				return s.note(0, "the marker of an archive in several parts, of which there is one")
			}
		}
	}
	return s.reportSpace(PrefixData, 0, first, "before the archive")
}

// reportGap reports bytes that belong to no record.
func (s *scanner) reportGap(from, to int64, where string) error {
	return s.reportSpace(Gap, from, to, where)
}

// reportSpace reports the bytes from one offset to another under the given rule, or as a hidden
// entry if that is what a reader who starts at the front would find there. The first 64 KiB tell:
// what is hidden deeper is refused under the other rule.
func (s *scanner) reportSpace(rule limits.Rule, from, to int64, where string) error {
	b, err := s.near.at(from, int(min(to-from, 64<<10)))
	if err != nil {
		return s.unread(err, "a gap", "", from)
	}
	switch {
	case bytes.Contains(b, []byte(localSignature)) || bytes.Contains(b, []byte(centralSignature)):
		return s.report(HiddenEntry, "", from, "%d bytes %s hold a header that the central directory does not list",
			to-from, where)
	case bytes.HasSuffix(b, []byte(apkSigningMagic)):
		return s.report(rule, "", from, "%d bytes %s: an APK signing block, which only Android reads", to-from, where)
	case bytes.HasPrefix(b, []byte(signatureSignature)):
		return s.report(rule, "", from, "%d bytes %s: a digital signature of the directory, which nobody verifies",
			to-from, where)
	}
	return s.report(rule, "", from, "%d bytes %s belong to no entry", to-from, where)
}
