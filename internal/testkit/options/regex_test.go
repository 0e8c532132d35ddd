package options

import (
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// patterns are the limits of these probes.
var patterns = limits.Limits{InputBytes: limits.MiB, Items: 100, Time: time.Minute}

// match is a probe whose outcome is the first match of a pattern in a text.
func match(without, with, pattern, text string, o saferegex.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		re, err := saferegex.Compile(t.Context(), pattern, patterns, given(yes, o)...)
		if err != nil {
			return outcome(err, "")
		}
		found, err := re.FindString(t.Context(), text)
		return outcome(err, found)
	}}
}

// matches is a probe whose outcome is the first match of a set.
func matches(without, with string, list []string, text string, o regexset.Option) probe {
	return probe{without: without, with: with, run: func(t *testing.T, yes bool) string {
		set, err := regexset.Compile(t.Context(), list, patterns, given(yes, o)...)
		if err != nil {
			return outcome(err, "")
		}
		var found []string
		err = set.Each(t.Context(), text, func(m regexset.SetMatch) error {
			found = append(found, m.Text())
			return nil
		})
		return outcome(err, strings.Join(found, ","))
	}}
}

func regexProbes() map[string]probe {
	return map[string]probe{
		"saferegex.PatternBytes":    match("aaaa", "pattern-too-long", "a+", "aaaa", saferegex.PatternBytes(1)),
		"saferegex.ProgramSize":     match("aaaa", "program-too-large", "a{4}", "aaaa", saferegex.ProgramSize(3)),
		"saferegex.Groups":          match("ab", "too-many-groups", "(a)(b)", "ab", saferegex.Groups(1)),
		"saferegex.Longest":         match("a", "ab", "a|ab", "ab", saferegex.Longest()),
		"saferegex.POSIX":           match("a", "ab", "a|ab", "ab", saferegex.POSIX()),
		"saferegex.Bytes":           match("é", "\xc3", ".", "é", saferegex.Bytes()),
		"saferegex.CaseInsensitive": match("", "A", "a", "A", saferegex.CaseInsensitive()),
		"saferegex.MultiLine":       match("", "b", "^b", "a\nb", saferegex.MultiLine()),
		"saferegex.DotAll":          match("", "a\nb", "a.b", "a\nb", saferegex.DotAll()),
	}
}

func setProbes() map[string]probe {
	return map[string]probe{
		"regexset.Patterns":        matches("a,b", "too-many-patterns", []string{"a", "b"}, "ab", regexset.Patterns(1)),
		"regexset.SetBytes":        matches("a,b", "set-too-large", []string{"a", "b"}, "ab", regexset.SetBytes(1)),
		"regexset.PatternBytes":    matches("aa", "pattern-too-long", []string{"a+"}, "aa", regexset.PatternBytes(1)),
		"regexset.ProgramSize":     matches("aaaa", "program-too-large", []string{"a{4}"}, "aaaa", regexset.ProgramSize(3)),
		"regexset.Groups":          matches("ab", "too-many-groups", []string{"(a)(b)"}, "ab", regexset.Groups(1)),
		"regexset.Longest":         matches("a", "ab", []string{"a|ab"}, "ab", regexset.Longest()),
		"regexset.POSIX":           matches("a", "ab", []string{"a|ab"}, "ab", regexset.POSIX()),
		"regexset.FullMatch":       matches("a", "", []string{"a"}, "ab", regexset.FullMatch()),
		"regexset.CaseInsensitive": matches("", "A", []string{"a"}, "A", regexset.CaseInsensitive()),
		"regexset.MultiLine":       matches("", "b", []string{"^b"}, "a\nb", regexset.MultiLine()),
		"regexset.DotAll":          matches("", "a\nb", []string{"a.b"}, "a\nb", regexset.DotAll()),
	}
}
