package decompress

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// foreign decodes what NewFormat brought in.
type foreign struct {
	*source
	open    func(src io.Reader, memory limits.Bytes) (io.ReadCloser, error)
	decoder io.ReadCloser
	buf     []byte
	made    int64
}

const foreignBuffer = 32 << 10

func (f *foreign) next() ([]byte, error) {
	if f.decoder == nil {
		if err := f.begin(); err != nil {
			return nil, err
		}
	}
	for range maxIdle {
		n, err := f.decoder.Read(f.buf)
		if n < 0 || n > len(f.buf) {
			return nil, errors.New(f.op + ": the decoder of " + f.form.name + " returned an invalid count")
		}
		due := (f.made+int64(n)+bytesPerStep-1)/bytesPerStep - (f.made+bytesPerStep-1)/bytesPerStep
		f.made += int64(n)
		if refusal := f.budget.Spend(limits.Steps, due); refusal != nil {
			return nil, refusal
		}
		switch {
		case n > 0:
			return f.buf[:n], nil // The decoder says its error again.
		case errors.Is(err, io.EOF):
			return nil, f.end()
		case err != nil:
			return nil, f.failed(err)
		}
	}
	return nil, fmt.Errorf("%s: the decoder of %s: %w", f.op, f.form.name, io.ErrNoProgress)
}

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100

// begin opens the decoder. What it may hold is accounted for as a whole: how much it does hold
// cannot be seen.
func (f *foreign) begin() error {
	memory := f.foreignMemory()
	if err := f.budget.Hold(limits.MemoryBytes, int64(memory)); err != nil {
		return err
	}
	decoder, err := f.open(f.source, memory)
	if err != nil {
		return f.failed(err)
	}
	if decoder == nil {
		return setup.Misuse(f.op, "the decoder of "+f.form.name, "is nil")
	}
	f.decoder, f.buf = decoder, make([]byte, foreignBuffer)
	return nil
}

// end looks for bytes that follow the stream and that the decoder has not read.
func (f *foreign) end() error {
	rest := bufio.NewReader(f.source)
	_, err := rest.ReadByte()
	switch {
	case err == nil:
		_ = rest.UnreadByte() // It follows a ReadByte.
		return f.drop(f.taken-int64(rest.Buffered()), rest)
	case errors.Is(err, io.EOF):
		return io.EOF
	}
	return f.failure()
}

// failed words an error of the decoder.
func (f *foreign) failed(err error) error {
	switch {
	case f.err != nil:
		return f.failure()
	case errors.Is(err, limits.ErrRefused), errors.Is(err, limits.ErrConfig), errors.Is(err, limits.ErrBusy):
		return err
	case f.budget.Err() != nil:
		return f.budget.Err()
	}
	return f.refuse(RuleMalformed, f.taken, "%s", limits.Quote(err.Error()))
}

func (f *foreign) close() error {
	if f.decoder == nil {
		return nil
	}
	decoder := f.decoder
	f.decoder = nil
	return decoder.Close()
}

// foreignMemory is how much memory a decoder may hold that another library brings in.
func (c *config) foreignMemory() limits.Bytes {
	if c.decoderMemory < 0 {
		return math.MaxInt64
	}
	return c.decoderMemory
}
