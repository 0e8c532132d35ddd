package unicodeid_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/seed73825598/airlock/internal/ucd"
	"github.com/seed73825598/airlock/internal/ucd/layout"
	"github.com/seed73825598/airlock/unicodeid"
)

// A naive store keeps names as sign-up saw them and finds them as login sees them. Each is sensible alone; that they are two is the hole.
type naiveStore struct {
	rows          []string // the name of each row, in order; its index is the user
	signUp, login func(string) string
}

var errTaken = errors.New("taken")

// register looks whether the name is there, by its own idea of a name, and adds a row.
func (s *naiveStore) register(raw string) (int, error) {
	for _, name := range s.rows {
		if name == s.signUp(raw) {
			return 0, errTaken
		}
	}
	s.rows = append(s.rows, s.signUp(raw))
	return len(s.rows) - 1, nil
}

// find returns the first row that login takes for the name, or -1.
func (s *naiveStore) find(raw string) int {
	for i, name := range s.rows {
		if s.login(name) == s.login(raw) {
			return i
		}
	}
	return -1
}

// takeover signs a victim up and then an attacker as the victim's name with one code point behind it. It succeeds if the attacker, who has an account
// and a password of his own, is somebody else at login.
func takeover(s *naiveStore, r rune) bool {
	s.rows = s.rows[:0]
	victim, err := s.register("victim")
	if err != nil {
		return false
	}
	attacker, err := s.register("victim" + string(r))
	if err != nil {
		return false
	}
	return s.find("victim"+string(r)) == victim && attacker != victim
}

// TestTakeover tells the story over all code points: sign-up saves one form of a name, login looks for another, and finds the older row. Where one side
// trims the white space of ASCII and the other that of Unicode, 19 code points do it; where one strips format characters besides, 170. On a Key none does.
func TestTakeover(t *testing.T) {
	asciiTrim := func(s string) string { return strings.Trim(s, " \t\n\v\f\r") }
	unicodeTrim := func(s string) string {
		return strings.TrimFunc(s, func(r rune) bool { return ucd.Of(r).Has(layout.WhiteSpace) })
	}
	strip := func(s string) string {
		return strings.Map(func(r rune) rune {
			if ucd.Of(r).Category() == layout.Cf {
				return -1
			}
			return r
		}, unicodeTrim(s))
	}
	p := profile(t)
	key := func(s string) string {
		k, err := p.Lookup(context.Background(), s)
		if err != nil {
			return "\x00" + s // No key: no row has it.
		}
		return k.Text()
	}
	for _, c := range []struct {
		name          string
		signUp, login func(string) string
		want          int
	}{
		{"ASCII trim at sign-up, Unicode trim at login", asciiTrim, unicodeTrim, 19},
		{"Unicode trim at sign-up, format characters stripped at login", unicodeTrim, strip, 170},
		{"one key at both", key, key, 0},
	} {
		s := &naiveStore{signUp: c.signUp, login: c.login}
		got := 0
		for r := range rune(utf8.MaxRune + 1) {
			if utf8.ValidRune(r) && takeover(s, r) {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: %d code points take the account over, want %d", c.name, got, c.want)
		}
	}
}

// TestNoKeyIsNobody: what has no key opens no account, however it is spelt, and says nothing about why.
func TestNoKeyIsNobody(t *testing.T) {
	p := profile(t)
	for _, raw := range []string{"", " ", "\x00", "victim\x00", "\xff", "\ue000", "\u0378", "\ufdd0", "\u200b", strings.Repeat("x", 300), strings.Repeat("\u0301", 65)} {
		key, err := p.Lookup(t.Context(), raw)
		if !errors.Is(err, unicodeid.ErrNoKey) || key != (unicodeid.Key{}) {
			t.Errorf("%.20q: %q, %v", raw, key.Text(), err)
		}
	}
}
