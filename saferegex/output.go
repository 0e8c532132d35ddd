package saferegex

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/internal/rematch"
)

// output collects text in blocks, for the reason that list does.
type output struct {
	full [][]byte
	last []byte
	size int
}

// copiedPerStep is how many bytes of output are copied for one step. Most are copied into memory
// that is touched for the first time, which takes many times as long as copying does.
const copiedPerStep = 16

// firstBlock is the size of the first block. Each is twice as long as the one before, up to
// blockBytes.
const firstBlock = 512

// appendOutput charges text as output and appends it to o.
func appendOutput[T rematch.Text](m *limits.Meter, o *output, text T) error {
	if err := m.Spend(limits.OutputBytes, int64(len(text))); err != nil {
		return err
	}
	for len(text) > 0 {
		if len(o.last) == cap(o.last) {
			if err := o.grow(m); err != nil {
				return err
			}
		}
		n := min(len(text), cap(o.last)-len(o.last))
		if err := m.Step(int64(n / copiedPerStep)); err != nil {
			return err
		}
		o.last = append(o.last, text[:n]...)
		o.size += n
		text = text[n:]
	}
	return nil
}

// append appends a few bytes, which are charged as nothing but memory.
func (o *output) append(m *limits.Meter, few ...byte) error {
	for _, b := range few {
		if len(o.last) == cap(o.last) {
			if err := o.grow(m); err != nil {
				return err
			}
		}
		o.last = append(o.last, b)
	}
	o.size += len(few)
	return nil
}

// grow begins the next block.
func (o *output) grow(m *limits.Meter) error {
	n := max(firstBlock, min(2*cap(o.last), blockBytes))
	if err := m.Hold(limits.MemoryBytes, int64(n)); err != nil {
		return err
	}
	if len(o.last) > 0 {
		o.full = append(o.full, o.last)
	}
	o.last = make([]byte, 0, n)
	return nil
}

// join appends all that was collected to dst, which may be nil, and returns that.
func (o *output) join(m *limits.Meter, dst []byte) ([]byte, error) {
	if dst == nil && len(o.full) == 0 {
		return o.last, nil
	}
	if cap(dst)-len(dst) < o.size {
		if err := o.hold(m, len(dst)); err != nil {
			return nil, err
		}
		before := dst
		dst = make([]byte, 0, len(dst)+o.size)
		for len(before) > 0 {
			n := min(len(before), blockBytes)
			if err := m.Step(int64(n / copiedPerStep)); err != nil {
				return nil, err
			}
			dst = append(dst, before[:n]...)
			before = before[n:]
		}
	}
	err := o.each(m, func(block []byte) { dst = append(dst, block...) })
	return dst, err
}

// joinString returns all that was collected as a string, which is made once.
func (o *output) joinString(m *limits.Meter) (string, error) {
	if o.size == 0 {
		return "", nil
	}
	if err := o.hold(m, 0); err != nil {
		return "", err
	}
	var b strings.Builder
	b.Grow(o.size)
	err := o.each(m, func(block []byte) { b.Write(block) })
	return b.String(), err
}

// hold charges for a copy of all, and of so many bytes before it.
func (o *output) hold(m *limits.Meter, before int) error {
	if err := m.Hold(limits.MemoryBytes, int64(before)+int64(o.size)); err != nil {
		return err
	}
	return m.Err()
}

// each hands over one block after the other, each charged before it is copied.
func (o *output) each(m *limits.Meter, f func(block []byte)) error {
	for _, block := range append(o.full, o.last) {
		if err := m.Step(int64(len(block) / copiedPerStep)); err != nil {
			return err
		}
		f(block)
	}
	return nil
}
