package inflate

import "encoding/binary"

// pairAfter is how much output a block must have before its literals are joined into pairs.
const pairAfter = 2 << 10

// decodeBlock decodes what it can of a block with codes, up to the length most of the output.
func (d *Decoder) decodeBlock(most int) error {
	for d.op < most {
		ended, err := d.decodeSome(most)
		if err != nil {
			return err
		}
		if ended {
			return d.endBlock()
		}
	}
	return nil
}

// decodeSome decodes some symbols and reports whether the block has ended.
func (d *Decoder) decodeSome(most int) (ended bool, err error) {
	if d.buffered(fastInput) {
		if d.paired {
			return d.decodeFast(most)
		}
		begun := d.op
		ended, err = d.decodeFast(min(most, d.op+pairAfter))
		if d.op-begun >= pairAfter && !ended {
			d.pair()
		}
		return ended, err
	}
	switch ended, err = d.decodeCareful(); {
	case err != errDry: //nolint:errorlint // Our own, never wrapped.
		return ended, err
	case d.op > d.given && d.srcErr == nil:
		return false, errDry
	}
	return false, d.more()
}

// decodeCareful decodes one symbol that ends with the input at the latest. errDry says that the
// input ends within a symbol; nothing of that symbol is taken.
func (d *Decoder) decodeCareful() (ended bool, err error) {
	d.refill()
	input, have := d.bits, d.nbits
	e := d.lit[input&(1<<litBits-1)]
	if e&maskOther == flagSubtable {
		if have < litBits {
			return false, errDry
		}
		input >>= litBits
		have -= litBits
		e = d.lit[uint(e>>16)+uint(input)&(1<<uint(e>>8&15)-1)]
	}
	if e&flagLiteral != 0 {
		n, count := e.bits(), e.literals()
		if first := uint(e >> 10 & 15); n > have && count == 2 {
			n, count = first, 1
		}
		if n > have {
			return false, errDry
		}
		binary.LittleEndian.PutUint16(d.out[d.op:], uint16(e>>16))
		d.op += int(count)
		d.bits, d.nbits = input>>n, have-n
		return false, nil
	}
	if e.bits() > have {
		return false, errDry
	}
	length, input, have := e.value(input), input>>e.bits(), have-e.bits()
	if e&flagOther != 0 {
		if e&maskOther != flagEnd {
			return false, d.corrupt("a code for a literal or length has no meaning")
		}
		d.bits, d.nbits = input, have
		return true, nil
	}
	return false, d.carefulMatch(length, input, have)
}

// carefulMatch decodes the distance of a match from the bits that follow its length, and copies it.
func (d *Decoder) carefulMatch(length int, input uint64, have uint) error {
	e := d.dist[input&(1<<distBits-1)]
	if e&maskOther == flagSubtable {
		if have < distBits {
			return errDry
		}
		input >>= distBits
		have -= distBits
		e = d.dist[uint(e>>16)+uint(input)&(1<<uint(e>>8&15)-1)]
	}
	if e.bits() > have {
		return errDry
	}
	if e&flagOther != 0 {
		return d.corrupt("a code for a distance has no meaning")
	}
	distance := e.value(input)
	if distance > d.op {
		return d.corrupt("a distance reaches before the start of the output")
	}
	d.bits, d.nbits = input>>e.bits(), have-e.bits()
	for range length {
		d.out[d.op] = d.out[d.op-distance]
		d.op++
	}
	return nil
}
