package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/need"
)

// program is the command, built once for all tests.
var program string

func TestMain(m *testing.M) {
	os.Exit(runTests(m))
}

func runTests(m *testing.M) int {
	dir, err := os.MkdirTemp("", "airlock-test-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	program = filepath.Join(dir, "airlock.exe")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "go build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// A result is what one run of the command said.
type result struct {
	status    int
	out, errs string
}

// airlock runs the command. Whatever it is asked to do, no byte may come out that a terminal acts
// on.
func airlock(t *testing.T, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("running the command: %v", err)
	}
	r := result{cmd.ProcessState.ExitCode(), out.String(), errs.String()}
	assertPlain(t, "standard output", r.out, "\n\t")
	assertPlain(t, "standard error", r.errs, "\n\t")
	return r
}

// assertPlain fails t unless text is printable ASCII and the control characters that are allowed.
func assertPlain(t *testing.T, where, text, allowed string) {
	t.Helper()
	for i := range len(text) {
		if c := text[i]; !isPlain(c) && !strings.ContainsRune(allowed, rune(c)) {
			t.Fatalf("%s: byte %#02x at %d: %q", where, c, i, text)
		}
	}
}

// want fails t unless the command ended with the status and said all the words on standard error.
func (r result) want(t *testing.T, status int, words ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("exit status %d, want %d", r.status, status)
	}
	for _, word := range words {
		if !strings.Contains(r.errs, word) {
			t.Errorf("standard error does not say %q", word)
		}
	}
	if t.Failed() {
		t.Logf("standard output:\n%s\nstandard error:\n%s", r.out, r.errs)
	}
}

// packages are the Debian packages of the programs that the tests call.
var packages = map[string]string{
	"zip": "zip", "7z": "p7zip-full", "bsdtar": "libarchive-tools", "python3": "python3", "script": "bsdutils",
	"stty": "coreutils", "sh": "dash",
}

// tool runs one of other people's programs in dir. A program that is missing skips the test, and
// fails it in CI.
func tool(t *testing.T, dir, called string, args ...string) {
	t.Helper()
	// The programs that a line of shell calls are called here as well.
	words := append(strings.Fields(strings.Join(args, " ")), called)
	for _, word := range words {
		if name := packages[word]; name != "" {
			need.Program(t, word, name)
		}
	}
	cmd := exec.CommandContext(t.Context(), called, args...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", cmd, err, out)
	}
}

// tree is what people pack: empty, small and large files, directories in directories and an empty
// one, a program, and names with what a name may hold.
func tree() map[string]string {
	random := make([]byte, 1<<20)
	_, _ = rand.NewChaCha8([32]byte{}).Read(random)
	files := map[string]string{
		"README.md":                        "# A project\n\nIt has files.\n",
		"empty":                            "",
		"bin/run.sh":                       "#!/bin/sh\nexec true\n",
		"data/random.bin":                  string(random),
		"data/zeros.bin":                   strings.Repeat("\x00", 1<<20),
		"data/text.csv":                    strings.Repeat("name,size,when\nairlock,17,never\n", 5000),
		"docs/a/b/c/d/deep.txt":            "deep",
		"docs/file with spaces.txt":        "spaces",
		"docs/version.1.2.3.tar.gz":        "\x1f\x8b\x08 is how a gzip file starts",
		"docs/.hidden/.config":             "hidden",
		"docs/~!@#$%^&()_+-=[]{};',.txt":   "punctuation that every file system can store",
		"docs/" + strings.Repeat("n", 200): "a long name",
		"vacant/":                          "",
	}
	for i := range 100 {
		files[fmt.Sprintf("many/%03d.txt", i)] = fmt.Sprintf("file %d\n", i)
	}
	return files
}

// plant makes a tree on disk; a name that ends in a slash is a directory.
func plant(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		mode := fs.FileMode(0o644)
		if strings.HasPrefix(content, "#!") {
			mode = 0o755
		}
		var err error
		if strings.HasSuffix(name, "/") {
			err = os.MkdirAll(path, 0o755)
		} else if err = os.MkdirAll(filepath.Dir(path), 0o755); err == nil {
			err = os.WriteFile(path, []byte(content), mode)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// look returns what is in a directory: the digest of each file, the target of each link, and a
// slash for each directory. It goes component by component, so that a path may be longer than the
// system takes at once.
func look(t *testing.T, dir string) map[string]string {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = root.Close() }()
	found := map[string]string{}
	err = fs.WalkDir(root.FS(), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == "." {
			return err
		}
		switch d.Type() {
		case 0:
			content, err := root.ReadFile(path)
			found[path] = fmt.Sprintf("%d bytes, SHA-256 %x", len(content), sha256.Sum256(content))
			return err
		case fs.ModeDir:
			found[path] = "/"
		case fs.ModeSymlink:
			target, err := root.Readlink(path)
			found[path] = "-> " + target
			return err
		default:
			found[path] = d.Type().String()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// assertSame fails t unless two directories hold the same.
func assertSame(t *testing.T, want, got map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("unpacked and packed differ (-packed +unpacked):\n%s", diff)
	}
}

// assertNothing fails t unless a directory holds nothing: no unpacked tree, and no staging
// directory.
func assertNothing(t *testing.T, dir string) {
	t.Helper()
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("%q is left", entry.Name())
	}
}

// write makes a file in a new directory and returns its path.
func write(t *testing.T, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.zip")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// large makes an archive of eight files of 64 MiB each, which share no bytes of it but are the
// same.
func large(t *testing.T) string {
	t.Helper()
	content := bytes.Repeat([]byte("The same line comes again. "), (64<<20)/27+1)[:64<<20]
	var packed bytes.Buffer
	w, err := flate.NewWriter(&packed, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "large.zip")
	byGo(func(w *zip.Writer, _ string) error {
		for i := range 8 {
			to, err := w.CreateRaw(&zip.FileHeader{
				Name: fmt.Sprintf("%d.txt", i), Method: zip.Deflate, CRC32: crc32.ChecksumIEEE(content),
				CompressedSize64: uint64(packed.Len()), UncompressedSize64: uint64(len(content)),
			})
			if err == nil {
				_, err = to.Write(packed.Bytes())
			}
			if err != nil {
				return err
			}
		}
		return nil
	})(t, "", file)
	return file
}
