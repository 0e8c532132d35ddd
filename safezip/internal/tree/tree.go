package tree

import (
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
	"github.com/seed73825598/airlock/safezip/internal/judge"
)

// Rules about names that meet in one place.
const (
	DuplicateName          limits.Rule = "duplicate-name"
	FileDirCollision       limits.Rule = "file-directory-collision"
	CaseCollision          limits.Rule = "case-collision"
	NormalizationCollision limits.Rule = "normalization-collision"
)

// A Tree is the tree that an archive describes. Two names that would end up in one place meet here,
// component by component, whatever order they come in; so what is written later is written exactly
// once, and nothing is ever opened through something that the archive itself has put there.
type Tree struct {
	Nodes []Node // parents before children; Nodes[0] is the root of the archive
	Root  int32  // the node that becomes the directory on disk; NoNode before Choose

	judge   *judge.Judge
	policy  *Policy
	index   index              // the first child with each key
	twins   map[childKey]int32 // where case-collision is lifted: the others, by exact name
	deepest int64              // path
	decodes bool               // a name is not read as its bytes stand
}

// A Node is one name in the tree.
type Node struct {
	Name   string
	Parent int32
	Entry  int32 // index of the archive's entry, or NoEntry for a directory that only names imply
	Kind   Kind
	Wanted bool // to be made on disk
	Made   bool // has been made on disk
}

type childKey struct {
	parent int32
	name   string
}

const (
	// NoEntry is the entry of a directory that only names imply.
	NoEntry int32 = -1
	// NoNode is the parent of the root.
	NoNode int32 = -1

	// nodeBytes is what one node takes: itself, and its place in the index.
	nodeBytes = 40 + 48
)

// New returns a tree of the root alone, with room for the given number of entries. Findings go to
// j, and the budget of j pays.
func New(j *judge.Judge, p *Policy, entries int) *Tree {
	return &Tree{
		judge: j, policy: p, Root: NoNode,
		Nodes: append(make([]Node, 0, entries+1), Node{Parent: NoNode, Entry: NoEntry, Kind: Dir}),
		index: newIndex(entries),
		twins: map[childKey]int32{},
	}
}

// Add enters entry i under its name, and returns its node, or NoNode if it has been refused and the
// judge wants to see more. Another entry of the same name is asked of other. Only a refusal by the
// budget, or one that the judge makes final, is an error.
func (t *Tree) Add(i int32, e *Entry, n Name, kind Kind, other func(i int32) Entry) (int32, error) {
	if n.Root {
		return t.addRoot(i, e)
	}
	if depth := int64(1 + strings.Count(n.Path, "/")); depth > t.deepest {
		if err := t.judge.Budget.Deep(depth); err != nil {
			return NoNode, limits.At(err, e.Name)
		}
		t.deepest = depth
	}
	a := addition{tree: t, i: i, entry: e, kind: kind, other: other}
	at, path := int32(0), n.Path
	for path != "" {
		component, rest, _ := strings.Cut(path, "/")
		next, err := a.step(at, component, rest == "")
		if err != nil || next == NoNode {
			return NoNode, err
		}
		at, path = next, rest
	}
	return at, nil
}

// addRoot enters "./", the root itself. It is an item as every other entry is.
func (t *Tree) addRoot(i int32, e *Entry) (int32, error) {
	if t.Nodes[0].Entry != NoEntry {
		return NoNode, t.report(e, DuplicateName, "the root comes twice")
	}
	t.Nodes[0].Entry = i
	return 0, t.judge.Budget.Spend(limits.Items, 1)
}

// An addition is one entry on its way into the tree.
type addition struct {
	tree  *Tree
	i     int32
	entry *Entry
	kind  Kind
	other func(i int32) Entry
}

