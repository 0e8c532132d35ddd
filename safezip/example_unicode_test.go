package safezip_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/seed73825598/airlock/internal/testkit/zipbuild"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
)

func ExampleUnicodeNames() {
	parent, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(parent)
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 10, Time: time.Minute}
	for i, name := range []string{"Straße/日本語.txt", "photo\u202egpj.exe", "a\u200bb", "..\u2215evil"} {
		data := zipbuild.Archive{Files: []zipbuild.File{{Name: name, Data: []byte("hello")}}}.Bytes()
		dir := filepath.Join(parent, fmt.Sprint(i))
		_, err := safezip.Extract(context.Background(), dir, bytes.NewReader(data), int64(len(data)), lim,
			safezip.UnicodeNames())
		fmt.Println(err)
	}
	// Output:
	// <nil>
	// safezip.Extract: bidi-control: "photo\u202egpj.exe" (offset 50): byte 5 is U+202E, which changes the order in which the name is shown
	// safezip.Extract: invisible-character: "a\u200bb" (offset 40): byte 1 is U+200B, which is not seen
	// safezip.Extract: lookalike-separator: "..\u2215evil" (offset 44): byte 2 is U+2215, which looks like a separator or dot, or becomes one when it is normalized
}
