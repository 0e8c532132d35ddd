package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

// upload makes an archive of names, as a user might send it. Each file holds its own name.
func upload(names ...string) *bytes.Reader {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range names {
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil && !strings.HasSuffix(name, "/") {
			_, err = f.Write([]byte(name))
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
	parent, err := os.MkdirTemp("", "safezip-example-")
	if err != nil {
		log.Fatal(err)
	}
	return filepath.Join(parent, "out"), func() { _ = os.RemoveAll(parent) }
}

func ExampleExtract() {
	dir, remove := scratch()
	defer remove()
	lim := limits.Limits{OutputBytes: 10 * limits.MiB, Items: 100, Time: 5 * time.Second}

	archive := upload("readme.txt", "docs/intro.txt")
	report, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), lim)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d files and %d directory, %d bytes\n", report.Files, report.Dirs, report.Bytes)

	archive = upload("readme.txt", "../../etc/cron.d/evil")
	_, err = safezip.Extract(context.Background(), dir+"-2", archive, archive.Size(), lim)
	fmt.Println(err)
	_, err = os.Stat(dir + "-2")
	fmt.Println("nothing is left:", errors.Is(err, fs.ErrNotExist))
	// Output:
	// 2 files and 1 directory, 24 bytes
	// safezip.Extract: path-traversal: "../../etc/cron.d/evil" (offset 210): a component is ".."
	// nothing is left: true
}

func ExampleExtractFile() {
	dir, remove := scratch()
	defer remove()
	archive := upload("a", "b", "c/d")
	name := filepath.Join(filepath.Dir(dir), "upload.zip")
	content := make([]byte, archive.Len())
	if _, err := archive.Read(content); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o600); err != nil {
		log.Fatal(err)
	}

	// Three entries, and a directory that a name implies: four items.
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 3, Time: 5 * time.Second}
	_, err := safezip.ExtractFile(context.Background(), dir, name, lim)
	if exceeded, ok := errors.AsType[*limits.ExceededError](err); ok {
		fmt.Printf("%v: %d is the limit, %d are needed, at %q\n", exceeded.Resource, exceeded.Limit, exceeded.Used,
			exceeded.Where)
	}

	lim.Items = 4
	report, err := safezip.ExtractFile(context.Background(), dir, name, lim)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("files:", report.Files)
	// Output:
	// items: 3 is the limit, 4 are needed, at "c/d"
	// files: 3
}

func ExampleInspect() {
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 100, Time: 5 * time.Second}
	archive := upload("nul.txt", "a/b", "A/c", "d\\e")
	report, err := safezip.Inspect(context.Background(), archive, archive.Size(), lim)
	fmt.Println("refused:", errors.Is(err, limits.ErrRefused))
	for _, finding := range report.Findings {
		fmt.Println(finding)
	}
	// Output:
	// refused: true
	// reserved-name: "nul.txt" (offset 216): a component is the name of a device on Windows, whatever its extension
	// case-collision: "A/c" (offset 318): on some file systems it is the same as "a"
	// backslash: "d\\e" (offset 367): byte 1 is a backslash, which separates directories on one system and not on another
}

func ExampleUnsafeAllow() {
	dir, remove := scratch()
	defer remove()
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 100, Time: 5 * time.Second}
	archive := upload("10:30.log")
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), lim)
	fmt.Println(err)

	// A service that never runs on Windows may take such names.
	report, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), lim,
		safezip.UnsafeAllow(safezip.RuleIllegalCharacter))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("files:", report.Files, "notes:", len(report.Notes))

	_, err = safezip.Extract(context.Background(), dir, archive, archive.Size(), lim,
		safezip.UnsafeAllow(safezip.RulePathTraversal))
	fmt.Println(err)
	// Output:
	// safezip.Extract: illegal-character: "10:30.log" (offset 64): byte 2 is ':', which not every file system can hold
	// files: 1 notes: 1
	// safezip.Extract: UnsafeAllow cannot lift "path-traversal", which belongs to the trust boundary
}

func ExampleSelect() {
	dir, remove := scratch()
	defer remove()
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 100, Time: 5 * time.Second}
	archive := upload("project-1.2/", "project-1.2/main.go", "project-1.2/logo.png")
	report, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), lim,
		safezip.StripPrefix("project-1.2"),
		safezip.Select(func(e safezip.Entry) bool { return strings.HasSuffix(e.Name, ".go") }))
	if err != nil {
		log.Fatal(err)
	}
	_, err = os.Stat(filepath.Join(dir, "main.go"))
	fmt.Println("files:", report.Files, "main.go is there:", err == nil)
	// Output:
	// files: 1 main.go is there: true
}

func ExampleRules() {
	for info := range safezip.Rules() {
		if info.Liftable {
			fmt.Println("the first that can be lifted:", info.Rule, info.CWE)
			break
		}
	}
	// Output:
	// the first that can be lifted: backslash CWE-41
}

// ReportOf makes a Report for a test of code that is given one, here of a page that lists an
// upload.
func ExampleReportOf() {
	page := func(w io.Writer, report *safezip.Report) {
		for e := range report.All() {
			fmt.Fprintf(w, "%s (%d bytes)\n", e.Path, e.Size)
		}
		fmt.Fprintf(w, "%d files\n", report.Files)
	}
	report := safezip.ReportOf(slices.Values([]safezip.Entry{{Path: "a.txt", Size: 5}, {Path: "b/c.txt", Size: 7}}))
	report.Files = 2
	page(os.Stdout, report)
	// Output:
	// a.txt (5 bytes)
	// b/c.txt (7 bytes)
	// 2 files
}
