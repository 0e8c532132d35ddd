package regexset_test

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regexset"
)

// class returns a pattern of n bytes and two that is a single instruction.
func class(n int) string { return "[" + strings.Repeat("a", n) + "]" }

// nest returns n pairs of parentheses within each other.
func nest(n int) string { return strings.Repeat("(?:", n) + "a" + strings.Repeat(")", n) }

// ruleCases has, for each rule, patterns that just pass and patterns that are just refused.
var ruleCases = []struct {
	rule            regexset.Rule
	passes, refused []string
	opts            []regexset.Option
	index           int             // of the pattern that is refused, -1 if it is all together
	exceeds         limits.Resource // 0 where no limit is passed
}{
	{regexset.RuleTooManyPatterns, slices.Repeat([]string{"a"}, 10_000), slices.Repeat([]string{"a"}, 10_001), nil,
		-1, limits.Items},
	{regexset.RulePatternTooLong, []string{"b", class(32766)}, []string{"b", class(32767)},
		nil, 1, limits.InputBytes},
	{regexset.RulePatternTooDeep, []string{nest(100)}, []string{nest(101)}, nil, 0, limits.Depth},
	{regexset.RuleTooManyGroups, []string{strings.Repeat("(a)", 250), "b"}, []string{strings.Repeat("(a)", 251), "b"},
		nil, 0, limits.Items},
	{regexset.RuleClassTooLarge, []string{`(?i)[B-\x{1E942}][B-\x{1E942}]`},
		[]string{`(?i)[B-\x{1E942}][B-\x{1E942}][B-\x{1E942}]`}, nil, 0, limits.Steps},
	{regexset.RuleInvalidSyntax, []string{"a", "b", `(?:a)b`, "c"}, []string{"a", "b", `(?=a)b`, "c"}, nil, 2, 0},
	{regexset.RuleProgramTooLarge, []string{strings.Repeat("a{1000}", 9) + "a{998}"},
		[]string{strings.Repeat("a{1000}", 9) + "a{999}"}, nil, 0, limits.Items},
	// An instruction for each character and one for each pattern, of 128 bytes each.
	{regexset.RuleSetTooLarge, []string{strings.Repeat("a", 100), strings.Repeat("b", 100)},
		[]string{strings.Repeat("a", 100), strings.Repeat("b", 101)},
		[]regexset.Option{regexset.SetBytes(64*limits.KiB + 202*128)}, 1, limits.MemoryBytes},
}

func TestRules(t *testing.T) {
	covered := map[regexset.Rule]bool{}
	for _, c := range ruleCases {
		covered[c.rule] = true
		t.Run(string(c.rule), func(t *testing.T) {
			if _, err := regexset.Compile(t.Context(), c.passes, wide, c.opts...); err != nil {
				t.Errorf("what should just pass: %v", err)
			}
			set, err := regexset.Compile(t.Context(), c.refused, wide, c.opts...)
			var rule *regexset.RuleError
			if set != nil || !errors.As(err, &rule) || rule.Rule != c.rule || !errors.Is(err, limits.ErrRefused) ||
				errors.Is(err, limits.ErrConfig) {
				t.Fatalf("%v, %v; want a refusal under %s", set, err, c.rule)
			}
			var which *regexset.PatternError
			if errors.As(err, &which) != (c.index >= 0) {
				t.Fatalf("%v: a pattern is named: %t", err, c.index < 0)
			}
			if which != nil && (which.Index != c.index || which.Pattern != c.refused[c.index] ||
				rule.Where != which.Pattern || which.Op != "regexset.Compile") {
				t.Errorf("%+v does not say the operation and the pattern", which)
			}
			var exceeded *limits.ExceededError
			if errors.As(err, &exceeded) != (c.exceeds != 0) || errors.Is(err, limits.ErrExceeded) != (c.exceeds != 0) {
				t.Fatalf("%v; a spent limit: %t", err, c.exceeds != 0)
			}
			if exceeded != nil && (exceeded.Resource != c.exceeds || exceeded.Used <= exceeded.Limit ||
				exceeded.Envelope) {
				t.Errorf("%+v; want more of %v than there is", exceeded, c.exceeds)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the error has %d bytes", len(err.Error()))
			}
		})
	}
	covered[regexset.RuleMatchTooLong] = true
	t.Run(string(regexset.RuleMatchTooLong), func(t *testing.T) {
		s := made(t, []string{`secret`, `x.*y`}, wide)
		for text, window := range map[string]limits.Bytes{"axbbbby\n": 6, "secret": 6} {
			if _, err := s.Redact(t.Context(), io.Discard, strings.NewReader(text), "", window); err != nil {
				t.Errorf("%q under %v: %v", text, window, err)
			}
			var out strings.Builder
			_, err := s.Redact(t.Context(), &out, strings.NewReader(text), "", window-1)
			var rule *regexset.RuleError
			if !errors.As(err, &rule) || rule.Rule != regexset.RuleMatchTooLong ||
				!strings.HasPrefix(text, out.String()) || int64(out.Len()) != rule.Offset {
				t.Errorf("%q under %v: %v, and %q is written", text, window-1, err, out.String())
			}
		}
	})
	for info := range regexset.Rules() {
		if !covered[info.Rule] {
			t.Errorf("no case for %s", info.Rule)
		}
	}
	for range regexset.Rules() {
		break // An iteration may end early.
	}
}

