package saferegex_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// price finds amounts of money; its groups are what stands before and after the point.
var price = saferegex.MustCompile(`(\d+)\.(\d{2}) EUR`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})

func ExampleRegexp_ReplaceAll() {
	out, err := price.ReplaceAll(context.Background(), []byte("tea 2.50 EUR, cake 3.20 EUR"), []byte("$1,$2 €"))
	fmt.Printf("%s %v\n", out, err)
	// Output:
	// tea 2,50 €, cake 3,20 € <nil>
}

// ReplaceAllLiteral is for a replacement that a user wrote: a dollar sign in it means nothing.
func ExampleRegexp_ReplaceAllLiteral() {
	out, err := price.ReplaceAllLiteral(context.Background(), []byte("tea 2.50 EUR"), []byte("$1 only"))
	fmt.Printf("%s %v\n", out, err)
	// Output:
	// tea $1 only <nil>
}

func ExampleRegexp_ReplaceAllLiteralString() {
	fmt.Println(price.ReplaceAllString(context.Background(), "tea 2.50 EUR", "$1 only"))
	fmt.Println(price.ReplaceAllLiteralString(context.Background(), "tea 2.50 EUR", "$1 only"))
	// Output:
	// tea 2 only <nil>
	// tea $1 only <nil>
}

func ExampleRegexp_ReplaceAllFunc() {
	word := saferegex.MustCompile(`\b[a-z]`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	out, err := word.ReplaceAllFunc(context.Background(), []byte("the old man"), bytes.ToUpper)
	fmt.Printf("%s %v\n", out, err)
	// Output:
	// The Old Man <nil>
}

func ExampleRegexp_ReplaceAllStringFunc() {
	heading := saferegex.MustCompile(`(?m)^# .*$`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	fmt.Println(heading.ReplaceAllStringFunc(context.Background(), "# notes\n# are not shouted", strings.ToUpper))
	// Output:
	// # NOTES
	// # ARE NOT SHOUTED <nil>
}

// The function sees the groups, and can end the operation: a sum that does not fit is an error of
// the caller's own, and there is no half of a text.
func ExampleRegexp_ReplaceAllSubmatchFunc() {
	errTooMuch := errors.New("more than a person has")
	cents := func(m saferegex.Match) ([]byte, error) {
		n, err := strconv.Atoi(m.Group(1) + m.Group(2))
		if err != nil {
			return nil, errTooMuch
		}
		return fmt.Appendf(nil, "%d cents", n), nil
	}
	out, err := price.ReplaceAllSubmatchFunc(context.Background(), []byte("tea 2.50 EUR"), cents)
	fmt.Printf("%s %v\n", out, err)
	out, err = price.ReplaceAllSubmatchFunc(context.Background(), []byte("tea 99999999999999999999.00 EUR"), cents)
	fmt.Printf("%q %v\n", out, errors.Is(err, errTooMuch))
	// Output:
	// tea 250 cents <nil>
	// "" true
}

func ExampleRegexp_ExpandString() {
	ctx := context.Background()
	text := "tea 2.50 EUR, cake 3.20 EUR"
	all, err := price.FindAllStringSubmatchIndex(ctx, text, -1)
	var out []byte
	for _, loc := range all {
		if out, err = price.ExpandString(ctx, out, "${1}€$2 ", text, loc); err != nil {
			break
		}
	}
	fmt.Println(string(out), err)
	// Output:
	// 2€50 3€20  <nil>
}

// ProgramSize keeps patterns of users small: what is allowed here is a search, not a program.
func ExampleProgramSize() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	for _, pattern := range []string{`error|warning`, `(error|warning){100}`} {
		_, err := saferegex.Compile(context.Background(), pattern, lim, saferegex.ProgramSize(100))
		fmt.Println(errors.Is(err, limits.ErrRefused))
	}
	// Output:
	// false
	// true
}

// Groups keeps what Each and the Submatch functions return for a match within bounds.
func ExampleGroups() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	_, err := saferegex.Compile(context.Background(), `(a)(b)(c)`, lim, saferegex.Groups(2))
	fmt.Println(err)
	_, err = saferegex.Compile(context.Background(), `(a)(b)(?:c)`, lim, saferegex.Groups(2))
	fmt.Println(err)
	// Output:
	// saferegex.Compile: too-many-groups: "(a)(b)(c)" (offset 6): needs at least 3 capturing groups, the limit is 2; if such patterns are expected, raise Groups
	// <nil>
}

// POSIX takes a pattern as egrep does: of all matches that begin leftmost the longest counts, and
// \d is not a class.
func ExamplePOSIX() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	re := saferegex.MustCompile(`tea|teapot`, lim, saferegex.POSIX())
	fmt.Println(re.FindString(context.Background(), "one teapot"))
	_, err := saferegex.Compile(context.Background(), `\d+`, lim, saferegex.POSIX())
	fmt.Println(errors.Is(err, limits.ErrRefused))
	// Output:
	// teapot <nil>
	// true
}
