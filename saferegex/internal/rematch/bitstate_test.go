package rematch

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// TestBacktracker compares the backtracker with regexp and with the Pike machine, from each
// position of texts that have characters of every length and bytes that are none.
func TestBacktracker(t *testing.T) {
	patterns := []string{`a`, `(a|ab)(c|bcd)?`, `(a*)*b`, `(?:(a)|b)*?c`, `^a|b$`, `\b(\w+)\b`, `\B.`, `(?m)^(.*)$`,
		`.(é|.)`,
		`[^a]+`, `(|a)+`, `(a{2,3}){2}`, `(?s).*`, `é+|日`, `()`, `(\w+)=(\w+)`, `x*$`, `[[:^ascii:]]b`, `(?:a|(b))*?(c)?$`}
	texts := []string{"", "a", "abcd", "aab", "abab c", "bb\nab\n\na", "éa日b", "\xffa\xe2\x82b", "k=v, key=value", "日本b",
		strings.Repeat("ab", 60)}
	for _, pattern := range patterns {
		p, std := compile(t, pattern, Options{CacheBytes: 1 << 20}), regexp.MustCompile(pattern)
		if !p.backtracks {
			t.Errorf("%s: the backtracker does not run it", pattern)
			continue
		}
		for _, text := range texts {
			if !p.short(len(text)) {
				t.Fatal("too long")
			}
			if want := std.FindStringSubmatchIndex(text); true {
				m := free.Meter(t.Context(), "test")
				caps := make([]int, p.slots)
				found, err := backtrack(p, new(backtracker), &m, text, request{to: len(text)}, caps)
				if err != nil || found != (want != nil) || found && fmt.Sprint(caps) != fmt.Sprint(want) {
					t.Errorf("%s on %q: %t, %v, %v; regexp says %v", pattern, text, found, caps, err, want)
				}
			}
			for from := 0; from <= len(text); from += Width(text, from) {
				for _, q := range []request{{from: from, to: len(text)}, {from: from, to: len(text), anchored: true},
					{from: from, to: len(text), anchored: true, whole: true}} {
					m := free.Meter(t.Context(), "test")
					caps, want := make([]int, p.slots), make([]int, p.slots)
					found, err := backtrack(p, new(backtracker), &m, text, q, caps)
					wanted, err2 := pike(p, new(machine), &m, text, q, want)
					if p.anchored && from > 0 {
						continue
					}
					if err != nil || err2 != nil || found != wanted || found && fmt.Sprint(caps) != fmt.Sprint(want) {
						t.Errorf("%s on %q, %+v: %t, %v; the machine says %t, %v", pattern, text, q, found, caps, wanted, want)
					}
				}
			}
		}
	}
}

// TestBacktrackerIsBounded visits no pair of an instruction and a position twice, where each way
// leads everywhere.
func TestBacktrackerIsBounded(t *testing.T) {
	p := compile(t, `(?:(?:a?){8}(?:a?){8}){4}b`, Options{})
	text := strings.Repeat("a", 200)
	m := free.Meter(t.Context(), "test")
	found, err := backtrack(p, new(backtracker), &m, text, request{to: len(text)}, nil)
	most := int64(len(p.insts)*(len(text)+1)) * int64(len(p.insts))
	if steps := m.Usage().Steps; found || err != nil || steps > most {
		t.Errorf("%t, %v, %d steps; want at most %d", found, err, steps, most)
	}
}

// TestShortest has the least length of a match, and the bytes it begins with.
func TestShortest(t *testing.T) {
	for _, c := range []struct {
		pattern  string
		shortest int
		first    string // nothing if a match may be empty
	}{
		{`abc`, 3, "a"}, {`a|bcd`, 1, "ab"}, {`^\d{4}-\d\d$`, 7, "0123456789"}, {`a*`, 0, ""}, {`(?:ab)+c?`, 2, "a"},
		{`\bx|^yy`, 1, "xy"}, {`[é-ü]`, 1, "é"}, {`$`, 0, ""},
	} {
		p := compile(t, c.pattern, Options{})
		if p.shortest != c.shortest || p.hasFirst != (c.first != "") {
			t.Errorf("%s: at least %d, a first byte %t", c.pattern, p.shortest, p.hasFirst)
		}
		for b := range 256 {
			want := c.first != "" && (strings.IndexByte(c.first, byte(b)) >= 0 || b >= 128 && c.first[0] >= 128)
			if p.first[b] != want {
				t.Errorf("%s: a match begins with byte %d: %t", c.pattern, b, p.first[b])
			}
		}
	}
	if p := compile(t, `[^\x00-\x{10FFFF}]`, Options{}); p.shortest < 1000 {
		t.Errorf("what matches nothing matches %d bytes", p.shortest)
	}
}
