package regextest_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
)

// sensible is what a service would set; Time is roomy because a busy machine is no finding.
var sensible = limits.Limits{InputBytes: limits.MiB, Time: time.Minute}

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
	}
	return 0, fmt.Errorf("no operation %v", c.Op)
}

// TestHostile does all of it with saferegex under its defaults.
func TestHostile(t *testing.T) {
	families, seen := map[string]int{}, map[string]bool{}
	for c := range regextest.Hostile() {
		family, _, _ := strings.Cut(c.Name, "/")
		families[family]++
		if seen[c.Name] {
			t.Errorf("%s comes twice", c.Name)
		}
		seen[c.Name] = true
		t.Run(c.Name, func(t *testing.T) {
			re, err := saferegex.Compile(t.Context(), c.Pattern, sensible)
			if c.Want == regextest.RefusePattern {
				if !errors.Is(err, limits.ErrRefused) || re != nil {
					t.Errorf("Compile: %v", err)
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
			case c.Want == regextest.AnswerOrStop && errors.Is(err, limits.ErrExceeded):
			case c.Want != regextest.Stop && (err != nil || n != c.Count):
				t.Errorf("%v: %d, %v; want %d", c.Op, n, err, c.Count)
			}
		})
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

// TestCounts holds the answers in the cases to the standard library, but for those on which it
// takes quadratic time.
func TestCounts(t *testing.T) {
	for c := range regextest.Hostile() {
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

func ExampleHostile() {
	refused, stopped, answered := 0, 0, 0
	for c := range regextest.Hostile() {
		re, err := saferegex.Compile(context.Background(), c.Pattern, sensible)
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
		regextest.AnswerOrStop: "answer or stop", regextest.AnswerOrStop + 1: "unknown",
	} {
		if got := o.String(); got != want {
			t.Errorf("outcome %d is %q, want %q", o, got, want)
		}
	}
}
