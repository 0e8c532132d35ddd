package idtest_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// A chat takes names from users, by a policy that is made once.
type chat struct{ profile *unicodeid.Profile }

func newChat() (chat, error) {
	profile, err := unicodeid.New(idtest.Limits(), idtest.Options()...)
	return chat{profile}, err
}

// nick is the method under test: it makes what is stored of the name that a user typed.
func (c chat) nick(ctx context.Context, typed string) (key, shown string, err error) {
	name, err := c.profile.Register(ctx, typed)
	if err != nil {
		return "", "", err
	}
	return name.Key().Text(), name.Display().String(), nil
}

// testNick asks that what is hostile is refused, and that what people are called is not. In a file
// of your own it is TestNick. There are tens of thousands of cases: this takes every tenth.
func testNick(t *testing.T) {
	chat, err := newChat()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for c := range idtest.Hostile() {
		if n++; c.Rule == "" || n%10 != 0 {
			continue // A case without a rule is a good name by itself, and the lookalike of another.
		}
		if _, _, err := chat.nick(t.Context(), c.Raw); !errors.Is(err, limits.ErrRefused) {
			t.Errorf("%s: %+q: %v; want a refusal", c.Name, c.Raw, err)
		}
	}
	for c := range idtest.Legit() {
		if _, _, err := chat.nick(t.Context(), c.Raw); err != nil {
			t.Errorf("%s: %s: %v", c.Name, c.Raw, err)
		}
	}
}

// fuzzNick looks for a name that is another one when what is shown of it is typed in again. In a
// file of your own it is FuzzNick.
func fuzzNick(f *testing.F) {
	idtest.Seed(f)
	chat, err := newChat()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		key, shown, err := chat.nick(t.Context(), typed)
		if err != nil {
			if !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%+q: %v", typed, err)
			}
			return
		}
		if again, _, err := chat.nick(t.Context(), shown); err != nil || again != key {
			t.Errorf("%+q is %+q, and shown as %+q it is %+q (%v)", typed, key, shown, again, err)
		}
	})
}

// A test and a fuzz target of a function that takes names from users.
func Example() {
	chat, err := newChat()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, typed := range []string{" Ann ", "ann\u200b"} {
		key, shown, err := chat.nick(context.Background(), typed)
		fmt.Printf("%q %q %v\n", key, shown, err)
	}
	// Output:
	// "ann" "Ann" <nil>
	// "" "" unicodeid.Register: invisible at character 4 (U+200B): an invisible character
}
