package safetar

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/internal/streams"
	"github.com/seed73825598/airlock/safezip/internal/tarscan"
)

// stream is the archive as it comes in: metered, and decompressed if it is compressed.
type stream struct {
	budget *limits.Budget
	stage  streams.Stage // nil for a plain archive
	taken  *counter
}

// openStream finds out by the first bytes of src whether the archive is compressed, and returns the
// tar stream.
func (c *config) openStream(b *limits.Budget, src io.Reader) (*stream, tarscan.Pieces, error) {
	op := c.base.Op
	if src == nil {
		return nil, nil, setup.Misuse(op, "src", "is nil")
	}
	s := &stream{budget: b, taken: &counter{src: b.Reader(limits.InputBytes, src)}}
	prefix := make([]byte, decompress.MagicBytes)
	n, err := io.ReadFull(s.taken, prefix)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, nil, c.sourceError(b, err)
	}
	whole := io.MultiReader(bytes.NewReader(prefix[:n]), s.taken)
	format, compressed := decompress.Format{}, false
	if len(c.formats) > 0 { // With none given, Detect would ask for its own.
		format, compressed = decompress.Detect(prefix[:n], c.formats...)
	}
	if !compressed {
		if err := b.Hold(limits.MemoryBytes, plainBuffer); err != nil {
			return nil, nil, err
		}
		return s, &plain{config: c, budget: b, src: whole, buf: make([]byte, plainBuffer)}, nil
	}
	form := format.Form()
	if err := b.Hold(limits.MemoryBytes, form.Memory); err != nil {
		return nil, nil, err
	}
	source := &streams.Source{Op: op, Budget: b, Stream: whole, Memory: c.base.Limits.MemoryBytes / 2,
		Lifted: c.base.Names.Lifted}
	if c.multistream {
		source.Member = func() error { return b.Spend(limits.Steps, 1) }
	}
	s.stage = form.Open(source)
	return s, &bounded{op: op, stage: s.stage, most: int64(tarBytes(c.base.Limits))}, nil
}

// close gives back what the decoder holds.
func (s *stream) close() {
	if s.stage != nil {
		_ = s.stage.Close() // The bytes that it decoded have been verified or refused.
	}
}

// counter counts the bytes of the source, and gives up one that returns nothing again and again.
type counter struct {
	src  io.Reader
	n    int64
	idle int
}

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.src.Read(p)
	c.n += int64(n)
	if n != 0 || err != nil {
		c.idle = 0
		return n, err
	}
	if c.idle++; c.idle >= maxIdle {
		return 0, io.ErrNoProgress
	}
	return 0, nil
}

// sourceError words an error of the caller's source; that of the budget speaks for itself.
func (c *config) sourceError(b *limits.Budget, err error) error {
	if errors.Is(err, limits.ErrRefused) || errors.Is(err, limits.ErrConfig) || b.Err() != nil {
		return err
	}
	return fmt.Errorf("%s: reading the archive: %w", c.base.Op, err)
}

// plain is a tar stream that is not compressed.
type plain struct {
	config *config
	budget *limits.Budget
	src    io.Reader
	buf    []byte
	err    error // that came with bytes
}

const plainBuffer = 64 << 10

func (p *plain) Next() ([]byte, error) {
	if p.err != nil {
		return nil, p.err
	}
	for {
		n, err := p.src.Read(p.buf)
		if n < 0 || n > len(p.buf) {
			return nil, fmt.Errorf("%s: the source returned an invalid count", p.config.base.Op)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			err = p.config.sourceError(p.budget, err)
		}
		if n > 0 {
			p.err = err
			return p.buf[:n], nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// bounded is a tar stream that a decoder makes, up to a length: bodies that are not asked for,
// headers and padding are bounded by it.
type bounded struct {
	op    string
	stage streams.Stage
	n     int64
	most  int64
}

func (d *bounded) Next() ([]byte, error) {
	p, err := d.stage.Next()
	if int64(len(p)) > d.most-d.n {
		return nil, &limits.ExceededError{Op: d.op, Resource: limits.OutputBytes, Limit: d.most, Used: d.n + int64(len(p)),
			Hint: "the archive inflates to more than its files, headers and padding may have together: raise OutputBytes or " +
				"Items"}
	}
	d.n += int64(len(p))
	return p, err
}

// openRegular opens a file. Whether it is a file is asked before it is opened: opening a FIFO waits
// for a writer.
func openRegular(op, name string) (*os.File, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	f, err := os.Open(name) //nolint:gosec // The caller's own path, not one from an archive.
	if err != nil {
		return nil, fmt.Errorf("%s: %w", op, err)
	}
	return f, nil
}

// start begins an operation that ends with the call.
func (c *config) start(ctx context.Context) (*limits.Budget, error) {
	return c.base.Limits.Start(ctx, c.base.Op, c.base.Required...)
}
