package safetar

import (
	"context"
	"errors"
	"io"

	"github.com/seed73825598/airlock/limits"
)

// Inspect runs every check on the archive in src and writes nothing. It reads and inflates all of
// src: unlike safezip.Inspect, it sees the data too. With an error it still returns a Report, whose
// Findings list what else is wrong, as far as the stream can be read; the error is the first of
// them, and it is the one that Extract would return. Report.All yields every entry. Limits, options
// and errors are those of Extract.
func Inspect(ctx context.Context, src io.Reader, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure("safetar.Inspect", lim, opts)
	if err != nil {
		return &Report{}, err
	}
	return c.inspect(ctx, src)
}

// InspectFile is Inspect for the regular file archive.
func InspectFile(ctx context.Context, archive string, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safetar.InspectFile"
	c, err := configure(op, lim, opts)
	if err != nil {
		return &Report{}, err
	}
	f, err := openRegular(op, archive)
	if err != nil {
		return &Report{}, err
	}
	defer func() { _ = f.Close() }() // Only read from.
	return c.inspect(ctx, f)
}

// inspect is Inspect with its options validated.
func (c *config) inspect(ctx context.Context, src io.Reader) (*Report, error) {
	b, err := c.start(ctx)
	if err != nil {
		return &Report{}, err
	}
	defer b.Close()
	p, err := c.newPass(b, src, true)
	if err != nil {
		_ = b.Fail(err) // So that observers learn of it; the error to return is ours.
		return &Report{}, err
	}
	defer p.stream.close()
	for err == nil {
		_, err = p.next()
	}
	if errors.Is(err, io.EOF) {
		return p.finished(), nil
	}
	_ = b.Fail(err) // As above.
	return p.finished(), err
}
