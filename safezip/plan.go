package safezip

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/filename"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// A plan is the tree that an archive describes, built in memory before anything is made on disk.
// Two names that would end up in one place meet here, component by component, whatever order they
// come in; so what is written later is written exactly once, and nothing is ever opened through
// something that the archive itself has put there.
type plan struct {
	*judge
	archive *zipscan.Archive
	nodes   []node             // parents before children; nodes[0] is the root of the archive
	index   map[childKey]int32 // the first child with that key
	twins   map[childKey]int32 // where case-collision is lifted: the others, by exact name
	root    int32              // the node that becomes the directory on disk
}

// A node is one name in the tree.
type node struct {
	name   string
	parent int32
	entry  int32 // index in Archive.Entries, or noEntry for a directory that only other names imply
	kind   kind
	wanted bool // to be made on disk
	made   bool // has been made on disk
}

type childKey struct {
	parent int32
	key    string
}

const (
	noEntry int32 = -1
	noNode  int32 = -1

	// nodeBytes is what one node takes: itself, and its place in the index.
	nodeBytes = 40 + 48
)

// newPlan enters every entry of the archive into a tree. Only a refusal by the budget, or one that
// the judge makes final, ends it.
func newPlan(j *judge, a *zipscan.Archive) (*plan, error) {
	p := &plan{
		judge: j, archive: a, root: noNode,
		nodes: append(make([]node, 0, len(a.Entries)+1), node{parent: noNode, entry: noEntry, kind: kindDir}),
		index: make(map[childKey]int32, len(a.Entries)),
		twins: map[childKey]int32{},
	}
	for i := range a.Entries {
		if err := p.add(int32(i)); err != nil {
			return p, err
		}
	}
	return p, nil
}

// add enters one entry.
func (p *plan) add(i int32) error {
	e := &p.archive.Entries[i]
	if e.Size > p.maxEntryBytes() {
		return &limits.ExceededError{
			Op: p.op, Resource: limits.OutputBytes, Limit: p.maxEntryBytes(), Used: e.Size, Where: e.Name,
			Option: "MaxEntryBytes",
		}
	}
	path, dir, root, ok, err := p.checkName(e)
	if err != nil {
		return err
	}
	kind, fits, err := p.checkKind(e, dir)
	if err != nil || !ok || !fits {
		return err
	}
	if root {
		return p.addRoot(i)
	}
	if err := p.budget.Deep(int64(1 + strings.Count(path, "/"))); err != nil {
		return limits.At(err, e.Name)
	}
	at := int32(0)
	for path != "" {
		component, rest, _ := strings.Cut(path, "/")
		next, err := p.step(at, component, rest == "", i, kind)
		if err != nil || next == noNode {
			return err
		}
		at, path = next, rest
	}
	return nil
}

