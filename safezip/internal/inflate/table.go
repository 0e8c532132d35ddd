package inflate

import "math/bits"

// An entry of a table says what the next bits of the input mean.
//
//	bits 0–5    how many bits it stands for, extra bits included
//	bit 7       literals: bits 8–9 say how many, bits 10–13 how many input bits the first of them takes, and bits 16–31 hold the bytes
//	bit 15      neither literal nor length nor distance: bits 13 and 14 say what
//	else        a length or distance: its base in bits 16–31, and in bits 8–13 how far the 63 bits that end with the extra bits are to be shifted to leave them alone
type entry uint32

const (
	flagLiteral  entry = 1 << 7
	flagOther    entry = 1 << 15
	flagSubtable entry = 1<<14 | flagOther // bits 8–11: its bits; bits 16–31: where it starts
	flagEnd      entry = 1<<13 | flagOther // the end of the block
	invalid            = flagOther         // and 0 bits: a code without a symbol
	maskOther          = 7 << 13
)

func (e entry) bits() uint     { return uint(e & 63) }
func (e entry) literals() uint { return uint(e >> 8 & 3) }

// value is what a length or distance is, from the bits that began with its code.
func (e entry) value(input uint64) int {
	return int(e>>16) + int(input<<(-uint(e)&63)>>1>>(uint(e>>8)&63)&0xffff)
}

const (
	maxBits  = 15
	litBits  = 11
	distBits = 9
	metaBits = 7

	// The most entries that a table with its subtables takes for any complete code of 288 and of 32
	// symbols (zlib's examples/enough.c).
	litSize  = 2342
	distSize = 594
)

// buildLit makes the table of literals and lengths.
func (d *Decoder) buildLit(lens []uint8) bool {
	d.paired, d.fixed = false, false
	return build(d.lit[:], litBits, lens, d.symbols.lit[:])
}

// buildDist makes the table of distances.
func (d *Decoder) buildDist(lens []uint8) bool {
	return build(d.dist[:], distBits, lens, d.symbols.dist[:])
}

// buildMeta makes the table of the code of code lengths, which zlib wants complete.
func (d *Decoder) buildMeta(lens *[len(codeOrder)]uint8) bool {
	used := 0
	for _, n := range lens {
		if n > 0 {
			used++
		}
	}
	return used > 1 && build(d.codes.table[:], metaBits, lens[:], d.symbols.meta[:])
}

// fixedTables makes the tables of RFC 1951, 3.2.6, unless they are there: blocks of ten bits must
// not have them made each time.
func (d *Decoder) fixedTables() {
	if d.fixed {
		return
	}
	lens := &d.codes.lens
	for i := range fixedLit {
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
	for i := range fixedDist {
		lens[fixedLit+i] = 5
	}
	d.buildLit(lens[:fixedLit])
	d.buildDist(lens[fixedLit:])
	d.fixed = true
}

// build makes the table of a canonical code (RFC 1951, 3.2.2) whose symbols have the lengths lens
// and, without those, the entries of symbols. It reports whether the code is one: complete, or of
// one symbol with one bit, or empty.
//
// Codes are dealt out in the order of their lengths. Those of n bits fill a table of 1<<n entries,
// which is doubled for those of n+1 bits; so each entry is written once and copied by whole blocks.
func build(table []entry, tableBits entry, lens []uint8, symbols []entry) bool {
	var count [maxBits + 1]int
	for _, n := range lens {
		count[n]++
	}
	count[0] = 0
	used, left := 0, 1
	for n := 1; n <= maxBits; n++ {
		left = left<<1 - count[n]
		used += count[n]
		if left < 0 {
			return false
		}
	}
	if left > 0 {
		return buildIncomplete(table[:1<<tableBits], lens, symbols, used, count[1])
	}
	var next [maxBits + 2]int
	for n := 1; n <= maxBits; n++ {
		next[n+1] = next[n] + count[n]
	}
	var sorted [fixedLit]uint16
	for symbol, n := range lens {
		if n > 0 {
			sorted[next[n]] = uint16(symbol)
			next[n]++
		}
	}
	b := builder{table: table, tableBits: tableBits, symbols: symbols}
	b.fill(sorted[:used], &count)
	return true
}

// buildIncomplete makes the table of a code that leaves bits without meaning.
func buildIncomplete(table []entry, lens []uint8, symbols []entry, used, ofOneBit int) bool {
	if used > 1 || used != ofOneBit {
		return false
	}
	only := invalid
	for symbol, n := range lens {
		if n == 1 {
			only = symbols[symbol] + 1
		}
	}
	for i := range table {
		table[i] = invalid
		if i&1 == 0 {
			table[i] = only
		}
	}
	return true
}

// A builder deals out the codes of a complete code.
type builder struct {
	table     []entry
	tableBits entry
	symbols   []entry

	code uint  // the next code, its bits in the order in which they come
	n    entry // its length
}

// fill makes the table. sorted are the symbols in the order of their codes.
func (b *builder) fill(sorted []uint16, count *[maxBits + 1]int) {
	i := 0
	for b.n = 1; b.n <= b.tableBits; b.n++ {
		half := 1 << (b.n - 1)
		if b.n > 1 {
			copy(b.table[half:2*half], b.table[:half])
		}
		for range count[b.n] {
			b.table[b.code] = b.symbols[sorted[i]] + b.n
			i++
			b.advance()
		}
	}
	end, prefix, start, size := entry(1)<<b.tableBits, ^uint(0), entry(0), entry(0)
	for ; b.n <= maxBits; b.n++ {
		for left := count[b.n]; left > 0; left-- {
			if b.code&(1<<b.tableBits-1) != prefix {
				prefix, start = b.code&(1<<b.tableBits-1), end
				size = b.subtableBits(left, count)
				end += 1 << size
				b.table[prefix] = flagSubtable | start<<16 | size<<8 | b.tableBits
			}
			e := b.symbols[sorted[i]] + b.n - b.tableBits
			i++
			for at := b.code >> b.tableBits; at < 1<<size; at += 1 << (b.n - b.tableBits) {
				b.table[uint(start)+at] = e
			}
			b.advance()
		}
	}
}

// subtableBits is how many bits the subtable takes that begins with the next code, of whose length
// there are left.
func (b *builder) subtableBits(left int, count *[maxBits + 1]int) entry {
	size := b.n - b.tableBits
	for room := 1<<size - left; room > 0; {
		size++
		room = room<<1 - count[b.tableBits+size]
	}
	return size
}

// advance goes to the next code of the same length. After the last one nothing is left to come.
func (b *builder) advance() {
	zeros := b.code ^ (1<<b.n - 1)
	if zeros == 0 {
		return
	}
	bit := uint(1) << (bits.Len(zeros) - 1)
	b.code = b.code&(bit-1) | bit
}

// pair joins each two literals that one look into the table can see. It goes from the last entry to
// the first, so that the second literal is looked up where nothing is joined yet.
func (d *Decoder) pair() {
	d.paired = true
	for i := 1<<litBits - 1; i >= 0; i-- {
		e := d.lit[i]
		if e&flagLiteral == 0 {
			continue
		}
		n := e & 63
		second := d.lit[i>>n]
		if both := n + second&63; second&flagLiteral != 0 && both <= litBits {
			d.lit[i] = flagLiteral | 2<<8 | n<<10 | e&0xff0000 | second&0xff0000<<8 | both
		}
	}
}
