// Command gen writes CHECKLIST.md beside each package: go run ./internal/tools/checklist/gen DIR,
// where DIR is the root of the module.
package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/seed73825598/airlock/internal/tools/checklist"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: gen DIR")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "checklist:", err)
		os.Exit(1)
	}
}

// run writes CHECKLIST.md of each package below dir, and only if that changes it: a file that is
// current keeps its time.
func run(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	texts, err := checklist.Generate(root.FS(), packages())
	if err != nil {
		return err
	}
	var errs []error
	for name, text := range texts {
		if before, err := root.ReadFile(name); err == nil && string(before) == text {
			continue
		}
		errs = append(errs, root.WriteFile(name, []byte(text), 0o644))
	}
	return errors.Join(errs...)
}
