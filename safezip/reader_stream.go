package safezip

import (
	"context"
	"errors"
	"io"
	"sync"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// entryStream reads the data of one entry. The last byte is withheld until size, CRC-32 and slack
// have been verified, so that io.EOF, and only that, means verified. It belongs to one goroutine,
// and each call of it is inside a call of the Reader.
type entryStream struct {
	reader *Reader
	entry  *zipscan.Entry
	caller context.Context //nolint:containedctx // The context that CopyEntry or OpenArchive was given; nil for none.
	f      *inflater       // lent by the pool; nil before the first read and after the last
	err    error           // what every read from now on returns
}

func (s *entryStream) Read(p []byte) (int, error) {
	if s.err != nil || len(p) == 0 {
		return 0, s.err
	}
	n, err := s.read(p)
	if err != nil {
		s.err = err
		s.stop()
	}
	return n, err
}

// read is Read of a stream that goes on.
func (s *entryStream) read(p []byte) (int, error) {
	if err := s.ready(); err != nil {
		return 0, err
	}
	if left := s.f.left(); left > 1 {
		return s.f.next(p[:min(int64(len(p)), left-1, chunk)])
	}
	// The last byte, or nothing if the entry is empty. After it comes the end, where all is verified.
	var last [2]byte
	got := 0
	for {
		n, err := s.f.next(last[got:])
		got += n
		switch {
		case errors.Is(err, io.EOF):
			return copy(p, last[:got]), s.finish(got)
		case err != nil:
			return 0, err
		}
		if err := s.ready(); err != nil {
			return 0, err
		}
	}
}

// finish ends a stream that is verified. The last byte comes before the io.EOF of the next read.
func (s *entryStream) finish(got int) error {
	if got == 0 {
		return io.EOF
	}
	s.stop()
	s.err = io.EOF
	return nil
}

// ready looks whether the call may go on, and gets hold of an inflater.
func (s *entryStream) ready() error {
	if err := s.reader.ended(); err != nil {
		return err
	}
	if err := canceled(s.caller, opCopyEntry); err != nil {
		return err
	}
	if s.f != nil {
		return nil
	}
	f, err := s.reader.pool.get(s.reader.archive)
	if err != nil {
		return err
	}
	f.begin(s.entry)
	s.f = f
	return nil
}

// verify reads the stream to its end.
func (s *entryStream) verify() error {
	var buf [64]byte
	for {
		if _, err := s.Read(buf[:]); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// checkDir verifies the data of a directory's entry, where it has any: as a rule that is an empty
// deflate stream.
func (r *Reader) checkDir(id int32) error {
	n := &r.archive.tree.Nodes[id]
	if n.Entry == tree.NoEntry {
		return nil
	}
	if e := &r.archive.zip.Entries[n.Entry]; e.Size == 0 && e.CompressedSize == 0 && e.CRC32 == 0 {
		return nil
	}
	s := r.stream(id)
	defer s.stop()
	return s.verify()
}

// stop gives the inflater back. The stream may be stopped again.
func (s *entryStream) stop() {
	if s.f != nil {
		s.reader.pool.put(s.f)
		s.f = nil
	}
}

// readFull reads as much as p holds, or all that is left. io.EOF comes with the last bytes.
func (s *entryStream) readFull(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		m, err := s.Read(p[n:])
		n += m
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// An inflaterPool lends inflaters to the calls of a Reader, and keeps a few that have been given
// back. The bytes that it has made count against MemoryBytes until they are dropped.
type inflaterPool struct {
	budget *limits.Budget
	mu     sync.Mutex
	free   []*inflater
}

// keptInflaters is how many inflaters wait for the next call at most.
const keptInflaters = 4

// get lends an inflater.
func (p *inflaterPool) get(a *archive) (*inflater, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := len(p.free); n > 0 {
		f := p.free[n-1]
		p.free = p.free[:n-1]
		f.serve(a)
		return f, nil
	}
	if err := p.budget.Hold(limits.MemoryBytes, inflaterBytes); err != nil {
		return nil, err
	}
	f := newInflater(a)
	f.declared = true // Reader.open has charged it.
	return f, nil
}

// put takes an inflater back.
func (p *inflaterPool) put(f *inflater) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.free) < keptInflaters {
		f.rest()
		p.free = append(p.free, f)
		return
	}
	p.budget.Release(limits.MemoryBytes, inflaterBytes)
}

// hold charges n bytes to MemoryBytes. If there is no room for them, it first drops the inflaters
// that wait.
func (p *inflaterPool) hold(n int64) error {
	if p.budget.Fits(limits.MemoryBytes, n) != nil {
		p.mu.Lock()
		p.budget.Release(limits.MemoryBytes, inflaterBytes*int64(len(p.free)))
		p.free = nil
		p.mu.Unlock()
	}
	return p.budget.Hold(limits.MemoryBytes, n)
}
