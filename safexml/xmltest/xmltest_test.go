package xmltest_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"iter"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/safexml"
	"github.com/seed73825598/airlock/safexml/xmltest"
)

// The cases are the same each time, and no caller can change them for the next one.
func TestCasesAreFresh(t *testing.T) {
	names := func() []string {
		var list []string
		for c := range xmltest.Hostile() {
			list = append(list, fmt.Sprint(c.Name, " ", c.Option, " ", len(c.Data)))
			clear(c.Data)
		}
		return list
	}
	if diff := cmp.Diff(names(), names()); diff != "" {
		t.Error(diff)
	}
	for c := range xmltest.Hostile() {
		if len(c.Data) > 0 && strings.Trim(string(c.Data[:min(len(c.Data), 99)]), "\x00") == "" {
			t.Errorf("%s is what an earlier caller has made of it", c.Name)
		}
	}
}

// Each rule, each profile and each option has hostile cases and honest neighbours. UnsafeAllow and
// PartName let in more, or tell where a part stands: they have benign ones alone.
func TestCasesOfEach(t *testing.T) {
	type count struct{ hostile, benign int }
	rules, options := map[limits.Rule]*count{}, map[string]*count{}
	for info := range safexml.Rules() {
		rules[info.Rule] = &count{}
	}
	for _, name := range []string{"", "SVG", "OOXML", "Signed", "SAML", "SkipDoctype", "LiteralEntities", "HTMLEntities",
		"Hyperlinks", "DataImages", "DataFonts", "SignedXPath", "UTF16", "charset.Allow"} {
		options[name] = &count{}
	}
	each := func(cases iter.Seq[xmltest.Case], add func(*count)) {
		for c := range cases {
			if c.Rule != "" {
				add(rules[c.Rule])
			}
			for option := range strings.SplitSeq(c.Option, ", ") {
				option, _, _ = strings.Cut(option, "(")
				if options[option] != nil {
					add(options[option])
				} else if option != "UnsafeAllow" && option != "PartName" {
					t.Errorf("%s: the option %s is not counted", c.Name, option)
				}
			}
		}
	}
	each(xmltest.Hostile(), func(c *count) { c.hostile++ })
	each(xmltest.Benign(), func(c *count) { c.benign++ })
	for rule, n := range rules {
		if n.hostile < 3 || n.benign < 1 {
			t.Errorf("rule %s: %d hostile and %d benign cases", rule, n.hostile, n.benign)
		}
	}
	for option, n := range options {
		if n.hostile < 3 || n.benign < 2 {
			t.Errorf("option %q: %d hostile and %d benign cases", option, n.hostile, n.benign)
		}
	}
}

// Benign documents are no strangers to encoding/xml.
func TestBenignIsXML(t *testing.T) {
	for c := range xmltest.Benign() {
		d := xml.NewDecoder(strings.NewReader(string(c.Data)))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
		if !utf8.Valid(c.Data) {
			continue // It knows UTF-8 alone.
		}
		for {
			if _, err := d.Token(); err == io.EOF { //nolint:errorlint // The end itself.
				break
			} else if err != nil {
				if !strings.Contains(err.Error(), "invalid character entity") &&
					!strings.Contains(err.Error(), "invalid XML name") && !strings.Contains(err.Error(),
					"expected element name") && !strings.Contains(err.Error(), "unsupported version") {
					t.Errorf("%s: %v", c.Name, err)
				}
				break
			}
		}
	}
}

// FuzzSeed shows how the cases become the corpus of a fuzz target.
func FuzzSeed(f *testing.F) {
	xmltest.Seed(f)
	f.Fuzz(func(*testing.T, []byte) {
	})
}

func ExampleHostile() {
	accepted := 0
	for c := range xmltest.Hostile() {
		if c.Rule == "not-well-formed" && xml.Unmarshal(c.Data, new(struct{})) == nil {
			accepted++
		}
	}
	fmt.Println("ill-formed, and accepted by encoding/xml:", accepted > 20)

	// Output:
	// ill-formed, and accepted by encoding/xml: true
}

// A parser must take the benign documents: a filter that refuses all is no filter.
func ExampleBenign() {
	refused := map[string]int{}
	for c := range xmltest.Benign() {
		if strings.Contains(string(c.Data), "<!") {
			refused["a filter that looks for <!"]++
		}
		if strings.Contains(string(c.Data), "&") {
			refused["a filter that looks for &"]++
		}
	}
	for filter, n := range refused {
		fmt.Println(filter, n > 5)
	}

	// Unordered output:
	// a filter that looks for <! true
	// a filter that looks for & true
}

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testTexts(t) }

func FuzzExample(f *testing.F) { fuzzTexts(f) }

// Limits are those of a sensible service: all hostile documents are refused under them.
func ExampleLimits() {
	fmt.Println(xmltest.Limits())
	// Output:
	// input=64MiB time=1m0s
}
