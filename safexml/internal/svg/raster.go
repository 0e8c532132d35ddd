package svg

import (
	"bytes"
	"encoding/binary"
)

// A format is one of images of pixels.
type format uint8

const (
	noImage format = iota
	png
	jpeg
	gif
	webp
	avif
)

// formatOf returns the format of an image by its first bytes.
func formatOf(b []byte) format {
	switch {
	case bytes.HasPrefix(b, []byte("\x89PNG\r\n\x1a\n")):
		return png
	case bytes.HasPrefix(b, []byte("\xff\xd8\xff")):
		return jpeg
	case bytes.HasPrefix(b, []byte("GIF87a")), bytes.HasPrefix(b, []byte("GIF89a")):
		return gif
	case len(b) >= 12 && string(b[:4]) == "RIFF" && string(b[8:12]) == "WEBP":
		return webp
	case len(b) >= 12 && string(b[4:8]) == "ftyp" && (string(b[8:12]) == "avif" || string(b[8:12]) == "avis" ||
		string(b[8:12]) == "mif1"):
		return avif
	}
	return noImage
}

// HeaderBytes is how far into an image its size is looked for: a photograph has its colour profile
// and a small copy of itself first.
const HeaderBytes = 1 << 20

// ImageSize returns the size that the header of an image in a data: URI tells, in pixels. Known is
// false if there is none: no program can draw the image then, or the header is longer than 1 MiB.
func ImageSize(uri string) (width, height int, known bool) {
	d, ok := parseDataURI(uri)
	if !ok {
		return 0, 0, false
	}
	switch formatOf(d.decode(16)) {
	case png:
		if b := d.decode(24); len(b) == 24 {
			return bigEndian(b[16:]), bigEndian(b[20:]), true
		}
	case gif:
		return gifSize(d.decode(HeaderBytes))
	case jpeg:
		return jpegSize(d.decode(HeaderBytes))
	case webp:
		return webpSize(d.decode(64))
	case avif:
		return avifSize(d.decode(HeaderBytes))
	case noImage:
	}
	return 0, 0, false
}

// gifSize reads the logical screen and the first image, which may be larger (GIF89a, 18 and 20).
func gifSize(b []byte) (width, height int, known bool) {
	if len(b) < 13 {
		return 0, 0, false
	}
	width, height = int(binary.LittleEndian.Uint16(b[6:])), int(binary.LittleEndian.Uint16(b[8:]))
	i := 13
	if b[10]&0x80 != 0 {
		i += 3 << (b[10]&7 + 1)
	}
	for i+10 <= len(b) {
		switch b[i] {
		case 0x21: // An extension: a label and sub-blocks.
			for i += 2; i < len(b) && b[i] != 0; i += int(b[i]) + 1 {
			}
			i++
		case 0x2c:
			left, top := int(binary.LittleEndian.Uint16(b[i+1:])), int(binary.LittleEndian.Uint16(b[i+3:]))
			width = max(width, left+int(binary.LittleEndian.Uint16(b[i+5:])))
			height = max(height, top+int(binary.LittleEndian.Uint16(b[i+7:])))
			return width, height, true
		default:
			return width, height, true
		}
	}
	return width, height, true
}

// jpegSize walks the segments up to the one that begins the frame (ITU-T T.81, B.2.2).
func jpegSize(b []byte) (width, height int, known bool) {
	for i := 2; i+4 <= len(b); {
		if b[i] != 0xff {
			i++
			continue
		}
		marker := b[i+1]
		switch {
		case marker == 0xff || marker == 0 || marker == 1 || marker >= 0xd0 && marker <= 0xd8:
			i++
			if marker != 0xff {
				i++
			}
			continue
		case marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc:
			if i+9 > len(b) {
				return 0, 0, false
			}
			return int(binary.BigEndian.Uint16(b[i+7:])), int(binary.BigEndian.Uint16(b[i+5:])), true
		}
		i += 2 + int(binary.BigEndian.Uint16(b[i+2:]))
	}
	return 0, 0, false
}

// webpSize reads the first chunk (RFC 9649, 2.5 to 2.7).
func webpSize(b []byte) (width, height int, known bool) {
	if len(b) < 30 {
		return 0, 0, false
	}
	switch string(b[12:16]) {
	case "VP8 ":
		return int(binary.LittleEndian.Uint16(b[26:])) & 0x3fff, int(binary.LittleEndian.Uint16(b[28:])) & 0x3fff, true
	case "VP8L":
		bits := binary.LittleEndian.Uint32(b[21:])
		return int(bits&0x3fff) + 1, int(bits>>14&0x3fff) + 1, true
	case "VP8X":
		return 1 + (int(b[24]) | int(b[25])<<8 | int(b[26])<<16), 1 + (int(b[27]) | int(b[28])<<8 | int(b[29])<<16), true
	}
	return 0, 0, false
}

// avifSize returns the largest size that a property tells (ISO/IEC 23008-12, 6.5.3). An image of
// several tiles has one for each and one for the whole.
func avifSize(b []byte) (width, height int, known bool) {
	for {
		i := bytes.Index(b, []byte("ispe"))
		if i < 0 || i+16 > len(b) {
			return width, height, known
		}
		w, h := bigEndian(b[i+8:]), bigEndian(b[i+12:])
		width, height, known = max(width, w), max(height, h), true
		b = b[i+16:]
	}
}

// bigEndian reads a number of 32 bits. Beyond 2^30 it does not matter how far.
func bigEndian(b []byte) int { return int(min(binary.BigEndian.Uint32(b), 1<<30)) }
