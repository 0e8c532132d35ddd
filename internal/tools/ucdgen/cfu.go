package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"unicode/utf16"
)

const cfuMagic = 0x3845FDEF

var errCFU = errors.New("confusables.cfu: bad table")

// parseCFU reads ICU's compiled table of confusables (format version 2): sorted keys, whose high
// byte is the length of the prototype less one, an index for each, which is the prototype itself if
// that is one UTF-16 unit, and a pool of UTF-16 text.
func parseCFU(b []byte) (map[rune][]rune, error) {
	le := binary.LittleEndian
	if len(b) < 36 || le.Uint32(b) != cfuMagic || b[4] != 2 {
		return nil, errCFU
	}
	part := func(at, size int) []byte {
		off, n := int(le.Uint32(b[at:])), int(le.Uint32(b[at+4:]))
		if off < 0 || n < 0 || off > len(b) || n > (len(b)-off)/size {
			return nil
		}
		return b[off : off+n*size]
	}
	keys, index, pool := part(12, 4), part(20, 2), part(28, 2)
	if len(keys) == 0 || len(keys)/4 != len(index)/2 {
		return nil, errCFU
	}
	text := make([]uint16, len(pool)/2)
	for i := range text {
		text[i] = le.Uint16(pool[2*i:])
	}
	all := map[rune][]rune{}
	for i := range len(keys) / 4 {
		key, at := le.Uint32(keys[4*i:]), le.Uint16(index[2*i:])
		units := []uint16{at}
		if n := int(key>>24) + 1; n > 1 {
			if int(at)+n > len(text) {
				return nil, fmt.Errorf("%w: entry %d", errCFU, i)
			}
			units = text[at : int(at)+n]
		}
		all[rune(key&0xFFFFFF)] = utf16.Decode(units)
	}
	return all, nil
}
