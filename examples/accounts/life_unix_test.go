//go:build unix

package accounts_test

import (
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/seed73825598/airlock/examples/accounts"
	"github.com/seed73825598/airlock/unicodeid/idtest"
)

// TestRename: a name of the same key is the same name, an old name stays taken for others, and its
// owner may have it back.
func TestRename(t *testing.T) {
	each(t, func(t *testing.T, _ *sql.DB, s *accounts.Store, _ accounts.Dialect) {
		ctx := t.Context()
		signUp := func(name string) int64 {
			id, err := s.SignUp(ctx, name, name)
			if err != nil {
				t.Fatalf("%q: %v", name, err)
			}
			return id
		}
		paul, eve := signUp("paypaul"), signUp("evelyn")
		rename := func(id int64, name string, want error) {
			t.Helper()
			if err := s.Rename(ctx, id, name); !errors.Is(err, want) {
				t.Errorf("%d to %q: %v, want %v", id, name, err, want)
			}
		}
		rename(paul, "PayPaul", nil) // Case alone.
		rename(paul, "paypauI", nil) // A lookalike of one's own.
		rename(paul, "paypaul", nil) // And back.
		rename(paul, "gustav", nil)
		rename(eve, "paypaul", accounts.ErrTaken) // The tombstone's key,
		rename(eve, "paypau1", accounts.ErrTaken) // and its look.
		rename(eve, "GUSTAV", accounts.ErrTaken)
		if _, err := s.Login(ctx, "paypaul", "paypaul"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("login by a name that was left: %v", err)
		}
		if id, err := s.Login(ctx, "Gustav", "paypaul"); err != nil || id != paul {
			t.Errorf("login by the new name: %d, %v", id, err)
		}
		rename(paul, "paypaul", nil)
		if id, err := s.Login(ctx, "paypaul", "paypaul"); err != nil || id != paul {
			t.Errorf("login by the name that was taken back: %d, %v", id, err)
		}
		rename(paul, "henrik", nil)
		if err := s.Purge(ctx, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		rename(eve, "paypaul", nil)
		rename(eve, "gustav", nil)
		if err := s.Rename(ctx, eve, "a\u200bb"); err == nil {
			t.Error("a bad name is accepted")
		}
		// A look that a tombstone held comes back with the name that has it now, and Purge does not free
		// it.
		anna := signUp("annabell")
		rename(anna, "bertha", nil)
		rename(anna, "annabeII", nil)
		if err := s.Purge(ctx, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		rename(eve, "annabe11", accounts.ErrTaken)
		rename(eve, "annabeIl", accounts.ErrTaken)
	})
}

// TestRelease: a released name opens nothing and stays taken until it is purged.
func TestRelease(t *testing.T) {
	each(t, func(t *testing.T, _ *sql.DB, s *accounts.Store, _ accounts.Dialect) {
		ctx := t.Context()
		id, err := s.SignUp(ctx, "clara_oswin", "secret")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Release(ctx, id); err != nil {
			t.Fatal(err)
		}
		for _, password := range []string{"secret", ""} {
			if _, err := s.Login(ctx, "clara_oswin", password); !errors.Is(err, accounts.ErrLogin) {
				t.Errorf("login after the release: %v", err)
			}
		}
		for _, name := range []string{"Clara_Oswin", "cIara_oswin"} {
			if _, err := s.SignUp(ctx, name, "evil"); !errors.Is(err, accounts.ErrTaken) {
				t.Errorf("%q: %v", name, err)
			}
		}
		if err := s.Purge(ctx, time.Now().Add(-time.Hour)); err != nil {
			t.Fatal(err)
		}
		if _, err := s.SignUp(ctx, "clara_oswin", "evil"); !errors.Is(err, accounts.ErrTaken) {
			t.Errorf("too early: %v", err)
		}
		if err := s.Purge(ctx, time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		if next, err := s.SignUp(ctx, "clara_oswin", "new"); err != nil || next == id {
			t.Errorf("after the purge: user %d after %d, %v", next, id, err)
		}
	})
}

// TestReset: a token goes to the stored address and nowhere else, and is good once.
func TestReset(t *testing.T) {
	each(t, func(t *testing.T, _ *sql.DB, s *accounts.Store, _ accounts.Dialect) {
		ctx := t.Context()
		id, err := s.SignUp(ctx, "konrad", "old")
		if err != nil {
			t.Fatal(err)
		}
		if err := s.SetAddress(ctx, id, "konrad@example.org"); err != nil {
			t.Fatal(err)
		}
		var sent []string
		send := func(address, token string) { sent = append(sent, address, token) }
		for _, name := range []string{"nobody_here", "", "k\xff", "konr\u0430d"} {
			if err := s.RequestReset(ctx, name, send); err != nil || sent != nil {
				t.Errorf("%q: %v, %v", name, sent, err)
			}
		}
		if err := s.RequestReset(ctx, " KONRAD", send); err != nil || len(sent) != 2 || sent[0] != "konrad@example.org" {
			t.Fatalf("%v, %v", sent, err)
		}
		for i, want := range []error{nil, accounts.ErrLogin} {
			if err := s.Reset(ctx, sent[1], "new"); !errors.Is(err, want) {
				t.Errorf("use %d of the token: %v", i+1, err)
			}
		}
		if err := s.Reset(ctx, "zz", "new"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("no token: %v", err)
		}
		if _, err := s.Login(ctx, "konrad", "old"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("the old password: %v", err)
		}
		if got, err := s.Login(ctx, "konrad", "new"); err != nil || got != id {
			t.Errorf("the new password: %d, %v", got, err)
		}
		// A token that went to an address of before, or to an account that was released, is void.
		request := func() string {
			sent = nil
			if err := s.RequestReset(ctx, "konrad", send); err != nil || len(sent) != 2 {
				t.Fatalf("%v, %v", sent, err)
			}
			return sent[1]
		}
		token := request()
		if err := s.SetAddress(ctx, id, "new@example.org"); err != nil {
			t.Fatal(err)
		}
		if err := s.Reset(ctx, token, "evil"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("a token of another address: %v", err)
		}
		// Of ten calls with one token at the same time one sets its password.
		token = request()
		const calls = 10
		errs := make([]error, calls)
		var done sync.WaitGroup
		for i := range calls {
			done.Go(func() { errs[i] = s.Reset(ctx, token, fmt.Sprint("password ", i)) })
		}
		done.Wait()
		won := 0
		for i, err := range errs {
			if err == nil {
				won++
				if got, err := s.Login(ctx, "konrad", fmt.Sprint("password ", i)); err != nil || got != id {
					t.Errorf("the password of the call that won: %v", err)
				}
			} else if !errors.Is(err, accounts.ErrLogin) {
				t.Errorf("call %d: %v", i, err)
			}
		}
		if won != 1 {
			t.Errorf("%d calls with one token set a password", won)
		}
		token = request()
		if err := s.Release(ctx, id); err != nil {
			t.Fatal(err)
		}
		if err := s.Reset(ctx, token, "evil"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("a token of a released account: %v", err)
		}
	})
}

// TestCollation: Debian's default collation of MariaDB takes names of different keys for one
// another, and the columns of the schema do not.
func TestCollation(t *testing.T) {
	db := newMariaDB(t)
	s := accounts.New(db, profile(t), accounts.MySQL())
	if err := s.Create(t.Context()); err != nil {
		t.Fatal(err)
	}
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE naive (name VARCHAR(255) UNIQUE)"); err != nil {
		t.Fatal(err)
	}
	merged := 0
	for pair := range idtest.Apart() {
		if _, err := db.ExecContext(t.Context(), "INSERT IGNORE INTO naive VALUES (?)", pair[0]); err != nil {
			t.Fatal(err)
		}
		var found string
		err := db.QueryRowContext(t.Context(), "SELECT name FROM naive WHERE name = ?", pair[1]).Scan(&found)
		if err == nil {
			merged++
		} else if !errors.Is(err, sql.ErrNoRows) {
			t.Fatal(err)
		}
		if _, err := s.SignUp(t.Context(), pair[0], "first"); err != nil {
			t.Errorf("%q: %v", pair[0], err)
		}
		if _, err := s.Login(t.Context(), pair[1], "first"); !errors.Is(err, accounts.ErrLogin) {
			t.Errorf("%q opens the account of %q: %v", pair[1], pair[0], err)
		}
	}
	t.Logf("the default collation merges %d pairs", merged)
	if merged < 10 {
		t.Errorf("the default collation merges %d pairs: the test says nothing", merged)
	}
}
