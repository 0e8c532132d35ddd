package tree

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// ShortNameCollision is the rule about a name that Windows may give to another file.
const ShortNameCollision limits.Rule = "short-name-collision"

type shortKey struct {
	parent int32
	key    filename.ShortKey
}

// CheckShortNames refuses a name that is the short one (PROGRA~1) of another name beside it.
func (t *Tree) CheckShortNames(entry func(i int32) Entry) error {
	shorts := map[shortKey]int32{}
	parents := map[int32]bool{}
	for id := range t.Nodes {
		for _, key := range filename.Short(t.Nodes[id].Name) {
			parent := t.Nodes[id].Parent
			if _, taken := shorts[shortKey{parent, key}]; !taken {
				shorts[shortKey{parent, key}] = int32(id)
				if err := t.judge.Budget.Hold(limits.MemoryBytes, nodeBytes); err != nil {
					return err
				}
			}
			parents[parent] = true
		}
	}
	defer t.judge.Budget.Release(limits.MemoryBytes, int64(len(shorts))*nodeBytes)
	for id := range t.Nodes {
		n := &t.Nodes[id]
		if !parents[n.Parent] {
			continue
		}
		if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
			return err
		}
		for _, key := range filename.ShortOf(n.Name) {
			short, found := shorts[shortKey{n.Parent, key}]
			if !found || short == int32(id) {
				continue
			}
			e := Entry{Name: t.Path(short)} // A directory that only names imply.
			if i := t.Nodes[short].Entry; i != NoEntry {
				e = entry(i)
			}
			if err := t.report(&e, ShortNameCollision, "on Windows it can be the short name of "+
				limits.Quote(t.Path(int32(id)))); err != nil {
				return err
			}
			break
		}
	}
	return nil
}
