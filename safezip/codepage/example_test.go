package codepage_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"log"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/codepage"
)

// An archive from Japan, whose names are in the code page of its sender's Windows. Without the page
// its names are refused.
func ExampleNameEncoding() {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if _, err := w.CreateHeader(&zip.FileHeader{Name: "\x93\xfa\x96{\x8c\xea.txt", NonUTF8: true}); err != nil {
		log.Fatal(err)
	}
	if err := w.Close(); err != nil {
		log.Fatal(err)
	}
	archive := bytes.NewReader(b.Bytes())
	lim := limits.Limits{OutputBytes: limits.MiB, Items: 100, Time: time.Minute}
	_, err := safezip.Inspect(context.Background(), archive, archive.Size(), lim)
	fmt.Println(err)
	report, err := safezip.Inspect(context.Background(), archive, archive.Size(), lim,
		codepage.NameEncoding(codepage.CP932))
	if err != nil {
		log.Fatal(err)
	}
	for e := range report.All() {
		fmt.Println(e.Path)
	}
	// Output:
	// safezip.Inspect: non-ascii: "\x93\xfa\x96{\x8c\xea.txt" (offset 56): byte 0 is 0x93, beyond ASCII
	// 日本語.txt
}
