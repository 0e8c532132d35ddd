package streams

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
)

// An OpenFunc opens a decoder of another library, which may hold so much memory.
type OpenFunc func(src io.Reader, memory limits.Bytes) (io.ReadCloser, error)

// Foreign returns the form that open decodes. Of the magic that streams begin with there may be
// none.
func Foreign(name string, magic []byte, open OpenFunc) *Form {
	f := &Form{Name: name, open: func(s *Source) Stage { return &foreign{Source: s, name: name, open: open} }}
	if len(magic) > 0 {
		f.Matches = func(p []byte) bool { return bytes.HasPrefix(p, magic) }
	}
	return f
}

// foreign decodes what another library brings in.
type foreign struct {
	*Source
	name    string
	open    OpenFunc
	decoder io.ReadCloser
	buf     []byte
	made    int64
}

const foreignBuffer = 32 << 10

func (f *foreign) Next() ([]byte, error) {
	if f.decoder == nil {
		if err := f.begin(); err != nil {
			return nil, err
		}
	}
	for range maxIdle {
		n, err := f.decoder.Read(f.buf)
		if n < 0 || n > len(f.buf) {
			return nil, errors.New(f.Op + ": the decoder of " + f.name + " returned an invalid count")
		}
		due := (f.made+int64(n)+bytesPerStep-1)/bytesPerStep - (f.made+bytesPerStep-1)/bytesPerStep
		f.made += int64(n)
		if refusal := f.Budget.Spend(limits.Steps, due); refusal != nil {
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
	return nil, fmt.Errorf("%s: the decoder of %s: %w", f.Op, f.name, io.ErrNoProgress)
}

// maxIdle is how many reads in a row may return nothing.
const maxIdle = 100

// begin opens the decoder. The memory that it may hold is accounted for as a whole: how much it
// does hold cannot be seen.
func (f *foreign) begin() error {
	memory := f.Memory
	if memory < 0 {
		memory = math.MaxInt64
	}
	if err := f.Budget.Hold(limits.MemoryBytes, int64(memory)); err != nil {
		return err
	}
	decoder, err := f.open(f.Source, memory)
	if err != nil {
		return f.failed(err)
	}
	if decoder == nil {
		return setup.Misuse(f.Op, "the decoder of "+f.name, "is nil")
	}
	f.decoder, f.buf = decoder, make([]byte, foreignBuffer)
	return nil
}

// end looks for bytes that follow the stream and that the decoder has not read.
func (f *foreign) end() error {
	rest := bufio.NewReader(f.Source)
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
	case f.Budget.Err() != nil:
		return f.Budget.Err()
	}
	return f.refuse(Malformed, f.taken, "%s", limits.Quote(err.Error()))
}

func (f *foreign) Close() error {
	if f.decoder == nil {
		return nil
	}
	decoder := f.decoder
	f.decoder = nil
	return decoder.Close()
}
