package rematch

import (
	"fmt"
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
		strings.Repeat("k", 3*stepBlock) + "key",
		strings.Repeat("some words \n", 700) + "1key" + filler + "2 keykey s" + filler,
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
