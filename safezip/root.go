package safezip

import (
	"context"
	"fmt"
	"io"
	"os"

	"github.com/seed73825598/airlock/limits"
)

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
	return c.extract(ctx, heldRoot{root}, held(src, size))
}

// heldRoot is a target that exists.
type heldRoot struct{ root *os.Root }

func (h heldRoot) check(op string) error {
	if h.root == nil {
		return &limits.ConfigError{Op: op, Problems: []limits.FieldProblem{{Field: "root", Reason: "is nil"}}}
	}
	return nil
}

// build makes the tree in the directory and removes what it made unless all of it succeeds.
func (h heldRoot) build(x *extraction, cancel func()) (err error) {
	done := false
	defer func() {
		if done {
			return
		}
		err = also(err, x.unmake(h.root))
	}()
	if err := x.fillTree(h.root, cancel); err != nil {
		return err
	}
	if x.sync {
		if err := syncDir(h.root); err != nil {
			return fmt.Errorf("%s: %w", x.op, err)
		}
	}
	if err := x.budget.Err(); err != nil {
		return err
	}
	done = true
	return nil
}

// unmake removes every name that was made, children first. A directory into which somebody else has
// put something stays, and is reported.
func (x *extraction) unmake(root *os.Root) error {
	own := newDirs(x.plan, root, 2)
	defer own.close()
	var problems error
	count := 0
	for id := x.count32() - 1; id >= 0; id-- {
		n := &x.nodes[id]
		if !n.made {
			continue
		}
		dir, err := own.get(n.parent)
		if err == nil {
			err = dir.Remove(n.name)
		}
		if err == nil {
			continue
		}
		if count++; count <= maxLeftBehind {
			problems = also(problems, fmt.Errorf("%s is left behind: %w", limits.Quote(x.pathFrom(x.root, id)), err))
		}
	}
	if count > maxLeftBehind {
		problems = fmt.Errorf("%w; and %d more", problems, count-maxLeftBehind)
	}
	return problems
}

// maxLeftBehind is how many names an error lists.
const maxLeftBehind = 5
