package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestContenders has each contender unpack a small archive; all must unpack the same.
func TestContenders(t *testing.T) {
	sameAll(t, workload{files: 7, size: 10_000}, contenders)
	sameAll(t, workload{files: 7, size: 10_000, tar: true}, tarContenders)
}

func sameAll(t *testing.T, w workload, contenders []contender) {
	t.Helper()
	archive := filepath.Join(t.TempDir(), "archive")
	if err := w.write(archive); err != nil {
		t.Fatal(err)
	}
	var want string
	for _, c := range contenders {
		if c.unpack == nil || c.name == "safezip.Inspect" {
			continue
		}
		dir := filepath.Join(t.TempDir(), "out")
		if err := c.unpack(t.Context(), archive, dir); err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := contents(t, dir)
		if want == "" {
			want = got
		}
		if len(got) < 70_000 || got != want {
			t.Errorf("%s unpacked %d bytes of names and contents, the first contender %d, or others", c.name,
				len(got), len(want))
		}
	}
}

func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	root := os.DirFS(dir)
	err := fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root, path)
		b.WriteString(path + "\n" + string(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestBombs runs the table of bombs once.
func TestBombs(t *testing.T) {
	var out bytes.Buffer
	if err := defuse(t.Context(), &out, t.TempDir(), 1); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(out.String(), "\n| "); n != 5 {
		t.Errorf("%d lines, want a header and four bombs:\n%s", n, out.String())
	}
}
