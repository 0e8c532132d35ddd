package streams

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// Gzip is RFC 1952.
var Gzip = Form{
	Name: "gzip", Memory: flateMemory,
	Matches: func(p []byte) bool { return len(p) >= 2 && p[0] == gzipID1 && p[1] == gzipID2 },
	open:    func(s *Source) Stage { return newFlate(s, &gzipMember{}) },
}

// The numbers of RFC 1952, 2.3.
const (
	gzipID1     = 0x1f
	gzipID2     = 0x8b
	gzipDeflate = 8

	gzipHasSum     = 1 << 1
	gzipHasExtra   = 1 << 2
	gzipHasName    = 1 << 3
	gzipHasComment = 1 << 4
	gzipReserved   = 0xe0
)

// gzipMember is the wrapping of a gzip member.
type gzipMember struct {
	headerSum uint32
	sum       uint32
	size      uint32 // modulo 2^32
}

func (g *gzipMember) header(f *flate) error {
	at := f.decoder.Consumed()
	g.headerSum, g.sum, g.size = 0, 0, 0
	var fixed [10]byte
	if err := g.take(f, fixed[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return f.cut("the gzip header")
		}
		return err
	}
	flags := fixed[3]
	switch {
	case fixed[0] != gzipID1 || fixed[1] != gzipID2:
		return f.refuse(Malformed, at, "it does not begin with 1f 8b, as a gzip stream does")
	case fixed[2] != gzipDeflate:
		return f.refuse(Malformed, at+2, "gzip method %d is unknown", fixed[2])
	case flags&gzipReserved != 0 && !f.Lifted[GzipHeader]:
		return f.refuse(GzipHeader, at+3, "reserved flags are set: %#02x", flags&gzipReserved)
	}
	if flags&gzipHasExtra != 0 {
		if err := g.extra(f); err != nil {
			return err
		}
	}
	if flags&gzipHasName != 0 {
		if err := g.text(f, "the file name"); err != nil {
			return err
		}
	}
	if flags&gzipHasComment != 0 {
		if err := g.text(f, "the comment"); err != nil {
			return err
		}
	}
	if flags&gzipHasSum != 0 {
		return g.verifyHeader(f)
	}
	return nil
}

// take reads bytes of the header and adds them to its checksum.
func (g *gzipMember) take(f *flate, p []byte) error {
	err := f.take(p)
	g.headerSum = crc32.Update(g.headerSum, crc32.IEEETable, p)
	return err
}

// extra skips the extra field.
func (g *gzipMember) extra(f *flate) error {
	var b [2]byte
	err := g.take(f, b[:])
	for n := binary.LittleEndian.Uint16(b[:]); n > 0 && err == nil; n-- {
		err = g.take(f, b[:1])
	}
	return g.cutHeader(f, err, "the extra field")
}

// text skips a text that ends with a zero.
func (g *gzipMember) text(f *flate, what string) error {
	var b [1]byte
	for {
		if err := g.take(f, b[:]); err != nil {
			return g.cutHeader(f, err, what)
		}
		if b[0] == 0 {
			return nil
		}
	}
}

// verifyHeader compares the checksum of the header: the low half of its CRC-32.
func (g *gzipMember) verifyHeader(f *flate) error {
	at, want := f.decoder.Consumed(), g.headerSum&0xffff
	var b [2]byte
	if err := g.take(f, b[:]); err != nil {
		return g.cutHeader(f, err, "the header checksum")
	}
	if got := uint32(binary.LittleEndian.Uint16(b[:])); got != want && !f.Lifted[GzipHeader] {
		return f.refuse(GzipHeader, at, "the header checksum is %04x, and the header's is %04x", got, want)
	}
	return nil
}

// cutHeader words the end of the stream within an optional part of the header.
func (g *gzipMember) cutHeader(f *flate, err error, what string) error {
	if !errors.Is(err, io.EOF) {
		return err
	}
	if f.Lifted[GzipHeader] {
		return f.cut(what)
	}
	return f.refuse(GzipHeader, f.decoder.Consumed(), "the stream is cut off within %s", what)
}

func (g *gzipMember) update(p []byte) {
	g.sum = crc32.Update(g.sum, crc32.IEEETable, p)
	g.size += uint32(len(p)) //nolint:gosec // A piece is short.
}

func (g *gzipMember) trailer(f *flate) error {
	at := f.decoder.Consumed()
	var b [8]byte
	if err := f.take(b[:]); err != nil {
		if errors.Is(err, io.EOF) {
			return f.cut("the gzip trailer")
		}
		return err
	}
	sum, size := binary.LittleEndian.Uint32(b[:4]), binary.LittleEndian.Uint32(b[4:])
	switch {
	case sum != g.sum:
		return f.refuse(Checksum, at, "the CRC-32 is %08x, and that of the data %08x", sum, g.sum)
	case size != g.size:
		return f.refuse(SizeMismatch, at+4, "the length is %d, and that of the data %d (modulo 2^32)", size, g.size)
	}
	return nil
}

func (g *gzipMember) again(b [2]byte) bool { return b[0] == gzipID1 && b[1] == gzipID2 }
