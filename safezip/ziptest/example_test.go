package ziptest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// unpack is the function under test: it unpacks an upload and returns how many bytes there are.
func unpack(ctx context.Context, dir string, archive []byte) (int64, error) {
	report, err := safezip.Extract(ctx, dir, bytes.NewReader(archive), int64(len(archive)),
		limits.Limits{OutputBytes: 64 * limits.MiB, Items: 10_000, Time: time.Minute})
	if err != nil {
		return 0, err
	}
	return report.Bytes, nil
}

// testUnpack asks that hostile archives are refused and leave nothing, and that archives of honest
// packers are unpacked. In a file of your own it is TestUnpack.
func testUnpack(t *testing.T) {
	for c := range ziptest.Hostile() {
		dir := filepath.Join(t.TempDir(), "out")
		if _, err := unpack(t.Context(), dir, c.Data); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %v; want a refusal", c.Name, err)
		}
		ziptest.AssertContained(t, dir)
	}
	for c := range ziptest.Benign() {
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
	ziptest.Seed(f)
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
	w := zip.NewWriter(&b)
	if _, err := w.Create("../evil"); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	_, err := unpack(context.Background(), "out", b.Bytes())
	fmt.Println(err)
	// Output:
	// safezip.Extract: path-traversal: "../evil" (offset 58): a component is ".."
}
