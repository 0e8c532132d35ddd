package tree

import (
	"fmt"
	"testing"
)

// An index that begins without room, one that begins with too little and one with enough find what
// was added under the same parent and key, and nothing else.
func TestIndex(t *testing.T) {
	const parents, names = 40, 60
	for _, room := range []int{0, 1, 100, parents * names} {
		t.Run(fmt.Sprint(room), func(t *testing.T) {
			x := newIndex(room)
			nodes := []Node{{Parent: NoNode}}
			for range parents {
				nodes = append(nodes, Node{Name: "parent", Parent: 0})
			}
			want := map[int32]bool{}
			for i := range parents * names {
				parent, name := int32(1+i%parents), fmt.Sprintf("Name%d.", i/parents)
				id, hash, found := x.find(nodes, parent, name)
				if found {
					t.Fatalf("%q below %d is %d before it was added", name, parent, id)
				}
				id = int32(len(nodes))
				nodes = append(nodes, Node{Name: name, Parent: parent})
				x.add(id, hash)
				want[id] = true
			}
			for id := range want {
				n := nodes[id]
				for _, name := range []string{n.Name, "nAME" + n.Name[4:], n.Name[:len(n.Name)-1] + " "} {
					if got, _, found := x.find(nodes, n.Parent, name); !found || got != id {
						t.Fatalf("%q below %d is %d, %t; want %d", name, n.Parent, got, found, id)
					}
				}
				for parent, name := range map[int32]string{0: n.Name, parents + 1: n.Name, n.Parent: n.Name + "x"} {
					if got, _, found := x.find(nodes, parent, name); found {
						t.Fatalf("%q below %d is %d, which was not added", name, parent, got)
					}
				}
			}
			if most := 4 * max(x.used, room, leastSlots); len(x.slots) > most {
				t.Errorf("%d slots for %d nodes, at most %d wanted", len(x.slots), x.used, most)
			}
		})
	}
}

// Two trees do not put the same names in the same places: an archive cannot be made for one hash.
func TestIndexIsSeeded(t *testing.T) {
	a, b := newIndex(1), newIndex(1)
	same := 0
	for i := range 100 {
		if name := fmt.Sprint(i); a.hash(0, name) == b.hash(0, name) {
			same++
		}
	}
	if same > 1 {
		t.Errorf("%d of 100 names have the same hash in two trees", same)
	}
}

// Children of one name below many parents are spread over the slots.
func TestIndexSpreads(t *testing.T) {
	const n = 1 << 12
	x := newIndex(n)
	taken := map[uint32]int{}
	for parent := range int32(n) {
		taken[x.hash(parent, "index.html")&(n-1)]++
	}
	if len(taken) < n/2 { // About 63 % are expected.
		t.Errorf("%d parents share %d slots", n, len(taken))
	}
}
