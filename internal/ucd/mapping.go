package ucd

// A mapping takes a code point to text. The code points are sorted, and the low 16 bits of each are
// in low. They are cut into rows, of 256 code points in the first plane and one for each plane
// above; rows says where each row begins, and the last where it ends.
type mapping struct {
	rows   [rowCount + 1]uint16
	low    []uint16
	offset []uint16
	length []uint8
}

const rowCount = 256 + 16

// of returns what r maps to. Where r is not in the mapping it returns "": callers look at the flag
// of r first.
func (m *mapping) of(r rune) string {
	row := r >> 8
	if r > 0xFFFF {
		row = 255 + r>>16
	}
	lo, hi := int(m.rows[row]), int(m.rows[row+1])
	want := uint16(r & 0xFFFF)
	for lo < hi {
		mid := (lo + hi) / 2
		switch at := m.low[mid]; {
		case at < want:
			lo = mid + 1
		case at > want:
			hi = mid
		default:
			off := int(m.offset[mid])
			return mapped[off : off+int(m.length[mid])]
		}
	}
	return ""
}

// composite returns the code point that a and b compose to, or 0.
func composite(a, b rune) rune {
	lo, hi := 0, len(composites)
	for lo < hi {
		mid := (lo + hi) / 2
		c := &composites[mid]
		switch {
		case c[0] < a, c[0] == a && c[1] < b:
			lo = mid + 1
		case c[0] == a && c[1] == b:
			return c[2]
		default:
			hi = mid
		}
	}
	return 0
}
