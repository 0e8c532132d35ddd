//go:build unix

package accounts

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"flag"
	"hash"
	"path/filepath"
	"testing"
	"time"

	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

var times = flag.Bool("times", false, "compare how long logins take, on a quiet machine")

// work is what a call has cost in what takes time: rounds of the hash, and statements.
type work struct{ rounds, statements int }

// counted counts what is written to a hash.
type counted struct {
	hash.Hash
	work *work
}

func (c counted) Write(p []byte) (int, error) {
	c.work.rounds++
	return c.Hash.Write(p)
}

// counting returns a store with a user and a released one, and what its calls cost.
func counting(t *testing.T) (*Store, *work) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "users.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=foreign_keys(1)&_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	p, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64})
	if err != nil {
		t.Fatal(err)
	}
	ctx, w, dialect := t.Context(), &work{}, SQLite()
	dialect.Rewrite = func(query string) string {
		w.statements++
		return query
	}
	s := New(db, p, dialect)
	s.digest = func() hash.Hash { return counted{sha256.New(), w} }
	if err := s.Create(ctx); err != nil {
		t.Fatal(err)
	}
	known, err := s.SignUp(ctx, "known", "secret")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.SetAddress(ctx, known, "known@example.org"); err != nil {
		t.Fatal(err)
	}
	gone, err := s.SignUp(ctx, "gone_now", "secret")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Release(ctx, gone); err != nil {
		t.Fatal(err)
	}
	return s, w
}

// strangers are the names of no user: not there, without a key, too long, and released.
var strangers = []string{"unknown", "no\x00key", "\xff", string(make([]byte, 300)), "gone_now"}

// TestEqualWork: a login and a request for a reset cost as much for a name without a user as for a
// user, in rounds of the hash and in statements, and with -times by the clock.
func TestEqualWork(t *testing.T) {
	s, w := counting(t)
	for name, call := range map[string]func(raw string) error{
		"login": func(raw string) error {
			if _, err := s.Login(t.Context(), raw, "wrong"); !errors.Is(err, ErrLogin) {
				return err
			}
			return nil
		},
		"reset": func(raw string) error { return s.RequestReset(t.Context(), raw, func(string, string) {}) },
	} {
		cost := func(raw string) work {
			*w = work{}
			if err := call(raw); err != nil {
				t.Fatalf("%s of %q: %v", name, raw, err)
			}
			return *w
		}
		want := cost("known")
		if want.statements == 0 || name == "login" && want.rounds < iterations {
			t.Errorf("%s: %+v: nothing is counted", name, want)
		}
		for _, raw := range strangers {
			if got := cost(raw); got != want {
				t.Errorf("%s of %.20q costs %+v, of a user %+v", name, raw, got, want)
			}
		}
	}
	if *times {
		sameTimes(t, s)
	}
}

// sameTimes: the same by the clock, the fastest of many runs: 0.9 to 1.1 times a user's.
func sameTimes(t *testing.T, s *Store) {
	t.Helper()
	s.digest = sha256.New
	names := append([]string{"known"}, strangers...)
	fastest := make([]time.Duration, len(names))
	for range 300 {
		for i, name := range names {
			began := time.Now()
			if _, err := s.Login(context.Background(), name, "wrong"); !errors.Is(err, ErrLogin) {
				t.Fatalf("%q: %v", name, err)
			}
			if took := time.Since(began); fastest[i] == 0 || took < fastest[i] {
				fastest[i] = took
			}
		}
	}
	for i, took := range fastest[1:] {
		ratio := float64(took) / float64(fastest[0])
		t.Logf("%.10q: %.2f of a user's", names[i+1], ratio)
		if ratio < 0.9 || ratio > 1.1 {
			t.Errorf("%.10q takes %v, a user %v", names[i+1], took, fastest[0])
		}
	}
}
