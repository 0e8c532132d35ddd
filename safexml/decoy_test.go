package safexml_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
)

// TestDecoys puts an attribute of the same local name, in a namespace of its own, before each
// attribute of the hostile parts of office documents: a program that looks for local names may find
// the one or the other, and so both are judged, or having two is refused.
func TestDecoys(t *testing.T) {
	attribute := regexp.MustCompile(` (?:[A-Za-z0-9]+:)?([A-Za-z]+)=["'][^"'<>]`)
	tried := 0
	for _, c := range hostile() {
		if !strings.HasPrefix(c.Option, "OOXML") || len(c.Data) > 16<<10 {
			continue
		}
		opts := options(t, c)
		for _, at := range attribute.FindAllSubmatchIndex(c.Data, -1) {
			local := string(c.Data[at[2]:at[3]])
			start := strings.LastIndexByte(string(c.Data[:at[0]]), '<')
			if start < 0 || c.Data[start+1] == '?' || strings.HasPrefix(string(c.Data[at[0]:]), " xmlns") {
				continue
			}
			text := string(c.Data[:at[0]]) + ` xmlns:zz="urn:zz" zz:` + local + `="a"` + string(c.Data[at[0]:])
			tried++
			if _, err := validate(t, []byte(text), sensible, opts...); !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%s: %v from %s", c.Name, err, text)
			}
		}
	}
	if tried < 100 {
		t.Errorf("%d decoys; want more", tried)
	}
	t.Logf("%d decoys", tried)
}
