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

// tryLock takes the lock of a staging directory without waiting. The system gives it up when the
// file is closed, and when the process ends, however it ends.
func tryLock(f *os.File) error {
	conn, err := f.SyscallConn()
	if err != nil {
		return err
	}
	var lockErr error
	if err := conn.Control(func(fd uintptr) {
		lockErr = syscall.Flock(int(fd),
			syscall.LOCK_EX|syscall.LOCK_NB)
	}); err != nil {
		return err
	}
	switch {
	case errors.Is(lockErr, syscall.EWOULDBLOCK):
		return errLocked
	case errors.Is(lockErr, syscall.ENOTSUP), errors.Is(lockErr, syscall.ENOSYS), errors.Is(lockErr, syscall.ENOLCK):
		// A file system without locks: RemoveStale finds no lock to take there and leaves the
		// directory alone.
		return nil
	}
	return lockErr
}

// ownedByUs reports whether the file belongs to the user that this process acts for.
func ownedByUs(info fs.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	return ok && int64(stat.Uid) == int64(os.Geteuid())
}
