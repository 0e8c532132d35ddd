package inflate

// The numbers of RFC 1951, 3.2.5 to 3.2.7.
const (
	maxLit    = 286
	maxDist   = 30
	fixedLit  = 288
	fixedDist = 32
	endBlock  = 256

	// maxHeader is more than the bytes of any block header: 74 bits, and for each of 316 lengths at
	// most 7 bits and 7 more.
	maxHeader = 600
)

// codeLengths is where a dynamic header is read to.
type codeLengths struct {
	lens  [fixedLit + fixedDist]uint8
	table [1 << metaBits]entry
}

// codeOrder is the order in which the lengths of the code of code lengths come.
var codeOrder = [19]uint8{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15}

// readHeader reads the header of a block and makes ready for its data.
func (d *Decoder) readHeader() error {
	if err := d.need(3); err != nil {
		return err
	}
	d.final = d.take(1) == 1
	d.blockAt = d.made + int64(d.op)
	switch d.take(2) {
	case 0:
		return d.readStored()
	case 1:
		d.fixedTables()
		d.state = stateCoded
		return nil
	case 2:
		if err := d.readDynamic(); err != nil {
			return err
		}
		d.state = stateCoded
		return nil
	}
	return d.corrupt("the block has the reserved type")
}

// readStored reads the lengths of a stored block.
func (d *Decoder) readStored() error {
	d.take(d.nbits & 7)
	if err := d.need(32); err != nil {
		return err
	}
	n, complement := d.take(16), d.take(16)
	if n != complement^0xffff {
		return d.corrupt("the length of a stored block and its complement differ")
	}
	d.alignInput()
	d.stored, d.state = int(n), stateStored
	return nil
}

// copyStored copies what it can of a stored block, up to the length most of the output.
func (d *Decoder) copyStored(most int) error {
	for d.stored > 0 && d.op < most {
		if d.ip == d.iw {
			if d.op > d.given {
				return errDry
			}
			if err := d.more(); err != nil {
				return err
			}
		}
		n := copy(d.out[d.op:min(most, d.op+d.stored)], d.in[d.ip:d.iw])
		d.ip += n
		d.op += n
		d.stored -= n
	}
	if d.stored > 0 {
		return nil
	}
	return d.endBlock()
}

// readDynamic reads the two codes of a block and makes their tables.
func (d *Decoder) readDynamic() error {
	if err := d.need(14); err != nil {
		return err
	}
	nlit, ndist, ncode := d.take(5)+257, d.take(5)+1, d.take(4)+4
	if nlit > maxLit {
		return d.corrupt("there are more than 286 codes for literals and lengths")
	}
	if ndist > maxDist {
		return d.corrupt("there are more than 30 codes for distances")
	}
	if err := d.readCodeLengths(ncode); err != nil {
		return err
	}
	lens := &d.codes.lens
	if err := d.readLengths(lens[:nlit+ndist]); err != nil {
		return err
	}
	if lens[endBlock] == 0 {
		return d.corrupt("the code has no end of block")
	}
	if !d.buildLit(lens[:nlit]) {
		return d.corrupt("the code for literals and lengths is over-subscribed or incomplete")
	}
	if !d.buildDist(lens[nlit : nlit+ndist]) {
		return d.corrupt("the code for distances is over-subscribed or incomplete")
	}
	return nil
}

// readCodeLengths reads the code in which the lengths are written.
func (d *Decoder) readCodeLengths(n uint) error {
	var lens [len(codeOrder)]uint8
	for _, symbol := range codeOrder[:n] {
		if err := d.need(3); err != nil {
			return err
		}
		lens[symbol] = uint8(d.take(3) & 7)
	}
	if !d.buildMeta(&lens) {
		return d.corrupt("the code of code lengths is over-subscribed or incomplete")
	}
	return nil
}

// readLengths reads the code lengths of all symbols, those of distances after the others: a
// repetition may cross over.
func (d *Decoder) readLengths(lens []uint8) error {
	for i := 0; i < len(lens); {
		// A code and its extra bits are at most 14 bits; at the end of a stream there may be fewer.
		symbol, err := d.metaSymbol()
		if err != nil {
			return err
		}
		if symbol < 16 {
			lens[i] = symbol
			i++
			continue
		}
		var value uint8
		var extra, least uint
		switch symbol {
		case 16:
			if i == 0 {
				return d.corrupt("the first code length repeats the one before it")
			}
			value, extra, least = lens[i-1], 2, 3
		case 17:
			extra, least = 3, 3
		default:
			extra, least = 7, 11
		}
		if err := d.need(extra); err != nil {
			return err
		}
		n := int(d.take(extra) + least)
		if n > len(lens)-i {
			return d.corrupt("a repeated code length runs past the last symbol")
		}
		for range n {
			lens[i] = value
			i++
		}
	}
	return nil
}

// metaSymbol decodes one symbol of the code of code lengths.
func (d *Decoder) metaSymbol() (uint8, error) {
	for {
		d.refill()
		e := d.codes.table[d.bits&(1<<metaBits-1)]
		if e.bits() <= d.nbits {
			d.take(e.bits())
			return uint8(e >> 16 & 31), nil
		}
		if err := d.more(); err != nil {
			return 0, err
		}
	}
}
