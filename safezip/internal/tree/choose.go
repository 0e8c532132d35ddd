package tree

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/judge"
)

// OutsidePrefix is the rule about an entry beside the prefix that is stripped.
const OutsidePrefix limits.Rule = "outside-prefix"

// A Choice says what of the tree is to be made on disk.
type Choice struct {
	Entries int                 // of the archive
	Wanted  func(i int32) bool  // asked once for each entry, in order
	Entry   func(i int32) Entry // for findings
	Prefix  []string            // components of the directory that becomes the root; may be empty
	// StripTop has the single top directory become the root, if every entry that is not skipped
	// lies in it.
	StripTop bool
	Skipped  func(i int32) bool // entries that are left out, whatever Wanted says
}

// Choose marks what is to be made on disk, and finds the node that becomes the directory.
func (t *Tree) Choose(c Choice) error {
	if err := t.findRoot(c.Prefix); err != nil {
		return err
	}
	if c.StripTop {
		t.StripTop(c.Skipped)
	}
	wanted := make([]bool, c.Entries)
	for i := range wanted {
		i := int32(i)
		wanted[i] = !c.Skipped(i) && c.Wanted(i)
	}
	// Children come after their parents, so that one pass from the end carries the mark up to the
	// root.
	for id := len(t.Nodes) - 1; id >= 0; id-- {
		n := &t.Nodes[id]
		if n.Entry != NoEntry && wanted[n.Entry] {
			n.Wanted = true
		}
		if n.Wanted && n.Parent != NoNode {
			t.Nodes[n.Parent].Wanted = true
		}
	}
	return t.checkPrefix(c, wanted)
}

// findRoot walks along the prefix. It leaves NoNode in t.Root if the archive has no such directory.
func (t *Tree) findRoot(prefix []string) error {
	t.Root = 0
	for _, component := range prefix {
		id, found := t.Child(t.Root, component)
		if !found || t.Nodes[id].Kind != Dir {
			t.Root = NoNode
			return t.judge.Report(judge.Finding{Rule: OutsidePrefix, Detail: "the archive has no directory " +
				limits.Quote(strings.Join(prefix, "/"))})
		}
		t.Root = id
	}
	return nil
}

// StripTop makes the single top directory the root, if every entry that is not skipped lies in one.
// Otherwise it changes nothing.
func (t *Tree) StripTop(skipped func(i int32) bool) {
	top := NoNode
	alive := make([]bool, len(t.Nodes))
	for id := t.Len() - 1; id > 0; id-- {
		n := &t.Nodes[id]
		alive[id] = alive[id] || n.Entry != NoEntry && !skipped(n.Entry)
		if !alive[id] {
			continue
		}
		alive[n.Parent] = true
		if n.Parent != 0 {
			continue
		}
		if top != NoNode || n.Kind != Dir {
			return
		}
		top = id
	}
	if top != NoNode {
		t.Root = top
	}
}

// checkPrefix refuses entries that are wanted and do not lie below the root. The directories above
// it are no loss.
func (t *Tree) checkPrefix(c Choice, wanted []bool) error {
	if t.Root <= 0 {
		return nil
	}
	below := make([]bool, len(t.Nodes))
	above := map[int32]bool{}
	for id := t.Root; id != NoNode; id = t.Nodes[id].Parent {
		above[id] = true
	}
	for id := range t.Nodes {
		n := &t.Nodes[id]
		below[id] = int32(id) == t.Root || n.Parent != NoNode && below[n.Parent]
		if below[id] || above[int32(id)] || n.Entry == NoEntry || !wanted[n.Entry] {
			continue
		}
		e := c.Entry(n.Entry)
		if err := t.report(&e, OutsidePrefix, "the entry does not lie below the prefix that is stripped"); err != nil {
			return err
		}
	}
	for id := range t.Nodes {
		t.Nodes[id].Wanted = t.Nodes[id].Wanted && below[id]
	}
	t.Nodes[t.Root].Wanted = true
	return nil
}
