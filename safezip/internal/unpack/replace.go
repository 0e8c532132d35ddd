package unpack

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"unicode/utf8"

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
//	old, perhaps tree, no list          the top is stripped, or   remove
//	                                    all that is kept has moved
//	list, tree is the new one           before the exchange       remove
//	list, tree is the old one           after the exchange        rename tree to old, go on as below
//	list, old, tree, no directory       between two renames       put tree in its place, go on
//	list, old                           what is kept moves        move the rest, remove
//
// Of several operations that replace one directory, one after the other has a list: what one moves
// to the directory by its name must not go to what another one is about to remove.
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

// A keepList is what a stage says of its replacement. As long as it is there and the stage is
// locked, the replacement is under way, and no other one of the same directory is.
type keepList struct {
	Base    string // of the directory in the stage's parent
	Raw     []byte `json:",omitempty"` // in the place of Base, for a name that is not UTF-8
	Keep    []string
	DirMode fs.FileMode
	New     uint64 // file numbers of the new tree and the old one
	Old     uint64
}

// errReplacing says that another operation replaces the directory just now.
var errReplacing = errors.New("safezip: another operation replaces the directory")

// Why a directory is not replaced.
var (
	errMounted    = errors.New("a file system is mounted there: unmount it, or keep a directory around it")
	errMountPoint = errors.New("a file system is mounted there, and cannot be moved: ExtractRoot unpacks into it")
)

// commit exchanges the tree of s and the directory, and moves what is kept. After an error both are
// as they were, and the stage can be undone; after errReplacing it can be tried again.
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
	if err := writeKeepList(s.parent, s.name, l, durable); err != nil {
		return nil, err
	}
	if err := r.alone(s, l); err != nil {
		return nil, Also(err, s.parent.Remove(s.in(keepName)))
	}
	if r.Missing, err = checkKept(s.parent, s.base, s.in(treeName), l.Keep); err != nil {
		return nil, err
	}
	if err := checkMounts(s.parent, s.base, l.Keep); err != nil {
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

// commitNew puts the tree of s where there is no directory.
func (r *Replacement) commitNew(s *stage, durable bool) (left, err error) {
	switch others, err := replacing(s.parent, s.base, s.name); {
	case err != nil:
		return nil, err
	case others: // Between two renames, there is none.
		return nil, errReplacing
	}
	r.Missing = r.Keep
	left, err = s.commit(durable)
	if errors.Is(err, fs.ErrExist) {
		err = errReplacing // Another operation has just made it.
	}
	return left, err
}

// alone returns errReplacing unless the stage is the only one that replaces its directory. Each has
// written its list before it looks for those of others, so of two at least one sees the other; and
// what one has begun before the list was written, it has ended: the directory is another one then.
func (r *Replacement) alone(s *stage, l keepList) error {
	others, err := replacing(s.parent, s.base, s.name)
	if err != nil {
		return err
	}
	if others {
		return errReplacing
	}
	switch number, err := fileNumber(s.parent, s.base); {
	case errors.Is(err, fs.ErrNotExist) || err == nil && number != l.Old:
		return errReplacing
	case err != nil:
		return err
	}
	return nil
}

// replacing reports whether a stage other than the named one replaces the directory base and is in
// use.
func replacing(parent *os.Root, base, except string) (bool, error) {
	entries, err := fs.ReadDir(parent.FS(), ".")
	if err != nil {
		return false, err
	}
	for _, entry := range entries {
		name := entry.Name()
		if !isStageName(name) || name == except {
			continue
		}
		if l, err := readKeepList(parent, name); err != nil || l.Base != base {
			continue
		}
		lock, err := lockFile(parent, name+"/"+lockName)
		if errors.Is(err, errLocked) {
			return true, nil
		}
		if err == nil {
			_ = lock.Close() // Nothing was written to it. Its process is gone.
		}
	}
	return false, nil
}

// exchange puts the tree of s in the place of the directory, and the directory into s, in one step
// where the system can.
func exchange(s *stage) error {
	switch err := exchangeNames(s.parent, s.in(treeName), s.base); {
	case err == nil:
		if err := s.parent.Rename(s.in(treeName), s.in(oldName)); err != nil {
			return s.orAbandon(err, exchangeNames(s.parent, s.in(treeName), s.base))
		}
		return nil
	case !errors.Is(err, errors.ErrUnsupported):
		return err
	}
	if err := s.parent.Rename(s.base, s.in(oldName)); err != nil {
		return err
	}
	if err := s.parent.Rename(s.in(treeName), s.base); err != nil {
		return s.orAbandon(err, s.parent.Rename(s.in(oldName), s.base))
	}
	return nil
}

// orAbandon is the error of a step that was taken back, or could not be: then the old tree is in
// the stage.
func (s *stage) orAbandon(err, back error) error {
	if back != nil {
		back = s.abandon(back)
	}
	return Also(err, back)
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
	if others, err := replacing(parent, l.Base, name); err != nil {
		return err
	} else if others {
		return errLocked
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
	if !utf8.ValidString(l.Base) {
		l.Base, l.Raw = "", []byte(l.Base)
	}
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
	if len(l.Raw) > 0 {
		l.Base = string(l.Raw)
	}
	if l.Base != filepath.Base(l.Base) || l.Base == "." || !filepath.IsLocal(l.Base) {
		return l, errors.New("the list names no directory beside the stage")
	}
	for _, p := range l.Keep {
		if p == "." || !fs.ValidPath(p) {
			return l, errors.New("the list names a path that leads elsewhere")
		}
	}
	return l, nil
}
