package safezip

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/seed73825598/airlock/limits"
)

// ExtractStream is Extract for an archive that comes as a stream, such as the body of a request. A
// zip file is read from its end, so the stream is first spooled to a temporary file of at most
// InputBytes, to the byte: a stream that is longer is refused when the next byte has come, and no
// more of it is read. The file has mode 0600 and is unlinked at once where the system allows it; it
// is gone when ExtractStream returns, on every way out. See TempDir for its place.
//
// InputBytes is required here. Time includes the spooling; a Read of src that blocks is not
// interrupted by it, so give the connection a deadline of its own. src is not closed.
func ExtractStream(ctx context.Context, dir string, src io.Reader, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure("safezip.ExtractStream", 0, lim, opts, limits.InputBytes)
	if err != nil {
		return nil, err
	}
	return c.extract(ctx, newDir(dir), c.spooled(src))
}

// spooled is the source that copies a stream to a temporary file.
func (c *config) spooled(stream io.Reader) source {
	return func(b *limits.Budget) (io.ReaderAt, int64, func(), error) {
		f, err := os.CreateTemp(c.tempDir, "safezip-spool-*")
		if err != nil {
			return nil, 0, nil, fmt.Errorf("%s: spooling: %w", c.op, err)
		}
		// An open file without a name is gone with its descriptor, even if this process is killed.
		// Windows refuses; there the name goes last.
		unlinked := os.Remove(f.Name()) == nil
		done := func() {
			_ = f.Close() // What was written to it is not wanted any more.
			if !unlinked {
				_ = os.Remove(f.Name())
			}
		}
		spooled := false
		defer func() {
			if !spooled {
				done() // Also when the stream panics.
			}
		}()
		size, err := spool(b, f, stream)
		if err != nil {
			if errors.Is(err, limits.ErrRefused) || b.Err() != nil {
				return nil, 0, nil, err
			}
			return nil, 0, nil, fmt.Errorf("%s: spooling: %w", c.op, err)
		}
		spooled = true
		return f, size, done, nil
	}
}

// spool copies the stream. It looks at the budget between any two reads, and charges every byte to
// InputBytes.
func spool(b *limits.Budget, f *os.File, stream io.Reader) (int64, error) {
	if err := b.Hold(limits.MemoryBytes, inputBuffer); err != nil {
		return 0, err
	}
	defer b.Release(limits.MemoryBytes, inputBuffer)
	metered := b.Reader(limits.InputBytes, stream)
	buf := make([]byte, inputBuffer)
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

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100
