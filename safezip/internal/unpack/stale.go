package unpack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// isStageName reports whether a name has the form of a stage's, or a spool's: a dot, the start of
// the directory's name, the mark, and random text of 26 letters and digits of base 32.
func isStageName(name string) bool {
	name, found := strings.CutPrefix(name, ".")
	i := strings.LastIndex(name, stageMark)
	if !found || i < 0 || i > maxStaging {
		return false
	}
	random := name[i+len(stageMark):]
	return len(random) == randomBytes && strings.Trim(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}

// randomBytes is the length of crypto/rand.Text.
const randomBytes = 26

// RemoveStale removes the stages that killed processes have left beside dir, or finishes them;
// safezip.RemoveStale says which.
func RemoveStale(op, dir string, age time.Duration) (int, error) {
	if !staleSupported {
		return 0, fmt.Errorf("%s: %w", op, errors.ErrUnsupported)
	}
	removed, err := eachStale(dir, func(parent *os.Root, name string, info fs.FileInfo) (bool, error) {
		if time.Since(info.ModTime()) < age {
			return false, nil
		}
		if info.Mode().IsRegular() {
			if !strings.HasPrefix(name, spoolPrefix) {
				return false, nil
			}
			return removeSpool(parent, name)
		}
		return settleStage(parent, name)
	})
	if err != nil {
		err = fmt.Errorf("%s: %w", op, err)
	}
	return removed, err
}

// finishReplacements finishes what a killed process has begun to replace in dir.
func finishReplacements(dir string) error {
	if !staleSupported {
		return nil
	}
	base := filepath.Base(filepath.Clean(dir))
	_, err := eachStale(dir, func(parent *os.Root, name string, info fs.FileInfo) (bool, error) {
		if !info.IsDir() {
			return false, nil
		}
		if l, err := readKeepList(parent, name); err != nil || l.Base != base {
			return false, nil // Not one of dir; RemoveStale looks at it.
		}
		return settleStage(parent, name)
	})
	return err
}

// eachStale calls f for what is ours beside dir, and returns how many times it was true. An error
// about one does not keep f from being called for the others.
func eachStale(dir string, f func(parent *os.Root, name string, info fs.FileInfo) (bool, error)) (int, error) {
	parent, err := os.OpenRoot(filepath.Dir(filepath.Clean(dir)))
	if err != nil {
		return 0, err
	}
	defer func() { _ = parent.Close() }() // Nothing was written through it.
	entries, err := fs.ReadDir(parent.FS(), ".")
	if err != nil {
		return 0, err
	}
	count := 0
	var problems error
	for _, entry := range entries {
		if !isStageName(entry.Name()) {
			continue
		}
		info, err := parent.Lstat(entry.Name())
		if err == nil && !isOurs(info) {
			continue
		}
		done := false
		if err == nil {
			done, err = f(parent, entry.Name(), info)
		}
		if done {
			count++
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errLocked) && !errors.Is(err, errNoLocks) {
			problems = Also(problems, err)
		}
	}
	return count, problems
}

// isOurs reports a directory or file with the owner and mode of a stage or spool.
func isOurs(info fs.FileInfo) bool {
	if !ownedByUs(info) {
		return false
	}
	return info.IsDir() && info.Mode().Perm() == stageMode || info.Mode().IsRegular() && info.Mode().Perm() == lockMode
}

// settleStage removes one stage of a process that is gone, or finishes the replacement that it
// holds the old tree of. It holds the lock meanwhile, so that of two processes that clean up only
// one does.
func settleStage(parent *os.Root, name string) (gone bool, err error) {
	inside := name + "/" + lockName
	switch info, err := parent.Lstat(inside); {
	case errors.Is(err, fs.ErrNotExist):
		// Killed before the first thing in it was made, or after the last was removed. A directory that
		// has no lock and is not empty is not ours.
		if err := parent.Remove(name); err != nil {
			return false, nil //nolint:nilerr // See above.
		}
		return true, nil
	case err != nil || !info.Mode().IsRegular() || !ownedByUs(info):
		return false, err
	}
	lock, err := lockFile(parent, inside)
	if err != nil {
		return false, err
	}
	if err := finishReplacement(parent, name); err != nil {
		_ = lock.Close() // Nothing was written to it.
		return false, err
	}
	return true, removeStage(parent, name, lock)
}

// removeSpool removes the copy of a stream that a process left which is gone.
func removeSpool(parent *os.Root, name string) (bool, error) {
	f, err := lockFile(parent, name)
	if err != nil {
		return false, err
	}
	defer func() { _ = f.Close() }() // Nothing was written to it.
	if err := parent.Remove(name); err != nil {
		return false, err
	}
	return true, nil
}

// lockFile opens a file that is there and locks it.
func lockFile(parent *os.Root, name string) (*os.File, error) {
	f, err := parent.OpenFile(name, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := tryLock(f); err != nil {
		_ = f.Close() // Nothing was written to it.
		return nil, err
	}
	return f, nil
}
