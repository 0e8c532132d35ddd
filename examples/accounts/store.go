package accounts

import (
	"context"
	"crypto/sha256"
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
	digest  digest
}

// New returns a store on a database whose schema stands.
func New(db *sql.DB, profile *unicodeid.Profile, dialect Dialect) *Store {
	return &Store{db, profile, dialect, sha256.New}
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
// look and the insert another person may take it. It inserts, and lets the constraints answer.
func (s *Store) SignUp(ctx context.Context, raw, password string) (int64, error) {
	name, err := s.profile.Register(ctx, raw)
	if err != nil {
		return 0, err
	}
	hash, err := s.digest.of(password)
	if err != nil {
		return 0, err
	}
	var id int64
	err = s.transact(ctx, func(tx *sql.Tx) error {
		id, err = s.insertUser(ctx, tx, name, hash, sql.NullInt64{}, sql.NullInt64{})
		if err != nil {
			return err
		}
		return s.insertSkeletons(ctx, tx, id, name.Skeletons())
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// transact runs one transaction, again if it lost to another one in a way that decides nothing. The
// refusal of a constraint is ErrTaken.
func (s *Store) transact(ctx context.Context, work func(*sql.Tx) error) error {
	for try := 1; ; try++ {
		err := s.once(ctx, work)
		switch {
		case err == nil:
			return nil
		case s.dialect.Conflict(err):
			return ErrTaken
		case try == attempts || !s.dialect.Retry(err):
			return err
		}
	}
}

func (s *Store) once(ctx context.Context, work func(*sql.Tx) error) (err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	if err := work(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// insertUser makes a row of users: of a person, or a tombstone.
func (s *Store) insertUser(ctx context.Context, tx *sql.Tx, name unicodeid.Name, hash []byte, released,
	owner sql.NullInt64) (id int64, err error) {
	const insert = `INSERT INTO users (display, key_profile, "key", password, released, owner) VALUES ($1, $2, $3, $4, ` +
		`$5, $6)`
	args := []any{name.Display(), s.profile.ID(), name.Key(), hash, released, owner}
	if s.dialect.LastID {
		result, err := tx.ExecContext(ctx, s.dialect.query(insert), args...)
		if err != nil {
			return 0, err
		}
		return result.LastInsertId()
	}
	err = tx.QueryRowContext(ctx, s.dialect.query(insert+` RETURNING id`), args...).Scan(&id)
	return id, err
}

func (s *Store) insertSkeletons(ctx context.Context, tx *sql.Tx, id int64, skeletons []unicodeid.Skeleton) error {
	for _, skeleton := range skeletons {
		if _, err := tx.ExecContext(ctx, s.dialect.query(`INSERT INTO user_skeletons (skeleton, user_id) VALUES ($1, $2)`),
			skeleton, id); err != nil {
			return err
		}
	}
	return nil
}

// Login returns the id of the user whom the name and the password belong to. It selects by the key,
// fails if two rows have it (the constraint was not there when they came, and to pick one would be
// to guess), and only then looks at the password. A name without a key, without a user, or that was
// released takes the same work.
func (s *Store) Login(ctx context.Context, raw, password string) (int64, error) {
	id, hash, err := s.find(ctx, raw)
	if err != nil {
		return 0, err
	}
	if !s.digest.matches(hash, password) {
		return 0, ErrLogin
	}
	return id, nil
}

// find returns the user of a name, and no hash if there is none.
func (s *Store) find(ctx context.Context, raw string) (id int64, hash []byte, err error) {
	key, err := s.profile.Lookup(ctx, raw)
	var wanted any = key
	if errors.Is(err, unicodeid.ErrNoKey) {
		wanted = "" // The key of no account: the database is asked all the same.
	} else if err != nil {
		return 0, nil, err
	}
	rows, err := s.db.QueryContext(ctx,
		s.dialect.query(`SELECT id, "key", password FROM users WHERE "key" = $1 AND released IS NULL LIMIT 2`), wanted)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var stored unicodeid.Key
		if err := rows.Scan(&id, &stored, &hash); err != nil {
			return 0, nil, err
		}
		if stored != key {
			return 0, nil, fmt.Errorf("the database takes %q for %q: its column does not compare bytes", stored.Text(),
				key.Text())
		}
		n++
	}
	if err := rows.Err(); err != nil {
		return 0, nil, err
	}
	if n > 1 {
		return 0, nil, fmt.Errorf("two users have the key %q", key.Text())
	}
	return id, hash, nil
}
