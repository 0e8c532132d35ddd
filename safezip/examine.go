package safezip

import (
	"io"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// examine runs every check that needs no inflating. Extract and Inspect both come through here, so
// that what one refuses before the first byte the other refuses too. The plan is as complete as it
// could be made.
func (j *judge) examine(src io.ReaderAt, size int64) (*plan, error) {
	archive, err := zipscan.Scan(src, size, zipscan.Config{
		Op: j.op, Budget: j.budget, DirectoryBytes: int64(j.directoryBytes), Report: j.scanned,
	})
	if err != nil && !zipscan.Stopped(err) {
		return &plan{judge: j, archive: archive}, j.gravest(err)
	}
	p, err := newPlan(j, archive)
	if err != nil {
		return p, j.gravest(err)
	}
	if j.first != nil && !j.collect {
		return p, j.first
	}
	if err := p.choose(); err != nil {
		return p, j.gravest(err)
	}
	if err := j.budget.Fits(limits.Steps, p.steps(true)); err != nil {
		return p, j.gravest(err)
	}
	return p, j.verdict()
}

// gravest is the error of an operation that err has ended: the first finding, if there was one.
func (j *judge) gravest(err error) error {
	if j.first != nil {
		return j.first
	}
	return err
}

// steps is the work of inflating the whole archive, with or without its links.
func (p *plan) steps(links bool) int64 {
	total := int64(0)
	for id := range p.nodes {
		// At most 2^63/64 and one an entry: no overflow, the sum of the sizes has been checked.
		if n := &p.nodes[id]; n.entry != noEntry && (links || n.kind != kindLink) {
			total += steps(p.archive.Entries[n.entry].Size)
		}
	}
	return total
}
