package zipscan

import "github.com/seed73825598/airlock/limits"

// The data descriptor (APPNOTE 4.3.9) follows the data of an entry whose writer did not know its
// sizes in time. It comes in four shapes: with or without a signature, with sizes of 4 or of 8
// bytes. Nothing says which, and a reader that guesses wrongly goes on at the wrong place. Here
// it is not guessed: the next record's place is known, the four lengths differ, so the room that is
// left says the shape, and every value in it must be the central directory's.

const longestDescriptor = 24

// descriptorShape returns the shape of a descriptor of n bytes.
func descriptorShape(n int64) (signed bool, width int, ok bool) {
	switch n {
	case 12:
		return false, 4, true
	case 16:
		return true, 4, true
	case 20:
		return false, 8, true
	case longestDescriptor:
		return true, 8, true
	}
	return false, 0, false
}

// readDescriptor reads the descriptor of e between the end of its data and the next record, and
// returns where it ends. If it is not there or does not say what it must, that is reported and it
// ends where it starts, or where the right one would.
func (s *scanner) readDescriptor(e *Entry, at, next int64) (int64, error) {
	if err := s.Budget.Spend(limits.Steps, 1); err != nil {
		return 0, err
	}
	room := next - at
	if _, _, ok := descriptorShape(room); ok {
		matches, err := s.matchDescriptor(e, at, room)
		if err != nil || matches {
			return next, err
		}
		return next, s.report(DescriptorMismatch, e.Name, at,
			"the data descriptor does not repeat the central directory's CRC-32 and sizes")
	}
	for _, n := range []int64{longestDescriptor, 20, 16, 12} {
		if n > room {
			continue
		}
		matches, err := s.matchDescriptor(e, at, n)
		if err != nil {
			return 0, err
		}
		if matches {
			return at + n, nil // The caller reports the rest of the room.
		}
	}
	return at, s.report(DescriptorMismatch, e.Name, at,
		"flag bit 3 promises a data descriptor, and the %d bytes after the data hold none", room)
}

// matchDescriptor reports whether the n bytes at the offset at are a descriptor of e.
func (s *scanner) matchDescriptor(e *Entry, at, n int64) (bool, error) {
	b, err := s.near.at(at, int(n))
	if err != nil {
		return false, s.unread(err, "the data descriptor", e.Name, at)
	}
	signed, width, _ := descriptorShape(n)
	if signed != (string(b[:4]) == dataSignature) {
		// A CRC-32 that looks like the signature would be read as one by every streaming reader.
		return false, nil
	}
	if signed {
		b = b[4:]
	}
	if le32(b) != e.CRC32 {
		return false, nil
	}
	b = b[4:]
	return clamp(leN(b, width)) == e.CompressedSize && clamp(leN(b[width:], width)) == e.Size, nil
}
