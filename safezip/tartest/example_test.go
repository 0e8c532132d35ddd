package tartest_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"path/filepath"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// unpack is the function under test: it unpacks an upload and returns how many bytes there are.
func unpack(ctx context.Context, dir string, archive []byte) (int64, error) {
	report, err := safetar.Extract(ctx, dir, bytes.NewReader(archive), tartest.Limits())
	if err != nil {
		return 0, err
	}
	return report.Bytes, nil
}

// testUnpack asks that hostile archives are refused and leave nothing, and that archives of honest
// packers are unpacked. In a file of your own it is TestUnpack.
func testUnpack(t *testing.T) {
	for c := range tartest.Hostile() {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := unpack(t.Context(), dir, c.Data); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v; want a refusal", c.Name, err)
		}
		ziptest.AssertContained(t, dir)
	}
	for c := range tartest.Benign() {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := unpack(t.Context(), dir, c.Data); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
		ziptest.AssertContained(t, dir)
	}
}

// fuzzUnpack looks for an archive of which a file leads out of its directory, or which ends in
// anything but files or a refusal. In a file of your own it is FuzzUnpack.
func fuzzUnpack(f *testing.F) {
	tartest.Seed(f)
	f.Fuzz(func(t *testing.T, archive []byte) {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := unpack(t.Context(), dir, archive); err != nil && !errors.Is(err, limits.ErrRefused) {
			t.Error(err)
		}
		ziptest.AssertContained(t, dir)
	})
}

// A test and a fuzz target of a function that unpacks archives from users.
func Example() {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	if err := w.WriteHeader(&tar.Header{Name: "../evil", Mode: 0o644}); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	_, err := unpack(context.Background(), "out", b.Bytes())
	fmt.Println(err)
	// Output:
	// safetar.Extract: path-traversal: "../evil" (offset 0): a component is ".."
}
