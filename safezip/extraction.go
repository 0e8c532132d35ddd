package safezip

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/limits"
)

// An extraction carries out a plan that has been accepted.
type extraction struct {
	*plan
	inflaters []*inflater // one for each worker
	targets   map[int32]string
}

// newExtraction makes the buffers of the workers, as many as the memory budget holds, and reads the
// targets of links.
func (p *plan) newExtraction(src io.ReaderAt) (*extraction, error) {
	x := &extraction{plan: p}
	for range p.workers {
		if err := p.budget.Fits(limits.MemoryBytes, inflaterBytes); err != nil && len(x.inflaters) > 0 {
			break
		}
		if err := p.budget.Hold(limits.MemoryBytes, inflaterBytes); err != nil {
			return nil, err
		}
		x.inflaters = append(x.inflaters, newInflater(p.op, p.budget, src))
	}
	if err := p.noteTimes(); err != nil {
		return nil, err
	}
	var err error
	if x.targets, err = p.readLinks(x.inflaters[0]); err != nil {
		return nil, err
	}
	// The links have taken steps. What is left must do for the rest, or how far it does would
	// depend on the workers.
	if err := p.budget.Fits(limits.Steps, p.steps(false)); err != nil {
		return nil, err
	}
	return x, nil
}

// noteTimes notes the times that KeepTimes will not keep.
func (p *plan) noteTimes() error {
	if !p.keepTimes {
		return nil
	}
	for i := range p.nodes {
		n := &p.nodes[i]
		if n.entry == noEntry || !n.wanted {
			continue
		}
		e := &p.archive.Entries[n.entry]
		if plausible(e.Modified) {
			continue
		}
		f := Finding{Where: e.Name, Offset: e.CentralOffset,
			Detail: "the time was not kept: it does not lie between 1980 and a day from now"}
		if err := p.note(f); err != nil {
			return err
		}
	}
	return nil
}

// fillTree makes everything below the root of the tree, in an order in which nothing is ever made
// through what the archive has put there: directories, files, and links last.
func (x *extraction) fillTree(tree *os.Root, cancel func()) error {
	own := newDirs(x.plan, tree, 1+len(x.inflaters))
	defer own.close()
	if err := x.makeDirs(own); err != nil {
		return err
	}
	c := newCrew(x.plan)
	writers := make([]*writer, max(1, min(len(x.inflaters), len(c.jobs))))
	for i := range writers {
		writers[i] = &writer{crew: c, inflater: x.inflaters[i], dirs: newDirs(x.plan, tree, 1+len(writers))}
	}
	defer func() {
		for _, w := range writers {
			w.dirs.close()
		}
	}()
	if err := c.work(writers, cancel); err != nil {
		return err
	}
	if err := x.makeLinks(own); err != nil {
		return err
	}
	return x.finishDirs(own, tree)
}

// makeDirs makes the directories, parents first.
func (x *extraction) makeDirs(own *dirs) error {
	for id := range x.nodes {
		n := &x.nodes[id]
		if int32(id) == x.root || !n.wanted || n.kind != kindDir {
			continue
		}
		if err := x.budget.Err(); err != nil {
			return err
		}
		dir, err := own.get(n.parent)
		if err == nil {
			err = dir.Mkdir(n.name, x.dirMode)
		}
		if err != nil {
			return x.failedAt(int32(id), err)
		}
		n.made = true
	}
	return nil
}

// makeLinks makes the links.
func (x *extraction) makeLinks(own *dirs) error {
	for id := range x.nodes {
		n := &x.nodes[id]
		if n.kind != kindLink || !n.wanted {
			continue
		}
		if err := x.budget.Err(); err != nil {
			return err
		}
		dir, err := own.get(n.parent)
		if err == nil {
			err = dir.Symlink(x.targets[int32(id)], n.name)
		}
		if err != nil {
			return x.failedAt(int32(id), err)
		}
		n.made = true
	}
	return nil
}

// finishDirs sets the times of directories and has them reach the disk, children first: making an
// entry changes its parent.
func (x *extraction) finishDirs(own *dirs, tree *os.Root) error {
	if !x.sync && !x.keepTimes {
		return nil
	}
	for id := x.count32() - 1; id >= 0; id-- {
		n := &x.nodes[id]
		if !n.made || n.kind != kindDir {
			continue
		}
		if err := x.finishDir(own, tree, id); err != nil {
			return x.failedAt(id, err)
		}
	}
	return nil
}

// finishDir does that for one directory.
func (x *extraction) finishDir(own *dirs, tree *os.Root, id int32) error {
	n := &x.nodes[id]
	root, err := own.get(id)
	if err != nil {
		return err
	}
	if x.keepTimes && n.entry != noEntry {
		if t := x.archive.Entries[n.entry].Modified; plausible(t) {
			if err := root.Chtimes(".", t, t); err != nil {
				return err
			}
		}
	}
	if x.sync && root != tree {
		return syncDir(root)
	}
	return nil
}

// failedAt says at which name an error of the file system happened. A refusal has its place
// already, and the end of the budget or of the caller's context has none.
func (p *plan) failedAt(id int32, err error) error {
	if ended := p.budget.Err(); ended != nil && errors.Is(err, ended) {
		return err
	}
	if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, errSuperseded) {
		return err
	}
	// The system's error would hold the name raw and whole.
	name := limits.Quote(p.pathFrom(p.root, id))
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", p.op, &fs.PathError{Op: e.Op, Path: name, Err: e.Err})
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("%s: %w", p.op, &fs.PathError{Op: e.Op, Path: name, Err: e.Err})
	}
	return fmt.Errorf("%s: writing %s: %w", p.op, name, err)
}
