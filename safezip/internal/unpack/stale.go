package unpack

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// stagePattern is the form of a staging directory's name: a dot, the start of the directory's name,
// the mark, and random text of 26 letters and digits of base 32.
var stagePattern = regexp.MustCompile(`^\.[^/]{0,64}` + regexp.QuoteMeta(stageMark) + `[A-Z2-7]{26}$`)

// RemoveStale removes the stages that killed processes have left beside dir; safezip.RemoveStale
// says which.
func RemoveStale(op, dir string, age time.Duration) (int, error) {
	if !staleSupported {
		return 0, fmt.Errorf("%s: %w", op, errors.ErrUnsupported)
	}
	parent, err := os.OpenRoot(filepath.Dir(filepath.Clean(dir)))
	if err != nil {
		return 0, fmt.Errorf("%s: %w", op, err)
	}
	defer func() { _ = parent.Close() }() // Nothing was written through it.
	entries, err := fs.ReadDir(parent.FS(), ".")
	if err != nil {
		return 0, fmt.Errorf("%s: %w", op, err)
	}
	removed := 0
	var problems error
	for _, entry := range entries {
		if !stagePattern.MatchString(entry.Name()) {
			continue
		}
		gone, err := removeStage(parent, entry.Name(), age)
		if gone {
			removed++
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, errLocked) {
			problems = Also(problems, fmt.Errorf("%s: %w", op, err))
		}
	}
	return removed, problems
}

// removeStage removes one staging directory if it is ours and stale. It holds the lock meanwhile,
// so that of two processes that clean up only one does.
func removeStage(parent *os.Root, name string, age time.Duration) (gone bool, err error) {
	info, err := parent.Lstat(name)
	if err != nil || !info.IsDir() || info.Mode().Perm() != stageMode || !ownedByUs(info) ||
		time.Since(info.ModTime()) < age {
		return false, err
	}
	inside := name + "/" + lockName
	if info, err := parent.Lstat(inside); err != nil || !info.Mode().IsRegular() || !ownedByUs(info) {
		return false, err
	}
	lock, err := parent.OpenFile(inside, os.O_RDWR, 0)
	if err != nil {
		return false, err
	}
	defer func() { _ = lock.Close() }() // Nothing was written to it.
	if err := tryLock(lock); err != nil {
		return false, err
	}
	if err := parent.RemoveAll(name); err != nil {
		return false, err
	}
	return true, nil
}
