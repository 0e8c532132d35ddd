package safetar

import (
	"context"
	"errors"
	"io"
	"os"
	"time"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	base "github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tarscan"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
)

// Extract unpacks the archive in src into the new directory dir, all of it or nothing, in one pass.
// src is plain tar, or tar within gzip or bzip2 (see Compressed), which its first bytes tell. dir
// must not exist; its parent must.
//
// The archive is unpacked into a staging directory of mode 0700 beside dir, and one rename puts the
// tree in its place after the last byte of src was read and verified. On any error, on
// cancellation, and if a callback or src panics, the staging directory is removed before Extract
// returns. Only a killed process leaves it: safezip.RemoveStale removes it.
//
// Required limits: InputBytes, OutputBytes, Items, Time. A broken rule is a *RuleError, a spent
// limit a *limits.ExceededError; both match limits.ErrRefused. A missing limit or a wrong option is
// a *limits.ConfigError. Anything else (a full disk, a directory that exists, a cancelled context,
// an error of src) is the environment's. src is not closed. A Read of src that blocks is not
// interrupted when the time is up, so give a connection a deadline of its own.
func Extract(ctx context.Context, dir string, src io.Reader, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure("safetar.Extract", lim, opts)
	if err != nil {
		return nil, err
	}
	return c.extract(ctx, c.place(dir), src)
}

// ExtractFile is Extract for the regular file archive. InputBytes is required all the same.
func ExtractFile(ctx context.Context, dir, archive string, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safetar.ExtractFile"
	c, err := configure(op, lim, opts)
	if err != nil {
		return nil, err
	}
	f, err := openRegular(op, archive)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // Only read from.
	return c.extract(ctx, c.place(dir), f)
}

// ExtractRoot unpacks the archive into a directory that the caller holds open, as
// safezip.ExtractRoot does: no name that exists is touched or followed, and on an error what was
// made is removed again. It is cleaned up, and not atomic. root stays open.
func ExtractRoot(ctx context.Context, root *os.Root, src io.Reader, lim limits.Limits, opts ...Option) (*Report,
	error) {
	c, err := configure("safetar.ExtractRoot", lim, opts)
	if err != nil {
		return nil, err
	}
	if c.base.Replace {
		return nil, setup.Misuse(c.base.Op, "Replace", "is for Extract and ExtractFile: here nothing is replaced")
	}
	if c.base.StripTop {
		return nil, setup.Misuse(c.base.Op, "StripTop", "is for Extract and ExtractFile: what is made here is not moved, "+
			"and the end of the archive alone tells whether there is one top directory")
	}
	return c.extract(ctx, unpack.Held(root), src)
}

// place is where the tree is made that becomes dir.
func (c *config) place(dir string) unpack.Place {
	if c.base.Replace {
		return unpack.Replaced(dir, &unpack.Replacement{Keep: c.base.Keep, DirMode: c.base.DirMode})
	}
	return unpack.NewDir(dir)
}

// extract carries out an extraction whose options have been validated.
func (c *config) extract(ctx context.Context, place unpack.Place, src io.Reader) (r *Report, err error) {
	if err := place.Check(c.base.Op); err != nil {
		return nil, err
	}
	b, err := c.start(ctx)
	if err != nil {
		return nil, err
	}
	defer b.Close()
	defer func() {
		if err != nil {
			_ = b.Fail(err) // So that observers learn of it; the error to return is ours.
		}
	}()
	p, err := c.newPass(b, src, false)
	if err != nil {
		return nil, err
	}
	defer p.stream.close()
	x := &extraction{pass: p}
	if x.build, err = unpack.Begin(unpack.Work{
		Op: c.base.Op, Budget: b, Tree: p.tree, Place: place, FileMode: c.base.FileMode, DirMode: c.base.DirMode,
		KeepTimes: c.base.KeepTimes, Sync: c.base.Sync, Workers: 1, Meta: x.meta,
	}); err != nil {
		return nil, err
	}
	// After a commit this does nothing. It comes first if something panics.
	defer func() { err = unpack.Also(err, x.build.Undo()) }()
	if err := x.all(); err != nil {
		return nil, err
	}
	x.tell(true)
	left, err := x.build.Commit()
	if err != nil {
		return nil, err
	}
	r = p.finished()
	if left != nil { // The tree is in its place all the same.
		r.Notes = append(r.Notes, Finding{Detail: left.Error()})
	}
	for _, path := range x.build.Missing() {
		r.Notes = append(r.Notes, Finding{Detail: "there was no " + limits.Quote(path) + " to keep"})
	}
	return r, nil
}

