package safetar

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

const blockSize = 512

// The fields of POSIX.1-1988 that a Writer fills in: where each begins and ends.
const (
	nameEnd   = 100
	modeEnd   = 108
	uidEnd    = 116
	gidEnd    = 124
	sizeEnd   = 136
	timeEnd   = 148
	sumEnd    = 156
	typeAt    = 156
	linkEnd   = 257
	magicEnd  = 265
	prefixAt  = 345
	prefixEnd = 500

	maxOctal = 1<<33 - 1 // the largest size or time in a header
)

// outHeader is an entry as it is written.
type outHeader struct {
	name     string // of a directory, with a slash at the end
	link     string
	typ      byte
	mode     int64
	size     int64
	modified time.Time
}

// appendTo appends a ustar header, and before it a pax header with what a ustar header does not
// hold: a long name, one beyond ASCII, and a size or time of more than 33 bits.
func (h *outHeader) appendTo(b []byte) []byte {
	var records []byte
	prefix, name, fits := splitName(h.name)
	if !fits {
		records = appendRecord(records, "path", h.name)
		name = shortened(h.name)
	}
	link := h.link
	if len(link) > linkEnd-typeAt-1 || !isASCII(link) {
		records = appendRecord(records, "linkpath", link)
		link = shortened(link)
	}
	size, seconds := h.size, h.modified.Unix()
	if size > maxOctal {
		records = appendRecord(records, "size", strconv.FormatInt(size, 10))
		size = 0
	}
	if seconds < 0 || seconds > maxOctal {
		records = appendRecord(records, "mtime", strconv.FormatInt(seconds, 10))
		seconds = 0
	}
	if len(records) > 0 {
		b = appendBlock(b, "PaxHeaders/entry", "", "", 'x', 0o644, int64(len(records)), seconds)
		b = append(b, records...)
		b = append(b, make([]byte, -len(records)&(blockSize-1))...)
	}
	return appendBlock(b, name, prefix, link, h.typ, h.mode, size, seconds)
}

// appendBlock appends one header, whose numbers fit.
func appendBlock(b []byte, name, prefix, link string, typ byte, mode, size, seconds int64) []byte {
	start := len(b)
	b = append(b, make([]byte, blockSize)...)
	block := b[start:]
	copy(block[:nameEnd], name)
	copy(block[nameEnd:modeEnd], fmt.Sprintf("%07o", mode))
	copy(block[modeEnd:uidEnd], "0000000")
	copy(block[uidEnd:gidEnd], "0000000")
	copy(block[gidEnd:sizeEnd], fmt.Sprintf("%011o", size))
	copy(block[sizeEnd:timeEnd], fmt.Sprintf("%011o", seconds))
	copy(block[timeEnd:sumEnd], "        ")
	block[typeAt] = typ
	copy(block[typeAt+1:linkEnd], link)
	copy(block[linkEnd:magicEnd], "ustar\x0000")
	copy(block[prefixAt:prefixEnd], prefix)
	sum := 0
	for _, c := range block {
		sum += int(c)
	}
	copy(block[timeEnd:sumEnd], fmt.Sprintf("%06o\x00 ", sum))
	return b
}

// appendRecord appends one pax record. Its length counts its own digits.
func appendRecord(b []byte, key, value string) []byte {
	rest := len(" =\n") + len(key) + len(value)
	n := rest + len(strconv.Itoa(rest))
	n = rest + len(strconv.Itoa(n))
	return append(b, strconv.Itoa(n)+" "+key+"="+value+"\n"...)
}

// splitName splits a name for the two fields of a ustar header, at a slash that both leave out.
func splitName(name string) (prefix, rest string, ok bool) {
	if !isASCII(name) {
		return "", "", false
	}
	if len(name) <= nameEnd {
		return "", name, true
	}
	for i := min(len(name)-2, prefixEnd-prefixAt); i > 0 && len(name)-i-1 <= nameEnd; i-- {
		if name[i] == '/' {
			return name[:i], name[i+1:], true
		}
	}
	return "", "", false
}

// shortened is what a header says where a pax header says it in full: ASCII, and cut.
func shortened(name string) string {
	ascii := strings.Map(func(r rune) rune {
		if r >= 0x80 {
			return '_'
		}
		return r
	}, name)
	return strings.TrimSuffix(ascii[:min(len(ascii), nameEnd)], "/")
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}
