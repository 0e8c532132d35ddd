package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/tools/checklist"
)

const root = "../../../.."

// TestReadmeIsCurrent fails when a rule or a limit was changed and README.md was not: run go
// generate ./... and commit.
func TestReadmeIsCurrent(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	want, err := checklist.Generate(os.DirFS(root), string(text), packages())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(text)); diff != "" {
		t.Errorf("README.md is not what go generate ./... writes (-want +got):\n%s", diff)
	}
}

// TestRunWritesNothing runs the program on directories it cannot work on and on a README.md that
// lost its regions.
func TestRunWritesNothing(t *testing.T) {
	if err := run(filepath.Join(t.TempDir(), "missing")); err == nil {
		t.Error("a directory that is not there is accepted")
	}
	dir := t.TempDir()
	if err := run(dir); err == nil {
		t.Error("a directory without README.md is accepted")
	}
	name := filepath.Join(dir, "README.md")
	if err := os.WriteFile(name, []byte("no regions\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := run(dir); err == nil {
		t.Error("a README.md without regions is accepted")
	}
	if got, err := os.ReadFile(name); err != nil || string(got) != "no regions\n" {
		t.Errorf("README.md became %q (error %v)", got, err)
	}
}
