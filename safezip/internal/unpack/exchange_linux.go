package unpack

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// exchangeNames has two names below parent change places, in one step. Neither may be a path
// through a link. It is errors.ErrUnsupported where the file system cannot.
func exchangeNames(parent *os.Root, a, b string) error {
	dir, err := parent.Open(".")
	if err != nil {
		return err
	}
	defer func() { _ = dir.Close() }() // Only read from.
	conn, err := dir.SyscallConn()
	if err != nil {
		return err
	}
	var exchangeErr error
	if err := conn.Control(func(fd uintptr) {
		for {
			exchangeErr = unix.Renameat2(int(fd), a, int(fd), b, unix.RENAME_EXCHANGE)
			if !errors.Is(exchangeErr, unix.EINTR) {
				return
			}
		}
	}); err != nil {
		return err
	}
	switch {
	case exchangeErr == nil:
		return nil
	case errors.Is(exchangeErr, unix.ENOSYS), errors.Is(exchangeErr, unix.EINVAL), errors.Is(exchangeErr, unix.ENOTSUP):
		return errors.ErrUnsupported
	}
	return &os.LinkError{Op: "exchange", Old: a, New: b, Err: exchangeErr}
}
