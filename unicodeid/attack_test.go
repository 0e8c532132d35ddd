package unicodeid_test

import (
	"errors"
	"flag"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
)

var (
	errTaken   = errors.New("the name is taken")
	errUnknown = errors.New("no such user")
)

// An accounts is a table of users as thousands of services have it: a name is cleaned before the
// look for an existing user, cleaned again when the row is saved, and cleaned at login, by code of
// three hands. Each row is right, and there is no constraint on the column.
type accounts struct {
	search, save, login func(raw string) (string, error)

	rows []string // the saved names, oldest first; the id of a row is its index
}

// signUp looks for an existing user first, and returns the id of the new row.
func (a *accounts) signUp(raw string) (int, error) {
	searched, err := a.search(raw)
	if err != nil {
		return 0, err
	}
	if slices.Contains(a.rows, searched) {
		return 0, errTaken
	}
	saved, err := a.save(raw)
	if err != nil {
		return 0, err
	}
	a.rows = append(a.rows, saved)
	return len(a.rows) - 1, nil
}

// logIn loads the first row of the name: the older.
func (a *accounts) logIn(raw string) (int, error) {
	wanted, err := a.login(raw)
	if err != nil {
		return 0, err
	}
	for id, name := range a.rows {
		if name == wanted {
			return id, nil
		}
	}
	return 0, errUnknown
}

// takenOver plays the attack with one spelling on a table whose last row is the victim's: the
// attacker signs up under a name that the look for an existing user does not find, chooses a
// password, and is logged in by the name that was typed. It reports whether that is the victim's
// account.
func (a *accounts) takenOver(raw string) bool {
	victim := len(a.rows) - 1
	if _, err := a.signUp(raw); err != nil {
		return false
	}
	id, err := a.logIn(raw)
	a.rows = a.rows[:victim+1]
	return err == nil && id == victim
}

// takeovers counts the code points that take the account of "victim" over, with each put at one
// place of the name: every code point there is, but of those for private use and of the unassigned
// ones of no property one in twenty (all with -whole), or all but letters and those of no meaning.
func (a accounts) takeovers(t *testing.T, every bool, before, after string) int {
	t.Helper()
	if _, err := a.signUp("victim"); err != nil {
		t.Fatalf("the victim cannot sign up: %v", err)
	}
	n := 0
	for r := range rune(utf8.MaxRune + 1) {
		p := ucd.Of(r)
		if !utf8.ValidRune(r) || !every && isPlain(p) || r%20 != 0 && !wholeRun() && isEmpty(p) {
			continue
		}
		if a.takenOver(before + string(r) + after) {
			n++
		}
	}
	return n
}

// isEmpty reports one of the million code points that are alike in every property.
func isEmpty(p ucd.Props) bool {
	c := p.Category()
	return (c == layout.Cn || c == layout.Co) && !p.Has(layout.DefaultIgnorable|layout.Noncharacter)
}

// wholeRun reports the flag -whole, which the tests inside of the package define.
func wholeRun() bool { return flag.Lookup("whole").Value.String() == "true" }

func isPlain(p ucd.Props) bool {
	switch p.Category() { //nolint:exhaustive // The others are not plain.
	case layout.Cn, layout.Co, layout.Ll, layout.Lm, layout.Lo, layout.Lt, layout.Lu:
		return !p.Has(layout.DefaultIgnorable)
	}
	return false
}

// clean makes a mapping of one that has no errors.
func clean(f func(string) string) func(string) (string, error) {
	return func(raw string) (string, error) { return f(raw), nil }
}

// trimASCII is the trim of C's isspace, PHP and SQL; trimUnicode that of strings.TrimSpace, Python
// and JavaScript.
func trimASCII(s string) string { return strings.Trim(s, "\t\n\v\f\r ") }

func trimUnicode(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return ucd.Of(r).Has(layout.WhiteSpace) })
}

// stripFormats drops General_Category Cf.
func stripFormats(s string) string {
	return strings.Map(func(r rune) rune {
		if ucd.Of(r).Category() == layout.Cf {
			return -1
		}
		return r
	}, s)
}

func stripIgnorables(s string) string {
	return strings.Map(func(r rune) rune {
		if ucd.Of(r).Has(layout.DefaultIgnorable) {
			return -1
		}
		return r
	}, s)
}

// TestTakeover tells the attack on tables whose hands differ, over every code point, and on the
// same table with one mapping: the key.
func TestTakeover(t *testing.T) {
	t.Parallel()
	p := profile(t)
	register := func(raw string) (string, error) {
		name, err := p.Register(t.Context(), raw)
		return name.Key().Text(), err
	}
	lookup := func(raw string) (string, error) {
		key, err := p.Lookup(t.Context(), raw)
		return key.Text(), err
	}
	ascii, full := clean(trimASCII), clean(trimUnicode)
	strip := clean(func(s string) string { return trimUnicode(stripFormats(s)) })
	ignore := clean(func(s string) string { return trimUnicode(stripIgnorables(s)) })
	for _, c := range []struct {
		name                string
		a                   accounts
		start, middle, ends int
		every               bool // at the end
	}{
		// Sign-up looks for the ASCII-trimmed name and saves the Unicode-trimmed one, which login
		// loads: the 25 of White_Space without 6 of ASCII.
		{"ASCII trim meets Unicode trim", accounts{search: ascii, save: full, login: full}, 19, 0, 19, true},
		// Both trim alike, and what is saved and loaded is without format characters: all 170 of
		// Cf.
		{"one side strips format characters", accounts{search: full, save: strip, login: strip}, 170, 170, 170, true},
		// The same where the row is saved as it was looked for, and only login strips.
		{"login strips format characters", accounts{search: full, save: full, login: strip}, 170, 170, 170, false},
		{"both faults", accounts{search: ascii, save: strip, login: strip}, 189, 170, 189, false},
		// All that is ignorable, assigned or not.
		{"one side strips ignorable characters", accounts{search: full, save: ignore, login: ignore}, 4174, 4174,
			4174, false},

		{"one mapping: the key, and the policy at sign-up", accounts{search: register, save: register, login: lookup},
			0, 0, 0, true},
		{"one mapping: the key alone", accounts{search: lookup, save: lookup, login: lookup}, 0, 0, 0, true},
	} {
		if testing.Short() && strings.Contains(c.name, "policy") {
			continue // The key alone stands for it.
		}
		t.Run(c.name, func(t *testing.T) {
			for _, at := range []struct {
				name, before, after string
				want                int
			}{{"start", "", "victim", c.start}, {"middle", "vic", "tim", c.middle}, {"end", "victim", "", c.ends}} {
				if got := c.a.takeovers(t, c.every && at.after == "", at.before, at.after); got != at.want {
					t.Errorf("%d code points at the %s take the account over; want %d", got, at.name, at.want)
				}
			}
		})
	}
}
