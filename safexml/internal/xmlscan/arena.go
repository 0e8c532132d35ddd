package xmlscan

import (
	"math/bits"
	"reflect"

	"github.com/seed73825598/airlock/limits"
)

// few is up to how many entries a list is searched one by one. Beyond that a hash leads the way.
const few = 16

// grow makes room for n more entries in a list, and accounts for it first.
func grow[T any](m *limits.Meter, list *[]T, n int) error {
	if n <= cap(*list)-len(*list) {
		return nil
	}
	return enlarge(m, list, n)
}

// enlarge gives a list room for n more entries. Lists double, so that what is held depends on the
// document and not on the pieces that it came in.
func enlarge[T any](m *limits.Meter, list *[]T, n int) error {
	size := max(few, 1<<bits.Len(uint(len(*list)+n-1)))
	more := (size - cap(*list)) * int(reflect.TypeFor[T]().Size())
	if err := m.Hold(limits.MemoryBytes, int64(more)); err != nil {
		return err
	}
	larger := make([]T, len(*list), size)
	copy(larger, *list)
	*list = larger
	return nil
}

// A span is a part of an arena.
type span struct{ start, end int }

func (p span) of(arena []byte) []byte { return arena[p.start:p.end] }

// add appends bytes to an arena and returns where they are.
func add(m *limits.Meter, arena *[]byte, b []byte) (span, error) {
	if err := grow(m, arena, len(b)); err != nil {
		return span{}, err
	}
	start := len(*arena)
	*arena = append(*arena, b...)
	return span{start, len(*arena)}, nil
}
