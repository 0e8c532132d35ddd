package safezip

import (
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// choose asks Select about every entry, marks what is to be made on disk, and finds the node that
// becomes the directory.
func (p *plan) choose() error {
	if err := p.findRoot(); err != nil {
		return err
	}
	wanted := make([]bool, len(p.archive.Entries))
	for i := range p.archive.Entries {
		wanted[i] = p.selected == nil || p.selected(entryOf(&p.archive.Entries[i]))
	}
	// Children come after their parents, so that one pass from the end carries the mark up to the
	// root.
	for id := len(p.nodes) - 1; id >= 0; id-- {
		n := &p.nodes[id]
		if n.entry != noEntry && wanted[n.entry] {
			n.wanted = true
		}
		if n.wanted && n.parent != noNode {
			p.nodes[n.parent].wanted = true
		}
	}
	return p.checkPrefix(wanted)
}

// findRoot walks along StripPrefix. It leaves noNode in p.root if the archive has no such
// directory.
func (p *plan) findRoot() error {
	p.root = 0
	for _, component := range p.strip {
		id, found := p.child(p.root, component)
		if !found || p.nodes[id].kind != kindDir {
			p.root = noNode
			return p.report(Finding{Rule: RuleOutsidePrefix, Detail: "the archive has no directory " +
				limits.Quote(strings.Join(p.strip, "/"))})
		}
		p.root = id
	}
	return nil
}

// checkPrefix refuses entries that are wanted and do not lie below the root. The directories above
// it are no loss.
func (p *plan) checkPrefix(wanted []bool) error {
	if p.root <= 0 {
		return nil
	}
	below := make([]bool, len(p.nodes))
	above := map[int32]bool{}
	for id := p.root; id != noNode; id = p.nodes[id].parent {
		above[id] = true
	}
	for id := range p.nodes {
		n := &p.nodes[id]
		below[id] = int32(id) == p.root || n.parent != noNode && below[n.parent]
		if below[id] || above[int32(id)] || n.entry == noEntry || !wanted[n.entry] {
			continue
		}
		if err := p.entry(&p.archive.Entries[n.entry], RuleOutsidePrefix,
			"the entry does not lie below the prefix that is stripped"); err != nil {
			return err
		}
	}
	for id := range p.nodes {
		p.nodes[id].wanted = p.nodes[id].wanted && below[id]
	}
	p.nodes[p.root].wanted = true
	return nil
}

// count fills in what a Report says of the tree.
func (p *plan) count(r *Report) {
	for id := range p.nodes {
		n := &p.nodes[id]
		switch {
		case !n.wanted || int32(id) == p.root:
		case n.kind == kindDir:
			r.Dirs++
		default:
			r.Files++
			r.Bytes += p.archive.Entries[n.entry].Size
		}
	}
}
