package safezip

import (
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io/fs"
	"slices"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// entryWriter is a file that a Writer has created and not closed.
type entryWriter struct {
	writer   *Writer
	node     int32 // in the tree
	entry    int   // index in Writer.headers
	promised int64 // Entry.Size; 0 promises nothing
	stored   bool
	link     bool
	begun    bool  // the local header has been written
	start    int64 // where the compressed data begins
	closed   bool
	data     []byte // of a stored file, until its CRC-32 is known
	held     int64  // bytes of data that are charged to MemoryBytes
	size     int64
	crc      uint32
}

// chunk is how much data is handled between two looks at the budget.
const chunk = 64 << 10

func (f *entryWriter) header() *zipwrite.Header { return &f.writer.headers[f.entry] }

// Write writes data of the file.
func (f *entryWriter) Write(p []byte) (int, error) {
	w := f.writer
	if err := w.enter(); err != nil {
		return 0, err
	}
	returned := false
	defer w.leave(&returned)
	n, err := f.write(p)
	returned = true
	return n, w.session.Explain(err)
}

// Close ends the file. A second call is nil.
func (f *entryWriter) Close() error {
	if f.closed {
		return nil
	}
	w := f.writer
	if err := w.enter(); err != nil {
		return err
	}
	returned := false
	defer w.leave(&returned)
	err := f.close()
	returned = true
	return w.session.Explain(err)
}

// write is Write, inside.
func (f *entryWriter) write(p []byte) (int, error) {
	if f.closed {
		return 0, &fs.PathError{Op: "write", Path: pathText(f.header().Name), Err: fs.ErrClosed}
	}
	written := 0
	for len(p) > 0 {
		part := p[:min(len(p), chunk)]
		if err := f.count(part); err != nil {
			return written, f.writer.session.Fail(err)
		}
		var err error
		switch {
		case !f.stored:
			err = f.compress(part)
		case f.begun:
			err = f.writer.write(part)
		default:
			err = f.keep(part)
		}
		if err != nil {
			return written, err
		}
		written += len(part)
		p = p[len(part):]
	}
	return written, nil
}

// whole writes all of a file and closes it. Of a stored file it keeps no copy.
func (f *entryWriter) whole(data []byte) error {
	if !f.stored {
		if _, err := f.write(data); err != nil {
			return err
		}
		return f.close()
	}
	for rest := data; len(rest) > 0; {
		part := rest[:min(len(rest), chunk)]
		if err := f.count(part); err != nil {
			return f.writer.session.Fail(err)
		}
		rest = rest[len(part):]
	}
	f.data = data
	return f.close()
}

// count charges data and adds it to size and CRC-32, which the file's promise and limits are held
// against.
func (f *entryWriter) count(part []byte) error {
	w, n := f.writer, int64(len(part))
	name := f.header().Name
	if f.promised > 0 && n > f.promised-f.size {
		return &RuleError{Op: w.judge.Op, Rule: RuleSizeMismatch, Where: name, Offset: f.header().Offset,
			Detail: fmt.Sprintf("more data than the %d bytes of Entry.Size", f.promised)}
	}
	if most := w.config.MaxEntryBytes(); n > most-f.size {
		return w.overEntry(name, f.size+n)
	}
	if f.link && n > tree.MaxLinkTarget-f.size {
		return &RuleError{Op: w.judge.Op, Rule: RuleSymlink, Where: name, Offset: f.header().Offset,
			Detail: "a symbolic link with a target over 4 KiB"}
	}
	b := w.budget()
	if err := b.Spend(limits.InputBytes, n); err != nil {
		return limits.At(err, name)
	}
	if err := b.Spend(limits.Steps, steps(f.size+n)-steps(f.size)); err != nil {
		return limits.At(err, name)
	}
	f.size += n
	f.crc = crc32.Update(f.crc, crc32.IEEETable, part)
	return nil
}

// keep holds data of a stored file back: its header says the CRC-32, and stands before it.
func (f *entryWriter) keep(part []byte) error {
	b := f.writer.budget()
	if need := int64(len(f.data) + len(part)); need > f.held {
		// Grown by doubling, old and new at once while it is copied.
		grown := max(need, 2*f.held)
		if err := b.Hold(limits.MemoryBytes, grown); err != nil {
			return f.writer.session.Fail(limits.At(err, f.header().Name))
		}
		data := make([]byte, len(f.data), grown)
		copy(data, f.data)
		f.data = data
		b.Release(limits.MemoryBytes, f.held)
		f.held = grown
	}
	f.data = append(f.data, part...)
	return nil
}

// compress writes data of a file that is not stored.
func (f *entryWriter) compress(part []byte) error {
	w := f.writer
	if !f.begun {
		h := f.header()
		h.Method, h.Streamed, h.Wide = zipwrite.Deflate, true, f.promised >= wideFrom
		f.begun = true
		if err := w.put(h.AppendLocal(w.record[:0])); err != nil {
			return err
		}
		if err := w.startDeflate(); err != nil {
			return err
		}
		f.start = w.offset
	}
	if _, err := w.flate.Write(part); err != nil {
		return w.failed(err)
	}
	return nil
}

// wideFrom is the promised size from which the sizes after the data take 8 bytes each: what
// compressing adds must not push it over 32 bits when the header has been written.
const wideFrom = 1<<32 - 1<<24

// startDeflate makes the compressor, or makes it ready for the next file.
func (w *Writer) startDeflate() error {
	if w.flate != nil {
		w.flate.Reset((*deflated)(w))
		return nil
	}
	if err := w.budget().Hold(limits.MemoryBytes, deflaterBytes); err != nil {
		return w.session.Fail(err)
	}
	var err error
	w.flate, err = flate.NewWriter((*deflated)(w), w.config.Writing.Level)
	return err
}

// deflated is the Writer as the compressor writes to it.
type deflated Writer

func (d *deflated) Write(p []byte) (int, error) {
	n, err := d.out.Write(p)
	d.offset += int64(n)
	return n, err
}

// declare begins a stored file whose size and CRC-32 are known before its data: none is held back.
func (f *entryWriter) declare(crc uint32) error {
	w, h := f.writer, f.header()
	h.Method, h.Size, h.CompressedSize, h.CRC32 = zipwrite.Store, f.promised, f.promised, crc
	f.begun = true
	return w.put(h.AppendLocal(w.record[:0]))
}

// close is Close, inside.
func (f *entryWriter) close() error {
	w, h := f.writer, f.header()
	f.closed, w.open = true, nil
	if f.promised > 0 && f.size != f.promised {
		return w.session.Fail(&RuleError{Op: w.judge.Op, Rule: RuleSizeMismatch, Where: h.Name, Offset: h.Offset,
			Detail: fmt.Sprintf("%d bytes of data where Entry.Size says %d", f.size, f.promised)})
	}
	if f.link && f.size == 0 {
		return w.session.Fail(&RuleError{Op: w.judge.Op, Rule: RuleSymlink, Where: h.Name, Offset: h.Offset,
			Detail: "a symbolic link with an empty target"})
	}
	h.Size, h.CRC32 = f.size, f.crc
	w.bytes += f.size
	switch {
	case f.stored && f.begun:
		return nil
	case f.begun:
		if err := w.flate.Close(); err != nil {
			return w.failed(err)
		}
		h.CompressedSize = w.offset - f.start
		return w.put(h.AppendDescriptor(w.record[:0]))
	}
	return f.store()
}

// store writes a stored file, or one without data.
func (f *entryWriter) store() error {
	w, h := f.writer, f.header()
	h.Method, h.CompressedSize = zipwrite.Store, f.size
	if f.link {
		if err := w.tree.HoldTarget(f.size); err != nil {
			return w.session.Fail(err)
		}
		w.targets[f.node] = string(f.data)
	}
	if err := w.put(h.AppendLocal(w.record[:0])); err != nil {
		return err
	}
	for part := range slices.Chunk(f.data, chunk) {
		if err := w.write(part); err != nil {
			return err
		}
	}
	f.data = nil
	w.budget().Release(limits.MemoryBytes, f.held)
	return nil
}
