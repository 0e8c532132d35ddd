package idtest_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/seed73825598/airlock/unicodeid/idtest"
)

var (
	errTaken   = errors.New("the name is taken")
	errUnknown = errors.New("no such user")
)

// A table is what a service keeps: rows under the text that save makes of a name, found by what
// search and login make of it.
type table struct {
	search, save, login func(raw string) (string, error)
	newest              bool // login takes the newest of several rows, not the oldest
	merge               bool // a name that is taken is signed up for again: its account is returned
	looksFirst          bool // the look and the insert are two steps

	mu   sync.Mutex
	rows map[string][]string // ids, oldest first
	made int
}

func (s *table) find(text string) (ids []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows[text]
}

func (s *table) signUp(_ context.Context, raw string) (string, error) {
	text, err := s.search(raw)
	if err != nil {
		return "", err
	}
	saved, err := s.save(raw)
	if err != nil {
		return "", err
	}
	if s.looksFirst {
		taken := len(s.find(text)) > 0
		runtime.Gosched()
		if taken {
			return "", errTaken
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if ids := s.rows[text]; len(ids) > 0 && !s.looksFirst {
		if s.merge {
			return ids[0], nil
		}
		return "", errTaken
	}
	if s.rows == nil {
		s.rows = map[string][]string{}
	}
	s.made++
	id := strconv.Itoa(s.made)
	s.rows[saved] = append(s.rows[saved], id)
	return id, nil
}

func (s *table) logIn(_ context.Context, raw string) (string, error) {
	text, err := s.login(raw)
	if err != nil {
		return "", err
	}
	ids := s.find(text)
	switch {
	case len(ids) == 0:
		return "", errUnknown
	case s.newest:
		return ids[len(ids)-1], nil
	}
	return ids[0], nil
}

func (s *table) store(concurrent int) idtest.Store {
	return idtest.Store{SignUp: s.signUp, Login: s.logIn, Concurrent: concurrent}
}

// same has one mapping everywhere.
func same(mapping func(string) (string, error)) *table {
	return &table{search: mapping, save: mapping, login: mapping}
}

// plainly makes a mapping of one that refuses nothing but the empty name.
func plainly(mapping func(string) string) func(string) (string, error) {
	return func(raw string) (string, error) {
		text := mapping(raw)
		if text == "" {
			return "", errUnknown
		}
		return text, nil
	}
}

func asciiTrim(s string) string { return strings.Trim(s, " \t\n\v\f\r") }

func exactly(s string) string { return s }

func withoutFormats(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// registered and lookedUp are the mappings of a service that uses unicodeid.
func registered(t testing.TB) func(string) (string, error) {
	p := profile(t)
	return func(raw string) (string, error) {
		name, err := p.Register(t.Context(), raw)
		return name.Key().Text(), err
	}
}

func lookedUp(t testing.TB) func(string) (string, error) {
	p := profile(t)
	return func(raw string) (string, error) {
		key, err := p.Lookup(t.Context(), raw)
		return key.Text(), err
	}
}

// A recorder is a testing.TB that keeps failures to itself.
type recorder struct {
	testing.TB
	errors []string
	fatal  string
	logs   int
}

func (r *recorder) Helper() {}

func (r *recorder) Logf(string, ...any) { r.logs++ }

func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatal(args ...any) {
	r.fatal = fmt.Sprint(args...)
	runtime.Goexit()
}

func (r *recorder) Fatalf(format string, args ...any) { r.Fatal(fmt.Sprintf(format, args...)) }

// check runs CheckStore and returns what it says.
func check(t *testing.T, s idtest.Store) *recorder {
	t.Helper()
	r := &recorder{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		idtest.CheckStore(r, s)
	}()
	<-done
	return r
}

// TestCheckStorePasses on stores with one mapping, which is the key or stricter.
func TestCheckStorePasses(t *testing.T) {
	key := &table{search: registered(t), save: registered(t), login: lookedUp(t)}
	ascii := func(raw string) (string, error) {
		for _, b := range []byte(raw) {
			if b <= ' ' || b >= 0x7F {
				return "", errUnknown
			}
		}
		return strings.ToLower(raw), nil
	}
	for _, c := range []struct {
		name string
		s    *table
		left int // alphabets without an account
	}{
		{"registered", key, 0},
		{"keys without policy", same(lookedUp(t)), 0},
		{"ASCII alone", same(ascii), 13},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := check(t, c.s.store(8))
			if len(r.errors) > 0 || r.fatal != "" || r.logs != c.left {
				t.Errorf("fatal %q, %d alphabets left out, errors:\n%s", r.fatal, r.logs, strings.Join(r.errors, "\n"))
			}
			if c.s.made < 100 {
				t.Errorf("%d accounts: nearly nothing was tried", c.s.made)
			}
		})
	}
}

// TestCheckStoreFails on each store that the attack succeeds against, and says how.
func TestCheckStoreFails(t *testing.T) {
	const takeovers, lockouts, twins = "accounts taken over: ", "users locked out: ", "keys with two accounts: "
	ascii, full, strip := plainly(asciiTrim), plainly(strings.TrimSpace),
		plainly(func(s string) string { return strings.TrimSpace(withoutFormats(s)) })
	calls, mapped := 0, lookedUp(t)
	for _, c := range []struct {
		name string
		s    *table
		says []string
	}{
		{"two kinds of trimming", &table{search: ascii, save: full, login: full}, []string{takeovers, twins}},
		{"format characters stripped at login", &table{search: full, save: full, login: strip},
			[]string{takeovers, twins}},
		{"format characters stripped when saved", &table{search: full, save: strip, login: strip},
			[]string{takeovers, twins}},
		{"the newest row", &table{search: ascii, save: full, login: full, newest: true}, []string{takeovers, twins}},
		{"merged accounts", &table{search: lookedUp(t), save: lookedUp(t), login: lookedUp(t), merge: true},
			[]string{takeovers}},
		{"a collation that leaves marks out", same(plainly(func(s string) string {
			return strings.Map(func(r rune) rune {
				if unicode.Is(unicode.Mn, r) {
					return -1
				}
				return r
			}, norm.NFKD.String(strings.ToLower(strings.TrimSpace(s))))
		})), []string{"accounts opened by names of other keys: "}},
		{"a column of 16 bits", same(func(raw string) (string, error) {
			key, err := mapped(raw)
			return strings.Map(func(r rune) rune {
				if r > 0xFFFF {
					return '?'
				}
				return r
			}, key), err
		}), []string{"accounts opened by names of other keys: "}},
		{"every byte counts", same(plainly(exactly)), []string{twins}},
		{"case folded at login", &table{search: plainly(exactly), save: plainly(strings.ToLower),
			login: plainly(strings.ToLower)}, []string{takeovers, twins}},
		{"login breaks", &table{search: full, save: full, login: func(raw string) (string, error) {
			if calls++; calls > 20 {
				return "", errUnknown
			}
			return strings.TrimSpace(raw), nil
		}}, []string{lockouts}},
		{"look first, insert then", &table{search: lookedUp(t), save: lookedUp(t), login: lookedUp(t),
			looksFirst: true}, []string{twins}},
	} {
		t.Run(c.name, func(t *testing.T) {
			concurrent := 0
			if c.s.looksFirst {
				if r := check(t, (&table{search: c.s.search, save: c.s.save, login: c.s.login,
					looksFirst: true}).store(0)); len(r.errors) > 0 {
					t.Fatalf("one at a time: %q", r.errors)
				}
				concurrent = 64
			}
			r := check(t, c.s.store(concurrent))
			all := strings.Join(r.errors, "\n")
			for _, what := range c.says {
				if !strings.Contains(all, what) {
					t.Errorf("%q is not among the errors:\n%s", what, all)
				}
			}
			if r.fatal != "" || len(r.errors) > 40 {
				t.Errorf("fatal %q; %d errors", r.fatal, len(r.errors))
			}
		})
	}
}

// TestCheckStoreCannotTell is fatal where nothing can be told: a check that tries nothing must not
// pass.
func TestCheckStoreCannotTell(t *testing.T) {
	never := func(context.Context, string) (string, error) { return "", errUnknown }
	always := func(context.Context, string) (string, error) { return "1", nil }
	good := same(lookedUp(t))
	for _, c := range []struct {
		name string
		s    idtest.Store
		want string
	}{
		{"the zero Store", idtest.Store{}, "needs SignUp and Login"},
		{"no sign-up", idtest.Store{Login: never}, "needs SignUp and Login"},
		{"no login", idtest.Store{SignUp: never}, "needs SignUp and Login"},
		{"every sign-up refused", idtest.Store{SignUp: never, Login: never}, "no Latin name"},
		{"every login refused", idtest.Store{SignUp: good.signUp, Login: never}, "no Latin name"},
		{"everybody logs in", idtest.Store{SignUp: good.signUp, Login: always}, "nobody signed up"},
		{"an id of nothing", idtest.Store{SignUp: func(context.Context, string) (string, error) { return "", nil },
			Login: never}, "neither an id nor an error"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if r := check(t, c.s); !strings.Contains(r.fatal, c.want) || len(r.errors) > 0 {
				t.Errorf("fatal %q, errors %q; want %q", r.fatal, r.errors, c.want)
			}
		})
	}
}

// TestApart: the names of each pair are good, and have different keys.
func TestApart(t *testing.T) {
	p := profile(t)
	pairs := 0
	for c := range idtest.Apart() {
		a, errA := p.Register(t.Context(), c[0])
		b, errB := p.Register(t.Context(), c[1])
		if errA != nil || errB != nil || a.Key() == b.Key() {
			t.Errorf("%q and %q: %v, %v", c[0], c[1], errA, errB)
		}
		pairs++
	}
	if pairs < 30 {
		t.Errorf("%d pairs", pairs)
	}
}
