package safetar_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"path"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
)

// Layers of images and the output of pigz are several gzip members. Some programs read only the
// first, so they are refused unless the caller expects them.
func ExampleMultistream() {
	var b bytes.Buffer
	archive := packed("a.txt", "b.txt")
	for range 2 {
		w := gzip.NewWriter(&b)
		if _, err := io.CopyN(w, archive, archive.Size()/2); err != nil {
			log.Fatal(err)
		}
		if err := w.Close(); err != nil {
			log.Fatal(err)
		}
	}
	_, err := safetar.Inspect(context.Background(), bytes.NewReader(b.Bytes()), exampleLimits())
	fmt.Println(errors.Is(err, limits.ErrRefused))
	report, err := safetar.Inspect(context.Background(), bytes.NewReader(b.Bytes()), exampleLimits(),
		safetar.Multistream())
	fmt.Println(report.Files, err)
	// Output:
	// true
	// 2 <nil>
}

func ExampleUnicodeNames() {
	for _, name := range []string{"Straße/日本語.txt", "photo\u202egpj.exe", "a\u200bb"} {
		_, err := safetar.Inspect(context.Background(), packed(name), exampleLimits(), safetar.UnicodeNames())
		if rule, ok := errors.AsType[*safetar.RuleError](err); ok {
			fmt.Printf("%+q: %s\n", name, rule.Rule)
			continue
		}
		fmt.Println(name, err)
	}
	// Output:
	// Straße/日本語.txt <nil>
	// "photo\u202egpj.exe": bidi-control
	// "a\u200bb": invisible-character
}

// StripPrefix and Select unpack a part of an archive. All of it is checked.
func ExampleSelect() {
	dir, remove := scratch()
	defer remove()
	_, err := safetar.Extract(context.Background(), dir, packed("project-1.2/main.go", "project-1.2/logo.png"),
		exampleLimits(), safetar.StripPrefix("project-1.2"),
		safetar.Select(func(e safetar.Entry) bool { return path.Ext(e.Name) == ".go" }))
	if err != nil {
		log.Fatal(err)
	}
	list(dir)
	// Output:
	// main.go
}

// An entry beside the prefix is refused: a release that also brings other things is no release.
func ExampleStripPrefix() {
	_, err := safetar.Inspect(context.Background(), packed("project-1.2/main.go", "etc/passwd"), exampleLimits(),
		safetar.StripPrefix("project-1.2"))
	fmt.Println(err)
	// Output:
	// safetar.Inspect: outside-prefix: "etc/passwd" (offset 1024): the entry does not lie below the prefix that is stripped
}

// Archives of releases have one directory at the top, which the user does not want. The directory
// that macOS adds does not count as a second one.
func ExampleStripTop() {
	dir, remove := scratch()
	defer remove()
	report, err := safetar.Extract(context.Background(), dir, packed("theme-1.2/style.css", "._theme-1.2"),
		exampleLimits(), safetar.StripTop(), safetar.SkipMacOS())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("without %q\n", report.Stripped)
	list(dir)
	// Output:
	// without "theme-1.2"
	// style.css
}

// Entries that are left out stand in the notes.
func ExampleSkipMacOS() {
	report, err := safetar.Inspect(context.Background(), packed("photos/a.jpg", "photos/.DS_Store"), exampleLimits(),
		safetar.SkipMacOS())
	if err != nil {
		log.Fatal(err)
	}
	for _, note := range report.Notes {
		fmt.Println(note)
	}
	// Output:
	// note: "photos/.DS_Store" (offset 1024): left out: macOS keeps its own data under this name
}

// With one time for all files the same tree gives the same archive, which can be compared by its
// hash.
func ExampleFixedTime() {
	pack := func(modified time.Time) []byte {
		var b bytes.Buffer
		tree := fstest.MapFS{"a.txt": {Data: []byte("hello"), ModTime: modified}}
		_, err := safetar.Pack(context.Background(), &b, tree, exampleLimits(),
			safetar.FixedTime(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)))
		if err != nil {
			log.Fatal(err)
		}
		return b.Bytes()
	}
	fmt.Println(bytes.Equal(pack(time.Unix(1_700_000_000, 0)), pack(time.Unix(1_800_000_000, 0))))
	// Output:
	// true
}

// UnsafeAllow lifts a rule for an archive that is known to break it. The finding stands in the
// notes. Rules of the trust boundary cannot be lifted.
func ExampleUnsafeAllow() {
	report, err := safetar.Inspect(context.Background(), packed("10:30.log"), exampleLimits(),
		safetar.UnsafeAllow(safetar.RuleIllegalCharacter))
	if err != nil {
		log.Fatal(err)
	}
	for _, note := range report.Notes {
		fmt.Println(note)
	}
	_, err = safetar.Inspect(context.Background(), packed("10:30.log"), exampleLimits(),
		safetar.UnsafeAllow(safetar.RulePathTraversal))
	fmt.Println(err)
	// Output:
	// illegal-character: "10:30.log" (offset 0): byte 2 is ':', which not every file system can hold
	// safetar.Inspect: UnsafeAllow cannot lift "path-traversal", which belongs to the trust boundary
}

// Rules that mean the same in a zip file have the same id there.
func ExampleRules() {
	for info := range safetar.Rules() {
		switch info.Rule {
		case safetar.RulePathTraversal, safetar.RulePaxConflict, safetar.RuleMissingEnd:
			fmt.Println(info.Rule, info.CWE, info.Liftable)
		}
	}
	// Output:
	// path-traversal CWE-22 false
	// pax-conflict CWE-436 false
	// missing-end CWE-20 true
}
