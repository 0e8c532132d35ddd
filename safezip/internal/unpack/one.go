package unpack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// The methods below make nodes one by one, for an archive that is read in one pass: the tree grows
// while it is made. Links still come last, by [Build.Links].

// SetRoot takes note that the tree has another root than old, below which nothing has been made.
func (b *Build) SetRoot(old int32) {
	nodes := b.work.Tree.Nodes
	nodes[b.work.Tree.Root].Made, nodes[old].Made = nodes[old].Made, false
}

// Strip makes a directory at the top of the tree its root, on disk too. Nothing may have been made
// beside it. The place must be a new directory, or one to be replaced.
func (b *Build) Strip(top int32) error {
	t := b.work.Tree
	place, ok := b.work.Place.(*newDir)
	if !ok {
		return fmt.Errorf("%s: stripping the top directory: %w", b.work.Op, errors.ErrUnsupported)
	}
	t.Root = t.Nodes[top].Parent
	if err := b.Dir(top); err != nil {
		return err
	}
	b.own.close()
	if err := place.stage.strip(t.Nodes[top].Name); err != nil {
		return b.failedAt(top, err)
	}
	old := t.Root
	t.Root, b.root = top, place.stage.tree
	b.own = newDirs(t, b.root, 1+b.work.Workers)
	b.SetRoot(old)
	return nil
}

// Dir makes a directory and those above it, as far as they have not been made.
func (b *Build) Dir(id int32) error {
	n := &b.work.Tree.Nodes[id]
	if id == b.work.Tree.Root || n.Made {
		return nil
	}
	if err := b.Dir(n.Parent); err != nil {
		return err
	}
	return b.make(id, func(dir *os.Root, name string) error { return dir.Mkdir(name, b.work.DirMode) })
}

// File makes a file and has fill write its data.
func (b *Build) File(id int32, meta Meta, fill func(f *os.File) error) error {
	if err := b.Dir(b.work.Tree.Nodes[id].Parent); err != nil {
		return err
	}
	return b.make(id, func(dir *os.Root, name string) error {
		mode := b.work.FileMode
		if meta.Executable {
			mode |= 0o111
		}
		// The name is new (O_EXCL) and is no link, whatever else happens in the directory.
		f, err := dir.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if err != nil {
			return err
		}
		b.work.Tree.Nodes[id].Made = true
		err = fill(f)
		if err == nil && b.work.Sync {
			err = f.Sync()
		}
		if closeErr := f.Close(); err == nil {
			err = closeErr
		}
		if err == nil && b.work.KeepTimes && Plausible(meta.Modified) {
			err = dir.Chtimes(name, meta.Modified, meta.Modified)
		}
		return err
	})
}

// HardLink makes a node another name of a file that was made before.
func (b *Build) HardLink(id, target int32) error {
	t := b.work.Tree
	if err := b.Dir(t.Nodes[id].Parent); err != nil {
		return err
	}
	return b.make(id, func(dir *os.Root, name string) error {
		if err := b.root.Link(t.PathOnDisk(target), t.PathOnDisk(id)); err != nil {
			return err
		}
		t.Nodes[id].Made = true
		info, err := dir.Lstat(name)
		if err == nil && !info.Mode().IsRegular() {
			err = &fs.PathError{Op: "link", Path: name, Err: errors.New("the file was exchanged for something else")}
		}
		return err
	})
}

// Parents makes the directories in which links are to be.
func (b *Build) Parents(links map[int32]string) error {
	for id := range links {
		if n := &b.work.Tree.Nodes[id]; n.Wanted && n.Kind == tree.Link {
			if err := b.Dir(n.Parent); err != nil {
				return err
			}
		}
	}
	return nil
}
