package inflate

import "encoding/binary"

// fastInput is how many bytes of input one turn of decodeFast may look at: twice it loads eight,
// the second time at most seven bytes after the first.
const fastInput = 16

// decodeFast decodes until the block ends, the output has the length most, or fewer than fastInput
// bytes of input are left. It reports whether the block has ended.
//
// A turn takes at most 48 bits after it has last filled the bit buffer: two looks at literals of 11
// bits each come before, a length takes 15 bits and 5 more, a distance 15 and 13.
func (d *Decoder) decodeFast(most int) (ended bool, err error) {
	input, nbits := d.bits, d.nbits
	ip, op := uint(d.ip), uint(d.op)
	inEnd, outEnd := uint(d.iw-fastInput), uint(min(most, d.room()))
	in, out, reason := d.in, d.out, ""
	for ip <= inEnd && op < outEnd {
		input |= binary.LittleEndian.Uint64(in[ip:]) << (nbits & 63)
		ip += (63 - nbits) >> 3 & 7
		nbits |= 56
		e := d.lit[input&(1<<litBits-1)]
		if e&flagLiteral != 0 {
			binary.LittleEndian.PutUint16(out[op:], uint16(e>>16))
			op += uint(e >> 8 & 3)
			input >>= e & 63
			nbits -= uint(e)
			e = d.lit[input&(1<<litBits-1)]
			if e&flagLiteral != 0 {
				binary.LittleEndian.PutUint16(out[op:], uint16(e>>16))
				op += uint(e >> 8 & 3)
				input >>= e & 63
				nbits -= uint(e)
				e = d.lit[input&(1<<litBits-1)]
				if e&flagLiteral != 0 {
					binary.LittleEndian.PutUint16(out[op:], uint16(e>>16))
					op += uint(e >> 8 & 3)
					input >>= e & 63
					nbits -= uint(e)
					continue
				}
			}
			input |= binary.LittleEndian.Uint64(in[ip:]) << (nbits & 63)
			ip += (63 - nbits) >> 3 & 7
			nbits |= 56
		}
		if e&flagOther != 0 {
			if e&maskOther == flagSubtable {
				input >>= litBits
				nbits -= litBits
				e = d.lit[(uint(e>>16) + uint(input)&(1<<uint(e>>8&15)-1))]
			}
			if e&flagLiteral != 0 {
				out[op] = byte(e >> 16 & 0xff)
				op++
				input >>= e & 63
				nbits -= uint(e)
				continue
			}
			if e&flagOther != 0 {
				input >>= e & 63
				nbits -= uint(e)
				ended = e&maskOther == flagEnd
				if !ended {
					reason = "a code for a literal or length has no meaning"
				}
				break
			}
		}
		length := uint(e>>16) + uint(input<<(-uint(e)&63)>>1>>(uint(e>>8)&63))
		input >>= e & 63
		nbits -= uint(e)

		e = d.dist[input&(1<<distBits-1)]
		if e&flagOther != 0 {
			if e&maskOther == flagSubtable {
				input >>= distBits
				nbits -= distBits
				e = d.dist[(uint(e>>16) + uint(input)&(1<<uint(e>>8&15)-1))]
			}
			if e&flagOther != 0 {
				reason = "a code for a distance has no meaning"
				break
			}
		}
		distance := uint(e>>16) + uint(input<<(-uint(e)&63)>>1>>(uint(e>>8)&63))
		input >>= e & 63
		nbits -= uint(e)
		if distance > op {
			reason = "a distance reaches before the start of the output"
			break
		}
		from, end := op-distance, op+length
		for op-from < wordBytes { // The bytes repeat: each turn doubles what there is of them.
			binary.LittleEndian.PutUint64(out[op:], binary.LittleEndian.Uint64(out[from:]))
			op += op - from
		}
		for op < end {
			binary.LittleEndian.PutUint64(out[op:], binary.LittleEndian.Uint64(out[from:]))
			op += wordBytes
			from += wordBytes
		}
		op = end
	}
	d.bits, d.nbits, d.ip, d.op = input, nbits&63, int(ip), int(op)
	if reason != "" {
		return false, d.corrupt(reason)
	}
	return ended, nil
}
