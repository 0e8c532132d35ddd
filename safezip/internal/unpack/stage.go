package unpack

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A stage is the place where an archive is unpacked before anyone sees it: a directory of mode 0700
// beside the one to be, in which the tree grows. When all has been checked and written, one rename
// puts the tree in its place; until then undo removes everything. The stage is reached through an
// open directory (os.Root), so that exchanging a directory on the way there by a link does not lead
// it elsewhere.
//
// A process can be killed at any moment, and RemoveStale must then know what it finds. So the lock
// is the first thing in a stage and the last to go: the process that gets the lock removes the
// stage, and a stage without a lock is empty.
type stage struct {
	parent *os.Root
	name   string   // of the staging directory in parent
	base   string   // of the directory to be in parent
	lock   *os.File // held while this process works; see RemoveStale
	tree   *os.Root // what becomes that directory
	left   bool     // for RemoveStale: it holds what must not be lost
}

const (
	stageMark  = ".safezip-" // between the name and the random part of a staging directory
	treeName   = "tree"      // what is built
	lockName   = "lock"
	stageMode  = 0o700
	lockMode   = 0o600
	maxStaging = 64 // bytes of the directory's own name that the staging directory's repeats
)

// newDir is a directory that does not exist yet, or one to be replaced.
type newDir struct {
	dir     string
	replace *Replacement // nil for a directory that must not exist
	stage   *stage
}

var errNoDirectory = errors.New("not a directory, or a link to one")

// NewDir returns the place that is a new directory. It appears with all that is in it or not at
// all.
func NewDir(dir string) Place { return &newDir{dir: dir} }

// Check says that the directory cannot be made because it exists or has no parent.
func (d *newDir) Check(op string) error {
	if d.dir == "" {
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: d.dir, Err: fs.ErrInvalid})
	}
	// With a slash after it, the name of a link is that of the directory to which it leads.
	clean := filepath.Clean(d.dir)
	switch info, err := os.Lstat(clean); {
	case err == nil && d.replace != nil && info.IsDir():
	case err == nil && d.replace != nil:
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "replace", Path: d.dir, Err: errNoDirectory})
	case err == nil:
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: d.dir, Err: fs.ErrExist})
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", op, err)
	}
	info, err := os.Stat(filepath.Dir(clean))
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: d.dir, Err: errors.New("its parent is not a directory")}
	}
	if err != nil {
		return fmt.Errorf("%s: the directory's parent must exist: %w", op, err)
	}
	return nil
}

func (d *newDir) begin(mode fs.FileMode) (*os.Root, bool, error) {
	if d.replace != nil {
		if err := finishReplacements(d.dir); err != nil {
			return nil, false, err
		}
	}
	s, err := openStage(d.dir, mode)
	if err != nil {
		return nil, false, err
	}
	d.stage = s
	return s.tree, true, nil
}

func (d *newDir) undo(*tree.Tree) error { return d.stage.undo() }

func (d *newDir) commit(durable bool) (left, err error) {
	if d.replace != nil {
		switch info, err := d.stage.parent.Lstat(d.stage.base); {
		case err == nil && info.IsDir():
			return d.replace.commit(d.stage, durable)
		case err == nil: // It came while the archive was unpacked.
			return nil, &fs.PathError{Op: "replace", Path: d.stage.base, Err: errNoDirectory}
		case !errors.Is(err, fs.ErrNotExist):
			return nil, err
		}
		return d.replace.commitNew(d.stage, durable)
	}
	return d.stage.commit(durable)
}

// openStage makes the staging directory for dir. On an error nothing is left of it.
func openStage(dir string, mode fs.FileMode) (s *stage, err error) {
	dir = filepath.Clean(dir)
	s = &stage{base: filepath.Base(dir)}
	if s.parent, err = os.OpenRoot(filepath.Dir(dir)); err != nil {
		return nil, err
	}
	short := strings.ToValidUTF8(s.base[:min(len(s.base), maxStaging)], "")
	s.name = "." + short + stageMark + rand.Text()
	if err = s.parent.Mkdir(s.name, stageMode); err != nil {
		return nil, Also(err, s.parent.Close())
	}
	if s.lock, err = s.parent.OpenFile(s.in(lockName), os.O_RDWR|os.O_CREATE|os.O_EXCL, lockMode); err == nil {
		err = tryLock(s.lock)
	}
	if err == nil || errors.Is(err, errNoLocks) {
		err = s.parent.Mkdir(s.in(treeName), mode)
	}
	if err == nil {
		s.tree, err = s.parent.OpenRoot(s.in(treeName))
	}
	if err != nil {
		return nil, Also(err, s.undo())
	}
	return s, nil
}

