package safetar_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
	_, err = safetar.Inspect(context.Background(), bytes.NewReader(archiveOf("a")), exampleLimits(), safetar.Compressed(decompress.Deflate))
	fmt.Println(err)
	// Output:
	// <nil>
	// safetar.Inspect: Compressed names deflate, which nothing tells from a plain archive
}
