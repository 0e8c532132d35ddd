package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
)

// TestRun prints the table of a directory with archives by two producers.
func TestRun(t *testing.T) {
	root := t.TempDir()
	link := tarbuild.Header{Name: "b", Type: tarbuild.TypeSymlink, Link: "a"}
	for name, data := range map[string][]byte{
		"one/plain.tar": tarbuild.Archive(tarbuild.Header{Name: "a", Data: []byte("data")},
			tarbuild.Header{Name: "d/", Type: tarbuild.TypeDir}),
		"one/names.tar": tarbuild.Archive(tarbuild.Header{Name: "é"}),
		"two/links.tar": tarbuild.Archive(tarbuild.Header{Name: "a"}, link, tarbuild.Global("comment", "x"),
			tarbuild.Header{Name: "c", Type: tarbuild.TypeHardLink, Link: "a"}),
		"two/climbs.tar":   tarbuild.Archive(tarbuild.Header{Name: "../a"}),
		"two/sub/deep.tar": nil, // A directory beside the archives is not looked into.
	} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var out, errs strings.Builder
	if err := run(t.Context(), []string{root}, &out, &errs); err != nil {
		t.Fatal(err)
	}
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	text := strings.Join(lines, "\n")
	for _, want := range []string{
		"| one | 2 | 1 | 2 | 2 | 2 |", "| two | 2 | 0 | 0 | 1 | 1 |", "| 2 producers, 7 entries | 4 | 1 | 2 | 3 | 3 |",
		"path-traversal (1)", `climbs.tar: "../a": a component is ".."`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if err := run(t.Context(), []string{"-json", root}, &out, &errs); err != nil ||
		!strings.Contains(out.String(), `"producer": "two"`) {
		t.Errorf("-json: %v\n%s", err, out.String())
	}
}
