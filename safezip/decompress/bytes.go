package decompress

import (
	"bytes"
	"context"
	"errors"
	"io"
	"math"

	"github.com/seed73825598/airlock/limits"
)

// Bytes decompresses all of data, or returns nil and an error: what a token, a cookie or a SAML
// message needs. data is not kept, and the result is the caller's. The limits are those of
// NewReader; MemoryBytes covers the result as well while it is made, and defaults to what that
// takes. Of a MemoryBytes that is set, a decoder from NewFormat may hold half.
func Bytes(ctx context.Context, data []byte, f Format, lim limits.Limits, opts ...Option) ([]byte, error) {
	c, err := configure("decompress.Bytes", f, lim, opts)
	if err != nil {
		return nil, err
	}
	if lim.MemoryBytes == 0 {
		c.lim.MemoryBytes = plus(DefaultMemoryBytes, lim.OutputBytes, lim.OutputBytes)
	} else if c.decoderMemory > 0 {
		c.decoderMemory /= 2
	}
	r, err := c.open(ctx, bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }() // The error of a whole stream is that of the last Read.
	return r.all(len(data), c.lim.OutputBytes)
}

// all reads to the end. n is the length of the stream; the result has at most the length most.
func (r *Reader) all(n int, most limits.Bytes) ([]byte, error) {
	const least, usual = 512, 4
	out, err := r.grown(nil, max(least, min(usual*n, int(limits.MiB))))
	for err == nil {
		if len(out) == cap(out) {
			larger := limits.Bytes(cap(out)) * 2
			if most > limits.Bytes(len(out)) && most < math.MaxInt64 { // One more byte than the result may have, to see its end.
				larger = min(larger, most+1)
			}
			if out, err = r.grown(out, int(larger)); err != nil {
				break
			}
		}
		n, readErr := r.Read(out[len(out):cap(out)])
		out = out[:len(out)+n]
		if errors.Is(readErr, io.EOF) {
			return out, nil
		}
		err = readErr
	}
	return nil, err
}

// grown returns out with another capacity, which is accounted for.
func (r *Reader) grown(out []byte, capacity int) ([]byte, error) {
	if err := r.budget.Hold(limits.MemoryBytes, int64(capacity)); err != nil {
		return nil, err
	}
	larger := append(make([]byte, 0, capacity), out...)
	r.budget.Release(limits.MemoryBytes, int64(cap(out)))
	return larger, nil
}
