package unpack

import (
	"io/fs"
	"os"
	"runtime"

	"github.com/seed73825598/airlock/safezip/internal/tree"
)

// A Place is where a tree is made. It serves one Build.
type Place interface {
	// Check says early what cannot be right, before the archive is looked at.
	Check(op string) error
	// begin opens the directory that becomes the root of the tree, and says whether it is new. On
	// an error nothing is left.
	begin(rootMode fs.FileMode) (root *os.Root, fresh bool, err error)
	// commit makes what was made final. After an error it can still be undone.
	// A file that it could not remove afterwards is left.
	commit(durable bool) (left, err error)
	// undo removes what was made of the tree.
	undo(t *tree.Tree) error
}

// syncDir has the entries of a directory reach the disk.
func syncDir(root *os.Root) error {
	if runtime.GOOS == "windows" {
		// There a directory cannot be flushed; the file system's journal orders its entries.
		return nil
	}
	d, err := root.Open(".")
	if err != nil {
		return err
	}
	return Also(d.Sync(), d.Close())
}
