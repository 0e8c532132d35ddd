package safezip

import (
	"context"
	"io"
	"os"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
)

// Extract unpacks the archive in the first size bytes of src into the new directory dir, all of it
// or nothing. dir must not exist; its parent must. src is read from several goroutines at once, as
// io.ReaderAt allows.
//
// Everything that needs no inflating is decided before anything is written. Then the archive is
// unpacked into a staging directory of mode 0700 beside dir (.<name>.safezip-<random>), each entry
// is checked for size, checksum and slack as it is written, and one rename puts the tree in its
// place. On any error, on cancellation, and if a callback or src panics, the staging directory is
// removed before Extract returns. Only a killed process leaves it.
//
// Required limits: OutputBytes, Items, Time. A broken rule is a *RuleError, a spent limit a
// *limits.ExceededError; both match limits.ErrRefused. A missing limit or a wrong option is a
// *limits.ConfigError. Anything else (a full disk, a directory that exists, a cancelled context) is
// the environment's, and matches none of the errors of package limits.
func Extract(ctx context.Context, dir string, src io.ReaderAt, size int64, lim limits.Limits,
	opts ...Option) (*Report, error) {
	c, err := configure("safezip.Extract", size, lim, opts)
	if err != nil {
		return nil, err
	}
	return extract(ctx, c, place(c, dir), held(src, size))
}

// place is where a tree is made as dir.
func place(c *config.Config, dir string) unpack.Place {
	if c.Replace {
		return unpack.Replaced(dir, &unpack.Replacement{Keep: c.Keep, DirMode: c.DirMode})
	}
	return unpack.NewDir(dir)
}

// ExtractFile is Extract for the regular file archive.
func ExtractFile(ctx context.Context, dir, archive string, lim limits.Limits, opts ...Option) (*Report, error) {
	const op = "safezip.ExtractFile"
	c, err := configure(op, 0, lim, opts)
	if err != nil {
		return nil, err
	}
	f, size, err := openRegular(op, archive)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // Only read from.
	c.SetSize(size)
	return extract(ctx, c, place(c, dir), held(f, size))
}

// ExtractStream is Extract for an archive that comes as a stream, such as the body of a request. A
// zip file is read from its end, so the stream is first spooled, at most InputBytes of it, to the
// byte: a stream that is longer is refused when the next byte has come, and no more of it is read.
// Up to SpoolBytes stay in memory and count against MemoryBytes; more goes to a temporary file. The
// file has mode 0600 and is unlinked at once where the system allows it; it is gone when
// ExtractStream returns, on every way out. See TempDir for its place.
//
// InputBytes is required here. Time includes the spooling; a Read of src that blocks is not
// interrupted by it, so give the connection a deadline of its own. src is not closed.
func ExtractStream(ctx context.Context, dir string, src io.Reader, lim limits.Limits, opts ...Option) (*Report, error) {
	c, err := configure("safezip.ExtractStream", 0, lim, opts, limits.InputBytes)
	if err != nil {
		return nil, err
	}
	return extract(ctx, c, place(c, dir), spooled(src))
}

// ExtractRoot unpacks the archive into a directory that the caller holds open: a mount point, or
// one with other things in it, where a rename cannot put a new directory in place. No name that
// exists is touched or followed: if one is in the way, that is an error that matches fs.ErrExist.
// On an error, on cancellation and on a panic, what was made is removed again, name by name, and
// nothing else.
//
// It is cleaned up, and not atomic: others see the files while they are written, and a killed
// process leaves what it had made. root stays open. Limits, options and errors are those of
// Extract.
func ExtractRoot(ctx context.Context, root *os.Root, src io.ReaderAt, size int64, lim limits.Limits,
	opts ...Option) (*Report, error) {
	c, err := configure("safezip.ExtractRoot", size, lim, opts)
	if err != nil {
		return nil, err
	}
	if c.Replace {
		return nil, setup.Misuse(c.Op, "Replace", "is for Extract, ExtractFile and ExtractStream: here nothing is replaced")
	}
	return extract(ctx, c, unpack.Held(root), held(src, size))
}

// extract carries out an extraction whose options have been validated: an archive's way from the
// caller's hands to the disk.
func extract(ctx context.Context, c *config.Config, to unpack.Place, from source) (r *Report, err error) {
	if err := to.Check(c.Op); err != nil {
		return nil, err
	}
	a, err := open(ctx, c, from) // Get hold of all of it, and pay for its size.
	if err != nil {
		return nil, err
	}
	defer func() {
		if left := a.close(err); err != nil {
			err = unpack.Also(err, left)
		} else {
			r.noteLeft(left)
		}
	}()
	if err := a.check(); err != nil { // Read its structure, and prove that it has one reading.
		return nil, err
	}
	if err := a.plan(); err != nil { // Build the tree that it describes, and choose what is wanted.
		return nil, err
	}
	b, err := a.unpack(to) // Make the tree, and check all data.
	if b != nil {
		defer func() { err = unpack.Also(err, b.Undo()) }() // After a commit this does nothing.
	}
	if err != nil {
		return nil, err
	}
	left, err := b.Commit() // Put it in its place.
	if err != nil {
		return nil, err
	}
	r = a.report()
	r.noteLeft(left)
	for _, p := range b.Missing() {
		r.Notes = append(r.Notes, Finding{Detail: "there was no " + limits.Quote(p) + " to keep"})
	}
	return r, nil
}
