// Package tarbuild writes tar archives block by block, honest and dishonest ones, for tests. Every
// field of every header can be set to anything. It checks nothing, so what it makes can be as wrong
// as an attacker needs it.
package tarbuild

import (
	"bytes"
	"fmt"
)

// BlockSize is how long a block is.
const BlockSize = 512

// Magic of the forms of headers, with the version.
const (
	Ustar = "ustar\x0000"
	GNU   = "ustar  \x00"
	Old   = "\x00\x00\x00\x00\x00\x00\x00\x00"
)

// The types of headers.
const (
	TypeFile     = '0'
	TypeHardLink = '1'
	TypeSymlink  = '2'
	TypeChar     = '3'
	TypeBlock    = '4'
	TypeDir      = '5'
	TypeFIFO     = '6'
	TypePax      = 'x'
	TypeGlobal   = 'g'
	TypeLongName = 'L'
	TypeLongLink = 'K'
	TypeSparse   = 'S'
)

// A Header is one header and the data after it. Its zero value with a Name is an empty file.
type Header struct {
	Name   string
	Prefix string
	Link   string
	Type   byte   // 0 stands for TypeFile; see OldType
	Magic  string // empty for Ustar
	Mode   string // empty for 0000644; a number's field is written as it is, and padded with NULs
	Size   string // empty for that of Data, in octal
	Time   string // empty for a fixed one
	Data   []byte
	Raw    bool   // Data is not padded to a block
	Sum    string // instead of the checksum
	Edit   func(block []byte)
}

// OldType is a Type that is written as NUL, as Version 7 has it.
const OldType = 1

// The fields of POSIX.1-1988: where each ends.
const (
	nameEnd   = 100
	modeEnd   = 108
	uidEnd    = 116
	gidEnd    = 124
	sizeEnd   = 136
	timeEnd   = 148
	sumEnd    = 156
	typeEnd   = 157
	linkEnd   = 257
	magicEnd  = 265
	prefixAt  = 345
	prefixEnd = 500
)

// Bytes returns the header, its data and the padding after it.
func (h Header) Bytes() []byte {
	block := make([]byte, BlockSize)
	put := func(from, to int, text, otherwise string) {
		if text == "" {
			text = otherwise
		}
		copy(block[from:to], text)
	}
	put(0, nameEnd, h.Name, "")
	put(nameEnd, modeEnd, h.Mode, "0000644")
	put(modeEnd, uidEnd, "0001750", "")
	put(uidEnd, gidEnd, "0001750", "")
	put(gidEnd, sizeEnd, h.Size, Octal(int64(len(h.Data))))
	put(sizeEnd, timeEnd, h.Time, "14616140632")
	block[typeEnd-1] = TypeFile
	switch h.Type {
	case 0:
	case OldType:
		block[typeEnd-1] = 0
	default:
		block[typeEnd-1] = h.Type
	}
	put(typeEnd, linkEnd, h.Link, "")
	put(linkEnd, magicEnd, h.Magic, Ustar)
	put(prefixAt, prefixEnd, h.Prefix, "")
	if h.Edit != nil {
		h.Edit(block)
	}
	copy(block[timeEnd:sumEnd], h.Sum)
	if h.Sum == "" {
		Sign(block)
	}
	b := append([]byte(nil), block...)
	b = append(b, h.Data...)
	if pad := -len(h.Data) & (BlockSize - 1); !h.Raw {
		b = append(b, make([]byte, pad)...)
	}
	return b
}

// Octal is a number as the size of a header holds it.
func Octal(n int64) string { return fmt.Sprintf("%011o", n) }

// Binary is a number of 12 bytes in base 256.
func Binary(n int64) string {
	b := make([]byte, 12)
	for i := range b {
		shift := uint(8 * (11 - i))
		if shift > 56 {
			b[i] = byte(n >> 63) //nolint:gosec // The sign.
			continue
		}
		b[i] = byte(n >> shift) //nolint:gosec // One byte of it.
	}
	b[0] |= 0x80
	return string(b)
}

// Sign gives a header its checksum.
func Sign(block []byte) {
	copy(block[timeEnd:sumEnd], "        ")
	sum := 0
	for _, b := range block {
		sum += int(b)
	}
	copy(block[timeEnd:sumEnd], fmt.Sprintf("%06o\x00 ", sum))
}

// Pax returns a pax header with records of the keys and values, which alternate.
func Pax(keysAndValues ...string) Header {
	return Header{Name: "PaxHeaders/entry", Type: TypePax, Data: Records(keysAndValues...)}
}

// Global returns a global pax header.
func Global(keysAndValues ...string) Header {
	return Header{Name: "pax_global_header", Type: TypeGlobal, Data: Records(keysAndValues...)}
}

// Records returns pax records.
func Records(keysAndValues ...string) []byte {
	var b []byte
	for i := 0; i+1 < len(keysAndValues); i += 2 {
		text := " " + keysAndValues[i] + "=" + keysAndValues[i+1] + "\n"
		n := len(text)
		for len(fmt.Sprint(n))+len(text) != n {
			n = len(fmt.Sprint(n)) + len(text)
		}
		b = append(b, fmt.Sprint(n)+text...)
	}
	return b
}

// LongName returns the record of GNU tar that gives the next entry its name.
func LongName(name string) Header {
	return Header{Name: "././@LongLink", Type: TypeLongName, Magic: GNU, Data: append([]byte(name), 0)}
}

// LongLink returns the record of GNU tar that gives the next entry its link.
func LongLink(name string) Header {
	h := LongName(name)
	h.Type = TypeLongLink
	return h
}

// Archive returns headers and the two blocks that end an archive.
func Archive(headers ...Header) []byte { return append(Open(headers...), make([]byte, 2*BlockSize)...) }

// Open returns headers without an end.
func Open(headers ...Header) []byte {
	var b bytes.Buffer
	for i := range headers {
		b.Write(headers[i].Bytes())
	}
	return b.Bytes()
}
