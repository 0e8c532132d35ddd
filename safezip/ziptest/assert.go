package ziptest

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// AssertContained fails t unless everything that an unpacker left below dir stays there: dir holds
// regular files and directories only, or nothing, or does not exist; the directory in which dir
// lies holds nothing else. Put dir into a directory of its own, such as one below t.TempDir().
func AssertContained(t testing.TB, dir string) {
	t.Helper()
	beside, err := os.ReadDir(filepath.Dir(dir))
	if err != nil {
		t.Fatalf("reading the directory beside the unpacked one: %v", err)
	}
	for _, entry := range beside {
		if entry.Name() != filepath.Base(dir) {
			t.Errorf("%q was left beside the directory", entry.Name())
		}
	}
	root, err := os.OpenRoot(dir)
	if os.IsNotExist(err) {
		return
	}
	if err != nil {
		t.Errorf("opening the unpacked directory: %v", err)
		return
	}
	defer func() { _ = root.Close() }() // Only read from.
	err = fs.WalkDir(root.FS(), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		if !info.Mode().IsRegular() && !info.IsDir() {
			t.Errorf("%q is a %v", path, info.Mode().Type())
		}
		if info.Mode()&(fs.ModeSetuid|fs.ModeSetgid|fs.ModeSticky) != 0 {
			t.Errorf("%q has the mode %v", path, info.Mode())
		}
		return nil
	})
	if err != nil {
		t.Errorf("walking the unpacked directory: %v", err)
	}
}
