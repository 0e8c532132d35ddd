package unpack

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/seed73825598/airlock/limits"
)

// A Spool is a copy of a stream that can be read at any offset: in memory as far as it fits, or
// else in a file.
type Spool struct {
	Size int64

	op       string
	budget   *limits.Budget
	dir      string // where the file is to be; empty for the system's directory for such files
	most     int64  // up to which it stays in memory
	memory   []byte
	held     int64 // of memory
	file     *os.File
	unlinked bool
	done     atomic.Bool
}

// Spooled copies a stream to memory if it has at most so many bytes, and else to a temporary file
// in dir, or in the system's directory for such files if dir is empty. Memory is charged to
// MemoryBytes until Done. On an error, and if the stream panics, nothing is left.
func Spooled(op string, b *limits.Budget, dir string, memory int64, stream io.Reader) (spool *Spool, err error) {
	s := &Spool{op: op, budget: b, dir: dir, most: memory}
	copied := false
	defer func() {
		if !copied {
			err = Also(err, s.Done())
		}
	}()
	if err := s.copy(stream); err != nil {
		if errors.Is(err, limits.ErrRefused) || b.Err() != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: spooling: %w", op, err)
	}
	copied = true
	return s, nil
}

// ReadAt reads the copy.
func (s *Spool) ReadAt(p []byte, off int64) (int, error) {
	switch {
	case s.done.Load():
		return 0, fs.ErrClosed
	case s.file != nil:
		return s.file.ReadAt(p, off)
	case off < 0 || off > int64(len(s.memory)):
		return 0, io.EOF
	}
	n := copy(p, s.memory[off:])
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// InMemory reports that the copy is not in a file.
func (s *Spool) InMemory() bool { return s.file == nil }

// Done gives the memory back, or closes and removes the file. The error names a file that is left.
func (s *Spool) Done() error {
	if !s.done.CompareAndSwap(false, true) {
		return nil
	}
	s.budget.Release(limits.MemoryBytes, s.held)
	if s.file == nil {
		return nil
	}
	_ = s.file.Close() // Nothing that was written to it is wanted any more.
	if s.unlinked {
		return nil
	}
	if err := os.Remove(s.file.Name()); err != nil {
		return fmt.Errorf("a copy of the stream is left behind: %w", err)
	}
	return nil
}

// copy copies the stream. It looks at the budget between any two reads.
func (s *Spool) copy(stream io.Reader) error {
	if err := s.budget.Hold(limits.MemoryBytes, spoolBuffer); err != nil {
		return err
	}
	defer s.budget.Release(limits.MemoryBytes, spoolBuffer)
	buf := make([]byte, spoolBuffer)
	for idle := 0; ; {
		if err := s.budget.Err(); err != nil {
			return err
		}
		n, err := stream.Read(buf)
		if n < 0 || n > len(buf) {
			return errBadCount
		}
		if n > 0 {
			idle = 0
			if err := s.add(buf[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case n == 0:
			if idle++; idle == maxIdle {
				return io.ErrNoProgress
			}
		}
	}
}

var errBadCount = errors.New("the stream returned an invalid count")

// add puts bytes at the end of the copy.
func (s *Spool) add(p []byte) error {
	s.Size += int64(len(p))
	if s.file == nil {
		if s.Size <= s.most {
			return s.keep(p)
		}
		if err := s.toFile(); err != nil {
			return err
		}
	}
	_, err := s.file.Write(p)
	return err
}

// keep puts bytes at the end of what is in memory, which grows by doubling, old and new held at
// once while it is copied.
func (s *Spool) keep(p []byte) error {
	if s.Size > s.held {
		grown := min(max(s.Size, 2*s.held, spoolBuffer), s.most)
		if err := s.budget.Hold(limits.MemoryBytes, grown); err != nil {
			return err
		}
		memory := make([]byte, len(s.memory), grown)
		copy(memory, s.memory)
		s.memory = memory
		s.budget.Release(limits.MemoryBytes, s.held)
		s.held = grown
	}
	s.memory = append(s.memory, p...)
	return nil
}

// toFile moves what is in memory to a new file.
func (s *Spool) toFile() error {
	dir := s.dir
	if dir == "" {
		dir = os.TempDir()
	}
	name := filepath.Join(dir, spoolPrefix+rand.Text())
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, lockMode) //nolint:gosec // The caller's own path.
	if err != nil {
		return err
	}
	s.file = f
	// A process that is killed before the next lines leaves the name, which is that of a stage: it
	// is for RemoveStale to find, and the lock says that the file is not in use.
	if err := tryLock(f); err != nil && !errors.Is(err, errNoLocks) {
		return err
	}
	// An open file without a name is gone with its descriptor, even if this process is killed.
	// Windows refuses; there the name goes last.
	s.unlinked = os.Remove(name) == nil
	if _, err := f.Write(s.memory); err != nil {
		return err
	}
	s.budget.Release(limits.MemoryBytes, s.held)
	s.memory, s.held = nil, 0
	return nil
}

// spoolPrefix is how the names of spools begin. The rest is as in a stage's.
const spoolPrefix = ".spool" + stageMark

// spoolBuffer is how many bytes are copied at once.
const spoolBuffer = 32 << 10

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100
