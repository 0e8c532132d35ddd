package unicodeid_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

var names = limits.Limits{InputBytes: 255, Items: 64}

func ExampleProfile_Register() {
	profile, err := unicodeid.New(names, unicodeid.Reserved("admin"))
	if err != nil {
		panic(err)
	}
	name, err := profile.Register(context.Background(), " José ")
	fmt.Println(name.Display(), name.Key().Text(), err)

	_, err = profile.Register(context.Background(), "ﬁsh\u200bmonger")
	if refusal, ok := errors.AsType[*unicodeid.Error](err); ok {
		for _, p := range refusal.Problems {
			fmt.Printf("%s at %d: %s %q\n", p.Rule, p.Grapheme, p.Detail, p.Fix)
		}
	}
	_, err = profile.Register(context.Background(), "4DM1N")
	fmt.Println(err)
	// Output:
	// José josé <nil>
	// compatibility at 0: a special form of plain characters "fi"
	// invisible at 3: an invisible character ""
	// unicodeid.Register: reserved at character 1: the name is reserved
}

func ExampleProfile_Lookup() {
	profile, err := unicodeid.New(names)
	if err != nil {
		panic(err)
	}
	for _, typed := range []string{"José", "JOSE\u0301\n", "jo\u200bsé"} {
		key, err := profile.Lookup(context.Background(), typed)
		fmt.Println(key.Text(), err)
	}
	_, err = profile.Lookup(context.Background(), "jos\xe9")
	fmt.Println(errors.Is(err, unicodeid.ErrNoKey), err)
	// Output:
	// josé <nil>
	// josé <nil>
	// josé <nil>
	// true unicodeid.Lookup: invalid-utf8 at character 1 (U+FFFD): the text is not UTF-8
}

func ExampleName_ConflictsWith() {
	profile, err := unicodeid.New(names)
	if err != nil {
		panic(err)
	}
	paypal, _ := profile.Register(context.Background(), "paypal")
	for _, other := range []string{"PayPal", "paypaI", "paypa1", "раураӏ", "paypai"} {
		name, err := profile.Register(context.Background(), other)
		fmt.Printf("%q %v %v\n", other, paypal.ConflictsWith(name), err)
	}
	// Output:
	// "PayPal" true <nil>
	// "paypaI" true <nil>
	// "paypa1" true <nil>
	// "раураӏ" true <nil>
	// "paypai" false <nil>
}

func ExampleProfile_Audit() {
	profile, err := unicodeid.New(names)
	if err != nil {
		panic(err)
	}
	rows := func(yield func(unicodeid.Row, error) bool) {
		for id, name := range []string{"alice", "Alice ", "a1ice", "bob\u202e"} {
			if !yield(unicodeid.Row{ID: fmt.Sprint(id), Name: name}, nil) {
				return
			}
		}
	}
	err = profile.Audit(context.Background(), rows, limits.Limits{Items: 1_000_000, Time: time.Minute},
		func(f unicodeid.Finding) error {
			fmt.Printf("%s: %s %q\n", f.Row.ID, f.Kind, f.Other)
			return nil
		})
	fmt.Println(err)
	// Output:
	// 1: collision "0"
	// 2: lookalike "0"
	// 3: refused ""
	// <nil>
}

func ExampleParseWords() {
	words, err := unicodeid.ParseWords(context.Background(), strings.NewReader("# ours\nsupport\n*casino*\n"),
		limits.Limits{InputBytes: limits.MiB, Items: 10_000})
	if err != nil {
		panic(err)
	}
	profile, err := unicodeid.New(names, unicodeid.WordList(func() *unicodeid.Words { return words }))
	if err != nil {
		panic(err)
	}
	_, err = profile.Register(context.Background(), "best.CA51N0")
	fmt.Println(err)
	// Output:
	// unicodeid.Register: blocked at character 1: the name holds a phrase that is not allowed
}
