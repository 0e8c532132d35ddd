package safezip_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"path"
	"strings"
	"testing/fstest"
	"time"

	"github.com/seed73825598/airlock/safezip"
)

// pages is a tree that is packed: text that can be compressed, and an image that is already.
func pages() fstest.MapFS {
	when := time.Date(2026, 1, 2, 3, 4, 6, 0, time.UTC)
	return fstest.MapFS{
		"index.html": {Data: []byte(strings.Repeat("<p>hello</p>", 500)), ModTime: when},
		"logo.png":   {Data: []byte(strings.Repeat("\x89PNG", 500)), ModTime: when},
	}
}

// A smaller archive takes longer: 1 is the fastest, and 9 the smallest.
func ExampleLevel() {
	size := func(level int) int {
		var b bytes.Buffer
		_, err := safezip.Pack(context.Background(), &b, pages(), unpacked, safezip.Level(level))
		if err != nil {
			log.Fatal(err)
		}
		return b.Len()
	}
	fmt.Println(size(9) <= size(1))
	// Output:
	// true
}

// Images are stored as they are, since to compress them again takes time and wins nothing.
func ExampleStoreFunc() {
	var b bytes.Buffer
	_, err := safezip.Pack(context.Background(), &b, pages(), unpacked,
		safezip.StoreFunc(func(e safezip.Entry) bool { return path.Ext(e.Name) == ".png" }))
	if err != nil {
		log.Fatal(err)
	}
	archive := bytes.NewReader(b.Bytes())
	r, err := safezip.NewReader(context.Background(), archive, archive.Size(), unpacked)
	if err != nil {
		log.Fatal(err)
	}
	defer r.Close()
	for e := range r.Entries() {
		fmt.Println(e.Path, e.Method)
	}
	// Output:
	// index.html deflate
	// logo.png stored
}

// With one time for all files the same tree gives the same archive, which can be compared by its
// hash.
func ExampleFixedTime() {
	pack := func(tree fstest.MapFS) []byte {
		var b bytes.Buffer
		_, err := safezip.Pack(context.Background(), &b, tree, unpacked, safezip.FixedTime(time.Time{}))
		if err != nil {
			log.Fatal(err)
		}
		return b.Bytes()
	}
	touched := pages()
	touched["index.html"].ModTime = time.Date(2026, 5, 5, 5, 5, 5, 0, time.UTC)
	fmt.Println(bytes.Equal(pack(pages()), pack(touched)))
	// Output:
	// true
}
