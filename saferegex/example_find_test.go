package saferegex_test

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/saferegex"
)

// order finds what a customer has ordered: a number, and the goods.
var order = saferegex.MustCompile(`(\d+)(?: x)? (\w+)`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})

// A header that was read as bytes needs no conversion to a string.
func ExampleRegexp_Match() {
	boundary := saferegex.MustCompile(`(?m)^--[0-9a-f]+\r?$`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	fmt.Println(boundary.Match(context.Background(), []byte("preamble\r\n--7f3a\r\n")))
	fmt.Println(boundary.Match(context.Background(), []byte("preamble -- not one")))
	// Output:
	// true <nil>
	// false <nil>
}

// FullMatch is for validation: nothing may stand around the match, not even a line break.
func ExampleRegexp_FullMatch() {
	id := saferegex.MustCompile(`[0-9a-f]{8}`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	fmt.Println(id.FullMatch(context.Background(), []byte("00c0ffee")))
	fmt.Println(id.FullMatch(context.Background(), []byte("00c0ffee\n")))
	// Output:
	// true <nil>
	// false <nil>
}

// FullMatchString needs no anchors: a pattern such as ^a|b$, which lets more in than it seems to,
// has none to be misread.
func ExampleRegexp_FullMatchString() {
	lim := limits.Limits{InputBytes: limits.KiB, Time: time.Second}
	anchored := saferegex.MustCompile(`^jpg|png$`, lim)
	fmt.Println(anchored.MatchString(context.Background(), "jpg; rm -r"))
	whole := saferegex.MustCompile(`jpg|png`, lim)
	fmt.Println(whole.FullMatchString(context.Background(), "jpg; rm -r"))
	// Output:
	// true <nil>
	// false <nil>
}

func ExampleRegexp_Find() {
	found, err := order.Find(context.Background(), []byte("please send 3 x apples and 12 pears"))
	fmt.Printf("%q %v\n", found, err)
	// Output:
	// "3 x apples" <nil>
}

// FindString returns "" for no match and for an empty one alike.
func ExampleRegexp_FindString() {
	found, err := order.FindString(context.Background(), "please send 3 x apples and 12 pears")
	fmt.Printf("%q %v\n", found, err)
	found, err = order.FindString(context.Background(), "nothing, thank you")
	fmt.Printf("%q %v\n", found, err)
	// Output:
	// "3 x apples" <nil>
	// "" <nil>
}

func ExampleRegexp_FindIndex() {
	text := []byte("please send 3 x apples and 12 pears")
	loc, err := order.FindIndex(context.Background(), text)
	if err != nil || loc == nil {
		fmt.Println("none", err)
		return
	}
	fmt.Printf("%q, then %q\n", text[loc[0]:loc[1]], text[loc[1]:])
	// Output:
	// "3 x apples", then " and 12 pears"
}

// FindStringIndex tells an empty match from none.
func ExampleRegexp_FindStringIndex() {
	digits := saferegex.MustCompile(`\d*$`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	fmt.Println(digits.FindStringIndex(context.Background(), "room 42"))
	fmt.Println(digits.FindStringIndex(context.Background(), "no room"))
	fmt.Println(order.FindStringIndex(context.Background(), "no room"))
	// Output:
	// [5 7] <nil>
	// [7 7] <nil>
	// [] <nil>
}

// A group that took no part in the match is nil, and one that matched nothing is empty.
func ExampleRegexp_FindSubmatch() {
	re := saferegex.MustCompile(`(-)?(\d+)(\w*)`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	groups, err := re.FindSubmatch(context.Background(), []byte("20"))
	for i, g := range groups {
		fmt.Printf("%d %q %t\n", i, g, g == nil)
	}
	fmt.Println(err)
	// Output:
	// 0 "20" false
	// 1 "" true
	// 2 "20" false
	// 3 "" false
	// <nil>
}

func ExampleRegexp_FindSubmatchIndex() {
	text := []byte("12 pears")
	loc, err := order.FindSubmatchIndex(context.Background(), text)
	fmt.Println(loc, err)
	fmt.Printf("%s of %s\n", text[loc[2]:loc[3]], text[loc[4]:loc[5]])
	// Output:
	// [0 8 0 2 3 8] <nil>
	// 12 of pears
}

// The position of a group is -1 if the group took no part.
func ExampleRegexp_FindStringSubmatchIndex() {
	re := saferegex.MustCompile(`(\w+)(?:@(\w+))?`, limits.Limits{InputBytes: limits.KiB, Time: time.Second})
	fmt.Println(re.FindStringSubmatchIndex(context.Background(), "ada@example"))
	fmt.Println(re.FindStringSubmatchIndex(context.Background(), "ada"))
	// Output:
	// [0 11 0 3 4 11] <nil>
	// [0 3 0 3 -1 -1] <nil>
}

func ExampleRegexp_FindAll() {
	all, err := order.FindAll(context.Background(), []byte("1 apple, 2 pears, 3 plums"), 2)
	fmt.Printf("%q %v\n", all, err)
	// Output:
	// ["1 apple" "2 pears"] <nil>
}

func ExampleRegexp_FindAllIndex() {
	fmt.Println(order.FindAllIndex(context.Background(), []byte("1 apple, 2 pears"), -1))
	// Output:
	// [[0 7] [9 16]] <nil>
}

// Positions are what a page needs that marks what was found.
func ExampleRegexp_FindAllStringIndex() {
	text := "1 apple, 2 pears"
	all, err := order.FindAllStringIndex(context.Background(), text, -1)
	var marked strings.Builder
	end := 0
	for _, loc := range all {
		marked.WriteString(text[end:loc[0]] + "[" + text[loc[0]:loc[1]] + "]")
		end = loc[1]
	}
	marked.WriteString(text[end:])
	fmt.Println(marked.String(), err)
	// Output:
	// [1 apple], [2 pears] <nil>
}

func ExampleRegexp_FindAllSubmatch() {
	all, err := order.FindAllSubmatch(context.Background(), []byte("1 apple, 2 pears"), -1)
	for _, groups := range all {
		fmt.Printf("%s of %s\n", groups[1], groups[2])
	}
	fmt.Println(err)
	// Output:
	// 1 of apple
	// 2 of pears
	// <nil>
}

func ExampleRegexp_FindAllStringSubmatch() {
	all, err := order.FindAllStringSubmatch(context.Background(), "1 apple, 2 pears", -1)
	stock := map[string]string{}
	for _, groups := range all {
		stock[groups[2]] = groups[1]
	}
	fmt.Println(stock, err)
	// Output:
	// map[apple:1 pears:2] <nil>
}

func ExampleRegexp_FindAllSubmatchIndex() {
	fmt.Println(order.FindAllSubmatchIndex(context.Background(), []byte("1 apple, 2 pears"), -1))
	// Output:
	// [[0 7 0 1 2 7] [9 16 9 10 11 16]] <nil>
}

func ExampleRegexp_FindAllStringSubmatchIndex() {
	text := "1 apple, 2 pears"
	all, err := order.FindAllStringSubmatchIndex(context.Background(), text, -1)
	for _, loc := range all {
		fmt.Println(text[loc[4]:loc[5]], "at", loc[4])
	}
	fmt.Println(err)
	// Output:
	// apple at 2
	// pears at 11
	// <nil>
}

// Positions in a reader are in bytes from where it stood, whatever the characters.
func ExampleRegexp_FindReaderIndex() {
	fmt.Println(order.FindReaderIndex(context.Background(), strings.NewReader("für mich 2 apples")))
	// Output:
	// [10 18] <nil>
}

func ExampleRegexp_FindReaderSubmatchIndex() {
	loc, err := order.FindReaderSubmatchIndex(context.Background(), strings.NewReader("send 2 pears"))
	fmt.Println(loc, err)
	// Output:
	// [5 12 5 6 7 12] <nil>
}
