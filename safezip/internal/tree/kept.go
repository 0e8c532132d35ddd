package tree

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// KeptName is the rule about an entry where something is kept.
const KeptName limits.Rule = "kept-name"

// CheckKept refuses a tree that has something at one of the paths, from the directory on disk, or
// below one, or a file on the way to one. Names that some file system takes for the same count as
// the same.
func (t *Tree) CheckKept(paths []string, entry func(i int32) Entry) error {
	if len(paths) == 0 || t.Root == NoNode {
		return nil
	}
	type name struct {
		parent int32
		key    string
	}
	// The children on the way to kept paths, by the key of their names: with collisions lifted there
	// may be several.
	children := map[name][]int32{}
	if err := t.judge.Budget.Hold(limits.MemoryBytes, int64(len(t.Nodes))*nodeBytes); err != nil {
		return err
	}
	defer t.judge.Budget.Release(limits.MemoryBytes, int64(len(t.Nodes))*nodeBytes)
	for id := range t.Nodes {
		if n := &t.Nodes[id]; n.Wanted && int32(id) != t.Root {
			key := name{n.Parent, filename.Key(n.Name)}
			children[key] = append(children[key], int32(id))
		}
	}
	for _, path := range paths {
		at := []int32{t.Root}
		for path := path; path != "" && len(at) > 0; {
			component, rest, _ := strings.Cut(path, "/")
			var next []int32
			for _, parent := range at {
				if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
					return err
				}
				for _, id := range children[name{parent, filename.Key(component)}] {
					if n := &t.Nodes[id]; rest != "" && n.Kind == Dir && n.Name == component {
						next = append(next, id)
					} else if err := t.reportKept(id, entry); err != nil {
						return err
					}
				}
			}
			at, path = next, rest
		}
	}
	return nil
}

func (t *Tree) reportKept(id int32, entry func(i int32) Entry) error {
	e := Entry{Name: t.Path(id)} // A directory that only names imply.
	if i := t.Nodes[id].Entry; i != NoEntry {
		e = entry(i)
	}
	return t.report(&e, KeptName, "it stands where Replace keeps what the old directory has")
}
