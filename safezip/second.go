package safezip

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// A stored entry whose sizes come after its data (flag bit 3) has no end that a reader from the
// front can know: such readers take the first data descriptor that fits. Bytes within the data that
// look like one, followed by a header of the attacker's, give those readers another file, and more
// files after it. A descriptor at offset k of the data fits if it holds the CRC-32 of the k bytes
// before it, or k as both sizes; some readers ask for the one, some for the other. Honest archives
// within such an entry have descriptors of their own entries, and neither is true of them.

// A second looks for another end in the bytes of one stored entry, as they come. Between two calls
// it keeps the last bytes, because a descriptor may lie across.
type second struct {
	keep  []byte // bytes of the data that are still looked at
	base  int64  // offset of keep in the data
	sum   uint32 // CRC-32 of the data before keep[sumAt]
	sumAt int
	next  int   // where in keep the search goes on
	size  int64 // of the entry
	found int64 // where another end is; -1 for nowhere
	plain int64 // where a signature is that ends nothing; -1 for nowhere
}

// A form is one shape of a data descriptor, without its signature: CRC-32, compressed size, size.
type form struct{ bytes, width int }

var (
	narrow = form{12, 4}
	wide   = form{20, 8}
)

const (
	signatureBytes = 4
	// secondReach is how far a search looks back and ahead of a signature.
	secondReach = 24
	// secondStride is how many bytes are taken at once.
	secondStride = 4 << 10
)

// newSecond returns what looks for another end of e, or nil if e cannot have one.
func (f *inflater) newSecond(e *zipscan.Entry) *second {
	if e.Method != zipscan.Store || !e.Streamed() {
		return nil
	}
	if f.keep == nil {
		f.keep = make([]byte, 0, secondStride+2*secondReach)
	}
	return &second{keep: f.keep[:0], size: e.Size, found: -1, plain: -1}
}

// checkSecond refuses an entry in which another end was found.
func (f *inflater) checkSecond(e *zipscan.Entry, s *second) error {
	if s == nil {
		return nil
	}
	// A descriptor may begin in the data and end in what follows it: at least a descriptor and the
	// central directory.
	after := make([]byte, secondReach)
	n, err := f.in.src.ReadAt(after, e.DataOffset+e.CompressedSize)
	switch {
	case n == len(after):
		s.write(after)
	case n < 0 || n > len(after) || err == nil:
		f.in.err = errCount
	case errors.Is(err, io.EOF):
		f.in.err = errShort
	default:
		f.in.err = err
	}
	if f.in.err != nil {
		return f.failed(e, f.in.err)
	}
	s.search(true)
	const signature = "a data descriptor stands at byte %d of the stored data"
	switch {
	case s.found >= 0 && !f.hiddenLifted:
		return f.refuse(e, RuleHiddenEntry, signature+": a reader from the front ends the entry there", s.found)
	case s.found < 0 && s.plain < 0 || f.declared:
		return nil // A Reader may read an entry any number of times, and makes no note of it.
	}
	if err := f.budget.Hold(limits.MemoryBytes, markBytes); err != nil {
		return err
	}
	if s.found >= 0 {
		f.marks = append(f.marks, mark{e, RuleHiddenEntry, fmt.Sprintf(signature+
			": a reader from the front ends the entry there", s.found)})
	} else {
		f.marks = append(f.marks, mark{e, "", fmt.Sprintf("the signature of "+signature+", and ends nothing there",
			s.plain)})
	}
	return nil
}

// write looks at the next bytes of the data.
func (s *second) write(b []byte) {
	if s == nil {
		return
	}
	for len(b) > 0 && s.found < 0 {
		n := min(len(b), secondStride)
		s.keep = append(s.keep, b[:n]...)
		b = b[n:]
		s.search(false)
		// The text that was searched is needed for as far as a later signature looks back.
		if drop := s.next - secondReach; drop > 0 {
			s.sumTo(drop)
			s.keep = s.keep[:copy(s.keep, s.keep[drop:])]
			s.base, s.next, s.sumAt = s.base+int64(drop), s.next-drop, 0
		}
	}
}

// sumTo has s.sum be the CRC-32 of all before keep[at], which it has not passed.
func (s *second) sumTo(at int) {
	if at > s.sumAt {
		s.sum, s.sumAt = crc32.Update(s.sum, crc32.IEEETable, s.keep[s.sumAt:at]), at
	}
}

// search looks at each signature that is kept together with as much after it as it may need; at the
// end, at the others, too.
func (s *second) search(end bool) {
	for s.found < 0 {
		i := bytes.Index(s.keep[s.next:], []byte("PK"))
		if i < 0 {
			s.next = max(s.next, len(s.keep)-1)
			return
		}
		at := s.next + i
		if !end && len(s.keep)-at < secondReach {
			s.next = at
			return
		}
		s.next = at + 2
		s.sumTo(at - wide.bytes)
		switch rest := s.keep[at:]; {
		case bytes.HasPrefix(rest, []byte("PK\x07\x08")):
			d := rest[signatureBytes:]
			if s.ends(at, d, narrow) || s.ends(at, d, wide) {
				s.found = s.base + int64(at)
			} else if s.plain < 0 && s.base+int64(at) < s.size {
				s.plain = s.base + int64(at)
			}
		case bytes.HasPrefix(rest, []byte("PK\x03\x04")), bytes.HasPrefix(rest, []byte("PK\x01\x02")):
			// A descriptor without a signature would end here. One that ends after the data is, in
			// part, the true one.
			for _, shape := range []form{wide, narrow} {
				if k := at - shape.bytes; k >= 0 && s.base+int64(at) <= s.size && s.ends(k, s.keep[k:at], shape) {
					s.found = s.base + int64(k)
				}
			}
		}
	}
}

// ends reports whether d holds a descriptor of the given form that says that the data ends at
// keep[k].
func (s *second) ends(k int, d []byte, shape form) bool {
	at := s.base + int64(k)
	if at >= s.size || len(d) < shape.bytes {
		return false
	}
	sizes := d[signatureBytes:]
	if is(sizes, shape.width, at) && is(sizes[shape.width:], shape.width, at) {
		return true
	}
	return binary.LittleEndian.Uint32(d) == crc32.Update(s.sum, crc32.IEEETable, s.keep[s.sumAt:k])
}

// is reports whether the number of the given width in b is v.
func is(b []byte, width int, v int64) bool {
	if width == narrow.width {
		return v == int64(binary.LittleEndian.Uint32(b))
	}
	return binary.LittleEndian.Uint64(b) == uint64(v) //nolint:gosec // An offset, not negative.
}

// markBytes is what a mark takes.
const markBytes = 192

// A mark is what was seen in the data of one entry and does not refuse it.
type mark struct {
	entry  *zipscan.Entry
	rule   Rule
	detail string
}

// noteMarks notes what the workers have seen, in the order of the archive.
func (a *archive) noteMarks(inflaters []*inflater) error {
	var marks []mark
	for _, f := range inflaters {
		marks = append(marks, f.marks...)
	}
	slices.SortFunc(marks, func(x, y mark) int { return cmp.Compare(x.entry.CentralOffset, y.entry.CentralOffset) })
	for _, m := range marks {
		f := judge.Finding{Rule: m.rule, Where: m.entry.Name, Offset: m.entry.DataOffset, Detail: m.detail}
		if err := a.judge.Note(f); err != nil {
			return err
		}
	}
	return nil
}
