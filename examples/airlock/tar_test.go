package main

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/seed73825598/airlock/safezip/tartest"
)

// called runs a command line and returns what it prints and its status.
func called(t *testing.T, args ...string) (out, errs string, status int) {
	t.Helper()
	var o, e bytes.Buffer
	status = dispatch(t.Context(), args, &o, &e)
	return o.String(), e.String(), status
}

func TestUntar(t *testing.T) {
	parent := t.TempDir()
	archive := filepath.Join(parent, "a.tar")
	for c := range tartest.Benign() {
		if c.Name != "duplicate-name/directory-twice" {
			continue
		}
		if err := os.WriteFile(archive, c.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, errs, status := called(t, "untar", archive, filepath.Join(parent, "out")); status != statusOK || !strings.Contains(out, "1 file, 1 directory") {
			t.Errorf("%q %q %d", out, errs, status)
		}
	}
	for c := range tartest.Hostile() {
		if c.Name != "pax-conflict/size-0-and-an-archive-inside" {
			continue
		}
		if err := os.WriteFile(archive, c.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs, status := called(t, "untar", archive, filepath.Join(parent, "evil")); status != statusRefused || !strings.Contains(errs, "pax-conflict") {
			t.Errorf("%q %d", errs, status)
		}
	}
}

func TestGunzip(t *testing.T) {
	dir := t.TempDir()
	var zipped, zst bytes.Buffer
	w := gzip.NewWriter(&zipped)
	text := strings.Repeat("a line\n", 1000)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	e, err := zstd.NewWriter(&zst)
	if err != nil {
		t.Fatal(err)
	}
	zst.Write(e.EncodeAll([]byte(text), nil))
	for name, data := range map[string][]byte{"a.gz": zipped.Bytes(), "a.zst": zst.Bytes()} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if out, errs, status := called(t, "gunzip", file); status != statusOK || out != text {
			t.Errorf("%s: %d bytes, %q, status %d", name, len(out), errs, status)
		}
		if out, errs, status := called(t, "gunzip", "-limits", "output=100", file); status != statusRefused || len(out) != 100 {
			t.Errorf("%s: %d bytes, %q, status %d", name, len(out), errs, status)
		}
		to := filepath.Join(dir, name+".txt")
		if _, errs, status := called(t, "gunzip", "-limits", "output=100", "-o", to, file); status != statusRefused {
			t.Errorf("%s: %q, status %d", name, errs, status)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("%s: half a file is left", name)
		}
		if _, errs, status := called(t, "gunzip", "-o", to, file); status != statusOK {
			t.Errorf("%s: %q, status %d", name, errs, status)
		}
	}
	if _, _, status := called(t, "gunzip", filepath.Join(dir, "a.gz.txt")); status != statusFailed {
		t.Errorf("text: status %d", status)
	}
}
