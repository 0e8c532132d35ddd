package unpack

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMountWithin finds mount points in the kernel's list.
func TestMountWithin(t *testing.T) {
	const list = `22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 8:1 /volumes/u /srv/site/uploads rw,relatime shared:1 - ext4 /dev/sda1 rw
31 22 0:50 / /srv/site/a\040b\134c/d rw - tmpfs none rw
32 22 0:51 / /srv/sites rw - tmpfs none rw
33 22 0:52 / /srv/shop rw - tmpfs none rw
34 22 0:53 / /srv/odd\0 rw - tmpfs none rw

short line
35 22 0:54 / /srv/last rw - tmpfs none rw`
	for _, c := range []struct {
		dir  string
		keep []string
		want string
	}{
		{dir: "/srv/site", want: "uploads"},
		{dir: "/srv/site", keep: []string{"uploads"}, want: "uploads"},
		{dir: "/srv/site", keep: []string{"up", "upload"}, want: "uploads"},
		{dir: "/srv/site", keep: []string{"uploads/x"}, want: "uploads"},
		{dir: "/srv", keep: []string{"site", "sites", "shop", `odd\0`, "last"}, want: "sites"},
		{dir: `/srv/site/a b\c`, want: "d"},
		{dir: `/srv/site/a b\c`, keep: []string{"d"}, want: "d"},
		{dir: `/srv/site/a b`},
		{dir: "/srv/shop", want: "."},
		{dir: "/srv/last", want: "."},
		{dir: `/srv/odd\0`, want: "."},
		{dir: "/srv/sit"},
		{dir: "/srv/site/uploads/2026"},
		{dir: "/home"},
	} {
		got, err := mountWithin(strings.NewReader(list), c.dir, c.keep)
		if err != nil || got != c.want {
			t.Errorf("%s, keeping %q: %q, %v; want %q", c.dir, c.keep, got, err, c.want)
		}
	}
	kept := []string{"site/a b\\c", "sites"}
	list2 := strings.Join(strings.Split(list, "\n")[2:3], "\n")
	if got, err := mountWithin(strings.NewReader(list2), "/srv", kept); got != "" || err != nil {
		t.Errorf("below a kept directory: %q, %v", got, err)
	}
}

// TestMounted asks the system that runs the test: proc is mounted where this can be asked, and a
// new directory is not.
func TestMounted(t *testing.T) {
	if _, err := os.Stat("/proc/self/mountinfo"); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := errors.Join(os.Symlink("/", link), os.Mkdir(filepath.Join(dir, "proc"), 0o700)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		parent  string
		mounted bool
	}{{"/", true}, {link, true}, {dir, false}} {
		root, err := os.OpenRoot(c.parent)
		if err != nil {
			t.Fatal(err)
		}
		err = checkMounts(root, "proc", nil)
		pathErr, ok := errors.AsType[*fs.PathError](err)
		if c.mounted != (ok && errors.Is(pathErr.Err, errMountPoint)) || !c.mounted && err != nil {
			t.Errorf("%s: %v", c.parent, err)
		}
		if err := root.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
