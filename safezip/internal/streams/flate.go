package streams

import (
	"errors"
	"io"

	"github.com/seed73825598/airlock/safezip/internal/inflate"
)

// flateMemory is what the decoder of gzip, zlib and DEFLATE holds.
const flateMemory = inflate.Size

// Deflate is raw DEFLATE (RFC 1951).
var Deflate = Form{
	Name: "deflate", Memory: flateMemory,
	open: func(s *Source) Stage { return newFlate(s, bare{}) },
}

// flate decodes what is DEFLATE with something around it.
type flate struct {
	*Source
	decoder *inflate.Decoder
	around  wrapping
	within  bool // a DEFLATE stream
}

// wrapping is what a format puts around a DEFLATE stream. It reads bytes by take, whose io.EOF is
// for it to word.
type wrapping interface {
	header(f *flate) error
	update(p []byte)
	// trailer verifies what follows the stream.
	trailer(f *flate) error
	// again reports whether the bytes that follow the trailer, of which two are given, begin another
	// member.
	again(b [2]byte) bool
}

func newFlate(s *Source, w wrapping) *flate {
	f := &flate{Source: s, decoder: inflate.New(), around: w}
	f.decoder.Reset(s.Budget, s)
	return f
}

func (f *flate) Close() error { return nil }

func (f *flate) Next() ([]byte, error) {
	for {
		if !f.within {
			if err := f.begin(); err != nil {
				return nil, err
			}
		}
		p, err := f.decoder.Next()
		switch {
		case err == nil:
			f.around.update(p)
			return p, nil
		case !errors.Is(err, io.EOF):
			return nil, f.failed(err)
		}
		if err := f.end(); err != nil {
			return nil, err
		}
	}
}

// begin reads the header of a member.
func (f *flate) begin() error {
	at := f.decoder.Consumed()
	if err := f.around.header(f); err != nil {
		return err
	}
	f.decoder.Begin()
	f.within = true
	return f.steps(f.decoder.Consumed() - at)
}

// end verifies the trailer of a member and what follows it. io.EOF means that nothing does.
func (f *flate) end() error {
	at := f.decoder.Consumed()
	if err := f.around.trailer(f); err != nil {
		return err
	}
	if err := f.steps(f.decoder.Consumed() - at); err != nil {
		return err
	}
	f.within = false
	at = f.decoder.Consumed()
	next, err := f.decoder.Peek(2)
	if err != nil && !errors.Is(err, io.EOF) {
		return f.failure()
	}
	switch {
	case len(next) == 0:
		return io.EOF
	case len(next) == 2 && f.around.again([2]byte(next)):
		return f.another(at)
	}
	return f.drop(at, f.decoder)
}

// failed words the error of the decoder.
func (f *flate) failed(err error) error {
	if corrupt, ok := errors.AsType[*inflate.CorruptError](err); ok {
		return f.refuse(Malformed, corrupt.Offset, "%s", corrupt.Reason)
	}
	switch {
	case f.err != nil:
		return f.failure()
	case errors.Is(err, io.ErrUnexpectedEOF):
		return f.cut("the compressed data")
	}
	return err
}

// take reads bytes outside of a DEFLATE stream. io.EOF means that there are fewer.
func (f *flate) take(p []byte) error {
	for i := range p {
		b, err := f.decoder.ReadByte()
		if err != nil {
			if errors.Is(err, io.EOF) {
				return io.EOF
			}
			return f.outside(err)
		}
		p[i] = b
	}
	return nil
}

// outside words an error of reading bytes outside of a DEFLATE stream.
func (f *flate) outside(err error) error {
	if f.err != nil {
		return f.failure()
	}
	return err
}

// bare is the wrapping of raw DEFLATE: nothing.
type bare struct{}

func (bare) header(*flate) error  { return nil }
func (bare) update([]byte)        {}
func (bare) trailer(*flate) error { return nil }
func (bare) again([2]byte) bool   { return false }
