package safezip

import (
	"bytes"
	"io"
	"math"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// check reads the structure of the archive and proves that it has one reading. Every operation on
// an archive comes through check and plan, so that what one refuses the others refuse too.
func (a *archive) check() error {
	var err error
	a.zip, err = zipscan.Scan(a.src, a.size, zipscan.Config{
		Op: a.config.Op, Budget: a.budget, DirectoryBytes: int64(a.config.DirectoryBytes),
		InMemory: isInMemory(a.src),
		Report:   func(f zipscan.Finding) error { return a.judge.Report(judge.Finding(f)) },
		Note:     func(f zipscan.Finding) error { return a.judge.Note(judge.Finding(f)) },
	})
	if err != nil && !zipscan.Stopped(err) {
		return a.judge.Gravest(err)
	}
	return nil
}

// isInMemory reports a source that is known to be memory.
func isInMemory(src io.ReaderAt) bool {
	switch src := src.(type) {
	case *bytes.Reader, *strings.Reader:
		return true
	case *unpack.Spool:
		return src.InMemory()
	}
	return false
}

// plan builds the tree that the archive describes and chooses what is to be made of it. Nothing is
// inflated. The tree is as complete as it could be made.
func (a *archive) plan() error {
	a.tree = tree.New(a.judge, &a.config.Names, len(a.zip.Entries))
	for i := range a.zip.Entries {
		if err := a.add(int32(i)); err != nil {
			return a.judge.Gravest(err)
		}
	}
	if err := a.tree.CheckAliases(a.entry); err != nil {
		return a.judge.Gravest(err)
	}
	if a.judge.First != nil && !a.judge.Collect {
		return a.judge.First
	}
	if err := a.tree.Choose(tree.Choice{
		Entries: len(a.zip.Entries), Entry: a.entry, Prefix: a.config.Strip, Wanted: a.wants,
		StripTop: a.config.StripTop, Skipped: func(i int32) bool { return len(a.skipped) > 0 && a.skipped[i] },
	}); err != nil {
		return a.judge.Gravest(err)
	}
	if err := a.tree.CheckKept(a.config.Keep, a.entry); err != nil {
		return a.judge.Gravest(err)
	}
	if err := a.budget.Fits(limits.Steps, a.steps(true)); err != nil {
		return a.judge.Gravest(err)
	}
	return a.judge.Verdict()
}

// add enters entry i into the tree.
func (a *archive) add(i int32) error {
	e := a.entry(i)
	if e.Size > a.config.MaxEntryBytes() {
		return &limits.ExceededError{
			Op: a.config.Op, Resource: limits.OutputBytes, Limit: a.config.MaxEntryBytes(), Used: e.Size,
			Where: e.Name, Option: "MaxEntryBytes",
		}
	}
	name, ok, err := a.tree.Name(&e)
	if err != nil {
		return err
	}
	if name.Skip {
		if a.skipped == nil {
			if err := a.judge.Hold(int64(len(a.zip.Entries))); err != nil {
				return err
			}
			a.skipped = make([]bool, len(a.zip.Entries))
		}
		a.skipped[i] = true
	}
	kind, fits, err := a.kind(&a.zip.Entries[i], name.Dir)
	if err != nil || !ok || !fits {
		return err
	}
	_, err = a.tree.Add(i, &e, name, kind, a.entry)
	return err
}

// wants asks Select about entry i.
func (a *archive) wants(i int32) bool {
	if a.config.Select == nil {
		return true
	}
	e := a.entry(i)
	return a.config.Select(&e)
}

// steps is the work of inflating the whole archive, with or without its links.
func (a *archive) steps(links bool) int64 {
	total := int64(0)
	for id := range a.tree.Nodes {
		if n := &a.tree.Nodes[id]; n.Entry != tree.NoEntry && (links || n.Kind != tree.Link) {
			more := entrySteps(&a.zip.Entries[n.Entry])
			total += min(more, math.MaxInt64-total)
		}
	}
	return total
}
