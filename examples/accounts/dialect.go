package accounts

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/go-sql-driver/mysql"
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

	mysqlDuplicate = 1062 // ER_DUP_ENTRY
	mysqlDeadlock  = 1213 // ER_LOCK_DEADLOCK
	mysqlWait      = 1205 // ER_LOCK_WAIT_TIMEOUT
	mysqlChanged   = 1020 // ER_CHECKREAD
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
		Schema:   slices.Clone(sqliteSchema),
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
		Schema:   slices.Clone(postgresSchema),
		Conflict: func(err error) bool { return code(err, postgresUnique) },
		Retry:    func(err error) bool { return code(err, postgresSerialization, postgresDeadlock) },
	}
}

// MySQL is for github.com/go-sql-driver/mysql, against MariaDB and MySQL. The connection must be in
// a strict mode, as both are by default: a key that is cut would be another one.
func MySQL() Dialect {
	code := func(err error, codes ...uint16) bool {
		e, ok := errors.AsType[*mysql.MySQLError](err)
		return ok && slices.Contains(codes, e.Number)
	}
	return Dialect{
		Schema:   slices.Clone(mysqlSchema),
		Conflict: func(err error) bool { return code(err, mysqlDuplicate) },
		Retry:    func(err error) bool { return code(err, mysqlDeadlock, mysqlWait, mysqlChanged) },
		Rewrite: func(s string) string {
			return regexp.MustCompile(`\$[0-9]`).ReplaceAllString(strings.ReplaceAll(s, `"key"`, "`key`"), "?")
		},
		LastID: true,
	}
}
