package zipscan

// The local headers and descriptors of an archive stand between the data of its entries, so that to
// read them is to go through the whole file by leaps. That takes most of the time of a scan: from a
// file for the calls of the system, from memory for waiting until what is not in a cache has come.
// Both are less if several records are fetched at once. The fetched bytes decide nothing: a record
// that is not among them is read by itself, and a fault of the source is told then.

const (
	// recordsRoom is about what the descriptor of one entry and the local header of the next take.
	recordsRoom = 192

	// farApart is how many bytes between two headers take longer to read than another read does:
	// a call of the system costs about as much as copying this.
	farApart = 4 << 10

	// longestRead is how many bytes are read at once, a longer record aside.
	longestRead = 64 << 10

	// piecesAtOnce is how many pieces are fetched from memory together. A processor waits for
	// several of them at the same time if hardly anything is done between them.
	piecesAtOnce = 32
)

// pieces are what has been fetched from a source in memory: a piece for each of some entries that
// follow each other in the file, from where a descriptor before its local header would stand.
type pieces struct {
	buf   []byte
	list  []piece
	first int // the entry, by place in the file, of the first piece
}

type piece struct {
	off int64
	n   int // of bytes fetched
}

// look has the records from off on fetched: what may stand before the local header of entry n, by
// place in the file, and that header.
func (s *scanner) look(off int64, n int) {
	switch {
	case s.InMemory && n < len(s.order):
		s.near.view, s.near.off = s.piece(n)
	case !s.InMemory && !s.near.holds(off, recordsRoom):
		s.near.ahead = s.closeTogether(off, n) + recordsRoom
	}
}

// closeTogether returns how far from off it is to the last local header that one read takes in, if
// entries from n on follow closely upon each other.
func (s *scanner) closeTogether(off int64, n int) int {
	end := off
	for _, i := range s.order[n:] {
		start := s.a.Entries[i].HeaderOffset
		if start-end > farApart || start-off > longestRead-recordsRoom {
			break
		}
		end = start
	}
	return int(end - off)
}

// piece returns the piece of entry n and where it stands, and fetches it with those after it if it
// has not been.
func (s *scanner) piece(n int) (view []byte, off int64) {
	p := &s.pieces
	if n < p.first || n >= p.first+len(p.list) {
		p.first = n
		next := s.order[n:min(n+piecesAtOnce, len(s.order))]
		if p.buf == nil {
			p.buf, p.list = make([]byte, len(next)*recordsRoom), make([]piece, 0, len(next))
		}
		p.list = p.list[:len(next)]
		for k, i := range next {
			off := max(0, s.a.Entries[i].HeaderOffset-longestDescriptor)
			into := p.buf[k*recordsRoom:][:min(recordsRoom, s.size-off)]
			got, err := s.src.ReadAt(into, off)
			if got < 0 || got > len(into) || got < len(into) && err == nil {
				got = 0
			}
			p.list[k] = piece{off, got}
		}
	}
	k := n - p.first
	return p.buf[k*recordsRoom:][:p.list[k].n], p.list[k].off
}
