package safezip_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"testing"
)

// readTree returns what lies below dir: the content of each file by its slash-separated path, and
// "" with a slash after the path for each directory.
func readTree(t testing.TB, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	err = fs.WalkDir(root.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || name == "." {
			return err
		}
		switch {
		case entry.IsDir():
			tree[name+"/"] = ""
		case entry.Type()&fs.ModeSymlink != 0:
			target, err := root.Readlink(name)
			tree[name] = "-> " + target
			return err
		default:
			data, err := root.ReadFile(name)
			tree[name] = string(data)
			return err
		}
		return nil
	})
	if err := errors.Join(err, root.Close()); err != nil {
		t.Fatal(err)
	}
	return tree
}

// readByGo returns the same for what archive/zip reads.
func readByGo(t testing.TB, data []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		t.Fatalf("archive/zip: %v", err)
	}
	tree := map[string]string{}
	for _, f := range r.File {
		name := path.Clean(f.Name)
		for dir := path.Dir(name); dir != "." && dir != "/"; dir = path.Dir(dir) {
			tree[dir+"/"] = ""
		}
		if f.FileInfo().IsDir() {
			if name != "." {
				tree[name+"/"] = ""
			}
			continue
		}
		rc, err := f.Open()
		if err != nil {
			t.Fatalf("archive/zip: %v", err)
		}
		content, err := io.ReadAll(rc)
		if err != nil {
			t.Fatalf("archive/zip: %s: %v", f.Name, err)
		}
		if err := rc.Close(); err != nil {
			t.Fatal(err)
		}
		tree[name] = string(content)
	}
	return tree
}
