// Command gen rewrites the generated regions of README.md: go run ./internal/tools/checklist/gen
// DIR, where DIR is the root of the module.
package main

import (
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

// run rewrites README.md below dir, and only if that changes it: a file that is current keeps its
// time.
func run(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	before, err := root.ReadFile("README.md")
	if err != nil {
		return err
	}
	after, err := checklist.Generate(root.FS(), string(before), packages())
	if err != nil || after == string(before) {
		return err
	}
	return root.WriteFile("README.md", []byte(after), 0o644)
}
