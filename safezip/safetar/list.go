package safetar

import (
	"iter"

	"github.com/seed73825598/airlock/safezip/internal/tarscan"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A listed is an entry as Report.All yields it.
type listed struct {
	entry Entry
	node  int32 // tree.NoNode for one that is left out, or was refused
}

// listedBytes is what a listed takes beside its texts.
const listedBytes = 192

// list keeps an entry for Report.All, if the operation collects.
func (p *pass) list(e *tarscan.Entry) error {
	if !p.judge.Collect {
		return nil
	}
	if err := p.judge.Hold(listedBytes + int64(len(e.Name)+len(e.Link))); err != nil {
		return err
	}
	te := treeEntry(e)
	p.listed = append(p.listed, listed{publicEntry(&te, e), tree.NoNode})
	return nil
}

// place notes where the entry that came last has its place.
func (p *pass) place(it *item) {
	if p.judge.Collect && it.wanted {
		p.listed[len(p.listed)-1].node = it.node
	}
}

// all yields what was listed. The entries of an accepted archive have a Path.
func (p *pass) all() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		for _, l := range p.listed {
			e := l.entry
			if p.whole && l.node != tree.NoNode {
				e.Path = p.pathOf(l.node)
			}
			if !yield(e) {
				return
			}
		}
	}
}
