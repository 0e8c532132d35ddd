package tartest_test

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safezip/safetar"
	"github.com/seed73825598/airlock/safezip/tartest"
)

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testUnpack(t) }

func FuzzExample(f *testing.F) {
	if testing.Short() {
		f.Skip("it takes seconds, and TestExample has the same archives")
	}
	fuzzUnpack(f)
}

// Another library lets a hostile archive pass: archive/tar hands the name out, since to refuse it
// is left to its users.
func ExampleHostile() {
	for c := range tartest.Hostile() {
		if c.Rule != safetar.RulePathTraversal {
			continue
		}
		header, err := tar.NewReader(bytes.NewReader(c.Data)).Next()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %q\n", c.Name, header.Name)
		return
	}
	// Output:
	// path-traversal/parent: "../evil"
}

// A check that refuses all archives protects as well: the benign ones tell it from a good one.
func ExampleBenign() {
	n := 0
	for c := range tartest.Benign() {
		if _, err := safetar.Inspect(context.Background(), bytes.NewReader(c.Data), c.Limits()); err == nil {
			n++
		}
	}
	fmt.Println("archives that honest programs write:", n > 20)
	// Output:
	// archives that honest programs write: true
}

// allRefused and allAccepted ask under the limits and options of each case.
func allRefused(cases iter.Seq[tartest.Case]) bool {
	for c := range cases {
		_, err := safetar.Inspect(context.Background(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
		if !errors.Is(err, limits.ErrRefused) {
			return false
		}
	}
	return true
}

func allAccepted(cases iter.Seq[tartest.Case]) bool {
	for c := range cases {
		_, err := safetar.Inspect(context.Background(), bytes.NewReader(c.Data), c.Limits(), c.Options()...)
		if err != nil {
			return false
		}
	}
	return true
}

// HostileLinks and BenignLinks are for programs that take links.
func ExampleHostileLinks() {
	fmt.Println(allRefused(tartest.HostileLinks()), allAccepted(tartest.BenignLinks()))
	// Output: true true
}

// HostileUnicode and BenignUnicode are for programs that take names beyond ASCII.
func ExampleHostileUnicode() {
	fmt.Println(allRefused(tartest.HostileUnicode()), allAccepted(tartest.BenignUnicode()))
	// Output: true true
}

// Options are what a program has chosen that takes links, and names beyond ASCII.
func ExampleOptions() {
	for c := range tartest.BenignUnicode() {
		for _, opts := range [][]safetar.Option{nil, tartest.Options()} {
			_, err := safetar.Inspect(context.Background(), bytes.NewReader(c.Data), tartest.Limits(), opts...)
			fmt.Println(err == nil)
		}
		break
	}
	// Output:
	// false
	// true
}
