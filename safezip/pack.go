package safezip

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// Pack writes the tree fsys to w, all directories, the empty ones included, in sorted order, and
// finishes the archive. Names, limits and options are those of a Writer.
//
// Links, devices and whatever else is neither a regular file nor a directory are refused under
// RuleSpecialFile, not followed. The type is asked of the directory entry and of the opened file,
// which must be the same file where the system can tell. A file that is not as large, or not of the
// time, when it has been read as when it was looked at is an error that names it. Use the FS method
// of an os.Root: os.DirFS follows a directory that is exchanged for a link out of the tree.
//
// Select decides by its Entry (Path, Name, Size, Mode, Modified, Dir) what goes in; a directory that
// it leaves out is left out with all below. A file for which StoreFunc is true is read twice. A time
// that a zip file cannot hold (before 1980, or after 2107) is left out, with a note.
//
// If it returns an error, w has got a part that is no archive.
func Pack(ctx context.Context, w io.Writer, fsys fs.FS, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safezip.Pack"
	if fsys == nil {
		return nil, &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "fsys", Reason: "is nil"}}}
	}
	zw, err := newWriter(ctx, op, w, lim, opts)
	if err != nil {
		return nil, err
	}
	defer func() { _ = zw.Close() }() // After Finish it has nothing to say.
	if err := zw.enter(); err != nil {
		return nil, err
	}
	defer zw.session.Leave()
	p := &packer{w: zw, fsys: fsys}
	if err := p.dir("."); err != nil {
		return nil, zw.session.Fail(err) // So that observers learn of it.
	}
	return zw.finish()
}

// A packer is one Pack.
type packer struct {
	w    *Writer
	fsys fs.FS
	buf  []byte
}

const (
	// packBatch is how many names of a directory are read at once.
	packBatch = 256

	// packEntryBytes is what a fs.DirEntry of a directory takes beside its name.
	packEntryBytes = 128

	// packIdle is how many reads in a row may return nothing.
	packIdle = 100
)

// dir packs what a directory holds.
func (p *packer) dir(dir string) error {
	entries, held, err := p.list(dir)
	defer p.w.budget().Release(limits.MemoryBytes, held)
	if err != nil {
		return err
	}
	for _, d := range entries {
		if err := p.entry(below(dir, d.Name()), d); err != nil {
			return err
		}
	}
	return nil
}

// list reads a directory in parts, each of which is charged before the next is read, and sorts it.
func (p *packer) list(dir string) (entries []fs.DirEntry, held int64, err error) {
	f, err := p.fsys.Open(dir)
	if err != nil {
		return nil, 0, p.failed("open", dir, err)
	}
	defer func() { _ = f.Close() }() // Only read from.
	lister, ok := f.(fs.ReadDirFile)
	if !ok {
		return nil, 0, p.failed("readdir", dir, errors.New("not implemented"))
	}
	b := p.w.budget()
	for {
		if err := b.Spend(limits.Steps, 1); err != nil {
			return nil, held, err
		}
		part, err := lister.ReadDir(packBatch)
		for _, d := range part {
			if strings.Contains(d.Name(), "/") {
				return nil, held, p.failed("readdir", dir, errors.New("a name in it holds a slash"))
			}
			n := packEntryBytes + int64(len(d.Name()))
			if err := b.Hold(limits.MemoryBytes, n); err != nil {
				return nil, held, limits.At(err, dir)
			}
			held += n
		}
		entries = append(entries, part...)
		if err := b.Fits(limits.Items, int64(len(entries))); err != nil && p.w.config.Select == nil {
			return nil, held, limits.At(err, dir)
		}
		switch {
		case errors.Is(err, io.EOF):
			slices.SortFunc(entries, func(x, y fs.DirEntry) int { return cmp.Compare(x.Name(), y.Name()) })
			return entries, held, nil
		case err != nil:
			return nil, held, p.failed("readdir", dir, err)
		}
	}
}

