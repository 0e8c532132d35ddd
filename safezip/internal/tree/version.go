package tree

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
)

// CheckAliases refuses a name that a program which reads zip archives gives to another file as well:
// the short names of Windows, names with a version, and names of the same bytes.
func (t *Tree) CheckAliases(entry func(i int32) Entry) error {
	if err := t.CheckShortNames(entry); err != nil {
		return err
	}
	if err := t.checkRaw(entry); err != nil {
		return err
	}
	return t.checkVersions(entry)
}

// checkVersions refuses a file whose name is that of another one beside it with a version of VMS
// after it ("a;1"), by the keys of names: on a disk that does not tell case "A" is that other one.
// The program unzip cuts the version off, its number or not, and so writes the later of the two
// over the earlier. Each of the names alone is let in.
func (t *Tree) checkVersions(entry func(i int32) Entry) error {
	cut := map[childKey]int32{}
	defer func() { t.judge.Budget.Release(limits.MemoryBytes, int64(len(cut))*nodeBytes) }()
	for id := range t.Nodes {
		n := &t.Nodes[id]
		name, found := withoutVersion(n.Name)
		if !found || n.Kind == Dir {
			continue
		}
		if err := t.judge.Budget.Spend(limits.Steps, 1); err != nil {
			return err
		}
		key := childKey{n.Parent, filename.Key(name)}
		other, _, taken := t.index.find(t.Nodes, n.Parent, name)
		if !taken {
			other, taken = cut[key]
		}
		if taken {
			e := entry(n.Entry) // A file has one.
			if err := t.report(&e, ShortNameCollision, "unzip gives it the name of "+limits.Quote(t.Path(other))); err != nil {
				return err
			}
			continue
		}
		if err := t.judge.Budget.Hold(limits.MemoryBytes, nodeBytes); err != nil {
			return err
		}
		cut[key] = int32(id)
	}
	return nil
}

// withoutVersion returns a name up to its last semicolon, if there are only digits after it.
func withoutVersion(name string) (string, bool) {
	i := strings.LastIndexByte(name, ';')
	if i < 0 || strings.Trim(name[i+1:], "0123456789") != "" {
		return "", false
	}
	return name[:i], true
}
