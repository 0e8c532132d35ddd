package safezip_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// unpacked is what the archives of these examples may become.
var unpacked = limits.Limits{InputBytes: limits.MiB, OutputBytes: limits.MiB, Items: 100, Time: 10 * time.Second}

// list prints what is below a directory.
func list(dir string) {
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			fmt.Println(name)
		}
		return err
	})
	if err != nil {
		fmt.Println(err)
	}
}

// saved writes an archive to a file beside dir.
func saved(dir string, archive io.Reader) (name string) {
	name = filepath.Join(filepath.Dir(dir), "upload.zip")
	data, err := io.ReadAll(archive)
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		log.Fatal(err)
	}
	return name
}

// The body of a request is a stream: it is kept, up to InputBytes, because a zip file is read from
// its end. A large archive goes to a directory on a disk, not to a /tmp that is memory.
func ExampleExtractStream() {
	dir, remove := scratch()
	defer remove()
	body := io.Reader(upload("readme.txt", "docs/intro.txt"))
	report, err := safezip.ExtractStream(context.Background(), dir, body, unpacked,
		safezip.SpoolBytes(256*limits.KiB), safezip.TempDir(filepath.Dir(dir)))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Files, "files")
	lim := unpacked
	lim.InputBytes = 100
	_, err = safezip.ExtractStream(context.Background(), dir+"-2", upload("readme.txt", "docs/intro.txt"), lim)
	fmt.Println(err)
	// Output:
	// 2 files
	// safezip.ExtractStream: input bytes: needs at least 101 B, the limit is 100 B; if such input is expected, raise InputBytes
}

// ExtractRoot adds to a directory that exists. A file that is in the way stays as it is, and
// nothing of the archive stays beside it.
func ExampleExtractRoot() {
	dir, remove := scratch()
	defer remove()
	if err := os.Mkdir(dir, 0o700); err != nil {
		log.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		log.Fatal(err)
	}
	defer root.Close()
	archive := upload("a.txt", "b/c.txt")
	_, err = safezip.ExtractRoot(context.Background(), root, archive, archive.Size(), unpacked)
	fmt.Println(err)
	archive = upload("d.txt", "a.txt")
	_, err = safezip.ExtractRoot(context.Background(), root, archive, archive.Size(), unpacked)
	fmt.Println("in the way:", errors.Is(err, fs.ErrExist))
	list(dir)
	// Output:
	// <nil>
	// in the way: true
	// a.txt
	// b/c.txt
}

// InspectFile gives the verdict on a file, and lists it, before anything is written.
func ExampleInspectFile() {
	dir, remove := scratch()
	defer remove()
	report, err := safezip.InspectFile(context.Background(), saved(dir, upload("a.txt", "b/c.txt")), unpacked)
	if err != nil {
		log.Fatal(err)
	}
	for e := range report.All() {
		fmt.Println(e.Path, e.Size, e.Method)
	}
	fmt.Println(report.Files, report.Dirs, report.Bytes)
	// Output:
	// a.txt 5 stored
	// b/c.txt 7 stored
	// 2 1 12
}

// OpenFile serves a file as a file system, of which nothing reaches the disk.
func ExampleOpenFile() {
	dir, remove := scratch()
	defer remove()
	r, err := safezip.OpenFile(context.Background(), saved(dir, upload("a.txt", "b/c.txt")), unpacked)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	data, err := r.ReadFile("b/c.txt")
	fmt.Printf("%s %v\n", data, err)
	// Output:
	// b/c.txt <nil>
}

// CheckName is for a form that asks for a file name: what no archive may hold need not be a file.
func ExampleCheckName() {
	for _, name := range []string{"report.txt", "../report.txt", "CON", "report.txt ", "Bericht für März.txt"} {
		err := safezip.CheckName(name, safezip.UnicodeNames())
		if rule, ok := errors.AsType[*safezip.RuleError](err); ok {
			fmt.Printf("%q: %s\n", name, rule.Rule)
			continue
		}
		fmt.Printf("%q: %v\n", name, err)
	}
	// Output:
	// "report.txt": <nil>
	// "../report.txt": path-traversal
	// "CON": reserved-name
	// "report.txt ": trailing-dot-space
	// "Bericht für März.txt": <nil>
}

// Workers bounds how many goroutines unpack, for a service that unpacks many archives at a time.
// Progress is for a person who waits.
func ExampleProgress() {
	dir, remove := scratch()
	defer remove()
	archive := upload("a", "b", "c", "d")
	var last safezip.Done
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked, safezip.Workers(2),
		safezip.Progress(func(d safezip.Done) { last = d }))
	fmt.Printf("%d of %d files, %d of %d bytes %v\n", last.Entries, last.TotalEntries, last.Bytes, last.TotalBytes, err)
	// Output:
	// 4 of 4 files, 4 of 4 bytes <nil>
}

// MaxEntryBytes bounds each file by itself, where OutputBytes is for all of them together.
func ExampleMaxEntryBytes() {
	archive := archiveOf(map[string][]byte{"photo.jpg": make([]byte, 2000), "note.txt": make([]byte, 10)})
	_, err := safezip.Inspect(context.Background(), archive, archive.Size(), unpacked, safezip.MaxEntryBytes(limits.KiB))
	fmt.Println(err)
	// Output:
	// safezip.Inspect: output bytes: needs at least 2000 B, the limit is 1 KiB, at "photo.jpg"; if such input is expected, raise MaxEntryBytes
}

// DirectoryBytes bounds the list of contents, which is read before anything else.
func ExampleDirectoryBytes() {
	archive := upload(strings.Repeat("a", 100), strings.Repeat("b", 100))
	_, err := safezip.Inspect(context.Background(), archive, archive.Size(), unpacked, safezip.DirectoryBytes(200))
	fmt.Println(err)
	// Output:
	// safezip.Inspect: memory bytes: needs at least 292 B, the limit is 200 B, at "central directory"; if such input is expected, raise DirectoryBytes
}

// Replace puts a new version in the place of an old one and keeps what users have put there. Until
// the last moment the old one is whole.
func ExampleReplace() {
	dir, remove := scratch()
	defer remove()
	install := func(names ...string) {
		archive := upload(names...)
		_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked,
			safezip.Replace("uploads"), safezip.Sync())
		fmt.Println(err)
	}
	install("style.css", "old.css")
	if err := os.Mkdir(filepath.Join(dir, "uploads"), 0o700); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "uploads", "photo.jpg"), nil, 0o600); err != nil {
		log.Fatal(err)
	}
	install("style.css", "new.css")
	install("style.css", "uploads/evil.php")
	list(dir)
	// Output:
	// <nil>
	// <nil>
	// safezip.Extract: kept-name: "uploads" (offset 0): it stands where Replace keeps what the old directory has
	// new.css
	// style.css
	// uploads/photo.jpg
}

// KeepTimes takes the times of files from the archive. Without it they are those of now.
func ExampleKeepTimes() {
	dir, remove := scratch()
	defer remove()
	var b bytes.Buffer
	tree := fstest.MapFS{"a.txt": {ModTime: time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)}}
	if _, err := safezip.Pack(context.Background(), &b, tree, unpacked); err != nil {
		log.Fatal(err)
	}
	archive := bytes.NewReader(b.Bytes())
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked, safezip.KeepTimes())
	if err != nil {
		log.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(dir, "a.txt"))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(info.ModTime().UTC())
	// Output:
	// 2020-02-29 12:00:00 +0000 UTC
}
