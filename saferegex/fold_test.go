package saferegex_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/seed73825598/airlock/saferegex"
)

// TestFoldedLiterals holds patterns without regard to case to the answers of regexp, for each
// character that has another case and for each of its cases: what every match contains is searched
// for before anything else, and must be looked for in all of them.
func TestFoldedLiterals(t *testing.T) {
	cases := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if unicode.SimpleFold(r) == r || testing.Short() && r > unicode.MaxLatin1 && r%8 > 0 {
			continue
		}
		var texts []string
		for f := unicode.SimpleFold(r); ; f = unicode.SimpleFold(f) {
			c := string(f)
			for _, text := range []string{"1" + c, "12" + c + "x", "12" + c + "-x", "b" + c} {
				texts = append(texts, text, strings.Repeat("z ", 200)+text)
			}
			if f == r {
				break
			}
		}
		for _, pattern := range []string{"(?i)[0-9]C", "(?i)[0-9]+C[a-z]", "(?i)[0-9]+(?:C)-[a-z]", "[0-9](?i:C)",
			"(?i)(?:a|b)C", "[0-9]+(?i:C-)x"} {
			pattern = strings.ReplaceAll(pattern, "C", string(r))
			std := regexp.MustCompile(pattern)
			re, err := saferegex.Compile(t.Context(), pattern, wide)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range texts {
				cases++
				if got, err := re.MatchString(t.Context(), text); err != nil || got != std.MatchString(text) {
					t.Fatalf("%q in %q: %t, %v", pattern, text, got, err)
				}
			}
		}
	}
	if cases < 10_000 {
		t.Errorf("%d cases", cases)
	}
}
