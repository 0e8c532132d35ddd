package idtest_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// One hostile name of a rule, which must be refused, and one that must conflict with another.
func ExampleHostile() {
	profile, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	for c := range idtest.Hostile() {
		switch c.Name {
		case "invisible/U+200B-end":
			_, err := profile.Register(ctx, c.Raw)
			var refused *unicodeid.Error
			fmt.Printf("%s: %+q: refused %t, under %s\n", c.Name, c.Raw, errors.As(err, &refused),
				refused.Problems[0].Rule)
		case "lookalike/paypaI-as-paypal":
			name, err := profile.Register(ctx, c.Raw)
			like, likeErr := profile.Register(ctx, c.Like)
			fmt.Printf("%s: errors %v and %v, conflict %t\n", c.Name, err, likeErr, name.ConflictsWith(like))
		}
	}
	// Output:
	// invisible/U+200B-end: "victim\u200b": refused true, under invisible
	// lookalike/paypaI-as-paypal: errors <nil> and <nil>, conflict true
}

// Names of people must pass: count those that a rule of your own would turn away.
func ExampleLegit() {
	turnedAway := map[string]int{}
	for c := range idtest.Legit() {
		if slices.ContainsFunc([]rune(c.Raw), func(r rune) bool { return r > 0xFF }) {
			turnedAway[c.Language]++
		}
	}
	fmt.Println("Latin-1 turns Poles away:", turnedAway["Polish"] > 0, "and Danes:", turnedAway["Danish"] > 0)
	// Output: Latin-1 turns Poles away: true and Danes: true
}

// The names that a profile has before it is given the cases.
func ExampleOptions() {
	profile, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = profile.Register(context.Background(), "the-Adm1n")
	fmt.Println(err)
	// Output: unicodeid.Register: reserved at character 1: the name is reserved
}

// A table with one mapping at sign-up and at login stands the attack. In a test of your own t is
// the test's.
func ExampleCheckStore() {
	profile, err := unicodeid.New(idtest.Limits())
	if err != nil {
		fmt.Println(err)
		return
	}
	rows := map[unicodeid.Key]string{}
	store := idtest.Store{
		SignUp: func(ctx context.Context, raw string) (string, error) {
			name, err := profile.Register(ctx, raw)
			if err != nil {
				return "", err
			}
			if rows[name.Key()] != "" {
				return "", errTaken
			}
			rows[name.Key()] = fmt.Sprint("user ", len(rows)+1)
			return rows[name.Key()], nil
		},
		Login: func(ctx context.Context, raw string) (string, error) {
			key, err := profile.Lookup(ctx, raw)
			if err != nil || rows[key] == "" {
				return "", errUnknown
			}
			return rows[key], nil
		},
	}
	_ = func(t *testing.T) { idtest.CheckStore(t, store) }

	id, err := store.SignUp(context.Background(), "Mallory")
	fmt.Println(id, err)
	_, err = store.SignUp(context.Background(), " mallory\u00a0")
	fmt.Println(err)
	id, err = store.Login(context.Background(), "MALLORY\u200b")
	fmt.Println(id, err)
	// Output:
	// user 1 <nil>
	// the name is taken
	// user 1 <nil>
}
