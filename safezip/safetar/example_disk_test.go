package safetar_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// packed makes an archive of names, as a user might send it. Each file holds its own name.
func packed(names ...string) *bytes.Reader {
	var headers []tar.Header
	for _, name := range names {
		headers = append(headers, tar.Header{Name: name, Mode: 0o644, ModTime: time.Date(2020, 2, 29, 12, 0, 0, 0, time.UTC)})
	}
	return packedAs(headers...)
}

func packedAs(headers ...tar.Header) *bytes.Reader {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for _, h := range headers {
		var data string
		switch {
		case strings.HasSuffix(h.Name, "/"):
			h.Typeflag = tar.TypeDir
		case h.Linkname == "":
			data = h.Name
		}
		h.Size = int64(len(data))
		err := w.WriteHeader(&h)
		if err == nil {
			_, err = w.Write([]byte(data))
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

// scratch returns a path at which nothing exists yet.
func scratch() (dir string, remove func()) {
	parent, err := os.MkdirTemp("", "safetar-example-")
	if err != nil {
		log.Fatal(err)
	}
	return filepath.Join(parent, "out"), func() { _ = os.RemoveAll(parent) }
}

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
func saved(dir string, archive *bytes.Reader) (name string) {
	name = filepath.Join(filepath.Dir(dir), "upload.tar")
	data := make([]byte, archive.Len())
	_, err := archive.Read(data)
	if err == nil {
		err = os.WriteFile(name, data, 0o600)
	}
	if err != nil {
		log.Fatal(err)
	}
	return name
}

func ExampleExtractFile() {
	dir, remove := scratch()
	defer remove()
	name := saved(dir, packed("readme.txt", "docs/intro.txt"))
	report, err := safetar.ExtractFile(context.Background(), dir, name, exampleLimits())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(report.Files, "files,", report.Bytes, "bytes")
	// Output:
	// 2 files, 24 bytes
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
	_, err = safetar.ExtractRoot(context.Background(), root, packed("a.txt", "b/c.txt"), exampleLimits())
	fmt.Println(err)
	_, err = safetar.ExtractRoot(context.Background(), root, packed("d.txt", "a.txt"), exampleLimits())
	fmt.Println("in the way:", errors.Is(err, fs.ErrExist))
	list(dir)
	// Output:
	// <nil>
	// in the way: true
	// a.txt
	// b/c.txt
}

// InspectFile reads all of the archive, its data included, and writes nothing.
func ExampleInspectFile() {
	dir, remove := scratch()
	defer remove()
	report, err := safetar.InspectFile(context.Background(), saved(dir, packed("a.txt", "b/c.txt")), exampleLimits())
	if err != nil {
		log.Fatal(err)
	}
	for e := range report.All() {
		fmt.Println(e.Path, e.Size)
	}
	// Output:
	// a.txt 5
	// b/c.txt 7
}

// A stream does not say how much is to come: the totals are known when it has ended.
func ExampleProgress() {
	dir, remove := scratch()
	defer remove()
	var last safetar.Done
	_, err := safetar.Extract(context.Background(), dir, packed("a", "b", "c"), exampleLimits(),
		safetar.Progress(func(d safetar.Done) { last = d }))
	fmt.Printf("%d of %d entries, %d of %d bytes %v\n", last.Entries, last.TotalEntries, last.Bytes, last.TotalBytes, err)
	// Output:
	// 3 of 3 entries, 3 of 3 bytes <nil>
}

// MaxEntryBytes bounds each file by itself, where OutputBytes is for all of them together.
func ExampleMaxEntryBytes() {
	_, err := safetar.Inspect(context.Background(), packed("a.txt"), exampleLimits(),
		safetar.MaxEntryBytes(4*limits.B))
	fmt.Println(err)
	// Output:
	// safetar.Inspect: output bytes: needs at least 5 B, the limit is 4 B, at "a.txt"; if such input is expected, raise MaxEntryBytes
}

// Replace puts a new version in the place of an old one and keeps what users have put there. Sync
// has it on the disk before the answer is given.
func ExampleReplace() {
	dir, remove := scratch()
	defer remove()
	install := func(names ...string) {
		_, err := safetar.Extract(context.Background(), dir, packed(names...), exampleLimits(),
			safetar.Replace("uploads"), safetar.Sync())
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
	// safetar.Extract: kept-name: "uploads" (offset 0): it stands where Replace keeps what the old directory has
	// new.css
	// style.css
	// uploads/photo.jpg
}

// KeepTimes takes the times of files from the archive. Without it they are those of now.
func ExampleKeepTimes() {
	dir, remove := scratch()
	defer remove()
	_, err := safetar.Extract(context.Background(), dir, packed("a.txt"), exampleLimits(), safetar.KeepTimes())
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
