package tarscan

import (
	"bytes"
	"errors"
	"io"

	"github.com/seed73825598/airlock/limits"
)

var zeros [blockSize]byte

// header returns the next block that is a header, or nil at the end of the archive, which has then
// been read to the end of the stream.
func (s *Scanner) header() (*[blockSize]byte, error) {
	at := s.in.off
	block, err := s.block()
	switch {
	case errors.Is(err, io.EOF) && at == 0:
		return nil, s.allow(MissingEnd, at, "the archive is empty, without even the two blocks of zeros that end one")
	case errors.Is(err, io.EOF):
		return nil, s.allow(MissingEnd, at, "the archive ends without the two blocks of zeros that end one")
	case err != nil:
		return nil, err
	case *block != zeros:
		return block, nil
	}
	at = s.in.off
	switch block, err = s.block(); {
	case errors.Is(err, io.EOF):
		return nil, s.allow(MissingEnd, at, "the archive ends with one block of zeros, and not with two")
	case err != nil:
		return nil, err
	case *block != zeros:
		if err := s.allow(MissingEnd, at, "one block of zeros is followed by other data"); err != nil {
			return nil, err
		}
		if err := s.allow(TrailingData, at, "data follows the end of the archive"); err != nil {
			return nil, err
		}
	}
	return nil, s.drain()
}

// block reads a block and pays for it.
func (s *Scanner) block() (*[blockSize]byte, error) {
	at := s.in.off
	block, err := s.in.next()
	if errors.Is(err, io.ErrUnexpectedEOF) {
		if at == 0 {
			if what := otherNature(s.in.block[:s.in.off]); what != "" {
				return nil, s.refuse(Truncated, at, "this is no tar archive: %s", what)
			}
		}
		return nil, s.refuse(Truncated, at, "the archive is cut off within a header")
	}
	if err != nil {
		return nil, err
	}
	return block, s.cfg.Budget.Spend(limits.Steps, 1)
}

// drain reads what follows the end: zeros, of any number.
func (s *Scanner) drain() error {
	for said := false; ; {
		at := s.in.off
		p, err := s.in.take(1 << 20)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := s.cfg.Budget.Spend(limits.Steps, int64(len(p)+bytesPerStep-1)/bytesPerStep); err != nil {
			return err
		}
		if i := notZero(p); i >= 0 && !said {
			said = true
			if err := s.allow(TrailingData, at+int64(i), "data follows the end of the archive"); err != nil {
				return err
			}
		}
	}
}

// notZero returns the index of the first byte that is not zero, or -1.
func notZero(p []byte) int {
	for at := 0; at < len(p); at += blockSize {
		part := p[at:min(len(p), at+blockSize)]
		if !bytes.Equal(part, zeros[:len(part)]) {
			return at + bytes.IndexFunc(part, func(r rune) bool { return r != 0 })
		}
	}
	return -1
}
