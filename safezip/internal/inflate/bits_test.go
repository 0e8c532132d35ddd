package inflate

// A bitWriter writes what RFC 1951 reads: bits from the lowest of each byte on, and the bits of a
// code from its highest on.
type bitWriter struct {
	data  []byte
	nbits uint // of the last byte
}

// bits writes the n low bits of v.
func (w *bitWriter) bits(v uint64, n uint) {
	for range n {
		if w.nbits&7 == 0 {
			w.data = append(w.data, 0)
		}
		w.data[len(w.data)-1] |= byte(v&1) << (w.nbits & 7)
		w.nbits++
		v >>= 1
	}
}

// code writes the code of n bits.
func (w *bitWriter) code(v uint64, n uint) {
	for n > 0 {
		n--
		w.bits(v>>n, 1)
	}
}

// align goes to the next byte.
func (w *bitWriter) align() { w.nbits = (w.nbits + 7) &^ 7 }

// A huffman is a canonical code.
type huffman struct {
	lens  []uint8
	codes []uint64
}

// newHuffman numbers the codes of the lengths, whether they are a code or not (RFC 1951, 3.2.2).
func newHuffman(lens []uint8) huffman {
	h := huffman{lens, make([]uint64, len(lens))}
	code := uint64(0)
	for n := uint8(1); n <= maxBits; n++ {
		for symbol, length := range lens {
			if length == n {
				h.codes[symbol] = code
				code++
			}
		}
		code <<= 1
	}
	return h
}

// symbol writes a symbol; one without a code writes nothing.
func (w *bitWriter) symbol(h huffman, symbol int) { w.code(h.codes[symbol], uint(h.lens[symbol])) }

// fixedLens are the lengths of the fixed code of literals and lengths.
func fixedLens() []uint8 {
	lens := make([]uint8, fixedLit)
	for i := range lens {
		switch {
		case i < 144:
			lens[i] = 8
		case i < 256:
			lens[i] = 9
		case i < 280:
			lens[i] = 7
		default:
			lens[i] = 8
		}
	}
	return lens
}

// A dynamic is the header of a block with codes of its own.
type dynamic struct {
	lit, dist []uint8 // the lengths
	meta      []uint8 // the lengths of the code of code lengths; nil for five bits each
	raw       func(w *bitWriter, meta huffman)
}

// flat is the code of code lengths in which all 19 symbols have four or five bits.
func flat() []uint8 {
	lens := make([]uint8, 19)
	for i := range lens {
		lens[i] = 4
		if i >= 13 {
			lens[i] = 5
		}
	}
	return lens
}

// write writes the header after the bit that says whether the block is the last.
func (h dynamic) write(w *bitWriter) {
	w.bits(2, 2)
	w.bits(uint64(len(h.lit)-257), 5)
	w.bits(uint64(len(h.dist)-1), 5)
	w.bits(15, 4)
	lens := h.meta
	if lens == nil {
		lens = flat()
	}
	for _, symbol := range codeOrder {
		w.bits(uint64(lens[symbol]), 3)
	}
	meta := newHuffman(lens)
	if h.raw != nil {
		h.raw(w, meta)
		return
	}
	for _, n := range h.lit {
		w.symbol(meta, int(n))
	}
	for _, n := range h.dist {
		w.symbol(meta, int(n))
	}
}
