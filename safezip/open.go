package safezip

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/config"
	"github.com/seed73825598/airlock/safezip/internal/judge"
	"github.com/seed73825598/airlock/safezip/internal/tree"
	"github.com/seed73825598/airlock/safezip/internal/unpack"
	"github.com/seed73825598/airlock/safezip/internal/zipscan"
)

// An archive is one archive in hand, and what is known of it so far.
type archive struct {
	config  *config.Config
	budget  *limits.Budget
	cancel  func() // ends the budget's context
	judge   *judge.Judge
	src     io.ReaderAt
	size    int64
	release func() error // lets go of src; the error names what is left
	zip     *zipscan.Archive
	tree    *tree.Tree
	targets map[int32]string // of the links
	skipped []bool           // the entries that SkipMacOS leaves out; nil for none
}

// A source gets hold of the archive once there is a budget to charge it to, and says how to let go
// of it.
type source func(c *config.Config, b *limits.Budget) (src io.ReaderAt, size int64, release func() error, err error)

// held is the source that the caller holds open.
func held(src io.ReaderAt, size int64) source {
	return func(c *config.Config, b *limits.Budget) (io.ReaderAt, int64, func() error, error) {
		if src == nil {
			return nil, 0, nil, setup.Misuse(c.Op, "src", "is nil")
		}
		return src, size, func() error { return nil }, b.Spend(limits.InputBytes, size)
	}
}

// spooled is the source that copies a stream, which is charged to InputBytes.
func spooled(stream io.Reader) source {
	return func(c *config.Config, b *limits.Budget) (io.ReaderAt, int64, func() error, error) {
		s, err := unpack.Spooled(c.Op, b, c.TempDir, int64(c.SpoolBytes), b.Reader(limits.InputBytes, stream))
		if err != nil {
			return nil, 0, nil, err
		}
		return s, s.Size, s.Done, nil
	}
}

// open starts the operation's budget and gets hold of the archive.
func open(ctx context.Context, c *config.Config, from source) (opening *archive, err error) {
	cancel := func() {}
	if ctx != nil { // A nil one is for Start to refuse.
		ctx, cancel = context.WithCancel(ctx)
	}
	b, err := c.Limits.Start(ctx, c.Op, c.Required...)
	if err != nil {
		cancel()
		return nil, err
	}
	a := &archive{config: c, budget: b, cancel: cancel, release: func() error { return nil },
		judge: &judge.Judge{Op: c.Op, Budget: b, Lifted: c.Names.Lifted}}
	opened := false
	defer func() {
		if !opened {
			err = unpack.Also(err, a.close(err))
		}
	}()
	src, size, release, err := from(c, b)
	if err != nil {
		return nil, err
	}
	a.src, a.size, a.release, opened = src, size, release, true
	return a, nil
}

// close ends the operation, which err has ended if it is not nil. It returns the files that are
// left.
func (a *archive) close(err error) (left error) {
	left = a.release()
	if err != nil {
		_ = a.budget.Fail(err) // So that observers learn of it; the error to return is ours.
	}
	a.budget.Close()
	a.cancel()
	return left
}

// openRegular opens a file and returns its size. Whether it is a file is asked before it is opened:
// opening a FIFO waits for a program that writes to it.
func openRegular(op, name string) (*os.File, int64, error) {
	info, err := os.Stat(name)
	if err == nil && !info.Mode().IsRegular() {
		err = &fs.PathError{Op: "open", Path: name, Err: errors.New("not a regular file")}
	}
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", op, err)
	}
	f, err := os.Open(name) //nolint:gosec // The caller's own path, not one from an archive.
	if err != nil {
		return nil, 0, fmt.Errorf("%s: %w", op, err)
	}
	return f, info.Size(), nil
}
