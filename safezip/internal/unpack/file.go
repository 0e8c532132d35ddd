package unpack

import (
	"os"

	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A Filler unpacks the data of entries. It belongs to one goroutine.
type Filler interface {
	// Fill passes the unpacked bytes of an entry to sink, and checks them. An error of sink ends
	// it and is returned. An error of reading the archive says so by itself.
	Fill(entry int32, sink func([]byte) error) error
}

// writer makes files of entries. It belongs to one goroutine.
type writer struct {
	crew   *crew
	filler Filler
	dirs   *dirs
	entry  int64    // being written
	file   *os.File // of that entry
}

// do writes, or only checks, the entry of one node.
func (w *writer) do(id int32) error {
	n := &w.crew.build.work.Tree.Nodes[id]
	w.entry = int64(n.Entry)
	if n.Kind != tree.File || !n.Wanted {
		return w.filler.Fill(n.Entry, w.drop)
	}
	return w.crew.build.failedAt(id, w.write(n))
}

// write creates the file of a node and fills it. The name is new (O_EXCL) and is no link, whatever
// else happens in the directory.
func (w *writer) write(n *tree.Node) (err error) {
	work, meta := &w.crew.build.work, w.crew.build.work.Meta(n.Entry)
	dir, err := w.dirs.get(n.Parent)
	if err != nil {
		return err
	}
	mode := work.FileMode
	if meta.Executable {
		mode |= 0o111
	}
	if w.file, err = dir.OpenFile(n.Name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode); err != nil {
		return err
	}
	n.Made = true
	err = w.filler.Fill(n.Entry, w.keep)
	if err == nil && work.Sync {
		err = w.file.Sync()
	}
	if closeErr := w.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && work.KeepTimes && Plausible(meta.Modified) {
		err = dir.Chtimes(n.Name, meta.Modified, meta.Modified)
	}
	return err
}

// keep and drop are where unpacked bytes go.
func (w *writer) keep(b []byte) error {
	if err := w.drop(b); err != nil {
		return err
	}
	_, err := w.file.Write(b)
	return err
}

func (w *writer) drop(b []byte) error {
	if w.crew.failed.Load() < w.entry {
		return errSuperseded
	}
	w.crew.doneBytes.Add(int64(len(b)))
	return nil
}
