package tree

import (
	"hash/maphash"
	"math/bits"

	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// An index finds the children of each node by the key of their names (filename.Key). It is a hash
// table with open addressing. A slot holds the number of a node and not its key, which follows from
// the node's name: so it is smaller and faster than a map, and every entry of an archive goes
// through it. The hash is seeded anew for each tree, so that no archive can have its names meet in
// one place.
type index struct {
	seed  maphash.Seed
	salt  uint64
	slots []slot // a power of two of them, or none; at least a quarter is empty
	used  int
}

// A slot is empty if its node is the root, which is the child of none.
type slot struct {
	hash uint32
	node int32
}

// newIndex returns an index with room for the given number of nodes.
func newIndex(nodes int) index {
	x := index{seed: maphash.MakeSeed()}
	x.salt = maphash.String(x.seed, "parent")
	if nodes > 0 {
		x.slots = make([]slot, slotsFor(nodes))
	}
	return x
}

const leastSlots = 16

// slotsFor returns how many slots the given number of nodes needs: a quarter of them stays empty.
func slotsFor(nodes int) int {
	n := leastSlots
	for n/4*3 < nodes {
		n *= 2
	}
	return n
}

// hash returns the hash of a child. Seed and salt, which no archive can know, are in both factors,
// whose product is folded as in wyhash.
func (x *index) hash(parent int32, key string) uint32 {
	const golden = 0x9e3779b97f4a7c15
	p := uint64(parent) * golden //nolint:gosec // Not below 0.
	high, low := bits.Mul64(maphash.String(x.seed, key)^p, x.salt^bits.RotateLeft64(p, 32))
	return uint32(high ^ low) //nolint:gosec // One half is enough.
}

// find returns the child of parent that has the key of name, and its hash.
func (x *index) find(nodes []Node, parent int32, name string) (id int32, hash uint32, found bool) {
	key := filename.Key(name)
	hash = x.hash(parent, key)
	mask := uint32(len(x.slots) - 1) //nolint:gosec // Without slots, the loop does not begin.
	for i := hash; len(x.slots) > 0; i++ {
		s := x.slots[i&mask]
		if s.node == 0 {
			break
		}
		if s.hash != hash {
			continue
		}
		if n := &nodes[s.node]; n.Parent == parent && (n.Name == name || filename.Key(n.Name) == key) {
			return s.node, hash, true
		}
	}
	return NoNode, hash, false
}

// add enters a child that find has not found.
func (x *index) add(id int32, hash uint32) {
	if x.used++; x.used > len(x.slots)/4*3 {
		old := x.slots
		x.slots = make([]slot, max(leastSlots, 2*len(old)))
		for _, s := range old {
			if s.node != 0 {
				x.put(s)
			}
		}
	}
	x.put(slot{hash, id})
}

// put takes the next free slot.
func (x *index) put(s slot) {
	mask := uint32(len(x.slots) - 1) //nolint:gosec // There are slots.
	i := s.hash & mask
	for x.slots[i].node != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = s
}
