package inflate

import (
	"errors"
	"fmt"
	"io"

	"github.com/seed73825598/airlock/limits"
)

const (
	window = 32 << 10 // how far a distance may reach
	piece  = 64 << 10 // the most output between two looks at the budget

	// How long the buffers of input and output are at first, and at most. Buffers that a long stream
	// needs cost more than all of a short one.
	firstIn  = 2 << 10
	firstOut = 8 << 10
	inSize   = 32 << 10
	outSize  = window + piece
	growth   = 4 // how many times longer the next buffer is

	// slack is what the last turn of decodeFast may write past the end of its output: four literals, a
	// longest match, and a word.
	slack     = maxMatch + 2*wordBytes
	wordBytes = 8

	bytesPerStep = 64
)

// A Decoder reads one stream after another from a source. It belongs to one goroutine. After [New]
// it allocates longer buffers alone, four times at most, for streams that are longer than all
// before.
type Decoder struct {
	bits  uint64 // the next bits of the input; above those that count they may repeat in[ip:]
	nbits uint   // how many count
	ip    int    // the next byte of in
	iw    int    // the end of what is in in
	op    int    // the end of what is in out
	given int    // the end of what Next has handed out

	lit   [litSize]entry
	dist  [distSize]entry
	in    []byte
	out   []byte // and slack
	first struct {
		in  [firstIn]byte
		out [firstOut + slack]byte
	}

	budget *limits.Budget
	src    io.Reader
	srcErr error // of src: nothing more comes
	read   int64 // taken from src

	state   state
	final   bool  // the block is the last
	paired  bool  // lit holds pairs
	fixed   bool  // both tables are those of the fixed codes
	stored  int   // bytes left of a stored block
	made    int64 // output of earlier windows: the stream is made + op bytes long
	blockAt int64 // the length of the stream when the block began
	began   int64 // what of src came before the stream
	empty   int64 // blocks that yielded nothing
	charged int64 // steps spent on the stream
	err     error // sticky

	codes   codeLengths
	symbols symbols
}

type state uint8

const (
	stateHeader state = iota // a block header comes next
	stateStored
	stateCoded
	stateEnd // the last block has ended
)

// Size is how many bytes of memory a Decoder takes.
const Size = 4*litSize + 4*distSize + firstIn + firstOut + inSize + outSize + 4<<10

// A CorruptError says that a stream breaks the format.
type CorruptError struct {
	Offset int64 // of the byte in the source after which it was noticed
	Reason string
}

func (e *CorruptError) Error() string { return fmt.Sprintf("corrupt deflate data: %s", e.Reason) }

// New returns a Decoder without a source: every read of it is io.EOF until Reset.
func New() *Decoder {
	d := &Decoder{srcErr: io.EOF}
	d.in, d.out = d.first.in[:], d.first.out[:]
	d.symbols.init()
	return d
}

// grow takes longer buffers.
func (d *Decoder) grow() {
	in, out := make([]byte, min(growth*len(d.in), inSize)), make([]byte, min(growth*d.room(), outSize)+slack)
	copy(in, d.in[:d.iw])
	copy(out, d.out[:d.op])
	d.in, d.out = in, out
}

// room is how much output there may be in out.
func (d *Decoder) room() int { return len(d.out) - slack }

// Reset forgets everything and reads from src, charging steps to b, or nothing if b is nil: then
// the caller charges for what goes in and what comes out, and looks at its budget. A deflate stream
// begins with the first byte, unless ReadByte takes it and Begin says where the stream begins.
func (d *Decoder) Reset(b *limits.Budget, src io.Reader) {
	d.budget, d.src, d.srcErr, d.read = b, src, nil, 0
	d.bits, d.nbits, d.ip, d.iw = 0, 0, 0, 0
	d.Begin()
}

// Begin says that a deflate stream begins with the next byte of the source. It has nothing in
// common with what came before.
func (d *Decoder) Begin() {
	d.alignInput()
	d.op, d.given, d.made, d.blockAt = 0, 0, 0, 0
	d.state, d.final, d.stored = stateHeader, false, 0
	d.began, d.empty, d.charged, d.err = d.Consumed(), 0, 0, nil
}

