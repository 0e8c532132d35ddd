package unpack

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/seed73825598/airlock/limits"
)

// A Spool is a copy of a stream that can be read at any offset.
type Spool struct {
	*os.File
	Size     int64
	unlinked bool
}

// Spooled copies a stream to a temporary file in dir, or in the system's directory for such files if
// dir is empty. Every byte is charged to InputBytes. On an error, and if the stream panics, nothing
// is left.
func Spooled(op string, b *limits.Budget, dir string, stream io.Reader) (*Spool, error) {
	f, err := os.CreateTemp(dir, "safezip-spool-*")
	if err != nil {
		return nil, fmt.Errorf("%s: spooling: %w", op, err)
	}
	// An open file without a name is gone with its descriptor, even if this process is killed.
	// Windows refuses; there the name goes last.
	s := &Spool{File: f, unlinked: os.Remove(f.Name()) == nil}
	done := false
	defer func() {
		if !done {
			s.Done()
		}
	}()
	if s.Size, err = spool(b, f, stream); err != nil {
		if errors.Is(err, limits.ErrRefused) || b.Err() != nil {
			return nil, err
		}
		return nil, fmt.Errorf("%s: spooling: %w", op, err)
	}
	done = true
	return s, nil
}

// Done closes and removes the copy.
func (s *Spool) Done() {
	_ = s.Close() // What was written to it is not wanted any more.
	if !s.unlinked {
		_ = os.Remove(s.Name())
	}
}

// spool copies the stream. It looks at the budget between any two reads, and charges every byte to
// InputBytes.
func spool(b *limits.Budget, f *os.File, stream io.Reader) (int64, error) {
	if err := b.Hold(limits.MemoryBytes, spoolBuffer); err != nil {
		return 0, err
	}
	defer b.Release(limits.MemoryBytes, spoolBuffer)
	metered := b.Reader(limits.InputBytes, stream)
	buf := make([]byte, spoolBuffer)
	size := int64(0)
	for idle := 0; ; {
		n, err := metered.Read(buf)
		if n > 0 {
			idle = 0
			if _, err := f.Write(buf[:n]); err != nil {
				return 0, err
			}
			size += int64(n)
		}
		switch {
		case errors.Is(err, io.EOF):
			return size, nil
		case err != nil:
			return 0, err
		case n == 0:
			if idle++; idle == maxIdle {
				return 0, io.ErrNoProgress
			}
		}
	}
}

// spoolBuffer is how many bytes are copied at once.
const spoolBuffer = 32 << 10

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100
