package xmltest_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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

// Benign documents are no strangers to encoding/xml.
func TestBenignIsXML(t *testing.T) {
	for c := range xmltest.Benign() {
		d := xml.NewDecoder(strings.NewReader(string(c.Data)))
		d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
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
