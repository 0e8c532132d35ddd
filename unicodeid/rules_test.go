package unicodeid_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// TestRules refuses every hostile case under its rule, tells nothing of the name in the error, and
// accepts the neighbours of the rule.
func TestRules(t *testing.T) {
	t.Parallel()
	p, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	hostile, legit := map[limits.Rule][]idtest.Case{}, map[limits.Rule][]idtest.Case{}
	for c := range idtest.Hostile() {
		hostile[c.Rule] = append(hostile[c.Rule], c)
	}
	for c := range idtest.Legit() {
		legit[c.Rule] = append(legit[c.Rule], c)
	}
	for info := range unicodeid.Rules() {
		t.Run(string(info.Rule), func(t *testing.T) {
			if info.Liftable || info.Attack == "" || info.Default == "" {
				t.Errorf("%+v", info)
			}
			for _, c := range hostile[info.Rule] {
				name, err := p.Register(t.Context(), c.Raw)
				var refusal *unicodeid.Error
				if !errors.As(err, &refusal) || !errors.Is(err, limits.ErrRefused) || name != (unicodeid.Name{}) {
					t.Errorf("%s: %v", c.Name, err)
					continue
				}
				if !slices.ContainsFunc(refusal.Problems,
					func(q unicodeid.Problem) bool { return q.Rule == info.Rule }) {
					t.Errorf("%s: %v", c.Name, err)
				}
				if strings.ContainsFunc(err.Error(), func(r rune) bool { return r < ' ' || r > '~' }) {
					t.Errorf("%s: the text of the error is not plain: %q", c.Name, err.Error())
				}
			}
			for _, c := range legit[info.Rule] {
				if _, err := p.Register(t.Context(), c.Raw); err != nil {
					t.Errorf("%s: %v", c.Name, err)
				}
			}
			if len(hostile[info.Rule]) < 3 || len(legit[info.Rule]) < 1 {
				t.Errorf("%d hostile cases and %d neighbours", len(hostile[info.Rule]), len(legit[info.Rule]))
			}
		})
	}
}

// TestProblems: places in every unit that a form, an editor or a database counts in, and a spelling
// to offer.
func TestProblems(t *testing.T) {
	p := profile(t, unicodeid.AllowEmoji())
	for _, c := range []struct {
		raw  string
		want []unicodeid.Problem
	}{
		{"👨\u200d👩\u200d👧e\u0301\u200bﬁ", []unicodeid.Problem{
			{Rule: unicodeid.RuleInvisible, Offset: 21, Len: 3, Rune: 7, UTF16: 10, Grapheme: 2, Code: '\u200b'},
			{Rule: unicodeid.RuleCompatibility, Offset: 24, Len: 3, Rune: 8, UTF16: 11, Grapheme: 3, Code: 'ﬁ',
				Fix: "fi"},
		}},
		{"  .a..b\u202e", []unicodeid.Problem{
			{Rule: unicodeid.RulePunctuation, Offset: 2, Len: 1, Rune: 2, UTF16: 2, Grapheme: 2, Code: '.'},
			{Rule: unicodeid.RulePunctuation, Offset: 5, Len: 1, Rune: 5, UTF16: 5, Grapheme: 5, Code: '.'},
			{Rule: unicodeid.RuleBidiControl, Offset: 7, Len: 3, Rune: 7, UTF16: 7, Grapheme: 7, Code: '\u202e'},
		}},
		{"漢字a\u0430", []unicodeid.Problem{{Rule: unicodeid.RuleMixedScript, Offset: 7, Len: 2, Rune: 3, UTF16: 3,
			Grapheme: 3, Code: '\u0430'}}},
		{"a1\u0662", []unicodeid.Problem{
			{Rule: unicodeid.RuleMixedScript, Offset: 2, Len: 2, Rune: 2, UTF16: 2, Grapheme: 2, Code: '\u0662'},
			{Rule: unicodeid.RuleMixedDigits, Offset: 2, Len: 2, Rune: 2, UTF16: 2, Grapheme: 2, Code: '\u0662',
				Fix: "2"},
			{Rule: unicodeid.RuleBidi, Offset: 2, Len: 2, Rune: 2, UTF16: 2, Grapheme: 2, Code: '\u0662'},
		}},
		{"ab\xffcd", []unicodeid.Problem{{Rule: unicodeid.RuleInvalidUTF8, Offset: 2, Len: 1}}},
		{"\u200b", []unicodeid.Problem{
			{Rule: unicodeid.RuleInvisible, Len: 3, Code: '\u200b'},
			{Rule: unicodeid.RuleEmpty, Len: 3},
		}},
	} {
		_, err := p.Register(t.Context(), c.raw)
		var refusal *unicodeid.Error
		if !errors.As(err, &refusal) {
			t.Errorf("%+q: %v", c.raw, err)
			continue
		}
		for i := range refusal.Problems {
			refusal.Problems[i].Detail = ""
		}
		if diff := cmp.Diff(c.want, refusal.Problems); diff != "" {
			t.Errorf("%+q (-want +got):\n%s", c.raw, diff)
		}
	}
}

// TestErrorIsARuleError: one errors.As serves a service that uses several packages.
func TestErrorIsARuleError(t *testing.T) {
	p := profile(t)
	for raw, want := range map[string]limits.RuleError{
		"ad\u200bmin":            {Op: "unicodeid.Register", Rule: unicodeid.RuleInvisible, Offset: 2},
		"\xff":                   {Op: "unicodeid.Register", Rule: unicodeid.RuleInvalidUTF8},
		strings.Repeat("x", 300): {Op: "unicodeid.Register", Rule: unicodeid.RuleTooLong},
	} {
		_, err := p.Register(t.Context(), raw)
		got, ok := errors.AsType[*limits.RuleError](err)
		if !ok || got.Detail == "" {
			t.Errorf("%.20q: %v", raw, err)
			continue
		}
		got.Detail = ""
		if diff := cmp.Diff(want, *got); diff != "" {
			t.Errorf("%.20q: %s", raw, diff)
		}
	}
	_, err := p.Lookup(t.Context(), "\xff")
	if got, ok := errors.AsType[*limits.RuleError](err); !ok || got.Rule != unicodeid.RuleInvalidUTF8 {
		t.Errorf("%v", err)
	}
	if got, ok := errors.AsType[*limits.RuleError](&unicodeid.Error{}); ok {
		t.Errorf("there is no problem, and yet %v", got)
	}
}
