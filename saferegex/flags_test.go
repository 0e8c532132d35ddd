package saferegex_test

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/seed73825598/airlock/saferegex"
)

// TestFlags compares each set of flags as options with the same flags in the pattern.
func TestFlags(t *testing.T) {
	texts := []string{"", "a", "A", "\u212a", "K", "k", "a\nb", "b\na", "A\nB\n", "ab\nAB", "ß", "\u017f", "aXb", "a\n"}
	patterns := []string{`^a`, `b$`, `a.b`, `k`, `(?-i:k)`, `(?-m:^b)`, `(?-s:a.b)`, `[a-z]+$`, `s`, `\Aa.*b\z`, `^`, `$`,
		`(a|B)(.)?`}
	options := []saferegex.Option{saferegex.CaseInsensitive(), saferegex.MultiLine(), saferegex.DotAll()}
	for set := range 8 {
		var opts []saferegex.Option
		letters := ""
		for i, option := range options {
			if set>>i&1 != 0 {
				opts = append(opts, option)
				letters += string("ims"[i])
			}
		}
		group := ""
		if letters != "" {
			group = "(?" + letters + ")"
		}
		for _, pattern := range patterns {
			re := saferegex.MustCompile(pattern, wide, opts...)
			std := regexp.MustCompile(group + pattern)
			if got := re.Stats().Flags; got != letters || re.String() != pattern {
				t.Errorf("%s with %q: flags %q, pattern %q", pattern, letters, got, re.String())
			}
			for _, text := range texts {
				got, err := re.FindAllStringSubmatchIndex(t.Context(), text, -1)
				want := std.FindAllStringSubmatchIndex(text, -1)
				if err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
					t.Errorf("%s with %q on %q: %v, %v; want %v", pattern, letters, text, got, err, want)
				}
			}
			prefix, complete := re.LiteralPrefix()
			wantPrefix, wantComplete := std.LiteralPrefix()
			if prefix != wantPrefix || complete != wantComplete {
				t.Errorf("%s with %q: prefix %q, %t; want %q, %t", pattern, letters, prefix, complete, wantPrefix,
					wantComplete)
			}
		}
	}
}

// TestFlagsPOSIX has flags under POSIX, which has no syntax for them, and keeps its preference.
func TestFlagsPOSIX(t *testing.T) {
	re := saferegex.MustCompile(`a.b|a.b.c`, wide, saferegex.POSIX(), saferegex.CaseInsensitive(), saferegex.DotAll())
	if got, err := re.FindString(t.Context(), "xA\nB\nC"); got != "A\nB\nC" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if prefix, complete := re.LiteralPrefix(); prefix != "" || complete {
		t.Errorf("prefix %q, %t", prefix, complete)
	}
}

// TestFlagsError has the position of an error within the pattern as it was given, and counts what
// folding costs as it does for (?i).
func TestFlagsError(t *testing.T) {
	_, err := saferegex.Compile(t.Context(), `ab(?=c)`, wide, saferegex.CaseInsensitive(), saferegex.MultiLine())
	syntaxError, ok := errors.AsType[*saferegex.SyntaxError](err)
	if !ok || syntaxError.Offset != 2 || syntaxError.Pattern != `ab(?=c)` {
		t.Errorf("%v", err)
	}
	large := ""
	for range 240 {
		large += `[B-\x{1E942}]`
	}
	_, err = saferegex.Compile(t.Context(), large, wide, saferegex.CaseInsensitive())
	rule, ok := errors.AsType[*saferegex.RuleError](err)
	if !ok || rule.Rule != saferegex.RuleClassTooLarge {
		t.Errorf("%v", err)
	}
	if _, err = saferegex.Compile(t.Context(), large, wide); err != nil {
		t.Errorf("without the flag: %v", err)
	}
}
