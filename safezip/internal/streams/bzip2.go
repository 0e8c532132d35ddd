package streams

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"io"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// Bzip2 is what bzip2 1.0 writes.
var Bzip2 = Form{
	Name: "bzip2", Memory: bzip2Memory,
	Matches: matchesBzip2,
	open:    func(s *Source) Stage { return newBzip2(s) },
}

const (
	bzip2End    = 0x177245385090 // marks the end of a stream, at any bit
	bzip2Header = 4              // "BZh" and a digit
	bzip2Magic  = bzip2Header + 6

	bzip2Input  = 32 << 10
	bzip2Output = 64 << 10
	// bzip2Memory is what the decoder holds: four bytes for each of a block, buffers and tables.
	bzip2Memory = 4*900_000 + bzip2Input + bzip2Output + 256<<10
)

// matchesBzip2 asks for the header of the first block as well: a name may begin with "BZh9". Of a
// prefix that is shorter, all must agree.
func matchesBzip2(p []byte) bool {
	if len(p) < 3 || !bytes.HasPrefix(p, []byte("BZh")) {
		return false
	}
	if len(p) > 3 && (p[3] < '1' || p[3] > '9') {
		return false
	}
	after := p[min(len(p), bzip2Header):]
	after = after[:min(len(after), 6)]
	const block, end = "\x31\x41\x59\x26\x53\x59", "\x17\x72\x45\x38\x50\x90"
	return strings.HasPrefix(block, string(after)) || strings.HasPrefix(end, string(after))
}

// bzip2Stage decodes with compress/bzip2, which reads several streams as one and says nothing. So
// its input goes through a bzip2Watch, which tells where each stream ends.
type bzip2Stage struct {
	*Source
	watch   *bzip2Watch
	decoder io.Reader
	buf     []byte
	made    int64
	charged int64
}

func newBzip2(s *Source) *bzip2Stage {
	watch := &bzip2Watch{Source: s, in: bufio.NewReaderSize(s, bzip2Input)}
	return &bzip2Stage{Source: s, watch: watch, decoder: bzip2.NewReader(watch), buf: make([]byte, bzip2Output)}
}

func (z *bzip2Stage) Close() error { return nil }

func (z *bzip2Stage) Next() ([]byte, error) {
	n, err := z.decoder.Read(z.buf)
	z.made += int64(n)
	steps := (max(z.made, z.watch.taken()) + bytesPerStep - 1) / bytesPerStep
	due := steps - z.charged
	z.charged = steps
	if refusal := z.Budget.Spend(limits.Steps, due); refusal != nil {
		return nil, refusal
	}
	switch {
	case n > 0:
		return z.buf[:n], nil // The decoder says its error again.
	case errors.Is(err, io.EOF):
		return nil, z.end()
	case err != nil:
		return nil, z.failed(err)
	}
	return nil, errors.Join(io.ErrNoProgress, z.Budget.Err())
}

// end judges what follows the last stream.
func (z *bzip2Stage) end() error {
	if z.watch.refusal != nil {
		return z.watch.refusal
	}
	return io.EOF
}

// failed words an error of the decoder.
func (z *bzip2Stage) failed(err error) error {
	broken, isBroken := errors.AsType[bzip2.StructuralError](err)
	switch {
	case z.err != nil:
		return z.failure()
	case z.watch.refusal != nil:
		return z.watch.refusal
	case z.Budget.Err() != nil:
		return z.Budget.Err()
	case isBroken && (broken == "block checksum mismatch" || broken == "file checksum mismatch"):
		return z.refuse(Checksum, z.watch.taken(), "%s", string(broken))
	case z.watch.justEnded():
		return z.drop(z.watch.end, z.watch.in)
	case isBroken:
		return z.refuse(Malformed, z.watch.taken(), "corrupt bzip2 data: %s", string(broken))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return z.cut("the compressed data")
	}
	return z.refuse(Malformed, z.watch.taken(), "%s", limits.Quote(err.Error()))
}

// bzip2Watch hands bytes to compress/bzip2. The end of a stream stands at any bit, and nothing says
// where it comes: the watch looks for its 48 bits at each. Where a next stream begins after it, and
// Multistream is not set, it hands out io.EOF. Data that only looks like that is refused as well,
// which takes 128 bits that agree; a next stream that is read always looks like that.
type bzip2Watch struct {
	*Source
	in      *bufio.Reader
	window  [2]uint64 // the last 128 bits
	end     int64     // how many bytes had been taken when a stream seemed to end; 0 before that
	look    bool      // what comes next may be another stream
	refusal error
}

// taken is how many bytes compress/bzip2 has read.
func (w *bzip2Watch) taken() int64 { return w.Source.taken - int64(w.in.Buffered()) }

// justEnded reports whether compress/bzip2 has read no more after the end of a stream than the
// header of the next would be.
func (w *bzip2Watch) justEnded() bool { return w.end > 0 && w.taken()-w.end <= bzip2Header }

func (w *bzip2Watch) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	b, err := w.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = b
	return 1, nil
}

// ReadByte is all that compress/bzip2 uses.
func (w *bzip2Watch) ReadByte() (byte, error) {
	if w.look {
		if err := w.goOn(); err != nil {
			return 0, err
		}
	}
	b, err := w.in.ReadByte()
	if err == nil {
		w.see(b)
	}
	return b, err
}

// goOn decides whether another stream that comes next is handed out.
func (w *bzip2Watch) goOn() error {
	next, err := w.in.Peek(bzip2Magic)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if w.refusal == nil && len(next) == bzip2Magic && matchesBzip2(next) {
		w.refusal = w.another(w.taken())
	}
	if w.refusal != nil {
		return io.EOF
	}
	w.look = false
	return nil
}

// see adds a byte to the window. The stream ends with the byte if, but for padding of up to seven
// bits, the mark of the end and 32 bits of checksum are the last that were read.
func (w *bzip2Watch) see(b byte) {
	w.window[1] = w.window[1]<<8 | w.window[0]>>56
	w.window[0] = w.window[0]<<8 | uint64(b)
	for i := range uint(8) {
		if (w.window[0]>>(32+i)|w.window[1]<<(32-i))&(1<<48-1) == bzip2End {
			w.end, w.look = w.taken(), true
		}
	}
}
