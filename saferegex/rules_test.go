package saferegex_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// ruleCases has, for each rule, a pattern that just passes and one that is just refused.
var ruleCases = []struct {
	rule            saferegex.Rule
	passes, refused string
	opts            []saferegex.Option
	exceeds         limits.Resource // 0 where no limit is passed
}{
	{saferegex.RulePatternTooLong, class(32766), class(32767), nil, limits.InputBytes},
	{saferegex.RulePatternTooDeep, nest(100), nest(101), nil, limits.Depth},
	{saferegex.RuleTooManyGroups, strings.Repeat("(a)", 250), strings.Repeat("(a)", 251), nil, limits.Items},
	{saferegex.RuleClassTooLarge, `(?i)[B-\x{1E942}][B-\x{1E942}]`, `(?i)[B-\x{1E942}][B-\x{1E942}][B-\x{1E942}]`,
		nil, limits.Steps},
	{saferegex.RuleByteClass, `[a-\xff]`, `[a-ÿ]`, []saferegex.Option{saferegex.Bytes()}, 0},
	{saferegex.RuleInvalidSyntax, `(?:a)b`, `(?=a)b`, nil, 0},
	// An instruction for each character, one to fail, one to match.
	{saferegex.RuleProgramTooLarge, strings.Repeat("a{1000}", 9) + "a{998}", strings.Repeat("a{1000}", 9) + "a{999}",
		nil, limits.Items},
}

// class returns a pattern of n bytes and two that is a single instruction.
func class(n int) string { return "[" + strings.Repeat("a", n) + "]" }

// nest returns n pairs of parentheses within each other.
func nest(n int) string { return strings.Repeat("(?:", n) + "a" + strings.Repeat(")", n) }

