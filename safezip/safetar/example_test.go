package safetar_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/safetar"
)

func exampleLimits() limits.Limits {
	return limits.Limits{InputBytes: 10 * limits.MiB, OutputBytes: 100 * limits.MiB, Items: 1000, Time: 10 * time.Second}
}

func ExampleExtract() {
	parent, err := os.MkdirTemp("", "example-")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(parent)
	upload := bytes.NewReader(archiveOf("notes/", "notes/today.txt"))
	report, err := safetar.Extract(context.Background(), filepath.Join(parent, "upload-42"), upload, exampleLimits())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.Files, report.Dirs, report.Bytes)
	// Output: 1 1 15
}

func ExampleInspect() {
	_, err := safetar.Inspect(context.Background(), bytes.NewReader(archiveOf("../../etc/cron.d/evil")), exampleLimits())
	fmt.Println(errors.Is(err, limits.ErrRefused))
	fmt.Println(err)
	// Output:
	// true
	// safetar.Inspect: path-traversal: "../../etc/cron.d/evil" (offset 0): a component is ".."
}

func ExampleNewReader() {
	r, err := safetar.NewReader(context.Background(), bytes.NewReader(archiveOf("a.txt", "b.txt")), exampleLimits())
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	for {
		e, err := r.Next()
		if errors.Is(err, io.EOF) {
			fmt.Println("verified to its end")
			return
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		text, err := io.ReadAll(r)
		fmt.Printf("%s: %s %v\n", e.Path, text, err)
	}
	// Output:
	// a.txt: a.txt <nil>
	// b.txt: b.txt <nil>
	// verified to its end
}

func ExampleCompressed() {
	// No compression at all: the archive comes from a program that does not compress.
	_, err := safetar.Inspect(context.Background(), bytes.NewReader(archiveOf("a")), exampleLimits(), safetar.Compressed())
	fmt.Println(err)
	_, err = safetar.Inspect(context.Background(), bytes.NewReader(archiveOf("a")), exampleLimits(),
		safetar.Compressed(decompress.Deflate))
	fmt.Println(err)
	// Output:
	// <nil>
	// safetar.Inspect: Compressed names deflate, which nothing tells from a plain archive
}

func ExampleNewWriter() {
	var archive bytes.Buffer
	zw := gzip.NewWriter(&archive)
	w, err := safetar.NewWriter(context.Background(), zw, limits.Limits{InputBytes: limits.MiB, Items: 100,
		Time: time.Second})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer w.Close()
	fmt.Println(w.WriteFile("../evil", nil))
	if err := w.WriteFile("notes/today.txt", []byte("hello")); err != nil {
		fmt.Println(err)
		return
	}
	report, err := w.Finish()
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := zw.Close(); err != nil { // Only after Finish: otherwise half an archive would look whole.
		fmt.Println(err)
		return
	}
	fmt.Println(report.Entries, report.Bytes)
	// Output:
	// safetar.NewWriter: path-traversal: "../evil" (offset 0): a component is ".."
	// 1 5
}

func ExamplePack() {
	tree := fstest.MapFS{"notes/today.txt": {Data: []byte("hello")}}
	report, err := safetar.Pack(context.Background(), io.Discard, tree, limits.Limits{InputBytes: limits.MiB, Items: 100,
		Time: time.Second})
	fmt.Println(report.Files, report.Dirs, err)
	// Output: 1 1 <nil>
}
