package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// collection fills a directory with archives under plain names, two of which are copies, and with
// files that are none.
func collection(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string][]byte{
		"sub/by-content": goArchive(t, false, func(*zip.FileHeader) {}),
		"sub/copy.zip":   goArchive(t, false, func(*zip.FileHeader) {}),
		"climbs.zip":     goArchive(t, false, func(h *zip.FileHeader) { h.Name = "../a" }),
		"stub.exe": append([]byte("#!/bin/sh\n"),
			goArchive(t, true, func(h *zip.FileHeader) { h.CreatorVersion = hostUnix<<8 | 30 })...),
		"by-extension.XLSX":  []byte("an encrypted document, which is an OLE file and no archive"),
		"text":               []byte("PK is how a text may begin as well, and end with PK\x05\x06"),
		"bad-checksum.jar":   dated(goArchive(t, true, func(h *zip.FileHeader) { h.CreatorVersion = hostDOS<<8 | 20 })),
		"tiny":               []byte("PK\x03\x04"),
		"directory.zip/text": []byte("not an archive, and no more is the directory"),
	}
	bad := files["bad-checksum.jar"]
	bad[localSize+len("a")]++
	for name, data := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink("climbs.zip", filepath.Join(dir, "link.zip")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestRun(t *testing.T) {
	dir := collection(t)
	var out, errs strings.Builder
	if err := run(t.Context(), []string{"-extract", "-list", dir}, &out, &errs); err != nil {
		t.Fatal(err)
	}
	for _, line := range []string{
		"/sub/by-content [Go archive/zip]: accepted, 1 entries",
		"| Packer                             | Archives | Accepted | Refused |",
		"| Go archive/zip                     | 2        | 1        | 1       |",
		"| DOS-like (PKZIP, WinZip, Explorer) | 1        | 0        | 1       |",
		"| Info-ZIP                           | 1        | 0        | 1       |",
		"| unknown                            | 1        | 0        | 1       |",
		"| all                                | 5        | 1        | 4       |",
		"1 more were copies of these.",
		"checksum (1)\n",
		"/bad-checksum.jar [DOS-like (PKZIP, WinZip, Explorer)]: on unpacking: \"a\": ",
		"malformed (1)\n",
		"/by-extension.XLSX [unknown]: archive: ",
		"path-traversal (1)\n",
		"/climbs.zip [Go archive/zip]: \"../a\": a component is \"..\"",
		"prefix-data (1)\n",
	} {
		if !strings.Contains(out.String(), line) {
			t.Errorf("not printed: %q", line)
		}
	}
	if t.Failed() {
		t.Logf("printed:\n%s", out.String())
	}
	if errs.String() != "" {
		t.Errorf("on standard error: %s", errs.String())
	}
}

// TestRunWithoutExtract holds the difference that -extract makes: a wrong checksum is not seen by
// looking at headers.
func TestRunWithoutExtract(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-json", collection(t)}, &out, &out); err != nil {
		t.Fatal(err)
	}
	var verdicts []*verdict
	if err := json.Unmarshal([]byte(out.String()), &verdicts); err != nil {
		t.Fatal(err)
	}
	rules := map[string]string{}
	for _, v := range verdicts {
		rules[filepath.Base(v.Path)] = v.Rule
	}
	want := map[string]string{
		"by-content": "", "bad-checksum.jar": "", "by-extension.XLSX": "malformed", "climbs.zip": "path-traversal",
		"stub.exe": "prefix-data",
	}
	if len(rules) != len(want) {
		t.Errorf("%d verdicts, want %d: %v", len(rules), len(want), rules)
	}
	for name, rule := range want {
		if got, ok := rules[name]; !ok || got != rule {
			t.Errorf("%s: rule %q (judged: %t), want %q", name, got, ok, rule)
		}
	}
}

func TestRunUnreadable(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{filepath.Join(t.TempDir(), "none")}, &out, &out); err == nil {
		t.Error("a directory that does not exist was read")
	}
}

func TestPrintPackers(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-packers"}, &out, &out); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), "\n"); got != len(packers) {
		t.Errorf("%d lines for %d packers:\n%s", got, len(packers), out.String())
	}
}

// TestLimit holds the form of a verdict that no rule gives: an archive that says it becomes 9 GiB.
func TestLimit(t *testing.T) {
	dir := t.TempDir()
	f, err := os.Create(filepath.Join(dir, "large.zip"))
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	const size = 9 << 30
	content := make([]byte, size/1000)
	raw, err := w.CreateRaw(&zip.FileHeader{Name: "a", Method: zip.Deflate, UncompressedSize64: size,
		CompressedSize64: uint64(len(content))})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Close(), f.Close()); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(t.Context(), []string{dir}, &out, &out); err != nil {
		t.Fatal(err)
	}
	if want := "limit: output bytes (1)\n"; !strings.Contains(out.String(), want) {
		t.Errorf("not printed: %q, but:\n%s", want, out.String())
	}
}
