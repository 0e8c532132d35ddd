package inflate

import (
	"encoding/binary"
	"errors"
	"io"
)

// alignInput gives whole bytes back from the bit buffer to in and drops the bits before the next
// byte.
func (d *Decoder) alignInput() {
	d.ip -= int(d.nbits >> 3)
	d.bits, d.nbits = 0, 0
}

// returnInput gives whole bytes back from the bit buffer, and keeps the bits before them.
func (d *Decoder) returnInput() {
	d.ip -= int(d.nbits >> 3)
	d.nbits &= 7
	d.bits &= 1<<d.nbits - 1
}

// buffered reports whether n bytes can be decoded without reading from the source.
func (d *Decoder) buffered(n int) bool { return d.iw-d.ip >= n }

// errCount says that the caller's source counts wrongly.
var errCount = errors.New("the source returned an invalid count")

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100

// fill reads from the source once, after what is left in in. Before the end of a source it adds at
// least one byte.
func (d *Decoder) fill() error {
	if d.srcErr != nil {
		return d.srcErr
	}
	d.returnInput()
	d.iw = copy(d.in, d.in[d.ip:d.iw])
	d.ip = 0
	for range maxIdle {
		n, err := d.src.Read(d.in[d.iw:])
		if n < 0 || n > len(d.in)-d.iw {
			n, err = 0, errCount
		}
		d.iw += n
		d.read += int64(n)
		d.srcErr = err
		if n > 0 {
			return nil
		}
		if err != nil {
			return err
		}
	}
	d.srcErr = io.ErrNoProgress
	return d.srcErr
}

// more is fill within a stream: an end there is unexpected.
func (d *Decoder) more() error {
	err := d.fill()
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// need has at least n bits in the bit buffer, n being at most 56.
func (d *Decoder) need(n uint) error {
	for {
		d.refill()
		if d.nbits >= n {
			return nil
		}
		if err := d.more(); err != nil {
			return err
		}
	}
}

// refill puts into the bit buffer what fits of in.
func (d *Decoder) refill() {
	if d.iw-d.ip >= wordBytes {
		d.bits |= binary.LittleEndian.Uint64(d.in[d.ip:]) << (d.nbits & 63)
		d.ip += int((63 - d.nbits) >> 3)
		d.nbits |= 56
		return
	}
	d.bits &= 1<<d.nbits - 1
	for d.nbits <= 56 && d.ip < d.iw {
		d.bits |= uint64(d.in[d.ip]) << d.nbits
		d.ip++
		d.nbits += 8
	}
}

// take removes n bits from the bit buffer, which holds them.
func (d *Decoder) take(n uint) uint {
	v := uint(d.bits & (1<<n - 1))
	d.bits >>= n
	d.nbits -= n
	return v
}
