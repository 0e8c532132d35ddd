package limits

import (
	"errors"
	"io"
)

// errBadCount is the answer to a source or destination that counts wrongly. It is neither the
// input's fault nor the caller's.
var errBadCount = errors.New("limits: a Read or Write returned an invalid count")

// Reader returns src with its bytes charged to r, which is InputBytes or OutputBytes as a rule. A
// source of exactly the limit is read to its io.EOF; of a longer one the bytes up to the limit are
// handed on, and then comes the refusal, never io.EOF. To tell the two apart it reads one byte past
// the limit, and does not hand it on. That takes one read of the source more than the data needs.
//
// The result has the method Read, and ReadByte if src has it (a ReadByte before a file would
// read it byte by byte), and nothing else: a WriterTo would carry bytes past the meter. It reads
// nothing ahead, and is for one goroutine at a time. An error of src is passed on as it is. A Read
// that blocks is not interrupted when time runs out; the next one is refused.
func (b *Budget) Reader(r Resource, src io.Reader) io.Reader {
	metered := &reader{b, r, src}
	if bytes, ok := src.(io.ByteReader); ok {
		return &byteReader{metered, bytes}
	}
	return metered
}

type reader struct {
	b   *Budget
	r   Resource
	src io.Reader
}

func (m *reader) Read(p []byte) (int, error) {
	room, err := m.b.room(m.r, int64(len(p)))
	if err != nil {
		return 0, err
	}
	if m.src == nil {
		return 0, m.b.fail(misuse(m.b.op, "the source", "is nil"))
	}
	if len(p) == 0 {
		return 0, nil
	}
	// With no room left one byte is asked for all the same. If it comes, spending it is the
	// refusal; if the end comes, the source was just long enough.
	p = p[:max(room, 1)]
	n, err := m.src.Read(p)
	if n < 0 || n > len(p) {
		return 0, errBadCount
	}
	if n > 0 {
		if refusal := m.b.Spend(m.r, int64(n)); refusal != nil {
			clear(p[:n])
			return 0, refusal
		}
	}
	return n, err
}

type byteReader struct {
	*reader
	bytes io.ByteReader
}

func (m *byteReader) ReadByte() (byte, error) {
	if _, err := m.b.room(m.r, 1); err != nil {
		return 0, err
	}
	c, err := m.bytes.ReadByte()
	if err != nil {
		return 0, err
	}
	if err := m.b.Spend(m.r, 1); err != nil {
		return 0, err
	}
	return c, nil
}

// Writer returns dst with its bytes charged to r. Each Write is all or nothing: what does not fit
// is refused before a byte of it reaches dst. It has the method Write and nothing else, so that no
// ReaderFrom carries bytes past the meter. Bytes are charged before they are written, and stay
// charged if dst fails; the error of dst is passed on as it is.
func (b *Budget) Writer(r Resource, dst io.Writer) io.Writer { return &writer{b, r, dst} }

type writer struct {
	b   *Budget
	r   Resource
	dst io.Writer
}

func (m *writer) Write(p []byte) (int, error) {
	if err := m.b.Spend(m.r, int64(len(p))); err != nil {
		return 0, err
	}
	if m.dst == nil {
		return 0, m.b.fail(misuse(m.b.op, "the destination", "is nil"))
	}
	n, err := m.dst.Write(p)
	if n < 0 || n > len(p) {
		return 0, errBadCount
	}
	if n < len(p) && err == nil {
		err = io.ErrShortWrite
	}
	return n, err
}

// room returns how much of r can still be spent, at most n, and refuses what Spend would refuse
// whatever the amount.
func (b *Budget) room(r Resource, n int64) (int64, error) {
	if err := b.Err(); err != nil {
		return 0, err
	}
	if !r.spendable() || b.most[r] == 0 {
		return 0, b.Spend(r, 0)
	}
	return b.env.room(r, min(n, b.most[r]-b.used[r].Load())), nil
}
