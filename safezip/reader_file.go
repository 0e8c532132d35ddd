package safezip

import (
	"errors"
	"io"
	"io/fs"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// Modes of what a Reader serves.
const (
	readerFileMode = 0o444
	readerDirMode  = fs.ModeDir | 0o555
	readerLinkMode = fs.ModeSymlink | 0o777
)

// An info describes one node, as fs.FileInfo and as fs.DirEntry. It needs no Reader that is open.
type info struct {
	reader *Reader
	id     int32
}

func (i info) node() *tree.Node { return &i.reader.archive.tree.Nodes[i.id] }

func (i info) Name() string {
	if i.id == i.reader.archive.tree.Root {
		return "."
	}
	return i.node().Name
}

func (i info) Size() int64 {
	if n := i.node(); n.Kind != tree.Dir {
		return i.reader.archive.zip.Entries[n.Entry].Size
	}
	return 0
}

func (i info) Mode() fs.FileMode {
	switch i.node().Kind {
	case tree.Dir:
		return readerDirMode
	case tree.Link:
		return readerLinkMode
	case tree.File:
	}
	return readerFileMode
}

func (i info) ModTime() time.Time {
	if n := i.node(); n.Entry != tree.NoEntry {
		return i.reader.archive.zip.Entries[n.Entry].Modified
	}
	return time.Time{}
}

// Sys returns the Entry, or nil for a directory that only names imply.
func (i info) Sys() any {
	if n := i.node(); n.Entry != tree.NoEntry {
		return i.reader.entry(n.Entry)
	}
	return nil
}

func (i info) IsDir() bool                { return i.Mode().IsDir() }
func (i info) Type() fs.FileMode          { return i.Mode().Type() }
func (i info) Info() (fs.FileInfo, error) { return i, nil }
func (i info) String() string             { return fs.FormatDirEntry(i) }

// readerFile is an open file.
type readerFile struct {
	info
	name   string // as it was opened
	stream *entryStream
	closed bool
}

// check returns why a call on the file is in vain, or nil.
func (f *readerFile) check(op string) error {
	if f.closed {
		return pathError(op, f.name, fs.ErrClosed)
	}
	return nil
}

// Stat describes the file.
func (f *readerFile) Stat() (fs.FileInfo, error) {
	if err := f.check("stat"); err != nil {
		return nil, err
	}
	if err := f.reader.ended(); err != nil {
		return nil, pathError("stat", f.name, err)
	}
	return f.info, nil
}

// Read reads data of the file. io.EOF means that it is verified.
func (f *readerFile) Read(p []byte) (int, error) {
	if err := f.check("read"); err != nil {
		return 0, err
	}
	r := f.reader
	if err := r.enter(); err != nil {
		f.stream.stop()
		return 0, pathError("read", f.name, err)
	}
	defer r.leave()
	n, err := f.stream.Read(p)
	if err == nil || errors.Is(err, io.EOF) {
		return n, err
	}
	return n, r.fails("read", f.name, err)
}

// Close closes the file. A second call is nil.
func (f *readerFile) Close() error {
	f.closed = true
	f.stream.stop()
	return nil
}

// readerDir is an open directory.
type readerDir struct {
	info
	name   string // as it was opened
	listed bool
	rest   []fs.DirEntry
	closed bool
}

// Stat describes the directory.
func (d *readerDir) Stat() (fs.FileInfo, error) {
	if d.closed {
		return nil, pathError("stat", d.name, fs.ErrClosed)
	}
	if err := d.reader.ended(); err != nil {
		return nil, pathError("stat", d.name, err)
	}
	return d.info, nil
}

// Read is an error: a directory has no data.
func (d *readerDir) Read([]byte) (int, error) {
	return 0, pathError("read", d.name, errIsDirectory)
}

// ReadDir returns the next n entries of the directory, or all that are left if n <= 0, sorted by
// name.
func (d *readerDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if d.closed {
		return nil, pathError("readdir", d.name, fs.ErrClosed)
	}
	if err := d.reader.enter(); err != nil {
		return nil, pathError("readdir", d.name, err)
	}
	defer d.reader.leave()
	if !d.listed {
		list, err := d.reader.list(d.id)
		if err != nil {
			return nil, d.reader.fails("readdir", d.name, err)
		}
		d.listed, d.rest = true, list
	}
	count := len(d.rest)
	if n > 0 {
		if count == 0 {
			return nil, io.EOF
		}
		count = min(count, n)
	}
	list := d.rest[:count:count]
	d.rest = d.rest[count:]
	return list, nil
}

// Close closes the directory. A second call is nil.
func (d *readerDir) Close() error {
	d.closed, d.rest = true, nil
	return nil
}

var errIsDirectory = errors.New("is a directory")

// pathError puts err into a *fs.PathError, name quoted and cut if it is more than plain text.
func pathError(op, name string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: pathText(name), Err: err}
}

// pathText is a name as an error may show it.
func pathText(name string) string {
	if quoted := limits.Quote(name); quoted != `"`+name+`"` {
		return quoted
	}
	return name
}

// isRefusal reports the kind of error that ends a Reader.
func isRefusal(err error) bool { return errors.Is(err, limits.ErrRefused) }
