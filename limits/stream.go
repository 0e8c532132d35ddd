package limits

import (
	"errors"
	"io"
)

// errBadCount is the answer to a source or destination that counts wrongly. It is neither the
// input's fault nor the caller's.
var errBadCount = errors.New("limits: a Read or Write returned an invalid count")

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
