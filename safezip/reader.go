package safezip

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path"
	"sync"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/session"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A Reader is an accepted archive as a file system. Every check that needs no inflating has been
// made; size, CRC-32 and slack of an entry are verified whenever it is read. Nothing is written to
// disk but what OpenStream and OpenArchive spool.
//
// It is an fs.FS, and has the methods of fs.ReadDirFS, fs.StatFS, fs.ReadFileFS, fs.GlobFS,
// fs.SubFS and fs.ReadLinkFS. Without UnsafeSymlinks no entry is a link. Open, Stat and ReadFile
// follow links within the archive. Modes are 0444, 0555 for directories and 0777 for links; Sys of
// a FileInfo returns the Entry, and nil for a directory that only names imply; ModTime is
// Entry.Modified. Files cannot seek, so http.FileServerFS answers 500 for names whose extension it
// does not know and refuses ranges: serve with CopyEntry.
//
// Errors are *fs.PathError around a *RuleError, a *limits.ExceededError, fs.ErrNotExist,
// fs.ErrInvalid or fs.ErrClosed; errors.As finds them. A refusal, by a rule or a budget, ends the
// Reader: every later call returns it. A name that does not exist, a mistake of the caller and an
// error of the caller's writer do not.
//
// OutputBytes and Items are what the archive declares, and every archive inside that is opened adds
// to them. To read an entry costs a step for each 64 bytes, each time it is read; to look up a
// name, list a directory or compare a pattern costs steps too. MemoryBytes covers the index,
// buffers, spools in memory, and the result of ReadFile until it returns. Time runs while a call is
// inside.
//
// A Reader is safe for concurrent use; a File is for one goroutine.
type Reader struct {
	_       [0]func()
	session *session.Session // one for this archive and those inside
	archive *archive
	pool    *inflaterPool
	nodes   []int32 // of the entries, by index; tree.NoNode for one that has no path
	outer   *Reader // nil if this is not an archive inside
	depth   int     // how many archives this one is inside
	life    inner   // of an archive inside

	mu       sync.Mutex
	children *children // made when the first directory is listed
	inside   map[*Reader]struct{}
}

const readerName = "safezip.Reader"

// NewReader runs every check of Inspect on the archive in the first size bytes of src and serves it
// as a file system. src must stay readable and unchanged until Close, is read by several goroutines
// at once, and is not closed.
//
// Required limits: OutputBytes, Items, Time. OutputBytes and Items are spent here, for all that the
// archive declares, entries that are never read included, and are charged to envelopes here.
// Entries that Select leaves out are not in the file system and count all the same. Under
// UnsafeSymlinks the targets of links are read here. With an error the Reader is nil.
//
// ctx ends the Reader, so it must live as long: a function that makes a timeout with a deferred
// cancel and returns the Reader has ended it. Options about how files are written have no effect.
func NewReader(ctx context.Context, src io.ReaderAt, size int64, lim limits.Limits, opts ...Option) (*Reader, error) {
	c, err := configure("safezip.NewReader", size, lim, opts)
	if err != nil {
		return nil, err
	}
	return newReader(ctx, c, held(src, size))
}

// OpenFile is NewReader for the regular file archive, which Close closes.
func OpenFile(ctx context.Context, archive string, lim limits.Limits, opts ...Option) (*Reader, error) {
	c, err := configure("safezip.OpenFile", 0, lim, opts)
	if err != nil {
		return nil, err
	}
	f, size, err := openRegular(c.Op, archive)
	if err != nil {
		return nil, err
	}
	c.SetSize(size)
	opened := false
	defer func() {
		if !opened {
			_ = f.Close() // Only read from.
		}
	}()
	r, err := newReader(ctx, c, opening(f, size))
	opened = err == nil
	return r, err
}

// opening is the source that is a file which is closed with the archive.
func opening(f *os.File, size int64) source {
	return func(c *config.Config, b *limits.Budget) (io.ReaderAt, int64, func() error, error) {
		return f, size, f.Close, b.Spend(limits.InputBytes, size)
	}
}

// OpenStream is NewReader for a stream, such as the body of a request. InputBytes is required
// besides. src is read to its end before OpenStream returns, and not closed. Up to SpoolBytes of it
// are kept in memory and count against MemoryBytes; more goes to a file in TempDir, which has no
// name where the system allows that, and is gone with Close.
func OpenStream(ctx context.Context, src io.Reader, lim limits.Limits, opts ...Option) (*Reader, error) {
	c, err := configure("safezip.OpenStream", 0, lim, opts, limits.InputBytes)
	if err != nil {
		return nil, err
	}
	return newReader(ctx, c, spooled(src))
}

// newReader is NewReader with its options validated.
func newReader(ctx context.Context, c *config.Config, from source) (r *Reader, err error) {
	s, err := session.Start(ctx, readerName, c.Op, c.Limits, c.Required...)
	if err != nil {
		return nil, err
	}
	r = &Reader{session: s, pool: &inflaterPool{budget: s.Budget()}}
	made := false
	defer func() {
		if !made {
			s.Close() // Also if the caller's source panics.
		}
	}()
	if err := r.open(c, from); err != nil {
		_ = s.Fail(err) // So that observers learn of it.
		return nil, err
	}
	made = true
	s.Leave()
	return r, nil
}

