package safezip

import (
	"context"
	"io"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
)

// Inspect runs every check that needs no inflating on the archive in the first size bytes of src,
// and writes nothing. With an error it still returns a Report, whose Findings list what else is
// wrong; the error is the first of them, and it is the one that Extract would return. (Where only a
// limit or the configuration is at fault there are none.) What Inspect refuses, Extract refuses;
// what Inspect accepts, Extract can still refuse for its data: checksum, sizes, the targets of
// links.
//
// Limits, options and errors are those of Extract. Options that say how files are written have no
// effect.
func Inspect(ctx context.Context, src io.ReaderAt, size int64, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure("safezip.Inspect", size, lim, opts)
	if err != nil {
		return &Report{}, err
	}
	return inspect(ctx, c, src, size)
}

// InspectFile is Inspect for the regular file archive.
func InspectFile(ctx context.Context, archive string, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safezip.InspectFile"
	c, err := configure(op, 0, lim, opts)
	if err != nil {
		return &Report{}, err
	}
	f, size, err := openRegular(op, archive)
	if err != nil {
		return &Report{}, err
	}
	defer func() { _ = f.Close() }() // Only read from.
	c.SetSize(size)
	return inspect(ctx, c, f, size)
}

// inspect is Inspect with its options validated.
func inspect(ctx context.Context, c *config.Config, src io.ReaderAt, size int64) (r *Report, err error) {
	a, err := open(ctx, c, held(src, size))
	if err != nil {
		return &Report{ArchiveBytes: size}, err
	}
	defer func() { _ = a.close(err) }() // Nothing of the caller's source is left.
	a.judge.Collect = true
	if err = a.check(); err == nil {
		err = a.plan()
	}
	r = a.report()
	r.all = a.all(err == nil)
	return r, err
}
