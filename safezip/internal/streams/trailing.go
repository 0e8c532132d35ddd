package streams

import (
	"errors"
	"io"
)

// another accounts for one more member or stream, which begins at an offset, or refuses it.
func (s *Source) another(at int64) error {
	if s.Member == nil {
		return s.refuse(SeveralMembers, at,
			"another stream follows the first; Multistream accepts several")
	}
	return s.Member()
}

// drop judges the bytes that follow the last stream, from an offset on: refused, or read to their
// end, which is io.EOF.
func (s *Source) drop(at int64, rest io.ByteReader) error {
	if !s.Lifted[TrailingData] {
		return s.refuse(TrailingData, at, "bytes follow the end of the stream")
	}
	for n := 1; ; n++ {
		if _, err := rest.ReadByte(); err != nil {
			if errors.Is(err, io.EOF) {
				return io.EOF
			}
			return s.failure()
		}
		if n%bytesPerStep == 0 {
			if err := s.steps(bytesPerStep); err != nil {
				return err
			}
		}
	}
}