// step goes from a node to its child of the given name and makes it if it is not there. It returns
// NoNode if the entry has been refused and the judge wants to see more.
func (a *addition) step(parent int32, name string, last bool) (int32, error) {
	t := a.tree
	id, hash, found := t.index.find(t.Nodes, parent, name)
	if !found {
		id, err := a.grow(parent, name, last)
		if err == nil {
			t.index.add(id, hash)
		}
		return id, err
	}
	if t.Nodes[id].Name != name {
		detail := "on some file systems it is the same as " + limits.Quote(t.Path(id))
		rule := CaseCollision
		if filename.Normalized(t.Nodes[id].Name, name) {
			rule = NormalizationCollision
		}
		if err := t.report(a.entry, rule, detail); err != nil || !t.policy.Lifted[rule] {
			return NoNode, err
		}
		twin := childKey{parent, name}
		if id, found = t.twins[twin]; !found {
			id, err := a.grow(parent, name, last)
			if err == nil {
				t.twins[twin] = id
			}
			return id, err
		}
	}
	n := &t.Nodes[id]
	switch {
	case !last && n.Kind == Dir:
		return id, nil
	case !last:
		return NoNode, t.report(a.entry, FileDirCollision,
			limits.Quote(t.Path(id))+" is not a directory, and something is to be put into it")
	case n.Kind != a.kind && (n.Kind == Dir || a.kind == Dir):
		return NoNode, t.report(a.entry, FileDirCollision,
			"the name is a directory elsewhere in the archive and a file here, or the reverse")
	case n.Entry != NoEntry:
		detail := "the name comes twice, with other data"
		switch first := a.other(n.Entry); {
		case first.Size < 0: // It is not known any more.
			detail = "the name comes twice"
		case first.Size == a.entry.Size && first.CRC32 == a.entry.CRC32:
			detail = "the name comes twice, with the same size and CRC-32"
		}
		return NoNode, t.report(a.entry, DuplicateName, detail)
	}
	n.Entry = a.i
	return id, nil
}

// grow adds a child to a node. Its cost is charged before it is made: one item, and its memory.
func (a *addition) grow(parent int32, name string, last bool) (int32, error) {
	t := a.tree
	if err := t.judge.Budget.Spend(limits.Items, 1); err != nil {
		return NoNode, limits.At(err, a.entry.Name)
	}
	if err := t.judge.Hold(nodeBytes + int64(len(name))); err != nil {
		return NoNode, limits.At(err, a.entry.Name)
	}
	n := Node{Name: name, Parent: parent, Entry: NoEntry, Kind: Dir}
	if last {
		n.Entry, n.Kind = a.i, a.kind
	}
	id := t.Len()
	t.Nodes = append(t.Nodes, n)
	return id, nil
}

// Len is the number of nodes, each of which has been charged to MemoryBytes: far below 2^31.
func (t *Tree) Len() int32 { return int32(len(t.Nodes)) } //nolint:gosec // See above.

// Path returns the path of a node from the root of the archive.
func (t *Tree) Path(id int32) string { return t.pathFrom(0, id) }

// PathOnDisk returns the path of a node from the directory on disk.
func (t *Tree) PathOnDisk(id int32) string { return t.pathFrom(t.Root, id) }

func (t *Tree) pathFrom(ancestor, id int32) string {
	var components []string
	for ; id != ancestor && id > 0; id = t.Nodes[id].Parent {
		components = append(components, t.Nodes[id].Name)
	}
	slices.Reverse(components)
	return strings.Join(components, "/")
}

// Entries returns a function that tells what the tree alone still knows of an entry: its path.
func (t *Tree) Entries() func(i int32) Entry {
	var nodes map[int32]int32 // by entry, once one is asked for
	return func(i int32) Entry {
		if nodes == nil {
			nodes = make(map[int32]int32, len(t.Nodes))
			for id := range t.Nodes {
				nodes[t.Nodes[id].Entry] = int32(id)
			}
		}
		return Entry{Name: t.Path(nodes[i]), Offset: -1}
	}
}

// Child returns the child of a node with exactly that name.
func (t *Tree) Child(parent int32, name string) (int32, bool) {
	id, _, found := t.index.find(t.Nodes, parent, name)
	if found && t.Nodes[id].Name != name {
		id, found = t.twins[childKey{parent, name}]
	}
	return id, found
}

// report hands a finding about one entry to the judge.
func (t *Tree) report(e *Entry, rule limits.Rule, detail string) error {
	return t.judge.Report(judge.Finding{Rule: rule, Where: e.Name, Offset: e.Offset, Detail: detail})
}
