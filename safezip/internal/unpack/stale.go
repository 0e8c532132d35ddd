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

// isStageName reports whether a name has the form of a stage's: a dot, the start of the directory's
// name, the mark, and random text of 26 letters and digits of base 32.
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
		if !isStageName(entry.Name()) {
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
