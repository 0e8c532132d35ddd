package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestModes prints the table of a directory with seven shapes by three packers.
func TestModes(t *testing.T) {
	dir := t.TempDir()
	for name, change := range map[string]func(h *zip.FileHeader){
		"one--default.zip":     func(*zip.FileHeader) {},
		"one--names.zip":       func(h *zip.FileHeader) { h.Name, h.Flags = "é", h.Flags|0x800 },
		"two--names-in-cp.zip": func(h *zip.FileHeader) { h.Name = "\x82"; h.NonUTF8 = true },
		// In CP437 the second byte of this character is a backslash.
		"two--names-in-CP932.zip": func(h *zip.FileHeader) { h.Name = "\x95\x5c"; h.NonUTF8 = true },
		"two--names-in-cp437.zip": func(h *zip.FileHeader) { h.Name = "\x95\x5c"; h.NonUTF8 = true },
		"two--macos.zip":          func(h *zip.FileHeader) { h.Name = "Icon\r" },
		"three--climbs-out.zip":   func(h *zip.FileHeader) { h.Name = "../a" },
		"not-counted.zip":         func(*zip.FileHeader) {},
	} {
		if err := os.WriteFile(filepath.Join(dir, name), goArchive(t, true, change), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs strings.Builder
	into := filepath.Join(t.TempDir(), "into")
	if err := os.Mkdir(into, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := run(t.Context(), []string{"-modes", "-into", into, dir}, &out, &errs); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Lstat(filepath.Join(into, "two--names-in-CP932", "表")); err != nil {
		t.Error("not unpacked:", err)
	}
	if unpacked, err := os.ReadDir(into); err != nil || len(unpacked) != 5 {
		t.Errorf("%d archives unpacked, %v; 5 are let in", len(unpacked), err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"| one | default | in | in | in | in |", "| one | names | non-ascii | in | in | in |",
		"| two | names-in-cp | non-ascii | name-encoding | name-encoding | in |",
		"| two | names-in-CP932 | backslash | backslash | backslash | in |",
		"| two | names-in-cp437 | backslash | backslash | backslash | backslash |",
		"| two | macos | control-character | control-character | in | in |",
		"| 3 packers | 7 shapes | 1 in | 2 in | 3 in | 5 in |", "path-traversal (1)",
		`three, climbs-out: a component is ".."`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
