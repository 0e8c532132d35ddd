// Command gopack writes the files below the working directory with each Go library that the module
// knows, in the modes that it has: gopack OUT MODE. packers.sh calls it.
package main

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/mholt/archives"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gopack OUT MODE")
		os.Exit(2)
	}
	for _, w := range writers {
		mode := os.Args[2]
		if w.how != "" && mode != "default" {
			continue // The other modes differ in nothing that the trees would show.
		}
		if w.how != "" {
			mode = w.how
		}
		to := filepath.Join(os.Args[1], w.name+"--"+mode+".zip")
		if err := write(to, w.pack); err != nil {
			fmt.Fprintf(os.Stderr, "gopack: %s: %v\n", w.name, err)
			_ = os.Remove(to) //nolint:gosec // The caller names the file. Half an archive is no shape.
		}
	}
}

// write makes one archive.
func write(to string, pack func(f *os.File) error) error {
	f, err := os.Create(to) //nolint:gosec // The caller's own path.
	if err != nil {
		return err
	}
	return errors.Join(pack(f), f.Close())
}

// writers are the libraries and their modes; "" is the default one.
var writers = []struct {
	name, how string
	pack      func(f *os.File) error
}{
	{"go-archive-zip", "", func(f *os.File) error {
		z := zip.NewWriter(f)
		return errors.Join(z.AddFS(os.DirFS(".")), z.Close())
	}},
	{"go-archive-zip", "create", func(f *os.File) error {
		return each(f, func(z *zip.Writer, name string, data []byte) error {
			w, err := z.Create(name)
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		})
	}},
	{"go-archive-zip", "stored", func(f *os.File) error {
		return each(f, func(z *zip.Writer, name string, data []byte) error {
			w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		})
	}},
	{"go-archive-zip", "raw", func(f *os.File) error {
		return each(f, func(z *zip.Writer, name string, data []byte) error {
			size := uint64(len(data))
			w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Store, CRC32: crc32.ChecksumIEEE(data),
				CompressedSize64: size, UncompressedSize64: size})
			if err != nil {
				return err
			}
			_, err = w.Write(data)
			return err
		})
	}},
	{"mholt-archives", "", func(f *os.File) error {
		files, err := archives.FilesFromDisk(context.Background(), nil, map[string]string{".": ""})
		if err != nil {
			return err
		}
		return archives.Zip{}.Archive(context.Background(), f, files)
	}},
	{"airlock", "", func(f *os.File) error { return packed(f) }},
	{"airlock", "stored", func(f *os.File) error {
		return packed(f, safezip.StoreFunc(func(safezip.Entry) bool { return true }))
	}},
}

// each writes every regular file through one library call.
func each(f io.Writer, add func(z *zip.Writer, name string, data []byte) error) error {
	z := zip.NewWriter(f)
	tree := os.DirFS(".")
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := fs.ReadFile(tree, name)
		if err != nil {
			return err
		}
		return add(z, name, data)
	})
	return errors.Join(err, z.Close())
}

func packed(f io.Writer, opts ...safezip.Option) error {
	lim := limits.Limits{InputBytes: limits.GiB, Items: 10_000, Time: time.Minute}
	_, err := safezip.Pack(context.Background(), f, os.DirFS("."), lim, append(opts, safezip.UnicodeNames())...)
	return err
}
