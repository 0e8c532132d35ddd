package rematch

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestRequired compares searches that skip to a literal with regexp: with matches of bounded length
// and without, with the literal at the very beginning, many times and not at all, and with
// characters of several bytes and bytes that are none around the place where a search begins anew.
func TestRequired(t *testing.T) {
	patterns := []struct {
		pattern, required string
		most              int
	}{
		{`[a-z]{0,3}key=(\w{0,4})`, "key=", 11}, {`[^a]{1,2}key`, "key", 11}, {`\bkey\w*`, "key", 0},
		{`(?:é|日)*key.`, "key", 0}, {`.{0,4}key$`, "key", 19}, {`(?m)^.{2}key`, "key", 11}, {`\Bkey`, "key", 3},
		{`(?:(x)|y)?(key)+?x?`, "key", 0}, {`[a-c]+\s+[\s\S]{0,40}key[\s\S]{0,40}\s+[a-z]`, "key", 0},
		{`\d[^\d]{0,70}key`, "key", 0}, {`(?:\bw|é)(.*)key(.*?)s`, "key", 0}, {`(?m)^some[^!]*key`, "key", 0},
		{`(?:key|x)+[^k]*key\b`, "key", 0}, {`(\S+)\s(?:\S+\s){3}(key)+`, "key", 0}, {`[\x{FFFD}]{1,2}key`, "key", 9},
	}
	filler := strings.Repeat("some words, é ", 30)
	texts := []string{
		"", "key", "xkey=abc", filler, filler + "key", "key=1" + filler + "ab\nkey=22" + filler + "xxkey",
		filler + "日日日key!" + filler + "\xffkey", filler + "\x80\x80\x80\x80\x80key" + filler + "\n..key" + filler,
		strings.Repeat("key key=a ", 200), filler + "\xe6\x97key", filler + "é\xa9\xa9key",
		strings.Repeat("k", 3*stepBlock) + "key", strings.Repeat("some words \n", 700) + "1key" + filler + "2 keykey s" + filler,
		strings.Repeat(filler+"abc  key 3 key some ", 9), strings.Repeat("key", 3000), "x" + strings.Repeat("keykey ", 900),
		strings.Repeat(strings.Repeat("w", 90)+"\n1 some keys", 20),
	}
	for _, tc := range patterns {
		std := regexp.MustCompile(tc.pattern)
		for _, o := range []Options{{}, {CacheBytes: 1 << 20}, {CacheBytes: 1 << 20, TableBytes: 1 << 14}} {
			o.Required, o.MatchBytes = tc.required, tc.most
			p := compile(t, tc.pattern, o)
			if p.required.text == "" {
				t.Errorf("%s: nothing is required", tc.pattern)
			}
			for _, text := range texts {
				r := p.Begin()
				got, _ := allMatches(t, p, &r, text, p.slots)
				r.End()
				if want := std.FindAllStringSubmatchIndex(text, -1); fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s on %.30q (%d bytes): %v; want %v", tc.pattern, text, len(text), got, want)
				}
			}
		}
	}
}

// TestRequiredAtRandom does that with patterns and texts of random pieces, under memory for all
// states, for a few and for none.
func TestRequiredAtRandom(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	part := func() string {
		var b strings.Builder
		for range r.IntN(4) {
			b.WriteString(pick("a", "[ab]", "[^a]", `\s`, `\S`, `\b`, "k", ".", `[\s\S]`, "(a|b)", "(?:é|ab)", "(?:a.)", `(?m:^)`, `(?m:$)`))
			b.WriteString(pick("", "", "", "*", "+", "?", "{0,70}", "{3}", "*?", "+?", "{2,80}?"))
		}
		return b.String()
	}
	rounds := 1000
	if testing.Short() {
		rounds = 100
	}
	for range rounds {
		pattern := part() + pick("key", "(key)", "(?:key)+", "key|"+part()+"key") + part()
		std, err := regexp.Compile(pattern)
		if err != nil {
			continue // A repeat of a repeat.
		}
		o := Options{Required: "key", Longest: r.IntN(4) == 0}
		switch r.IntN(4) {
		case 0:
			o.CacheBytes = 1 << 20
		case 1:
			o.CacheBytes = 100_000
		case 2:
			o.CacheBytes, o.TableBytes = 1<<20, 1<<14
		}
		if o.Longest {
			std.Longest()
		}
		p := compile(t, pattern, o)
		var b strings.Builder
		for b.Len() < 300+r.IntN(900) {
			b.WriteString(strings.Repeat(pick("a", "b", "k", " ", "\n", "é", "\xff", "ab ", "ke"), 1+r.IntN(40)))
			if r.IntN(3) == 0 {
				b.WriteString("key")
			}
		}
		text := b.String()
		for _, slots := range []int{2, p.slots} {
			run := p.Begin()
			got, _ := allMatches(t, p, &run, text, slots)
			run.End()
			want := std.FindAllStringSubmatchIndex(text, -1)
			for i := range want {
				want[i] = want[i][:slots]
			}
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Fatalf("%s on %q, %+v: %v; want %v", pattern, text, o, got, want)
			}
		}
	}
}