func TestRules(t *testing.T) {
	covered := map[saferegex.Rule]bool{}
	for _, c := range ruleCases {
		covered[c.rule] = true
		t.Run(string(c.rule), func(t *testing.T) {
			if _, err := saferegex.Compile(t.Context(), c.passes, wide, c.opts...); err != nil {
				t.Errorf("what should just pass: %v", err)
			}
			re, err := saferegex.Compile(t.Context(), c.refused, wide, c.opts...)
			var rule *saferegex.RuleError
			if re != nil || !errors.As(err, &rule) || rule.Rule != c.rule || !errors.Is(err, limits.ErrRefused) ||
				errors.Is(err, limits.ErrConfig) {
				t.Fatalf("%v, %v; want a refusal under %s", re, err, c.rule)
			}
			if rule.Op != "saferegex.Compile" || rule.Where != c.refused {
				t.Errorf("%+v does not say the operation and the pattern", rule)
			}
			var exceeded *limits.ExceededError
			if errors.As(err, &exceeded) != (c.exceeds != 0) || errors.Is(err, limits.ErrExceeded) != (c.exceeds != 0) {
				t.Fatalf("%v; a spent limit: %t", err, c.exceeds != 0)
			}
			if exceeded != nil && (exceeded.Resource != c.exceeds || exceeded.Used <= exceeded.Limit) {
				t.Errorf("%+v; want more of %v than there is", exceeded, c.exceeds)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
	covered[saferegex.RuleMatchTooLong] = true
	t.Run(string(saferegex.RuleMatchTooLong), func(t *testing.T) {
		re := saferegex.MustCompile(`x.*y`, wide)
		for text, window := range map[string]limits.Bytes{"axbby\n": 4, "axbbbb\n": 5} {
			if _, err := re.Redact(t.Context(), io.Discard, strings.NewReader(text), "", window); err != nil {
				t.Errorf("%q under %v: %v", text, window, err)
			}
			var out strings.Builder
			_, err := re.Redact(t.Context(), &out, strings.NewReader(text), "", window-1)
			rule, is := errors.AsType[*saferegex.RuleError](err)
			if !is || rule.Rule != saferegex.RuleMatchTooLong || rule.Offset != 1 || out.String() != "a" {
				t.Errorf("%q under %v: %v, and %q is written", text, window-1, err, out.String())
			}
		}
	})
	for info := range saferegex.Rules() {
		if !covered[info.Rule] {
			t.Errorf("no case for %s", info.Rule)
		}
	}
}

// TestOptions passes a pattern at exactly what an option sets, and refuses it one below.
func TestOptions(t *testing.T) {
	for _, c := range []struct {
		name, pattern string
		n             int
		option        func(n int) saferegex.Option
		rule          saferegex.Rule
	}{
		{"PatternBytes", "abcdefghij", 10,
			func(n int) saferegex.Option { return saferegex.PatternBytes(limits.Bytes(n)) },
			saferegex.RulePatternTooLong},
		{"ProgramSize", "abcdefghij", 12, saferegex.ProgramSize, saferegex.RuleProgramTooLarge},
		{"ProgramSize of repeats", "(?:ab){400}", 802, saferegex.ProgramSize, saferegex.RuleProgramTooLarge},
		{"ProgramSize of optional repeats", "(?:ab){0,400}", 1202, saferegex.ProgramSize,
			saferegex.RuleProgramTooLarge},
		{"ProgramSize of stars", "(?:(?:a*)*b)*", 0, saferegex.ProgramSize, saferegex.RuleProgramTooLarge},
		{"ProgramSize of shared beginnings", strings.Repeat("abcdefgh|", 100) + "abcdefgi", 0, saferegex.ProgramSize,
			saferegex.RuleProgramTooLarge},
		{"Groups", "(a)((b)c)", 3, saferegex.Groups, saferegex.RuleTooManyGroups},
		{"Groups with names", "(?P<x>a)(?<y>b)(?:c)(?i:d)", 2, saferegex.Groups, saferegex.RuleTooManyGroups},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := c.n
			if n == 0 {
				re := saferegex.MustCompile(c.pattern, wide)
				n = re.Stats().Instructions
			}
			if _, err := saferegex.Compile(t.Context(), c.pattern, wide, c.option(n)); err != nil {
				t.Errorf("at %d: %v", n, err)
			}
			_, err := saferegex.Compile(t.Context(), c.pattern, wide, c.option(n-1))
			var rule *saferegex.RuleError
			if !errors.As(err, &rule) || rule.Rule != c.rule {
				t.Errorf("at %d: %v; want %s", n-1, err, c.rule)
			}
		})
	}
}

// TestBadOptions has every mistake told at once, and none taken for the input's.
func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		name string
		opts []saferegex.Option
		want []string
	}{
		{"nil", []saferegex.Option{nil}, []string{"an Option is nil"}},
		{"zero", []saferegex.Option{saferegex.PatternBytes(0), saferegex.ProgramSize(0), saferegex.Groups(0)},
			[]string{"PatternBytes is 0", "ProgramSize is 0", "Groups is 0"}},
		{"too much", []saferegex.Option{saferegex.PatternBytes(saferegex.MaxPatternBytes + 1),
			saferegex.ProgramSize(saferegex.MaxProgramSize + 1), saferegex.Groups(saferegex.MaxGroups + 1)},
			[]string{"PatternBytes is", "ProgramSize is", "Groups is"}},
		{"unlimited", []saferegex.Option{saferegex.PatternBytes(limits.UnsafeUnlimited)},
			[]string{"PatternBytes is -9223372036854775808: not between 1 and 1048576"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			re, err := saferegex.Compile(t.Context(), "a", wide, c.opts...)
			if re != nil || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Fatalf("%v, %v", re, err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
		})
	}
	if _, err := saferegex.Compile(t.Context(), "a", wide, saferegex.PatternBytes(saferegex.MaxPatternBytes),
		saferegex.ProgramSize(saferegex.MaxProgramSize), saferegex.Groups(saferegex.MaxGroups)); err != nil {
		t.Errorf("at the ceilings: %v", err)
	}
}

// TestMustCompile panics with the error and not with a value.
func TestMustCompile(t *testing.T) {
	defer func() {
		if text := fmt.Sprint(recover()); !strings.Contains(text, "look-ahead") {
			t.Errorf("panicked with %s", text)
		}
	}()
	saferegex.MustCompile("(?=a)", wide)
}
