//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package unpack

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// staleSupported says that a killed process's lock can be told from a living one's.
const staleSupported = true

// errLocked says that a living process holds the lock.
var errLocked = errors.New("safezip: the staging directory is in use")

// errNoLocks says that the file system has no locks: RemoveStale leaves alone what is there.
var errNoLocks = errors.New("safezip: the file system has no locks")

// tryLock takes the lock of a staging directory without waiting. The system gives it up when the
// file is closed, and when the process ends, however it ends.
func tryLock(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var lockErr error
	if err := conn.Control(func(fd uintptr) {
		for {
			lockErr = syscall.Flock(int(fd), syscall.LOCK_EX|syscall.LOCK_NB)
			if !errors.Is(lockErr, syscall.EINTR) {
				return
			}
		}
	}); err != nil {
		return err
	}
	switch {
	case errors.Is(lockErr, syscall.EWOULDBLOCK):
		return errLocked
	case errors.Is(lockErr, syscall.ENOTSUP), errors.Is(lockErr, syscall.ENOSYS), errors.Is(lockErr, syscall.ENOLCK):
		return errNoLocks
	}
	return lockErr
}

// fileNumber tells the directory name from any other that is there at the same time. It follows no
// link.
func fileNumber(parent *os.Root, name string) (uint64, error) {
	info, err := parent.Lstat(name)
	if err != nil {
		return 0, err
	}
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, errors.ErrUnsupported
	}
	return uint64(stat.Ino), nil //nolint:unconvert,nolintlint // Not of this type on every system.
}

// ownedByUs reports whether the file belongs to the user that this process acts for.
func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int64(stat.Uid) == int64(os.Geteuid())
}
