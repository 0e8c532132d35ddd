package unpack

import (
	"errors"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// dirs holds open the directories that were used last, each below the one that contains it. A file
// is created by its last component in its own directory, so a path is never walked again, and no
// component of one can have become a link in between. It belongs to one goroutine.
type dirs struct {
	tree *tree.Tree
	root *os.Root // of the tree; not ours to close
	open []openDir
	most int // how many to hold open
}

type openDir struct {
	id   int32
	root *os.Root
}

// openDirs is how many directories all workers together hold open. Services run with descriptor
// limits of about a thousand.
const openDirs = 128

func newDirs(t *tree.Tree, root *os.Root, workers int) *dirs {
	return &dirs{tree: t, root: root, most: max(openDirs/workers, 2)}
}

// get returns the directory of a node. It stays open until two others have been asked for.
func (d *dirs) get(id int32) (*os.Root, error) {
	if id == d.tree.Root {
		return d.root, nil
	}
	for i, o := range d.open {
		if o.id == id {
			d.first(i)
			return o.root, nil
		}
	}
	parent, err := d.get(d.tree.Nodes[id].Parent)
	if err != nil {
		return nil, err
	}
	root, err := openDirectory(parent, d.tree.Nodes[id].Name)
	if err != nil {
		return nil, err
	}
	if len(d.open) == d.most {
		last := d.open[len(d.open)-1]
		d.open = d.open[:len(d.open)-1]
		if err := last.root.Close(); err != nil {
			_ = root.Close() // The first error is the one to report.
			return nil, err
		}
	}
	d.open = append(d.open, openDir{id, root})
	d.first(len(d.open) - 1)
	return root, nil
}

// first moves the directory that is the i-th to the front, as the one that was used last.
func (d *dirs) first(i int) {
	o := d.open[i]
	copy(d.open[1:i+1], d.open[:i])
	d.open[0] = o
}

// openDirectory opens a directory below parent, and nothing but a directory: os.Root follows a link
// that stays within it, and another program could have put one there, to a directory whose content
// is not ours.
func openDirectory(parent *os.Root, name string) (*os.Root, error) {
	root, err := parent.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	opened, err := root.Stat(".")
	if err == nil {
		var there fs.FileInfo
		if there, err = parent.Lstat(name); err == nil && !os.SameFile(opened, there) {
			err = &fs.PathError{Op: "open", Path: name,
				Err: errors.New("the directory was exchanged for something else")}
		}
	}
	if err != nil {
		return nil, Also(err, root.Close())
	}
	return root, nil
}

// close closes them all.
func (d *dirs) close() {
	for _, o := range d.open {
		_ = o.root.Close() // Only read from; there is nothing to lose.
	}
	d.open = nil
}
