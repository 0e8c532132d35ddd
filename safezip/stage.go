package safezip

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/seed73825598/airlock/limits"
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

// newDir is a target that does not exist yet.
type newDir string

// check says that the directory cannot be made because it exists or has no parent.
func (d newDir) check(op string) error {
	dir := string(d)
	if dir == "" {
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: dir, Err: fs.ErrInvalid})
	}
	switch _, err := os.Lstat(dir); {
	case err == nil:
		return fmt.Errorf("%s: %w", op, &fs.PathError{Op: "mkdir", Path: dir, Err: fs.ErrExist})
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s: %w", op, err)
	}
	info, err := os.Stat(filepath.Dir(filepath.Clean(dir)))
	if err == nil && !info.IsDir() {
		err = &fs.PathError{Op: "mkdir", Path: dir, Err: errors.New("its parent is not a directory")}
	}
	if err != nil {
		return fmt.Errorf("%s: the directory's parent must exist: %w", op, err)
	}
	return nil
}

// build makes the tree in a stage and puts it in its place. Whatever ends it but success, a panic
// included, undoes everything.
func (d newDir) build(x *extraction, cancel func()) (err error) {
	s, err := openStage(string(d), x.dirMode)
	if err != nil {
		return fmt.Errorf("%s: %w", x.op, err)
	}
	committed := false
	defer func() {
		if committed {
			return
		}
		err = also(err, s.undo())
	}()
	x.nodes[x.root].made = true
	if err := x.fillTree(s.tree, cancel); err != nil {
		return err
	}
	if err := x.budget.Err(); err != nil {
		return err
	}
	if err := s.commit(x.sync); err != nil {
		return fmt.Errorf("%s: putting %s in its place: %w", x.op, string(d), err)
	}
	committed = true
	return nil
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
		return nil, also(err, s.parent.Close())
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
		return nil, also(err, s.undo())
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
			return also(err, s.parent.Rename(s.base, inside)) // Back to where undo finds it.
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
		return also(fmt.Errorf("the staging directory %s is left behind: %w", limits.Quote(s.name), err),
			s.parent.Close())
	}
	return s.parent.Close()
}

// also puts a second error behind the first, if there is one, on the same line.
func also(err, second error) error {
	switch {
	case err == nil:
		return second
	case second == nil:
		return err
	}
	return fmt.Errorf("%w; %w", err, second)
}

// syncDir has the entries of a directory reach the disk.
func syncDir(root *os.Root) error {
	if runtime.GOOS == "windows" {
		// There a directory cannot be flushed; the file system's journal orders its entries.
		return nil
	}
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	return also(d.Sync(), d.Close())
}
