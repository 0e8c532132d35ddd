package regextest_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
)

// run does what a case says and counts.
func run(ctx context.Context, re *saferegex.Regexp, c regextest.Case) (int, error) {
	switch c.Op {
	case regextest.Match:
		ok, err := re.MatchString(ctx, c.Text)
		if ok {
			return 1, err
		}
		return 0, err
	case regextest.FindAll:
		all, err := re.FindAllStringIndex(ctx, c.Text, -1)
		return len(all), err
	case regextest.ReplaceAll:
		n := 0
		if _, err := re.ReplaceAllString(ctx, c.Text, c.Template); err != nil {
			return 0, err
		}
		_, err := re.ReplaceAllStringFunc(ctx, c.Text, func(string) string { n++; return "" })
		return n, err
	case regextest.Split:
		all, err := re.Split(ctx, c.Text, -1)
		return len(all), err
	case regextest.Redact:
		var out strings.Builder
		if _, err := re.Redact(ctx, &out, strings.NewReader(c.Text), c.Template, c.Window); err != nil {
			if found, _ := re.MatchString(ctx, out.String()); found || !strings.HasPrefix(c.Text, out.String()) {
				return 0, fmt.Errorf("%w, and %q is written", errors.ErrUnsupported, out.String())
			}
			return 0, err
		}
		return strings.Count(out.String(), c.Template), nil
	}
	return 0, fmt.Errorf("no operation %v", c.Op)
}

// check holds saferegex to what a case says.
func check(t *testing.T, c regextest.Case) {
	t.Helper()
	re, err := saferegex.Compile(t.Context(), c.Pattern, c.Limits(), c.Options()...)
	if c.Want == regextest.RefusePattern {
		if re != nil || !refused(err, c) {
			t.Errorf("Compile: %v; want a refusal under %q", err, c.Rule)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	n, err := run(t.Context(), re, c)
	switch {
	case c.Want == regextest.Stop && !errors.Is(err, limits.ErrExceeded):
		t.Errorf("%v is not stopped: %d, %v", c.Op, n, err)
	case c.Want == regextest.RefuseText && !refused(err, c):
		t.Errorf("%v: %d, %v; want a refusal under %q", c.Op, n, err, c.Rule)
	case c.Want == regextest.AnswerOrStop && errors.Is(err, limits.ErrExceeded):
	case (c.Want == regextest.Answer || c.Want == regextest.AnswerOrStop) && (err != nil || n != c.Count):
		t.Errorf("%v: %d, %v; want %d", c.Op, n, err, c.Count)
	}
}

// refused reports whether err is the refusal under the rule of a case, or by a budget if it has
// none.
func refused(err error, c regextest.Case) bool {
	rule, ok := errors.AsType[*saferegex.RuleError](err)
	return errors.Is(err, limits.ErrRefused) && ok == (c.Rule != "") && (!ok || rule.Rule == c.Rule)
}

// TestHostile does all of it with saferegex under its defaults.
func TestHostile(t *testing.T) {
	families := map[string]int{}
	for c := range regextest.Hostile() {
		family, _, _ := strings.Cut(c.Name, "/")
		families[family]++
		t.Run(c.Name, func(t *testing.T) { check(t, c) })
	}
	if len(families) < 13 {
		t.Errorf("%d families", len(families))
	}
	for family, n := range families {
		if n < 3 {
			t.Errorf("%s has %d cases", family, n)
		}
	}
}

// TestBenign and the tests after it do what the other sequences say.
func TestBenign(t *testing.T) {
	for c := range regextest.Benign() {
		t.Run(c.Name, func(t *testing.T) { check(t, c) })
	}
}

func TestBytes(t *testing.T) {
	for c := range regextest.HostileBytes() {
		t.Run("hostile "+c.Name, func(t *testing.T) { check(t, c) })
	}
	for c := range regextest.BenignBytes() {
		t.Run("benign "+c.Name, func(t *testing.T) { check(t, c) })
	}
}

func TestRedact(t *testing.T) {
	for c := range regextest.HostileRedact() {
		t.Run("hostile "+c.Name, func(t *testing.T) { check(t, c) })
	}
	for c := range regextest.BenignRedact() {
		t.Run("benign "+c.Name, func(t *testing.T) { check(t, c) })
	}
}

// TestCounts holds the answers in the cases to the standard library, but for those on which it
// takes quadratic time.
func TestCounts(t *testing.T) {
	all := slices.AppendSeq(slices.Collect(regextest.Hostile()), regextest.Benign())
	for i, c := range slices.AppendSeq(all, regextest.BenignRedact()) {
		if testing.Short() && i%4 > 0 {
			continue // regexp takes its time.
		}
		if c.Want != regextest.Answer || strings.HasPrefix(c.Name, "quadratic") {
			continue
		}
		re, err := regexp.Compile(c.Pattern)
		if err != nil {
			t.Errorf("%s: %v", c.Name, err)
			continue
		}
		n := 0
		switch c.Op {
		case regextest.Match:
			if re.MatchString(c.Text) {
				n = 1
			}
		case regextest.FindAll, regextest.ReplaceAll:
			n = len(re.FindAllStringIndex(c.Text, -1))
		case regextest.Split:
			n = len(re.Split(c.Text, -1))
		case regextest.Redact:
			n = strings.Count(re.ReplaceAllString(c.Text, c.Template), c.Template)
		}
		if n != c.Count {
			t.Errorf("%s: %v gives %d, the case says %d", c.Name, c.Op, n, c.Count)
		}
	}
}

func FuzzSeed(f *testing.F) {
	regextest.Seed(f)
	lim := limits.Limits{InputBytes: 64 * limits.KiB, Time: time.Second, Steps: 1_000_000}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		re, err := saferegex.Compile(t.Context(), pattern, lim)
		if err != nil {
			if !errors.Is(err, limits.ErrRefused) {
				t.Error(err)
			}
			return
		}
		if _, err := re.FindAllStringIndex(t.Context(), text, -1); err != nil && !errors.Is(err, limits.ErrExceeded) {
			t.Error(err)
		}
	})
}

