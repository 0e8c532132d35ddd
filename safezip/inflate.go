package safezip

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/inflate"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// inflater turns the data of one entry after another into plain bytes, and holds each against what
// the directory says of it. It belongs to one goroutine and keeps its buffers.
type inflater struct {
	op       string
	budget   *limits.Budget
	entries  []zipscan.Entry
	declared bool // OutputBytes has been charged for all that the archive declares
	in       section
	decoder  *inflate.Decoder // nil before the first entry that is not stored
	pending  []byte           // what the decoder has made and next has not returned
	out      []byte           // what is read of a stored entry

	keep         []byte // of a second
	marks        []mark // what was seen and refuses nothing
	hiddenLifted bool   // RuleHiddenEntry is

	entry    *zipscan.Entry // being read
	second   *second        // what looks for another end; nil if there can be none
	produced int64
	sum      uint32
}

const (
	outputBuffer = 64 << 10

	// inflaterBytes is what one inflater holds.
	inflaterBytes = outputBuffer + inflate.Size + secondStride
)

func newInflater(a *archive) *inflater {
	f := &inflater{budget: a.budget, in: section{work: work{budget: a.budget}}, out: make([]byte, outputBuffer)}
	f.serve(a)
	return f
}

// serve has the inflater read the entries of an archive.
func (f *inflater) serve(a *archive) {
	f.op, f.entries, f.in.src = a.config.Op, a.zip.Entries, a.src
	f.hiddenLifted = a.config.Names.Lifted[RuleHiddenEntry]
}

// rest lets go of the archive.
func (f *inflater) rest() { f.entries, f.entry, f.in.src, f.pending = nil, nil, nil, nil }

