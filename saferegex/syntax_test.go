package saferegex_test

import (
	"errors"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// TestSyntaxError names each construct of other engines, where it stands, and what to write
// instead.
func TestSyntaxError(t *testing.T) {
	for _, c := range []struct {
		pattern, construct string
		offset             int
		rewrite            bool
	}{
		{`foo(?=bar)`, "look-ahead", 3, true},
		{`foo(?!bar)`, "negative look-ahead", 3, true},
		{`(?<=foo)bar`, "look-behind", 0, true},
		{`x(?<!foo)bar`, "negative look-behind", 1, true},
		{`a(?>b+)c`, "atomic group", 1, true},
		{`(?|(a)|(b))`, "branch reset", 0, true},
		{`(a)(?(1)b|c)`, "conditional", 3, true},
		{`(?#note)a`, "comment", 0, true},
		{`(?'name'a)`, "named group in quotes", 0, true},
		{`a(?R)?b`, "recursion", 1, true},
		{`a(?1)b`, "recursion", 1, true},
		{`(a)(?-1)`, "recursion", 3, true},
		{`(a)(?+1)`, "recursion", 3, true},
		{`(?P<x>a)(?&x)`, "recursion", 8, true},
		{`(?P<x>a)(?P>x)`, "recursion", 8, true},
		{`(?P<x>a)(?P=x)`, "backreference", 8, true},
		{`(a)\1`, "backreference", 3, true},
		{`(a)\9`, "backreference", 3, true},
		{`(?P<x>a)\k<x>`, "backreference", 8, true},
		{`(a)\g{1}`, "backreference", 3, true},
		{`a++b`, "possessive quantifier", 2, true},
		{`a*+b`, "possessive quantifier", 2, true},
		{`a?+b`, "possessive quantifier", 2, true},
		{`a{2,3}+b`, "possessive quantifier", 6, true},
		{`a**`, "nested quantifier", 2, true},
		{`a{2}{3}`, "nested quantifier", 4, true},
		{`\C`, "single byte", 0, true},
		{`a\Z`, "end before a last newline", 1, true},
		{`\Ga`, "end of the last match", 0, true},
		{`a\Kb`, "start of the match anew", 1, true},
		{`\R`, "any line break", 0, true},
		{`\X`, "grapheme cluster", 0, true},
		{`\h+`, "horizontal space", 0, true},
		{`\u00e4`, "character by number", 0, true},
		{`(?x)a b`, "flag", 0, true},
		{`(?i-x:a)`, "flag", 0, true},
		{`(*SKIP)a`, "backtracking verb", 0, true},
		{`ab{0,1024}`, "repeat count", 2, true},
		{`ab{1001}c`, "repeat count", 2, true},
		{`ab{1001,}c`, "repeat count", 2, true},
		{`(?:a{100}){100}`, `repeat count "{100}"`, 10, true},
		{`[z-a]`, `"z-a"`, 1, false},
		{`a)`, `the pattern`, 1, false},
		{`(a`, `the pattern`, 0, false},
		{`*a`, `"*"`, 0, false},
		{`a\pX`, `"\\pX"`, 1, false},
		{`[[:foo:]]`, `"[:foo:]"`, 1, false},
		{`a{2000}`, "repeat count", 1, true},
		{"a\xffb", `"\xffb"`, 1, false},
		{`a\`, `""`, 1, false},
	} {
		t.Run(c.pattern, func(t *testing.T) {
			if _, err := regexp.Compile(c.pattern); err == nil {
				t.Fatal("regexp accepts it")
			}
			re, err := saferegex.Compile(t.Context(), c.pattern, wide)
			var syntax *saferegex.SyntaxError
			if re != nil || !errors.As(err, &syntax) || !errors.Is(err, limits.ErrRefused) ||
				errors.Is(err, limits.ErrExceeded) {
				t.Fatalf("%v, %v; want a *SyntaxError", re, err)
			}
			if syntax.Construct != c.construct || syntax.Offset != c.offset || syntax.Pattern != c.pattern ||
				syntax.Reason == "" || (syntax.Rewrite != "") != c.rewrite {
				t.Errorf("%+v; want %s at %d", syntax, c.construct, c.offset)
			}
			var rule *saferegex.RuleError
			if !errors.As(err, &rule) || rule.Rule != saferegex.RuleInvalidSyntax || rule.Offset != int64(c.offset) {
				t.Errorf("%v is no refusal under %s", err, saferegex.RuleInvalidSyntax)
			}
		})
	}
}

// TestNotRefused has constructs that look like those of other engines and are Go's.
func TestNotRefused(t *testing.T) {
	for _, pattern := range []string{
		`(?P<x>a)`, `(?<x>a)`, `(?i)a`, `(?i-s:a)`, `(?U)a*`, `\123`, `\12`, `[\1a]?`, `a{,2}`, `a{x}`, `{`, `a{2`,
		`\Q(?=\E`, `\Q`, `a\Q*\E+`, `[(?=]`, `[]a]`, `[^]a]`, `[[:alpha:]-]`, `[a-]`, `\x{10FFFF}`, `\x41`, `\_`,
		`\-`, `(?:a+)+`, `a+?`, `a{2}?`, `\pL\p{Greek}\P{^Lu}`, `[[a]`, `[[:a]`, `a|*`[:2], `(|a)`,
		`\p{Old_Italic}`,
	} {
		_, stdErr := regexp.Compile(pattern)
		_, err := saferegex.Compile(t.Context(), pattern, wide)
		if (stdErr == nil) != (err == nil) {
			t.Errorf("%q: regexp says %v, saferegex %v", pattern, stdErr, err)
		}
	}
}

// TestErrorsAreCut holds hostile patterns in errors to what can be shown: ASCII, and not long.
func TestErrorsAreCut(t *testing.T) {
	for _, pattern := range []string{"(?=" + strings.Repeat("é\x1b[31m", 200), strings.Repeat("\u202e", 12000),
		"[\x07-\x01]"} {
		_, err := saferegex.Compile(t.Context(), pattern, wide)
		if err == nil {
			t.Errorf("%q is accepted", pattern)
			continue
		}
		text := err.Error()
		if len(text) > 600 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Errorf("%q", text)
		}
	}
}

// TestKnownBugs holds names of Unicode classes to regexp. Its parser does not find scripts whose
// names have an underscore, such as \p{Old_Italic}, nor SignWriting, though they are in the tables;
// that stays as it is, because this package differs from regexp in what a pattern may cost and in
// nothing else.
func TestKnownBugs(t *testing.T) {
	var names []string
	for name := range unicode.Scripts {
		names = append(names, name)
	}
	for name := range unicode.Categories {
		names = append(names, name)
	}
	for name := range unicode.CategoryAliases {
		names = append(names, name)
	}
	unknown := 0
	for _, name := range names {
		for _, pattern := range []string{`\p{` + name + `}`, `[^\P{^` + name + `}]`} {
			_, stdErr := regexp.Compile(pattern)
			_, err := saferegex.Compile(t.Context(), pattern, wide)
			if (stdErr == nil) != (err == nil) {
				t.Errorf("%s: regexp says %v, saferegex %v", pattern, stdErr, err)
			}
			if err != nil {
				unknown++
			}
		}
	}
	t.Logf("regexp does not know %d of %d names", unknown/2, len(names))
}