// TestExample and FuzzExample run what the example of this package shows.
func TestExample(t *testing.T) { testCount(t) }

func FuzzExample(f *testing.F) { fuzzCount(f) }

// A screen that lets no pattern in protects as well: the benign ones tell it from a good one.
func ExampleBenign() {
	accepted, refused := 0, 0
	for c := range regextest.Benign() {
		// A rule of thumb that is met often: a quantifier after a group is hostile.
		if strings.Contains(c.Pattern, ")+") || strings.Contains(c.Pattern, ")*") || strings.Contains(c.Pattern, "){") {
			refused++
		} else {
			accepted++
		}
	}
	fmt.Println("accepted:", accepted > 5, "refused:", refused > 5)
	// Output: accepted: true refused: true
}

// A pattern for bytes is made with the options of the case.
func ExampleHostileBytes() {
	for c := range regextest.HostileBytes() {
		_, err := saferegex.Compile(context.Background(), c.Pattern, c.Limits(), c.Options()...)
		fmt.Println(errors.Is(err, limits.ErrRefused))
		break
	}
	for c := range regextest.BenignBytes() {
		_, err := saferegex.Compile(context.Background(), c.Pattern, c.Limits(), c.Options()...)
		fmt.Println(err)
		break
	}
	// Output:
	// true
	// <nil>
}

// A secret that is longer than the window is refused, and no part of it is written.
func ExampleHostileRedact() {
	for c := range regextest.HostileRedact() {
		re, err := saferegex.Compile(context.Background(), c.Pattern, c.Limits())
		if err != nil {
			fmt.Println(err)
			return
		}
		var out strings.Builder
		_, err = re.Redact(context.Background(), &out, strings.NewReader(c.Text), c.Template, c.Window)
		fmt.Println(errors.Is(err, limits.ErrRefused), strings.Contains(out.String(), "k"))
		break
	}
	for c := range regextest.BenignRedact() {
		re, err := saferegex.Compile(context.Background(), c.Pattern, c.Limits())
		if err != nil {
			fmt.Println(err)
			return
		}
		var out strings.Builder
		_, err = re.Redact(context.Background(), &out, strings.NewReader(c.Text), c.Template, c.Window)
		fmt.Println(err, strings.Count(out.String(), c.Template) == c.Count)
		break
	}
	// Output:
	// true false
	// <nil> true
}

// Limits and Options are those that the cases are made for.
func ExampleLimits() {
	fmt.Println(regextest.Limits())
	for _, opts := range [][]saferegex.Option{nil, regextest.Options()} {
		_, err := saferegex.Compile(context.Background(), "é", regextest.Limits(), opts...)
		fmt.Println(errors.Is(err, limits.ErrRefused))
	}
	// Output:
	// input=1MiB time=1m0s
	// false
	// true
}

func ExampleHostile() {
	refused, stopped, answered := 0, 0, 0
	for c := range regextest.Hostile() {
		re, err := saferegex.Compile(context.Background(), c.Pattern, c.Limits())
		if err != nil {
			refused++
			continue
		}
		if _, err := run(context.Background(), re, c); err != nil {
			stopped++
			continue
		}
		answered++
	}
	fmt.Println(refused > 0, stopped > 0, answered > 0)
	// Output: true true true
}

// TestOutcomes: each outcome has a name, and what is none is told as such.
func TestOutcomes(t *testing.T) {
	for o, want := range map[regextest.Outcome]string{
		regextest.Answer: "answer", regextest.Stop: "stop", regextest.RefusePattern: "refuse the pattern",
		regextest.AnswerOrStop: "answer or stop", regextest.RefuseText: "refuse the text",
		regextest.RefuseText + 1: "unknown",
	} {
		if got := o.String(); got != want {
			t.Errorf("outcome %d is %q, want %q", o, got, want)
		}
	}
}
