package tree

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// checkRaw refuses two entries whose names are the same bytes. They are told apart only by what the
// policy's encoding, or a Unicode name beside one of them, makes of these: a program that looks at
// neither writes the second over the first.
func (t *Tree) checkRaw(entry func(i int32) Entry) error {
	if !t.decodes {
		return nil
	}
	seen, held := map[string]int32{}, int64(0)
	defer func() { t.judge.Budget.Release(limits.MemoryBytes, held) }()
	for id := range t.Nodes {
		i := t.Nodes[id].Entry
		if i == NoEntry {
			continue
		}
		if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
			return err
		}
		e := entry(i)
		raw, _, _ := filename.Clean(e.Name)
		if other, taken := seen[raw]; taken {
			if err := t.report(&e, DuplicateName, "its bytes are those of the name that is read as "+
				limits.Quote(t.Path(other))); err != nil {
				return err
			}
			continue
		}
		if err := t.judge.Budget.Hold(limits.MemoryBytes, nodeBytes); err != nil {
			return err
		}
		held += nodeBytes
		seen[raw] = int32(id)
	}
	return nil
}