// TestSyntaxError has what package saferegex says about a pattern reach the caller.
func TestSyntaxError(t *testing.T) {
	_, err := regexset.Compile(t.Context(), []string{"a", `b\1`}, wide)
	var syntax *saferegex.SyntaxError
	const want = `regexset.Compile: pattern 1: saferegex.Compile: invalid-syntax: "b\\1" (offset 1): backreference: `
	if !errors.As(err, &syntax) || syntax.Construct != "backreference" || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v; want %s", err, want)
	}
}

// TestOptions passes a set at exactly what an option sets, and refuses it one below.
func TestOptions(t *testing.T) {
	for _, c := range []struct {
		name     string
		patterns []string
		n        int
		option   func(n int) regexset.Option
		rule     regexset.Rule
	}{
		{"Patterns", []string{"a", "b", "c"}, 3, regexset.Patterns, regexset.RuleTooManyPatterns},
		{"SetBytes", []string{"a", "b", "c"}, 64<<10 + 6*128,
			func(n int) regexset.Option { return regexset.SetBytes(limits.Bytes(n)) }, regexset.RuleSetTooLarge},
		{"PatternBytes", []string{"a", "abcdefghij"}, 10,
			func(n int) regexset.Option { return regexset.PatternBytes(limits.Bytes(n)) }, regexset.RulePatternTooLong},
		{"ProgramSize", []string{"a", "abcdefghij"}, 12, regexset.ProgramSize, regexset.RuleProgramTooLarge},
		{"Groups", []string{"a", "(a)((b)c)"}, 3, regexset.Groups, regexset.RuleTooManyGroups},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := regexset.Compile(t.Context(), c.patterns, wide, c.option(c.n)); err != nil {
				t.Errorf("at %d: %v", c.n, err)
			}
			_, err := regexset.Compile(t.Context(), c.patterns, wide, c.option(c.n-1))
			var rule *regexset.RuleError
			if !errors.As(err, &rule) || rule.Rule != c.rule {
				t.Errorf("at %d: %v; want %s", c.n-1, err, c.rule)
			}
		})
	}
}

// TestBadOptions has every mistake told at once, and none taken for the input's.
func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		name string
		opts []regexset.Option
		want []string
	}{
		{"nil", []regexset.Option{nil}, []string{"an Option is nil"}},
		{"zero", []regexset.Option{regexset.Patterns(0), regexset.SetBytes(0), regexset.PatternBytes(0),
			regexset.ProgramSize(0), regexset.Groups(0)}, []string{"Patterns is 0", "SetBytes is 0",
			"PatternBytes is 0", "ProgramSize is 0", "Groups is 0"}},
		{"too much", []regexset.Option{regexset.Patterns(regexset.MaxPatterns + 1),
			regexset.SetBytes(regexset.MaxSetBytes + 1), regexset.PatternBytes(saferegex.MaxPatternBytes + 1),
			regexset.ProgramSize(saferegex.MaxProgramSize + 1), regexset.Groups(saferegex.MaxGroups + 1)},
			[]string{"Patterns is 100001", "SetBytes is", "PatternBytes is", "ProgramSize is", "Groups is"}},
		{"unlimited", []regexset.Option{regexset.SetBytes(limits.UnsafeUnlimited)},
			[]string{"SetBytes is -9223372036854775808: not between 1 and 536870912"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, err := regexset.Compile(t.Context(), []string{"a"}, wide, c.opts...)
			if set != nil || !errors.Is(err, limits.ErrConfig) || errors.Is(err, limits.ErrRefused) {
				t.Fatalf("%v, %v", set, err)
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("%v does not say %q", err, want)
				}
			}
		})
	}
	if _, err := regexset.Compile(t.Context(), []string{"a"}, wide, regexset.Patterns(regexset.MaxPatterns),
		regexset.SetBytes(regexset.MaxSetBytes), regexset.PatternBytes(saferegex.MaxPatternBytes),
		regexset.ProgramSize(saferegex.MaxProgramSize), regexset.Groups(saferegex.MaxGroups)); err != nil {
		t.Errorf("at the ceilings: %v", err)
	}
}
