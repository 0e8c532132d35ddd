package accounts

import (
	"errors"
	"slices"

	"github.com/lib/pq"
	"modernc.org/sqlite"
)

// The codes of the errors that matter here.
const (
	sqliteBusy       = 5    // SQLITE_BUSY
	sqliteUnique     = 2067 // SQLITE_CONSTRAINT_UNIQUE
	sqlitePrimaryKey = 1555 // SQLITE_CONSTRAINT_PRIMARYKEY

	postgresUnique        = "23505" // unique_violation
	postgresSerialization = "40001" // serialization_failure
	postgresDeadlock      = "40P01" // deadlock_detected
)

// SQLite is for modernc.org/sqlite.
func SQLite() Dialect {
	code := func(err error, codes ...int) bool {
		e, ok := errors.AsType[*sqlite.Error](err)
		if !ok {
			return false
		}
		for _, c := range codes {
			if e.Code() == c || c < 256 && e.Code()&0xFF == c {
				return true
			}
		}
		return false
	}
	return Dialect{
		Schema:   sqliteSchema,
		Conflict: func(err error) bool { return code(err, sqliteUnique, sqlitePrimaryKey) },
		Retry:    func(err error) bool { return code(err, sqliteBusy) },
	}
}

// Postgres is for github.com/lib/pq. Two sign-ups that insert the same two skeletons in another
// order would each wait for the other; PostgreSQL ends one of them.
func Postgres() Dialect {
	code := func(err error, codes ...string) bool {
		e, ok := errors.AsType[*pq.Error](err)
		return ok && slices.Contains(codes, string(e.Code))
	}
	return Dialect{
		Schema:   postgresSchema,
		Conflict: func(err error) bool { return code(err, postgresUnique) },
		Retry:    func(err error) bool { return code(err, postgresSerialization, postgresDeadlock) },
	}
}
