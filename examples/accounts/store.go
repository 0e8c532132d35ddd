package accounts

import (
	"context"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"

	"github.com/seed73825598/airlock/unicodeid"
)

// The errors that a user is told of. A name that the policy refuses is a *unicodeid.Error.
var (
	ErrTaken = errors.New("the name is taken, or looks like one that is")
	ErrLogin = errors.New("no such user, or another password")
)

// A Store keeps users in a database. Every name goes through its profile and nothing else.
type Store struct {
	db      *sql.DB
	profile *unicodeid.Profile
	dialect Dialect
}

// New returns a store on a database whose schema stands.
func New(db *sql.DB, profile *unicodeid.Profile, dialect Dialect) *Store {
	return &Store{db, profile, dialect}
}

// Create makes the tables.
func (s *Store) Create(ctx context.Context) error {
	for _, statement := range s.dialect.Schema {
		if _, err := s.db.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// attempts is how often a sign-up is tried again that lost to another one in a way that decides
// nothing.
const attempts = 20

// SignUp makes a user and returns its id. It does not look whether the name is free: between the
// look and the insert somebody else may take it. It inserts, and lets the constraints answer.
func (s *Store) SignUp(ctx context.Context, raw, password string) (int64, error) {
	name, err := s.profile.Register(ctx, raw)
	if err != nil {
		return 0, err
	}
	hash, err := newHash(password)
	if err != nil {
		return 0, err
	}
	for try := 1; ; try++ {
		id, err := s.insert(ctx, name, hash)
		switch {
		case err == nil:
			return id, nil
		case s.dialect.Conflict(err):
			return 0, ErrTaken
		case try == attempts || !s.dialect.Retry(err):
			return 0, err
		}
	}
}

// insert is one transaction: the user and all skeletons, or nothing.
func (s *Store) insert(ctx context.Context, name unicodeid.Name, hash []byte) (id int64, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	row := tx.QueryRowContext(ctx,
		`INSERT INTO users (display, key_profile, key, password) VALUES ($1, $2, $3, $4) RETURNING id`,
		name.Display(), s.profile.ID(), name.Key(), hash)
	if err := row.Scan(&id); err != nil {
		return 0, err
	}
	for _, skeleton := range name.Skeletons() {
		if _, err := tx.ExecContext(ctx, `INSERT INTO user_skeletons (skeleton, user_id) VALUES ($1, $2)`, skeleton,
			id); err != nil {
			return 0, err
		}
	}
	return id, tx.Commit()
}

// Login returns the id of the user whom the name and the password belong to. It selects by the key,
// fails if two rows have it (the constraint was not there when they came, and to pick one would be
// to guess), and only then looks at the password.
func (s *Store) Login(ctx context.Context, raw, password string) (int64, error) {
	key, err := s.profile.Lookup(ctx, raw)
	if errors.Is(err, unicodeid.ErrNoKey) {
		return 0, ErrLogin
	}
	if err != nil {
		return 0, err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT id, key, password FROM users WHERE key = $1 LIMIT 2`, key)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	var id int64
	var hash []byte
	n := 0
	for rows.Next() {
		var stored unicodeid.Key
		if err := rows.Scan(&id, &stored, &hash); err != nil {
			return 0, err
		}
		if stored != key {
			return 0, fmt.Errorf("the database takes %q for %q: its column does not compare bytes", stored.Text(),
				key.Text())
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return 0, err
	}
	if n > 1 {
		return 0, fmt.Errorf("two users have the key %q", key.Text())
	}
	if n == 0 || !hashMatches(hash, password) {
		return 0, ErrLogin
	}
	return id, nil
}

const (
	saltSize = 16
	hashSize = 32
	// For an example that runs in a test. A service takes what takes it a tenth of a second.
	iterations = 1000
)

func newHash(password string) ([]byte, error) {
	salt := make([]byte, saltSize)
	if _, err := rand.Read(salt); err != nil {
		return nil, err
	}
	hash, err := pbkdf2.Key(sha256.New, password, salt, iterations, hashSize)
	return append(salt, hash...), err
}

func hashMatches(stored []byte, password string) bool {
	if len(stored) != saltSize+hashSize {
		return false
	}
	hash, err := pbkdf2.Key(sha256.New, password, stored[:saltSize], iterations, hashSize)
	return err == nil && subtle.ConstantTimeCompare(hash, stored[saltSize:]) == 1
}