// entry packs one entry of a directory.
func (p *packer) entry(name string, d fs.DirEntry) error {
	if err := p.w.budget().Err(); err != nil {
		return err
	}
	look, err := d.Info()
	if err != nil {
		return p.failed("stat", name, err)
	}
	e := Entry{Name: name, Path: name, Mode: look.Mode(), Modified: look.ModTime(), Dir: look.IsDir()}
	if e.Dir {
		e.Name += "/"
	} else {
		e.Size = look.Size()
	}
	if p.w.config.Select != nil && !p.w.config.Select(&tree.Entry{Name: e.Name, Path: e.Path, Size: e.Size, Dir: e.Dir,
		Mode:     e.Mode,
		Modified: e.Modified}) {
		return nil
	}
	if t := d.Type() | look.Mode().Type(); t != 0 && t != fs.ModeDir {
		return p.special(name, t)
	}
	if d.IsDir() != e.Dir {
		return p.failed("stat", name, errChanged)
	}
	if !e.Modified.IsZero() && !zipwrite.HasTime(e.Modified) && p.w.config.Writing.FixedTime == nil {
		e.Modified = time.Time{}
		if err := p.w.note(name, "the time was left out: a zip file holds the years 1980 to 2107"); err != nil {
			return err
		}
	}
	if !e.Dir {
		return p.file(&e, look)
	}
	if err := p.w.mkdir(e); err != nil {
		return err
	}
	return p.dir(name)
}

// file packs a regular file. One that is stored is read twice: its header, which says the CRC-32,
// stands before it.
func (p *packer) file(e *Entry, look fs.FileInfo) error {
	f, err := p.w.create(Entry{Path: e.Path, Size: e.Size, Mode: e.Mode &^ fs.ModeType, Modified: e.Modified})
	if err != nil {
		return err
	}
	if f.stored {
		sum := crc32.NewIEEE()
		if err := p.read(e.Path, look, func(part []byte) error {
			_, err := sum.Write(part)
			return cmp.Or(err, p.w.budget().Spend(limits.Steps, steps(int64(len(part)))))
		}); err != nil {
			return err
		}
		if err := f.declare(sum.Sum32()); err != nil {
			return err
		}
	}
	if err := p.read(e.Path, look, func(part []byte) error {
		_, err := f.write(part)
		return err
	}); err != nil {
		return err
	}
	if f.stored && f.crc != f.header().CRC32 {
		return p.failed("read", e.Path, errChanged)
	}
	return f.close()
}

// read passes a file's data on, and holds the file against what it was when it was looked at.
func (p *packer) read(name string, look fs.FileInfo, sink func([]byte) error) error {
	f, err := p.fsys.Open(name)
	if err != nil {
		return p.failed("open", name, err)
	}
	defer func() { _ = f.Close() }() // Only read from.
	if err := p.same(name, f, look); err != nil {
		return err
	}
	if p.buf == nil {
		if err := p.w.budget().Hold(limits.MemoryBytes, chunk); err != nil {
			return err
		}
		p.buf = make([]byte, chunk)
	}
	size := int64(0)
	for idle := 0; ; {
		n, err := f.Read(p.buf)
		if n < 0 || n > len(p.buf) {
			return p.failed("read", name, errors.New("an invalid count"))
		}
		if size += int64(n); size > look.Size() {
			return p.failed("read", name, errChanged)
		}
		if n > 0 {
			idle = 0
			if err := sink(p.buf[:n]); err != nil {
				return err
			}
		}
		switch {
		case errors.Is(err, io.EOF):
			if size != look.Size() {
				return p.failed("read", name, errChanged)
			}
			return p.same(name, f, look)
		case err != nil:
			return p.failed("read", name, err)
		case n == 0:
			if idle++; idle == packIdle {
				return p.failed("read", name, io.ErrNoProgress)
			}
			if err := p.w.budget().Err(); err != nil {
				return err
			}
		}
	}
}

// same holds an opened file against what was seen of it before it was opened.
func (p *packer) same(name string, f fs.File, look fs.FileInfo) error {
	now, err := f.Stat()
	switch {
	case err != nil:
		return p.failed("stat", name, err)
	case !now.Mode().IsRegular():
		return p.special(name, now.Mode().Type())
	// os.SameFile knows the files of package os alone; of any other it says they differ from themselves.
	case now.Size() != look.Size() || !now.ModTime().Equal(look.ModTime()) ||
		os.SameFile(look, look) && !os.SameFile(look, now):
		return p.failed("read", name, errChanged)
	}
	return nil
}

var errChanged = errors.New("the file changed while it was packed")

// special refuses what is neither a file nor a directory.
func (p *packer) special(name string, t fs.FileMode) error {
	what := "a device, FIFO or socket"
	if t&fs.ModeSymlink != 0 {
		what = "a symbolic link"
	}
	return p.w.refuse(&tree.Entry{Name: name, Offset: p.w.offset}, RuleSpecialFile, what)
}

// failed is an error of the caller's file system.
func (p *packer) failed(op, name string, err error) error {
	if inner, ok := errors.AsType[*fs.PathError](err); ok {
		err = inner.Err // Its path would come raw and whole.
	}
	return fmt.Errorf("%s: %w", p.w.judge.Op, pathError(op, name, err))
}