// open gets hold of the archive and checks it.
func (r *Reader) open(c *config.Config, from source) error {
	b := r.session.Budget()
	src, size, release, err := from(c, b)
	if err != nil {
		return err
	}
	r.archive = &archive{config: c, budget: b, src: src, size: size, release: release,
		judge: &judge.Judge{Op: c.Op, Budget: b, Lifted: c.Names.Lifted}}
	if r.outer == nil {
		r.session.OnEnd(r.letGo)
	}
	if err := r.archive.check(); err != nil {
		return err
	}
	if err := r.archive.plan(); err != nil {
		return err
	}
	if err := r.readLinks(); err != nil {
		return err
	}
	if err := b.Spend(limits.OutputBytes, r.archive.zip.Size); err != nil {
		return err
	}
	return r.index()
}

// readLinks reads the targets of links, without which no path is known.
func (r *Reader) readLinks() error {
	f, err := r.pool.get(r.archive)
	if err != nil {
		return err
	}
	defer r.pool.put(f)
	return r.archive.readLinks(f)
}

// index finds the node of each entry.
func (r *Reader) index() error {
	const indexBytes = 4
	n := len(r.archive.zip.Entries)
	if err := r.archive.judge.Hold(indexBytes * int64(n)); err != nil {
		return err
	}
	r.nodes = make([]int32, n)
	for i := range r.nodes {
		r.nodes[i] = tree.NoNode
	}
	for id := range r.archive.tree.Nodes {
		if n := &r.archive.tree.Nodes[id]; n.Entry != tree.NoEntry && n.Wanted {
			r.nodes[n.Entry] = int32(id)
		}
	}
	return nil
}

// Entries yields the entries that have a Path, in the archive's order. It may be ranged over again
// and at once, and costs nothing.
func (r *Reader) Entries() iter.Seq[Entry] {
	return func(yield func(Entry) bool) {
		if r == nil || r.session == nil {
			return
		}
		for i, id := range r.nodes {
			if id != tree.NoNode && !yield(r.entry(int32(i))) {
				return
			}
		}
	}
}

// entry is entry i as the caller sees it.
func (r *Reader) entry(i int32) Entry {
	te := r.archive.entry(i)
	e := entryOf(&te)
	e.Path = path.Join(".", r.archive.tree.PathOnDisk(r.nodes[i]))
	e.Link = r.archive.targets[r.nodes[i]]
	return e
}

// Report says what the archive holds, as Inspect does, and what was noted in it so far.
func (r *Reader) Report() *Report {
	if r == nil || r.session == nil {
		return &Report{}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	report := r.archive.report()
	report.all = r.archive.all(true)
	return report
}

// Context is that of the Reader's budget: a parser that runs on a part of the archive under it
// takes no second place in a Pool. It is done when the Reader is.
func (r *Reader) Context() context.Context {
	switch {
	case r == nil || r.session == nil:
		return (*limits.Budget)(nil).Context()
	case r.outer != nil:
		return r.life.context
	}
	return r.session.Budget().Context()
}

// Close ends the Reader, closes the archives inside and the Files that are open, and gives the
// place in a Pool back. The next call of any of them is an error that matches fs.ErrClosed; the
// second Close is nil. A call that is inside may end with the same error; src may still be read by
// it.
func (r *Reader) Close() error {
	if r == nil || r.session == nil {
		return session.Unmade(readerName, readerMakers)
	}
	if r.outer != nil {
		r.outer.forget(r)
		r.letGo()
		return nil
	}
	r.session.Close()
	return nil
}

const readerMakers = "NewReader, OpenFile, OpenStream or OpenArchive"

// enter begins a call.
func (r *Reader) enter() error {
	if r == nil || r.session == nil {
		return session.Unmade(readerName, readerMakers)
	}
	if err := r.session.Enter(); err != nil {
		return err
	}
	if err := r.gone(); err != nil {
		r.session.Leave()
		return err
	}
	return nil
}

// leave ends a call.
func (r *Reader) leave() { r.session.Leave() }

// ended returns why the Reader takes no more calls, or nil.
func (r *Reader) ended() error {
	if err := r.session.Err(); err != nil {
		return err
	}
	return r.gone()
}

// fails is the error of a call on name. A refusal ends the Reader.
func (r *Reader) fails(op, name string, err error) error {
	if isRefusal(err) {
		err = r.session.Fail(err)
	}
	if ended := r.ended(); ended != nil {
		err = ended
	}
	return pathError(op, name, err)
}

// letGo gives back what the Reader holds of its archive, and of those inside.
func (r *Reader) letGo() {
	r.mu.Lock()
	inside := r.inside
	r.inside = nil
	r.mu.Unlock()
	for in := range inside {
		in.letGo()
	}
	if r.outer != nil && !r.end() {
		return
	}
	if a := r.archive; a != nil {
		_ = a.release() // It closes a file, or gives memory back.
		r.mu.Lock()
		defer r.mu.Unlock()
		r.session.Budget().Release(limits.MemoryBytes, a.judge.Held)
		if a.zip != nil {
			r.session.Budget().Release(limits.MemoryBytes, a.zip.Held)
		}
	}
}

var (
	_ fs.ReadDirFS  = (*Reader)(nil)
	_ fs.StatFS     = (*Reader)(nil)
	_ fs.ReadFileFS = (*Reader)(nil)
	_ fs.GlobFS     = (*Reader)(nil)
	_ fs.SubFS      = (*Reader)(nil)
	_ fs.ReadLinkFS = (*Reader)(nil)
)

// closedReader is the error of a call after Close.
func closedReader() error { return fmt.Errorf("%s: %w", readerName, fs.ErrClosed) }
