package decompress_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
)

// packed is a gzip stream of text.
func packed(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		panic(err)
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func ExampleNewReader() {
	body := bytes.NewReader(packed("a body that was small on the wire\n"))
	r, err := decompress.NewReader(context.Background(), body, decompress.Gzip, limits.Limits{
		OutputBytes: 10 * limits.MiB,
		Time:        5 * time.Second,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer r.Close()
	if _, err := io.Copy(os.Stdout, r); err != nil {
		fmt.Println(err)
	}
	// Output: a body that was small on the wire
}

func ExampleBytes() {
	token := packed(string(make([]byte, 1<<20)))
	_, err := decompress.Bytes(context.Background(), token, decompress.Gzip, limits.Limits{
		OutputBytes: 8 * limits.KiB,
		Time:        time.Second,
	})
	fmt.Println(errors.Is(err, limits.ErrExceeded))
	fmt.Println(err)
	// Output:
	// true
	// decompress.Bytes: output bytes: needs at least 8193 B, the limit is 8 KiB; if such input is expected, raise OutputBytes
}

func ExampleDetect() {
	format, ok := decompress.Detect(packed("a log"))
	fmt.Println(format, ok)
	_, ok = decompress.Detect([]byte("plain text"))
	fmt.Println(ok)
	// Output:
	// gzip true
	// false
}

func ExampleMultistream() {
	rotated := append(packed("yesterday\n"), packed("today\n")...)
	lim := limits.Limits{OutputBytes: limits.MiB, Time: time.Second}
	_, err := decompress.Bytes(context.Background(), rotated, decompress.Gzip, lim)
	fmt.Println(err)
	text, err := decompress.Bytes(context.Background(), rotated, decompress.Gzip, lim, decompress.Multistream())
	fmt.Printf("%s%v\n", text, err)
	// Output:
	// decompress.Bytes: several-members (offset 34): another stream follows the first; Multistream accepts several
	// yesterday
	// today
	// <nil>
}

func ExampleContentCodings() {
	codings, err := decompress.ContentCodings(limits.Limits{OutputBytes: 10 * limits.MiB, Time: 5 * time.Second},
		decompress.Gzip, decompress.Zlib)
	if err != nil {
		fmt.Println(err)
		return
	}
	body, err := codings["gzip"](context.Background(), bytes.NewReader(packed("the body of a request\n")))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer body.Close()
	if _, err := io.Copy(os.Stdout, body); err != nil {
		fmt.Println(err)
	}
	// Output: the body of a request
}

func ExampleNewFormat() {
	// A real one hands memory to its decoder, as examples/airlock does for zstd.
	open := func(src io.Reader, memory limits.Bytes) (io.ReadCloser, error) { return io.NopCloser(src), nil }
	plain, err := decompress.NewFormat("plain", nil, open)
	if err != nil {
		fmt.Println(err)
		return
	}
	text, err := decompress.Bytes(context.Background(), []byte("as it is"), plain,
		limits.Limits{OutputBytes: limits.KiB, Time: time.Second})
	fmt.Printf("%v: %s %v\n", plain, text, err)
	// Output: plain: as it is <nil>
}

// UnsafeAllow lifts a rule for a source that is known to break it, as a device that fills its files
// up with zeros.
func ExampleUnsafeAllow() {
	padded := append(packed("measurements\n"), make([]byte, 100)...)
	lim := limits.Limits{OutputBytes: limits.MiB, Time: time.Second}
	_, err := decompress.Bytes(context.Background(), padded, decompress.Gzip, lim)
	fmt.Println(err)
	text, err := decompress.Bytes(context.Background(), padded, decompress.Gzip, lim,
		decompress.UnsafeAllow(decompress.RuleTrailingData))
	fmt.Printf("%s%v\n", text, err)
	// Output:
	// decompress.Bytes: trailing-data (offset 37): bytes follow the end of the stream
	// measurements
	// <nil>
}

func ExampleRules() {
	for info := range decompress.Rules() {
		fmt.Println(info.Rule, info.Liftable)
	}
	// Output:
	// malformed false
	// checksum false
	// size-mismatch false
	// several-members false
	// preset-dictionary false
	// trailing-data true
	// gzip-header true
}
