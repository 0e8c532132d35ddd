package xmltest_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// texts is the function under test: it returns the texts of a document, for a search.
func texts(ctx context.Context, document []byte) ([]string, error) {
	t, err := safexml.NewTokenizer(ctx, bytes.NewReader(document), limits.Limits{InputBytes: 1 * limits.MiB,
		Time: time.Minute})
	if err != nil {
		return nil, err
	}
	var all []string
	for {
		err := t.Next()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if t.Kind() == safexml.Text || t.Kind() == safexml.CDATA {
			all = append(all, string(t.Text()))
		}
	}
}

// testTexts asks that what is hostile is refused, and that what only looks like it is not. In a
// file of your own it is TestTexts.
func testTexts(t *testing.T) {
	for c := range xmltest.Hostile() {
		if c.Option != "" {
			continue // It is hostile to those who take more than safexml's defaults.
		}
		if all, err := texts(t.Context(), c.Data); all != nil || !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %d texts, %v; want a refusal", c.Name, len(all), err)
		}
	}
	for c := range xmltest.Benign() {
		if c.Option != "" {
			continue
		}
		if _, err := texts(t.Context(), c.Data); err != nil {
			t.Errorf("%s: %v", c.Name, err)
		}
	}
}

// fuzzTexts looks for a document that ends in anything but texts or a refusal, and for one that has
// more text than it has bytes. In a file of your own it is FuzzTexts.
func fuzzTexts(f *testing.F) {
	xmltest.Seed(f)
	f.Fuzz(func(t *testing.T, document []byte) {
		all, err := texts(t.Context(), document)
		if err != nil && !errors.Is(err, limits.ErrRefused) {
			t.Error(err)
		}
		size := 0
		for _, text := range all {
			size += len(text)
		}
		if size > len(document) {
			t.Errorf("%d bytes of text in a document of %d", size, len(document))
		}
	})
}

// A test and a fuzz target of a function that takes documents from users.
func Example() {
	for _, document := range []string{"<a>one<b>two</b></a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"} {
		all, err := texts(context.Background(), []byte(document))
		fmt.Printf("%q %v\n", all, err)
	}
	// Output:
	// ["one" "two"] <nil>
	// [] safexml.NewTokenizer: doctype (line 1, column 1): a document type declaration: a parser after this one could fetch and expand what it names
}
