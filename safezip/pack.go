package safezip

import (
	"cmp"
	"context"
	"errors"
	"hash/crc32"
	"io"
	"io/fs"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/packing"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/zipwrite"
)

// Pack writes the tree fsys to w, all directories, the empty ones included, in sorted order, and
// finishes the archive. Names, limits and options are those of a Writer.
//
// Links, devices and whatever else is neither a regular file nor a directory are refused under
// RuleSpecialFile, not followed. The type is asked of the directory entry and of what is opened,
// which must be the same file or directory where the system can tell. A file that is not as large,
// or not of the time, when it has been read as when it was looked at is an error that names it. Use
// the FS method of an os.Root: os.DirFS follows a directory that is exchanged for a link out of the
// tree.
//
// Select decides by its Entry (Path, Name, Size, Mode, Modified, Dir) what goes in; a directory
// that it leaves out is left out with all below. A file for which StoreFunc is true is read twice.
// A time that a zip file cannot hold (before 1980, or after 2107) is left out, with a note.
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
	p := &packer{w: zw, tree: packing.Tree{Op: zw.judge.Op, FS: fsys, Budget: zw.budget(), Whole: zw.config.Select == nil}}
	if err := p.dir(".", nil); err != nil {
		return nil, zw.session.Fail(err) // So that observers learn of it.
	}
	return zw.finish()
}

// A packer is one Pack.
type packer struct {
	w    *Writer
	tree packing.Tree
	buf  []byte
}

// packIdle is how many reads in a row may return nothing.
const packIdle = 100

// dir packs what a directory holds. look is what was seen of it, nil for the root.
func (p *packer) dir(dir string, look fs.FileInfo) error {
	entries, held, err := p.tree.List(dir, look)
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

// entry packs one entry of a directory.
func (p *packer) entry(name string, d fs.DirEntry) error {
	if err := p.w.budget().Err(); err != nil {
		return err
	}
	look, err := d.Info()
	if err != nil {
		return p.tree.Failed("stat", name, err)
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
		return p.tree.Failed("stat", name, packing.ErrChanged)
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
	return p.dir(name, look)
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
		return p.tree.Failed("read", e.Path, packing.ErrChanged)
	}
	return f.close()
}

// read passes a file's data on, and holds the file against what it was when it was looked at.
func (p *packer) read(name string, look fs.FileInfo, sink func([]byte) error) error {
	f, err := p.tree.FS.Open(name)
	if err != nil {
		return p.tree.Failed("open", name, err)
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
			return p.tree.Failed("read", name, errors.New("an invalid count"))
		}
		if size += int64(n); size > look.Size() {
			return p.tree.Failed("read", name, packing.ErrChanged)
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
				return p.tree.Failed("read", name, packing.ErrChanged)
			}
			return p.same(name, f, look)
		case err != nil:
			return p.tree.Failed("read", name, err)
		case n == 0:
			if idle++; idle == packIdle {
				return p.tree.Failed("read", name, io.ErrNoProgress)
			}
			if err := p.w.budget().Err(); err != nil {
				return err
			}
		}
	}
}

// same holds an opened file against what was seen of it before it was opened.
func (p *packer) same(name string, f fs.File, look fs.FileInfo) error {
	kind, err := p.tree.Same(name, f, look)
	if err == nil && kind != 0 {
		return p.special(name, kind)
	}
	return err
}

// special refuses what is neither a file nor a directory.
func (p *packer) special(name string, t fs.FileMode) error {
	return p.w.refuse(&tree.Entry{Name: name, Offset: p.w.offset}, RuleSpecialFile, packing.Special(t))
}
