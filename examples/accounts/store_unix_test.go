//go:build unix

package accounts_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/seed73825598/airlock/examples/accounts"
	"github.com/seed73825598/airlock/limits"
	"github.com/seed73825598/airlock/unicodeid"
)

// databases opens an empty database of each kind.
var databases = map[string]func(t *testing.T) (*sql.DB, accounts.Dialect){
	"sqlite": func(t *testing.T) (*sql.DB, accounts.Dialect) {
		t.Helper()
		db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(),
			"users.db")+"?_pragma=foreign_keys(1)&_pragma=busy_timeout(10000)&_txlock=immediate")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		return db, accounts.SQLite()
	},
	"postgres": func(t *testing.T) (*sql.DB, accounts.Dialect) {
		t.Helper()
		return newPostgres(t), accounts.Postgres()
	},
	"mariadb": func(t *testing.T) (*sql.DB, accounts.Dialect) {
		t.Helper()
		return newMariaDB(t), accounts.MySQL()
	},
}

// in writes a query for a database.
func in(d accounts.Dialect, query string) string {
	if d.Rewrite == nil {
		return query
	}
	return d.Rewrite(query)
}

func profile(t *testing.T) *unicodeid.Profile {
	t.Helper()
	p, err := unicodeid.New(limits.Limits{InputBytes: 255, Items: 64})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func each(t *testing.T, test func(t *testing.T, db *sql.DB, s *accounts.Store, d accounts.Dialect)) {
	t.Helper()
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			db, dialect := open(t)
			s := accounts.New(db, profile(t), dialect)
			if err := s.Create(t.Context()); err != nil {
				t.Fatal(err)
			}
			test(t, db, s, dialect)
		})
	}
}

// TestSignUp: one person has a name, whatever spelling another person tries, and gets in by every
// spelling.
func TestSignUp(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, s *accounts.Store, d accounts.Dialect) {
		ctx := t.Context()
		id, err := s.SignUp(ctx, "José_Apple", "secret")
		if err != nil {
			t.Fatal(err)
		}
		for _, spelling := range []string{"José_Apple", " jose\u0301_APPLE\n", "ｊosé_apple", "jo\u200bsé_apple"} {
			if got, err := s.Login(ctx, spelling, "secret"); err != nil || got != id {
				t.Errorf("%+q: user %d, %v", spelling, got, err)
			}
			if _, err := s.Login(ctx, spelling, "other"); !errors.Is(err, accounts.ErrLogin) {
				t.Errorf("%+q with another password: %v", spelling, err)
			}
		}
		for _, taken := range []string{"jose\u0301_apple", "JOSÉ_APPLE", "josé_app1e", "josé_appIe"} {
			if _, err := s.SignUp(ctx, taken, "evil"); !errors.Is(err, accounts.ErrTaken) {
				t.Errorf("%+q: %v", taken, err)
			}
		}
		for _, hostile := range []string{"josé_apple\u200b", "a\x00", "\xff", ""} {
			if _, err := s.SignUp(ctx, hostile, "evil"); !errors.Is(err, limits.ErrRefused) {
				t.Errorf("%+q: %v", hostile, err)
			}
			if _, err := s.Login(ctx, hostile, "evil"); !errors.Is(err, accounts.ErrLogin) {
				t.Errorf("login of %+q: %v", hostile, err)
			}
		}
		var users, looks int
		if err := db.QueryRowContext(ctx,
			`SELECT (SELECT count(*) FROM users), (SELECT count(*) FROM user_skeletons)`).Scan(&users,
			&looks); err != nil || users != 1 || looks < 1 {
			t.Errorf("%d users with %d skeletons, %v", users, looks, err)
		}
		var key unicodeid.Key
		var display unicodeid.Display
		if err := db.QueryRowContext(ctx, in(d, `SELECT "key", display FROM users`)).Scan(&key, &display); err != nil ||
			key.Text() != "josé_apple" || display.String() != "José_Apple" {
			t.Errorf("%q, %q, %v", key.Text(), display, err)
		}
	})
}

