package decompress

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/streams"
)

// A Reader decompresses one stream. It has Read and Close and no method by which bytes go past the
// limits. It is for one goroutine: calls must not overlap.
//
// A Reader is one operation from NewReader to Close: so long it holds its place in a limits.Pool
// and its memory. Time runs while a call is inside. io.EOF gives both back, too.
//
// A nil and a zero *Reader answer with a *limits.ConfigError.
type Reader struct {
	op     string
	budget *limits.Budget
	out    io.Reader // metered
	pieces *pieces
	stop   func() bool // of the function that waits for the end of the context
	err    error       // sticky
	closed bool
}

// NewReader returns a Reader of the stream in src. It reads nothing yet. src is read to its end,
// where anything that follows the stream is refused under RuleTrailingData, and is not closed.
//
// OutputBytes and Time are required. ctx ends the Reader: a context that is cancelled when a helper
// returns the Reader is a mistake.
func NewReader(ctx context.Context, src io.Reader, f Format, lim limits.Limits, opts ...Option) (*Reader, error) {
	c, err := configure("decompress.NewReader", f, lim, opts)
	if err != nil {
		return nil, err
	}
	return c.open(ctx, src)
}

// open starts the operation.
func (c *config) open(ctx context.Context, src io.Reader) (*Reader, error) {
	if src == nil {
		return nil, setup.Misuse(c.op, "the source", "is nil")
	}
	b, err := c.lim.Start(ctx, c.op)
	if err != nil {
		return nil, err
	}
	if err := c.admit(b); err != nil {
		b.Close()
		return nil, err
	}
	s := &streams.Source{Op: c.op, Budget: b, Stream: b.Reader(limits.InputBytes, src), Memory: c.decoderMemory,
		Lifted: c.lifted}
	if c.multistream {
		s.Member = func() error { return b.Spend(limits.Items, 1) }
	}
	p := &pieces{stage: c.form.Open(s)}
	r := &Reader{op: c.op, budget: b, out: b.Reader(limits.OutputBytes, p), pieces: p}
	r.stop = context.AfterFunc(ctx, func() {
		_ = b.Err() // So that the budget ends with the error of the context.
		b.Close()
	})
	b.Pause()
	return r, nil
}

// admit spends what each stream costs at once.
func (c *config) admit(b *limits.Budget) error {
	if err := b.Deep(1); err != nil {
		return err
	}
	if err := b.Spend(limits.Items, 1); err != nil {
		return err
	}
	return b.Hold(limits.MemoryBytes, c.form.Memory)
}

// Read reads decompressed bytes. They are verified when it returns io.EOF: the checksum and length
// are right, and the source is at its end. An error is a *RuleError or *limits.ExceededError, the
// error of the source, wrapped, or that of the context; it ends the Reader, and every later Read
// returns it again.
func (r *Reader) Read(p []byte) (int, error) {
	if r == nil || r.budget == nil {
		return 0, setup.Misuse("decompress.Reader", "the Reader", "was not made by NewReader")
	}
	if r.err != nil || len(p) == 0 {
		return 0, r.err
	}
	r.budget.Resume()
	returned := false
	defer func() {
		if !returned { // A panic of the caller's source goes on; nothing stays taken.
			r.end(errPanicked)
		}
	}()
	n, err := r.out.Read(p)
	returned = true
	if err != nil {
		r.end(err)
		return n, r.err
	}
	r.budget.Pause()
	return n, nil
}

var errPanicked = errors.New("decompress: the source has panicked")

// end gives back what the Reader holds and keeps the error.
func (r *Reader) end(err error) {
	r.err = err
	if closeErr := r.pieces.close(); closeErr != nil && errors.Is(err, io.EOF) {
		r.err = fmt.Errorf("%s: closing the decoder: %w", r.op, closeErr)
	}
	if !errors.Is(err, io.EOF) {
		_ = r.budget.Fail(err) // So that observers learn of it; the error to return is ours.
	}
	r.stop()
	r.budget.Close()
}

// Close gives back what the Reader holds. It does not close the source. After the first call it
// does nothing and returns nil; a Read after it is an error that matches fs.ErrClosed. A Reader
// that was not read to io.EOF must be closed.
func (r *Reader) Close() error {
	if r == nil || r.budget == nil {
		return setup.Misuse("decompress.Reader", "the Reader", "was not made by NewReader")
	}
	if r.closed {
		return nil
	}
	r.closed = true
	closed := fmt.Errorf("%s: the Reader: %w", r.op, fs.ErrClosed)
	if r.err != nil {
		r.err = closed
		return nil
	}
	r.err = closed
	err := r.pieces.close()
	r.stop()
	r.budget.Close()
	if err != nil {
		return fmt.Errorf("%s: closing the decoder: %w", r.op, err)
	}
	return nil
}

// Context is that of the operation: what is started under it takes no place of its own in a Pool.
// It is done when the Reader has ended.
func (r *Reader) Context() context.Context {
	if r == nil {
		return (*limits.Budget)(nil).Context()
	}
	return r.budget.Context()
}

// Usage returns what the operation has cost so far.
func (r *Reader) Usage() limits.Usage {
	if r == nil {
		return limits.Usage{}
	}
	return r.budget.Usage()
}

// pieces makes an io.Reader of a stage.
type pieces struct {
	stage streams.Stage
	rest  []byte
}

func (p *pieces) Read(b []byte) (int, error) {
	if len(p.rest) == 0 {
		var err error
		if p.rest, err = p.stage.Next(); err != nil {
			p.rest = nil
			return 0, err
		}
	}
	n := copy(b, p.rest)
	p.rest = p.rest[n:]
	return n, nil
}

// close gives back what the stage holds.
func (p *pieces) close() error {
	p.rest = nil
	return p.stage.Close()
}
