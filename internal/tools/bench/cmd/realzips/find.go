package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// extensions are those of formats that are zip archives by definition. A file that has one and is
// nothing of the kind is an answer as well.
var extensions = []string{
	".zip", ".jar", ".war", ".whl", ".apk", ".aar", ".epub", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp",
	".ott", ".otp", ".ots",
	".xpi", ".nupkg", ".egg",
}

// endSize is the size of an end record without a comment (APPNOTE 4.3.16).
const endSize = 22

// looksLikeZip reports whether a file starts with a local header or an end record, or ends with an
// end record.
func looksLikeZip(f io.ReaderAt, size int64) (bool, error) {
	var head [4]byte
	var end [endSize]byte
	if size < endSize {
		return false, nil
	}
	for _, part := range []struct {
		to []byte
		at int64
	}{{head[:], 0}, {end[:], size - endSize}} {
		if _, err := f.ReadAt(part.to, part.at); err != nil {
			return false, err
		}
	}
	start := string(head[:])
	return start == "PK\x03\x04" || start == "PK\x05\x06" || bytes.HasPrefix(end[:], []byte("PK\x05\x06")), nil
}

// A finder walks directories and hands each distinct archive on once.
type finder struct {
	seen       map[[sha256.Size]byte]bool
	duplicates int
	found      func(path string, f *os.File, size int64) error
}

func newFinder(found func(path string, f *os.File, size int64) error) *finder {
	return &finder{seen: map[[sha256.Size]byte]bool{}, found: found}
}

// walk looks at every regular file below dir. Links are not followed, so nothing is met twice by
// its path.
func (w *finder) walk(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		return w.look(path)
	})
}

func (w *finder) look(path string) error {
	f, err := os.Open(path) //nolint:gosec // The directories are the caller's own.
	if err != nil {
		return err
	}
	defer f.Close() //nolint:errcheck // A file that was read has nothing left to lose.
	info, err := f.Stat()
	if err != nil {
		return err
	}
	is, err := looksLikeZip(f, info.Size())
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if !is && !slices.Contains(extensions, strings.ToLower(filepath.Ext(path))) {
		return nil
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	sum := [sha256.Size]byte(hash.Sum(nil))
	if w.seen[sum] {
		w.duplicates++
		return nil
	}
	w.seen[sum] = true
	return w.found(path, f, info.Size())
}
