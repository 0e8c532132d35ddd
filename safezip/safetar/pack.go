package safetar

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"path"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/packing"
	"github.com/seed73825598/airlock/safezip/internal/tree"
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
// that it leaves out is left out with all below. If Pack returns an error, w has got a part that is
// no archive.
func Pack(ctx context.Context, w io.Writer, fsys fs.FS, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safetar.Pack"
	if fsys == nil {
		return nil, setup.Misuse(op, "fsys", "is nil")
	}
	tw, err := newWriter(ctx, op, w, lim, opts)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tw.Close() }() // After Finish it has nothing to say.
	leave, err := tw.enter()
	if err != nil {
		return nil, err
	}
	returned := false
	defer func() { leave(&returned) }()
	p := &packer{w: tw, tree: packing.Tree{Op: tw.judge.Op, FS: fsys, Budget: tw.budget(),
		Whole: tw.config.base.Select == nil}}
	err = p.dir(".", nil)
	var r *Report
	if err == nil {
		r, err = tw.finish()
	}
	returned = true
	if err != nil {
		return nil, tw.session.Fail(err) // So that observers learn of it.
	}
	return r, nil
}

// A packer is one Pack.
type packer struct {
	w    *Writer
	tree packing.Tree
	buf  []byte
}

// dir packs what a directory holds. look is what was seen of it, nil for the root.
func (p *packer) dir(dir string, look fs.FileInfo) error {
	entries, held, err := p.tree.List(dir, look)
	defer p.w.budget().Release(limits.MemoryBytes, held)
	if err != nil {
		return err
	}
	for _, d := range entries {
		if err := p.entry(path.Join(dir, d.Name()), d); err != nil {
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
	if selected := p.w.config.base.Select; selected != nil && !selected(&tree.Entry{Name: e.Name, Path: e.Path,
		Size: e.Size, Dir: e.Dir, Mode: e.Mode, Modified: e.Modified}) {
		return nil
	}
	if t := d.Type() | look.Mode().Type(); t != 0 && t != fs.ModeDir {
		return p.special(name, t)
	}
	if d.IsDir() != e.Dir {
		return p.tree.Failed("stat", name, packing.ErrChanged)
	}
	if !e.Dir {
		return p.file(&e, look)
	}
	if err := p.w.mkdir(&e); err != nil {
		return err
	}
	return p.dir(name, look)
}

// file packs a regular file.
func (p *packer) file(e *Entry, look fs.FileInfo) error {
	// A name is judged before the file is opened: package fs opens none whose name is not UTF-8.
	out, err := p.w.create(&Entry{Path: e.Path, Size: e.Size, Mode: e.Mode &^ fs.ModeType, Modified: e.Modified})
	if err != nil {
		return err
	}
	f, err := p.tree.FS.Open(e.Path)
	if err != nil {
		return p.tree.Failed("open", e.Path, err)
	}
	defer func() { _ = f.Close() }() // Only read from.
	if err := p.same(e.Path, f, look); err != nil {
		return err
	}
	if err := p.copy(out, e.Path, f); err != nil {
		return err
	}
	if err := p.same(e.Path, f, look); err != nil {
		return err
	}
	return out.close()
}

// copy copies a file's data, all of it and no more.
func (p *packer) copy(out *entryWriter, name string, f fs.File) error {
	if p.buf == nil {
		if err := p.w.budget().Hold(limits.MemoryBytes, writeChunk); err != nil {
			return err
		}
		p.buf = make([]byte, writeChunk)
	}
	for idle := 0; ; idle++ {
		n, err := f.Read(p.buf)
		switch {
		case n < 0 || n > len(p.buf):
			return p.tree.Failed("read", name, errors.New("an invalid count"))
		case int64(n) > out.left:
			return p.tree.Failed("read", name, packing.ErrChanged)
		case n > 0:
			idle = 0
			if _, err := out.write(p.buf[:n]); err != nil {
				return err
			}
		case idle == maxIdle:
			return p.tree.Failed("read", name, io.ErrNoProgress)
		}
		switch {
		case errors.Is(err, io.EOF) && out.left > 0:
			return p.tree.Failed("read", name, packing.ErrChanged)
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return p.tree.Failed("read", name, err)
		}
		if err := p.w.budget().Err(); err != nil {
			return err
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
