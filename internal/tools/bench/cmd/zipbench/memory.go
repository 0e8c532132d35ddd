package main

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// A duel is one job done by archive/zip and by safezip, in one process.
type duel struct {
	kind         string // as -only names it
	name         string
	plain, safer func() error
}

// The kinds of duels.
const (
	oneEntry = "one-entry"
	packing  = "pack"
)

// inMemory prints what reading one of many entries costs, and packing a tree. The two take turns.
func inMemory(ctx context.Context, out io.Writer, base string, rounds int, wanted func(kind string) bool) error {
	fmt.Fprintf(out, "\nIn memory, medians of %d\n\n", rounds)
	fmt.Fprintln(out, "| job | archive/zip | safezip | speed, archive/zip = 1 | by processor time |")
	fmt.Fprintln(out, "|---|---|---|---|---|")
	for _, w := range workloads {
		if w.files == 1 || w.tar {
			continue // A whole archive in one entry is what the tables above are about, and tar has no index.
		}
		if err := fight(ctx, out, base, w, rounds, wanted); err != nil {
			return err
		}
	}
	return nil
}

// fight runs the duels that are wanted on one workload.
func fight(ctx context.Context, out io.Writer, base string, w workload, rounds int,
	wanted func(kind string) bool) (err error) {
	archive, dir := filepath.Join(base, w.name+".zip"), filepath.Join(base, w.name)
	defer func() { err = errors.Join(err, os.Remove(archive), os.RemoveAll(dir)) }()
	if err := w.write(archive); err != nil {
		return err
	}
	if _, err := safezip.ExtractFile(ctx, dir, archive, budget); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	data, err := os.ReadFile(archive) //nolint:gosec // Our own archive.
	if err != nil {
		return err
	}
	for _, d := range []duel{
		readOne(ctx, w, archive), readAllOnce(w, archive), readOneOf(ctx, w, data), packAll(ctx, root.FS()),
	} {
		if !wanted(d.kind) {
			continue
		}
		var plain, safer []result
		for range rounds {
			for _, side := range []struct {
				run     func() error
				results *[]result
			}{{d.plain, &plain}, {d.safer, &safer}} {
				start, before := time.Now(), spent()
				if err := side.run(); err != nil {
					return fmt.Errorf("%s, %s: %w", w.title, d.name, err)
				}
				*side.results = append(*side.results, result{Elapsed: time.Since(start), CPU: spent() - before})
			}
		}
		p, s := summarize(plain), summarize(safer)
		fmt.Fprintf(out, "| %s: %s | %v | %v | %.2f | %.2f |\n", w.title, d.name, p.Elapsed.Round(time.Microsecond),
			s.Elapsed.Round(time.Microsecond), p.Elapsed.Seconds()/s.Elapsed.Seconds(), p.CPU.Seconds()/s.CPU.Seconds())
	}
	return nil
}

// spent is the processor time of this process, the garbage collector's included.
func spent() time.Duration {
	var r unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &r); err != nil {
		return 0 // It does not fail for one's own process.
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// middle is the name of the entry that is read.
func (w workload) middle() string {
	return fmt.Sprintf("dir%02d/file%05d.txt", w.files/2%100, w.files/2)
}

// readOne opens a file and reads one entry.
func readOne(ctx context.Context, w workload, archive string) duel {
	return duel{oneEntry, "one entry of a file", openPlain(w, archive), func() error {
		r, err := safezip.OpenFile(ctx, archive, budget)
		if err != nil {
			return err
		}
		defer r.Close() //nolint:errcheck // It has nothing to say.
		return safeRead(r, w)
	}}
}

// readAllOnce has archive/zip itself read every byte of the file besides, and nothing checked.
// Where entries are small, this is what no reader that sees each local header can be faster than,
// unless it maps the file.
func readAllOnce(w workload, archive string) duel {
	plain := openPlain(w, archive)
	return duel{oneEntry, "the same, and in place of safezip archive/zip and each byte read once", plain,
		func() (err error) {
			if err := plain(); err != nil {
				return err
			}
			f, err := os.Open(archive) //nolint:gosec // Our own archive.
			if err != nil {
				return err
			}
			defer func() { err = errors.Join(err, f.Close()) }()
			for buf := make([]byte, 64<<10); ; {
				if _, err := f.Read(buf); err == io.EOF {
					return nil
				} else if err != nil {
					return err
				}
			}
		}}
}

// openPlain opens a file with archive/zip and reads one entry.
func openPlain(w workload, archive string) func() error {
	return func() error {
		r, err := zip.OpenReader(archive)
		if err != nil {
			return err
		}
		defer r.Close()
		return plainRead(&r.Reader, w.middle())
	}
}

// readOneOf reads one entry of an archive in memory.
func readOneOf(ctx context.Context, w workload, data []byte) duel {
	return duel{oneEntry, "one entry in memory", func() error {
		r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return err
		}
		return plainRead(r, w.middle())
	}, func() error {
		r, err := safezip.NewReader(ctx, bytes.NewReader(data), int64(len(data)), budget)
		if err != nil {
			return err
		}
		defer r.Close() //nolint:errcheck // It has nothing to say.
		return safeRead(r, w)
	}}
}

// plainRead finds an entry as the documentation of archive/zip does, without its file system, and
// reads it.
func plainRead(r *zip.Reader, name string) error {
	for _, f := range r.File {
		if f.Name != name {
			continue
		}
		src, err := f.Open()
		if err != nil {
			return err
		}
		_, err = io.ReadAll(src)
		return errors.Join(err, src.Close())
	}
	return fs.ErrNotExist
}

// safeRead reads the same entry: into memory if it is small, or else as a stream.
func safeRead(r *safezip.Reader, w workload) error {
	got, err := r.ReadFile(w.middle())
	if err == nil && len(got) != w.size {
		err = io.ErrUnexpectedEOF
	}
	return err
}

// packAll packs a tree that is on the disk.
func packAll(ctx context.Context, tree fs.FS) duel {
	return duel{packing, "pack", func() error {
		z := zip.NewWriter(io.Discard)
		if err := z.AddFS(tree); err != nil {
			return err
		}
		return z.Close()
	}, func() error {
		lim := limits.Limits{InputBytes: limits.GiB, Items: 20_000, Time: time.Minute}
		_, err := safezip.Pack(ctx, io.Discard, tree, lim)
		return err
	}}
}
