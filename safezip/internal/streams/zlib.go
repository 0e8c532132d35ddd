package streams

import (
	"encoding/binary"
	"errors"
	"hash"
	"hash/adler32"
	"io"
)

// Zlib is RFC 1950.
var Zlib = Form{
	Name: "zlib", Memory: flateMemory,
	Matches: func(p []byte) bool { return len(p) >= 2 && zlibProblem(p[0], p[1]) == "" },
	open:    func(s *Source) Stage { return newFlate(s, &zlibStream{sum: adler32.New()}) },
}

// The numbers of RFC 1950, 2.2.
const (
	zlibDeflate    = 8
	zlibMaxWindow  = 7
	zlibDictionary = 1 << 5
)

// zlibProblem says why the first two bytes begin no zlib stream, or nothing.
func zlibProblem(method, flags byte) string {
	switch {
	case (uint(method)<<8|uint(flags))%31 != 0:
		return "the first two bytes do not have the check bits of a zlib stream"
	case method&0xf != zlibDeflate:
		return "the zlib method is not deflate"
	case method>>4 > zlibMaxWindow:
		return "the zlib window is larger than 32 KiB"
	}
	return ""
}

// zlibStream is the wrapping of a zlib stream.
type zlibStream struct{ sum hash.Hash32 }

func (z *zlibStream) header(f *flate) error {
	z.sum.Reset()
	var b [2]byte
	if err := f.take(b[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return f.cut("the zlib header")
		}
		return err
	}
	if problem := zlibProblem(b[0], b[1]); problem != "" {
		return f.refuse(Malformed, 0, "%s", problem)
	}
	if b[1]&zlibDictionary != 0 {
		return f.refuse(PresetDictionary, 1, "the stream needs a preset dictionary")
	}
	return nil
}

func (z *zlibStream) update(p []byte) { z.sum.Write(p) }

func (z *zlibStream) trailer(f *flate) error {
	at := f.decoder.Consumed()
	var b [4]byte
	if err := f.take(b[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return f.cut("the zlib trailer")
		}
		return err
	}
	if got, want := binary.BigEndian.Uint32(b[:]), z.sum.Sum32(); got != want {
		return f.refuse(Checksum, at, "the Adler-32 is %08x, and that of the data %08x", got, want)
	}
	return nil
}

func (z *zlibStream) again([2]byte) bool { return false }
