package safexml_test

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// TestOrderOfNodes has every order of two nodes before the root, and nodes in and after it, under
// every profile, with and without a word for the document type declaration: what is left of one
// node must not meet the next.
func TestOrderOfNodes(t *testing.T) {
	prolog := []string{"", "<?a?>", "<?long-target with content?>", "<!---->", "<!-- a comment -->", "\n",
		"<!DOCTYPE svg>",
		"<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd'>",
		"<!DOCTYPE svg [<!ENTITY e 'x'>]>"}
	inner := []string{"", "<?b c?>", "<!-- d --><title>e</title>"}
	words := map[string][]safexml.Option{
		"":                {},
		"SkipDoctype":     {safexml.SkipDoctype()},
		"LiteralEntities": {safexml.LiteralEntities()},
		"HTMLEntities":    {safexml.HTMLEntities()},
		"UnsafeAllow":     {safexml.UnsafeAllow(safexml.RuleDoctype)},
	}
	profiles := map[string][]safexml.Option{
		"Generic": {}, "SVG": {safexml.SVG()}, "SVG, Hyperlinks": {safexml.SVG(), safexml.Hyperlinks()},
		"OOXML": {safexml.OOXML()}, "Signed": {safexml.Signed()}, "SAML": {safexml.SAML()},
	}
	cases := 0
	for profile, first := range profiles {
		for word, second := range words {
			opts := slices.Concat(first, second)
			lim := fuzzLimits
			if word == "LiteralEntities" {
				lim.OutputBytes = limits.MiB
			}
			_, err := safexml.Validate(t.Context(), strings.NewReader("<a/>"), lim, opts...)
			if errors.Is(err, limits.ErrConfig) {
				continue // A profile without declarations takes no word for them.
			}
			for i, a := range prolog {
				for j, b := range prolog {
					if testing.Short() && (i+j)%4 > 0 {
						continue
					}
					for _, in := range inner {
						cases++
						doc := a + b + `<svg xmlns="http://www.w3.org/2000/svg">` + in + "</svg>" + a
						sameBySplit(t, []byte(doc), lim, opts)
						if t.Failed() {
							t.Fatalf("%s, %s: %q", profile, word, doc)
						}
					}
				}
			}
		}
	}
	if cases < 4000 && !testing.Short() {
		t.Errorf("%d cases", cases)
	}
}

// sameBySplit holds each face to the same verdict on a document that comes whole and byte by byte,
// and EachReference to letting pass what passes.
func sameBySplit(t *testing.T, doc []byte, lim limits.Limits, opts []safexml.Option) {
	t.Helper()
	for _, f := range faces {
		whole := verdict(t, f.take(t.Context(), bytes.NewReader(doc), lim, opts...))
		split := verdict(t, f.take(t.Context(), iotest.OneByteReader(bytes.NewReader(doc)), lim, opts...))
		if diff := cmp.Diff(whole, split); diff != "" {
			t.Errorf("%s (-whole +split):\n%s", f.name, diff)
		}
	}
	_, refused := safexml.Validate(t.Context(), bytes.NewReader(doc), lim, opts...)
	if err := safexml.EachReference(t.Context(), bytes.NewReader(doc), lim,
		func(safexml.Reference) error { return nil }, opts...); err != nil && refused == nil {
		t.Errorf("EachReference refuses what passes: %v", err)
	}
}