// in is the path of what is called name in the stage, from the parent.
func (s *stage) in(name string) string { return s.name + "/" + name }

// strip makes the directory top of the tree, which holds all that is in it, the tree. Wherever the
// process is killed, the stage holds the parts that RemoveStale knows.
func (s *stage) strip(top string) error {
	if err := s.tree.Close(); err != nil {
		return err
	}
	if err := s.parent.Rename(s.in(treeName), s.in(oldName)); err != nil {
		return err
	}
	if err := s.parent.Rename(s.in(oldName)+"/"+top, s.in(treeName)); err != nil {
		return err
	}
	if err := s.parent.Remove(s.in(oldName)); err != nil {
		return err
	}
	tree, err := s.parent.OpenRoot(s.in(treeName))
	if err == nil {
		s.tree = tree
	}
	return err
}

// closeTree has the tree reach the disk, if it is to, and lets go of it. The second time it does
// nothing.
func (s *stage) closeTree(durable bool) error {
	tree := s.tree
	if tree == nil {
		return nil
	}
	s.tree = nil
	if durable {
		if err := syncDir(tree); err != nil {
			return Also(err, tree.Close())
		}
	}
	return tree.Close()
}

// commit puts the tree in its place. After an error the stage can still be undone.
func (s *stage) commit(durable bool) (left, err error) {
	// Rename replaces an empty directory, so that one that has appeared since the start is looked
	// for once more. One that appears between these two lines is replaced if it is empty, and is an
	// error otherwise: no content is lost either way.
	if _, err := s.parent.Lstat(s.base); !errors.Is(err, fs.ErrNotExist) {
		return nil, &fs.PathError{Op: "rename", Path: s.base, Err: fs.ErrExist}
	}
	if err := s.closeTree(durable); err != nil {
		return nil, err
	}
	if err := s.parent.Rename(s.in(treeName), s.base); err != nil {
		return nil, err
	}
	if durable {
		if err := syncDir(s.parent); err != nil {
			return nil, Also(err, s.parent.Rename(s.base, s.in(treeName))) // Back to where undo finds it.
		}
	}
	return s.remove(), nil
}

// undo removes the stage and all that is in it. It follows no link.
func (s *stage) undo() error {
	if s.tree != nil {
		_ = s.tree.Close() // Nothing was written through it that is wanted any more.
	}
	if s.left {
		_ = s.lock.Close()
		return s.parent.Close()
	}
	return s.remove()
}

// remove removes the stage, whatever is in it, and lets go of everything.
func (s *stage) remove() error {
	err := removeStage(s.parent, s.name, s.lock)
	return Also(err, s.parent.Close())
}

// removeStage removes a stage whose lock is held, the lock last, and closes the lock.
func removeStage(parent *os.Root, name string, lock *os.File) error {
	err := func() error {
		// Without the list, a stage whose process is killed is removed whatever it holds, and no other
		// replacement waits for the rest of this.
		for _, part := range []string{keepName, keepName + newSuffix, treeName, oldName} {
			if err := parent.RemoveAll(name + "/" + part); err != nil {
				return err
			}
		}
		if lock != nil {
			// On some systems an open file cannot be removed; there the lock means nothing.
			if !staleSupported {
				_ = lock.Close()
			}
			if err := parent.Remove(name + "/" + lockName); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		return parent.Remove(name)
	}()
	if lock != nil {
		_ = lock.Close() // Nothing was written to it. The lock goes with it.
	}
	if err != nil {
		return fmt.Errorf("the staging directory %s is left behind: %w", limits.Quote(name), err)
	}
	return nil
}
