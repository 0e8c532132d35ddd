package safexml_test

import (
	"bytes"
	"errors"
	"io"
	"sort"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// TestEverySplit cuts every document of some hundred bytes in two at every byte: the verdict, its
// place and what is passed on are those of the whole.
func TestEverySplit(t *testing.T) {
	seen, cuts, step := map[string]bool{}, 0, 1
	if testing.Short() {
		step = 11
	}
	for _, c := range append(hostile(), benign()...) {
		if len(c.Data) > 400 || seen[string(c.Data)] {
			continue
		}
		seen[string(c.Data)] = true
		opts := options(t, c)
		if c.Option == "SVG" && len(seen)%5 > 0 {
			continue // They are many and alike.
		}
		read := func(r io.Reader) ([]byte, error) {
			checked, err := safexml.NewReader(t.Context(), r, c.Limits(), opts...)
			if err != nil {
				t.Fatal(err)
			}
			return io.ReadAll(checked)
		}
		passed, refusal := read(bytes.NewReader(c.Data))
		want := verdict(t, refusal)
		for i := 1; i < len(c.Data); i += step {
			cuts++
			got, err := read(io.MultiReader(bytes.NewReader(c.Data[:i]), bytes.NewReader(c.Data[i:])))
			if diff := cmp.Diff(want, verdict(t, err)); diff != "" {
				t.Errorf("%s cut at %d (-whole +cut):\n%s", c.Name, i, diff)
			}
			// Of a document that is refused more may have passed in pieces, but never its end.
			if err == nil && !bytes.Equal(got, passed) || err != nil && (!bytes.HasPrefix(c.Data, got) && !wide(c)) {
				t.Errorf("%s cut at %d: %q passed on; the whole has %q", c.Name, i, got, passed)
			}
			if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("%s cut at %d: the verdict is the end of a stream", c.Name, i)
			}
		}
	}
	t.Logf("%d documents, %d cuts", len(seen), cuts)
}

// wide reports whether a document changes its bytes on the way: it comes out in UTF-8, with another
// label, or with spaces where its document type declaration was.
func wide(c xmltest.Case) bool {
	return strings.Contains(c.Option, "SkipDoctype") || bytes.IndexByte(c.Data, 0) >= 0 ||
		bytes.Contains(c.Data, []byte("encoding"))
}

// TestMemoryOfPieces has a Tokenizer keep a drawing to judge it at the end: how much memory that
// takes depends on the drawing and not on the reads that it comes in.
func TestMemoryOfPieces(t *testing.T) {
	drawing := `<svg xmlns="http://www.w3.org/2000/svg">` + strings.Repeat("<rect/>", 300) + "</svg>"
	passes := func(memory limits.Bytes, source io.Reader) bool {
		lim := sensible
		lim.MemoryBytes = memory
		tok, err := safexml.NewTokenizer(t.Context(), source, lim, safexml.SVG())
		if err != nil {
			t.Fatal(err)
		}
		for err == nil {
			err = tok.Next()
		}
		if !errors.Is(err, io.EOF) && !errors.Is(err, limits.ErrExceeded) {
			t.Fatal(err)
		}
		return errors.Is(err, io.EOF)
	}
	least := func(source func() io.Reader) int {
		return sort.Search(int(limits.MiB), func(n int) bool { return passes(limits.Bytes(n), source()) })
	}
	whole := least(func() io.Reader { return strings.NewReader(drawing) })
	pieces := least(func() io.Reader { return iotest.OneByteReader(strings.NewReader(drawing)) })
	if whole != pieces || whole >= int(limits.MiB) {
		t.Errorf("whole it takes %d bytes, byte by byte %d", whole, pieces)
	}
}
