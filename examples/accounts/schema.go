package accounts

// A Dialect is what differs between databases: the schema, how a query is written, and how the
// refusal of a constraint is told from other errors.
type Dialect struct {
	Schema   []string
	Conflict func(error) bool    // the error is that of a UNIQUE constraint
	Retry    func(error) bool    // the transaction lost to another one, and may be tried again
	Rewrite  func(string) string // of a query with $1, $2, … and "key"; nil leaves it as it is
	LastID   bool                // the id of a new row comes from the driver, not from RETURNING
}

func (d Dialect) query(s string) string {
	if d.Rewrite == nil {
		return s
	}
	return d.Rewrite(s)
}

// In every dialect a row of users whose released is set is a tombstone: no login finds it, and its
// key and skeletons stay taken until Purge. owner is the user who had the name before a rename.

// SQLite's text is compared byte by byte unless a column says otherwise; it says so all the same.
// AUTOINCREMENT never gives an id twice: without it a new user may get that of one who was purged,
// to whom a session or a log still refers.
var sqliteSchema = []string{
	`CREATE TABLE users (
		id          INTEGER PRIMARY KEY AUTOINCREMENT,
		display     TEXT NOT NULL,
		key_profile TEXT NOT NULL,
		key         TEXT COLLATE BINARY NOT NULL UNIQUE CHECK (key <> '' AND length(CAST(key AS BLOB)) <= 1020),
		password    BLOB NOT NULL,
		address     TEXT NOT NULL DEFAULT '',
		released    INTEGER,
		owner       INTEGER REFERENCES users ON DELETE SET NULL
	)`,
	`CREATE TABLE user_skeletons (
		skeleton TEXT COLLATE BINARY PRIMARY KEY NOT NULL,
		user_id  INTEGER NOT NULL REFERENCES users ON DELETE CASCADE
	)`,
	`CREATE TABLE resets (
		token   BLOB PRIMARY KEY NOT NULL,
		user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
		expires INTEGER NOT NULL
	)`,
}

// PostgreSQL compares text by the database's collation, under which two different strings can be
// equal, unless a column says otherwise.
var postgresSchema = []string{
	`CREATE TABLE users (
		id          bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
		display     text NOT NULL,
		key_profile text NOT NULL,
		key         text COLLATE "C" NOT NULL UNIQUE CHECK (key <> '' AND octet_length(key) <= 1020),
		password    bytea NOT NULL,
		address     text NOT NULL DEFAULT '',
		released    bigint,
		owner       bigint REFERENCES users ON DELETE SET NULL
	)`,
	`CREATE TABLE user_skeletons (
		skeleton text COLLATE "C" PRIMARY KEY,
		user_id  bigint NOT NULL REFERENCES users ON DELETE CASCADE
	)`,
	`CREATE TABLE resets (
		token   bytea PRIMARY KEY,
		user_id bigint NOT NULL REFERENCES users ON DELETE CASCADE,
		expires bigint NOT NULL
	)`,
}

// MySQL and MariaDB compare by a collation that takes josé for jose and か for が, unless a column
// says otherwise: utf8mb4_bin compares code points. (It takes no notice of spaces at the end; keys
// and skeletons have none.) An index holds 3,072 bytes, four for each character.
var mysqlSchema = []string{
	"CREATE TABLE users (" +
		"id BIGINT PRIMARY KEY AUTO_INCREMENT," +
		"display VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL," +
		"key_profile VARCHAR(64) CHARACTER SET ascii NOT NULL," +
		"`key` VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL UNIQUE CHECK (`key` <> '')," +
		"password VARBINARY(255) NOT NULL," +
		"address VARCHAR(320) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT ''," +
		"released BIGINT," +
		"owner BIGINT," +
		"FOREIGN KEY (owner) REFERENCES users (id) ON DELETE SET NULL" +
		") ENGINE=InnoDB",
	"CREATE TABLE user_skeletons (" +
		"skeleton VARCHAR(768) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin PRIMARY KEY," +
		"user_id BIGINT NOT NULL," +
		"FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE" +
		") ENGINE=InnoDB",
	"CREATE TABLE resets (" +
		"token VARBINARY(32) PRIMARY KEY," +
		"user_id BIGINT NOT NULL," +
		"expires BIGINT NOT NULL," +
		"FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE" +
		") ENGINE=InnoDB",
}
