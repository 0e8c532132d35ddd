package safezip

import (
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
)

// unpack makes the tree in its place and checks all data. Links are read and followed before
// anything is made. The caller commits what it returns or undoes it, also after an error.
func (a *archive) unpack(place unpack.Place) (*unpack.Build, error) {
	inflaters, err := a.inflaters()
	if err != nil {
		return nil, err
	}
	fillers := make([]unpack.Filler, len(inflaters))
	for i, f := range inflaters {
		fillers[i] = f
	}
	if err := a.noteTimes(); err != nil {
		return nil, err
	}
	if err := a.readLinks(fillers[0]); err != nil {
		return nil, err
	}
	c := a.config
	b, err := unpack.Begin(unpack.Work{
		Op: c.Op, Budget: a.budget, Tree: a.tree, Place: place, FileMode: c.FileMode, DirMode: c.DirMode,
		KeepTimes: c.KeepTimes, Sync: c.Sync, Workers: len(fillers), Meta: a.meta,
	})
	if err != nil {
		return nil, err
	}
	undone := false
	defer func() {
		if !undone {
			_ = b.Undo() // Something panics, and goes on after this.
		}
	}()
	if err = b.Dirs(); err == nil {
		err = b.Files(a.jobs(), fillers, a.cancel)
	}
	if err == nil {
		err = b.Links(a.targets)
	}
	if err == nil {
		err = b.Finish()
	}
	if err == nil {
		err = a.noteMarks(inflaters)
	}
	undone = true // By the caller.
	return b, err
}

// inflaters makes the buffers of the workers, as many as the memory budget holds.
func (a *archive) inflaters() ([]*inflater, error) {
	var list []*inflater
	for range a.config.Workers {
		if err := a.budget.Fits(limits.MemoryBytes, inflaterBytes); err != nil && len(list) > 0 {
			break
		}
		if err := a.budget.Hold(limits.MemoryBytes, inflaterBytes); err != nil {
			return nil, err
		}
		list = append(list, newInflater(a))
	}
	return list, nil
}

// noteTimes notes the times that KeepTimes will not keep.
func (a *archive) noteTimes() error {
	if !a.config.KeepTimes {
		return nil
	}
	for i := range a.tree.Nodes {
		n := &a.tree.Nodes[i]
		if n.Entry == tree.NoEntry || !n.Wanted {
			continue
		}
		e := &a.zip.Entries[n.Entry]
		if unpack.Plausible(e.Modified) {
			continue
		}
		f := judge.Finding{Where: e.Name, Offset: e.CentralOffset,
			Detail: "the time was not kept: it does not lie between 1980 and a day from now"}
		if err := a.judge.Note(f); err != nil {
			return err
		}
	}
	return nil
}

// readLinks inflates the targets of all links and follows each through the tree.
func (a *archive) readLinks(f unpack.Filler) error {
	if a.config.Symlinks {
		a.targets = map[int32]string{}
		for id := range a.tree.Nodes {
			n := &a.tree.Nodes[id]
			if n.Kind != tree.Link {
				continue
			}
			if err := a.tree.HoldTarget(a.zip.Entries[n.Entry].Size); err != nil {
				return err
			}
			var target []byte
			if err := f.Fill(n.Entry, func(b []byte) error { target = append(target, b...); return nil }); err != nil {
				return err
			}
			a.targets[int32(id)] = string(target)
		}
		if err := a.tree.CheckLinks(a.targets, a.entry); err != nil {
			return err
		}
	}
	// The links have taken steps. The rest of the steps must do for the entries, or how far it does
	// would depend on the workers.
	return a.budget.Fits(limits.Steps, a.steps(false))
}

// jobs lists every entry that has data to write or check. Links have been read already.
func (a *archive) jobs() unpack.Jobs {
	var jobs unpack.Jobs
	linkBytes := int64(0)
	for id := range a.tree.Nodes {
		n := &a.tree.Nodes[id]
		if n.Entry == tree.NoEntry {
			continue
		}
		e := &a.zip.Entries[n.Entry]
		if n.Kind == tree.Link {
			linkBytes += e.Size
			continue
		}
		if n.Kind == tree.Dir && e.Size == 0 && e.CompressedSize == 0 && e.CRC32 == 0 {
			continue
		}
		jobs.Nodes = append(jobs.Nodes, int32(id))
	}
	if a.config.Progress != nil {
		total := int64(len(a.zip.Entries))
		others := total - int64(len(jobs.Nodes))
		jobs.Progress = func(done, bytes int64) {
			a.config.Progress(config.Done{Entries: others + done, TotalEntries: total, Bytes: linkBytes + bytes,
				TotalBytes: a.zip.Size})
		}
	}
	return jobs
}

// meta is what concerns the file of entry i.
func (a *archive) meta(i int32) unpack.Meta {
	e := &a.zip.Entries[i]
	return unpack.Meta{Size: e.Size, Modified: e.Modified,
		Executable: a.config.KeepExecutable && e.Mode&0o111 != 0}
}
