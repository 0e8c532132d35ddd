//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package regexset

import "syscall"

// probe asks the system for address space, with writable for memory that may be used, and gives it
// back at once. RE2 would ask for the same and panic if it is refused, at worst while it holds a
// lock.
func probe(n int64, writable bool) error {
	protection := syscall.PROT_NONE
	if writable {
		protection = syscall.PROT_READ | syscall.PROT_WRITE
	}
	b, err := syscall.Mmap(-1, 0, int(n), protection, syscall.MAP_PRIVATE|syscall.MAP_ANON)
	if err != nil {
		return err
	}
	return syscall.Munmap(b)
}
