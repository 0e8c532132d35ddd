package inflate

// symbols says what the symbols of each code stand for, as entries without the length of the code.
type symbols struct {
	lit  [fixedLit]entry
	dist [fixedDist]entry
	meta [len(codeOrder)]entry
}

// The lengths and distances of RFC 1951, 3.2.5: symbol by symbol the extra bits.
var (
	lengthExtra   = [...]uint8{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0}
	distanceExtra = [...]uint8{0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12,
		13, 13}
)

const (
	minMatch = 3
	maxMatch = 258
)

func (s *symbols) init() {
	for i := range s.lit {
		s.lit[i] = invalid
	}
	for i := range s.dist {
		s.dist[i] = invalid
	}
	for i := range s.meta {
		s.meta[i] = entry(i) << 16
	}
	for i := range endBlock {
		s.lit[i] = flagLiteral | 1<<8 | entry(i)<<16
	}
	s.lit[endBlock] = flagEnd
	base := entry(minMatch)
	for i, extra := range lengthExtra {
		s.lit[endBlock+1+i] = numberEntry(base, extra)
		base += 1 << extra
	}
	s.lit[maxLit-1] = numberEntry(maxMatch, 0)
	base = 1
	for i, extra := range distanceExtra {
		s.dist[i] = numberEntry(base, extra)
		base += 1 << extra
	}
}

// numberEntry is the entry of a length or distance.
func numberEntry(base entry, extra uint8) entry {
	return base<<16 | entry(63-extra)<<8 | entry(extra)
}
