package limits_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed73825598/airlock/limits"
)

// kinds is what an error may match.
var kinds = []struct {
	name string
	err  error
}{
	{"refused", limits.ErrRefused},
	{"exceeded", limits.ErrExceeded},
	{"config", limits.ErrConfig},
	{"unset", limits.ErrUnset},
	{"busy", limits.ErrBusy},
	{"canceled", context.Canceled},
	{"deadline", context.DeadlineExceeded},
}

// kindsOf returns the names of all kinds that err matches.
func kindsOf(err error) string {
	var names []string
	for _, k := range kinds {
		if errors.Is(err, k.err) {
			names = append(names, k.name)
		}
	}
	return strings.Join(names, " ")
}

// wantKinds fails unless err matches exactly the named kinds.
func wantKinds(t *testing.T, err error, want string) {
	t.Helper()
	if got := kindsOf(err); got != want {
		t.Errorf("%v matches %q, want %q", err, got, want)
	}
}

// identical reports whether a and b are the very same error, where errors.Is would also take one
// that wraps the other.
func identical(a, b error) bool {
	return a == b //nolint:errorlint // That is the point.
}

// wantExceeded fails unless err is an ExceededError that is equal to want but for its text.
func wantExceeded(t *testing.T, err error, want limits.ExceededError) {
	t.Helper()
	var got *limits.ExceededError
	if !errors.As(err, &got) {
		t.Errorf("got %v, want an ExceededError", err)
		return
	}
	if diff := cmp.Diff(want, *got); diff != "" {
		t.Errorf("ExceededError: %s", diff)
	}
}

func TestKindsAreNeverMixed(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  error
		want string
	}{
		{"ErrRefused", limits.ErrRefused, "refused"},
		{"ErrExceeded", limits.ErrExceeded, "refused exceeded"},
		{"ErrConfig", limits.ErrConfig, "config"},
		{"ErrUnset", limits.ErrUnset, "config unset"},
		{"a rule", &limits.RuleError{}, "refused"},
		{"a budget", &limits.ExceededError{Resource: limits.Items}, "refused exceeded"},
		{"an envelope", &limits.ExceededError{Resource: limits.Items, Envelope: true}, "refused exceeded"},
		{"time", &limits.ExceededError{Resource: limits.Time}, "refused exceeded deadline"},
		{"an option", &limits.ConfigError{Problems: []limits.FieldProblem{{Field: "Workers"}}}, "config"},
		{"a limit", &limits.ConfigError{Problems: []limits.FieldProblem{{Field: "Workers"},
			{Field: "Items", Unset: true}}}, "config unset"},
		{"no problem named", &limits.ConfigError{}, "config"},
		{"another error", errors.New("disk full"), ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			wantKinds(t, tc.err, tc.want)
			wantKinds(t, fmt.Errorf("while unpacking: %w", tc.err), tc.want)
		})
	}
}

func TestTimeout(t *testing.T) {
	for r := range limits.Time + 1 {
		err := error(&limits.ExceededError{Resource: r})
		var timeout interface{ Timeout() bool }
		if !errors.As(err, &timeout) || timeout.Timeout() != (r == limits.Time) {
			t.Errorf("%v: Timeout is wrong", r)
		}
	}
	if _, ok := any(&limits.ExceededError{}).(net.Error); ok {
		t.Error("an ExceededError claims to be a net.Error, so somebody will retry")
	}
}

