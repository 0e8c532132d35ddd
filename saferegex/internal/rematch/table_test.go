package rematch

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// tabled are patterns that have tables, and texts with characters of every length and bytes that
// are none, some of them longer than a block.
var (
	tabled = []string{`a`, `(a|ab)(c|bcd)?`, `(a*)*b`, `(?:(a)|b)*?c`, `^a|b$`, `\b(\w+)\b`, `\B.`, `(?m)^(.*)$`, `.(é|.)`,
		`[^a]+`, `(|a)+`, `(a{2,3}){2}`, `(?s).*`, `é+|日`, `()`, `(\w+)=(\w+)`, `x*$`, `[[:^ascii:]]b`, `(?:a|(b))*?(c)?$`,
		`^(\w+) (\w+)$`, `^[a-z]+$`, `\A`, `\z`, `key=(\w+)`, `(?m)^b`, `\bb`, `[ab]*c|a`,
		`^(a)(b)?(c)?(d)?(e)?(f)?(g)?(h)?(i)?`}
	tabledTexts = []string{"", "a", "abcd", "aab", "abab c", "bb\nab\n\na", "éa日b", "\xffa\xe2\x82b", "k=v, key=value",
		"日本b",
		strings.Repeat("ab", 60), strings.Repeat("a日 ", stepBlock/2), strings.Repeat("xyz ", stepBlock/2) + "key=v"}
)

// TestTables compares searches with tables, with and without a meter, with regexp.
func TestTables(t *testing.T) {
	for _, pattern := range tabled {
		for _, longest := range []bool{false, true} {
			p := compile(t, pattern, Options{Longest: longest, CacheBytes: 1 << 20, TableBytes: 1 << 14})
			std, full := regexp.MustCompile(pattern), regexp.MustCompile(`\A(?:`+pattern+`)\z`)
			if longest {
				std.Longest()
			}
			if p.tables == nil && !p.literal {
				t.Errorf("%s has no tables", pattern)
			}
			for _, text := range tabledTexts {
				want := std.FindStringSubmatchIndex(text)
				for _, slots := range []int{0, 2, p.slots} {
					expected := want[:min(slots, len(want))]
					r := p.Begin()
					m := free.Meter(t.Context(), "test")
					caps := make([]int, slots)
					found, err := Find(&r, &m, text, 0, caps)
					r.End()
					if err != nil || found != (want != nil) || found && !slices.Equal(caps, expected) {
						t.Errorf("%s (longest %t) on %.20q: %t, %v, %v; want %v", pattern, longest, text, found, caps, err, expected)
					}
					if used := m.Usage().Steps; used < 65_536 && len(text) <= p.QuickBytes(used-1, slots) {
						t.Errorf("%s on %.20q: %d steps, and fewer are promised", pattern, text, used)
					}
					if len(text) > p.QuickBytes(65_535, slots) {
						continue
					}
					clear(caps)
					if found, done := Quick(p, text, false, caps); done && (found != (want != nil) ||
						found && !slices.Equal(caps, expected)) {
						t.Errorf("%s (longest %t) on %.20q, without a meter: %t, %v; want %v", pattern, longest, text, found, caps,
							expected)
					}
				}
				if found, done := Quick(p, []byte(text), true, nil); done && found != full.MatchString(text) {
					t.Errorf("%s (longest %t) on all of %.20q: %t", pattern, longest, text, found)
				}
				r := p.Begin()
				if got, _ := allMatches(t, p, &r, text, p.slots); len(text) < 1000 &&
					fmt.Sprint(got) != fmt.Sprint(std.FindAllStringSubmatchIndex(text, -1)) {
					t.Errorf("%s (longest %t) on %.20q: all are %v", pattern, longest, text, got)
				}
				r.End()
			}
		}
	}
}

// TestTableBounds has no tables made of what would be too large, or would take too long.
func TestTableBounds(t *testing.T) {
	for _, tc := range []struct {
		pattern string
		bytes   int64
		want    bool
	}{
		{`^\d{4}-\d\d$`, 1 << 14, true},
		{`^\d{4}-\d\d$`, 64, false},
		{`^\d{4}-\d\d$`, 0, false},
		{`[a-q][^u-z]{13}X`, 1 << 14, false}, // 16,384 states
		{`(?:a?b?){200}c`, 1 << 14, false},   // Hundreds of threads in each state
		{`(?:^|a)+b`, 1 << 14, false},        // An assertion in a loop is for the machine.
	} {
		p := compile(t, tc.pattern, Options{CacheBytes: 1 << 20, TableBytes: tc.bytes})
		if got := p.tables != nil && p.tables.search != nil; got != tc.want {
			t.Errorf("%s with %d bytes: tables %t", tc.pattern, tc.bytes, got)
		}
		if got := p.QuickBytes(65_535, 0) > 0; got != tc.want && p.one == nil {
			t.Errorf("%s with %d bytes: short lane %t", tc.pattern, tc.bytes, got)
		}
	}
}
