package safezip_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"log"

	"golang.org/x/text/encoding/charmap"

	"github.com/seed73825598/airlock/safezip"
)

// UnicodeNames lets names beyond ASCII in, under rules of their own.
func ExampleUnicodeNames() {
	for _, name := range []string{"Straße/日本語.txt", "photo\u202egpj.exe", "a\u200bb", "..\u2215evil"} {
		archive := upload(name)
		_, err := safezip.Inspect(context.Background(), archive, archive.Size(), unpacked, safezip.UnicodeNames())
		fmt.Println(err)
	}
	// Output:
	// <nil>
	// safezip.Inspect: bidi-control: "photo\u202egpj.exe" (offset 76): byte 5 is U+202E, which changes the order in which the name is shown
	// safezip.Inspect: invisible-character: "a\u200bb" (offset 56): byte 1 is U+200B, which is not seen
	// safezip.Inspect: lookalike-separator: "..\u2215evil" (offset 64): byte 2 is U+2215, which looks like a separator or dot, or becomes one when it is normalized
}

// NameDecoder reads the names of archives that an older program has written. Package codepage has
// decoders for most of them; any other is a function.
func ExampleNameDecoder() {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.CreateHeader(&zip.FileHeader{Name: "M\x81nchen.txt", NonUTF8: true})
	if err == nil {
		_, err = f.Write([]byte("Servus"))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		log.Fatal(err)
	}
	archive := bytes.NewReader(b.Bytes())
	decode := func(raw []byte) (string, error) {
		text, err := charmap.CodePage850.NewDecoder().Bytes(raw)
		return string(text), err
	}
	report, err := safezip.Inspect(context.Background(), archive, archive.Size(), unpacked,
		safezip.NameDecoder("CP850", decode))
	if err != nil {
		log.Fatal(err)
	}
	for e := range report.All() {
		fmt.Printf("%q is %s\n", e.Name, e.Path)
	}
	// Output:
	// "M\x81nchen.txt" is München.txt
}

// Archives of releases have one directory at the top, which the user does not want. The directory
// that macOS adds to an archive does not count as a second one.
func ExampleStripTop() {
	dir, remove := scratch()
	defer remove()
	archive := upload("theme-1.2/style.css", "theme-1.2/img/logo.png", "__MACOSX/theme-1.2/._style.css")
	report, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked,
		safezip.StripTop(), safezip.SkipMacOS())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("without %q\n", report.Stripped)
	list(dir)
	// Output:
	// without "theme-1.2"
	// img/logo.png
	// style.css
}

func ExampleSkipMacOS() {
	dir, remove := scratch()
	defer remove()
	archive := upload("photos/a.jpg", "photos/.DS_Store", "__MACOSX/photos/._a.jpg")
	report, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked, safezip.SkipMacOS())
	if err != nil {
		log.Fatal(err)
	}
	list(dir)
	for _, note := range report.Notes {
		fmt.Println(note)
	}
	// Output:
	// photos/a.jpg
	// note: "photos/.DS_Store" (offset 298): left out: macOS keeps its own data under this name
	// note: "__MACOSX/photos/._a.jpg" (offset 360): left out: macOS keeps its own data under this name
}

// An entry beside the prefix is refused: a release that also brings other things is no release.
func ExampleStripPrefix() {
	dir, remove := scratch()
	defer remove()
	archive := upload("project-1.2/main.go", "etc/passwd")
	_, err := safezip.Extract(context.Background(), dir, archive, archive.Size(), unpacked,
		safezip.StripPrefix("project-1.2"))
	fmt.Println(err)
	// Output:
	// safezip.Extract: outside-prefix: "etc/passwd" (offset 215): the entry does not lie below the prefix that is stripped
}
