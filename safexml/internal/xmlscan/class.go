package xmlscan

// The classes of ASCII characters. Bytes of a character beyond ASCII are in none.
const (
	// in a name [4a], but for the colon, which Namespaces gives a meaning of its own.
	nameByte  = 1 << iota
	startByte // at the start of a name [4]
	textByte  // needs no second look in character data [14]
	// needs no second look in an attribute value [10], whichever quote ends it.
	valueByte
	spaceByte // white space [3]
	// needs no second look in a comment [15], processing instruction [16] or CDATA section [20].
	sectionByte
)

// classes has a row for each sixteen characters.
var classes = [256]uint8{
	0, 0, 0, 0, 0, 0, 0, 0, 0, 52, 52, 0, 0, 16, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
	60, 44, 36, 44, 44, 44, 32, 36, 44, 44, 44, 44, 44, 13, 45, 44,
	45, 45, 45, 45, 45, 45, 45, 45, 45, 45, 44, 44, 32, 44, 44, 12,
	44, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47,
	47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 44, 44, 8, 44, 47,
	44, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47,
	47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 47, 44, 44, 44, 44, 44,
}

func isSpace(c byte) bool { return classes[c]&spaceByte != 0 }
