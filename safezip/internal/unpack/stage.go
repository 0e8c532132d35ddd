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
type stage struct {
	parent *os.Root
	name   string   // of the staging directory in parent
	base   string   // of the directory to be in parent
	lock   *os.File // held while this process works; see RemoveStale
	tree   *os.Root // what becomes that directory
}

const (
	stageMark  = ".safezip-" // between the name and the random part of a staging directory
	treeName   = "tree"
	lockName   = "lock"
	stageMode  = 0o700
	maxStaging = 64 // bytes of the directory's own name that the staging directory's repeats
)

// newDir is a directory that does not exist yet.
type newDir struct {
	dir   string
	stage *stage
}

// NewDir returns the place that is a new directory. It appears with all that is in it or not at all.
func NewDir(dir string) Place { return &newDir{dir: dir} }

// Check says that the directory cannot be made because it exists or has no parent.
func (d *newDir) Check(op string) error {
	if d.dir == "" {
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: d.dir, Err: fs.ErrInvalid})
	}
	switch _, err := os.Lstat(d.dir); {
	case err == nil:
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: d.dir, Err: fs.ErrExist})
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", op, err)
	}
	info, err := os.Stat(filepath.Dir(filepath.Clean(d.dir)))
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: d.dir, Err: errors.New("its parent is not a directory")}
	}
	if err != nil {
		return fmt.Errorf("%s: the directory's parent must exist: %w", op, err)
	}
	return nil
}

func (d *newDir) begin(mode fs.FileMode) (*os.Root, bool, error) {
	s, err := openStage(d.dir, mode)
	if err != nil {
		return nil, false, err
	}
	d.stage = s
	return s.tree, true, nil
}

func (d *newDir) commit(durable bool) error { return d.stage.commit(durable) }

func (d *newDir) undo(*tree.Tree) error { return d.stage.undo() }

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
	inside := s.name + "/" + treeName
	if s.lock, err = s.parent.OpenFile(s.name+"/"+lockName, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600); err == nil {
		err = tryLock(s.lock)
	}
	if err == nil {
		err = s.parent.Mkdir(inside, mode)
	}
	if err == nil {
		s.tree, err = s.parent.OpenRoot(inside)
	}
	if err != nil {
		return nil, Also(err, s.undo())
	}
	return s, nil
}

// commit puts the tree in its place. After an error the stage can still be undone.
func (s *stage) commit(durable bool) error {
	if durable {
		if err := syncDir(s.tree); err != nil {
			return err
		}
	}
	// Rename replaces an empty directory, so that one that has appeared since the start is looked
	// for once more. One that appears between these two lines is replaced if it is empty, and is an
	// error otherwise: no content is lost either way.
	if _, err := s.parent.Lstat(s.base); !errors.Is(err, fs.ErrNotExist) {
		return &fs.PathError{Op: "rename", Path: s.base, Err: fs.ErrExist}
	}
	if err := s.tree.Close(); err != nil {
		return err
	}
	inside := s.name + "/" + treeName
	if err := s.parent.Rename(inside, s.base); err != nil {
		return err
	}
	if durable {
		if err := syncDir(s.parent); err != nil {
			return Also(err, s.parent.Rename(s.base, inside)) // Back to where undo finds it.
		}
	}
	// The tree is in its place, and nobody is helped by an error about the directory that it came
	// from.
	_ = s.lock.Close()
	_ = s.parent.RemoveAll(s.name)
	_ = s.parent.Close()
	return nil
}

// undo removes the stage and all that is in it. It follows no link.
func (s *stage) undo() error {
	if s.tree != nil {
		// After a failed commit it is closed already; nothing was written through it.
		_ = s.tree.Close()
	}
	if s.lock != nil {
		// Nothing was written to it. On some systems an open file cannot be removed.
		_ = s.lock.Close()
	}
	if err := s.parent.RemoveAll(s.name); err != nil {
		return Also(fmt.Errorf("the staging directory %s is left behind: %w", limits.Quote(s.name), err),
			s.parent.Close())
	}
	return s.parent.Close()
}