// An extraction makes on disk what a pass finds.
type extraction struct {
	pass  *pass
	build *unpack.Build
	bytes int64
	told  time.Time
	root  int32 // of the tree, as the build knows it

	readErr error // of the archive
}

// all makes everything, links last.
func (x *extraction) all() error {
	p := x.pass
	for {
		it, err := p.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		if err := x.one(it); err != nil {
			return err
		}
		x.tell(false)
	}
	if p.config.base.StripTop && p.tree.Root != x.root {
		if err := x.build.Strip(p.tree.Root); err != nil {
			return err
		}
	}
	if err := x.build.Parents(p.targets); err != nil {
		return err
	}
	if err := x.build.Links(p.targets); err != nil {
		return err
	}
	return x.build.Finish()
}

// one makes one entry.
func (x *extraction) one(it *item) error {
	p := x.pass
	if p.tree.Root != x.root {
		x.build.SetRoot(x.root)
		x.root = p.tree.Root
	}
	if !it.wanted {
		return x.drop()
	}
	if err := x.noteTime(it); err != nil {
		return err
	}
	switch it.scan.Kind {
	case tarscan.Dir:
		return x.build.Dir(it.node)
	case tarscan.HardLink:
		return x.build.HardLink(it.node, p.find(p.targets[it.node]))
	case tarscan.File:
		err := x.build.File(it.node, x.metaOf(it), x.fill)
		if x.readErr != nil {
			return x.readErr // Not an error of writing the file.
		}
		return err
	case tarscan.Symlink:
	}
	return nil
}

// fill writes the data of the entry to its file.
func (x *extraction) fill(f *os.File) error {
	for {
		data, err := x.body()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if _, err := f.Write(data); err != nil {
			return err
		}
		x.bytes += int64(len(data))
		x.tell(false)
	}
}

// drop reads the data of the entry.
func (x *extraction) drop() error {
	for {
		if _, err := x.body(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

// body returns the next data of the entry.
func (x *extraction) body() ([]byte, error) {
	data, err := x.pass.scan.Body()
	if tarscan.Stopped(err) {
		err = x.pass.judge.First
	}
	if err != nil && !errors.Is(err, io.EOF) {
		x.readErr = err
	}
	return data, err
}

// metaOf is what the entry says of its file.
func (x *extraction) metaOf(it *item) unpack.Meta {
	return unpack.Meta{Size: it.scan.Size, Modified: it.scan.Modified,
		Executable: x.pass.config.base.KeepExecutable && it.scan.Mode&0o111 != 0}
}

// meta is what a directory's entry says.
func (x *extraction) meta(entry int32) unpack.Meta {
	return unpack.Meta{Modified: x.pass.facts[entry].modified}
}

// noteTime notes a time that KeepTimes does not keep.
func (x *extraction) noteTime(it *item) error {
	if !x.pass.config.base.KeepTimes || it.again || unpack.Plausible(it.scan.Modified) {
		return nil
	}
	return x.pass.judge.Note(judge.Finding{Where: it.scan.Name, Offset: it.scan.Offset,
		Detail: "the time was not kept: it does not lie between 1980 and a day from now"})
}

// progressPause is the least time between two calls of Progress.
const progressPause = time.Second / 20

// tell calls Progress.
func (x *extraction) tell(last bool) {
	progress := x.pass.config.base.Progress
	if progress == nil {
		return
	}
	if now := time.Now(); last || now.Sub(x.told) >= progressPause {
		x.told = now
		done := base.Done{Entries: x.pass.entries, Bytes: x.bytes}
		if last {
			done.TotalEntries, done.TotalBytes = done.Entries, done.Bytes
		}
		progress(done)
	}
}
