package saferegex

import (
	"context"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// MatchReader reports whether the text that r returns contains a match. It reads r to its end, or
// to the budget InputBytes.
//
// An error of r other than io.EOF is returned as it is, and there is no answer: to take a text that
// broke off for one that ends would make $ match where it must not. A ReadRune that blocks is not
// interrupted.
func (re *Regexp) MatchReader(ctx context.Context, r io.RuneReader) (bool, error) {
	loc, err := re.findReader(ctx, "saferegex.MatchReader", r, 0)
	return loc != nil, err
}

// FindReaderIndex returns where the leftmost match in the text that r returns begins and ends, in
// bytes, or nil if there is none. See [Regexp.MatchReader] for what is read.
func (re *Regexp) FindReaderIndex(ctx context.Context, r io.RuneReader) ([]int, error) {
	return re.findReader(ctx, "saferegex.FindReaderIndex", r, 2)
}

// FindReaderSubmatchIndex returns where the leftmost match in the text that r returns and its
// groups begin and end, in bytes, or nil if there is none. See [Regexp.MatchReader] for what is
// read.
func (re *Regexp) FindReaderSubmatchIndex(ctx context.Context, r io.RuneReader) ([]int, error) {
	return re.findReader(ctx, "saferegex.FindReaderSubmatchIndex", r, re.slots())
}

// findReader reads all of r and finds the leftmost match in it, with so many positions. The result
// is nil if there is no match.
func (re *Regexp) findReader(ctx context.Context, op string, r io.RuneReader, slots int) ([]int, error) {
	if err := re.usable(op); err != nil {
		return nil, err
	}
	if re.bytes {
		return nil, setup.Misuse(op, "the Regexp", "is of bytes, and a RuneReader has characters")
	}
	if r == nil {
		return nil, setup.Misuse(op, "the reader", "is nil")
	}
	m := re.lim.Meter(ctx, op)
	defer finish(&m)
	var text runeText
	found, loc := false, make([]int, slots)
	err := admit(ctx, &m, 0)
	if err == nil {
		err = text.read(&m, r)
	}
	if err == nil {
		run := re.prog.Begin()
		found, err = rematch.Find(&run, &m, text.bytes, 0, loc)
		run.End()
	}
	if found && err == nil && slots > 0 {
		err = m.Spend(limits.Items, 1)
	}
	if err := m.Finish(err); err != nil || !found {
		return nil, err
	}
	text.translate(loc)
	return loc, nil
}

// runeText is the text of a RuneReader as UTF-8. A reader says itself how long each character was
// where it comes from, so positions are counted in its measure.
type runeText struct {
	bytes []byte
	// the first byte whose position is not the reader's, if there is one, and the reader's position
	// of each byte from there on
	first   int
	offsets []int
	total   int // bytes that the reader says it has returned
}

// readsPerLook is how many characters are read at most between two looks at the clock.
const readsPerLook = 16 << 10

// read reads to the end of r.
func (x *runeText) read(m *limits.Meter, r io.RuneReader) error {
	var text output
	offsets := list[int]{bytes: positionBytes}
	count := 0
	for {
		char, size, err := r.ReadRune()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := m.Step(1); err != nil {
			return err
		}
		// A character takes many times as long as a step elsewhere.
		if count++; count%readsPerLook == 0 {
			if err := m.Err(); err != nil {
				return err
			}
		}
		if err := m.Spend(limits.InputBytes, int64(max(size, 1))); err != nil {
			return err
		}
		before := text.size
		if char == utf8.RuneError && size == 1 {
			err = text.append(m, 0xFF) // An invalid byte stays one.
		} else {
			var encoded [utf8.UTFMax]byte
			err = text.append(m, encoded[:utf8.EncodeRune(encoded[:], char)]...)
		}
		if err != nil {
			return err
		}
		width := text.size - before
		if offsets.n == 0 && size != width {
			x.first = before
		}
		if offsets.n > 0 || size != width {
			for range width {
				if err := offsets.add(m, x.total); err != nil {
					return err
				}
			}
		}
		x.total += size
	}
	var err error
	if x.bytes, err = text.join(m, nil); err == nil {
		x.offsets, err = offsets.join(m)
	}
	return err
}

// translate turns positions in bytes into the reader's.
func (x *runeText) translate(loc []int) {
	if x.offsets == nil {
		return
	}
	for i, at := range loc {
		switch {
		case at == len(x.bytes):
			loc[i] = x.total
		case at >= x.first:
			loc[i] = x.offsets[at-x.first]
		}
	}
}
