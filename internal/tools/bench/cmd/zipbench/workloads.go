package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
)

// A workload is an archive of a number of files of one size.
type workload struct {
	name, title string
	files, size int
	tar         bool // a tar.gz in place of a zip archive
}

var workloads = []workload{
	{"small", "10,000 files of 4 KiB", 10_000, 4 << 10, false},
	{"large", "1 file of 256 MiB", 1, 256 << 20, false},
	{"medium", "64 files of 4 MiB", 64, 4 << 20, false},
	{"tar-small", "tar.gz, 10,000 files of 4 KiB", 10_000, 4 << 10, true},
	{"tar-large", "tar.gz, 1 file of 256 MiB", 1, 256 << 20, true},
}

// write makes the archive. The content is text of a small alphabet with repeats, which deflate
// halves or better, as it does with sources and documents.
func (w workload) write(name string) (err error) {
	f, err := os.Create(name) //nolint:gosec // A name of our own.
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	create, finish := zipped(f)
	if w.tar {
		create, finish = tarred(f)
	}
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The same archive every time.
	page := make([]byte, 1<<20)
	for i := range page {
		page[i] = "etaoin shrdlucm\n"[random.IntN(16)]
	}
	for i := range w.files {
		dst, err := create(fmt.Sprintf("dir%02d/file%05d.txt", i%100, i), w.size)
		if err != nil {
			return err
		}
		for left := w.size; left > 0; {
			start := random.IntN(len(page))
			n := min(left, len(page)-start, 1+random.IntN(8<<10))
			if _, err := dst.Write(page[start : start+n]); err != nil {
				return err
			}
			left -= n
		}
	}
	return finish()
}

// zipped returns what begins a file of a zip archive, and what ends the archive.
func zipped(f io.Writer) (create func(name string, size int) (io.Writer, error), finish func() error) {
	z := zip.NewWriter(f)
	return func(name string, _ int) (io.Writer, error) { return z.Create(name) }, z.Close
}

// tarred is zipped for a tar.gz.
func tarred(f io.Writer) (create func(name string, size int) (io.Writer, error), finish func() error) {
	z := gzip.NewWriter(f)
	t := tar.NewWriter(z)
	return func(name string, size int) (io.Writer, error) {
		err := t.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(size)})
		return t, err
	}, func() error { return errors.Join(t.Close(), z.Close()) }
}
