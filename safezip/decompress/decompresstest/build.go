package decompresstest

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
)

// text is what most streams hold.
var text = []byte("The quick brown fox jumps over the lazy dog, and the lazy dog does not mind.\n")

// deflated compresses data.
func deflated(data []byte) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err) // The level is a constant of the package.
	}
	_, _ = w.Write(data) // A bytes.Buffer takes everything.
	_ = w.Close()
	return b.Bytes()
}

// A member is a gzip member to be. Its zero value with Data is an honest one.
type member struct {
	data   []byte
	flags  byte
	method byte   // 0 is deflate
	extra  []byte // after the fixed header: optional parts
	raw    []byte // instead of data, compressed
	sum    uint32 // turns bits of the CRC-32 over
	size   uint32 // is added to the length
}

// The flags of RFC 1952, 2.3.1.
const (
	flagText    = 1 << 0
	flagSum     = 1 << 1
	flagExtra   = 1 << 2
	flagName    = 1 << 3
	flagComment = 1 << 4
)

// header returns the header without its checksum.
func (m member) header() []byte {
	method := m.method
	if method == 0 {
		method = 8
	}
	return append([]byte{0x1f, 0x8b, method, m.flags, 0, 0, 0, 0, 0, 255}, m.extra...)
}

// summed is the member with the header checksum, of which it turns the bits over.
func (m member) summed(turn uint16) member {
	m.flags |= flagSum
	sum := uint16(crc32.ChecksumIEEE(m.header()) & 0xffff)
	m.extra = binary.LittleEndian.AppendUint16(bytes.Clone(m.extra), sum^turn)
	return m
}

func (m member) bytes() []byte {
	b := m.header()
	raw := m.raw
	if raw == nil {
		raw = deflated(m.data)
	}
	b = append(b, raw...)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(m.data)^m.sum)
	return binary.LittleEndian.AppendUint32(b, uint32(len(m.data))+m.size) //nolint:gosec // A short text.
}

// zlib returns a zlib stream of data with another header and bits of the Adler-32 turned over.
func zlib(header [2]byte, data []byte, turn uint32) []byte {
	b := append(header[:], deflated(data)...)
	return binary.BigEndian.AppendUint32(b, adler32.Checksum(data)^turn)
}

// zlibUsual is what most programs write.
var zlibUsual = [2]byte{0x78, 0x9c}

// The streams that bzip2 -9 makes of hello, of zeros and of nothing: the standard library has no
// encoder.
const (
	hello      = "hello\n"
	bzip2Hello = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xc1\xc0\x80\xe2\x00\x00\x01\x41\x00\x00\x10\x02\x44\xa0" +
		"\x00\x30\xcd\x00\xc3\x46\x29\x97\x17\x72\x45\x38\x50\x90\xc1\xc0\x80\xe2"
	// bzip2Zeros unpacks to 17 MiB.
	bzip2Zeros = "\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\xd0\x90\xee\xf1\x00\x88\x88\xc0\x00\xc0\x02\x00\x08\x20" +
		"\x00\x30\xcc\x05\x29\xa6\x84\x21\x0d\x84\x42\x10\xf1\x77\x24\x53\x85\x09\x0d\x09\x0e\xef\x10"
	bzip2Nothing = "BZh9\x17rE8P\x90\x00\x00\x00\x00"
)

// edited returns a copy of b in which a bit of a byte is turned over; a negative index counts from
// the end.
func edited(b string, at int) []byte {
	c := []byte(b)
	if at < 0 {
		at += len(c)
	}
	c[at] ^= 1
	return c
}

// zeros returns a DEFLATE stream of n MiB of zeros, without its CRC, which no reader comes to.
func zeros(n int) []byte {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		panic(err) // The level is a constant of the package.
	}
	_, _ = w.Write(make([]byte, 1<<20)) // A bytes.Buffer takes everything.
	_ = w.Flush()
	return append(bytes.Repeat(b.Bytes(), n), 3, 0) // A flushed stream can be repeated.
}
