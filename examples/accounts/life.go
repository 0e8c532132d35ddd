package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"slices"
	"time"

	"github.com/seed73825598/airlock/unicodeid"
)

// Rename gives a user another name. A name of the same key (other case, another composition)
// changes what is shown and nothing else. Any other name leaves a tombstone: the old key and
// skeletons stay taken, so that no other person poses as the user under the name that friends know,
// until Purge. The user may have it back at any time.
func (s *Store) Rename(ctx context.Context, id int64, raw string) error {
	name, err := s.profile.Register(ctx, raw)
	if err != nil {
		return err
	}
	return s.transact(ctx, func(tx *sql.Tx) error {
		var old unicodeid.Key
		var display string
		if err := tx.QueryRowContext(ctx,
			s.dialect.query(`SELECT display, "key" FROM users WHERE id = $1 AND released IS NULL`), id).Scan(&display,
			&old); err != nil {
			return err
		}
		if old != name.Key() {
			// A tombstone of one's own makes room.
			if err := s.exec(ctx, tx, `DELETE FROM users WHERE "key" = $1 AND owner = $2`, name.Key(), id); err != nil {
				return err
			}
		}
		if err := s.exec(ctx, tx,
			`UPDATE users SET display = $1, key_profile = $2, "key" = $3 WHERE id = $4 AND released IS NULL`, name.Display(),
			s.profile.ID(), name.Key(), id); err != nil {
			return err
		}
		if old != name.Key() {
			if err := s.bury(ctx, tx, id, display, name); err != nil {
				return err
			}
		}
		return s.claim(ctx, tx, id, name.Skeletons())
	})
}

// bury makes a tombstone of the old name, which the skeletons go to that the new name has not.
func (s *Store) bury(ctx context.Context, tx *sql.Tx, id int64, display string, next unicodeid.Name) error {
	old, _, err := s.profile.UnsafeAdopt(ctx, display) // Today's policy may refuse what yesterday's accepted.
	if err != nil {
		return err
	}
	tombstone, err := s.insertUser(ctx, tx, old, []byte{}, sql.NullInt64{Int64: time.Now().Unix(), Valid: true},
		sql.NullInt64{Int64: id, Valid: true})
	if err != nil {
		return err
	}
	for _, skeleton := range old.Skeletons() {
		if slices.Contains(next.Skeletons(), skeleton) {
			continue
		}
		if err := s.exec(ctx, tx, `UPDATE user_skeletons SET user_id = $1 WHERE skeleton = $2 AND user_id = $3`, tombstone,
			skeleton, id); err != nil {
			return err
		}
	}
	return nil
}

// claim gives a user the skeletons of a name, also those that tombstones of the user's own hold:
// with these Purge would free the looks of a name that is in use. Of another person's, the
// constraint refuses it.
func (s *Store) claim(ctx context.Context, tx *sql.Tx, id int64, skeletons []unicodeid.Skeleton) error {
	for _, skeleton := range skeletons {
		var holder, owner sql.NullInt64
		err := tx.QueryRowContext(ctx, s.dialect.query(`SELECT users.id, users.owner FROM user_skeletons
			JOIN users ON users.id = user_skeletons.user_id WHERE skeleton = $1`), skeleton).Scan(&holder, &owner)
		switch {
		case err != nil && !errors.Is(err, sql.ErrNoRows):
			return err
		case err == nil && holder.Int64 == id:
			continue // One's own already.
		case err == nil && owner.Valid && owner.Int64 == id:
			moved, err := s.changed(ctx, tx, `UPDATE user_skeletons SET user_id = $1 WHERE skeleton = $2 AND user_id = $3`, id,
				skeleton, holder.Int64)
			if err != nil {
				return err
			}
			if moved > 0 {
				continue
			}
		}
		if err := s.insertSkeletons(ctx, tx, id, []unicodeid.Skeleton{skeleton}); err != nil {
			return err
		}
	}
	return nil
}

// Release ends an account. Its name stays taken, by key and by looks, until Purge: a link or a
// mention of yesterday must not lead to another person.
func (s *Store) Release(ctx context.Context, id int64) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, `DELETE FROM resets WHERE user_id = $1`, id); err != nil {
			return err
		}
		return s.exec(ctx, tx, `UPDATE users SET released = $1, password = $2, address = '' WHERE id = $3`,
			time.Now().Unix(), []byte{}, id)
	})
}