// Consumed is how many bytes of the source have been taken: those of the streams so far, the last
// one whole as soon as Next has returned io.EOF, and those that ReadByte returned.
func (d *Decoder) Consumed() int64 { return d.read - int64(d.iw-d.ip) - int64(d.nbits>>3) }

// ReadByte returns the next byte of the source outside of a stream: before Begin, or after Next has
// returned io.EOF.
func (d *Decoder) ReadByte() (byte, error) {
	d.alignInput()
	for d.ip == d.iw {
		if err := d.fill(); err != nil {
			return 0, err
		}
	}
	b := d.in[d.ip]
	d.ip++
	return b, nil
}

// Next returns the next piece of the output, which is valid until the next call; io.EOF after the
// last one. A piece may come before an error. Bytes that the source has not given yet are waited
// for only if nothing is there to be handed out.
//
// An error is a *CorruptError, io.ErrUnexpectedEOF, an error of the budget, or one of the source.
func (d *Decoder) Next() ([]byte, error) {
	if d.given == d.op && d.err == nil {
		d.slide()
		d.err = d.decode()
		if err := d.charge(); err != nil && (d.err == nil || errors.Is(d.err, io.EOF)) {
			d.err, d.given = err, d.op
		}
	}
	if d.given < d.op {
		p := d.out[d.given:d.op]
		d.given = d.op
		return p, nil
	}
	return nil, d.err
}

// slide makes room for output where none is left, and keeps what a distance may reach.
func (d *Decoder) slide() {
	if d.op < d.room() {
		return
	}
	if d.room() < outSize {
		d.grow()
		return
	}
	keep := d.op - window
	copy(d.out[:window], d.out[keep:d.op])
	d.made += int64(keep)
	d.op, d.given = window, window
}

// decode makes output until a piece is full, the input is dry and there is some, or the stream
// ends, which is io.EOF.
func (d *Decoder) decode() error {
	most := min(d.room(), d.given+piece)
	for d.op < most {
		var err error
		switch d.state {
		case stateHeader:
			if d.op > d.given && !d.buffered(maxHeader) {
				return nil
			}
			err = d.readHeader()
		case stateStored:
			err = d.copyStored(most)
		case stateCoded:
			err = d.decodeBlock(most)
		case stateEnd:
			return io.EOF
		}
		if err != nil {
			if errors.Is(err, errDry) {
				return nil
			}
			return err
		}
	}
	return nil
}

// errDry says that the source must be read before more can be decoded, and that there is output to
// be handed out before that.
var errDry = errors.New("inflate: the input is dry")

// endBlock ends a block.
func (d *Decoder) endBlock() error {
	if length := d.made + int64(d.op); length == d.blockAt {
		d.empty++
	}
	d.state = stateHeader
	if d.final {
		d.state = stateEnd
		return nil
	}
	return d.charge()
}

// charge spends the steps of what was done since it was called last.
func (d *Decoder) charge() error {
	if d.budget == nil {
		return nil
	}
	n := max(d.Consumed()-d.began, d.made+int64(d.op))
	steps := n/bytesPerStep + min(n%bytesPerStep, 1) + d.empty
	due := steps - d.charged
	d.charged = steps
	return d.budget.Spend(limits.Steps, due)
}

func (d *Decoder) corrupt(reason string) error {
	return &CorruptError{Offset: d.Consumed(), Reason: reason}
}

// Peek returns the next n bytes of the source outside of a stream, at most 512, and takes none of
// them. There are fewer only with an error, which is io.EOF at the end of the source.
func (d *Decoder) Peek(n int) ([]byte, error) {
	d.alignInput()
	for !d.buffered(n) {
		if err := d.fill(); err != nil {
			return d.in[d.ip:d.iw], err
		}
	}
	return d.in[d.ip : d.ip+n], nil
}
