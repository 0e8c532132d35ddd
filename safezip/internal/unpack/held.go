package unpack

import (
	"fmt"
	"io/fs"
	"os"

	"github.com/seed73825598/airlock/internal/setup"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// held is a directory that exists and that the caller holds open.
type held struct{ root *os.Root }

// Held returns the place that is an open directory. Nothing in it is touched but what a Build
// makes.
func Held(root *os.Root) Place { return held{root} }

func (h held) Check(op string) error {
	if h.root == nil {
		return setup.Misuse(op, "root", "is nil")
	}
	return nil
}

func (h held) begin(fs.FileMode) (*os.Root, bool, error) { return h.root, false, nil }

func (h held) commit(durable bool) (left, err error) {
	if durable {
		return nil, syncDir(h.root)
	}
	return nil, nil
}

// undo removes every name that was made, children first. A directory into which another program has
// put something stays, and is reported.
func (h held) undo(t *tree.Tree) error {
	own := newDirs(t, h.root, 2)
	defer own.close()
	var problems error
	count := 0
	for id := t.Len() - 1; id >= 0; id-- {
		n := &t.Nodes[id]
		if !n.Made {
			continue
		}
		dir, err := own.get(n.Parent)
		if err == nil {
			err = dir.Remove(n.Name)
		}
		if err == nil {
			continue
		}
		if count++; count <= maxLeftBehind {
			problems = Also(problems, fmt.Errorf("%s is left behind: %w", limits.Quote(t.PathOnDisk(id)), err))
		}
	}
	if count > maxLeftBehind {
		problems = fmt.Errorf("%w; and %d more", problems, count-maxLeftBehind)
	}
	return problems
}

// maxLeftBehind is how many names an error lists.
const maxLeftBehind = 5
