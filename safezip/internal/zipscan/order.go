package zipscan

import (
	"cmp"
	"slices"
)

// sunk is how many entries are moved between two looks at the budget: some tens of microseconds.
const sunk = 256

// inOrder sets s.order. The directory of nearly every archive lists the entries as they lie in the
// file, and then there is nothing to sort. The sender chooses the order all the same, so the
// sorting has to end at a deadline, which slices.SortFunc cannot be told about. Every entry has
// paid its steps before: an archive costs the same in any order. A heap sort needs no memory.
func (s *scanner) inOrder() error {
	s.order = make([]int32, len(s.a.Entries))
	for i := range s.order {
		s.order[i] = int32(i)
	}
	if slices.IsSortedFunc(s.order, s.a.byOffset) {
		return nil
	}
	for i := len(s.order)/2 - 1; i >= 0; i-- {
		if err := s.onTime(i); err != nil {
			return err
		}
		s.sink(s.order, i)
	}
	for n := len(s.order) - 1; n > 0; n-- {
		if err := s.onTime(n); err != nil {
			return err
		}
		s.order[0], s.order[n] = s.order[n], s.order[0]
		s.sink(s.order[:n], 0)
	}
	return nil
}

// onTime says whether the operation has ended, at every turn that is a multiple of sunk.
func (s *scanner) onTime(turn int) error {
	if turn%sunk != 0 {
		return nil
	}
	return s.Budget.Err()
}

// byOffset compares two entries by where their local headers lie, and then by the directory.
func (a *Archive) byOffset(i, j int32) int {
	return cmp.Or(cmp.Compare(a.Entries[i].HeaderOffset, a.Entries[j].HeaderOffset), cmp.Compare(i, j))
}

// sink moves the i-th entry of a heap down until none below it lies later in the file.
func (s *scanner) sink(heap []int32, i int) {
	for {
		child := 2*i + 1
		if child >= len(heap) {
			return
		}
		if child+1 < len(heap) && s.a.byOffset(heap[child], heap[child+1]) < 0 {
			child++
		}
		if s.a.byOffset(heap[i], heap[child]) >= 0 {
			return
		}
		heap[i], heap[child] = heap[child], heap[i]
		i = child
	}
}
