package safezip

import (
	"context"
	"io"

	"github.com/seed73825598/airlock/limits"
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
	return c.inspect(ctx, src, size)
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
	c.setSize(size)
	return c.inspect(ctx, f, size)
}

// inspect is Inspect with its options validated.
func (c *config) inspect(ctx context.Context, src io.ReaderAt, size int64) (*Report, error) {
	r := &Report{ArchiveBytes: size}
	b, err := c.lim.Start(ctx, c.op, c.required...)
	if err != nil {
		return r, err
	}
	defer b.Close()
	if err := charge(b, src, size); err != nil {
		return r, err
	}
	p, err := (&judge{config: c, budget: b, collect: true}).examine(src, size)
	p.fill(r)
	r.Findings = p.findings
	if err != nil {
		_ = b.Fail(err) // So that observers learn of it; the error to return is ours.
	}
	return r, err
}
