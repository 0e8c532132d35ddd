package literal

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
)

var free = limits.Limits{InputBytes: limits.GiB, Steps: limits.UnsafeUnlimited, MemoryBytes: limits.UnsafeUnlimited,
	Time: time.Minute}

func parse(t testing.TB, pattern string) *syntax.Regexp {
	t.Helper()
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	return tree
}

// TestOf has what is known of patterns of each shape.
func TestOf(t *testing.T) {
	for _, c := range []struct {
		pattern string
		kind    Kind
		want    string
		fold    bool
	}{
		{`secret`, Exact, "[secret]", false},
		{`secret|password`, Exact, "[password secret]", false},
		{`secret|secrets`, Exact, "[secret]", false},
		{`(?i)Secret`, Exact, "[secret]", true},
		{`(?i:sec)Ret`, Prefix, "[secRet]", true},
		{`\bsecret\b`, Prefix, "[secret]", false},
		{`^secret$`, Prefix, "[secret]", false},
		{`secret[ab]+`, Prefix, "[secreta secretb]", false}, {`secret[0-z]+`, Prefix, "[secret]", false},
		{`[a-z]+secret`, Factor, "[secret]", false},
		{`.*(?:secret|token).*`, Factor, "[secret token]", false},
		{`(?:ab|cd)[xy]zzz`, Exact, "[abxzzz abyzzz cdxzzz cdyzzz]", false},
		{`a?bcdefg`, Exact, "[abcdefg bcdefg]", false},
		{`(?:abcdef)+`, Prefix, "[abcdef]", false},
		{`(?:abcdef)*`, None, "[]", false},
		{`(?:ab){3}`, Exact, "[ababab]", false},
		{`(?:ab){3,}`, Prefix, "[ababab]", false},
		{`x[a-z]{3}secret`, Factor, "[secret]", false},
		{`secret|.`, None, "[]", false},
		{`a|b`, None, "[]", false},
		{`(?i)é`, None, "[]", false},
		{`(?i)straße`, Prefix, "[stra]", true},
		{`日本`, Exact, "[日本]", false},
		{"\uFFFDsecret", Factor, "[secret]", false},
		{`\x{D800}secret`, Factor, "[secret]", false},
		{`[^\x00-\x{10FFFF}]secret`, Factor, "[secret]", false},
		{strings.Repeat("x", 40), Prefix, "[" + strings.Repeat("x", 32) + "]", false},
		{``, None, "[]", false},
	} {
		got := Of(parse(t, c.pattern))
		if got.Kind != c.kind || fmt.Sprint(got.Literals) != c.want || c.kind != None && got.Fold != c.fold {
			t.Errorf("%s: %d %q, fold %t; want %d %s, %t", c.pattern, got.Kind, got.Literals, got.Fold, c.kind, c.want,
				c.fold)
		}
	}
}

// TestMust has the literals that are in every match: however common, but not where case is lost.
func TestMust(t *testing.T) {
	for pattern, want := range map[string]string{
		`.*=.*`: "=", `\d+(?:,\d+)*`: "", `a|ab`: "a", `a|bc`: "", `(?i)x=y`: "", `(?i)x*=y*`: "=",
		`[^e]+e[^e]+`: "e", `(?:a|b)=c?`: "",
		`(?i:k)x*=`: "=", `(?i:k)x*b`: "", ``: "", `日*本`: "本", `(?:ab)*`: "", `(?:ab)+`: "ab", `\w+@\w+`: "@",
	} {
		if got := Of(parse(t, pattern)).Must; got != want {
			t.Errorf("%s: every match contains %q; want %q", pattern, got, want)
		}
	}
}

// TestOfIsBounded gives up on patterns whose sets would take too long to work out.
func TestOfIsBounded(t *testing.T) {
	words := make([]string, 4000)
	for i := range words {
		words[i] = fmt.Sprintf("%04x", i*7919%65536)
	}
	for _, pattern := range []string{
		"(?:" + strings.Join(words, "|") + ")" + strings.Repeat(".(?:ab|cd)", 1500),
		strings.Repeat("(?:", 300) + "abcdef" + strings.Repeat("|x)?", 300),
		strings.Repeat("[a-p]", 3000),
	} {
		if got := Of(parse(t, pattern)); got.Work > 4*maxWork {
			t.Errorf("%.40s…: %d", pattern, got.Work)
		}
	}
}