func TestExceededErrorText(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  limits.ExceededError
		want string
	}{
		{
			"bytes", limits.ExceededError{Op: "safezip.Extract", Resource: limits.OutputBytes, Limit: 10 << 20,
				Used: 10<<20 + 1, Where: "a.txt"},
			`safezip.Extract: output bytes: needs at least 10485761 B, the limit is 10 MiB, at "a.txt"; if such input is ` +
				`expected, raise OutputBytes`,
		},
		{
			"count", limits.ExceededError{Op: "safexml.Validate", Resource: limits.Depth, Limit: 256, Used: 257},
			`safexml.Validate: depth: needs at least 257, the limit is 256; if such input is expected, raise Depth`,
		},
		{
			"time", limits.ExceededError{Op: "saferegex.Match", Resource: limits.Time, Limit: 1e9, Used: 1_000_100_000},
			`saferegex.Match: time: took 1.0001s, the limit is 1s; if such input is expected, raise Time`,
		},
		{
			"envelope", limits.ExceededError{Op: "saferegex.Match", Resource: limits.Steps, Limit: 1000,
				Used: math.MaxInt64, Envelope: true},
			`saferegex.Match: steps: needs at least 9223372036854775807, the envelope's limit is 1000; if such input is ` +
				`expected, raise Steps in the limits given to limits.With`,
		},
		{
			"hostile place", limits.ExceededError{Resource: limits.Items, Limit: 1, Used: 2,
				Where: "\x1b[2J\u202etxt.exe\n"},
			`items: needs at least 2, the limit is 1, at "\x1b[2J\u202etxt.exe\n"; if such input is expected, raise Items`,
		},
		{
			"no resource", limits.ExceededError{Op: "a\nb"},
			`a\nb: resource(0): needs at least 0, the limit is 0; if such input is expected, raise resource(0)`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.err.Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
	long := (&limits.ExceededError{Resource: limits.Items, Where: strings.Repeat("x", 1<<20)}).Error()
	if len(long) > 256 {
		t.Errorf("the text of a hostile name has %d bytes", len(long))
	}
}

func TestAt(t *testing.T) {
	refusal := &limits.ExceededError{Op: "op", Resource: limits.Items, Limit: 1, Used: 2}
	placed := limits.At(refusal, "a.txt")
	wantExceeded(t, placed, limits.ExceededError{Op: "op", Resource: limits.Items, Limit: 1, Used: 2, Where: "a.txt"})
	if refusal.Where != "" {
		t.Error("At has changed the error that everybody shares")
	}
	if again := limits.At(placed, "b.txt"); !identical(again, placed) {
		t.Errorf("the place of %v was changed to %v", placed, again)
	}
	for _, err := range []error{nil, errors.New("disk full"), &limits.RuleError{}, fmt.Errorf("more: %w", refusal)} {
		if got := limits.At(err, "a.txt"); !identical(got, err) {
			t.Errorf("At(%v) = %v", err, got)
		}
	}
}

func TestRuleErrorText(t *testing.T) {
	for _, tc := range []struct {
		name string
		err  limits.RuleError
		want string
	}{
		{
			"all", limits.RuleError{Op: "safezip.Extract", Rule: "path-traversal", Where: "../a", Offset: 12,
				Detail: "climbs out"},
			`safezip.Extract: path-traversal: "../a" (offset 12): climbs out`,
		},
		{
			"line and column", limits.RuleError{Op: "safexml.Validate", Rule: "doctype", Where: "!DOCTYPE",
				Offset: 12, Line: 3, Column: 7, Detail: "none is allowed"},
			`safexml.Validate: doctype: "!DOCTYPE" (line 3, column 7): none is allowed`,
		},
		{"line alone", limits.RuleError{Op: "op", Rule: "rule", Line: 3, Detail: "why"}, `op: rule (line 3): why`},
		{"column without a line", limits.RuleError{Op: "op", Rule: "rule", Offset: -1, Column: 3, Detail: "why"},
			`op: rule: why`},
		{"no place", limits.RuleError{Op: "op", Rule: "rule", Offset: -1, Detail: "why"}, `op: rule: why`},
		{"name alone", limits.RuleError{Op: "op", Rule: "rule", Where: "a", Offset: -1}, `op: rule: "a"`},
		{"at the start", limits.RuleError{Op: "op", Rule: "rule"}, `op: rule (offset 0)`},
		{"no operation", limits.RuleError{Rule: "rule", Offset: -1}, `rule`},
		{
			"hostile", limits.RuleError{Op: "op", Rule: "rule", Where: "a\"\x00\u2028", Offset: -1,
				Detail: "found \x1b[31m \xff \u202e here"},
			`op: rule: "a\"\x00\u2028": found \x1b[31m \xff \u202e here`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if diff := cmp.Diff(tc.want, tc.err.Error()); diff != "" {
				t.Error(diff)
			}
			wantKinds(t, &tc.err, "refused")
		})
	}
}

