package unpack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// A Replacement puts a new tree in the place of a directory and moves some paths of the old tree
// into it. The new tree and the old one change places in one step; from then on the stage holds the
// old tree, and with it what is to be kept. A process can be killed before that has been moved. So
// before the exchange the stage gets a list: which directory it is for, what is kept, and which of
// two directories the new one is. A process that finds the stage later reads the list, sees by the
// directory in the stage whether the exchange has happened, and finishes it, or removes a new tree
// that never came into use.
//
//	stage holds                         state                     what settles it
//	tree, no list                       being built               remove
//	old, perhaps tree, no list          the top is stripped       remove
//	list, tree is the new one           before the exchange       remove
//	list, tree is the old one           after the exchange        rename tree to old, go on as below
//	list, old, tree, no directory       between two renames       put tree in its place, go on
//	list, old                           what is kept moves        move the rest, remove
type Replacement struct {
	Keep    []string    // slash-separated paths of the old tree
	DirMode fs.FileMode // of directories that lead to them and that the new tree does not have
	Missing []string    // of Keep: those that the old tree did not have
}

// Replaced returns the place that is a directory, new or to be replaced.
func Replaced(dir string, r *Replacement) Place { return &newDir{dir: dir, replace: r} }

const (
	oldName   = "old"  // the tree that was replaced
	keepName  = "keep" // the list
	newSuffix = ".new" // of a list that is being written
	// maxKeepList bounds the list that is read.
	maxKeepList = 16 << 20
)

// A keepList is what a stage says of its replacement.
type keepList struct {
	Base    string // of the directory in the stage's parent
	Keep    []string
	DirMode fs.FileMode
	New     uint64 // file numbers of the new tree and the old one
	Old     uint64
}

// commit exchanges the tree of s and the directory, and moves what is kept. After an error both are
// as they were, and the stage can be undone.
func (r *Replacement) commit(s *stage, durable bool) (left, err error) {
	if err := s.closeTree(durable); err != nil {
		return nil, err
	}
	l := keepList{Base: s.base, Keep: r.Keep, DirMode: r.DirMode}
	if l.New, err = fileNumber(s.parent, s.in(treeName)); err != nil {
		return nil, err
	}
	if l.Old, err = fileNumber(s.parent, s.base); err != nil {
		return nil, err
	}
	if r.Missing, err = checkKept(s.parent, s.base, s.in(treeName), l.Keep); err != nil {
		return nil, err
	}
	if err := writeKeepList(s.parent, s.name, l, durable); err != nil {
		return nil, err
	}
	if err := exchange(s); err != nil {
		return nil, err
	}
	moved, err := moveKept(s.parent, s.in(oldName), s.base, l)
	if err == nil && durable {
		err = syncDir(s.parent)
	}
	if err != nil {
		return nil, Also(err, goBack(s, moved))
	}
	return s.remove(), nil
}

// exchange puts the tree of s in the place of the directory, and the directory into s, in one step
// where the system can.
func exchange(s *stage) error {
	switch err := exchangeNames(s.parent, s.in(treeName), s.base); {
	case err == nil:
		if err := s.parent.Rename(s.in(treeName), s.in(oldName)); err != nil {
			return Also(err, exchangeNames(s.parent, s.in(treeName), s.base))
		}
		return nil
	case !errors.Is(err, errors.ErrUnsupported):
		return err
	}
	if err := s.parent.Rename(s.base, s.in(oldName)); err != nil {
		return err
	}
	if err := s.parent.Rename(s.in(treeName), s.base); err != nil {
		return Also(err, s.parent.Rename(s.in(oldName), s.base))
	}
	return nil
}

// goBack undoes an exchange and what was moved after it.
func goBack(s *stage, moved []string) error {
	for _, p := range moved {
		if err := s.parent.Rename(s.base+"/"+p, s.in(oldName)+"/"+p); err != nil {
			return s.abandon(err)
		}
	}
	if err := s.parent.Rename(s.in(oldName), s.in(treeName)); err != nil {
		return s.abandon(err)
	}
	err := exchangeNames(s.parent, s.in(treeName), s.base)
	if errors.Is(err, errors.ErrUnsupported) {
		if err = s.parent.Rename(s.base, s.in(oldName)); err == nil {
			// Where a kill between the two leaves it, the old tree goes back to its place.
			err = s.parent.Rename(s.in(treeName), s.base)
		}
	}
	if err != nil {
		return s.abandon(err)
	}
	return nil
}

// abandon leaves the stage to RemoveStale: it holds the old tree, and undo must not remove it.
func (s *stage) abandon(err error) error {
	s.left = true
	return fmt.Errorf("the old directory is left in %s, where RemoveStale and the next Replace take up what it keeps: %w",
		limits.Quote(s.name), err)
}