// Purge frees the names that were released before a time, and forgets old resets.
func (s *Store) Purge(ctx context.Context, before time.Time) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, `DELETE FROM resets WHERE expires < $1`, time.Now().Unix()); err != nil {
			return err
		}
		return s.exec(ctx, tx, `DELETE FROM users WHERE released < $1`, before.Unix())
	})
}

// SetAddress stores where mail to a user goes. A token that went to the address of before is void.
func (s *Store) SetAddress(ctx context.Context, id int64, address string) error {
	return s.transact(ctx, func(tx *sql.Tx) error {
		if err := s.exec(ctx, tx, `DELETE FROM resets WHERE user_id = $1`, id); err != nil {
			return err
		}
		return s.exec(ctx, tx, `UPDATE users SET address = $1 WHERE id = $2 AND released IS NULL`, address, id)
	})
}

// resetTime is how long a token is good for.
const resetTime = time.Hour

// RequestReset sends a token to the address that is stored for the user of a name, never to one
// that was typed: that could be a lookalike of it, or fold to it. For a name without a user it runs
// as many statements, sends nothing, and says nothing of it. send must only hand the message over
// to a queue.
func (s *Store) RequestReset(ctx context.Context, raw string, send func(address, token string)) error {
	id, hash, err := s.find(ctx, raw)
	if err != nil {
		return err
	}
	secret := make([]byte, hashSize)
	if _, err := rand.Read(secret); err != nil {
		return err
	}
	token := sha256.Sum256(secret)
	var address string
	err = s.transact(ctx, func(tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, s.dialect.query(`SELECT address FROM users WHERE id = $1`), id).Scan(&address)
		if errors.Is(err, sql.ErrNoRows) || len(hash) == 0 {
			// It runs as many statements as for a user, and the one who asks sees no row.
			return s.exec(ctx, tx, `DELETE FROM resets WHERE token = $1`, token[:])
		}
		if err != nil {
			return err
		}
		return s.exec(ctx, tx, `INSERT INTO resets (token, user_id, expires) VALUES ($1, $2, $3)`, token[:], id,
			time.Now().Add(resetTime).Unix())
	})
	if err == nil && address != "" {
		send(address, hex.EncodeToString(secret))
	}
	return err
}

// Reset sets a password by a token, which is good once: of two calls at the same time one deletes
// it, and the other has read what is not there any more.
func (s *Store) Reset(ctx context.Context, token, password string) error {
	secret, err := hex.DecodeString(token)
	if err != nil {
		return ErrLogin
	}
	hash, err := s.digest.of(password)
	if err != nil {
		return err
	}
	stored := sha256.Sum256(secret)
	return s.transact(ctx, func(tx *sql.Tx) error {
		var id, expires int64
		err := tx.QueryRowContext(ctx, s.dialect.query(`SELECT user_id, expires FROM resets WHERE token = $1`),
			stored[:]).Scan(&id, &expires)
		if errors.Is(err, sql.ErrNoRows) || err == nil && expires < time.Now().Unix() {
			return ErrLogin
		}
		if err != nil {
			return err
		}
		used, err := s.changed(ctx, tx, `DELETE FROM resets WHERE token = $1`, stored[:])
		if err != nil {
			return err
		}
		if used == 0 {
			return ErrLogin
		}
		if err := s.exec(ctx, tx, `DELETE FROM resets WHERE user_id = $1`, id); err != nil {
			return err
		}
		set, err := s.changed(ctx, tx, `UPDATE users SET password = $1 WHERE id = $2 AND released IS NULL`, hash, id)
		if err == nil && set == 0 {
			return ErrLogin // The account was released.
		}
		return err
	})
}

// changed runs a statement and returns how many rows it changed.
func (s *Store) changed(ctx context.Context, tx *sql.Tx, query string, args ...any) (int64, error) {
	result, err := tx.ExecContext(ctx, s.dialect.query(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (s *Store) exec(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, s.dialect.query(query), args...)
	return err
}
