package rematch

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWhatIdleSearchesSkipTo looks for literals and bytes that are rare, where a search begins.
func TestWhatIdleSearchesSkipTo(t *testing.T) {
	for _, tc := range []struct {
		pattern string
		skips   skipping
		byTable bool
	}{
		{`%[ds]`, toPrefix, true}, {`var\b`, toPrefix, true}, {`\]$`, toPrefix, true}, {`(0+)$`, toPrefix, true},
		{`%|%%d`, toPrefix, true}, {`(?:%s|%d)x|%`, toPrefix, true}, {`%+`, toPrefix, true}, {`[A-Z]\d`, toBytes, true},
		{`\b[A-Z]\d`, toBytes, true}, {`é\d`, toPrefix, true}, {`[é-ü]\d`, toBytes, true}, {`\d+[a-f]`, toBytes, true},
		{`(?i)k\d`, toBytes, true}, {`(?m)^#`, toByte, true}, {`#|@`, toBytes, true},
		{`[a-z]\d`, skipsNothing, false}, {`\s+x`, skipsNothing, false}, {`.x`, skipsNothing, false},
		{`%?x?`, skipsNothing, false}, {`^%x`, skipsNothing, false}, {`x*$`, skipsNothing, false},
		{`(%[a-q][^u-z]{13}X|#)`, toBytes, false}, // It has no table.
	} {
		p := compile(t, tc.pattern, Options{CacheBytes: 1 << 20, TableBytes: 1 << 14})
		byTable := p.tables != nil && p.tables.search != nil && p.tables.search.skips
		if p.skips != tc.skips || byTable != tc.byTable {
			t.Errorf("%s skips %d, by its table %t; want %d, %t", tc.pattern, p.skips, byTable, tc.skips, tc.byTable)
		}
	}
}

// idlePatterns begin with a rare byte, in each way in which a search may do so; some have a table,
// and some have groups, assertions and characters beyond ASCII.
var idlePatterns = []string{`%[ds]`, `%+x`, `%%\d|%%d`, `%%d|%x`, `(%)(\w+)?;`, `%\b`, `\b%x`, `\B%`, `(?m)^%\w*$`,
	`(?m)%$`, `[%#]x+`,
	`(?:#|%)(?:x|é)`, `é+%`, `[é-ü]x`, `[%é]`, `%é|日x`, `(?i)k%`, `[A-Z]x*%`, `[A-Z]{2,3}`, `\d+%`, `%[a-q][^u-z]{13}X`,
	`#[a-q][^u-z]{13}X|%`, `(?:[%#][a-q]{0,9}){2}[^u-z]{11}X`, `x%`, `(?:x%)+`, `(?s)%.*#`, `%.*?#`, `\x00|\xff`}

// TestIdle compares searches that skip with regexp, over texts of which most is skipped and texts
// of which nothing is, and around the ends of blocks.
func TestIdle(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	pieces := []string{"%", "#", "x", "d", "é", "日", "K", "k", "\u212a", "X", "\n", " ", ";", "1", "\xff", "%x",
		"#aaaaaaaaaaaaaaaX", "ü"}
	var texts []string
	for range 60 {
		var b strings.Builder
		for range 1 + r.IntN(6) {
			filler := []string{".", "q", "é", "日", "%", "-\n", "\xff", "A"}[r.IntN(8)]
			b.WriteString(strings.Repeat(filler, []int{0, 1, 7, 40, stepBlock - 2 + r.IntN(5)}[r.IntN(5)]))
			for range r.IntN(5) {
				b.WriteString(pieces[r.IntN(len(pieces))])
			}
		}
		texts = append(texts, b.String())
	}
	if testing.Short() {
		texts = texts[:12]
	}
	for n := range 6 {
		texts = append(texts, "%%"+strings.Repeat(".", stepBlock-5+n)+"%%d") // A prefix in two blocks.
	}
	for _, pattern := range idlePatterns {
		for _, o := range []Options{{CacheBytes: 1 << 20, TableBytes: 1 << 14}, {CacheBytes: 1 << 20},
			{CacheBytes: 1 << 20, TableBytes: 1 << 14, Longest: true}, {CacheBytes: 1 << 20, Longest: true}} {
			p, std := compile(t, pattern, o), regexp.MustCompile(pattern)
			if o.Longest {
				std.Longest()
			}
			for _, text := range texts {
				cold := p.Begin()
				got, steps := allMatches(t, p, &cold, text, p.slots)
				cold.End()
				if want := std.FindAllStringSubmatchIndex(text, -1); !slices.EqualFunc(got, want, slices.Equal) {
					t.Fatalf("%s (%+v) on %d bytes, %.40q: %v; want %v", pattern, o, len(text), text, got, want)
				}
				warm := p.Begin()
				if _, again := allMatches(t, p, &warm, text, p.slots); again != steps {
					t.Errorf("%s (%+v) on %d bytes takes %d steps, and then %d", pattern, o, len(text), steps, again)
				}
				warm.End()
			}
		}
	}
}

// TestIdleGivesUp skips no more in a text that has a first byte nearly everywhere, and goes on to
// skip in the next text.
func TestIdleGivesUp(t *testing.T) {
	p := compile(t, `#[a-q][^u-z]{13}X|%x`, Options{CacheBytes: 1 << 20})
	r := p.Begin()
	defer r.End()
	for _, tc := range []struct {
		text string
		calm bool
	}{{strings.Repeat("% ", stepBlock), true}, {strings.Repeat(strings.Repeat(".", 100)+"% ", 100), false}} {
		m := free.Meter(t.Context(), "test")
		s := r.scratch()
		s.on = [ways]bool{}
		if found, err := Find(&r, &m, tc.text, 0, nil); found || err != nil {
			t.Fatal(found, err)
		}
		if got := s.auto[search].calm; got != tc.calm {
			t.Errorf("%.10q: gave up: %t", tc.text, got)
		}
	}
}
