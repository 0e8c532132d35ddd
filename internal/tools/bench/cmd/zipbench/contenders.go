package main

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/mholt/archives"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// A contender unpacks an archive into a directory, as a function in a child process or as a
// program.
type contender struct {
	name    string
	unpack  func(ctx context.Context, archive, dir string) error
	command func(archive, dir string) []string
}

// contenders holds the plain loop first: the others are compared with it.
var contenders = []contender{
	{name: "archive/zip loop", unpack: plainLoop},
	{name: "safezip, 1 worker", unpack: safe(1)},
	{name: "safezip, 2 workers", unpack: safe(2)},
	{name: "safezip.Inspect", unpack: inspect},
	{name: "mholt/archives", unpack: mholt},
	{name: "unzip", command: func(archive, dir string) []string { return []string{"unzip", "-q", archive, "-d", dir} }},
	{name: "bsdtar", command: func(archive, dir string) []string {
		return []string{"bsdtar", "-x", "-f", archive,
			"-C", dir}
	}},
}

// tarContenders are those for tar.gz.
var tarContenders = []contender{
	{name: "archive/tar, compress/gzip loop", unpack: plainTarLoop},
	{name: "safetar", unpack: func(ctx context.Context, archive, dir string) error {
		lim := budget
		lim.InputBytes = limits.GiB
		_, err := safetar.ExtractFile(ctx, dir, archive, lim)
		return err
	}},
	{name: "GNU tar", command: func(archive, dir string) []string { return []string{"tar", "-xf", archive, "-C", dir} }},
	{name: "bsdtar (tar.gz)", command: func(archive, dir string) []string {
		return []string{"bsdtar", "-x", "-f", archive, "-C", dir}
	}},
}

// plainTarLoop is what the documentation of archive/tar leads to, with the directories made once.
func plainTarLoop(_ context.Context, archive, dir string) error {
	f, err := os.Open(archive) //nolint:gosec // Our own archive.
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		return err
	}
	t, made := tar.NewReader(z), map[string]bool{}
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name := filepath.Join(dir, h.Name) //nolint:gosec // The loop that safetar is compared with.
		if err := save(made, name, io.NopCloser(t)); err != nil {
			return err
		}
	}
}

// budget is enough for every workload.
var budget = limits.Limits{OutputBytes: 512 * limits.MiB, Items: 20_000, MemoryBytes: limits.GiB, Time: time.Minute}

func safe(workers int) func(ctx context.Context, archive, dir string) error {
	return func(ctx context.Context, archive, dir string) error {
		_, err := safezip.ExtractFile(ctx, dir, archive, budget, safezip.Workers(workers))
		return err
	}
}

func inspect(ctx context.Context, archive, _ string) error {
	f, err := os.Open(archive) //nolint:gosec // Our own archive.
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	_, err = safezip.Inspect(ctx, f, info.Size(), budget)
	return err
}

// plainLoop is what the documentation of archive/zip leads to, with the directories made once.
func plainLoop(_ context.Context, archive, dir string) error {
	r, err := zip.OpenReader(archive)
	if err != nil {
		return err
	}
	defer r.Close()
	made := map[string]bool{}
	for _, f := range r.File {
		src, err := f.Open()
		if err != nil {
			return err
		}
		//nolint:gosec // The loop that safezip is compared with.
		if err := save(made, filepath.Join(dir, f.Name), src); err != nil {
			return err
		}
	}
	return nil
}

// mholt is what the documentation of mholt/archives leads to.
func mholt(ctx context.Context, archive, dir string) error {
	f, err := os.Open(archive) //nolint:gosec // Our own archive.
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }()
	made := map[string]bool{}
	return archives.Zip{}.Extract(ctx, f, func(_ context.Context, file archives.FileInfo) error {
		src, err := file.Open()
		if err != nil {
			return err
		}
		return save(made, filepath.Join(dir, file.NameInArchive), src)
	})
}

// save copies a file to its place and closes both.
func save(made map[string]bool, name string, src io.ReadCloser) error {
	if parent := filepath.Dir(name); !made[parent] {
		if err := os.MkdirAll(parent, 0o750); err != nil {
			return err
		}
		made[parent] = true
	}
	dst, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // Our own archive.
	if err != nil {
		return err
	}
	_, err = io.Copy(dst, src)
	return errors.Join(err, dst.Close(), src.Close())
}

// runChild runs one contender once and prints what it took.
func runChild(ctx context.Context, name, archive, dir string, out io.Writer) error {
	for _, c := range slices.Concat(contenders, tarContenders) {
		if c.name != name || c.unpack == nil {
			continue
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		if err := c.unpack(ctx, archive, dir); err != nil {
			return err
		}
		r := result{Elapsed: time.Since(start)}
		runtime.ReadMemStats(&after)
		r.Mallocs = after.Mallocs - before.Mallocs
		return json.NewEncoder(out).Encode(r)
	}
	return fmt.Errorf("there is no contender %q", name)
}
