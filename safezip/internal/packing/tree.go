// Package packing reads the tree that is packed into an archive: a file system of the caller's,
// whose directories may be endless and whose files may change while they are read.
package packing

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"

	"github.com/seed73825598/airlock/limits"
)

// A Tree is what is packed.
type Tree struct {
	Op     string // the name of the operation, for errors
	FS     fs.FS
	Budget *limits.Budget // is charged for the names of directories
	Whole  bool           // all that a directory lists is packed, so Items bounds it
}

const (
	// batch is how many names of a directory are read at once.
	batch = 256
	// entryBytes is what a fs.DirEntry of a directory takes beside its name.
	entryBytes = 128
)

// ErrChanged is the reason not to pack a file that is not what it was when it was looked at.
var ErrChanged = errors.New("the file changed while it was packed")

// errDirChanged is the reason not to read a directory that is not the one that was looked at.
var errDirChanged = errors.New("the directory was exchanged for something else while it was packed")

// List reads a directory in parts, each of which is charged before the next is read, and sorts it.
// look is what was seen of it before, nil for the root: one that was exchanged since, for a link to
// another directory of the tree too, is not read. The memory that is held for it is given back by
// the caller, after an error as well.
func (t *Tree) List(dir string, look fs.FileInfo) (entries []fs.DirEntry, held int64, err error) {
	f, err := t.FS.Open(dir)
	if err != nil {
		return nil, 0, t.Failed("open", dir, err)
	}
	defer func() { _ = f.Close() }() // Only read from.
	if err := t.sameDir(dir, f, look); err != nil {
		return nil, 0, err
	}
	lister, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, 0, t.Failed("readdir", dir, errors.New("not implemented"))
	}
	for {
		if err := t.Budget.Spend(limits.Steps, 1); err != nil {
			return nil, held, err
		}
		part, err := lister.ReadDir(batch)
		for _, d := range part {
			if d.Name() == "" || path.Base(d.Name()) != d.Name() || d.Name() == ".." {
				return nil, held, t.Failed("readdir", dir, errors.New("a name in it is not one of a file"))
			}
			n := entryBytes + int64(len(d.Name()))
			if err := t.Budget.Hold(limits.MemoryBytes, n); err != nil {
				return nil, held, limits.At(err, dir)
			}
			held += n
		}
		entries = append(entries, part...)
		if t.Whole {
			if err := t.Budget.Fits(limits.Items, int64(len(entries))); err != nil {
				return nil, held, limits.At(err, dir)
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			slices.SortFunc(entries, func(x, y fs.DirEntry) int { return cmp.Compare(x.Name(), y.Name()) })
			return entries, held, nil
		case err != nil:
			return nil, held, t.Failed("readdir", dir, err)
		}
	}
}

// sameDir holds an opened directory against what was seen of it. Its size and time change with what
// is put into it, and are not compared.
func (t *Tree) sameDir(name string, f fs.File, look fs.FileInfo) error {
	if look == nil {
		return nil
	}
	now, err := f.Stat()
	switch {
	case err != nil:
		return t.Failed("stat", name, err)
	case !now.IsDir() || isOther(look, now):
		return t.Failed("readdir", name, errDirChanged)
	}
	return nil
}

// isOther reports another file than the one that was looked at, where the system can tell:
// os.SameFile knows the files of package os alone, and says of any other that they differ from
// themselves.
func isOther(look, now fs.FileInfo) bool { return os.SameFile(look, look) && !os.SameFile(look, now) }

// Same holds an opened file against what was seen of it before it was opened. It returns the type
// of the file, which is 0 of a regular one.
func (t *Tree) Same(name string, f fs.File, look fs.FileInfo) (fs.FileMode, error) {
	now, err := f.Stat()
	switch {
	case err != nil:
		return 0, t.Failed("stat", name, err)
	case !now.Mode().IsRegular():
		return now.Mode().Type(), nil
	case now.Size() != look.Size() || !now.ModTime().Equal(look.ModTime()) || isOther(look, now):
		return 0, t.Failed("read", name, ErrChanged)
	}
	return 0, nil
}

// Failed is an error of the caller's file system, whose own path would come raw and whole. A name
// that is not as it should be is quoted.
func (t *Tree) Failed(op, name string, err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err
	}
	if quoted := limits.Quote(name); quoted != `"`+name+`"` {
		name = quoted
	}
	return fmt.Errorf("%s: %w", t.Op, &fs.PathError{Op: op, Path: name, Err: err})
}

// Special names what is neither a file nor a directory.
func Special(t fs.FileMode) string {
	if t&fs.ModeSymlink != 0 {
		return "a symbolic link"
	}
	return "a device, FIFO or socket"
}
