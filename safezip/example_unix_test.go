//go:build unix

package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/seed73825598/airlock/safezip"
)

// An entry has a mode that is the sender's choice.
type entry struct {
	name, data string
	mode       fs.FileMode
}

func archiveWith(entries ...entry) *bytes.Reader {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range entries {
		header := &zip.FileHeader{Name: e.name}
		header.SetMode(e.mode)
		f, err := w.CreateHeader(header)
		if err == nil {
			_, err = f.Write([]byte(e.data))
		}
		if err != nil {
			log.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	return bytes.NewReader(b.Bytes())
}

// Modes are the service's choice. A set-user-ID bit of the archive never reaches the disk.
func ExampleModes() {
	dir, remove := scratch()
	defer remove()
	archive := archiveWith(entry{"tool", "#!/bin/sh\n", fs.ModeSetuid | 0o777})
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked, safezip.Modes(0o600, 0o700))
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
	archive := archiveWith(entry{"tool", "#!/bin/sh\n", 0o755})
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked, safezip.Modes(0o600, 0o700),
		safezip.UnsafeKeepExecutable())
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
		archive := archiveWith(entry{"libx.so.1", "ELF", 0o644}, entry{"libx.so", target, fs.ModeSymlink | 0o777})
		_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked,
			safezip.UnsafeSymlinks())
		fmt.Println(err)
	}
	to, err := os.Readlink(filepath.Join(dir, "libx.so"))
	fmt.Println(to, err)
	// Output:
	// safezip.Extract: symlink: "libx.so" (offset 177): its target "/etc/passwd" is not a plain relative path: starts at the root
	// safezip.Extract: symlink: "libx.so" (offset 175): its target "../secret" leads out of the directory
	// <nil>
	// libx.so.1 <nil>
}

// RemoveStale is called when a service starts, for what a process that was killed has left beside
// its directory.
func ExampleRemoveStale() {
	dir, remove := scratch()
	defer remove()
	n, err := safezip.RemoveStale(dir, time.Hour)
	fmt.Println(n, err)
	// Output:
	// 0 <nil>
}
