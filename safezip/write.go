package safezip

import (
	"os"
	"time"

	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// writer makes files of entries. It belongs to one goroutine.
type writer struct {
	*crew
	inflater *inflater
	dirs     *dirs
	entry    int64    // being written
	file     *os.File // of that entry
}

// do writes, or only checks, the entry of one node.
func (w *writer) do(id int32) error {
	n := &w.nodes[id]
	e := &w.archive.Entries[n.entry]
	w.entry = int64(n.entry)
	if n.kind != kindFile || !n.wanted {
		return w.inflater.inflate(e, w.drop)
	}
	return w.failedAt(id, w.write(n, e))
}

// write creates the file of a node and fills it. The name is new (O_EXCL) and is no link, whatever
// else happens in the directory.
func (w *writer) write(n *node, e *zipscan.Entry) (err error) {
	dir, err := w.dirs.get(n.parent)
	if err != nil {
		return err
	}
	mode := w.fileMode
	if w.keepExecutable && e.Mode&0o111 != 0 {
		mode |= 0o111
	}
	if w.file, err = dir.OpenFile(n.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode); err != nil {
		return err
	}
	n.made = true
	err = w.inflater.inflate(e, w.keep)
	if err == nil && w.sync {
		err = w.file.Sync()
	}
	if closeErr := w.file.Close(); err == nil {
		err = closeErr
	}
	if err == nil && w.keepTimes && plausible(e.Modified) {
		err = dir.Chtimes(n.name, e.Modified, e.Modified)
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
	if w.failed.Load() < w.entry {
		return errSuperseded
	}
	w.doneBytes.Add(int64(len(b)))
	return nil
}

// plausible reports whether a time from an archive may be put on a file: between 1980 and a day
// from now.
func plausible(t time.Time) bool {
	return t.Year() >= 1980 && t.Before(time.Now().Add(24*time.Hour))
}
