package safexml_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// TestValuesAreBounded holds values that are much larger than the document to MemoryBytes.
func TestValuesAreBounded(t *testing.T) {
	many := []byte("<a>" + strings.Repeat("<b>1</b>", 40_000) + "</a>")
	for name, v := range map[string]any{
		"structs": new(struct {
			B []struct{ Large [8]int } `xml:"b"`
		}),
		"pointers": new(struct {
			B []*struct{ Large [8]int } `xml:"b"`
		}),
		"texts": new(struct {
			B []string `xml:"b"`
		}),
		"nodes": new(node),
		"slices": new(struct {
			B [][][]string `xml:"b"`
		}),
		"interfaces": new(struct {
			B []any `xml:"b"`
		}),
	} {
		lim := sensible
		lim.MemoryBytes = 512 * limits.KiB
		limittable.Exceeds(t, safexml.Unmarshal(t.Context(), many, v, lim), limits.MemoryBytes, int64(lim.MemoryBytes))
		lim.MemoryBytes = limits.GiB
		if err := safexml.Unmarshal(t.Context(), many, v, lim); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	long := []byte("<a>" + strings.Repeat("text", 2<<20) + "</a>")
	var text string
	lim := sensible
	lim.MemoryBytes = 12 * limits.MiB
	limittable.Exceeds(t, safexml.Unmarshal(t.Context(), long, &text, lim), limits.MemoryBytes, int64(lim.MemoryBytes))
}

// A grower appends to the text that it is given.
type grower string

func (g *grower) UnmarshalText(text []byte) error {
	*g = grower(append(text, "++++++++++++++++++++++++++"...))
	return nil
}

// TestTextIsApart lets no method reach the texts beside its own.
func TestTextIsApart(t *testing.T) {
	var v struct {
		A grower `xml:"a,attr"`
		B string `xml:"b,attr"`
		C grower `xml:"c"`
		D string `xml:",chardata"`
	}
	err := safexml.Unmarshal(t.Context(), []byte(`<x a="1" b="22">33<c>4</c>55</x>`), &v, sensible)
	const more = "++++++++++++++++++++++++++"
	if err != nil || v.A != "1"+more || v.B != "22" || v.C != "4"+more || v.D != "3355" {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestUnmarshalOfAllKinds fills values of any type from the root element.
func TestUnmarshalOfAllKinds(t *testing.T) {
	for document, test := range map[string]struct{ v, want any }{
		"<a>1<b>2</b>3</a>":             {new(int), new(13)},
		"<a>x</a>":                      {new(*string), new(new("x"))},
		"<a><b>1</b></a>":               {new([]string), &[]string{""}},
		"<a xmlns='urn:x'/>":            {new(xml.Name), &xml.Name{Space: "urn:x", Local: "a"}},
		"<\U00012000>é</\U00012000>":    {new(string), new("é")},
		"<?xml version='1.1'?><a>1</a>": {new([]byte), &[]byte{'1'}},
	} {
		if err := safexml.Unmarshal(t.Context(), []byte(document), test.v, sensible); err != nil {
			t.Errorf("%s: %v", document, err)
		}
		if diff := cmp.Diff(test.want, test.v); diff != "" {
			t.Errorf("%s (-want +got):\n%s", document, diff)
		}
	}
}

// TestUnmarshalNothing refuses a v that nothing can be assigned to.
func TestUnmarshalNothing(t *testing.T) {
	for _, v := range []any{nil, 1, (*int)(nil), node{}} {
		if err := safexml.Unmarshal(t.Context(), []byte("<a/>"), v, sensible); !errors.Is(err, limits.ErrConfig) {
			t.Errorf("%T: %v", v, err)
		}
	}
}

// hidden and itself are types that encoding/xml panics on, or never ends.
type (
	hidden struct {
		B int `xml:"b"`
	}
	itself struct {
		*itself     //nolint:unused // For its tag.
		C       int `xml:"c"`
	}
	lists  []lists
	number int
)

// TestTypesThatCannotBe gives an error, and not a panic, for types that no document fills.
func TestTypesThatCannotBe(t *testing.T) {
	for name, v := range map[string]any{
		"a pointer that is not exported": new(struct{ *hidden }),
		"embeds itself":                  new(itself),
		"a list of itself":               new(lists),
		"a list in a text": new(struct {
			B []string `xml:",chardata"`
		}),
		"a list of comments": new(struct {
			B []int `xml:",comment"`
		}),
		"a number that is not exported": new(struct {
			number `xml:"b"`
		}),
		"a pointer to a pointer": new(struct {
			B **int `xml:"b"`
		}),
		"an attribute that is a struct": new(struct {
			B hidden `xml:"a,attr"`
		}),
	} {
		t.Run(name, func(t *testing.T) {
			err := safexml.Unmarshal(t.Context(), []byte("<x a='1'><b>1</b></x>"), v, sensible)
			if !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v; want a mistake of the caller", err)
			}
			err = safexml.Unmarshal(t.Context(), []byte("<x a='1'><b>1</b></y>"), v, sensible)
			if !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%v; the document is refused first", err)
			}
		})
	}
}