// TestRace has fifty people sign up for one name at once, in spellings of one key and in
// lookalikes. Exactly one of them has it, by the constraint.
func TestRace(t *testing.T) {
	races := map[string][]string{
		"one key":    {"paypal", "PayPal", "PAYPAL", " paypal", "payPal\n", "Paypal"},
		"lookalikes": {"paypal", "paypaI", "paypa1", "PaypaI", "раураӏ", "PAYPA1"},
		"composed":   {"Zoë", "zoe\u0308", "ZOË", "zoë"},
	}
	each(t, func(t *testing.T, db *sql.DB, s *accounts.Store, _ accounts.Dialect) {
		db.SetMaxOpenConns(20)
		for name, spellings := range races {
			const people = 50
			ids, errs := make([]int64, people), make([]error, people)
			var ready, done sync.WaitGroup
			ready.Add(1)
			for i := range people {
				done.Go(func() {
					ready.Wait()
					ids[i], errs[i] = s.SignUp(context.WithoutCancel(t.Context()), spellings[i%len(spellings)],
						fmt.Sprint("password ", i))
				})
			}
			ready.Done()
			done.Wait()
			winners := 0
			for i, err := range errs {
				switch {
				case err == nil:
					winners++
					if got, err := s.Login(t.Context(), spellings[i%len(spellings)], fmt.Sprint("password ",
						i)); err != nil || got != ids[i] {
						t.Errorf("%s: the winner does not get in: %v", name, err)
					}
				case !errors.Is(err, accounts.ErrTaken):
					t.Errorf("%s: %v", name, err)
				}
			}
			if winners != 1 {
				t.Errorf("%s: %d of %d have the name", name, winners, people)
			}
			if _, err := db.ExecContext(t.Context(), `DELETE FROM users`); err != nil {
				t.Fatal(err)
			}
		}
		var looks int
		if err := db.QueryRowContext(t.Context(), `SELECT count(*) FROM user_skeletons`).Scan(&looks); err != nil ||
			looks != 0 {
			t.Errorf("%d skeletons are left, %v", looks, err)
		}
	})
}

// TestTwoRows: where the constraint came too late, login picks no user.
func TestTwoRows(t *testing.T) {
	for name, open := range databases {
		t.Run(name, func(t *testing.T) {
			db, dialect := open(t)
			for i, statement := range dialect.Schema {
				dialect.Schema[i] = strings.Replace(statement, "UNIQUE ", "", 1)
			}
			s := accounts.New(db, profile(t), dialect)
			if err := s.Create(t.Context()); err != nil {
				t.Fatal(err)
			}
			for _, password := range []string{"first", "second"} {
				if _, err := s.SignUp(t.Context(), "alice", password); err != nil {
					t.Fatal(err)
				}
				if _, err := db.ExecContext(t.Context(), `DELETE FROM user_skeletons`); err != nil {
					t.Fatal(err)
				}
			}
			for _, password := range []string{"first", "second"} {
				if id, err := s.Login(t.Context(), "Alice", password); err == nil ||
					errors.Is(err, accounts.ErrLogin) || id != 0 {
					t.Errorf("user %d, %v", id, err)
				}
			}
		})
	}
}

// TestConstraints: the database refuses what does not come from this package.
func TestConstraints(t *testing.T) {
	each(t, func(t *testing.T, db *sql.DB, _ *accounts.Store, d accounts.Dialect) {
		for _, key := range []string{"", strings.Repeat("k", 1021)} {
			if _, err := db.ExecContext(t.Context(),
				in(d, `INSERT INTO users (display, key_profile, "key", password) VALUES ('x', 'p', $1, 'h')`), key); err == nil {
				t.Errorf("a key of %d bytes is stored", len(key))
			}
		}
		if _, err := db.ExecContext(t.Context(),
			in(d, `INSERT INTO users (display, key_profile, "key", password) VALUES ('x', 'p', 'Alice', 'h')`)); err != nil {
			t.Fatal(err)
		}
		var key unicodeid.Key
		if err := db.QueryRowContext(t.Context(), in(d, `SELECT "key" FROM users`)).Scan(&key); !errors.Is(err,
			unicodeid.ErrStaleKey) {
			t.Errorf("a key that no mapping made: %v", err)
		}
	})
}
