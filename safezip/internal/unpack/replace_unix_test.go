//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package unpack

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// exchanged leaves what a process leaves that is killed after the exchange: the new tree in its
// place, and the old one in the stage.
func exchanged(t *testing.T, dir string, keep ...string) *stage {
	t.Helper()
	s, err := openStage(dir, 0o700)
	if err != nil {
		t.Fatal(err)
	}
	l := keepList{Base: s.base, Keep: keep, DirMode: 0o700}
	if l.New, err = fileNumber(s.parent, s.in(treeName)); err != nil {
		t.Fatal(err)
	}
	if l.Old, err = fileNumber(s.parent, s.base); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.tree.Close(), writeKeepList(s.parent, s.name, l, false), exchange(s)); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestFinished takes up what a killed process has begun to replace, whatever the directory is
// called, and not while it lives or another process replaces the directory.
func TestFinished(t *testing.T) {
	for _, base := range []string{"site", `a\b`, "caf\xe9", "\xff", "...", " ", "new\nline", `"`} {
		parent := t.TempDir()
		dir := filepath.Join(parent, base)
		if err := os.MkdirAll(filepath.Join(dir, "etc", "kept"), 0o700); err != nil {
			t.Skipf("%q: %v", base, err) // Not every file system has such names.
		}
		killed := exchanged(t, dir, "etc/kept")
		stale := func(want int) {
			t.Helper()
			if n, err := RemoveStale("test", dir, 0); n != want || err != nil {
				t.Errorf("%q: %d, %v; want %d", base, n, err, want)
			}
		}
		stale(0)
		other := exchanged(t, dir)
		if err := errors.Join(killed.lock.Close(), killed.parent.Close()); err != nil {
			t.Fatal(err)
		}
		stale(0)
		if err := finishReplacements(dir); err != nil {
			t.Errorf("%q: %v", base, err)
		}
		if err := other.remove(); err != nil {
			t.Fatal(err)
		}
		stale(1)
		if _, err := os.Stat(filepath.Join(dir, "etc", "kept")); err != nil {
			t.Errorf("%q: %v", base, err)
		}
		if entries, err := os.ReadDir(parent); err != nil || len(entries) != 1 {
			t.Errorf("%q: beside it %v, %v", base, entries, err)
		}
	}
}

// TestListLeadsNowhereElse believes no list that names something that is not beside the stage.
func TestListLeadsNowhereElse(t *testing.T) {
	for _, l := range []keepList{
		{Base: ""}, {Base: "."}, {Base: ".."}, {Base: "a/b"}, {Base: "/a"}, {Base: "a/"},
		{Raw: []byte("../a")}, {Raw: []byte("\xff/a")}, {Base: "a", Raw: []byte(".")},
		{Base: "a", Keep: []string{"../b"}}, {Base: "a", Keep: []string{"."}}, {Base: "a", Keep: []string{"/b"}},
	} {
		s, err := openStage(filepath.Join(t.TempDir(), "site"), 0o700)
		if err != nil {
			t.Fatal(err)
		}
		if err := writeKeepList(s.parent, s.name, l, false); err != nil {
			t.Fatal(err)
		}
		if got, err := readKeepList(s.parent, s.name); err == nil {
			t.Errorf("%+v is read as %+v", l, got)
		}
		if err := s.undo(); err != nil {
			t.Error(err)
		}
	}
}