// search returns the patterns whose literals are found, and where these end.
func search(t testing.TB, a *Automaton, text string) []string {
	t.Helper()
	var found []string
	m := free.Meter(t.Context(), "test")
	err := Search(a, &m, text, func(o *Output, end int) (bool, error) {
		found = append(found, fmt.Sprint(o.Pattern, end-int(o.Length), end))
		return true, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(found)
	return found
}

// TestSearch compares an automaton with a search for one literal after the other, in text where
// literals overlap, contain and follow each other, in both cases, and across blocks.
func TestSearch(t *testing.T) {
	patterns := []Pattern{
		{0, []string{"he", "she", "his", "hers"}, false}, {1, []string{"e", "rs"}, false}, {2, []string{"aa", "aaaa"}, false},
		{3, []string{"ushers", "日本"}, false}, {4, []string{"HE"}, false},
	}
	folding := append(slices.Clone(patterns), Pattern{5, []string{"hers", "k"}, true})
	texts := []string{"", "ushers", "USHERS he HE his", "aaaaaa", "日本語日", strings.Repeat("x", stepBlock-2) + "ushers",
		strings.Repeat("ushe", 5000), "hE hERS Kk"}
	for _, set := range [][]Pattern{patterns, folding} {
		m := free.Meter(t.Context(), "test")
		a, err := Build(&m, set, 1<<20)
		if err != nil || a == nil {
			t.Fatal(a, err)
		}
		for _, text := range texts {
			var want []string
			for _, p := range set {
				for _, s := range p.Literals {
					re := regexp.QuoteMeta(s)
					if p.Fold {
						re = "(?i)" + re
					}
					std := regexp.MustCompile(`\A` + re)
					for i := range len(text) {
						if std.MatchString(text[i:min(len(text), i+len(s))]) {
							want = append(want, fmt.Sprint(p.ID, i, i+len(s)))
						}
					}
				}
			}
			slices.Sort(want)
			if got := search(t, a, text); !slices.Equal(got, want) {
				t.Errorf("%.40q: %v; want %v", text, got, want)
			}
			var began, first []string
			for _, w := range want {
				var id, from, to int
				if _, err := fmt.Sscan(w, &id, &from, &to); err == nil && from == 0 {
					first = append(first, w)
				}
			}
			m := free.Meter(t.Context(), "test")
			err := Begin(a, &m, text, func(o *Output, end int) (bool, error) {
				began = append(began, fmt.Sprint(o.Pattern, 0, end))
				return true, nil
			})
			slices.Sort(began)
			if err != nil || !slices.Equal(began, first) {
				t.Errorf("%.40q begins with %v, %v; want %v", text, began, err, first)
			}
		}
	}
}

// TestBuildIsBounded refuses tables that are too large, and stops where steps or memory run out.
func TestBuildIsBounded(t *testing.T) {
	var list []string
	for i := range 2000 {
		list = append(list, fmt.Sprintf("literal %d", i*7919))
	}
	patterns := []Pattern{{0, list, false}}
	m := free.Meter(t.Context(), "test")
	if a, err := Build(&m, patterns, 64<<10); a != nil || err != nil {
		t.Errorf("%v, %v; want no automaton", a, err)
	}
	m = free.Meter(t.Context(), "test")
	a, err := Build(&m, patterns, 16<<20)
	if err != nil || a == nil {
		t.Fatal(a, err)
	}
	used := m.Usage()
	if held := int64(used.MemoryBytes); a.Bytes() > held {
		t.Errorf("%d bytes held for %d", held, a.Bytes())
	}
	for name, lim := range map[string]limits.Limits{
		"steps":  {InputBytes: 1, Steps: used.Steps - 1, MemoryBytes: limits.GiB, Time: time.Minute},
		"memory": {InputBytes: 1, Steps: used.Steps, MemoryBytes: used.MemoryBytes - 1, Time: time.Minute},
	} {
		m := lim.Meter(t.Context(), "test")
		if a, err := Build(&m, patterns, 16<<20); a != nil || err == nil {
			t.Errorf("with one less of %s: %v, %v", name, a, err)
		}
	}
	m = free.Meter(t.Context(), "test")
	if a, err := Build(&m, nil, 1<<20); a != nil || err != nil {
		t.Errorf("of nothing: %v, %v", a, err)
	}
}

// FuzzOf has every match of a pattern contain one of its literals, begin with one, or be one.
func FuzzOf(f *testing.F) {
	for _, p := range []string{`a?bcdefg`, `(?i)kiosk|x`, `(?:ab|cd)[xy]zz(?:z|)+`, `.*foo.*bar|baz{2,5}`} {
		f.Add(p, "abcdefg kio\u017f\u212a abxzzz foobar bazzz")
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		tree, err := syntax.Parse(pattern, syntax.Perl)
		if err != nil || len(pattern) > 200 || len(text) > 500 {
			return
		}
		re, err := regexp.Compile(pattern)
		if err != nil {
			return
		}
		s := Of(tree)
		if s.Kind == None {
			return
		}
		lower := strings.NewReplacer("\u017f", "s", "\u212a", "k")
		for _, match := range re.FindAllString(text, -1) {
			if s.Fold {
				match = asciiOnly(lower.Replace(match))
			}
			ok := slices.ContainsFunc(s.Literals, func(l string) bool {
				if s.Fold {
					l = asciiOnly(l)
				}
				switch s.Kind {
				case Exact, Prefix:
					return strings.HasPrefix(match, l)
				default:
					return strings.Contains(match, l)
				}
			})
			if !ok {
				t.Fatalf("%q matches %q; literals %q, kind %d, fold %t", pattern, match, s.Literals, s.Kind, s.Fold)
			}
		}
	})
}

// asciiOnly has the letters of ASCII in lower case, and nothing else.
func asciiOnly(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
