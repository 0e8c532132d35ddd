package safezip

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// Open opens a file or directory for reading. Of a file at least the last byte comes only after
// size, CRC-32 and slack are verified: io.EOF, and only that, means verified.
func (r *Reader) Open(name string) (fs.File, error) { return r.root().Open(name) }

// ReadFile returns the data of an entry, all of it and verified, or nil and an error. The slice is
// the caller's; MemoryBytes holds it until ReadFile returns.
func (r *Reader) ReadFile(name string) ([]byte, error) { return r.root().ReadFile(name) }

// ReadDir lists a directory, sorted by name.
func (r *Reader) ReadDir(name string) ([]fs.DirEntry, error) { return r.root().ReadDir(name) }

// Stat describes what name is, or leads to if it is a link.
func (r *Reader) Stat(name string) (fs.FileInfo, error) { return r.root().Stat(name) }

// Lstat is Stat without following a link at the end of name.
func (r *Reader) Lstat(name string) (fs.FileInfo, error) { return r.root().Lstat(name) }

// ReadLink returns the target of a link, and fs.ErrInvalid for anything else. Without
// UnsafeSymlinks no entry is a link.
func (r *Reader) ReadLink(name string) (string, error) { return r.root().ReadLink(name) }

// Glob returns the names that match pattern, in the syntax of path.Match, sorted. Each comparison
// costs steps. Unlike fs.Glob it reports a budget that runs out.
func (r *Reader) Glob(pattern string) ([]string, error) { return r.root().Glob(pattern) }

// Sub returns the same Reader below dir. Links in it lead where they lead in r.
func (r *Reader) Sub(dir string) (fs.FS, error) {
	if dir == "." {
		if err := r.enter(); err != nil {
			return nil, pathError("sub", dir, err)
		}
		r.leave()
		return r, nil
	}
	return r.root().Sub(dir)
}

// root is the view of the whole archive.
func (r *Reader) root() *view { return &view{reader: r, dir: wholeArchive} }

// wholeArchive stands for the root, which is not known before a call has begun.
const wholeArchive int32 = -1

// A view is a Reader below one of its directories. Its methods are those of the Reader.
type view struct {
	reader *Reader
	dir    int32
}