// checkName returns the path of an entry, or ok = false if it has been refused and the judge wants
// to see more.
func (p *plan) checkName(e *zipscan.Entry) (path string, dir, root, ok bool, err error) {
	name, ok := e.Name, true
	if p.lifted[RuleBackslash] && strings.Contains(name, `\`) {
		if err := p.entry(e, RuleBackslash, "backslashes are read as separators"); err != nil {
			return "", false, false, false, err
		}
		name = strings.ReplaceAll(name, `\`, "/")
	}
	path, dir, root = filename.Clean(name)
	if root {
		return "", true, true, true, nil
	}
	for _, problem := range p.nameProblems(e, path) {
		ok = ok && p.lifted[problem.Rule]
		if err := p.entry(e, problem.Rule, problem.Detail); err != nil {
			return "", false, false, false, err
		}
	}
	return path, dir, false, ok, nil
}

// nameProblems returns what is wrong with a path of an entry under the options.
func (p *plan) nameProblems(e *zipscan.Entry, path string) []filename.Problem {
	var problems []filename.Problem
	for _, problem := range filename.Check(path) {
		if !p.admits(problem.Rule) {
			problems = append(problems, problem)
		}
		if problem.Rule == RuleNonASCII && !e.UTF8() {
			problems = append(problems, filename.Problem{Rule: RuleNameEncoding,
				Detail: "it is beyond ASCII, and the entry does not say that it is UTF-8"})
		}
	}
	return problems
}

// addRoot enters "./", the root itself. It is an item as every other entry is.
func (p *plan) addRoot(i int32) error {
	if p.nodes[0].entry != noEntry {
		return p.entry(&p.archive.Entries[i], RuleDuplicateName, "the root comes twice")
	}
	p.nodes[0].entry = i
	return p.budget.Spend(limits.Items, 1)
}

// step goes from a node to its child of the given name and makes it if it is not there. It returns
// noNode if the entry has been refused and the judge wants to see more.
func (p *plan) step(parent int32, name string, last bool, i int32, kind kind) (int32, error) {
	e := &p.archive.Entries[i]
	key := childKey{parent, filename.Key(name)}
	id, found := p.index[key]
	if found && p.nodes[id].name != name {
		detail := "on some file systems it is the same as " + limits.Quote(p.path(id))
		rule := RuleCaseCollision
		if filename.Normalized(p.nodes[id].name, name) {
			rule = RuleNormalizationCollision
		}
		if err := p.entry(e, rule, detail); err != nil || !p.lifted[rule] {
			return noNode, err
		}
		key.key = name
		id, found = p.twins[key]
		if !found {
			return p.grow(p.twins, key, name, last, i, kind)
		}
	}
	if !found {
		return p.grow(p.index, key, name, last, i, kind)
	}
	n := &p.nodes[id]
	switch {
	case !last && n.kind == kindDir:
		return id, nil
	case !last:
		return noNode, p.entry(e, RuleFileDirCollision,
			limits.Quote(p.path(id))+" is not a directory, and something is to be put into it")
	case n.kind != kind && (n.kind == kindDir || kind == kindDir):
		return noNode, p.entry(e, RuleFileDirCollision,
			"the name is a directory elsewhere in the archive and a file here, or the reverse")
	case n.entry != noEntry:
		detail := "the name comes twice, with other data"
		if first := &p.archive.Entries[n.entry]; first.Size == e.Size && first.CRC32 == e.CRC32 {
			detail = "the name comes twice, with the same size and CRC-32"
		}
		return noNode, p.entry(e, RuleDuplicateName, detail)
	}
	n.entry = i
	return id, nil
}

// grow adds a child to a node. What it costs is charged before it is made: one item, and its
// memory.
func (p *plan) grow(index map[childKey]int32, key childKey, name string, last bool, i int32, kind kind) (int32, error) {
	place := p.archive.Entries[i].Name
	if err := p.budget.Spend(limits.Items, 1); err != nil {
		return noNode, limits.At(err, place)
	}
	if err := p.budget.Hold(limits.MemoryBytes, nodeBytes+int64(len(name))); err != nil {
		return noNode, limits.At(err, place)
	}
	n := node{name: name, parent: key.parent, entry: noEntry, kind: kindDir}
	if last {
		n.entry, n.kind = i, kind
	}
	id := p.count32()
	p.nodes = append(p.nodes, n)
	index[key] = id
	return id, nil
}

// count32 is the number of nodes, each of which has been charged to MemoryBytes: far below 2^31.
func (p *plan) count32() int32 { return int32(len(p.nodes)) } //nolint:gosec // See above.

// path returns the path of a node from the root of the archive.
func (p *plan) path(id int32) string { return p.pathFrom(0, id) }

// pathFrom returns the path of a node from one of its ancestors.
func (p *plan) pathFrom(ancestor, id int32) string {
	var components []string
	for ; id != ancestor && id > 0; id = p.nodes[id].parent {
		components = append(components, p.nodes[id].name)
	}
	for i, j := 0, len(components)-1; i < j; i, j = i+1, j-1 {
		components[i], components[j] = components[j], components[i]
	}
	return strings.Join(components, "/")
}

// child returns the child of a node with exactly that name.
func (p *plan) child(parent int32, name string) (int32, bool) {
	id, found := p.index[childKey{parent, filename.Key(name)}]
	if found && p.nodes[id].name != name {
		id, found = p.twins[childKey{parent, name}]
	}
	return id, found
}
