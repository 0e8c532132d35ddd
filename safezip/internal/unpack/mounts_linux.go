package unpack

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"github.com/seed73825598/airlock/limits"
)

// checkMounts refuses to replace a directory in which a file system is mounted: removing the old
// tree would empty that. One below a kept path moves with it. The kernel lists mounts in /proc,
// bind mounts among them; if /proc is not there, nothing is known and nothing is refused.
func checkMounts(parent *os.Root, base string, keep []string) error {
	dir, err := realPath(parent)
	if err != nil {
		return nil //nolint:nilerr // See above.
	}
	mounts, err := os.Open("/proc/self/mountinfo")
	if err != nil {
		return nil //nolint:nilerr // See above.
	}
	defer func() { _ = mounts.Close() }() // Only read from.
	switch at, err := mountWithin(mounts, strings.TrimSuffix(dir, "/")+"/"+base, keep); at {
	case "":
		return err
	case ".":
		return &fs.PathError{Op: "replace", Path: limits.Quote(base), Err: errMountPoint}
	default:
		return &fs.PathError{Op: "replace", Path: limits.Quote(at), Err: errMounted}
	}
}

// realPath returns where a directory is, without links.
func realPath(parent *os.Root) (at string, err error) {
	dir, err := parent.Open(".")
	if err != nil {
		return "", err
	}
	defer func() { _ = dir.Close() }() // Only read from.
	conn, err := dir.SyscallConn()
	if err != nil {
		return "", err
	}
	controlErr := conn.Control(func(fd uintptr) {
		at, err = os.Readlink("/proc/self/fd/" + strconv.FormatUint(uint64(fd), 10))
	})
	if err == nil {
		err = controlErr
	}
	return at, err
}

// mountWithin returns the first mount point that is dir, as ".", or lies in it but not below a path
// of keep, relative to dir. mounts is in the form of proc_pid_mountinfo(5), whose fifth field is
// the mount point.
func mountWithin(mounts io.Reader, dir string, keep []string) (string, error) {
	lines := bufio.NewReader(mounts)
	for {
		line, err := lines.ReadString('\n')
		if fields := strings.Fields(line); len(fields) >= 5 {
			at, within := strings.CutPrefix(unescapeMount(fields[4])+"/", dir+"/")
			if within && !isBelow(at, keep) {
				return path.Clean(at), nil
			}
		}
		if err == io.EOF {
			return "", nil
		}
		if err != nil {
			return "", fmt.Errorf("safezip: the mounted file systems cannot be listed: %w", err)
		}
	}
}

// isBelow reports whether at, which ends in a slash, lies below a path of keep. A kept path that is
// a mount point itself cannot move.
func isBelow(at string, keep []string) bool {
	for _, p := range keep {
		if rest, ok := strings.CutPrefix(at, p+"/"); ok && rest != "" {
			return true
		}
	}
	return false
}

// unescapeMount reads the octal numbers that stand for spaces, tabs, line ends and backslashes.
func unescapeMount(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