// Open opens a file or directory of the view.
func (v *view) Open(name string) (fs.File, error) {
	var opened fs.File
	err := v.inside("open", name, func() error {
		id, err := v.find(name, true)
		if err != nil {
			return err
		}
		i := info{v.reader, id}
		if i.IsDir() {
			opened = &readerDir{info: i, name: name}
			return v.reader.checkDir(id)
		}
		opened = &readerFile{info: i, name: name, stream: v.reader.stream(id)}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return opened, nil
}

// ReadFile returns the data of an entry of the view.
func (v *view) ReadFile(name string) ([]byte, error) {
	var data []byte
	err := v.inside("read", name, func() error {
		s, err := v.file(name)
		if err != nil {
			return err
		}
		defer s.stop()
		size := s.entry.Size
		if size > math.MaxInt {
			return &limits.ExceededError{Op: v.reader.archive.config.Op, Resource: limits.MemoryBytes,
				Limit: math.MaxInt, Used: size, Where: s.entry.Name}
		}
		if err := v.reader.pool.hold(size); err != nil {
			return limits.At(err, s.entry.Name)
		}
		defer v.reader.pool.budget.Release(limits.MemoryBytes, size)
		buf := make([]byte, size)
		n, err := s.readFull(buf)
		if err == nil {
			_, err = s.Read(make([]byte, 1))
		}
		if !errors.Is(err, io.EOF) {
			return err
		}
		data = buf[:n]
		return nil
	})
	return data, err
}

// ReadDir lists a directory of the view.
func (v *view) ReadDir(name string) ([]fs.DirEntry, error) {
	var list []fs.DirEntry
	err := v.inside("readdir", name, func() error {
		id, err := v.find(name, true)
		if err != nil {
			return err
		}
		if v.reader.archive.tree.Nodes[id].Kind != tree.Dir {
			return errNotDirectory
		}
		if err := v.reader.checkDir(id); err != nil {
			return err
		}
		list, err = v.reader.list(id)
		return err
	})
	return list, err
}

var errNotDirectory = errors.New("not a directory")

// Stat describes what name is, or leads to.
func (v *view) Stat(name string) (fs.FileInfo, error) { return v.stat("stat", name, true) }

// Lstat is Stat without following a link at the end.
func (v *view) Lstat(name string) (fs.FileInfo, error) { return v.stat("lstat", name, false) }

func (v *view) stat(op, name string, follow bool) (fs.FileInfo, error) {
	var i info
	err := v.inside(op, name, func() error {
		id, err := v.find(name, follow)
		i = info{v.reader, id}
		return err
	})
	if err != nil {
		return nil, err
	}
	return i, nil
}

// ReadLink returns the target of a link.
func (v *view) ReadLink(name string) (string, error) {
	var target string
	err := v.inside("readlink", name, func() error {
		id, err := v.find(name, false)
		if err != nil {
			return err
		}
		if v.reader.archive.tree.Nodes[id].Kind != tree.Link {
			return fs.ErrInvalid
		}
		target = v.reader.archive.targets[id]
		return nil
	})
	return target, err
}

// Sub returns the view of a directory below.
func (v *view) Sub(name string) (fs.FS, error) {
	sub := &view{reader: v.reader}
	err := v.inside("sub", name, func() error {
		id, err := v.find(name, true)
		if err != nil {
			return err
		}
		if v.reader.archive.tree.Nodes[id].Kind != tree.Dir {
			return errNotDirectory
		}
		sub.dir = id
		return nil
	})
	if err != nil {
		return nil, err
	}
	return sub, nil
}

// Glob returns the names of the view that match pattern.
func (v *view) Glob(pattern string) ([]string, error) {
	if _, err := path.Match(pattern, ""); err != nil {
		return nil, err
	}
	var found []string
	err := v.inside("glob", pattern, func() error {
		g := &glob{view: v}
		defer g.release()
		var err error
		found, err = g.match(pattern)
		return err
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(found)
	return found, nil
}

// CopyEntry writes the data of an entry to dst and returns how many bytes. ctx and the context of
// the Reader both end it. If it returns an error, dst has got a part and never the last byte; the
// handler of a request must then panic with http.ErrAbortHandler, or the client takes the part for
// the whole. An error of dst is returned as it is.
func (r *Reader) CopyEntry(ctx context.Context, dst io.Writer, name string) (int64, error) {
	if err := r.enter(); err != nil {
		return 0, pathError("copy", name, err)
	}
	defer r.leave()
	for _, missing := range []struct {
		field string
		is    bool
	}{{"the context", ctx == nil}, {"dst", dst == nil}} {
		if missing.is {
			return 0, pathError("copy", name, &limits.ConfigError{Op: opCopyEntry,
				Problems: []limits.FieldProblem{{Field: missing.field, Reason: "is nil"}}})
		}
	}
	s, err := r.root().file(name)
	if err != nil {
		return 0, r.fails("copy", name, err)
	}
	defer s.stop()
	s.caller = ctx
	if err := r.pool.hold(copyBuffer); err != nil {
		return 0, r.fails("copy", name, err)
	}
	defer r.pool.budget.Release(limits.MemoryBytes, copyBuffer)
	return r.copy(dst, s, name)
}

const (
	opCopyEntry = "safezip.CopyEntry"
	copyBuffer  = 64 << 10
)

// copy is CopyEntry of a stream.
func (r *Reader) copy(dst io.Writer, s *entryStream, name string) (int64, error) {
	buf := make([]byte, min(copyBuffer, s.entry.Size+1))
	for written := int64(0); ; {
		n, err := s.readFull(buf)
		if err != nil && !errors.Is(err, io.EOF) {
			return written, r.fails("copy", name, err)
		}
		if n > 0 {
			m, problem := dst.Write(buf[:n])
			if m < 0 || m > n || m < n && problem == nil {
				m, problem = max(0, min(m, n)), io.ErrShortWrite
			}
			written += int64(m)
			if problem != nil {
				return written, problem
			}
		}
		if err != nil {
			return written, nil
		}
	}
}

// inside runs one call on name.
func (v *view) inside(op, name string, call func() error) error {
	r := v.reader
	if err := r.enter(); err != nil {
		return pathError(op, name, err)
	}
	defer r.leave()
	if err := call(); err != nil {
		return r.fails(op, name, err)
	}
	return nil
}

// file returns the stream of the file that name is or leads to.
func (v *view) file(name string) (*entryStream, error) {
	id, err := v.find(name, true)
	if err != nil {
		return nil, err
	}
	if v.reader.archive.tree.Nodes[id].Kind == tree.Dir {
		return nil, errIsDirectory
	}
	return v.reader.stream(id), nil
}

// stream returns the stream of a file.
func (r *Reader) stream(id int32) *entryStream {
	return &entryStream{reader: r, entry: &r.archive.zip.Entries[r.archive.tree.Nodes[id].Entry]}
}

// find returns the node of a name. Each component costs a step.
func (v *view) find(name string, follow bool) (int32, error) {
	if !fs.ValidPath(name) {
		return tree.NoNode, fs.ErrInvalid
	}
	a := v.reader.archive
	at := v.dir
	if at == wholeArchive {
		at = a.tree.Root
	}
	if name == "." {
		return at, nil
	}
	for rest := name; rest != ""; {
		component, after, _ := strings.Cut(rest, "/")
		next, err := v.child(at, component)
		if err != nil {
			return tree.NoNode, err
		}
		if a.tree.Nodes[next].Kind == tree.Link && (after != "" || follow) {
			if next, err = a.tree.Follow(next, a.targets); err != nil {
				return tree.NoNode, err
			}
		}
		if after != "" && a.tree.Nodes[next].Kind != tree.Dir {
			return tree.NoNode, fs.ErrNotExist
		}
		at, rest = next, after
	}
	return at, nil
}

// child returns the node of that name in a directory.
func (v *view) child(dir int32, name string) (int32, error) {
	a := v.reader.archive
	if err := a.budget.Spend(limits.Steps, 1+steps(int64(len(name)))); err != nil {
		return tree.NoNode, err
	}
	id, found := a.tree.Child(dir, name)
	if !found || !a.tree.Nodes[id].Wanted {
		return tree.NoNode, fs.ErrNotExist
	}
	return id, nil
}
