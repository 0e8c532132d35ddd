package relations

import (
	"archive/tar"
	"bytes"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// roomy has nothing in these tests refused for a budget that another face does not spend.
var roomy = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 1000, Time: time.Minute}

// ruleOf returns the rule that an error is about; "" for none, and "budget" for a budget.
func ruleOf(err error) string {
	if rule, ok := errors.AsType[*limits.RuleError](err); ok {
		return string(rule.Rule)
	}
	if errors.Is(err, limits.ErrExceeded) {
		return "budget"
	}
	return ""
}

// FuzzZipFaces holds Extract, Inspect, Reader and safetar to one verdict.
func FuzzZipFaces(f *testing.F) {
	n := 0
	for _, cases := range []iter.Seq[ziptest.Case]{ziptest.Hostile(), ziptest.Benign()} {
		for c := range cases {
			if n++; n%12 == 0 && len(c.Data) <= 1<<14 {
				f.Add(c.Data)
			}
		}
	}
	base := f.TempDir()
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return
		}
		dir, err := os.MkdirTemp(base, "") //nolint:usetesting // The name of the input would be in its path.
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(dir)
		size := int64(len(data))
		_, inspected := safezip.Inspect(t.Context(), bytes.NewReader(data), size, roomy)
		out := filepath.Join(dir, "zip")
		_, extracted := safezip.Extract(t.Context(), out, bytes.NewReader(data), size, roomy)
		if _, isPath := errors.AsType[*fs.PathError](extracted); isPath && !errors.Is(extracted, limits.ErrRefused) {
			return // A name that this system does not take.
		}
		r, read := safezip.NewReader(t.Context(), bytes.NewReader(data), size, roomy)
		if read == nil {
			defer r.Close()
		}
		if a, b := ruleOf(inspected), ruleOf(read); (inspected == nil) != (read == nil) || a != b {
			t.Fatalf("Inspect: %v\na Reader: %v", inspected, read)
		}
		if inspected != nil {
			// Inspect goes on after the first rule that is broken; which one it tells first is that of all.
			if extracted == nil || ruleOf(extracted) != ruleOf(inspected) {
				t.Fatalf("Inspect: %v\nExtract: %v", inspected, extracted)
			}
			return
		}
		if extracted != nil {
			return // For what is in the data, which Inspect does not unpack.
		}
		asTar(t, dir, out)
	})
}

// asTar asks safetar about the tree that safezip has made: the names and kinds that the one lets in
// are let in by the other, and the tree comes out the same.
func asTar(t *testing.T, dir, out string) {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	root, err := os.OpenRoot(out) // A path may be longer than the system takes at once.
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	if err := w.AddFS(root.FS()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	again := filepath.Join(dir, "tar")
	if _, err := safetar.Extract(t.Context(), again, &b, limits.Limits{InputBytes: 16 * limits.MiB,
		OutputBytes: limits.MiB, Items: 1000, Time: time.Minute}); err != nil {
		t.Fatalf("safezip let the tree in, safetar did not: %v", err)
	}
	want, got := treeOf(t, out), treeOf(t, again)
	if len(want) != len(got) {
		t.Fatalf("safezip made %d files and directories, safetar %d", len(want), len(got))
	}
	for name, content := range want {
		if other, ok := got[name]; !ok || other != content {
			t.Fatalf("%q differs", name)
		}
	}
}

// treeOf returns the contents of all files below dir, and "/" for each directory.
func treeOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	tree := map[string]string{}
	if err := fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			tree[path] = "/"
			return err
		}
		data, err := root.ReadFile(path)
		tree[path] = string(data)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return tree
}
