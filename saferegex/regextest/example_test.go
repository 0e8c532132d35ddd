package regextest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
	"github.com/seed73825598/airlock/saferegex/regextest"
)

// count is the function under test: it counts what a user's pattern finds in a user's text.
func count(ctx context.Context, pattern, text string) (int, error) {
	re, err := saferegex.Compile(ctx, pattern, limits.Limits{InputBytes: limits.MiB, Steps: 20_000_000,
		Time: time.Minute})
	if err != nil {
		return 0, err
	}
	n := 0
	err = re.Each(ctx, text, func(saferegex.Match) error { n++; return nil })
	return n, err
}

// testCount asks for the right answer to each hostile case, or for a refusal. In a file of your own
// it is TestCount.
func testCount(t *testing.T) {
	for c := range regextest.Hostile() {
		if c.Op != regextest.FindAll {
			continue
		}
		t.Run(c.Name, func(t *testing.T) {
			n, err := count(t.Context(), c.Pattern, c.Text)
			refused := errors.Is(err, limits.ErrRefused)
			answered := err == nil && n == c.Count
			switch c.Want {
			case regextest.Answer:
				if !answered {
					t.Errorf("%d matches, %v; want %d", n, err, c.Count)
				}
			case regextest.Stop, regextest.RefusePattern, regextest.RefuseText:
				if !refused {
					t.Errorf("%d matches, %v; want a refusal", n, err)
				}
			case regextest.AnswerOrStop:
				if !answered && !refused {
					t.Errorf("%d matches, %v; want %d or a refusal", n, err, c.Count)
				}
			}
		})
	}
}

// fuzzCount looks for a pattern and a text that end in anything but an answer or a refusal. In a
// file of your own it is FuzzCount.
func fuzzCount(f *testing.F) {
	regextest.Seed(f)
	f.Fuzz(func(t *testing.T, pattern, text string) {
		n, err := count(t.Context(), pattern, text)
		if err != nil && !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%q in %q: %v", pattern, text, err)
		}
		if n > len(text)+1 {
			t.Errorf("%q is %d times in a text of %d bytes", pattern, n, len(text))
		}
	})
}

// A test and a fuzz target of a function that takes patterns from users.
func Example() {
	fmt.Println(count(context.Background(), `a+`, "banana"))
	_, err := count(context.Background(), `((a{100}){100}){100}`, "banana")
	fmt.Println(errors.Is(err, limits.ErrRefused))
	// Output:
	// 3 <nil>
	// true
}