// Fill passes the unpacked bytes of an entry to sink. When it returns nil, all of the entry is
// verified, as next has it.
func (f *inflater) Fill(entry int32, sink func([]byte) error) error {
	f.begin(&f.entries[entry])
	for {
		part, err := f.part(f.out)
		if len(part) > 0 {
			if err := f.charge(int64(len(part))); err != nil {
				return err
			}
			if err := sink(part); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// charge spends OutputBytes unless that has been done.
func (f *inflater) charge(n int64) error {
	if f.declared {
		return nil
	}
	return f.budget.Spend(limits.OutputBytes, n)
}

// begin makes e the entry that next reads.
func (f *inflater) begin(e *zipscan.Entry) {
	f.entry, f.produced, f.sum = e, 0, 0
	f.in.reset(e.DataOffset, e.CompressedSize)
	f.pending, f.second = nil, f.newSecond(e)
	if e.Method == zipscan.Store {
		return
	}
	if f.decoder == nil {
		f.decoder = inflate.New()
	}
	f.decoder.Reset(nil, &f.in) // f.in and seen charge.
}

// left is how many bytes of the entry are still to come, by what it declares.
func (f *inflater) left() int64 { return f.entry.Size - f.produced + int64(len(f.pending)) }

// next reads unpacked bytes of the entry into p, which must not be empty, as part has them.
func (f *inflater) next(p []byte) (int, error) {
	if len(f.pending) == 0 {
		part, err := f.part(p)
		if err != nil || f.entry.Method == zipscan.Store {
			return len(part), err
		}
		f.pending = part
	}
	n := copy(p, f.pending)
	f.pending = f.pending[n:]
	return n, nil
}

// part returns the next unpacked bytes of the entry, which are valid until the next call; those of
// a stored one are in buf. Sizes are enforced to the byte on what is produced, whatever was
// declared: not one byte over Size is returned. io.EOF says that the whole of the compressed data
// has been used and nothing else, that size and CRC-32 are the declared ones, and that no reader
// from the front finds another end. It may come with the last bytes.
func (f *inflater) part(buf []byte) ([]byte, error) {
	if f.entry.Method != zipscan.Store {
		part, err := f.decoder.Next()
		return f.seen(part, err)
	}
	n, err := f.in.Read(buf)
	return f.seen(buf[:n], err)
}

// seen charges for a part, and holds the entry against what it declares. err came with the part.
func (f *inflater) seen(part []byte, err error) ([]byte, error) {
	n := int64(len(part))
	if n > f.left() {
		return nil, f.refuse(f.entry, RuleSizeMismatch, "it inflates to more than the %d bytes that are declared",
			f.entry.Size)
	}
	f.produced += n
	if err := f.in.work.upTo(f.produced); err != nil {
		return nil, err
	}
	f.second.write(part)
	f.sum = crc32.Update(f.sum, crc32.IEEETable, part)
	switch {
	case err == nil:
		return part, nil
	case !errors.Is(err, io.EOF):
		return part, f.failed(f.entry, err)
	}
	if err := f.check(f.entry, f.produced, f.sum); err != nil {
		return part, err
	}
	if err := f.checkSecond(f.entry, f.second); err != nil {
		return part, err
	}
	return part, io.EOF
}

// steps is the work of inflating n bytes: one step for each 64 begun. It does not depend on how
// they come in parts.
func steps(n int64) int64 { return n/config.BytesPerStep + min(n%config.BytesPerStep, 1) }

// entrySteps is the work of inflating e: by what goes in or by what comes out, whichever is more.
// Blocks of nothing cost what they are long.
func entrySteps(e *zipscan.Entry) int64 { return steps(max(e.Size, e.CompressedSize)) }

// work is what one entry has cost so far.
type work struct {
	budget  *limits.Budget
	most    int64 // bytes in or bytes out
	charged int64 // steps
}

// upTo charges for n bytes that have gone in, or have come out, since the entry began.
func (w *work) upTo(n int64) error {
	if n <= w.most {
		return nil
	}
	w.most = n
	more := steps(n) - w.charged
	w.charged += more
	return w.budget.Spend(limits.Steps, more)
}

// check holds a whole entry against its header.
func (f *inflater) check(e *zipscan.Entry, produced int64, sum uint32) error {
	slack := f.in.rest
	if e.Method != zipscan.Store {
		slack = e.CompressedSize - f.decoder.Consumed()
	}
	switch {
	case slack > 0:
		return f.refuse(e, RuleCompressedSlack,
			"the deflate stream ends %d bytes before the %d bytes of compressed data do", slack, e.CompressedSize)
	case produced != e.Size:
		return f.refuse(e, RuleSizeMismatch, "it inflates to %d bytes, and %d are declared", produced, e.Size)
	case sum != e.CRC32:
		return f.refuse(e, RuleChecksum, "CRC-32 is %08x, and %08x is declared", sum, e.CRC32)
	}
	return nil
}

// failed tells a broken stream from a source that could not be read.
func (f *inflater) failed(e *zipscan.Entry, err error) error {
	if ended := f.budget.Err(); ended != nil {
		return ended
	}
	switch {
	case errors.Is(f.in.err, limits.ErrRefused):
		return f.in.err
	case errors.Is(f.in.err, errShort):
		return f.refuse(e, RuleMalformed, "the archive ends at offset %d, within the data", f.in.off)
	case f.in.err != nil:
		return fmt.Errorf("%s: reading the archive at offset %d: %w", f.op, f.in.off, f.in.err)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return f.refuse(e, RuleMalformed, "the deflate stream goes on after the %d bytes of compressed data",
			e.CompressedSize)
	}
	return f.refuse(e, RuleMalformed, "%v", err)
}

func (f *inflater) refuse(e *zipscan.Entry, rule Rule, format string, args ...any) error {
	return &RuleError{Op: f.op, Rule: rule, Where: e.Name, Offset: e.DataOffset, Detail: fmt.Sprintf(format, args...)}
}

// errShort says that the source ended where it had more bytes when its structure was read.
var errShort = errors.New("safezip: the archive ends early")

// section reads the compressed data of one entry.
type section struct {
	work work // of the entry
	src  io.ReaderAt
	off  int64 // of the next byte to read from src
	size int64 // of the section
	rest int64 // bytes to read from src
	err  error
}

func (s *section) reset(off, size int64) {
	s.off, s.size, s.rest, s.err = off, size, size, nil
	s.work.most, s.work.charged = 0, 0
}

// errCount says that the caller's source counts wrongly; it is not the archive's fault.
var errCount = errors.New("the source returned an invalid count")

// Read reads the next part of the section into p and charges for it: a stream of empty blocks keeps
// the inflater busy for as long as it is, and produces nothing that would be charged.
func (s *section) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	if s.rest == 0 {
		return 0, io.EOF
	}
	if s.err = s.work.budget.Err(); s.err != nil {
		return 0, s.err
	}
	want := int(min(int64(len(p)), s.rest))
	n, err := s.src.ReadAt(p[:want], s.off)
	if n < 0 || n > want || n < want && err == nil {
		s.err = errCount
		return 0, s.err
	}
	s.off += int64(n)
	s.rest -= int64(n)
	if s.err = s.work.upTo(s.size - s.rest); s.err != nil {
		return 0, s.err
	}
	switch {
	case n == want:
		return n, nil
	case errors.Is(err, io.EOF):
		err = errShort
	}
	s.err = err
	if n > 0 {
		return n, nil
	}
	return 0, err
}
