// Package need lets a test say which program, file or package of other people it compares with.
//
// A machine with Go alone has none of them: there the test is skipped, with a line that names the
// Debian package. Under CI=true the same line is a failure, because a comparison that did not run
// proves nothing.
package need

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Program returns the path of a program that the Debian package debian holds.
func Program(t testing.TB, name, debian string) string {
	t.Helper()
	found, err := exec.LookPath(name)
	if err != nil {
		missing(t, name, debian)
	}
	return found
}

// File returns path if there is such a file or folder; the Debian package debian brings it.
func File(t testing.TB, path, debian string) string {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		missing(t, path, debian)
	}
	return path
}

func missing(t testing.TB, what, debian string) {
	t.Helper()
	Unmet(t, what+" is missing: apt-get install "+debian)
}

// Unmet skips the test with a reason, and fails it under CI=true.
func Unmet(t testing.TB, reason string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(reason)
	}
	t.Skip(reason)
}

// Module returns the folder of a Go module in the module cache, which the go command fills. spec is
// path@version, and sum what go.sum would hold for it: other content fails the test.
func Module(t testing.TB, spec, sum string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", "mod", "download", "-json", spec).Output()
	var got struct{ Dir, Sum, Error string }
	if jsonErr := json.Unmarshal(out, &got); jsonErr != nil || got.Error != "" || err != nil {
		Unmet(t, "go mod download "+spec+": "+fmt.Sprint(err, " ", got.Error))
	}
	if got.Sum != sum {
		t.Fatalf("Go module %s has the sum %s, not %s", spec, got.Sum, sum)
	}
	return got.Dir
}

// NPM returns the files of an npm package, by their names below its folder "package/". spec is
// name@version, and sum the SHA-256 of the package in hexadecimal: other bytes fail the test. A
// file that was fetched once is kept in the user's cache folder.
func NPM(t testing.TB, spec, sum string) map[string][]byte {
	t.Helper()
	data := cached(sum)
	if data == nil {
		data = fetch(t, spec)
	}
	if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
		t.Fatalf("npm package %s has the SHA-256 %x, not %s", spec, got, sum)
	}
	keep(sum, data)
	files, err := untar(data)
	if err != nil {
		t.Fatalf("npm package %s: %v", spec, err)
	}
	return files
}

// fetch has npm download the package.
func fetch(t testing.TB, spec string) []byte {
	t.Helper()
	npm := Program(t, "npm", "npm")
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), npm, "pack", "--silent", spec)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		Unmet(t, "npm pack "+spec+": "+err.Error()+": "+strings.TrimSpace(string(out)))
	}
	packed, err := filepath.Glob(filepath.Join(dir, "*.tgz"))
	if err != nil || len(packed) != 1 {
		t.Fatalf("npm pack %s left %q (error %v)", spec, packed, err)
	}
	data, err := os.ReadFile(packed[0])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// cachePath is where the package with the hash sum is kept, and empty without a cache folder.
func cachePath(sum string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "airlock-tests", sum+".tgz")
}

func cached(sum string) []byte {
	data, err := os.ReadFile(cachePath(sum))
	if err != nil {
		return nil
	}
	if got := sha256.Sum256(data); hex.EncodeToString(got[:]) != sum {
		return nil // cut off by a process that ended while it wrote
	}
	return data
}

// keep is best effort: without a cache the next run fetches again.
func keep(sum string, data []byte) {
	path := cachePath(sum)
	if path == "" || cached(sum) != nil || os.MkdirAll(filepath.Dir(path), 0o755) != nil {
		return
	}
	_ = os.WriteFile(path, data, 0o600)
}

func untar(packed []byte) (map[string][]byte, error) {
	zr, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		_, name, _ := strings.Cut(h.Name, "/") // The folder is "package/" nearly everywhere.
		if files[name], err = io.ReadAll(tr); err != nil {
			return nil, err
		}
	}
}
