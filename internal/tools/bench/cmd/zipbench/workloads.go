package main

import (
	"archive/zip"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
)

// A workload is an archive of a number of files of one size.
type workload struct {
	name, title string
	files, size int
}

var workloads = []workload{
	{"small", "10,000 files of 4 KiB", 10_000, 4 << 10},
	{"large", "1 file of 256 MiB", 1, 256 << 20},
	{"medium", "64 files of 4 MiB", 64, 4 << 20},
}

// write makes the archive. The content is text of a small alphabet with repeats, which deflate
// halves or better, as it does with sources and documents.
func (w workload) write(name string) (err error) {
	f, err := os.Create(name) //nolint:gosec // A name of our own.
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	z := zip.NewWriter(f)
	random := rand.New(rand.NewPCG(1, 2)) //nolint:gosec // The same archive every time.
	page := make([]byte, 1<<20)
	for i := range page {
		page[i] = "etaoin shrdlucm\n"[random.IntN(16)]
	}
	for i := range w.files {
		dst, err := z.Create(fmt.Sprintf("dir%02d/file%05d.txt", i%100, i))
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
	return z.Close()
}
