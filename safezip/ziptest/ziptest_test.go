package ziptest_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip"
	"github.com/seed73825598/airlock/safezip/ziptest"
)

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testUnpack(t) }

func FuzzExample(f *testing.F) {
	if testing.Short() {
		f.Skip("it takes seconds, and TestExample has the same archives")
	}
	fuzzUnpack(f)
}

// The answer of another library to a hostile archive: archive/zip opens it, since to refuse the
// name is left to its users.
func ExampleHostile() {
	for c := range ziptest.Hostile() {
		if c.Rule != safezip.RulePathTraversal {
			continue
		}
		r, err := zip.NewReader(bytes.NewReader(c.Data), int64(len(c.Data)))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %q\n", c.Name, r.File[0].Name)
		return
	}
	// Output:
	// path-traversal/name-1: "../evil"
}

// A check that refuses all archives protects as well: the benign ones tell it from a good one.
func ExampleBenign() {
	withData := 0
	for c := range ziptest.Benign() {
		if r, err := zip.NewReader(bytes.NewReader(c.Data), int64(len(c.Data))); err == nil && len(r.File) > 0 {
			withData++
		}
	}
	fmt.Println("archives that honest programs write:", withData > 20)
	// Output:
	// archives that honest programs write: true
}

// HostileUnicode and BenignUnicode are for programs that take names beyond ASCII.
func ExampleHostileUnicode() {
	inspect := func(c ziptest.Case) error {
		_, err := safezip.Inspect(context.Background(), bytes.NewReader(c.Data), int64(len(c.Data)), c.Limits(),
			c.Options()...)
		return err
	}
	refused, accepted := true, true
	for c := range ziptest.HostileUnicode() {
		refused = refused && errors.Is(inspect(c), limits.ErrRefused)
	}
	for c := range ziptest.BenignUnicode() {
		accepted = accepted && inspect(c) == nil
	}
	fmt.Println("all hostile ones are refused:", refused)
	fmt.Println("all benign ones are accepted:", accepted)
	// Output:
	// all hostile ones are refused: true
	// all benign ones are accepted: true
}

// Limits are those of a sensible service: all hostile archives are refused under them.
func ExampleLimits() {
	fmt.Println(ziptest.Limits())
	// Output:
	// output=1GiB items=10000 time=1m0s
}

// Options are what a program has chosen that takes names beyond ASCII.
func ExampleOptions() {
	for _, opts := range [][]safezip.Option{nil, ziptest.Options()} {
		fmt.Println(safezip.CheckName("日本語.txt", opts...) == nil)
	}
	// Output:
	// false
	// true
}
