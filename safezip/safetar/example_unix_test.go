//go:build unix

package safetar_test

import (
	"archive/tar"
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/seed73825598/airlock/safezip/safetar"
)

// Modes are the service's choice. A set-user-ID bit of the archive never reaches the disk.
func ExampleModes() {
	dir, remove := scratch()
	defer remove()
	_, err := safetar.Extract(context.Background(), dir, packedAs(tar.Header{Name: "tool", Mode: 0o4777}),
		exampleLimits(), safetar.Modes(0o600, 0o700))
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range []string{"", "tool"} {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(info.Mode())
	}
	// Output:
	// drwx------
	// -rw-------
}

// UnsafeKeepExecutable is for archives whose programs are run, as a tool that installs itself.
func ExampleUnsafeKeepExecutable() {
	dir, remove := scratch()
	defer remove()
	_, err := safetar.Extract(context.Background(), dir, packedAs(tar.Header{Name: "tool", Mode: 0o755}),
		exampleLimits(), safetar.Modes(0o600, 0o700), safetar.UnsafeKeepExecutable())
	if err != nil {
		log.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "tool"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("runs:", info.Mode()&0o100 != 0)
	// Output:
	// runs: true
}

// UnsafeSymlinks lets a link in that stays in the archive. One that leads out is refused all the
// same.
func ExampleUnsafeSymlinks() {
	dir, remove := scratch()
	defer remove()
	for _, target := range []string{"/etc/passwd", "../secret", "libx.so.1"} {
		archive := packedAs(tar.Header{Name: "libx.so.1", Mode: 0o644},
			tar.Header{Name: "libx.so", Linkname: target, Typeflag: tar.TypeSymlink})
		_, err := safetar.Extract(context.Background(), dir, archive, exampleLimits(), safetar.UnsafeSymlinks())
		fmt.Println(err)
	}
	to, err := os.Readlink(filepath.Join(dir, "libx.so"))
	fmt.Println(to, err)
	// Output:
	// safetar.Extract: symlink: "libx.so" (offset 1024): its target "/etc/passwd" is not a plain relative path: starts at the root
	// safetar.Extract: symlink: "libx.so" (offset 1024): its target "../secret" leads out of the directory
	// <nil>
	// libx.so.1 <nil>
}

// UnsafeHardLinks lets a second name for a file of the same archive in. A file outside of it has no
// name in the archive.
func ExampleUnsafeHardLinks() {
	dir, remove := scratch()
	defer remove()
	for _, target := range []string{"../secret", "a.txt"} {
		archive := packedAs(tar.Header{Name: "a.txt", Mode: 0o644},
			tar.Header{Name: "b.txt", Linkname: target, Typeflag: tar.TypeLink})
		_, err := safetar.Extract(context.Background(), dir, archive, exampleLimits(), safetar.UnsafeHardLinks())
		fmt.Println(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, "b.txt"))
	fmt.Printf("%s %v\n", text, err)
	// Output:
	// safetar.Extract: path-traversal: "../secret" (offset 1024): a component is ".."
	// <nil>
	// a.txt <nil>
}