// finishReplacement settles a stage, whose lock is held, if it has a list. Nothing that is kept is
// ever removed: what cannot be moved is an error, and the stage stays.
func finishReplacement(parent *os.Root, name string) error {
	l, err := readKeepList(parent, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // A stage that was being built.
	}
	if err != nil {
		return fmt.Errorf("the staging directory %s has a list that cannot be read: %w", limits.Quote(name), err)
	}
	tree, old := name+"/"+treeName, name+"/"+oldName
	number, err := fileNumber(parent, tree)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	hasTree := err == nil
	_, err = parent.Lstat(old)
	hasOld := err == nil
	switch {
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	case !hasOld && (!hasTree || number == l.New):
		return nil // The exchange has not happened, or all is done.
	case !hasOld && number != l.Old:
		return fmt.Errorf("the staging directory %s holds a tree that is neither the new one nor the old",
			limits.Quote(name))
	case !hasOld:
		if err := parent.Rename(tree, old); err != nil {
			return err
		}
	case hasTree:
		if err := parent.Rename(tree, l.Base); err != nil {
			return fmt.Errorf("the staging directory %s holds a new tree whose place is taken: %w", limits.Quote(name), err)
		}
	}
	if _, err := moveKept(parent, old, l.Base, l); err != nil {
		return fmt.Errorf("the staging directory %s holds what is to be kept: %w", limits.Quote(name), err)
	}
	return nil
}

// checkKept looks for what is kept in the old tree, and for room for it in the new one, before
// anything changes. It returns those paths that the old tree does not have.
func checkKept(parent *os.Root, old, fresh string, keep []string) (missing []string, err error) {
	for _, p := range keep {
		switch there, err := isThere(parent, old, p); {
		case err != nil:
			return nil, err
		case !there:
			missing = append(missing, p)
			continue
		}
		switch there, err := isThere(parent, fresh, p); {
		case err != nil:
			return nil, err
		case there:
			return nil, &fs.PathError{Op: "rename", Path: limits.Quote(p), Err: fs.ErrExist}
		}
	}
	return missing, nil
}

// isThere reports whether there is something at path p below dir, whatever it is. It follows no
// link: one on the way there is an error.
func isThere(parent *os.Root, dir, p string) (bool, error) {
	var at strings.Builder
	at.WriteString(dir)
	components := strings.Split(p, "/")
	for i, component := range components {
		at.WriteString("/" + component)
		info, err := parent.Lstat(at.String())
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if i < len(components)-1 && !info.IsDir() {
			return false, &fs.PathError{Op: "keep", Path: limits.Quote(p),
				Err: errors.New("a component of the path is not a directory")}
		}
	}
	return true, nil
}

// moveKept moves what is kept and is still in the old tree into the directory. It returns what it
// has moved.
func moveKept(parent *os.Root, old, dir string, l keepList) (moved []string, err error) {
	for _, p := range l.Keep {
		there, err := isThere(parent, old, p)
		if err != nil {
			return moved, err
		}
		if !there {
			continue
		}
		if taken, err := isThere(parent, dir, p); err != nil {
			return moved, err
		} else if taken {
			return moved, &fs.PathError{Op: "rename", Path: limits.Quote(p), Err: fs.ErrExist}
		}
		if up := path.Dir(p); up != "." {
			if err := parent.MkdirAll(dir+"/"+up, l.DirMode); err != nil {
				return moved, err
			}
		}
		if err := parent.Rename(old+"/"+p, dir+"/"+p); err != nil {
			return moved, err
		}
		moved = append(moved, p)
	}
	return moved, nil
}

// writeKeepList puts the list into a stage, whole or not at all.
func writeKeepList(parent *os.Root, name string, l keepList, durable bool) error {
	text, err := json.Marshal(l)
	if err != nil {
		return err
	}
	fresh := name + "/" + keepName + newSuffix
	f, err := parent.OpenFile(fresh, os.O_WRONLY|os.O_CREATE|os.O_EXCL, lockMode)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil && durable {
		err = f.Sync()
	}
	if err := Also(err, f.Close()); err != nil {
		return err
	}
	return parent.Rename(fresh, name+"/"+keepName)
}

// readKeepList reads the list of a stage, and believes no word of it that would lead elsewhere.
func readKeepList(parent *os.Root, name string) (keepList, error) {
	var l keepList
	at := name + "/" + keepName
	info, err := parent.Lstat(at)
	if err != nil {
		return l, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxKeepList || !ownedByUs(info) {
		return l, errors.New("the list is no file of ours")
	}
	text, err := parent.ReadFile(at)
	if err != nil {
		return l, err
	}
	if err := json.Unmarshal(text, &l); err != nil {
		return l, err
	}
	if l.Base == "." || strings.ContainsAny(l.Base, `/\`) || !fs.ValidPath(l.Base) {
		return l, errors.New("the list names no directory beside the stage")
	}
	for _, p := range l.Keep {
		if p == "." || !fs.ValidPath(p) {
			return l, errors.New("the list names a path that leads elsewhere")
		}
	}
	return l, nil
}
