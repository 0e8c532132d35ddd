package idtest_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/seed73825598/airlock/unicodeid"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// People says which profile lets a name in: a form for full names wants another than one for
// logins.
func ExamplePeople() {
	profiles := map[string]int{}
	for c := range idtest.People() {
		profiles[c.Profile]++
	}
	for _, name := range []string{idtest.ProfileHandle, idtest.ProfileSpaces, idtest.ProfileDisplay} {
		fmt.Printf("%q: more than 50 names: %t\n", name, profiles[name] > 50)
	}
	// Output:
	// "": more than 50 names: true
	// "spaces": more than 50 names: true
	// "display": more than 50 names: true
}

// Benign brings each name with the limits and options under which it passes.
func ExampleBenign() {
	names, refused := 0, 0
	for c := range idtest.Benign() {
		if names++; names%50 > 0 {
			continue
		}
		profile, err := unicodeid.New(c.Limits(), c.Options()...)
		if err != nil {
			fmt.Println(err)
			return
		}
		if _, err := profile.Register(context.Background(), c.Raw); err != nil {
			refused++
		}
	}
	fmt.Println("more than 1,000 names:", names > 1000, "and refused:", refused)
	// Output:
	// more than 1,000 names: true and refused: 0
}

// Profile makes the one that a case names.
func ExampleProfile() {
	lim, options := idtest.Profile(idtest.ProfileDisplay)
	profile, err := unicodeid.New(lim, options...)
	if err != nil {
		fmt.Println(err)
		return
	}
	name, err := profile.Register(context.Background(), "Dr. Ada Lovelace")
	fmt.Println(name.Display(), err)
	fmt.Println(strings.HasPrefix(profile.ID(), "display/1-"))
	// Output:
	// Dr. Ada Lovelace <nil>
	// true
}

// Apart tries a column that compares by a language: it must tell both names of each pair apart.
func ExampleApart() {
	withoutMarks := strings.NewReplacer("é", "e", "ü", "u", "ñ", "n")
	same := 0
	for pair := range idtest.Apart() {
		if withoutMarks.Replace(pair[0]) == withoutMarks.Replace(pair[1]) {
			same++
		}
	}
	fmt.Println("pairs that become one name:", same > 0)
	// Output:
	// pairs that become one name: true
}

// Limits are those that the cases are made for.
func ExampleLimits() {
	fmt.Println(idtest.Limits())
	// Output:
	// input=255B items=64
}
