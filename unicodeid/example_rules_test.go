package unicodeid_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/seed73825598/airlock/unicodeid"
)

// New names every mistake at once. Limits are required, because nothing is unlimited by accident.
func ExampleNew() {
	_, err := unicodeid.New(names, unicodeid.Graphemes(0), unicodeid.AllowScripts("Latn"))
	fmt.Println(err)
	profile, err := unicodeid.New(names, unicodeid.Reserved("admin", "root"), unicodeid.MinGraphemes(3))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.HasPrefix(profile.ID(), "handle/1-"), profile.Data().Unicode)
	// Output:
	// unicodeid.New: Graphemes is 0: not between 1 and 1048576; AllowScripts Latn is recommended for identifiers and allowed anyway
	// true 15.0.0
}

// Rules is what a review of a policy goes through.
func ExampleRules() {
	n := 0
	for info := range unicodeid.Rules() {
		if n++; n <= 3 {
			fmt.Println(info.Rule, info.CWE)
		}
	}
	fmt.Println(n, "rules")
	// Output:
	// invalid-utf8 CWE-176
	// empty CWE-20
	// too-long CWE-770
	// 24 rules
}

// Texts yields what a translation has to say: the sentence of each rule, with what is filled in.
func ExampleTexts() {
	german := map[unicodeid.Rule]string{
		unicodeid.RuleTooLong:   "höchstens {limit} {unit}",
		unicodeid.RuleInvisible: "ein unsichtbares Zeichen",
	}
	missing := 0
	for rule, english := range unicodeid.Texts() {
		switch text, ok := german[rule]; {
		case !ok:
			missing++
		case strings.Contains(english, "{limit}") == strings.Contains(text, "{limit}"):
			fmt.Printf("%s: %s = %s\n", rule, english, text)
		}
	}
	fmt.Println("more to translate:", missing > 0)
	// Output:
	// too-long: the name is too long: the limit is {limit} {unit} = höchstens {limit} {unit}
	// invisible: an invisible character = ein unsichtbares Zeichen
	// more to translate: true
}

// UnsafeAdopt is for the rows of before: the name keeps its owner, and its lookalikes are refused
// to others from now on.
func ExampleProfile_UnsafeAdopt() {
	profile, err := unicodeid.New(names, unicodeid.Reserved("admin"))
	if err != nil {
		fmt.Println(err)
		return
	}
	ours, problems, err := profile.UnsafeAdopt(context.Background(), "Admin")
	fmt.Println(ours.Display(), ours.Key().Text(), len(ours.Skeletons()) > 0, err)
	for _, p := range problems {
		fmt.Println(p.Rule)
	}
	// Output:
	// Admin admin true <nil>
	// reserved
}

// WordList lets an administrator edit the words while the service runs.
func ExampleWordList() {
	var current atomic.Pointer[unicodeid.Words]
	profile, err := unicodeid.New(names, unicodeid.WordList(current.Load))
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = profile.Register(context.Background(), "mayor")
	fmt.Println(err)
	words, err := unicodeid.ParseWords(context.Background(), strings.NewReader("mayor\n"), names)
	if err != nil {
		fmt.Println(err)
		return
	}
	current.Store(words)
	_, err = profile.Register(context.Background(), "mayor")
	fmt.Println(err)
	// Output:
	// <nil>
	// unicodeid.Register: reserved at character 1: the name is reserved
}

// An Error says where a name is wrong, in the units of the program that shows it, and what to write
// instead.
func ExampleError() {
	profile, err := unicodeid.New(names)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = profile.Register(context.Background(), "ann\u200b ﬁsh")
	if refusal, ok := errors.AsType[*unicodeid.Error](err); ok {
		for _, p := range refusal.Problems {
			fmt.Printf("%s: byte %d, UTF-16 %d, character %d: %s; try %q\n", p.Rule, p.Offset, p.UTF16, p.Grapheme,
				p.Detail, p.Fix)
		}
	}
	// Output:
	// invisible: byte 3, UTF-16 3, character 3: an invisible character; try ""
	// inner-space: byte 6, UTF-16 4, character 4: white space within the name; try ""
	// compatibility: byte 7, UTF-16 5, character 5: a special form of plain characters; try "fi"
}
