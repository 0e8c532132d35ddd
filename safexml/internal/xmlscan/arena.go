package xmlscan

import (
	"math/bits"
	"reflect"
)

// few is up to how many entries a list is searched one by one. Beyond that a hash leads the way.
const few = 16

// grow makes room for n more entries in a list, and accounts for it first. Lists double, so that
// what is held depends on the document and not on the pieces that it came in.
func grow[T any](s *Scanner, list *[]T, n int) bool {
	held, used := cap(*list), len(*list)
	if n <= held-used {
		return true
	}
	size := max(few, 1<<bits.Len(uint(used+n-1)))
	if !s.hold((size - held) * int(reflect.TypeFor[T]().Size())) {
		return false
	}
	larger := make([]T, used, size)
	copy(larger, *list)
	*list = larger
	return true
}

// add appends bytes to an arena and returns where they are. Without room for them the scan has
// failed.
func (s *Scanner) add(arena *[]byte, b []byte) (span, bool) {
	if !grow(s, arena, len(b)) {
		return span{}, false
	}
	start := len(*arena)
	*arena = append(*arena, b...)
	return span{start, len(*arena)}, true
}

// An index finds the entries of a list by their hash. Entries are numbered as in the list, and only
// the newest can be removed.
type index struct {
	heads []int32 // for each bucket 1 + the newest entry
	links []link  // for each entry of the list
}

// A link is one entry of an index.
type link struct {
	hash uint64
	next int32 // 1 + the next older entry of the bucket
}

// clear forgets all entries.
func (x *index) clear() {
	clear(x.heads)
	x.links = x.links[:0]
}

// first returns the newest entry that may have the hash, or -1.
func (x *index) first(hash uint64) int {
	if len(x.heads) == 0 {
		return -1
	}
	return x.match(hash, x.heads[x.bucket(hash)])
}

// next returns the next older one, or -1.
func (x *index) next(i int) int { return x.match(x.links[i].hash, x.links[i].next) }

func (x *index) match(hash uint64, at int32) int {
	for at > 0 && x.links[at-1].hash != hash {
		at = x.links[at-1].next
	}
	return int(at) - 1
}

// push adds the next entry of the list.
func (s *Scanner) push(x *index, hash uint64) bool {
	if !grow(s, &x.links, 1) {
		return false
	}
	if len(x.links) >= len(x.heads) {
		size := max(64, 4*len(x.heads))
		if !s.hold((size - len(x.heads)) * 4) {
			return false
		}
		x.heads = make([]int32, size)
		for i := range x.links {
			x.link(i)
		}
	}
	x.links = append(x.links, link{hash: hash})
	x.link(len(x.links) - 1)
	return true
}

// bucket returns the number of the bucket for a hash.
func (x *index) bucket(hash uint64) int {
	return int(hash & uint64(len(x.heads)-1)) //nolint:gosec // Less than a length, which is a power of two.
}

// link puts an entry at the front of its bucket.
func (x *index) link(i int) {
	head := &x.heads[x.bucket(x.links[i].hash)]
	x.links[i].next = *head
	*head = int32(i) + 1 //nolint:gosec // No list has 2³¹ entries: the caps of the format are far below.
}

// drop removes the newest entry.
func (x *index) drop() {
	last := x.links[len(x.links)-1]
	x.heads[x.bucket(last.hash)] = last.next
	x.links = x.links[:len(x.links)-1]
}
