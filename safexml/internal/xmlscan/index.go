package xmlscan

import (
	"hash/maphash"

	"github.com/seed73825598/airlock/limits"
)

// An index finds the entries of a list by their hash. Entries are numbered as in the list, and only
// the newest can be removed. The hash has a seed, so a document cannot choose names that collide.
type index struct {
	seed  maphash.Seed
	heads []int32 // for each bucket 1 + the newest entry
	links []link  // for each entry of the list
}

// A link is one entry of an index.
type link struct {
	hash uint64
	next int32 // 1 + the next older entry of the bucket
}

func newIndex() index { return index{seed: maphash.MakeSeed()} }

// hash returns the hash under which an entry with the key b is pushed.
func (x *index) hash(b []byte) uint64 { return maphash.Bytes(x.seed, b) }

// clear forgets all entries.
func (x *index) clear() {
	if len(x.links) < len(x.heads)/8 {
		// One large list must not make every small one after it as dear.
		for i := range x.links {
			x.heads[x.bucket(x.links[i].hash)] = 0
		}
	} else {
		clear(x.heads)
	}
	x.links = x.links[:0]
}

// len returns the number of entries.
func (x *index) len() int { return len(x.links) }

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
func (x *index) push(m *limits.Meter, hash uint64) error {
	if err := grow(m, &x.links, 1); err != nil {
		return err
	}
	if len(x.links) >= len(x.heads) {
		size := max(64, 4*len(x.heads))
		if err := m.Hold(limits.MemoryBytes, int64(size-len(x.heads))*4); err != nil {
			return err
		}
		x.heads = make([]int32, size)
		for i := range x.links {
			x.link(i)
		}
	}
	x.links = append(x.links, link{hash: hash})
	x.link(len(x.links) - 1)
	return nil
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
