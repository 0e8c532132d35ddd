package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/tools/checklist"
)

const root = "../../../.."

// TestChecklistsAreCurrent fails when a rule or a limit was changed and CHECKLIST.md was not: run
// go generate ./... and commit.
func TestChecklistsAreCurrent(t *testing.T) {
	texts, err := checklist.Generate(os.DirFS(root), packages())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range texts {
		got, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s is not what go generate ./... writes (-want +got):\n%s", name, diff)
		}
	}
}

// TestRunWritesNothing runs the program on directories it cannot work on.
func TestRunWritesNothing(t *testing.T) {
	if err := run(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a directory that is not there is accepted")
	}
	dir := t.TempDir()
	if err := run(dir); err == nil {
		t.Error("a directory without the packages is accepted")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("%d files are left (error %v)", len(left), err)
	}
}
