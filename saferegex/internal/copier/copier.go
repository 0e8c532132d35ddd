// Package copier copies a text from a reader to a writer under a meter, and holds as much of it as
// is not decided yet. It knows nothing of patterns: its user says what is passed on, what is left
// out, and what is put in its place.
package copier

import (
	"errors"
	"io"
	"math"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/wide"
)

const (
	chunkBytes = 32 << 10 // of one Read, and of one Write
	emptyReads = 100      // that return nothing and no error, one after the other
)

// Check refuses what a copy cannot be made with: no writer or reader, and a window that is not from
// 1 byte to MemoryBytes.
func Check(op string, dst io.Writer, src io.Reader, window limits.Bytes, lim limits.Limits) error {
	var p setup.Problems
	if dst == nil {
		p.Nil("the writer")
	}
	if src == nil {
		p.Nil("the reader")
	}
	most := lim.MemoryBytes
	if most < 0 {
		most = math.MaxInt64
	}
	p.Between("window", int64(window), 1, int64(most))
	return p.Err(op, lim)
}

var errCount = errors.New("a Read or Write returned a count that cannot be")

// A Copier is one copy.
type Copier struct {
	m     *limits.Meter
	dst   io.Writer
	src   io.Reader
	wide  bool
	held  []byte // the text that is not decided, and some of what was before it
	sent  int    // what of it is passed on, or left out
	raw   []byte // of a wide text, before it is made wide
	out   []byte
	total int64 // bytes of the text that were passed on or left out
	final bool
	err   error // of src, told when all that came before it is decided
}

// New returns a Copier of text, or of bytes in wide form.
func New(m *limits.Meter, dst io.Writer, src io.Reader, isWide bool) *Copier {
	return &Copier{m: m, dst: dst, src: src, wide: isWide}
}

// Held returns what is held of the text. It is good until the next call of Fill or Shift.
func (c *Copier) Held() []byte { return c.held }

// Final reports whether nothing follows what is held.
func (c *Copier) Final() bool { return c.final }

// Fill writes what was passed on, and reads more. It returns nil as well if the text has ended.
func (c *Copier) Fill() error {
	if err := c.Flush(); err != nil {
		return err
	}
	if c.err != nil {
		return c.err
	}
	into, err := c.room()
	if err != nil {
		return err
	}
	for range emptyReads {
		n, err := c.src.Read(into)
		if n < 0 || n > len(into) {
			return errCount
		}
		if err := c.took(into[:n]); err != nil {
			return err
		}
		if errors.Is(err, io.EOF) {
			c.final = true
			return nil
		}
		c.err = err
		if n > 0 || err != nil {
			return c.m.Err()
		}
		if err := c.m.Err(); err != nil {
			return err
		}
	}
	return io.ErrNoProgress
}

// room returns where Read may write to.
func (c *Copier) room() ([]byte, error) {
	if c.raw == nil && c.wide {
		if err := c.m.Hold(limits.MemoryBytes, chunkBytes); err != nil {
			return nil, err
		}
		c.raw = make([]byte, chunkBytes)
	}
	need := chunkBytes
	if c.wide {
		need *= wide.Size
	}
	if cap(c.held)-len(c.held) < need {
		size := max(2*cap(c.held), len(c.held)+need)
		if err := c.m.Hold(limits.MemoryBytes, int64(size)); err != nil {
			return nil, err
		}
		c.m.Release(limits.MemoryBytes, int64(cap(c.held)))
		c.held = append(make([]byte, 0, size), c.held...)
	}
	if c.wide {
		return c.raw, nil
	}
	return c.held[len(c.held) : len(c.held)+chunkBytes], nil
}

// took charges what was read and keeps it.
func (c *Copier) took(read []byte) error {
	if err := c.m.Spend(limits.InputBytes, int64(len(read))); err != nil {
		return err
	}
	if err := c.m.Step(int64(len(read))); err != nil {
		return err
	}
	if !c.wide {
		c.held = c.held[:len(c.held)+len(read)]
		return nil
	}
	for _, b := range read {
		c.held = wide.Append(c.held, b)
	}
	return nil
}

// Pass passes on what is held up to a position.
func (c *Copier) Pass(to int) error {
	for c.sent < to {
		n := min(to-c.sent, chunkBytes)
		part := c.held[c.sent : c.sent+n]
		if c.wide {
			for n < to-c.sent && !utf8.RuneStart(c.held[c.sent+n]) {
				n++ // A character is passed on whole.
			}
			part = wide.Narrow(nil, c.held[c.sent:c.sent+n])
		}
		if err := c.Put(part); err != nil {
			return err
		}
		c.sent += n
		c.total += int64(len(part))
	}
	return nil
}

// Drop leaves out what is held up to a position.
func (c *Copier) Drop(to int) {
	if to <= c.sent {
		return
	}
	n := to - c.sent
	if c.wide {
		n = utf8.RuneCount(c.held[c.sent:to])
	}
	c.total += int64(n)
	c.sent = to
}

// Offset returns how many bytes of the text were passed on or left out.
func (c *Copier) Offset() int64 { return c.total }

// Put passes on another text.
func (c *Copier) Put(text []byte) error {
	if err := c.m.Spend(limits.OutputBytes, int64(len(text))); err != nil {
		return err
	}
	for len(text) > 0 {
		n := min(len(text), chunkBytes-len(c.out))
		c.out = append(c.out, text[:n]...)
		text = text[n:]
		if len(c.out) == chunkBytes {
			if err := c.Flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Flush writes what was passed on.
func (c *Copier) Flush() error {
	if len(c.out) == 0 {
		return nil
	}
	n, err := c.dst.Write(c.out)
	switch {
	case err != nil:
		return err
	case n < 0 || n > len(c.out):
		return errCount
	case n < len(c.out):
		return io.ErrShortWrite
	}
	c.out = c.out[:0]
	return c.m.Err()
}

// Shift takes what is passed on or left out from the beginning of what is held, if that is worth
// it, and returns how many bytes that are. Everything from keep on stays, and some of what is
// before it: what assertions look back at.
func (c *Copier) Shift(keep int) int {
	n := min(keep, c.sent) - utf8.UTFMax
	if n < max(chunkBytes, len(c.held)/2) {
		return 0
	}
	c.held = c.held[:copy(c.held, c.held[n:])]
	c.sent -= n
	return n
}
