package tarscan

import (
	"errors"
	"io"
)

const blockSize = 512

// input reads a stream in blocks and in pieces of any length.
type input struct {
	src   Pieces
	piece []byte
	off   int64
	block [blockSize]byte // one that lies in several pieces
}

// more has at least one byte in piece.
func (in *input) more() error {
	for len(in.piece) == 0 {
		p, err := in.src.Next()
		if err != nil {
			return err
		}
		in.piece = p
	}
	return nil
}

// take returns the next bytes, at most n.
func (in *input) take(n int64) ([]byte, error) {
	if err := in.more(); err != nil {
		return nil, err
	}
	p := in.piece[:min(n, int64(len(in.piece)))]
	in.piece = in.piece[len(p):]
	in.off += int64(len(p))
	return p, nil
}

// next returns the next block, which is valid until the next call of any method. io.EOF says that
// the stream has ended before it, io.ErrUnexpectedEOF that it has ended within.
func (in *input) next() (*[blockSize]byte, error) {
	p, err := in.take(blockSize)
	if err != nil {
		return nil, err
	}
	if len(p) == blockSize {
		return (*[blockSize]byte)(p), nil
	}
	for n := copy(in.block[:], p); n < blockSize; {
		p, err := in.take(int64(blockSize - n))
		if errors.Is(err, io.EOF) {
			return nil, io.ErrUnexpectedEOF
		}
		if err != nil {
			return nil, err
		}
		n += copy(in.block[n:], p)
	}
	return &in.block, nil
}
