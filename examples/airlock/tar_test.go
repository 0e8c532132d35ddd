package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"github.com/seed73825598/airlock/internal/testkit/tarbuild"
	"github.com/seed73825598/airlock/safezip/safetar"
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
		if out, errs, status := called(t, "untar", archive, filepath.Join(parent, "out")); status != statusOK ||
			!strings.Contains(out, "1 file, 1 directory") {
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
		if _, errs, status := called(t, "untar", archive, filepath.Join(parent, "evil")); status != statusRefused ||
			!strings.Contains(errs, "pax-conflict") {
			t.Errorf("%q %d", errs, status)
		}
	}
}

// TestTopAndMacOS: -strip-top and -skip-macos of untar, unzip and inspect.
func TestTopAndMacOS(t *testing.T) {
	parent := t.TempDir()
	want := filepath.Join(parent, "want")
	plant(t, want, map[string]string{"a": "a", "d/b": "b"})
	files := map[string]string{"top/a": "a", "top/d/b": "b", "__MACOSX/top/._a": "fork", "top/.DS_Store": "settings"}
	var headers []tarbuild.Header
	for name, data := range files {
		headers = append(headers, tarbuild.Header{Name: name, Data: []byte(data)})
	}
	tarFile := write(t, tarbuild.Archive(headers...))
	says := func(said string, args ...string) {
		t.Helper()
		r := airlock(t, args...)
		if r.want(t, statusOK); !strings.Contains(r.out, said) {
			t.Errorf("%q does not say %q: %q", args, said, r.out)
		}
	}
	for command, file := range map[string]string{"untar": tarFile, "unzip": zipped(t, files)} {
		dir := filepath.Join(parent, command)
		says("2 files, 1 directory", command, "-strip-top", "-skip-macos", file, dir)
		assertSame(t, look(t, want), look(t, dir))
		says("4 files", command, "-strip-top", file, filepath.Join(parent, command+"-whole"))
		says("2 files, 1 directory", "inspect", "-strip-top", "-skip-macos", file)
		airlock(t, command, "-strip-top", "-strip", "top", file, filepath.Join(parent, "none")).want(t, statusFailed,
			"StripTop")
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
		if out, errs, status := called(t, "gunzip", "-limits", "output=100", file); status != statusRefused ||
			len(out) != 100 {
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

// TestInspectTar: an archive is found to be tar by its first bytes, and inspect says what untar
// will do.
func TestInspectTar(t *testing.T) {
	for c := range tartest.Benign() {
		if c.Name != "duplicate-name/directory-twice" {
			continue
		}
		for name, data := range map[string][]byte{"plain": c.Data, "gzip": zippedTar(t, c.Data),
			"empty": make([]byte, 1024), "old": oldTar("PK-old", 0)} {
			file := write(t, data)
			if !isTar(file) {
				t.Errorf("%s: taken for zip", name)
			}
			if name == "empty" || name == "old" {
				continue
			}
			if r := airlock(t, "inspect", file); r.status != statusOK || !strings.Contains(r.out, "d/a") ||
				!strings.Contains(r.out, "1 file, 1 directory") || !strings.HasSuffix(r.out, "\nverdict: accepted\n") {
				t.Errorf("%s: %+v", name, r)
			}
			if r := airlock(t, "inspect", "-list", file); r.out != "d/\nd/a\nd/\n" {
				t.Errorf("%s: %+v", name, r)
			}
			o := parse(t, airlock(t, "inspect", "-json", file))
			if o.Verdict != "accepted" || len(o.Entries) != 3 || o.Entries[1].Name != "d/a" || o.Entries[0].Type != "dir" {
				t.Errorf("%s: %+v", name, o)
			}
			if o = parse(t, airlock(t, "inspect", "-json", "-limits", "items=1", file)); o.Error == nil ||
				o.Error.Kind != kindLimit {
				t.Errorf("%s: %+v", name, o)
			}
		}
	}
	for name, data := range map[string][]byte{"zip": []byte("PK\x03\x04"), "text": []byte(strings.Repeat("text ", 200)),
		"nothing": nil, "a wrong sum": oldTar("a", 1), "zip with the sum of tar": oldTar("PK\x03\x04", 0)} {
		if isTar(write(t, data)) {
			t.Errorf("%s: taken for tar", name)
		}
	}
	if isTar(t.TempDir()) || isTar(filepath.Join(t.TempDir(), "none")) {
		t.Error("a directory, or nothing, is taken for tar")
	}
	judged := 0
	for c := range tartest.Hostile() {
		// A few, as each is two processes.
		if c.Rule == "" || !strings.HasSuffix(c.Name, "/parent") && c.Name != "pax-conflict/size-smaller" &&
			c.Name != "missing-end/none" && c.Name != "old-format/blanks" {
			continue
		}
		file := write(t, c.Data)
		judged++
		r := airlock(t, "inspect", file)
		if r.status != statusRefused || !strings.Contains(r.out, "findings:\n") || !strings.Contains(r.out, string(c.Rule)) {
			t.Errorf("%s: %+v", c.Name, r)
		}
		if liftable := infoOf(c.Rule, safetar.Rules()).Liftable; liftable != strings.Contains(r.out,
			"-allow "+string(c.Rule)) {
			t.Errorf("%s: liftable %v, and the advice is\n%s", c.Name, liftable, r.out)
		}
		o := parse(t, airlock(t, "inspect", "-json", file))
		if o.Verdict != "refused" || o.Error == nil || o.Error.Rule != c.Rule || len(o.Findings) == 0 {
			t.Errorf("%s: %+v", c.Name, o)
		}
	}
	if judged < 3 {
		t.Errorf("%d hostile archives", judged)
	}
}

// zippedTar returns data within gzip.
func zippedTar(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// oldTar returns a header of Version 7, whose checksum is wrong by more.
func oldTar(name string, more int) []byte {
	block := make([]byte, tarBlock)
	copy(block, name)
	copy(block[tarSumAt:tarSumEnd], "        ")
	for _, b := range block {
		more += int(b)
	}
	copy(block[tarSumAt:tarSumEnd], fmt.Sprintf("%06o\x00 ", more))
	return block
}
