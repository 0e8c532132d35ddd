// Command gopack writes the files below the working directory with each Go library that the module
// knows: gopack OUT/go/NAME-MODE.tar, to OUT/LIBRARY/NAME-MODE.tar. packers.sh calls it.
package main

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mholt/archives"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gopack OUT/go/NAME-MODE.tar")
		os.Exit(2)
	}
	out, name := filepath.Dir(filepath.Dir(os.Args[1])), filepath.Base(os.Args[1])
	if filepath.Base(filepath.Dir(os.Args[1])) == "docker-save" {
		if err := write(os.Args[1], docker); err != nil {
			fmt.Fprintln(os.Stderr, "gopack:", err)
			os.Exit(1)
		}
		return
	}
	for _, w := range writers {
		dir := filepath.Join(out, w.name)
		//nolint:gosec // The caller's own path.
		if err := errors.Join(os.MkdirAll(dir, 0o750), write(filepath.Join(dir, name), w.pack)); err != nil {
			fmt.Fprintf(os.Stderr, "gopack: %s: %v\n", w.name, err)
		}
	}
}

// write makes one archive.
func write(to string, pack func(w io.Writer) error) error {
	f, err := os.Create(to) //nolint:gosec // The caller's own path.
	if err != nil {
		return err
	}
	return errors.Join(pack(f), f.Close())
}

// writers are the libraries.
var writers = []struct {
	name string
	pack func(w io.Writer) error
}{
	{"go-archive-tar", func(w io.Writer) error {
		t := tar.NewWriter(w)
		return errors.Join(t.AddFS(os.DirFS(".")), t.Close())
	}},
	{"helm-package", helm},
	{"go-mholt-archives", func(w io.Writer) error {
		ctx := context.Background()
		files, err := archives.FilesFromDisk(ctx, nil, map[string]string{".": ""})
		if err != nil {
			return err
		}
		return archives.CompressedArchive{Compression: archives.Gz{}, Archival: archives.Tar{}, Extraction: archives.Tar{}}.
			Archive(ctx, w, files)
	}},
	{"airlock-safetar", func(w io.Writer) error {
		lim := limits.Limits{InputBytes: limits.GiB, Items: 100_000, Time: time.Minute}
		_, err := safetar.Pack(context.Background(), w, os.DirFS("."), lim, safetar.UnicodeNames(), safetar.UnsafeSymlinks())
		return err
	}},
}

// each calls f with every regular file.
func each(f func(name string, info fs.FileInfo, data []byte) error) error {
	root := os.DirFS(".")
	return fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		data, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		return f(name, info, data)
	})
}

// helm writes a chart as "helm package" does: a gzip header with a comment and an extra field, and
// files alone, below the name of the chart.
func helm(w io.Writer) error {
	z := gzip.NewWriter(w)
	z.Extra, z.Comment = []byte("+aHR0cHM6Ly95b3V0dS5iZS96OVV6MWljandyTQo="), "Helm"
	t := tar.NewWriter(z)
	err := each(func(name string, info fs.FileInfo, data []byte) error {
		h := &tar.Header{Name: "chart/" + name, Mode: 0o644, Size: int64(len(data)), ModTime: info.ModTime()}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		_, err := t.Write(data)
		return err
	})
	return errors.Join(err, t.Close(), z.Close())
}

// docker writes files as "docker save" does: directories with a slash, times of 1970 and owner 0.
func docker(w io.Writer) error {
	t := tar.NewWriter(w)
	made := map[string]bool{}
	err := each(func(name string, info fs.FileInfo, data []byte) error {
		if dir, _, nested := strings.Cut(name, "/"); nested && !made[dir] {
			made[dir] = true
			if err := t.WriteHeader(&tar.Header{Typeflag: tar.TypeDir, Name: dir + "/", Mode: 0o755,
				ModTime: time.Unix(0, 0)}); err != nil {
				return err
			}
		}
		h := &tar.Header{Name: name, Mode: 0o644, Size: int64(len(data)), ModTime: time.Unix(0, 0), Format: tar.FormatUSTAR}
		if err := t.WriteHeader(h); err != nil {
			return err
		}
		_, err := t.Write(data)
		return err
	})
	return errors.Join(err, t.Close())
}
