package unpack

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// Work says what is to be made and how.
type Work struct {
	Op        string
	Budget    *limits.Budget
	Tree      *tree.Tree // accepted, and with a root
	Place     Place
	FileMode  fs.FileMode
	DirMode   fs.FileMode
	KeepTimes bool
	Sync      bool // every file and directory reaches the disk
	Workers   int  // how many goroutines make files, at most
	// Meta says of an entry what concerns its file.
	Meta func(entry int32) Meta
}

// Meta is what an archive says of one entry that concerns its file.
type Meta struct {
	Size       int64
	Modified   time.Time
	Executable bool // make it so
}

// A Build makes the nodes of a tree. It belongs to one goroutine.
type Build struct {
	work Work
	root *os.Root // of the tree
	own  *dirs
	made bool // for good
}

// Begin opens the place. After it, either Commit succeeds or Undo must be called.
func Begin(w Work) (*Build, error) {
	root, fresh, err := w.Place.begin(w.DirMode)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", w.Op, err)
	}
	w.Tree.Nodes[w.Tree.Root].Made = fresh
	return &Build{work: w, root: root, own: newDirs(w.Tree, root, 1+w.Workers)}, nil
}

// Dirs makes the directories, parents first.
func (b *Build) Dirs() error {
	t := b.work.Tree
	for id := range t.Nodes {
		if int32(id) == t.Root || !t.Nodes[id].Wanted || t.Nodes[id].Kind != tree.Dir {
			continue
		}
		if err := b.make(int32(id), func(dir *os.Root, name string) error {
			return dir.Mkdir(name, b.work.DirMode)
		}); err != nil {
			return err
		}
	}
	return nil
}

// Links makes the links.
func (b *Build) Links(targets map[int32]string) error {
	t := b.work.Tree
	for id := range t.Nodes {
		if t.Nodes[id].Kind != tree.Link || !t.Nodes[id].Wanted {
			continue
		}
		if err := b.make(int32(id), func(dir *os.Root, name string) error {
			return dir.Symlink(targets[int32(id)], name) //nolint:gosec // Nodes are counted in 32 bits.
		}); err != nil {
			return err
		}
	}
	return nil
}

// make makes one node with what is done in its directory.
func (b *Build) make(id int32, do func(dir *os.Root, name string) error) error {
	if err := b.work.Budget.Err(); err != nil {
		return err
	}
	n := &b.work.Tree.Nodes[id]
	dir, err := b.own.get(n.Parent)
	if err == nil {
		err = do(dir, n.Name)
	}
	if err != nil {
		return b.failedAt(id, err)
	}
	n.Made = true
	return nil
}

// Finish sets the times of directories and has them reach the disk, children first: making an entry
// changes its parent.
func (b *Build) Finish() error {
	if !b.work.Sync && !b.work.KeepTimes {
		return nil
	}
	t := b.work.Tree
	for id := t.Len() - 1; id >= 0; id-- {
		if n := &t.Nodes[id]; n.Kind != tree.Dir || !n.Made {
			continue
		}
		if err := b.finishDir(id); err != nil {
			return b.failedAt(id, err)
		}
	}
	return nil
}

// finishDir does that for one directory. The root reaches the disk when it is committed.
func (b *Build) finishDir(id int32) error {
	n := &b.work.Tree.Nodes[id]
	root, err := b.own.get(id)
	if err != nil {
		return err
	}
	if b.work.KeepTimes && n.Entry != tree.NoEntry {
		if t := b.work.Meta(n.Entry).Modified; Plausible(t) {
			if err := root.Chtimes(".", t, t); err != nil {
				return err
			}
		}
	}
	if b.work.Sync && root != b.root {
		return syncDir(root)
	}
	return nil
}

// Commit makes the tree final, after any other operation that replaces the same directory. Files
// that it could not remove afterwards are left: the tree is in its place all the same.
func (b *Build) Commit() (left, err error) {
	b.own.close()
	for {
		if err := b.work.Budget.Err(); err != nil {
			return nil, err
		}
		left, err = b.work.Place.commit(b.work.Sync)
		if !errors.Is(err, errReplacing) {
			break
		}
		time.Sleep(rand.N(longestPause)) //nolint:gosec // No secret: of two that wait, one comes first.
	}
	if err != nil {
		return nil, fmt.Errorf("%s: putting the directory in its place: %w", b.work.Op, err)
	}
	b.made = true
	return left, nil
}

// longestPause is how long Commit waits at most before it looks again whether another operation
// still replaces the directory.
const longestPause = 10 * time.Millisecond

// Missing lists the paths that were to be kept and that the replaced directory did not have.
func (b *Build) Missing() []string {
	if d, ok := b.work.Place.(*newDir); ok && d.replace != nil {
		return d.replace.Missing
	}
	return nil
}

// Undo removes what was made, unless it was committed.
func (b *Build) Undo() error {
	if b.made {
		return nil
	}
	b.own.close()
	return b.work.Place.undo(b.work.Tree)
}

// failedAt says at which name an error of the file system happened. A refusal has its place
// already, and the end of the budget or of the caller's context has none.
func (b *Build) failedAt(id int32, err error) error {
	if ended := b.work.Budget.Err(); ended != nil && errors.Is(err, ended) {
		return err
	}
	if err == nil || errors.Is(err, limits.ErrRefused) || errors.Is(err, errSuperseded) {
		return err
	}
	// The system's error would hold the name raw and whole.
	name := limits.Quote(b.work.Tree.PathOnDisk(id))
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", b.work.Op, &fs.PathError{Op: e.Op, Path: name, Err: e.Err})
	}
	if e, ok := errors.AsType[*os.LinkError](err); ok {
		return fmt.Errorf("%s: %w", b.work.Op, &fs.PathError{Op: e.Op, Path: name, Err: e.Err})
	}
	return fmt.Errorf("%s: writing %s: %w", b.work.Op, name, err)
}

// Plausible reports whether a time from an archive may be put on a file: between 1980 and a day
// from now.
func Plausible(t time.Time) bool {
	return t.Year() >= 1980 && t.Before(time.Now().Add(24*time.Hour))
}
