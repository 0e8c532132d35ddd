package safexml_test

import (
	"strings"
	"testing"

	"github.com/seed73825598/airlock/internal/testkit/limittable"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
)

// Bases that are relative to each other grow with their depth, and so does what resolving against
// them takes: a limit stops both.
func TestBasesAreBounded(t *testing.T) {
	long := strings.Repeat("a", 60_000) + "/"
	nested := strings.Repeat("<a xml:base='"+long+"'>", 200) + strings.Repeat("</a>", 200)
	_, err := validate(t, []byte("<r xml:base='http://example.org/'>"+nested+"</r>"), sensible)
	limittable.Exceeds(t, err, limits.MemoryBytes, int64(safexml.DefaultMemoryBytes))

	many := "<r xml:base='http://example.org/" + long + "' xmlns:x='http://www.w3.org/1999/xlink'>" +
		strings.Repeat("<b x:href='c'/>", 200_000) + "</r>"
	err = safexml.EachReference(t.Context(), strings.NewReader(many), sensible,
		func(safexml.Reference) error { return nil })
	limittable.Exceeds(t, err, limits.Steps, safexml.DefaultSteps+int64(sensible.InputBytes)/64+safexml.DefaultItems)
}

// The base of an element holds for its own attributes, in any order, and for its text; one that
// cannot be parsed is none.
func TestBaseOfAnElement(t *testing.T) {
	const html, link = ` xmlns="http://www.w3.org/1999/xhtml"`, ` xmlns:p="http://www.w3.org/1999/xlink"`
	for document, want := range map[string]string{
		`<img` + html + ` xml:base="http://a/b/" src="c"/>`:                               "http://a/b/c",
		`<img` + html + ` src="c" xml:base="http://a/b/"/>`:                               "http://a/b/c",
		`<x` + link + ` p:href="c" xml:base="http://a/b/"/>`:                              "http://a/b/c",
		`<rss><link xml:base="http://a/b/">c</link></rss>`:                                "http://a/b/c",
		`<rss xml:base="http://a/"><link xml:base="b/">c</link><link>d</link></rss>`:      "http://a/b/c, http://a/d",
		`<rss xml:base="http://a/"><link xml:base="%zz/">c</link></rss>`:                  "http://a/c",
		`<rss xml:base="%zz"><link xml:base="http://a/">c</link><link>d</link></rss>`:     "http://a/c, d",
		`<rss xmlns:base="http://a/"><link>c</link></rss>`:                                "c",
		`<rss xml:base="http://a/"><link>%zz</link><link xml:base="http:">d</link></rss>`: "%zz, http:///d",
	} {
		var found []string
		err := safexml.EachReference(t.Context(), strings.NewReader(document), sensible, func(r safexml.Reference) error {
			found = append(found, r.Resolved)
			return nil
		})
		if got := strings.Join(found, ", "); err != nil || got != want {
			t.Errorf("%s: %q, %v; want %q", document, got, err, want)
		}
	}
}
