package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestModes prints the table of a directory with five shapes by three packers.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	for name, change := range map[string]func(h *zip.FileHeader){
		"one--default.zip":      func(*zip.FileHeader) {},
		"one--names.zip":        func(h *zip.FileHeader) { h.Name, h.Flags = "é", h.Flags|0x800 },
		"two--names-in-cp.zip":  func(h *zip.FileHeader) { h.Name = "\x82"; h.NonUTF8 = true },
		"two--macos.zip":        func(h *zip.FileHeader) { h.Name = "Icon\r" },
		"three--climbs-out.zip": func(h *zip.FileHeader) { h.Name = "../a" },
		"not-counted.zip":       func(*zip.FileHeader) {},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), goArchive(t, true, change), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs strings.Builder
	if err := run(t.Context(), []string{"-modes", dir}, &out, &errs); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"| one | default | in | in | in | in |", "| one | names | non-ascii | in | in | in |",
		"| two | names-in-cp | non-ascii | name-encoding | name-encoding | in |",
		"| two | macos | control-character | control-character | in | in |",
		"| 3 packers | 5 shapes | 1 in | 2 in | 3 in | 4 in |", "path-traversal (1)",
		`three, climbs-out: a component is ".."`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
