package decompresstest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/decompress"
	"github.com/seed73825598/airlock/safezip/decompress/decompresstest"
)

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testInflate(t) }

func FuzzExample(f *testing.F) { fuzzInflate(f) }

// compress/gzip reads some of the hostile streams to their end: it has no limit and takes several
// members for one file.
func ExampleHostile() {
	read := map[limits.Rule]int{}
	for c := range decompresstest.Hostile() {
		if c.Format != decompress.Gzip || c.Rule == "" {
			continue
		}
		r, err := gzip.NewReader(bytes.NewReader(c.Data))
		if err != nil {
			continue
		}
		if _, err := io.Copy(io.Discard, io.LimitReader(r, 1<<20)); err == nil {
			read[c.Rule]++
		}
	}
	fmt.Println(decompress.RuleSeveralMembers, read[decompress.RuleSeveralMembers] > 0)
	fmt.Println(decompress.RuleChecksum, read[decompress.RuleChecksum] > 0)
	// Output:
	// several-members true
	// checksum false
}

// HostileMultistream and BenignMultistream are for programs that take several members for one file.
func ExampleHostileMultistream() {
	refused, read := true, true
	for c := range decompresstest.HostileMultistream() {
		_, err := inflate(context.Background(), c.Format, c.Data, c.Options()...)
		refused = refused && errors.Is(err, limits.ErrRefused)
	}
	for c := range decompresstest.BenignMultistream() {
		data, err := inflate(context.Background(), c.Format, c.Data, c.Options()...)
		read = read && err == nil && bytes.Equal(data, c.Want)
	}
	fmt.Println("all hostile ones are refused:", refused)
	fmt.Println("all benign ones are read:", read)
	// Output:
	// all hostile ones are refused: true
	// all benign ones are read: true
}

// Options are what a program has chosen that takes several members for one file.
func ExampleOptions() {
	for c := range decompresstest.BenignMultistream() {
		if c.Name != "several-members/gzip-two" {
			continue
		}
		for _, opts := range [][]decompress.Option{nil, decompresstest.Options()} {
			_, err := inflate(context.Background(), c.Format, c.Data, opts...)
			fmt.Println(err == nil)
		}
	}
	// Output:
	// false
	// true
}
