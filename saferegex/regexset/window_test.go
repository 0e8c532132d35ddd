package regexset_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// TestWindows compares sets with regexp on texts that are much longer than any match, where
// patterns are looked for around their literals: with few literals and with many, with letters
// beyond ASCII that are cases of letters of ASCII, and with bytes that are no characters.
func TestWindows(t *testing.T) {
	patterns := []string{
		`(?i)[a-z.]{0,5}key[ =]{0,3}[a-f0-9]{4}`, `[^a]{0,3}foobar.{0,2}z$`, `.foobar\b.{0,3}\bx`, `[é=]{1,2}foobar`,
		`[^b]foobarq`, `(?i)[^x]{2}kiosk.`, `(?i).{1,3}masks\z`, `[^\x00-\x7f]foobar[^\x00-\x7f]`, `\w{2}foobar(?s:.{3})\B`,
		`[\x{FFFD}]foobarz`, `(?i)\bsesssk\b`, `(?m)foobar.?$`,
	}
	std := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		std[i] = regexp.MustCompile(p)
	}
	set, err := regexset.Compile(t.Context(), patterns, limits.Limits{InputBytes: limits.MiB, Time: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	parts := []string{"foobar", "foobarz", "key=", "KEY", "\u212aey = 12ab", "kio\u017fk", "mask\u017f", "\u212aiosk!",
		"é", "日", "\xff",
		"\x80\x80\x80\x80", " ", "\n", "x", "q", "b", "a", "=", "sess\u017fk", "zz"}
	seen := make([]bool, len(patterns))
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 100 {
		var b strings.Builder
		every := 1 + r.IntN(600)
		for b.Len() < 6_000 {
			if r.IntN(every) == 0 {
				for range 1 + r.IntN(4) {
					b.WriteString(parts[r.IntN(len(parts))])
				}
			} else {
				b.WriteByte("tuvw .,"[r.IntN(7)])
			}
		}
		b.WriteString(parts[r.IntN(len(parts))] + parts[round%len(parts)])
		text := b.String()
		var want []int
		for i, re := range std {
			if re.MatchString(text) {
				want = append(want, i)
				seen[i] = true
			}
		}
		got, err := set.Match(t.Context(), text)
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("round %d: %v, %v; regexp says %v", round, got, err, want)
		}
	}
	if i := slices.Index(seen, false); i >= 0 {
		t.Errorf("%s never matches", patterns[i])
	}
}
