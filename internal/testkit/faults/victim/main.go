// Command victim carries out one operation of safezip, to be killed or failed at one of its system
// calls. Package faults runs it under strace.
//
//	victim OPERATION DIR ARCHIVE
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/faults"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func main() {
	runtime.LockOSThread() // strace counts the system calls of one thread.
	operation, dir, archive := os.Args[1], os.Args[2], os.Args[3]
	mark(faults.Begin)
	r, err := run(operation, dir, archive)
	mark(faults.End)
	out := faults.Outcome{}
	if err != nil {
		out.Error = err.Error()
		out.Refused = errors.Is(err, limits.ErrRefused)
	} else {
		for _, n := range r.Notes {
			out.Notes = append(out.Notes, n.String())
		}
	}
	if err := json.NewEncoder(os.Stdout).Encode(out); err != nil {
		os.Exit(3)
	}
}

// mark makes a system call that stands out in the list.
func mark(name string) { _, _ = os.Lstat(name) }

func run(operation, dir, archive string) (*safezip.Report, error) {
	ctx := context.Background()
	lim := limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Time: time.Minute}
	opts := []safezip.Option{safezip.Workers(1), safezip.UnsafeSymlinks(), safezip.KeepTimes()}
	switch operation {
	case "ExtractFile":
		return safezip.ExtractFile(ctx, dir, archive, lim, opts...)
	case "Sync":
		return safezip.ExtractFile(ctx, dir, archive, lim, append(opts, safezip.Sync())...)
	case "Replace":
		return safezip.ExtractFile(ctx, dir, archive, lim, append(opts, safezip.Replace(faults.Kept...))...)
	case "ExtractStream":
		f, err := os.Open(archive) //nolint:gosec // The harness's own path.
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // Only read from.
		return safezip.ExtractStream(ctx, dir, io.MultiReader(f), lim,
			append(opts, safezip.TempDir(filepath.Dir(dir)), safezip.SpoolBytes(1))...)
	case "OpenStream":
		f, err := os.Open(archive) //nolint:gosec // The harness's own path.
		if err != nil {
			return nil, err
		}
		defer func() { _ = f.Close() }() // Only read from.
		return readAll(safezip.OpenStream(ctx, io.MultiReader(f), lim, safezip.UnsafeSymlinks(),
			safezip.TempDir(filepath.Dir(dir)), safezip.SpoolBytes(1)))
	case "Pack":
		return pack(ctx, dir, archive+".packed", lim)
	case "ExtractRoot":
		data, err := os.Open(archive) //nolint:gosec // The harness's own path.
		if err != nil {
			return nil, err
		}
		defer func() { _ = data.Close() }() // Only read from.
		info, err := data.Stat()
		if err != nil {
			return nil, err
		}
		root, err := os.OpenRoot(dir)
		if err != nil {
			return nil, err
		}
		defer func() { _ = root.Close() }() // Nothing is written through it afterwards.
		return safezip.ExtractRoot(ctx, root, data, info.Size(), lim, opts...)
	}
	return nil, fmt.Errorf("no such operation: %s", operation)
}

// readAll reads every file of an archive.
func readAll(r *safezip.Reader, err error) (*safezip.Report, error) {
	if err != nil {
		return nil, err
	}
	err = fs.WalkDir(r, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			_, err = r.ReadFile(name)
		}
		return err
	})
	return r.Report(), errors.Join(err, r.Close())
}

// pack packs a directory, and refuses what it has made if a file is missing.
func pack(ctx context.Context, dir, to string, lim limits.Limits) (*safezip.Report, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer func() { _ = root.Close() }() // Only read from.
	f, err := os.Create(to)             //nolint:gosec // The harness's own path.
	if err != nil {
		return nil, err
	}
	packed, err := safezip.Pack(ctx, f, root.FS(), lim)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	read, err := safezip.InspectFile(ctx, to, lim)
	if err == nil && read.Files != packed.Files {
		err = fmt.Errorf("%w: %d files of %d", limits.ErrRefused, read.Files, packed.Files)
	}
	return read, err
}
