package unicodeid

import "encoding/binary"

// Names of printable ASCII are looked at eight bytes at a time: the sums below carry into the high
// bit of each byte that is at least so large, and never into the next byte, since the bytes are
// below 0x80 where that is asked.
const (
	everyByte = 0x0101010101010101
	highBits  = 0x80 * everyByte
)

// An asciiKind says what the mapping does to a text.
type asciiKind uint8

const (
	asciiOther    asciiKind = iota // more than the others, or nothing is known of it
	asciiInert                     // printable ASCII without space and capitals: the text is its own key
	asciiCapitals                  // the same with capitals: the key is the text in small letters
)

// asciiKindOf reads a text once.
func asciiKindOf(s string) asciiKind {
	var bad, capitals uint64
	switch n := len(s); {
	case n >= 8:
		for i := 0; i+8 < n; i += 8 {
			word := eightBytes(s[i:])
			bad |= unprintable(word)
			capitals |= capitalBits(word)
		}
		word := eightBytes(s[n-8:])
		bad |= unprintable(word)
		capitals |= capitalBits(word)
	case n >= 4:
		word := fourBytes(s) | fourBytes(s[n-4:])<<32
		bad, capitals = unprintable(word), capitalBits(word)
	case n == 0:
		return asciiOther
	default:
		word := uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16 | 'a'<<24*(everyByte>>24)
		bad, capitals = unprintable(word), capitalBits(word)
	}
	switch {
	case bad != 0:
		return asciiOther
	case capitals != 0:
		return asciiCapitals
	}
	return asciiInert
}

func eightBytes(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 |
		uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

func fourBytes(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

// unprintable has a high bit where a byte is not from '!' to '~'. If one has its high bit set the
// others mean nothing, and the answer is not 0 all the same.
func unprintable(word uint64) uint64 {
	return (word | ^(word + (0x80-'!')*everyByte) | (word + (0x80-0x7F)*everyByte)) & highBits
}

// capitalBits has a high bit where a byte of ASCII is a capital.
func capitalBits(word uint64) uint64 {
	return (word + (0x80-'A')*everyByte) &^ (word + (0x80-'Z'-1)*everyByte) & highBits
}

// changed has a high bit where the mapping changes a byte, or where it may. It is 0 only if every
// byte is printable ASCII and no capital.
func changed(word uint64) uint64 { return unprintable(word) | capitalBits(word) }

// lowered returns ASCII in small letters.
func lowered(s string) string {
	var few [64]byte
	b := few[:0]
	if len(s) > len(few) {
		b = make([]byte, 0, len(s))
	}
	b = b[:len(s)]
	i := 0
	for ; i+8 <= len(s); i += 8 {
		word := eightBytes(s[i:])
		binary.LittleEndian.PutUint64(b[i:], word|capitalBits(word)>>2)
	}
	for ; i < len(s); i++ {
		c := s[i]
		if c-'A' < 26 {
			c |= 0x20
		}
		b[i] = c
	}
	return string(b)
}
