package safezip

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
)

// inner is the life of an archive inside another: it has the budget of the outermost, and a context
// and an end of its own.
type inner struct {
	context context.Context //nolint:containedctx // It ends the Reader, as OpenArchive says.
	caller  context.Context //nolint:containedctx // The context that OpenArchive was given.
	cancel  context.CancelCauseFunc
	unwatch func() bool
	closed  atomic.Bool
}

// OpenArchive opens the zip archive that is the entry name. It has the limits, options and budget
// of r: OutputBytes and Items of both add up. At most Nesting archives stand inside each other; one
// more is refused for its Depth. StripPrefix, StripTop and Select do not reach it.
//
// The archive is spooled as by OpenStream, and its data verified as by ReadFile. A refusal ends r
// as well, since the budget is one; ask an entry's name or first bytes if it need not be an
// archive. ctx, the context of r and r.Close end the Reader that is returned; its own Close gives
// its spool and its index back early.
func (r *Reader) OpenArchive(ctx context.Context, name string) (*Reader, error) {
	if err := r.enter(); err != nil {
		return nil, pathError("open", name, err)
	}
	defer r.leave()
	if ctx == nil {
		return nil, pathError("open", name, &limits.ConfigError{Op: opOpenArchive,
			Problems: []limits.FieldProblem{{Field: "the context", Reason: "is nil"}}})
	}
	in, err := r.openArchive(ctx, name)
	if err != nil {
		return nil, r.fails("open", name, err)
	}
	return in, nil
}

const opOpenArchive = "safezip.OpenArchive"

// openArchive is OpenArchive, inside.
func (r *Reader) openArchive(ctx context.Context, name string) (*Reader, error) {
	f, err := r.root().file(name)
	if err != nil {
		return nil, err
	}
	defer f.stop()
	f.caller = ctx
	c := r.archive.config.Inside(opOpenArchive)
	if depth := int64(r.depth + 1); depth > int64(c.Nesting) {
		return nil, &limits.ExceededError{Op: c.Op, Resource: limits.Depth, Limit: int64(c.Nesting), Used: depth,
			Where: name, Option: "Nesting"}
	}
	in := &Reader{session: r.session, pool: r.pool, outer: r, depth: r.depth + 1}
	in.life.caller = ctx
	in.life.context, in.life.cancel = context.WithCancelCause(r.session.Budget().Context())
	made := false
	defer func() {
		if !made {
			in.letGo()
		}
	}()
	if err := in.open(c, spooledEntry(f)); err != nil {
		return nil, err
	}
	in.mu.Lock()
	in.life.unwatch = context.AfterFunc(ctx, func() {
		r.forget(in)
		in.letGo()
	})
	in.mu.Unlock()
	if err := r.adopt(in); err != nil {
		return nil, err
	}
	made = true
	return in, nil
}

// spooledEntry is the source that copies an entry. InputBytes is about the outermost archive; what
// is inflated from it has been charged to OutputBytes.
func spooledEntry(f *entryStream) source {
	return func(c *config.Config, b *limits.Budget) (io.ReaderAt, int64, func() error, error) {
		s, err := unpack.Spooled(c.Op, b, c.TempDir, int64(c.SpoolBytes), f)
		if err != nil {
			return nil, 0, nil, err
		}
		return s, s.Size, s.Done, nil
	}
}

// adopt has Close of r close in.
func (r *Reader) adopt(in *Reader) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.ended(); err != nil {
		return err
	}
	if r.inside == nil {
		r.inside = map[*Reader]struct{}{}
	}
	r.inside[in] = struct{}{}
	return nil
}

// forget is the reverse of adopt.
func (r *Reader) forget(in *Reader) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.inside, in)
}

// gone returns why an archive inside takes no more calls though the outermost does, or nil.
func (r *Reader) gone() error {
	for ; r.outer != nil; r = r.outer {
		if err := canceled(r.life.caller, opOpenArchive); err != nil {
			return err
		}
		if r.life.closed.Load() {
			return closedReader()
		}
	}
	return nil
}

// end ends the life of an archive inside. It reports whether this was the first time.
func (r *Reader) end() bool {
	if !r.life.closed.CompareAndSwap(false, true) {
		return false
	}
	r.mu.Lock()
	unwatch := r.life.unwatch
	r.mu.Unlock()
	if unwatch != nil {
		unwatch()
	}
	r.life.cancel(context.Cause(r.life.caller))
	return true
}

// canceled is the error of a call whose context is done, or nil.
func canceled(ctx context.Context, op string) error {
	if ctx == nil || ctx.Err() == nil {
		return nil
	}
	if cause := context.Cause(ctx); cause != ctx.Err() { //nolint:errorlint // The same value, not one that wraps it.
		return fmt.Errorf("%s: stopped by the caller's context: %w: %w", op, ctx.Err(), cause)
	}
	return fmt.Errorf("%s: stopped by the caller's context: %w", op, ctx.Err())
}