func TestConfigErrorText(t *testing.T) {
	err := limits.Limits{OutputBytes: -1, Time: 30}.Check("safezip.Extract", limits.Items, limits.Time)
	want := "safezip.Extract: OutputBytes is -1: not a budget; use a positive number, or limits.UnsafeUnlimited for " +
		"input you trust; " +
		"Items is not set: give it a limit, or limits.UnsafeUnlimited for input you trust; " +
		"Time is 30ns: is a unit missing? at least 1ms"
	if diff := cmp.Diff(want, err.Error()); diff != "" {
		t.Error(diff)
	}
	for _, tc := range []struct {
		err  limits.ConfigError
		want string
	}{
		{limits.ConfigError{}, "configuration not usable"},
		{limits.ConfigError{Op: "op"}, "op: configuration not usable"},
		{limits.ConfigError{Problems: []limits.FieldProblem{{Field: "Workers", Reason: "is 0: at least 1"}}},
			"Workers is 0: at least 1"},
		{limits.ConfigError{Op: "o\np", Problems: []limits.FieldProblem{{Field: "a\u202e", Reason: "b\x1b"}}},
			`o\np: a\u202e b\x1b`},
	} {
		if got := tc.err.Error(); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
}

func TestQuote(t *testing.T) {
	x := func(n int) string { return strings.Repeat("x", n) }
	for _, tc := range []struct{ name, in, want string }{
		{"empty", "", `""`},
		{"plain", "a.txt", `"a.txt"`},
		{"quotes and backslashes", `a"b\c`, `"a\"b\\c"`},
		{"controls", "\x00\x07\n\r\t\x1b\x7f", `"\x00\a\n\r\t\x1b\x7f"`},
		{"C1 control", "\u009b", `"\u009b"`},
		{"bidi", "\u202egpj.exe\u2066", `"\u202egpj.exe\u2066"`},
		{"beyond ASCII", "é漢🙂", `"\u00e9\u6f22\U0001f642"`},
		{"invalid UTF-8", "\xff\xc3(\xe2\x82", `"\xff\xc3(\xe2\x82"`},
		{"replacement character", "\ufffd", `"\ufffd"`},
		{"surrogate half", "\xed\xa0\x80", `"\xed\xa0\x80"`},
		{"just fits", x(126), `"` + x(126) + `"`},
		{"one too many", x(127), `"` + x(123) + `"...`},
		{"escape at the end fits", x(122) + "\x00", `"` + x(122) + `\x00"`},
		{"escape is not cut", x(123) + "\x00", `"` + x(123) + `"...`},
		{"escape is dropped whole", x(120) + "\x00" + x(10), `"` + x(120) + `"...`},
		{"long escapes", strings.Repeat("\U0001f642", 100), `"` + strings.Repeat(`\U0001f642`, 12) + `"...`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := limits.Quote(tc.in)
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
			if len(got) > 128 {
				t.Errorf("%d bytes", len(got))
			}
		})
	}
}

func FuzzQuote(f *testing.F) {
	for _, s := range []string{"", "a.txt", strings.Repeat("x", 127), "\u202e\x1b", "\xff",
		strings.Repeat("\U0001f642", 40)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := limits.Quote(s)
		checkText(t, got)
		whole := fmt.Sprintf("%+q", s)
		cut := len(whole) > 128
		switch {
		case len(got) > 128:
			t.Fatalf("%d bytes", len(got))
		case !cut && got != whole:
			t.Fatalf("%s was changed to %s", whole, got)
		case cut && (!strings.HasSuffix(got, `"...`) || !strings.HasPrefix(whole, got[:len(got)-4]) ||
			len(got) < 128-12):
			t.Fatalf("%s was cut to %s", whole, got)
		}
	})
}
