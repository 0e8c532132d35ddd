// Command ucdgen writes the tables of internal/ucd: go run ./internal/tools/ucdgen DIR, where DIR
// is the package's folder.
//
// It reads Debian's unicode-data 15.0.0-1 (apt-get install unicode-data), npm's unhomoglyph 1.0.6
// and cldr-misc-full 48.2.0 (it runs npm pack), Debian's libicu72 through icu/icu.c (apt-get
// install gcc libc6-dev libicu-dev), and overlay.txt and letters.txt beside it. Every file is held
// to the SHA-256 that stands in sources.go: other bytes are not the same tables. The same sources
// give the same bytes.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: ucdgen DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "ucd:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	src, err := open(dir)
	if err != nil {
		return err
	}
	defer src.close()
	data, err := read(src)
	if err != nil {
		return err
	}
	files, err := tables(data)
	if err != nil {
		return err
	}
	var errs []error
	for _, f := range files {
		errs = append(errs, f.write(dir))
	}
	return errors.Join(errs...)
}

// A file is one generated file of the package.
type file struct {
	name string
	text []byte
}

// write replaces the file only if that changes it: a file that is current keeps its time.
func (f file) write(dir string) error {
	path := filepath.Join(dir, f.name)
	if old, err := os.ReadFile(path); err == nil && bytes.Equal(old, f.text) {
		return nil
	}
	return os.WriteFile(path, f.text, 0o644)
}
