package safezip

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/limits"
)

// Extract unpacks the archive in the first size bytes of src into the new directory dir, all of it
// or nothing. dir must not exist; its parent must. src is read from several goroutines at once, as
// io.ReaderAt allows.
//
// Everything that needs no inflating is decided before anything is written. Then the archive is
// unpacked into a staging directory of mode 0700 beside dir (.<name>.safezip-<random>), each entry
// is checked for size, checksum and slack as it is written, and one rename puts the tree in its
// place. On any error, on cancellation, and if a callback or src panics, the staging directory is
// removed before Extract returns. Only a killed process leaves it behind.
//
// Required limits: OutputBytes, Items, Time. A broken rule is a *RuleError, a spent limit a
// *limits.ExceededError; both match limits.ErrRefused. A missing limit or a wrong option is a
// *limits.ConfigError. Anything else (a full disk, a directory that exists, a cancelled context) is
// the environment's, and matches none of the errors of package limits.
func Extract(ctx context.Context, dir string, src io.ReaderAt, size int64, lim limits.Limits,
	opts ...Option) (*Report, error) {
	c, err := configure("safezip.Extract", size, lim, opts)
	if err != nil {
		return nil, err
	}
	return c.extract(ctx, newDir(dir), held(src, size))
}

// ExtractFile is Extract for the regular file archive.
func ExtractFile(ctx context.Context, dir, archive string, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safezip.ExtractFile"
	c, err := configure(op, 0, lim, opts)
	if err != nil {
		return nil, err
	}
	f, size, err := openRegular(op, archive)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // Only read from.
	c.setSize(size)
	return c.extract(ctx, newDir(dir), held(f, size))
}

// openRegular opens a file and returns its size. Whether it is a file is asked before it is opened:
// opening a FIFO waits for somebody to write to it.
func openRegular(op, name string) (*os.File, int64, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", op, err)
	}
	f, err := os.Open(name) //nolint:gosec // The caller's own path, not one from an archive.
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", op, err)
	}
	return f, info.Size(), nil
}

// A target is where a tree is to be made.
type target interface {
	// says early what cannot be right, before the archive is looked at
	check(op string) error
	build(x *extraction, cancel func()) error // makes the tree, all of it or nothing
}

// A source gets hold of the archive once there is a budget to charge it to, and says how to let go
// of it.
type source func(b *limits.Budget) (src io.ReaderAt, size int64, done func(), err error)

// held is the source that the caller holds open.
func held(src io.ReaderAt, size int64) source {
	return func(b *limits.Budget) (io.ReaderAt, int64, func(), error) {
		return src, size, func() {}, charge(b, src, size)
	}
}

// charge spends the size of an archive.
func charge(b *limits.Budget, src io.ReaderAt, size int64) error {
	if src == nil {
		return &limits.ConfigError{Op: "safezip", Problems: []limits.FieldProblem{{Field: "src", Reason: "is nil"}}}
	}
	return b.Spend(limits.InputBytes, size)
}

// extract carries out an extraction whose options have been validated.
func (c *config) extract(ctx context.Context, to target, from source) (*Report, error) {
	if err := to.check(c.op); err != nil {
		return nil, err
	}
	if ctx == nil {
		return nil, &limits.ConfigError{Op: c.op, Problems: []limits.FieldProblem{{Field: "the context",
			Reason: "is nil"}}}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	b, err := c.lim.Start(ctx, c.op, c.required...)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	r, err := c.unpack(b, to, from, cancel)
	if err != nil {
		_ = b.Fail(err) // So that observers learn of it; the error to return is ours.
		return nil, err
	}
	return r, nil
}

// unpack is extract under a budget.
func (c *config) unpack(b *limits.Budget, to target, from source, cancel func()) (*Report, error) {
	src, size, done, err := from(b)
	if err != nil {
		return nil, err
	}
	defer done()
	p, err := (&judge{config: c, budget: b}).examine(src, size)
	if err != nil {
		return nil, err
	}
	x, err := p.newExtraction(src)
	if err != nil {
		return nil, err
	}
	if err := to.build(x, cancel); err != nil {
		return nil, err
	}
	r := &Report{ArchiveBytes: size}
	p.fill(r)
	return r, nil
}

// fill takes into a Report what is known at the end.
func (p *plan) fill(r *Report) {
	r.Entries = int64(len(p.archive.Entries))
	p.count(r)
	r.Notes = p.notes
	r.Elapsed = p.budget.Usage().Elapsed
}
